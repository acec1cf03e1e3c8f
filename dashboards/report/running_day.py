"""Cells of a day that runs: judged by what was due by now, as on the page and the boards. Pure."""

from datetime import datetime
from decimal import Decimal

from dashboards.report.document import CellValue, ReportHeader, ReportRow, number_of
from dashboards.web.texts import text
from models.tables.kpi import attainment_pct
from models.works.calendar import MS_NS
from models.works.localize import Language
from models.works.plant import Plant


def runs(row: ReportRow, header: ReportHeader) -> bool:
    """Whether the span of a row was not over at the instant of the report."""
    return header.at_ns is not None and "end_ms" in row and int(row["end_ms"]) * MS_NS > header.at_ns


def due_cell(row: ReportRow, header: ReportHeader, scale: int) -> Decimal | None:
    """What was due: by now, or in the whole of a day that is over."""
    return number_of(row, "target_so_far_t" if runs(row, header) else "target_t", scale)


def so_far_cells(row: ReportRow, scale: int, language: Language) -> tuple[Decimal | None, CellValue]:
    """By how much a day that runs is ahead or behind, and its attainment; of too few hours there is no verdict.

    No deviation where some hours were not watched: the tonnes are of all hours, and what was due of the others.
    """
    made, due, pct = (number_of(row, name) for name in ("actual_t", "target_so_far_t", "attainment_so_far_pct"))
    if pct is None:
        nothing_due = due is not None and not due
        too_early = made is not None and bool(number_of(row, "target_t")) and not nothing_due
        return None, text("too_little_watched", language) if too_early else None
    alike = made is not None and due is not None and attainment_pct(_grams(made), _grams(due)) == pct
    return (made - due) / scale if alike and made is not None and due is not None else None, pct


def not_known_cell(plant: Plant, row: ReportRow) -> str:
    """Since when is not known what a place makes, on the clocks of the site; "" if it is known."""
    since = row.get("not_known_since")
    return f"{datetime.fromisoformat(str(since)).astimezone(plant.zone):%Y-%m-%d %H:%M}" if since else ""


def _grams(tonnes: Decimal) -> int:
    return round(tonnes * 1_000_000)
