"""Entries of the journal on a real ledger."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from collector.service.journal_facts import JournalFacts, encode_facts
from collector.service.ledger_step import LedgerStep
from collector.storage.journal.journal import StoredEntry
from collector.storage.journal.rows import EVERY_SOURCE
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from models.counting.increment import IncrementFlag
from models.counting.reading import EventReading
from models.works.codes import Quality, Reason
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, count, grams, open_ledger, posting_of, reasons, stored, tap
from tests.collector.service.works_document import COAL, HEATS, NOON_NS, NS, ORE, SINTER, TAPS
from tests.support.ledger_calls import buckets, commit

if TYPE_CHECKING:
    from models.counting.totalizer_state import TotalizerState

TONNE = 1_000_000


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Ledger]:
    one = open_ledger(tmp_path / "data", Clock())
    yield one
    await one.close()


class Steps:
    """Posts steps one after the other, as the consumer does."""

    def __init__(self, plant: Plant, ledger: Ledger) -> None:
        self.posting = posting_of(plant, ledger)
        self.ledger = ledger
        self.states: dict[str, TotalizerState] = {}
        self.seq = 0

    async def post(self, *facts: JournalFacts | bytes) -> LedgerStep:
        entries = [stored(self.seq + number, each) for number, each in enumerate(facts, start=1)]
        return await self.post_entries(*entries)

    async def post_entries(self, *entries: StoredEntry) -> LedgerStep:
        self.seq = entries[-1].seq
        done = self.posting.post(entries, self.states)
        assert await commit(self.ledger, done.changes)
        self.states.update(done.states)
        return done


@pytest.fixture
def steps(plant: Plant, ledger: Ledger) -> Steps:
    return Steps(plant, ledger)


def _at(*rows: tuple[str, float, float]) -> JournalFacts:
    return JournalFacts(counters=[count(*row) for row in rows])


def _events(*events: EventReading) -> JournalFacts:
    return JournalFacts(events=events)


async def test_what_a_totalizer_grew_is_counted_from_its_first_reading_on(steps: Steps) -> None:
    await steps.post(_at((COAL, 0, 1000.0)), _at((COAL, 60, 1001.5), (ORE, 60, 5.0)))
    done = await steps.post(_at((COAL, 120, 1004.25), (ORE, 120, 6.0)))
    assert grams(steps.ledger) == {COAL: 4_250_000, ORE: TONNE}
    assert done.last_output_ns == {"mine1": NOON_NS + 120 * NS, "mine2": NOON_NS + 120 * NS}


async def test_a_standing_totalizer_counts_readings_and_no_output(steps: Steps) -> None:
    done = await steps.post(*(_at((COAL, 10 * number, 1000.0)) for number in range(10)))
    assert done.last_output_ns == {}
    (bucket,) = buckets(steps.ledger, 0, 2**60)
    assert (bucket.grams, bucket.readings) == (0, 10)


async def test_a_late_reading_in_the_same_step_is_counted_in_its_own_bucket(steps: Steps) -> None:
    await steps.post(_at((COAL, 0, 0.0)), _at((COAL, 600, 100.0)), _at((COAL, 290, 10.0)))
    by_start = {bucket.start_s: bucket.grams for bucket in buckets(steps.ledger, 0, 2**60)}
    assert sum(by_start.values()) == 100 * TONNE
    assert by_start[NOON_NS // NS] < 15 * TONNE


async def test_a_reset_leaves_a_gap_and_counts_nothing(steps: Steps) -> None:
    await steps.post(_at((COAL, 0, 500.0)), *(_at((COAL, 60 * (1 + index), 3.0 + index)) for index in range(4)))
    assert grams(steps.ledger) == {COAL: 3 * TONNE}
    (gap,) = steps.ledger.read(ledger_reads.gaps)
    assert (gap.tag, gap.start_ns, gap.end_ns) == (COAL, NOON_NS, NOON_NS + 60 * NS)


async def test_what_a_counter_refuses_is_a_rejection_in_the_ledger(steps: Steps) -> None:
    done = await steps.post(_at((COAL, 0, 500.0)), _at((COAL, 1, 9_000.0)))
    assert reasons(done.changes.rejections) == ["rate_too_high"]
    assert grams(steps.ledger) == {}


async def test_an_event_counts_whole_where_it_ends(steps: Steps) -> None:
    done = await steps.post(_events(tap("17", 299.9, 400.0)))
    (bucket,) = buckets(steps.ledger, 0, 2**60)
    assert (bucket.start_s, bucket.grams) == (NOON_NS // NS, 400 * TONNE)
    assert done.last_output_ns == {"bf3": NOON_NS + round(299.9 * NS)}


@pytest.mark.parametrize("apart", [False, True], ids=["in one step", "in steps of their own"])
async def test_a_later_word_on_an_event_replaces_the_earlier_also_in_another_bucket(steps: Steps, apart: bool) -> None:
    words = [_events(tap("17", 60, 400.0)), _events(tap("17", 60, 410.5)), _events(tap("17", 660, 390.0))]
    for word in words if apart else ():
        await steps.post(word)
    if not apart:
        await steps.post(*words)
    by_start = {bucket.start_s - NOON_NS // NS: bucket.grams for bucket in buckets(steps.ledger, 0, 2**60)}
    assert by_start == {0: 0, 600: 390 * TONNE}
    (event,) = steps.ledger.read(ledger_reads.events)
    assert (event.grams, event.end_ns) == (390 * TONNE, NOON_NS + 660 * NS)


@pytest.mark.parametrize("apart", [False, True], ids=["in one step", "in steps of their own"])
async def test_a_number_used_again_20_minutes_later_takes_nothing_away_and_counts_when_a_person_replays_it(
    steps: Steps, apart: bool
) -> None:
    words = [_events(tap("17", 60, 400.0)), _events(tap("17", 1260, 390.0, sequence=2))]
    done = [await steps.post(word) for word in words] if apart else [await steps.post(*words)]
    assert grams(steps.ledger) == {TAPS: 400 * TONNE}
    (rejection,) = done[-1].changes.rejections
    assert (rejection.reason, rejection.event_key) == (Reason.KEY_REUSED, "17")
    await steps.post(_events(tap("17", 1260, 390.0, sequence=0)))
    assert grams(steps.ledger) == {TAPS: 790 * TONNE}
    assert [event.key for event in steps.ledger.read(ledger_reads.events)] == ["17", "17 (2)"]
    # The replay itself, taken in twice by a kill, counts once.
    await steps.post(_events(tap("17", 1260, 390.0, sequence=0)))
    assert grams(steps.ledger) == {TAPS: 790 * TONNE}


async def test_a_repeated_event_changes_nothing(steps: Steps) -> None:
    await steps.post(_events(tap("17", 60)))
    done = await steps.post(_events(tap("17", 60)), _events(tap("17", 60, sequence=9)))
    assert (done.changes.events, done.changes.increments, done.last_output_ns) == ([], [], {})


@pytest.mark.parametrize("apart", [False, True], ids=["in one step", "in steps of their own"])
async def test_an_event_is_told_as_new_with_its_first_word_alone_also_after_a_restart(
    steps: Steps, plant: Plant, apart: bool
) -> None:
    first, revised = tap("17", 60, 400.0), tap("17", 60, 410.5)
    if apart:
        done = await steps.post(_events(first))
        again = Steps(plant, steps.ledger)
        again.seq = steps.seq
        assert (await again.post(_events(revised))).changes.first_events == []
    else:
        done = await steps.post(_events(first), _events(revised))
    assert [event.grams for event in done.changes.first_events] == [400 * TONNE]


async def test_an_event_whose_end_moves_across_new_year_stays_one_event(steps: Steps) -> None:
    new_year = datetime(2027, 1, 1, tzinfo=ZoneInfo("Asia/Almaty"))
    midnight_s = new_year.timestamp() - NOON_NS / NS
    await steps.post(_events(tap("17", midnight_s - 60, 400.0)))
    await steps.post(_events(tap("17", midnight_s + 60, 400.0)))
    assert grams(steps.ledger) == {TAPS: 400 * TONNE}
    (event,) = steps.ledger.read(ledger_reads.events)
    assert event.production_year == 2026
    assert event.end_ns == round((midnight_s + 60) * NS) + NOON_NS


async def test_the_same_number_a_year_later_is_another_event(steps: Steps) -> None:
    await steps.post(_events(tap("17", 0, 400.0)), _events(tap("17", 365 * 86400, 300.0)))
    assert grams(steps.ledger) == {TAPS: 700 * TONNE}
    assert len(steps.ledger.read(ledger_reads.events)) == 2


async def test_an_event_counts_as_it_was_judged_at_intake_also_where_the_limits_changed_since(steps: Steps) -> None:
    done = await steps.post(_events(tap("17", 0, 4000.0)))
    assert done.changes.rejections == []
    assert grams(steps.ledger) == {TAPS: 4000 * TONNE}


async def test_an_event_of_absurd_tonnes_is_rejected_and_never_stops_the_ledger(steps: Steps) -> None:
    done = await steps.post(_events(tap("1", 0, 1e15, tag=HEATS)), _events(tap("2", 0, 300.0, tag=HEATS)))
    assert len(done.changes.rejections) == 1
    assert grams(steps.ledger) == {HEATS: 300 * TONNE}


async def test_looks_at_a_ring_count_as_readings_of_a_quiet_converter(steps: Steps) -> None:
    looks = [stored(look + 1, JournalFacts(coverage={TAPS: 1}), at_s=look) for look in range(50)]
    await steps.post_entries(*looks)
    (bucket,) = buckets(steps.ledger, 0, 2**60)
    assert (bucket.tag, bucket.grams, bucket.readings) == (TAPS, 0, 5)


async def test_an_overrun_is_a_gap_as_the_source_told_it(steps: Steps) -> None:
    await steps.post(JournalFacts(gaps=[(TAPS, NOON_NS, NOON_NS + NS)]))
    (gap,) = steps.ledger.read(ledger_reads.gaps)
    assert (gap.tag, gap.start_ns, gap.end_ns) == (TAPS, NOON_NS, NOON_NS + NS)
    assert "overrun" in gap.cause


@pytest.mark.parametrize("apart", [False, True], ids=["in one step", "in steps of their own"])
async def test_an_overrun_of_unknown_start_begins_with_the_last_event_before_it(steps: Steps, apart: bool) -> None:
    early, late = (
        _events(tap("1", 0), tap("2", 60)),
        JournalFacts(events=[tap("9", 600)], gaps=[(TAPS, 0, NOON_NS + 600 * NS)]),
    )
    for each in (early, late) if apart else ():
        await steps.post(each)
    if not apart:
        await steps.post(early, late)
    (gap,) = steps.ledger.read(ledger_reads.gaps)
    assert (gap.start_ns, gap.end_ns) == (NOON_NS + 60 * NS, NOON_NS + 600 * NS)


async def test_a_damaged_entry_is_a_gap_for_every_counter_of_its_source(steps: Steps) -> None:
    await steps.post_entries(stored(1, damaged=True))
    assert {gap.tag for gap in steps.ledger.read(ledger_reads.gaps)} == {COAL, ORE, TAPS}


async def test_a_lost_range_is_a_gap_for_every_counter_of_the_works(steps: Steps) -> None:
    await steps.post_entries(stored(1, source=EVERY_SOURCE, damaged=True))
    assert {gap.tag for gap in steps.ledger.read(ledger_reads.gaps)} == {COAL, ORE, TAPS, HEATS, SINTER}


async def test_facts_of_another_version_are_told_and_never_in_the_way(steps: Steps) -> None:
    done = await steps.post(b'{"heats":[]}', _at((COAL, 0, 1.0)), _at((COAL, 60, 2.0)))
    assert grams(steps.ledger) == {COAL: TONNE}
    (rejection,) = done.changes.rejections
    assert "written by another version" in rejection.detail
    assert {gap.tag for gap in steps.ledger.read(ledger_reads.gaps)} == {COAL, ORE, TAPS}


async def test_a_counter_that_the_configuration_no_longer_has_is_kept_aside(steps: Steps) -> None:
    facts = JournalFacts(
        counters=[count("mine9.coal", 0, 7.0), count("mine1.belt", 0, 8.0)],
        events=[tap("5", 0, tag="bf9.taps"), tap("6", 0, tag=COAL)],
        coverage={"bf9.taps": 1},
    )
    done = await steps.post(facts, _at((COAL, 0, 1.0)))
    named = {(each.tag, each.value, each.event_key) for each in done.changes.rejections}
    assert named == {
        ("mine9.coal", "7.0", None),
        ("mine1.belt", "8.0", None),
        ("bf9.taps", "400.0", "5"),
        (COAL, "400.0", "6"),
    }
    assert all("put it back, then replay" in each.detail for each in done.changes.rejections)


async def test_uncertain_readings_count_and_are_flagged(steps: Steps) -> None:
    await steps.post(_at((COAL, 0, 0.0)), JournalFacts(counters=[count(COAL, 60, 1.0, Quality.UNCERTAIN)]))
    (bucket,) = buckets(steps.ledger, 0, 2**60)
    assert (bucket.grams, bucket.flags) == (TONNE, IncrementFlag.UNCERTAIN)


async def test_a_step_that_is_done_again_from_the_same_states_gives_the_same_changes(
    steps: Steps, plant: Plant
) -> None:
    entries = [stored(1, _at((COAL, 0, 1.0))), stored(2, _at((COAL, 60, 2.0)))]
    states: Mapping[str, TotalizerState] = {}
    first, again = (posting_of(plant, steps.ledger).post(entries, states) for _ in range(2))
    assert asdict(first.changes) == asdict(again.changes)
    assert encode_facts(_at((COAL, 0, 1.0)))
    assert await commit(steps.ledger, first.changes)
    assert not await commit(steps.ledger, again.changes)
    assert grams(steps.ledger) == {COAL: TONNE}
