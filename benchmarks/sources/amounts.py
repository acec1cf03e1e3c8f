"""How much is read."""

from datetime import UTC, datetime

CSV_ROWS, BOOK_ROWS, SQL_ROWS, MESSAGES, POLLS = 1_000_000, 100_000, 500_000, 20_000, 1_000
"""A million rows as it is asked for; a sheet may have 200,000; of the others what takes some seconds."""
REGISTERS = 120
TOPIC = "works/belt"
FIRST = datetime(2026, 9, 1, tzinfo=UTC)
HEADINGS = ("time", "belt")
