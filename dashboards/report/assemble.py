"""Puts a report together: title, header, rows in their order, what stands below, and who signs. Pure."""

from collections.abc import Iterable, Sequence

from dashboards.report.columns import ReportColumns
from dashboards.report.document import Line, ReportDocument, ReportHeader, ReportRow, number_of
from dashboards.report.order import ordered
from dashboards.report.places import name_in, place_names, scale_of
from dashboards.report.texts import report_text
from dashboards.web.numbers import number
from models.works.localize import Language
from models.works.plant import Plant

_DAILY = ("day", "shift")
_SIGN_DAILY = ("dispatcher", "sign_production", "sign_director")
_SIGN = ("sign_planning", "sign_production", "sign_director")


def assembled(
    kind: str, rows: Sequence[ReportRow], header: ReportHeader, columns: ReportColumns, *, in_order: bool = False
) -> ReportDocument:
    """The document of a report of that kind. `in_order`: the rows stand in their order already."""
    plant, language = columns.plant, columns.language
    shown = rows if in_order else ordered(plant, rows)
    lines = [Line(str(row["level"]), columns.cells(row)) for row in shown]
    simulated = report_text("simulated", language) if plant.simulated else ""
    site = name_in(plant.site_names, language)
    return ReportDocument(
        f"{site}: {report_text(f'{kind}_title', language)}",
        site,
        language,
        simulated,
        _above(kind, rows, header, language),
        columns.columns,
        lines,
        _below(kind, plant, shown, header, language),
        report_text("no_rows", language),
        [_who(key, header, language) for key in (_SIGN_DAILY if kind in _DAILY else _SIGN)],
    )


def _who(key: str, header: ReportHeader, language: Language) -> str:
    """Whose line to sign it is; where the works was signed at the desk, by whom and when."""
    title = report_text(key, language)
    return f"{title}: {header.director}" if key == "sign_director" and header.director else title


def _above(kind: str, rows: Sequence[ReportRow], header: ReportHeader, language: Language) -> list[tuple[str, str]]:
    above = [(report_text(f"period_{kind}", language), header.period), (report_text("as_of", language), header.as_of)]
    if header.known_on:
        above.append((report_text("known_on", language), header.known_on))
    # Before how final the figures are: who reads no further knows what they are of.
    above += [(report_text("not_known", language), line) for line in header.not_known]
    above += [(report_text(f"{kind}_runs", language), line) for line in header.running]
    if kind not in ("month", "growth") and rows:
        # One status for the whole report: it is as final as its least final figure.
        least = min(int(row["status"]) for row in rows)
        above.append((report_text("status_of_figures", language), report_text(f"status_{least}", language)))
    if header.dispatcher:
        above.append((report_text("dispatcher", language), header.dispatcher))
    return above


def _below(kind: str, plant: Plant, rows: Sequence[ReportRow], header: ReportHeader, language: Language) -> list[str]:
    running = sorted({int(row["in_progress_days"]) for row in rows if "in_progress_days" in row})
    # Shops may begin their days at different hours; the note names the most days that any of them has finished.
    progress = "in_progress" if kind in ("day", "month", "growth") else "span_in_progress"
    notes = [report_text(progress, language).format(days=days) for days in running[-1:]]
    if any("in_no_part_t" in row for row in rows):
        notes.append(report_text("not_split_note", language))
    for key, entries in (
        ("repairs", header.repairs),
        ("stops", header.stops),
        ("corrections", header.corrections),
        ("gaps_note", header.gaps),
        ("integrated_note", header.integrated),
    ):
        if entries:
            notes.append(f"{report_text(key, language)}: " + "; ".join(entries))
    booked = _booked_for_others(plant, rows, language)
    if booked:
        notes.append(f"{report_text('for_others', language)}: " + "; ".join(booked))
    return [*header.signed, *notes, *header.notes]


def _booked_for_others(plant: Plant, rows: Iterable[ReportRow], language: Language) -> list[str]:
    """What each place's month holds that was made in other months, once a place."""
    found: dict[str, None] = {}
    for row in rows:
        scale, unit = scale_of(plant, row, language)
        amount = number_of(row, "booked_for_other_months_t", scale)
        if amount is not None and not row.get("is_restated"):
            place, product = place_names(plant, row, language)
            sign = "+" if amount > 0 else ""
            found[f"{place}, {product}: {sign}{number(amount, language, 1)} {unit}"] = None
    return list(found)
