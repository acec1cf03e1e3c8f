"""What the desk refuses, and why."""


class DeskRefused(ValueError):
    """The desk cannot start. The text says what to correct; then start it again."""


class AddressFault(ValueError):
    """An address asks for what cannot be: say so to whoever asked, by the text of the key `text` with `given` in it."""

    def __init__(self, text: str, given: str = "") -> None:
        super().__init__(text, given)
        self.text, self.given = text, given


class ReportRefused(Exception):
    """There is no such report. The text says why, in the reader's language, and what to do."""
