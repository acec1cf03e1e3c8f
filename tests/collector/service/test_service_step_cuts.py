"""Promise: where a stream of entries is cut into steps never shows in the ledger."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.service.journal_facts import JournalFacts
from collector.storage.journal.journal import StoredEntry
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from models.counting.totalizer_state import TotalizerState
from models.works.codes import Quality
from models.works.plant import Plant
from tests.collector.service.steel_works import a_ledger, count, posting_of, stored, tap
from tests.collector.service.works_document import COAL, HEATS, NOON_NS, NS, ORE, TAPS, works_settings
from tests.support.budget import examples
from tests.support.ledger_calls import anchors_around, buckets, commit

pytestmark = pytest.mark.long

_QUALITY = st.sampled_from([Quality.GOOD, Quality.GOOD, Quality.UNCERTAIN])
_SECONDS = st.integers(0, 200).map(lambda number: number * 40)


@st.composite
def _counters(draw: st.DrawFn) -> JournalFacts:
    """Readings of a true course, of jitter, of resets and of spikes, early and late."""
    at_s = draw(_SECONDS)
    true = {COAL: at_s * 0.5, ORE: (at_s * 0.8 + 9_500) % 10_000}
    tag = draw(st.sampled_from([COAL, ORE]))
    value = true[tag] + draw(st.sampled_from([0.0, 0.0, 0.0, 0.0, -0.3, 50.0, -400.0, 100_000.0]))
    return JournalFacts(counters=[count(tag, at_s, abs(value), draw(_QUALITY))])


@st.composite
def _rings(draw: st.DrawFn) -> JournalFacts:
    tag = draw(st.sampled_from([TAPS, HEATS]))
    events = draw(st.lists(st.tuples(st.integers(1, 6), _SECONDS, st.integers(100, 900)), max_size=3))
    gaps = [(tag, draw(st.sampled_from([0, 0, NOON_NS])), NOON_NS + draw(_SECONDS) * NS)] * draw(st.integers(0, 1))
    return JournalFacts(
        events=[tap(str(key), at_s, float(tonnes), tag=tag, sequence=key) for key, at_s, tonnes in events],
        coverage={tag: draw(st.integers(0, 2))},
        gaps=gaps,
    )


_STREAMS = st.lists(_counters() | _counters() | _rings() | st.just(b"not facts"), min_size=1, max_size=25)


def _run(plant: Plant, entries: Sequence[StoredEntry], cuts: set[int]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, a_ledger(Path(folder)) as ledger:
        asyncio.run(_post(plant, ledger, entries, cuts))
        return {
            "sums": Counter(
                {(item.tag, item.start_s, item.end_s): item.grams for item in buckets(ledger, 0, 2**60) if item.grams}
            ),
            "readings": {
                (item.tag, item.start_s): item.readings for item in buckets(ledger, 0, 2**60) if item.readings
            },
            "flags": {(item.tag, item.start_s, item.end_s): item.flags for item in buckets(ledger, 0, 2**60)},
            "states": ledger.read(ledger_reads.totalizer_states),
            "events": sorted(map(repr, ledger.read(ledger_reads.events))),
            "sequences": ledger.read(ledger_reads.event_sequences),
            "gaps": sorted(map(repr, ledger.read(ledger_reads.gaps))),
            "anchors": [
                anchors_around(ledger, tag, NOON_NS + at_s * NS) for tag in (COAL, ORE) for at_s in range(0, 8100, 40)
            ],
        }


async def _post(plant: Plant, ledger: Ledger, entries: Sequence[StoredEntry], cuts: set[int]) -> None:
    posting, states, begin = posting_of(plant, ledger), dict[str, TotalizerState](), 0
    for end in sorted({*(cut for cut in cuts if 0 < cut < len(entries)), len(entries)}):
        done = posting.post(entries[begin:end], states)
        assert await commit(ledger, done.changes)
        states.update(done.states)
        begin = end


@settings(max_examples=examples(80))
@given(st.data())
def test_any_cut_into_steps_gives_the_same_sums_states_events_and_gaps(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    plant = _plant_once(tmp_path_factory)
    facts = data.draw(_STREAMS)
    entries = [stored(number, each, at_s=number) for number, each in enumerate(facts, start=1)]
    cuts = data.draw(st.sets(st.integers(1, len(entries))))
    assert _run(plant, entries, cuts) == _run(plant, entries, set())


_PLANTS: list[Plant] = []


def _plant_once(factory: pytest.TempPathFactory) -> Plant:
    if not _PLANTS:
        _PLANTS.append(works_settings(factory.mktemp("plant")).plant)
    return _PLANTS[0]
