"""What stops of the simulated works cost: the tonnes that the book lacks, at the unit, cause, shift and weekday of each
stop, with MTBF, MTTR and availability by hand."""

import asyncio
from pathlib import Path

import pytest

from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.why import AskedWhy, read_losses
from models.stated.plan import Repair, RepairKind
from models.stated.stop_reason import USUAL_REASONS, StopPart, StopStatement
from models.why.change_part import ChangePart
from models.why.stop_losses import ProductLosses
from models.works.calendar import HOUR_NS, NS
from tests.support.why_works import (
    OCTOBER,
    OCTOBER_BEFORE,
    PRODUCT,
    Changed,
    end_ns,
    hour_of,
    octobers,
    settings_in,
    works_of,
)

pytestmark = pytest.mark.long
UNIT = "bf3"
DAYS_H = 31 * 24


class Works:
    """The two Octobers with changed things; what stops cost in the later one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plant = settings_in(folder / "plant").plant
        self.history = octobers(self.plant, 7)

    def at(self, day: int, hour: int) -> int:
        return hour_of(self.plant, OCTOBER[0] + day - 1, hour)

    def losses(self, name: str, changed: Changed) -> ProductLosses:
        settings = works_of(self.folder / name, self.history, changed)
        ledger = Ledger.open(settings.data_dir, clock_ns=lambda: end_ns(settings.plant), demo=True)
        asked = AskedWhy(
            days=OCTOBER,
            base=OCTOBER_BEFORE,
            products=[PRODUCT],
            reasons=USUAL_REASONS,
            now_ns=end_ns(settings.plant),
        )
        try:
            (found,) = ledger.read(lambda connection: read_losses(connection, settings.plant, asked))
        finally:
            asyncio.run(ledger.close())
        return found

    def hours_g(self, start_s: int, end_s: int) -> list[int]:
        """What the unit made in each hour from `start_s` on, before anything was changed."""
        tags = [tag.name for tag in self.history.tags if tag.unit == UNIT]
        starts = self.history.hours.start_s
        inside = (starts >= start_s) & (starts < end_s)
        return [int(each) for each in sum(self.history.grams[name] for name in tags)[inside]]


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Works:
    return Works(tmp_path_factory.mktemp("losses"))


@pytest.fixture(scope="module")
def found(works: Works) -> ProductLosses:
    """Monday the 12th from 9 to 15 the furnace stood by its own fault, first a mechanical one, from 11 on an electrical
    one; and from Tuesday 22:00 to Wednesday 4:00, of which nobody said anything."""
    first, second = works.at(12, 9), works.at(13, 22)
    stands = [(UNIT, first, first + 6 * 3600), (UNIT, second, second + 6 * 3600)]
    said = StopStatement(
        0, UNIT, first, (StopPart(first, "mechanical"), StopPart(first + 2 * 3600, "electrical")), "chief"
    )
    return works.losses("fault", Changed(stands=stands, said=[said]))


def test_a_stop_costs_the_tonnes_that_the_book_lacks(works: Works, found: ProductLosses) -> None:
    unit = found.units[0]
    hours = works.hours_g(works.at(1, 0), works.at(32, 0))
    ran = [each for each in hours if each]
    mean = sum(ran) / len(ran)
    lacked = works.hours_g(works.at(12, 9), works.at(12, 15)) + works.hours_g(works.at(13, 22), works.at(14, 4))
    assert unit.place.unit == UNIT
    assert abs(unit.loss.grams - sum(lacked)) <= sum(abs(each - mean) for each in lacked) + mean * 0.02
    assert unit.loss == found.total


def test_every_ranking_has_all_of_it(found: ProductLosses) -> None:
    for ranking in (found.causes, found.shifts, found.weekdays, {unit.place: unit.loss for unit in found.units}):
        assert sum(loss.grams for loss in ranking.values()) == found.total.grams
        assert sum(loss.stood_ns for loss in ranking.values()) == found.total.stood_ns == 12 * HOUR_NS
    assert found.total.stops == 2


def test_each_part_of_a_stop_has_its_cause_and_each_night_its_day(found: ProductLosses) -> None:
    hours = {cause: (loss.stops, loss.stood_ns // HOUR_NS) for cause, loss in found.causes.items()}
    assert hours == {
        ("", ChangePart.STOPS_OWN): (1, 6),
        ("electrical", ChangePart.STOPS_OWN): (1, 4),
        ("mechanical", ChangePart.STOPS_OWN): (1, 2),
    }
    assert next(iter(hours)) == ("", ChangePart.STOPS_OWN), "the most tonnes first"


def test_mtbf_mttr_and_availability_are_those_of_the_own_stops(found: ProductLosses) -> None:
    unit = found.units[0]
    assert (unit.own, unit.own_ns, unit.unwatched_ns) == (2, 12 * HOUR_NS, 0)
    planned_h = DAYS_H - 12 - unit.ran_ns // HOUR_NS
    assert planned_h >= 0
    assert unit.between_ns == (DAYS_H - planned_h - 12) * HOUR_NS // 2
    assert unit.repair_ns == 6 * HOUR_NS
    assert unit.availability_pct is not None
    assert float(unit.availability_pct) == pytest.approx(100 * (1 - 12 / (DAYS_H - planned_h)))


def test_a_stop_that_follows_from_another_unit_is_in_no_mtbf(works: Works) -> None:
    start_s = works.at(13, 22)
    found = works.losses("upstream", Changed(stands=[(UNIT, start_s, start_s + 6 * 3600)], cause_unit="sinter"))
    (unit, *_) = found.units
    assert (unit.loss.stops, unit.own, unit.between_ns, unit.repair_ns) == (1, 0, None, None)
    assert unit.availability_pct == 100
    assert list(found.causes) == [("", ChangePart.STOPS_UPSTREAM)]


def test_what_lies_in_an_approved_repair_costs_nothing(works: Works) -> None:
    start_s = works.at(20, 8)
    repair = Repair(
        name="R1",
        unit=UNIT,
        start_ns=works.at(20, 0) * NS,
        end_ns=works.at(20, 12) * NS,
        kind=RepairKind.CURRENT,
        approved_by="chief",
    )
    stands = [("bf1", start_s, start_s + 3600), (UNIT, start_s, start_s + 6 * 3600)]
    found = works.losses("repair", Changed(stands=stands, repairs=[repair]))
    assert UNIT not in {unit.place.unit for unit in found.units if unit.loss.stops}


def test_a_unit_that_nobody_watched_is_named_and_in_no_ranking(works: Works) -> None:
    start_s = works.at(12, 9)
    found = works.losses("unseen", Changed(stands=[(UNIT, start_s, start_s + 6 * 3600)], watched=False))
    assert UNIT in {place.unit for place in found.unknown}
    assert (found.total.stops, found.units) == (0, [])


def test_a_unit_that_stood_all_the_time_has_no_pace_and_is_named_as_such(works: Works) -> None:
    first_s = works.at(1, 0)
    found = works.losses("idle", Changed(stands=[(UNIT, first_s, first_s + 31 * 86_400)]))
    assert UNIT in {place.unit for place in found.without_pace}
    assert UNIT not in {place.unit for place in found.unknown}
