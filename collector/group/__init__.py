"""A line that lets data out alone: numbered files of figures and telemetry, and their way into a database behind it."""
