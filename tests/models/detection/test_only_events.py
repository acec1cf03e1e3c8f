"""Units of which nothing but events is read: they are as well watched as others, and their drops are found."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from collector.service.observer import Observer
from collector.sources.base import Delivery
from collector.storage.ledger.changes import LedgerChanges
from models.counting.increment import EventRevision
from models.detection.expected.expected import SteadyExpected
from models.detection.finding import FindingKind
from models.detection.judgement import Basis
from models.detection.watched import watched_units
from models.detection.works_watch import WorksWatch
from models.works.codes import TagKind, UnitState
from models.works.detection_rules import RuleSet
from models.works.plant import Plant
from tests.models.detection.minutes_of import NONE, Face, Works, furnace, line
from tests.models.detection.small_works import HOUR, MINUTE, PLANT, RATES, START_S, only

NS = 10**9
PIECE_T = {"bf3": 500.0, "coke1": 15.0, "cast1": 29.0, "hsm": 20.0}


def events_alone(code: str) -> Plant:
    """A plant of one unit, of which only its events are read."""
    plant = only(code, plant=PLANT)
    return replace(plant, tags=tuple(tag for tag in plant.tags if tag.kind is TagKind.EVENT))


def watched(code: str, until_h: float, makes: Callable[[float], bool]) -> tuple[WorksWatch, list[FindingKind]]:
    """A watch fed as the service feeds it: a look at the ring every ten seconds, and the events that the ledger took.

    `makes`: whether the unit works at an hour. All kinds of findings that there ever were.
    """
    plant = events_alone(code)
    watch, observer = WorksWatch(plant, RuleSet()), Observer(plant, watched_units(plant, RuleSet()))
    found: list[FindingKind] = []
    made_t, number = 0.0, 0
    for second in range(10, round(until_h * HOUR) + 1, 10):
        made_t += RATES[code] * 10 / HOUR if makes(second / HOUR) else 0.0
        observer.taken(Delivery("plc", (START_S + second) * NS, coverage={f"{code}.made": 1}), None)
        if made_t >= PIECE_T[code]:
            made_t, number = made_t - PIECE_T[code], number + 1
            product = watch.units[code].unit.product
            end_ns = (START_S + second) * NS
            grams = round(PIECE_T[code] * 1e6)
            event = EventRevision(f"{code}.made", code, product, 2026, str(number), grams, end_ns, 1)
            observer.posted(LedgerChanges(journal_seq=number, events=[event], first_events=[event]))
        watch.step(START_S + second, observer.take_samples(), SteadyExpected(RATES))
        found += [finding.kind for finding in watch.findings() if finding.kind not in found]
    return watch, found


@pytest.mark.parametrize("code", ["bf3", "coke1", "cast1", "hsm"])
def test_a_unit_of_which_only_events_are_read_works_and_is_no_fault_of_data(code: str) -> None:
    watch, found = watched(code, 30, lambda hour: True)
    assert watch.statuses[code].judgement.state is UnitState.OK
    assert found == []


@pytest.mark.parametrize(("code", "within_h"), [("bf3", 4.0), ("coke1", 1.0), ("cast1", 4.0), ("hsm", 0.5)])
def test_a_unit_of_which_only_events_are_read_stops_and_is_found_in_time(code: str, within_h: float) -> None:
    watch, found = watched(code, 20 + within_h + 2.6, lambda hour: hour < 20)
    judgement = watch.statuses[code].judgement
    assert (judgement.state, judgement.basis) == (UnitState.STOPPED, Basis.NO_EVENT)
    assert judgement.since_s <= START_S + 20 * HOUR
    assert found == [FindingKind.STOP]


def test_a_furnace_of_which_only_taps_are_read_is_slow_by_its_pace() -> None:
    watch, found = watched("bf3", 46, lambda hour: hour < 16 or round(hour * 60) % 4 != 0)
    assert watch.statuses["bf3"].judgement.state is UnitState.SLOW
    assert found == [FindingKind.SLOW]


def test_a_ring_that_nobody_reads_is_a_fault_of_data_all_the_same() -> None:
    works = Works(coke1=Face(piece_t=15.0, moved=NONE, looked=line(1, (6, 0)))).until(8)
    assert works.state("coke1") == (UnitState.BAD, Basis.UNREAD)


def test_values_that_stand_still_are_a_hung_controller_though_the_ring_of_the_unit_is_looked_at() -> None:
    works = Works(bf3=furnace(output=line(100, (2, 0)), moved=line(1, (2, 0)))).until(5)
    assert works.state("bf3") == (UnitState.BAD, Basis.FROZEN)


def test_an_event_that_becomes_known_is_movement_where_values_stand_still() -> None:
    works = Works(bf3=furnace(piece_t=10.0, moved=NONE, steady=True)).until(0.9)
    assert works.state("bf3") == (UnitState.OK, Basis.WORKS), "a tap every three minutes"
    assert MINUTE < works.unit("bf3").evidence.link.longest_pause_s < 5 * MINUTE
