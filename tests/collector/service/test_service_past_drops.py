"""A stop that nobody saw is entered with its true times when the history is in; what is over alarms nobody."""

from pathlib import Path

import numpy as np

from collector.sources.base import Delivery
from models.counting.reading import Backfill, ReadingBatch
from models.detection.finding import FindingKind
from models.works.codes import Quality
from tests.collector.service.watched_works import NS, Live, live
from tests.models.detection.minutes_of import Line, furnace, hours, line
from tests.models.detection.small_works import HOUR, START_S

AWAY = (1.2, 2.5)
HEARD = line(1, (AWAY[0], 0), (AWAY[1], 1))
OUTPUT = (FindingKind.STOP, FindingKind.SLOW, FindingKind.OVERRUN)


def give_history(works: Live, blast: Line) -> None:
    """What the furnace showed while nobody read it, as a source hands it on."""
    index, rows = works.plant.tag_index(), []
    for second in range(round(AWAY[0] * HOUR), round(AWAY[1] * HOUR), 10):
        percent = blast.at(second) * (1 + 0.001 * (second % 7 - 3))
        for signal, nominal in (("blast", 360_000.0), ("blast_temperature", 1160.0)):
            rows.append((index[f"bf3.{signal}"], percent / 100 * nominal, (START_S + second) * NS, Quality.GOOD))
    batch = ReadingBatch.of("plc", works.clock(), rows)
    works.observer.past.taken(Delivery("plc", works.clock(), batch, backfilled=Backfill.SAMPLES), batch)


def told_of_output(works: Live) -> list[tuple[str, float]]:
    return [
        (finding.unit, hours(finding.since_s))
        for findings, _ in works.told
        for finding in findings
        if finding.kind in OUTPUT
    ]


async def test_a_stop_that_nobody_saw_is_entered_as_if_it_had_been_seen_and_told_to_nobody(tmp_path: Path) -> None:
    blast = line(100, (1.5, 0), (2.2, 100))
    seen = live(tmp_path / "seen", bf3=furnace(blast))
    async with seen.running():
        await seen.until(3.5)
        (watched,) = seen.drops()
    works = live(tmp_path / "away", bf3=furnace(blast, heard=HEARD))
    async with works.running():
        await works.until(2.6)
        assert works.drops() == []
        give_history(works, blast)
        await works.until(3.5)
        (drop,) = works.drops()
        assert (drop.unit, drop.kind, drop.cause_unit) == (watched.unit, watched.kind, watched.cause_unit)
        assert drop.end_s is not None
        assert watched.end_s is not None
        assert abs(drop.start_s - watched.start_s) <= 120
        assert abs(drop.end_s - watched.end_s) <= 120
        assert drop.evidence.keys() == {"en", "ru", "kk"}
    assert told_of_output(works) == []


async def test_a_stop_of_the_outage_that_still_lasts_is_told_with_its_true_begin(tmp_path: Path) -> None:
    blast = line(100, (1.5, 0))
    works = live(tmp_path, bf3=furnace(blast, heard=HEARD))
    async with works.running():
        await works.until(2.51)
        give_history(works, blast)
        await works.until(2.7)
        (drop,) = works.drops()
        assert drop.end_s is None
        assert abs(hours(drop.start_s) - 1.5) < 0.05
    assert {round(since, 1) for _, since in told_of_output(works)} == {1.5}


async def test_a_stop_that_ended_in_the_outage_ends_when_it_did(tmp_path: Path) -> None:
    blast = line(100, (0.8, 0), (1.6, 100))
    works = live(tmp_path, bf3=furnace(blast, heard=HEARD))
    async with works.running():
        await works.until(2.51)
        (drop,) = works.drops()
        assert drop.end_s is None
        give_history(works, blast)
        await works.until(3)
        (drop,) = works.drops()
        assert drop.end_s is not None
        assert 1.6 <= hours(drop.end_s) < 1.75


async def test_the_minutes_of_a_history_are_kept_where_nobody_watched_and_nowhere_else(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace(line(100), heard=HEARD))
    async with works.running():
        await works.until(2.6)
        give_history(works, line(50))
        await works.until(3)
        minutes = works.detection.history(START_S, START_S + 3 * HOUR).units["bf3"]
    blast = minutes.values["blast"] / 360_000
    assert minutes.heard[:175].all()
    assert np.nanmean(blast[30:70]) > 0.95
    assert 0.48 < np.nanmean(blast[75:148]) < 0.52
    assert np.nanmean(blast[155:170]) > 0.95
