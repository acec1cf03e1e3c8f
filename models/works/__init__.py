"""What the plant is: its tree, calendars, codes, limits, tables, rules and units of measure."""
