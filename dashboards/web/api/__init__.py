"""What programs read of the works: the same figures as pages and reports, as JSON, CSV, XLSX and Parquet."""
