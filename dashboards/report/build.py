"""Builds the three reports from rows of output_day and output_month. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboards.report.cells import attainment_cell, period_shown
from dashboards.report.document import CellValue, Column, Line, ReportDocument, ReportHeader, ReportRow, number_of
from dashboards.report.order import ordered
from dashboards.report.running_day import due_cell, not_known_cell, runs, so_far_cells
from dashboards.report.texts import report_text
from dashboards.web.numbers import number
from models.tables.kpi import attainment_pct
from models.works.localize import Language
from models.works.place import UNALLOCATED, UNCLAIMED
from models.works.plant import Plant

# What a shift needs at a glance stays longest when a terminal is narrow: the place and what was made, then growth and
# plan, then the month. A judgement; nothing is lost, for --html, --csv and --xlsx have every column.
_RANKS = {
    # A figure without its quality may be half of one.
    **dict.fromkeys(("place", "product", "unit_of_measure", "basis", "day_actual"), 0),
    **dict.fromkeys(("completeness", "gaps", "not_known_since"), 0),
    **dict.fromkeys(("mom", "yoy", "ytd_growth", "restated", "day_plan", "due", "month"), 1),
    **dict.fromkeys(("pct", "mtd_actual", "month_actual", "forecast"), 2),
    **dict.fromkeys(("required", "ytd", "as_closed"), 3),
    **dict.fromkeys(("deviation", "month_plan", "status", "ytd_pct"), 4),
}
_ON_PAPER = 5
"""The rank of the other columns, which are looked up on paper rather than in a terminal."""
Named = list[tuple[str, int | None]]


@dataclass(frozen=True, slots=True)
class _ReportLayout:
    """The columns of a report, and the cells that a row has in them."""

    columns: Sequence[Column]
    cells: Callable[[ReportRow], list[CellValue]]


def day_report(plant: Plant, rows: Iterable[ReportRow], header: ReportHeader, language: Language) -> ReportDocument:
    """The daily production report: rows of output_day, shop by shop, with the totals of the works last.

    A day that runs is judged by what was due by now, and has a column of it; so has what is not known.
    """
    rows = list(rows)
    running = any(runs(row, header) for row in rows)
    unknown = any("not_known_since" in row for row in rows)

    def cells(row: ReportRow) -> list[CellValue]:
        scale, unit = _scale(plant, row, language)

        def tonnes(name: str) -> Decimal | None:
            return number_of(row, name, scale)

        to_date, due = number_of(row, "month_to_date_t"), number_of(row, "month_to_date_due_t")
        deviation, attainment = (
            so_far_cells(row, scale, language)
            if runs(row, header)
            else (tonnes("deviation_t"), attainment_cell(row, language))
        )
        forecast, plan = number_of(row, "forecast_month_t"), number_of(row, "month_target_t")
        return [
            *_place(plant, row, language),
            unit,
            tonnes("target_t"),
            *([due_cell(row, header, scale)] if running else []),
            tonnes("actual_t"),
            deviation,
            attainment,
            tonnes("month_to_date_due_t"),
            tonnes("month_to_date_t"),
            None if to_date is None or due is None else (to_date - due) / scale,
            _share(to_date, due),
            tonnes("month_target_t"),
            tonnes("forecast_month_t"),
            _range(plant, row, scale, language),
            _share(forecast, plan),
            tonnes("required_rate_t_per_day"),
            tonnes("year_to_date_t"),
            number_of(row, "ytd_pct"),
            *("" if row["level"] != "unit" else number_of(row, f"{kind}_stop_h") for kind in ("planned", "unplanned")),
            header.causes.get(str(row["unit"]), "") if row["level"] == "unit" else "",
            number_of(row, "completeness_pct"),
            str(row.get("gaps", "")),
            *([not_known_cell(plant, row)] if unknown else []),
        ]

    named: Named = [("place", None), ("product", None), ("unit_of_measure", None), ("day_plan", 1)]
    named += [("due", 1), ("day_actual", 1)] if running else [("day_actual", 1)]
    named += [("deviation", 1), ("pct", 1), ("mtd_plan", 1), ("mtd_actual", 1), ("deviation", 1), ("pct", 1)]
    named += [
        ("month_plan", 1),
        ("forecast", 1),
        ("forecast_range", None),
        ("pct", 1),
        ("required", 1),
        ("ytd", 1),
        ("ytd_pct", 1),
        ("planned_stop", 1),
    ]
    named += [("unplanned_stop", 1), ("cause", None), ("completeness", 1), ("gaps", None)]
    named += [("not_known_since", None)] if unknown else []
    signed = {"deviation", "ytd_pct"}
    return _document("day", plant, rows, header, language, _ReportLayout(_columns(named, signed, language), cells))


def month_report(plant: Plant, rows: Iterable[ReportRow], header: ReportHeader, language: Language) -> ReportDocument:
    """The month against its plan: rows of output_month."""

    def cells(row: ReportRow) -> list[CellValue]:
        scale, unit = _scale(plant, row, language)
        return [
            period_shown(str(row["period"]), language),
            *_place(plant, row, language),
            unit,
            *(number_of(row, name, scale) for name in ("target_t", "actual_t", "deviation_t")),
            attainment_cell(row, language),
            *(number_of(row, name, scale) for name in ("as_closed_t", "restated_t", "ytd_t")),
            number_of(row, "ytd_pct"),
            report_text(f"status_{int(row['status'])}", language),
            number_of(row, "completeness_pct"),
            str(row.get("gaps", "")),
        ]

    named: Named = [("month", None), ("place", None), ("product", None), ("unit_of_measure", None), ("month_plan", 1)]
    named += [("month_actual", 1), ("deviation", 1), ("pct", 1), ("as_closed", 1), ("restated", 1), ("ytd", 1)]
    named += [("ytd_growth", 1), ("status", None), ("completeness", 1), ("gaps", None)]
    columns = _columns(named, {"deviation", "ytd_growth"}, language)
    return _document("month", plant, list(rows), header, language, _ReportLayout(columns, cells))


_RESTATED = frozenset(("restated_mom_pct", "restated_yoy_pct", "restated_ytd_t", "restated_ytd_pct"))


def growth_report(plant: Plant, rows: Iterable[ReportRow], header: ReportHeader, language: Language) -> ReportDocument:
    """The table of monthly growth: each figure as it stands or was closed, and the restated one below it, labelled."""
    plain = ("mom_pct", "mom_per_day_pct", "yoy_pct", "yoy_per_day_pct", "yoy_repair_free_pct")

    def cells(row: ReportRow) -> list[CellValue]:
        scale, unit = _scale(plant, row, language)
        restated = bool(row.get("is_restated"))
        growth = ("restated_mom_pct", None, "restated_yoy_pct", None, None) if restated else plain
        ytd = "restated_ytd_" if restated else "ytd_"
        basis = "restated" if restated else "as_closed" if "as_closed_t" in row else "as_booked"
        return [
            period_shown(str(row["period"]), language),
            *_place(plant, row, language),
            unit,
            report_text(basis, language),
            number_of(row, "restated_t" if restated else "actual_t", scale),
            *("" if name is None else number_of(row, name) for name in growth),
            number_of(row, f"{ytd}t", scale),
            "" if restated else number_of(row, "ytd_prev_year_t", scale),
            number_of(row, f"{ytd}pct"),
            report_text(f"status_{int(row['status'])}", language),
        ]

    named: Named = [("month", None), ("place", None), ("product", None), ("unit_of_measure", None), ("basis", None)]
    named += [("month_actual", 1), ("mom", 1), ("mom_per_day", 1), ("yoy", 1), ("yoy_per_day", 1)]
    named += [("yoy_repair_free", 1), ("ytd", 1), ("ytd_before", 1), ("ytd_growth", 1), ("status", None)]
    signed = {"mom", "mom_per_day", "yoy", "yoy_per_day", "yoy_repair_free", "ytd_growth"}
    both: list[ReportRow] = []
    for row in ordered(plant, rows, totals_first=True):
        both.append(row)
        # A month whose own figure stands is restated too where one that it is compared with was corrected.
        restated = {"restated_t": row["actual_t"], **row} if "actual_t" in row else row
        if restated.get("restated_t") != row.get("actual_t") or not _RESTATED.isdisjoint(row):
            both.append({**restated, "is_restated": 1})
    return _document("growth", plant, both, header, language, _ReportLayout(_columns(named, signed, language), cells))


def _document(
    kind: str,
    plant: Plant,
    rows: Sequence[ReportRow],
    header: ReportHeader,
    language: Language,
    layout: _ReportLayout,
) -> ReportDocument:
    in_order = rows if kind == "growth" else ordered(plant, rows, totals_first=False)
    lines = [Line(str(row["level"]), layout.cells(row)) for row in in_order]
    period = report_text("production_day" if kind == "day" else "month", language)
    above = [(period, header.period), (report_text("as_of", language), header.as_of)]
    if header.known_on:
        above.append((report_text("known_on", language), header.known_on))
    # Before how final the figures are: who reads no further knows what they are of.
    above += [(report_text("not_known", language), line) for line in header.not_known]
    above += [(report_text(f"{kind}_runs", language), line) for line in header.running]
    if kind == "day" and rows:
        # One status for the whole report: it is as final as its least final figure.
        least = min(int(row["status"]) for row in rows)
        above.append((report_text("status_of_figures", language), report_text(f"status_{least}", language)))
    if header.dispatcher:
        above.append((report_text("dispatcher", language), header.dispatcher))
    running = sorted({int(row["in_progress_days"]) for row in rows if "in_progress_days" in row})
    # Shops may begin their days at different hours; the note names the most days that any of them has finished.
    notes = [report_text("in_progress", language).format(days=days) for days in running[-1:]]
    for key, entries in (
        ("repairs", header.repairs),
        ("stops", header.stops),
        ("corrections", header.corrections),
        ("gaps_note", header.gaps),
        ("integrated_note", header.integrated),
    ):
        if entries:
            notes.append(f"{report_text(key, language)}: " + "; ".join(entries))
    booked = _booked_for_others(plant, in_order, language)
    if booked:
        notes.append(f"{report_text('for_others', language)}: " + "; ".join(booked))
    notes += header.notes
    simulated = report_text("simulated", language) if plant.simulated else ""
    empty = report_text("no_rows", language)
    site = _name(plant.site_names, language)
    title = f"{site}: {report_text(f'{kind}_title', language)}"
    return ReportDocument(title, site, language, simulated, above, layout.columns, lines, notes, empty)


def _booked_for_others(plant: Plant, rows: Iterable[ReportRow], language: Language) -> list[str]:
    """What each place's month holds that was made in other months, once a place."""
    found: dict[str, None] = {}
    for row in rows:
        scale, unit = _scale(plant, row, language)
        amount = number_of(row, "booked_for_other_months_t", scale)
        if amount is not None and not row.get("is_restated"):
            place, product = _place(plant, row, language)
            sign = "+" if amount > 0 else ""
            found[f"{place}, {product}: {sign}{number(amount, language, 1)} {unit}"] = None
    return list(found)


def _columns(named: Sequence[tuple[str, int | None]], signed: set[str], language: Language) -> list[Column]:
    return [
        Column(report_text(key, language), decimals, key in signed, _RANKS.get(key, _ON_PAPER))
        for key, decimals in named
    ]


def _place(plant: Plant, row: ReportRow, language: Language) -> tuple[str, str]:
    shop, unit, level = str(row["shop"]), str(row["unit"]), row["level"]
    product = str(row["product"])
    name = plant.products[product].name(language) if product in plant.products else product
    shop_name = _name(plant.shops[shop].names, language) if shop in plant.shops else report_text("site_total", language)
    if unit in (UNALLOCATED, UNCLAIMED):
        codes = f" ({row['codes']})" if "codes" in row else ""
        return f"{shop_name}: {report_text(unit, language)}{codes}", name
    if level == "unit" and unit in plant.units:
        return _name(plant.units[unit].names, language), name
    return (shop_name if level == "site" else f"{shop_name}, {report_text('total', language)}"), name


def _name(names: Mapping[str, str], language: Language) -> str:
    return names.get(language) or names["en"]


def _unit_name(plant: Plant, code: str, language: Language) -> str:
    return _name(plant.units[code].names, language) if code in plant.units else code


def _scale(plant: Plant, row: ReportRow, language: Language) -> tuple[int, str]:
    product = plant.products.get(str(row["product"]))
    unit = product.display_unit if product is not None else "t"
    return (1000 if unit == "kt" else 1), report_text(unit, language)


def _range(plant: Plant, row: ReportRow, scale: int, language: Language) -> str:
    """The 80 % interval of the forecast, as text: it should hold the month in four of five cases.

    Of a total without a forecast, which units have not reported.
    """
    if "forecast_lacks" in row:
        lacking = [_unit_name(plant, code, language) for code in str(row["forecast_lacks"]).split(", ")]
        return report_text("not_reported", language).format(units=", ".join(lacking))
    low, high = number_of(row, "forecast_low_t", scale), number_of(row, "forecast_high_t", scale)
    if low is None or high is None:
        return number(None, language)
    return f"{number(low, language)} - {number(high, language)}"


def _share(actual: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Attainment in percent to 0.1, from grams as everywhere: so it equals the attainment_pct of a stored row."""
    if actual is None or target is None:
        return None
    return attainment_pct(round(actual * 1_000_000), round(target * 1_000_000))
