"""What detection observed and what units do now, in a real ledger: exact, durable, bounded, and whole or not at all."""

import zlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import apsw
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import outbox
from collector.storage.ledger.detection import KEPT_S, DetectionChanges
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.minutes_codec import decode_minutes, encode_minutes
from collector.storage.ledger.outbox_queue import OutboxQueue
from models.detection.finding import FindingKind
from models.detection.minutes.minutes import blank
from models.detection.minutes.observed import FLAGS, UnitMinutes
from models.detection.output_drop import OutputDrop
from models.detection.state_row import UnitNow
from models.stated.availability import Availability
from models.works.calendar import NS
from models.works.codes import UnitState
from tests.collector.storage.ledger.ledgers import START_S, opened
from tests.support.budget import examples
from tests.support.ledger_calls import note_detection, published

HOUR_S = 3600
HOUR_START_S = START_S // HOUR_S * HOUR_S
STOP = OutputDrop(
    unit="bf3",
    product="pig_iron",
    kind=FindingKind.STOP,
    severity=1,
    start_s=START_S,
    end_s=None,
    evidence={"en": "BF 3 has stood", "ru": "ДП-3: стоит", "kk": "3-пеш: тұр"},
)
NOW = UnitNow(
    unit="bf3",
    shop="furnaces",
    product="pig_iron",
    at_s=START_S,
    since_s=START_S - 60,
    state=UnitState.STOPPED,
    severity=1,
    expected_t_per_h=208.25,
    actual_t_per_h=0.0,
    drop_pct=100.0,
    cause_unit="",
    evidence={"en": "BF 3 has stood", "ru": "ДП-3: стоит", "kk": "3-пеш: тұр"},
)


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Ledger]:
    one = opened(tmp_path)
    yield one
    await one.close()


@st.composite
def some_minutes(draw: st.DrawFn) -> UnitMinutes:
    count = draw(st.sampled_from([1, 60]))
    names = draw(st.lists(st.text(max_size=12), unique=True, max_size=3))
    flags = {name: draw(arrays.arrays(np.bool_, count)) for name in FLAGS}
    return UnitMinutes(
        values={name: draw(arrays.arrays(np.float32, count)) for name in names},
        quality={name: draw(arrays.arrays(np.uint8, count)) for name in names},
        counted_t=draw(st.none() | arrays.arrays(np.float64, count)),
        event_end_s=np.empty(0, np.int64),
        event_t=np.empty(0, np.float64),
        **flags,
    )


def same(one: UnitMinutes, other: UnitMinutes) -> bool:
    if (one.counted_t is None) != (other.counted_t is None) or list(one.values) != list(other.values):
        return False
    pairs = [(getattr(one, name), getattr(other, name)) for name in FLAGS]
    pairs += [(one.values[name], other.values[name]) for name in one.values]
    pairs += [(one.quality[name], other.quality[name]) for name in one.quality]
    if one.counted_t is not None and other.counted_t is not None:
        pairs.append((one.counted_t, other.counted_t))
    return all(left.dtype == right.dtype and left.tobytes() == right.tobytes() for left, right in pairs)


@settings(max_examples=examples(60), derandomize=True)
@given(some_minutes())
def test_an_hour_of_minutes_survives_to_the_last_bit(minutes: UnitMinutes) -> None:
    decoded = decode_minutes(encode_minutes(minutes))
    assert decoded is not None
    assert same(decoded, minutes)


@settings(max_examples=examples(60), derandomize=True)
@given(some_minutes(), st.data())
def test_damaged_bytes_are_none_or_what_they_were(minutes: UnitMinutes, data: st.DataObject) -> None:
    whole = encode_minutes(minutes)
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = bytearray(whole)
    damaged[at] ^= data.draw(st.integers(1, 255))
    for blob in (bytes(damaged), whole[:at], data.draw(st.binary(max_size=40))):
        decoded = decode_minutes(blob)
        assert decoded is None or same(decoded, minutes)


@pytest.mark.parametrize(
    "text", [b"", b"[]\n", b"{}\n", b'{"signals": 3, "minutes": 1, "counted": false}\n0', b'{"minutes": 60}\n']
)
def test_bytes_that_say_something_else_are_none(text: bytes) -> None:
    assert decode_minutes(zlib.compress(text)) is None


def hour(tonnes: float) -> UnitMinutes:
    minutes = blank(60, ["belt"], counts=True)
    minutes.heard[:] = True
    assert minutes.counted_t is not None
    minutes.counted_t[:] = tonnes
    return minutes


async def test_hours_are_written_over_and_come_back_in_order_without_damaged_ones(ledger: Ledger) -> None:
    for start_s, tonnes in ((HOUR_START_S, 1.0), (HOUR_START_S + HOUR_S, 2.0), (HOUR_START_S, 3.0)):
        changes = DetectionChanges(at_s=START_S, hours={start_s: {"mine1": hour(tonnes), "mine2": hour(tonnes)}})
        await note_detection(ledger, changes, to_outbox=False)

    def damage(connection: apsw.Connection) -> None:
        connection.execute("UPDATE observed SET minutes = ? WHERE unit = 'mine2' AND start_s = ?", (b"x", HOUR_START_S))

    await ledger.write(damage)
    found = ledger.read(lambda connection: ledger_detection.hours(connection, 0, 2**62))
    assert [(start_s - HOUR_START_S, unit) for start_s, unit, _ in found] == [
        (0, "mine1"),
        (HOUR_S, "mine1"),
        (HOUR_S, "mine2"),
    ]
    assert same(found[0][2], hour(3.0))
    assert ledger.read(ledger_detection.first_hour) == HOUR_START_S
    assert (
        ledger.read(lambda connection: ledger_detection.hours(connection, HOUR_START_S + 1, HOUR_START_S + HOUR_S))
        == []
    )


async def test_hours_are_kept_for_400_days(ledger: Ledger) -> None:
    end_s = HOUR_START_S + KEPT_S + HOUR_S
    for start_s in (HOUR_START_S, HOUR_START_S + HOUR_S, end_s - 24 * HOUR_S, end_s):
        await ledger.write(
            lambda connection, at=start_s: ledger_detection.put_hour(connection, at, {"mine1": hour(1.0)})
        )
    assert KEPT_S == 400 * 24 * HOUR_S
    assert ledger.read(ledger_detection.first_hour) == HOUR_START_S + HOUR_S


async def test_an_hour_of_which_no_minutes_are_kept_was_watched_and_shows_nothing(ledger: Ledger) -> None:
    await ledger.write(lambda connection: ledger_detection.put_watched(connection, HOUR_START_S, ["mine1"]))
    assert ledger.read(ledger_detection.first_hour) is None
    span_ns = HOUR_START_S * NS, (HOUR_START_S + HOUR_S) * NS
    stops = ledger.read(lambda connection: ledger_detection.stops(connection, *span_ns, span_ns[1]))
    assert stops.unplanned_h("mine1", *span_ns, Availability()) == 0.0
    assert stops.unplanned_h("bf3", *span_ns, Availability()) is None
    await ledger.write(
        lambda connection: ledger_detection.put_hour(connection, HOUR_START_S + HOUR_S, {"mine1": hour(1.0)})
    )
    await ledger.write(lambda connection: ledger_detection.put_watched(connection, HOUR_START_S + HOUR_S, ["mine1"]))
    (kept,) = ledger.read(
        lambda connection: ledger_detection.hours(connection, HOUR_START_S, HOUR_START_S + 2 * HOUR_S)
    )
    assert kept[0] == HOUR_START_S + HOUR_S, "and minutes that are kept are not written over"


async def test_a_clock_that_jumps_far_ahead_erases_no_history(ledger: Ledger) -> None:
    for start_s in (HOUR_START_S, HOUR_START_S + 10 * KEPT_S, HOUR_START_S + HOUR_S):
        await ledger.write(
            lambda connection, at=start_s: ledger_detection.put_hour(connection, at, {"mine1": hour(1.0)})
        )
    assert ledger.read(ledger_detection.first_hour) == HOUR_START_S


async def test_what_units_do_now_comes_back_as_it_was_and_the_newest_counts(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    other = replace(NOW, unit="mine1", expected_t_per_h=None, actual_t_per_h=None, drop_pct=None, cause_unit="bf3")
    await note_detection(ledger, DetectionChanges(at_s=START_S, now=[other, NOW]), to_outbox=False)
    newer = replace(NOW, state=UnitState.RAMP_UP, severity=0, at_s=START_S + 60)
    await note_detection(ledger, DetectionChanges(at_s=START_S + 60, now=[newer]), to_outbox=False)
    await ledger.close()
    ledger = opened(tmp_path)
    assert ledger.read(ledger_detection.now) == [newer, other]
    assert ledger.read(ledger_detection.now)[0].state is UnitState.RAMP_UP
    await ledger.close()


def drops(ledger: Ledger, *span: int) -> list[OutputDrop]:
    return ledger.read(lambda connection: ledger_detection.drops(connection, *span))


async def test_a_drop_begins_once_changes_and_ends_once(ledger: Ledger) -> None:
    await note_detection(ledger, DetectionChanges(at_s=START_S, begun=[STOP]), to_outbox=False)
    assert drops(ledger) == [STOP]
    worse = replace(STOP, severity=2, cause_unit="coke1", start_s=START_S + 999, evidence={"en": "it stands"})
    await note_detection(ledger, DetectionChanges(at_s=START_S + 60, begun=[worse]), to_outbox=False)
    changed = replace(worse, start_s=START_S)
    assert drops(ledger) == [changed], "it keeps its begin"
    for end_s in (START_S + 600, START_S + 900):
        await note_detection(ledger, DetectionChanges(at_s=end_s, ended={"bf3": end_s, "hsm": end_s}), to_outbox=False)
    assert drops(ledger) == [replace(changed, end_s=START_S + 600)]
    again = replace(STOP, start_s=START_S + 1000)
    await note_detection(ledger, DetectionChanges(at_s=START_S + 1000, begun=[again]), to_outbox=False)
    assert [drop.end_s for drop in drops(ledger)] == [START_S + 600, None]


async def test_drops_of_a_span_are_those_that_share_an_instant_with_it(ledger: Ledger) -> None:
    over = replace(STOP, unit="bf2")
    await note_detection(ledger, DetectionChanges(at_s=START_S, begun=[STOP, over]), to_outbox=False)
    await note_detection(ledger, DetectionChanges(at_s=START_S + 600, ended={"bf2": START_S + 600}), to_outbox=False)
    assert {drop.unit for drop in drops(ledger, START_S + 599, START_S + 700)} == {"bf2", "bf3"}
    assert {drop.unit for drop in drops(ledger, START_S + 600, START_S + 700)} == {"bf3"}
    assert drops(ledger, START_S - 100, START_S) == []


async def test_rows_of_states_wait_for_a_database_only_where_there_is_one(ledger: Ledger) -> None:
    changes = DetectionChanges(at_s=START_S, rows=[NOW.row("works")])
    await note_detection(ledger, changes, to_outbox=False)
    assert ledger.read(outbox.size) == 0
    await note_detection(ledger, changes, to_outbox=True)
    (item,) = await OutboxQueue(ledger).take(10)
    assert item.row == NOW.row("works")
    assert published(ledger, "unit_state", 0, 2**62) == [], "no image is kept of what is never revised"


async def test_a_step_that_fails_leaves_nothing_of_itself(ledger: Ledger) -> None:
    unwritable = replace(hour(1.0), quality={})
    changes = DetectionChanges(at_s=START_S, now=[NOW], begun=[STOP], hours={HOUR_START_S: {"mine1": unwritable}})
    with pytest.raises(KeyError):
        await note_detection(ledger, changes, to_outbox=True)
    assert drops(ledger) == []
    assert ledger.read(ledger_detection.now) == []


def test_a_row_says_what_is_known_and_nothing_of_what_is_not() -> None:
    fields = NOW.row("works").fields
    assert fields == {
        "state": 2,
        "severity": 1,
        "own": 1,
        "expected_t_per_h": 208.25,
        "actual_t_per_h": 0.0,
        "drop_pct": 100.0,
        "product": "pig_iron",
        "evidence_en": "BF 3 has stood",
        "evidence_ru": "ДП-3: стоит",
        "evidence_kk": "3-пеш: тұр",
    }
    bare = replace(NOW, expected_t_per_h=None, actual_t_per_h=None, drop_pct=None, cause_unit="coke1", product="")
    assert bare.row("works").fields.keys() == {
        "state", "severity", "own", "cause_unit", "evidence_en", "evidence_ru", "evidence_kk",
    }  # fmt: skip
    assert bare.row("works").fields["own"] == 0
