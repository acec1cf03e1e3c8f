"""The report on how the plan of a month can still be made."""
