"""What is published: the rows of each table in InfluxDB, and the figures in them."""
