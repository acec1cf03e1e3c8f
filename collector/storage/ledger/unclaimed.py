"""Tonnes in the ledger that no unit claims: what a renamed or removed unit left behind. SQL, no threads."""

from dataclasses import dataclass
from datetime import date

import apsw

from collector.storage.file.sql import one, rows
from collector.storage.ledger import configurations
from models.books.claims import Claims
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.facts import Facts
from models.stated.figure import NO_OUTPUT, Figure
from models.works.calendar import NS, local_date
from models.works.place import ALL
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class UnclaimedTonnes:
    """`code`: the unit, shop or counter that the plant does not have; from `first` to `last` (local dates)."""

    code: str
    product: str
    grams: int
    first: date
    last: date

    def __str__(self) -> str:
        return (
            f"{self.grams / GRAMS_PER_TONNE:,.3f} t of {self.product} from {self.first} to {self.last} belong to "
            f"'{self.code}', which the plant does not have"
        )


WHAT_TO_DO = (
    "they stay in the totals as unclaimed until you say whose they are: give the code in renamed_from or "
    "former_signals of a unit or a shop, keep the unit with retired: DATE, or give the code in disowned if they are no "
    "output"
)


def unclaimed(connection: apsw.Connection, plant: Plant) -> list[UnclaimedTonnes]:
    """What counters and figures of output hold for units, shops and counters that the plant does not have."""
    claims = configurations.claims(connection, plant)
    found: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for number, *counter in rows(connection, "SELECT id, tag, unit, product FROM counter"):
        current = claims.counter(*counter)
        if current is None or claims.is_claimed(current[1]):
            continue
        sums = one(
            connection, "SELECT sum(grams), min(start_s), max(end_s) FROM increment WHERE counter = ?", (number,)
        )
        if sums is not None and sums[0]:
            found.setdefault((current[1], current[2]), []).append((sums[0], sums[1] * NS, sums[2] * NS))
    for shop, unit, product, grams, start_ns, end_ns in rows(
        connection,
        "SELECT shop, unit, product, sum(grams), min(start_ns), max(end_ns) FROM figure WHERE superseded_ns IS NULL "
        "AND basis NOT IN (?, ?, ?, ?) GROUP BY shop, unit, product",
        NO_OUTPUT,
    ):
        figure = Figure(start_ns=0, end_ns=0, shop=shop, unit=unit, product=product, grams=0)
        code = _unclaimed_code(claims, figure)
        if code is not None and grams:
            found.setdefault((code, product), []).append((grams, start_ns, end_ns))
    return [
        UnclaimedTonnes(
            code,
            product,
            sum(grams for grams, _, _ in items),
            local_date(plant.zone, min(start_ns for _, start_ns, _ in items)),
            local_date(plant.zone, max(end_ns for _, _, end_ns in items) - 1),
        )
        for (code, product), items in sorted(found.items())
    ]


def _unclaimed_code(claims: Claims, figure: Figure) -> str | None:
    """The code of a unit or a shop that the plant does not have; None for one that it has, or disowns."""
    current = claims.facts(Facts(all_figures=[figure])).all_figures
    if not current:
        return None
    place = current[0]
    if place.unit == ALL:
        return None if place.shop in (ALL, *claims.plant.shops) else place.shop
    return None if claims.is_claimed(place.unit) else place.unit
