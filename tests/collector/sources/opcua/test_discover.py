"""`tundish discover` proposes the numbers that count as tags, with the step in which they move."""

import asyncio
from pathlib import Path

import pytest
import yaml

from collector.cli.discover import WatchedNumber, discover, proposal
from collector.errors import ConfigurationError
from collector.sources.opcua.browse import Variable
from tests.collector.service.works_document import works_yaml, write_works
from tests.support.opcua_works import URI, Works


def watched(name: str, *values: float, tag: str = "") -> WatchedNumber:
    return WatchedNumber(Variable(f"nsu=urn:x;s={name}", ("Mine", name), "UInt32", "Good", "", values[0]), values, tag)


def test_what_only_rises_is_proposed_with_its_step_and_what_stands_or_falls_is_not() -> None:
    numbers = [
        watched("Total", 10, 12, 12, 13),
        watched("Rate", 5, 6, 4),
        watched("Old", 7, 7),
        watched("Known", 1, 2, tag="a.b"),
    ]
    text = proposal(numbers, "plc", 60)
    (entry,) = yaml.safe_load(text)["tags"]
    assert (entry["kind"], entry["node"], entry["resolution"]) == ("totalizer", "nsu=urn:x;s=Total", 1.0)
    assert "2 of 4 numbers rose in 60 s" in text
    assert "smallest step 1, 180 an hour" in text
    assert "# tag a.b: Mine/Known" in text


async def test_the_counters_of_a_server_are_found_while_they_count(
    works: Works, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await works.start(coal=100.0, fresh=5.0, belt=800.0)
    path = write_works(tmp_path, works_yaml(works.url))

    async def count() -> None:
        for step in range(1, 60):
            await asyncio.sleep(0.3)
            await works.write("coal", 100.0 + step)
            await works.write("fresh", 5.0 + step * 0.5)
            await works.write("belt", 800.0 - step % 3)

    counting = asyncio.create_task(count())
    await asyncio.to_thread(discover, "plc", path, 3.0)
    counting.cancel()
    text = capsys.readouterr().out
    (entry,) = yaml.safe_load(text)["tags"]
    assert entry["node"] == f"nsu={URI};s=fresh"
    assert entry["resolution"] % 0.5 == 0
    assert "# tag mine1.coal:" in text


def test_a_source_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    path = write_works(tmp_path, works_yaml())
    with pytest.raises(ConfigurationError, match="no source 'x'; it has plc, dcs"):
        discover("x", path, 2.0)
