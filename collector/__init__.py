"""The running service: sources, intake, journal, ledger, roll-up, InfluxDB sink, command line."""
