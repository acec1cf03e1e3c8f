"""What the desk refuses, and why."""


class DeskRefused(ValueError):
    """The desk cannot start. The text says what to correct; then start it again."""


class ReportRefused(Exception):
    """There is no such report. The text says why, in the reader's language, and what to do."""
