"""KPIs of units, if their inputs exist. What is not known is None, never 0.

Formulas: KIPO and productivity of a blast furnace, coke rate and yields as steel works report them.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.availability import availability_by_unit
from models.stated.figure import CHARGED, Figure
from models.stated.plan import RepairKind
from models.works.place import ALL, Place
from models.works.plant import Unit
from models.works.table import Row, RowKey

KPI_TABLE = "unit_kpi"
_DECIMALS = 6
"""More than anyone reads, and few enough that the last bits of a float do not publish the same row anew."""
# Names and product codes below stand in tables and configurations: they never change.
KIPO = "kipo_m3d_per_t"
PRODUCTIVITY = "productivity_t_per_m3d"
COKE_RATE = "coke_rate_kg_per_t"
SLAB_YIELD = "slab_per_heat_pct"
COIL_YIELD = "coil_per_slab_pct"
HEATS = "heats_per_day"
SCALE_DRIFT = "scale_drift_pct"
COKE, PIG_IRON, STEEL, SLAB, ROLLED = "coke_dry", "pig_iron", "steel_liquid", "slab", "rolled"


def kipo(useful_volume_m3: float, nominal_days: float, tonnes: float | None) -> float | None:
    """The coefficient of use of the useful volume, V x T / Q in m3.d/t; T: the time less capital repairs, in days.

    A furnace of 3,200 m3 that makes 5,000 t a day has 0.640. Only capital repairs are taken out, as the works reckon
    it: a current repair is the furnace's own loss.
    """
    return useful_volume_m3 * nominal_days / tonnes if tonnes and nominal_days > 0 else None


def productivity(useful_volume_m3: float, nominal_days: float, tonnes: float | None) -> float | None:
    """Tonnes of hot metal a day and m3 of useful volume: the inverse of KIPO."""
    capacity = useful_volume_m3 * nominal_days
    return tonnes / capacity if tonnes is not None and capacity > 0 else None


def coke_rate_kg_per_t(coke_t: float | None, pig_iron_t: float | None) -> float | None:
    """Kilograms of dry skip coke per tonne of pig iron."""
    return coke_t * 1000 / pig_iron_t if coke_t is not None and pig_iron_t else None


def yield_pct(out_t: float | None, in_t: float | None) -> float | None:
    """What came out of what went in, in percent: slabs of heats, coils of slabs."""
    return out_t * 100 / in_t if out_t is not None and in_t else None


@dataclass(frozen=True, slots=True)
class DayInputs:
    """What KPIs of a production day need beside the books: how many events ended, by (unit, product); and by unit, the
    drift of its belt scale in percent."""

    events: Mapping[tuple[str, str], int]
    drifts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Kpi:
    """The value of one KPI (None: an input is not known), and its target if the configuration gives one."""

    shop: str
    unit: str
    name: str
    value: float | None
    target: float | None


def unit_kpi_rows(book: Book, day: int, inputs: DayInputs, time_ns: int) -> list[Row]:
    """The rows of `unit_kpi` for one production date (ordinal); a shop's KPI has unit "all"."""
    kpis: list[_Kpi] = []
    for unit in book.plant.units.values():
        values = {**_furnace(book, unit, day), **_heats(unit, inputs), SCALE_DRIFT: inputs.drifts.get(unit.code)}
        kpis += [_Kpi(unit.shop, unit.code, name, value, unit.kpi_targets.get(name)) for name, value in values.items()]
    slabs, steel, coils = (_made(book, Place("site", ALL, ALL, product), day) for product in (SLAB, STEEL, ROLLED))
    # Yields are of the works and not of units: slabs of one heat are rolled at several mills, and days later.
    kpis += [
        _Kpi(ALL, ALL, SLAB_YIELD, yield_pct(slabs, steel), None),
        _Kpi(ALL, ALL, COIL_YIELD, yield_pct(coils, slabs), None),
    ]
    return [_row(book, time_ns, kpi, kpi.value) for kpi in kpis if kpi.value is not None]


def _furnace(book: Book, unit: Unit, day: int) -> dict[str, float | None]:
    coke = book.no_output.get((CHARGED, unit.code, COKE), ())
    if unit.useful_volume_m3 is None and not coke:
        return {}  # no furnace, as most units are
    made = _made(book, Place("unit", unit.shop, unit.code, PIG_IRON), day)
    start_ns, end_ns = _bounds(book, unit, day)
    charged = [
        figure.grams or 0
        for figure in coke[bisect_left(coke, start_ns, key=_start) : bisect_left(coke, end_ns, key=_start)]
        if figure.end_ns <= end_ns
    ]
    rate = coke_rate_kg_per_t(sum(charged) / GRAMS_PER_TONNE if charged else None, made)
    if unit.useful_volume_m3 is None:
        return {COKE_RATE: rate}
    volume, days = unit.useful_volume_m3, _nominal_days(book, unit, day)
    return {COKE_RATE: rate, KIPO: kipo(volume, days, made), PRODUCTIVITY: productivity(volume, days, made)}


def _start(figure: Figure) -> int:
    return figure.start_ns


def _heats(unit: Unit, inputs: DayInputs) -> dict[str, float | None]:
    count = inputs.events.get((unit.code, STEEL))
    return {HEATS: None if count is None else float(count)}


def _nominal_days(book: Book, unit: Unit, day: int) -> float:
    capital = availability_by_unit(book.facts.repairs, (RepairKind.CAPITAL,)).get(unit.code)
    start, end = _bounds(book, unit, day)
    return 1.0 if capital is None else capital.available_ns(start, end) / (end - start)


def _bounds(book: Book, unit: Unit, day: int) -> tuple[int, int]:
    return book.bounds(Place("unit", unit.shop, unit.code, ""), day)


def _made(book: Book, place: Place, day: int) -> float | None:
    made = book.day(place, day).made if place in book.places.known else None
    return None if made is None else made / GRAMS_PER_TONNE


def _row(book: Book, time_ns: int, kpi: _Kpi, value: float) -> Row:
    tags = {"site": book.plant.site, "shop": kpi.shop, "unit": kpi.unit, "kpi": kpi.name}
    fields: dict[str, float | int | str] = {"value": round(value, _DECIMALS)}
    if kpi.target is not None:
        fields["target"] = float(kpi.target)
    return Row(RowKey.of(KPI_TABLE, time_ns, tags), fields)
