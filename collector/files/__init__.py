"""Files of figures and plans that people hand in: CSV and XLSX, in three languages."""
