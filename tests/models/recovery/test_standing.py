"""What holds a unit on the days that are left: a repair by its name and until when, or something else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from models.recovery.recovered import Recovery
from models.recovery.standing import HeldBy, UnitStanding
from models.recovery.what_if import SupposedStop, WhatIf
from models.stated.plan import Repair, RepairKind
from models.works.in_service import InService
from tests.models.books.test_book import BF3, at
from tests.models.recovery.test_recovered import NOW_NS, furnaces, way_of_april, works
from tests.models.tables.test_hour_rows import PLANT

R1 = Repair(
    name="R1",
    unit="bf3",
    start_ns=at(date(2026, 4, 20)),
    end_ns=at(date(2026, 4, 24)),
    kind=RepairKind.CURRENT,
    approved_by="chief",
)


def standing_of(found: Recovery) -> Sequence[UnitStanding]:
    """What holds BF 3."""
    assert found.way is not None
    return next(unit.standing for unit in found.way.units if unit.place == BF3)


def test_a_repair_that_will_come_is_told_from_when_and_until_when_also_if_it_moves() -> None:
    books = works(furnaces(), 210_000, all_repairs=[R1])
    assert standing_of(way_of_april(books)) == [
        UnitStanding(held_by=HeldBy.REPAIR, repair="R1", start_ns=R1.start_ns, end_ns=R1.end_ns)
    ]
    late = WhatIf(moved={"R1": at(date(2026, 4, 29))})
    assert standing_of(way_of_april(books, late))[0].end_ns == at(date(2026, 5, 3)), "also its days of May are told"


def test_a_repair_that_runs_is_told_with_its_end_and_a_supposed_stop_as_such() -> None:
    runs = replace(R1, name="R2", start_ns=at(date(2026, 4, 14)), end_ns=at(date(2026, 4, 18), 6))
    over = replace(runs, name="R0", start_ns=at(date(2026, 4, 2)), end_ns=at(date(2026, 4, 3)))
    books = works(furnaces(), 210_000, all_repairs=[over, runs])
    until = at(date(2026, 4, 21))
    found = way_of_april(books, WhatIf(stands=[SupposedStop("bf3", NOW_NS, until)]))
    assert standing_of(found) == [
        UnitStanding(held_by=HeldBy.REPAIR, repair="R2", start_ns=None, end_ns=runs.end_ns),
        UnitStanding(held_by=HeldBy.SUPPOSED, start_ns=None, end_ns=until),
    ]


def test_a_repair_that_runs_may_be_supposed_to_end_on_another_day() -> None:
    runs = replace(R1, name="R2", start_ns=at(date(2026, 4, 14)), end_ns=at(date(2026, 4, 18)))
    books = works(furnaces(), 210_000, all_repairs=[runs])
    assert way_of_april(books).reachable_t == pytest.approx(210_000 - 2 * 5000)
    late = WhatIf(ended={"R2": at(date(2026, 4, 21))})
    assert way_of_april(books, late).reachable_t == pytest.approx(210_000 - 5 * 5000)
    assert standing_of(way_of_april(books, late))[0].end_ns == at(date(2026, 4, 21))
    assert way_of_april(books, late).is_supposed
    now = WhatIf(ended={"R2": NOW_NS})
    assert way_of_april(books, now).reachable_t == pytest.approx(210_000)
    assert standing_of(way_of_april(books, now)) == []


def test_a_unit_that_goes_out_of_service_is_told_to_stand_without_an_end() -> None:
    gone = InService(last=date(2026, 4, 25))
    units = {**PLANT.units, "bf3": replace(PLANT.units["bf3"], in_service=gone)}
    found = way_of_april(works(furnaces(), 210_000, replace(PLANT, units=units)))
    assert standing_of(found) == [
        UnitStanding(held_by=HeldBy.OUT_OF_SERVICE, start_ns=at(date(2026, 4, 26)), end_ns=None)
    ]
