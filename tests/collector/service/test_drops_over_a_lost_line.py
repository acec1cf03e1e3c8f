"""A drop whose data fail: what is read then is of the line, and nothing newer of the drop."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.works.codes import UnitState
from tests.collector.service.watched_works import live
from tests.models.detection.minutes_of import converter, line

pytestmark = pytest.mark.long


async def test_a_stop_that_outlasts_a_lost_line_keeps_its_sentence_and_how_grave_it_is(tmp_path: Path) -> None:
    lost = line(1, (5.0, 0), (5.8, 1))
    stands = ((2.0, 9.0),)
    faces = {f"bof{number}": converter(first, stands=stands) for number, first in ((1, 0.2), (2, 0.9), (3, 1.5))}
    works = live(tmp_path, **{**faces, "bof1": replace(faces["bof1"], heard=lost)})
    async with works.running():
        await works.until(4.9)
        before = works.drops()
        assert [drop.severity for drop in before] == [1, 1, 1], "the whole shop stands"
        assert "nothing was finished since then" in before[0].evidence["en"]
        for hour in (5.1, 5.4, 5.7):
            await works.until(hour)
            assert works.state("bof1") is UnitState.STALE
            assert works.drops() == before, "the line is lost: nothing newer is known of the stop"
        await works.until(6.5)
        assert works.state("bof1") is UnitState.STOPPED
        assert works.drops() == before, "the stop goes on, and is one"
