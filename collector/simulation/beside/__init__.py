"""What stands beside the PLC in the simulated works: a mine that reports by spreadsheet, a weighbridge on Modbus, the
laboratory's database, and a belt that shows its rate alone."""
