"""Rows of `fuel_day`: each fuel, each kind, the works and each product that GJ/t is told of, day by day."""

from collections.abc import Iterable
from datetime import date

from models.heat.fuel import Fuel, FuelKind
from models.heat.fuel_report import FuelReport
from models.heat.fuel_span import FuelSpan, FuelTotal, added
from models.heat.specific_use import SpecificUse
from models.works.calendar import stamp_ns
from models.works.localize import LANGUAGES
from models.works.place import ALL
from models.works.plant import Plant
from models.works.table import FieldValue, Row, RowKey

FUEL_TABLE = "fuel_day"
_DECIMALS = 3
"""Without the last digits of the arithmetic, which would publish the same row anew."""


def fuel_rows(plant: Plant, report: FuelReport) -> list[Row]:
    """The rows of all its days; what is not known is absent."""
    rows: list[Row] = []
    for day, span in report.days.items():
        month = report.months[day]
        for now, to_date in zip(span.totals, month.totals, strict=True):
            tags = {"level": "fuel", "kind": now.fuel.kind.value, "fuel": now.fuel.code}
            rows.append(_row(plant, day, tags, _fuel(now, to_date, span.hours)))
        for kind in span.kinds:
            tags = {"level": "kind", "kind": kind.value}
            rows.append(_row(plant, day, tags, _kind(kind, span, month)))
        rows.append(_row(plant, day, {"level": "works"}, _works(span, month)))
    for (product, day), specific in report.specific.items():
        fields = _specific(specific, report.specific_months[product, day])
        rows.append(_row(plant, day, {"level": "product", "product": product}, fields))
    return rows


def _row(plant: Plant, day: int, tags: dict[str, str], fields: dict[str, FieldValue | None]) -> Row:
    key = {"site": plant.site, "kind": ALL, "fuel": ALL, "product": ALL, **tags}
    known = {
        name: round(value, _DECIMALS) if isinstance(value, float) else value
        for name, value in fields.items()
        if value is not None
    }
    return Row(RowKey.of(FUEL_TABLE, stamp_ns(plant.zone, date.fromordinal(day)), key), known)


def _fuel(now: FuelTotal, month: FuelTotal, hours: int) -> dict[str, FieldValue | None]:
    flow = "amount_nm3" if now.fuel.kind.is_gas else "amount_t"
    return {
        flow: now.amount,
        "energy_gj": now.energy_gj,
        "co2_t": now.co2_t,
        "known_h": now.known_h,
        "energy_known_h": now.energy_known_h,
        "hours": hours,
        "flared": int(now.fuel.flared),
        "not_known": None if now.doubt is None else now.doubt.value,
        f"month_{flow}": month.amount,
        "month_energy_gj": month.energy_gj,
        "month_co2_t": month.co2_t,
        **_named(now.fuel),
    }


def _named(fuel: Fuel) -> dict[str, FieldValue | None]:
    return {f"name_{language}": fuel.name(language) for language in LANGUAGES}


def _kind(kind: FuelKind, span: FuelSpan, month: FuelSpan) -> dict[str, FieldValue | None]:
    now, to_date = span.of_kind(kind), month.of_kind(kind)
    flow = "amount_nm3" if kind.is_gas else "amount_t"
    return {
        flow: added(each.amount for each in now),
        "energy_gj": added(each.energy_gj for each in now),
        "known_h": _least(each.known_h for each in now),
        "energy_known_h": _least(each.energy_known_h for each in now),
        "hours": span.hours,
        f"month_{flow}": added(each.amount for each in to_date),
        "month_energy_gj": added(each.energy_gj for each in to_date),
    }


def _works(span: FuelSpan, month: FuelSpan) -> dict[str, FieldValue | None]:
    return {
        "energy_gj": span.energy_gj,
        "energy_known_h": span.energy_known_h,
        "hours": span.hours,
        "burned_h": span.burned_h,
        "natural_gas_pct": _pct(span),
        "share_lacks": None if span.share_lacks is None else span.share_lacks.code,
        "co2_t": span.co2_t,
        "flared_nm3": span.flared_nm3,
        "flared_known_h": span.flared_known_h if span.flared else None,
        "month_energy_gj": month.energy_gj,
        "month_natural_gas_pct": _pct(month),
        "month_co2_t": month.co2_t,
        "month_flared_nm3": month.flared_nm3,
    }


def _pct(span: FuelSpan) -> float | None:
    """Of a works that declares natural gas: of another nothing is known of it."""
    return span.natural_pct if FuelKind.NATURAL_GAS in span.kinds else None


def _specific(day: SpecificUse, month: SpecificUse) -> dict[str, FieldValue | None]:
    return {
        "energy_gj": day.energy_gj,
        "output_t": day.output_t,
        "gj_per_t": day.gj_per_t,
        "no_gj_per_t": None if day.doubt is None else day.doubt.value,
        "month_gj_per_t": month.gj_per_t,
        "month_days": month.days,
        "month_of_days": month.of_days,
        "month_no_gj_per_t": None if month.doubt is None else month.doubt.value,
    }


def _least(hours: Iterable[float]) -> float:
    return min(hours, default=0.0)
