"""History as detection saw it, or would have seen it, out of a real ledger: holes, late news, clocks that jump."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.observed_history import read_history
from models.counting.increment import EventRevision, Increment, UncertainGap
from models.detection.minutes.history import unheard_hours
from models.detection.minutes.minutes import blank
from models.detection.minutes.observed import UnitMinutes, WorksMinutes
from models.works.codes import TagKind
from models.works.plant import Plant
from tests.collector.storage.ledger.ledgers import S, opened
from tests.models.detection.expected.test_planned import PLANT, at
from tests.support.ledger_calls import commit, post

HOUR = 3600
START_S = at(7, 0.0)


class Clock:
    """What the ledger records with."""

    def __init__(self) -> None:
        self.now_s = START_S

    def __call__(self) -> int:
        return self.now_s * S


def plant() -> Plant:
    """The mine counts by a totalizer, the others by events."""
    tags = tuple(replace(tag, kind=TagKind.TOTALIZER) if tag.unit == "mine1" else tag for tag in PLANT.tags)
    return replace(PLANT, tags=tags)


def observed(fill: float | None = None) -> UnitMinutes:
    """An hour of a unit that was heard all the time."""
    minutes = blank(60, [], counts=fill is not None)
    minutes.heard[:] = minutes.moved[:] = True
    if minutes.counted_t is not None:
        minutes.counted_t[:] = fill
    return minutes


def tap(number: int, end_s: int, tonnes: int = 400) -> EventRevision:
    return EventRevision("bf3.count", "bf3", "pig_iron", 2026, f"T-{number}", tonnes * 1_000_000, end_s * S, number)


def sums(unit: str, start_s: int, end_s: int, tonnes: int, readings: int = 30, product: str = "pig_iron") -> Increment:
    return Increment(f"{unit}.count", unit, product, start_s, end_s, tonnes * 1_000_000, readings)


def history(ledger: Ledger, hours: float, start_s: int = START_S) -> WorksMinutes:
    return ledger.read(lambda connection: read_history(connection, plant(), start_s, start_s + int(hours * HOUR)))


async def put(ledger: Ledger, hour: int, **units: UnitMinutes) -> None:
    await ledger.write(lambda connection: ledger_detection.put_hour(connection, START_S + hour * HOUR, units))


async def test_observed_hours_come_back_as_they_were_and_holes_are_unheard(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    for hour in (0, 1, 4):
        await put(ledger, hour, mine1=observed(10.0), bf3=observed())
    found = history(ledger, 5)
    assert (found.start_s, len(found), set(found.units)) == (START_S, 300, set(PLANT.units))
    mine = found.units["mine1"]
    assert mine.counted_t is not None
    assert mine.heard.tolist() == [True] * 120 + [False] * 120 + [True] * 60
    assert np.nansum(mine.counted_t) == 1800.0
    assert np.isnan(mine.counted_t[120:240]).all()
    assert unheard_hours(found, START_S) == {"mine1": 2.0, "bf3": 2.0, "bof1": 5.0, "bof2": 5.0, "bof3": 5.0}
    assert len(list(found.samples())) == 300
    await ledger.close()


async def test_an_event_comes_when_it_became_known_and_with_what_was_said_of_it_last(tmp_path: Path) -> None:
    clock = Clock()
    ledger = opened(tmp_path, clock_ns=clock)
    await put(ledger, 0, bf3=observed())
    clock.now_s = START_S + 600
    await commit(ledger, LedgerChanges(journal_seq=1, events=[tap(1, START_S + 590)]))
    clock.now_s = START_S + 3000  # the link was cut meanwhile
    await commit(ledger, LedgerChanges(journal_seq=2, events=[tap(2, START_S + 700), tap(1, START_S + 590, 410)]))
    clock.now_s = START_S + 40 * 24 * HOUR  # somebody loads what was missing
    await commit(ledger, LedgerChanges(journal_seq=3, events=[tap(3, START_S + 1800)]))
    found = history(ledger, 1).units["bf3"]
    assert found.event_t.tolist() == [410.0, 400.0, 400.0]
    assert (found.event_end_s - START_S).tolist() == [590, 1800, 700]
    assert found.event_known_s is not None
    assert (found.event_known_s - START_S).tolist() == [600, 1800, 3000]
    told = {end_s - START_S: sample["bf3"].events for end_s, sample in history(ledger, 1).samples()}
    assert {minute: [end - START_S for end, _ in events] for minute, events in told.items() if events} == {
        660: [590],
        1860: [1800],
        3060: [700],
    }
    await ledger.close()


async def test_a_clock_that_jumped_ahead_and_back_loses_no_event_and_no_minute(tmp_path: Path) -> None:
    clock = Clock()
    ledger = opened(tmp_path, clock_ns=clock)
    await put(ledger, 0, bf3=observed())
    clock.now_s = START_S + 500 * 24 * HOUR
    await commit(ledger, LedgerChanges(journal_seq=1, events=[tap(1, START_S + 100)]))
    clock.now_s = START_S + 900
    await commit(ledger, LedgerChanges(journal_seq=2, events=[tap(2, START_S + 850)]))
    await put(ledger, 0, bf3=observed())
    found = history(ledger, 1).units["bf3"]
    assert found.event_known_s is not None
    assert (found.event_known_s - START_S).tolist() == [100, 850]
    assert found.heard.all()
    await ledger.close()


async def test_before_minutes_were_kept_growth_is_spread_over_its_sums(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await post(
        ledger,
        [
            sums("mine1", START_S, START_S + 300, 50, product="coal_raw"),
            sums("mine1", START_S + 300, START_S + 600, 0, product="coal_raw"),
            sums("mine1", START_S + 900, START_S + HOUR, 450, readings=0, product="coal_raw"),
            sums("mine1", START_S + HOUR, START_S + HOUR + 300, 77, product="coal_raw"),
        ],
    )
    await put(ledger, 1, mine1=observed(10.0))
    mine = history(ledger, 2).units["mine1"]
    assert mine.counted_t is not None
    assert mine.counted_t[:10].tolist() == [10.0] * 5 + [0.0] * 5
    assert np.isnan(mine.counted_t[10:15]).all(), "nothing is known of it"
    assert mine.counted_t[15:60].tolist() == [10.0] * 45
    assert mine.counted_t[60:].tolist() == [10.0] * 60, "from there on only what was observed counts"
    assert mine.heard.tolist() == [True] * 10 + [False] * 50 + [True] * 60
    await ledger.close()


async def test_sums_of_events_that_are_not_known_singly_become_pieces_and_known_ones_are_not_counted_twice(
    tmp_path: Path,
) -> None:
    ledger = opened(tmp_path)
    await commit(ledger, LedgerChanges(journal_seq=1, events=[tap(1, START_S + 1000)]))
    hours = [(0, 400), (1, 240), (2, 0)]
    await post(ledger, [sums("bf3", START_S + n * HOUR, START_S + (n + 1) * HOUR, grown) for n, grown in hours])
    found = history(ledger, 3).units["bf3"]
    assert found.heard.all()
    assert found.looked.all()
    assert found.event_t.tolist() == [400.0, *[20.0] * 12]
    assert (found.event_end_s[1:] - START_S - HOUR).tolist() == [300 * n - 1 for n in range(1, 13)]
    assert found.counted_t is None
    await ledger.close()


async def test_a_gap_makes_the_minute_in_which_it_ended_uncertain(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    gaps = [
        UncertainGap("mine1.count", (START_S - 60) * S, (START_S + 130) * S, "reset"),
        UncertainGap("*", START_S * S, (START_S + 300) * S, "damaged"),
        UncertainGap("gone.count", START_S * S, (START_S + 400) * S, "of a tag that was taken out"),
    ]
    await commit(ledger, LedgerChanges(journal_seq=1, gaps=gaps))
    found = history(ledger, 1)
    assert np.flatnonzero(found.units["mine1"].uncertain).tolist() == [2, 5]
    assert np.flatnonzero(found.units["bf3"].uncertain).tolist() == [5]
    await ledger.close()


async def test_an_empty_ledger_and_an_odd_span_give_minutes_in_which_nothing_was_heard(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    found = history(ledger, 0.5, START_S + 17)
    assert (found.start_s, len(found)) == (START_S, 30)
    assert not any(unit.heard.any() for unit in found.units.values())
    await ledger.close()
