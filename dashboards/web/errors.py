"""What the desk refuses, and why."""

from collections.abc import Callable

from models.works.localize import Language


class DeskRefused(ValueError):
    """The desk cannot start. The text says what to correct; then start it again."""


class AddressFault(ValueError):
    """An address asks for what cannot be: say so to whoever asked, by the text of the key `text` with `given` in it."""

    def __init__(self, text: str, given: str = "") -> None:
        super().__init__(text, given)
        self.text, self.given = text, given


class ReportRefused(Exception):
    """There is no such report. The text says why, in the reader's language, and what to do."""


class ReadRefused(Exception):
    """What was asked for cannot be read. The text says why, and what to do, in each language."""

    def __init__(self, told: Callable[[Language], str]) -> None:
        super().__init__(told("en"))
        self.told = told
