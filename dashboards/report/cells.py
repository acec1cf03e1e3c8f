"""A cell as text: numbers as people of the language write them, the unknown said in words. Pure."""

from decimal import Decimal

from dashboards.report.document import Column
from dashboards.web.numbers import number
from dashboards.web.texts import Language

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell_text(value: str | Decimal | None, column: Column, language: Language) -> str:
    """What stands in print; "no data" for an unknown number."""
    if isinstance(value, str):
        return value
    if value is None or column.decimals is None:
        return number(None, language)
    shown = number(value, language, column.decimals)
    return f"+{shown}" if column.signed and value > 0 and shown.strip("0.,") != "" else shown


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
