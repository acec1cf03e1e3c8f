"""A cell as text: numbers as people of the language write them, the unknown said in words. Pure."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dashboards.report.document import CellValue, Column, ReportRow, number_of
from dashboards.web.numbers import number
from dashboards.web.texts import text
from models.works.localize import Language, localize_day, localize_month

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell_text(value: str | Decimal | None, column: Column, language: Language) -> str:
    """What stands in print; "no data" for an unknown number."""
    if isinstance(value, str):
        return value
    if value is None or column.decimals is None:
        return number(None, language)
    rounded = shown_value(value, column)
    shown = number(rounded, language, column.decimals)
    return f"+{shown}" if column.signed and rounded > 0 else shown


def attainment_cell(row: ReportRow, language: Language) -> CellValue:
    """Attainment; of what has an output and a target and is not judged, that too little of it was watched."""
    if "attainment_pct" not in row and number_of(row, "actual_t") is not None and number_of(row, "target_t"):
        return text("too_little_watched", language)
    return number_of(row, "attainment_pct")


def shown_value(value: Decimal, column: Column) -> Decimal:
    """The number as the column shows it, rounded half up; never a negative zero."""
    return value.quantize(Decimal(1).scaleb(-(column.decimals or 0)), ROUND_HALF_UP) + 0


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def period_shown(period: str, language: Language) -> str:
    """A month or day such as 2026-08 as people write it: 08.2026 in Russian and Kazakh."""
    if language == "en":
        return period
    if len(period) > len("2026-08"):
        return localize_day(date.fromisoformat(period), language)
    return localize_month(date.fromisoformat(f"{period}-01"), language)
