"""Pure domain of a steel works: readings, counting rules, calendars, outputs. No I/O, no clocks."""
