"""Drops in the ledger: what they ask to be rolled up again, and what tells that they changed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger.detection import DetectionChanges
from collector.storage.ledger.ledger import Ledger
from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from tests.collector.storage.ledger.ledgers import START_S, opened
from tests.support.ledger_calls import dirty, note_detection

HOUR_S = 3600
BEGAN_S = START_S // HOUR_S * HOUR_S + 1800
STOP = OutputDrop(unit="bf3", product="pig_iron", kind=FindingKind.STOP, severity=1, start_s=BEGAN_S, end_s=None)


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Ledger]:
    one = opened(tmp_path)
    yield one
    await one.close()


async def told(
    ledger: Ledger, at_s: int, *begun: OutputDrop, ended: dict[str, int] | None = None
) -> list[tuple[str, int, int]]:
    """What a step makes dirty."""
    known = max((bucket.version for bucket in dirty(ledger, 1000)), default=0)
    await note_detection(ledger, DetectionChanges(at_s=at_s, begun=begun, ended=ended or {}), to_outbox=False)
    return [(it.product, it.start_s, it.end_s) for it in dirty(ledger, 1000, known)]


def kept(ledger: Ledger) -> list[tuple[FindingKind, int, int | None]]:
    return [(it.kind, it.start_s, it.end_s) for it in ledger.read(ledger_detection.drops)]


async def test_a_stop_that_is_found_later_than_it_began_makes_all_its_hours_dirty(ledger: Ledger) -> None:
    found_s = BEGAN_S + HOUR_S
    pieces = [("", BEGAN_S, BEGAN_S + 1800), ("", BEGAN_S + 1800, BEGAN_S + HOUR_S)]
    assert await told(ledger, found_s, STOP) == pieces
    assert await told(ledger, found_s + 10, replace(STOP, severity=2)) == [], "no hour of standing changed"
    ended_s = BEGAN_S + HOUR_S + 60
    assert await told(ledger, ended_s, ended={"bf3": ended_s}) == [*pieces[:1], ("", BEGAN_S + 1800, ended_s)]
    assert kept(ledger) == [(FindingKind.STOP, BEGAN_S, ended_s)]


async def test_a_slow_down_makes_nothing_dirty(ledger: Ledger) -> None:
    slow = replace(STOP, kind=FindingKind.SLOW)
    assert await told(ledger, BEGAN_S + HOUR_S, slow) == []
    assert await told(ledger, BEGAN_S + 2 * HOUR_S, ended={"bf3": BEGAN_S + 2 * HOUR_S}) == []


async def test_a_slow_down_that_becomes_a_stop_ends_and_the_stop_begins(ledger: Ledger) -> None:
    turned_s = BEGAN_S + 1800
    await told(ledger, BEGAN_S + 60, replace(STOP, kind=FindingKind.SLOW))
    dirty = await told(ledger, turned_s + 300, replace(STOP, start_s=turned_s), ended={"bf3": turned_s})
    assert dirty == [("", turned_s, turned_s + 300)]
    assert kept(ledger) == [(FindingKind.SLOW, BEGAN_S, turned_s), (FindingKind.STOP, turned_s, None)]


async def test_whatever_changes_of_a_drop_changes_the_version(ledger: Ledger) -> None:
    versions = [ledger.read(ledger_detection.drops_version)]
    for begun, ended in (
        ((STOP,), {}),
        ((replace(STOP, evidence={"en": "it stands"}),), {}),
        ((), {"bf3": BEGAN_S + HOUR_S}),
        ((replace(STOP, start_s=BEGAN_S + 2 * HOUR_S),), {}),
    ):
        await told(ledger, BEGAN_S + HOUR_S, *begun, ended=ended)
        versions.append(ledger.read(ledger_detection.drops_version))
    assert len(set(versions)) == 5
    assert [version[-1] for version in versions] == [0, 1, 1, 0, 1], "how many last"


async def test_a_drop_that_begins_later_than_now_was_found_by_a_wrong_clock_and_is_gone(ledger: Ledger) -> None:
    ahead_s, day_s = BEGAN_S + 86_400, 86_400
    other = replace(STOP, unit="cast1", start_s=ahead_s)
    await told(ledger, BEGAN_S + HOUR_S, STOP)
    await told(ledger, ahead_s + HOUR_S, other, ended={"bf3": ahead_s + 60})
    await told(ledger, ahead_s + HOUR_S + 60, replace(STOP, start_s=ahead_s + 120), ended={"cast1": ahead_s + HOUR_S})
    dirty = await told(ledger, ahead_s + HOUR_S - day_s)
    assert kept(ledger) == [(FindingKind.STOP, BEGAN_S, ahead_s + HOUR_S - day_s)], "known up to now"
    assert ("", ahead_s, ahead_s + 1800) in dirty, "hours of standing that never were are taken back"
    assert ("", BEGAN_S + 1800, BEGAN_S + 1800 + HOUR_S) in dirty
    assert await told(ledger, ahead_s + HOUR_S - day_s + 10) == []
