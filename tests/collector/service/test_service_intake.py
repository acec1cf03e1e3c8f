"""From a delivery to what the journal keeps of it."""

import gzip
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from collector.service.journal_facts import decode_facts
from collector.service.preparation import Prepared
from collector.sources.base import Delivery
from models.counting.reading import EventReading, ReadingBatch, Rejection
from models.works.codes import Quality, Reason
from models.works.plant import Plant
from tests.collector.service.steel_works import batch_of, count, delivery_of, preparation_of, reasons, tap
from tests.collector.service.works_document import BELT, COAL, HEATS, NOON_NS, NS, ORE, TAPS, works_settings
from tests.support.budget import examples


def _prepare(plant: Plant, delivery: Delivery, *, telemetry: bool = True) -> Prepared:
    preparation = preparation_of(plant, telemetry=telemetry)
    return preparation.prepare(delivery, preparation.stamping.unknown())


def _lines(entry_lines: bytes | None) -> list[str]:
    assert entry_lines is not None
    return gzip.decompress(entry_lines).decode().splitlines()


def test_what_is_believed_becomes_lines_and_facts_and_the_rest_rejections(plant: Plant) -> None:
    readings = batch_of(plant, (BELT, 0, 800.0), (BELT, 1, 9_000.0), (COAL, 0, 5.0), (COAL, 1, float("nan")))
    done = _prepare(plant, delivery_of(readings, events=(tap("17", -60), tap("18", -30, 5_000.0))))
    assert done.entry is not None
    assert reasons(done.rejections) == ["out_of_range", "not_a_number", "event_tonnes"]
    assert done.accepted == 3
    lines = _lines(done.entry.lines)
    assert len(lines) == done.entry.line_count == 2
    assert all(line.startswith("telemetry,") for line in lines)
    facts = decode_facts(done.entry.facts)
    assert facts.counters == (count(COAL, 0, 5.0),)
    assert [event.key for event in facts.events] == ["17"]


def test_gauges_stand_in_the_lines_and_never_in_the_facts(plant: Plant) -> None:
    done = _prepare(plant, delivery_of(batch_of(plant, (BELT, 0, 800.0))))
    assert done.entry is not None
    assert done.entry.facts == b""
    assert len(_lines(done.entry.lines)) == 1


def test_without_a_database_there_are_no_lines(plant: Plant) -> None:
    done = _prepare(plant, delivery_of(batch_of(plant, (BELT, 0, 800.0), (COAL, 0, 5.0))), telemetry=False)
    assert done.entry is not None
    assert (done.entry.lines, done.entry.line_count) == (None, 0)
    assert decode_facts(done.entry.facts).counters == (count(COAL, 0, 5.0),)
    alone = _prepare(plant, delivery_of(batch_of(plant, (BELT, 0, 800.0))), telemetry=False)
    assert alone.entry is None
    assert alone.accepted == 1


def test_an_intake_that_says_nothing_makes_no_entry(plant: Plant) -> None:
    assert _prepare(plant, delivery_of()).entry is None


def test_rejections_alone_still_make_an_entry_to_be_kept_with(plant: Plant) -> None:
    bad = Rejection("plc", COAL, "", NOON_NS, Quality.BAD, Reason.BAD_QUALITY, "BadNodeIdUnknown")
    done = _prepare(plant, delivery_of(rejections=(bad,)))
    assert done.entry is not None
    assert done.rejections == (bad,)


def test_the_span_of_an_entry_is_that_of_its_readings_and_events(plant: Plant) -> None:
    readings = batch_of(plant, (BELT, 5, 1.0), (COAL, -7, 1.0))
    done = _prepare(plant, delivery_of(readings, events=(tap("1", -600),)))
    assert done.entry is not None
    assert (done.entry.oldest_ns, done.entry.newest_ns) == (NOON_NS - 600 * NS, NOON_NS + 5 * NS)
    looks = _prepare(plant, delivery_of(coverage={TAPS: 1}, received_ns=NOON_NS))
    assert looks.entry is not None
    assert (looks.entry.oldest_ns, looks.entry.newest_ns) == (NOON_NS, NOON_NS)


def test_a_unit_is_read_by_a_good_value_or_a_look_at_its_ring_and_not_by_less(plant: Plant) -> None:
    prepare = partial(_prepare, plant)
    uncertain = batch_of(plant, (COAL, 0, 5.0), quality=Quality.UNCERTAIN)
    good = batch_of(plant, (ORE, 0, 5.0))
    assert prepare(delivery_of(good)).units_read == {"mine2"}
    assert prepare(delivery_of(uncertain)).units_read == frozenset()
    assert prepare(delivery_of(batch_of(plant, (BELT, 0, 1e9)))).units_read == frozenset()
    assert prepare(delivery_of(coverage={TAPS: 1, HEATS: 0}, received_ns=NOON_NS)).units_read == {"bf3"}


def test_an_event_without_an_end_time_is_kept_as_it_came(plant: Plant) -> None:
    event = EventReading(TAPS, "9", 4, 300.0, 0, NOON_NS, Quality.UNCERTAIN)
    done = _prepare(plant, delivery_of(events=(event,), received_ns=NOON_NS))
    assert done.entry is not None
    assert decode_facts(done.entry.facts).events == (event,)
    assert done.entry.oldest_ns == NOON_NS


_TIMES = st.integers(NOON_NS - 10**15, NOON_NS + 120 * NS) | st.sampled_from([0, -NS])


@st.composite
def _deliveries(draw: st.DrawFn) -> Delivery:
    rows = draw(st.integers(0, 12))
    columns = (
        draw(npst.arrays(np.int32, rows, elements=st.integers(0, 5))),
        draw(npst.arrays(np.float64, rows, elements=st.floats(width=64))),
        np.array(draw(st.lists(_TIMES, min_size=rows, max_size=rows)), dtype=np.int64),
        draw(npst.arrays(np.uint8, rows, elements=st.integers(0, 2))),
    )
    events = st.builds(
        EventReading,
        tag=st.sampled_from([TAPS, HEATS]),
        key=st.text(max_size=5),
        sequence=st.integers(0, 2**32),
        tonnes=st.floats(),
        end_ns=_TIMES.map(lambda time_ns: max(0, time_ns)),
        received_ns=st.just(NOON_NS),
        quality=st.sampled_from(Quality),
    )
    return Delivery(
        "plc",
        NOON_NS,
        ReadingBatch("plc", NOON_NS, *columns) if rows else None,
        events=tuple(draw(st.lists(events, max_size=3))),
        coverage=draw(st.dictionaries(st.sampled_from([TAPS, HEATS]), st.integers(0, 3))),
    )


@settings(max_examples=examples(80))
@given(st.data())
def test_every_record_is_believed_or_rejected_once_and_offering_it_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    plant = _plant_once(tmp_path_factory)
    delivery = data.draw(_deliveries())
    first, again = (_prepare(plant, delivery) for _ in range(2))
    assert repr(first) == repr(again)
    records = len(delivery.events) + (0 if delivery.readings is None else len(delivery.readings))
    assert first.stamped is not None
    assert first.accepted + len(first.rejections) + first.stamped.held == records
    if first.entry is not None:
        facts = decode_facts(first.entry.facts)
        lines = 0 if first.entry.lines is None else len(_lines(first.entry.lines))
        assert lines == first.entry.line_count
        assert len(facts.events) + lines == first.accepted
        assert first.entry.oldest_ns <= first.entry.newest_ns


_PLANTS: list[Plant] = []


def _plant_once(factory: pytest.TempPathFactory) -> Plant:
    if not _PLANTS:
        _PLANTS.append(works_settings(factory.mktemp("plant")).plant)
    return _PLANTS[0]
