"""PostgreSQL: tables of fixed columns, each round of rows in one transaction, and the setting up of both."""
