"""Tonnes that the ledger holds where the plant expects none: outside a unit's service, or of a product that it has not.

They stay in the sums, for a date or a code in the configuration is more often wrong than the tonnes. SQL, no threads.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import apsw

from collector.storage.file.sql import rows
from collector.storage.ledger import configurations
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.figure import NO_OUTPUT
from models.works.calendar import NS, day_bounds, production_day
from models.works.place import ALL
from models.works.plant import Calendar, Plant

Amount = tuple[str, str, int, int, int]
"""(unit, product, start_ns, end_ns, grams)."""


@dataclass(frozen=True, slots=True)
class MisplacedTonnes:
    """Tonnes of a unit ("all": of a shop or the works) from `first` to `last` (production dates), and what is odd."""

    unit: str
    product: str
    grams: int
    first: date
    last: date
    why: str

    def __str__(self) -> str:
        where = "" if self.unit == ALL else f" at {self.unit}"
        amount = f"{self.grams / GRAMS_PER_TONNE:,.3f} t of {self.product}{where}"
        return f"{amount} from {self.first} to {self.last}: {self.why}"


def misplaced(connection: apsw.Connection, plant: Plant) -> list[MisplacedTonnes]:
    """What was counted or stated where the plant expects nothing."""
    found: dict[tuple[str, str, str], list[Amount]] = {}
    for amount in _amounts(connection, plant):
        why = _why(plant, amount)
        if why and amount[4]:
            found.setdefault((amount[0], amount[1], why), []).append(amount)
    return [_told(plant, key, amounts) for key, amounts in sorted(found.items())]


def _amounts(connection: apsw.Connection, plant: Plant) -> Iterator[Amount]:
    claims = configurations.claims(connection, plant)
    limited = {code for code, unit in plant.units.items() if not unit.in_service.is_always}
    for counter, *known in rows(connection, "SELECT id, tag, unit, product FROM counter"):
        current = claims.counter(*known)
        if current is None or current[1] not in limited:
            continue
        start_ns, end_ns = _service_ns(plant, current[1])
        for side, bound_ns in (("end_s <=", start_ns), ("start_s >=", end_ns)):
            sums = rows(
                connection,
                "SELECT min(start_s), max(end_s), sum(grams) FROM increment WHERE counter = ? AND grams <> 0 "  # noqa: S608
                f"AND {side} ?",
                (counter, bound_ns // NS),
            )
            for first_s, last_s, grams in sums:
                if grams:
                    yield current[1], current[2], first_s * NS, last_s * NS, grams
    for unit, product, start_ns, end_ns, grams in rows(
        connection,
        "SELECT unit, product, start_ns, end_ns, grams FROM figure WHERE superseded_ns IS NULL AND grams IS NOT NULL "
        "AND basis NOT IN (SELECT value FROM json_each(?)) AND (unit IN (SELECT value FROM json_each(?)) "
        "OR product NOT IN (SELECT value FROM json_each(?)))",
        tuple(json.dumps(list(known)) for known in (NO_OUTPUT, limited, plant.products)),
    ):
        yield str(unit), str(product), int(start_ns), int(end_ns), int(grams)


def _why(plant: Plant, amount: Amount) -> str:
    unit, product, start_ns, end_ns, _ = amount
    if product not in plant.products:
        return "the plant has no such product: give it back its code, or import the figures anew under the new one"
    begin_ns, until_ns = _service_ns(plant, unit)
    if end_ns <= begin_ns or start_ns >= until_ns:
        service = plant.units[unit].in_service
        side = f"from {service.first}" if end_ns <= begin_ns else f"until {service.last}"
        return f"it is in service {side} only: correct in_service or retired, or the tonnes"
    return ""


def _service_ns(plant: Plant, code: str) -> tuple[int, int]:
    """[start_ns, end_ns) of a unit's service; of a unit that is not limited, or is none, all time."""
    unit = plant.units.get(code)
    if unit is None:
        return 0, 2**62
    calendar, service = plant.shops[unit.shop].calendar, unit.in_service
    return (
        0 if service.first is None else day_bounds(calendar, service.first)[0],
        2**62 if service.last is None else day_bounds(calendar, service.last)[1],
    )


def _told(plant: Plant, key: tuple[str, str, str], amounts: list[Amount]) -> MisplacedTonnes:
    unit, product, why = key
    known = plant.units.get(unit)
    calendar = Calendar(zone=plant.zone) if known is None else plant.shops[known.shop].calendar
    return MisplacedTonnes(
        unit,
        product,
        sum(amount[4] for amount in amounts),
        production_day(calendar, min(amount[2] for amount in amounts)),
        production_day(calendar, max(amount[3] for amount in amounts) - 1),
        why,
    )
