"""What an address asks for and a page does not know: it shows the usual, and says so in one line."""

from collections.abc import Callable, Mapping
from datetime import date

from nicegui import ui

from dashboards.web.elements import label
from dashboards.web.texts import text
from models.works.localize import Language

LONGEST = 40
Knows = Callable[[str], object]
"""Whether a page knows a value that an address has."""


def misread(query: Mapping[str, str], knows: Mapping[str, Knows]) -> str:
    """The values of the address that the page does not know, or "". What is empty asks for nothing."""
    given = ((query.get(name, ""), known) for name, known in knows.items())
    return ", ".join(value[:LONGEST] for value, known in given if value and not known(value))


def is_date(value: str) -> bool:
    """Whether it is a date such as 2026-11-30."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def say_misread(given: str, shown: str, language: Language) -> None:
    """As the first line of the page that was built, if anything was `given` that is not known. `shown`: what the page
    shows instead."""
    if not given:
        return
    desk = next(each for each in ui.context.slot.children if "desk" in each.classes)
    with desk:
        line = label("warning misread", text("address_misread", language).format(given=given, shown=shown))
    line.props("role=status").move(target_index=0)
