"""`tundish discover` proposes the numbers that count as tags, with the step in which they move."""

import asyncio
import json
from pathlib import Path

import pytest
import yaml

from collector.cli.discover import discover
from collector.cli.discover_opcua import opcua_numbers
from collector.cli.proposal import WatchedNumber, proposal
from collector.errors import CollectorError, ConfigurationError
from collector.sources.opcua.browse import Variable
from models.counting.shape_watch import WatchedShape
from tests.collector.service.works_document import works_yaml, write_works
from tests.support.opcua_works import URI, Works


def watched(name: str, *values: float, tag: str = "") -> WatchedNumber:
    seen = WatchedShape()
    for second, value in enumerate(values):
        seen.look(1_790_751_600 + second, value)
    variable = Variable(f"nsu=urn:x;s={name}", ("Mine", name), "UInt32", "Good", "", values[0])
    return opcua_numbers([variable], [seen], {variable.node: tag} if tag else {}, "plc")[0]


def test_what_only_rises_is_proposed_with_its_step_and_what_stands_or_falls_is_not() -> None:
    numbers = [
        watched("Total", 10, 12, 12, 13),
        watched("Rate", 5, 6, 4),
        watched("Old", 7, 7),
        watched("Known", 1, 2, tag="a.b"),
    ]
    text = proposal(numbers, 60)
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


async def test_a_server_is_watched_by_its_address_before_there_is_a_plant_yaml(
    works: Works, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await works.start(coal=100.0)
    await asyncio.to_thread(discover, works.url, tmp_path / "none.yaml", 2.0)
    assert "# 0 of 1 numbers rose in 2 s" in capsys.readouterr().out


def test_a_source_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    path = write_works(tmp_path, works_yaml())
    with pytest.raises(ConfigurationError, match="no source 'x'; it has plc, dcs"):
        discover("x", path, 2.0)


def test_numbers_that_are_no_counters_are_told_with_their_shape_and_the_reasons() -> None:
    text = proposal([watched("Belt", 720.1, 719.8, 720.4, 719.9), watched("Weight", 300, 300, 280, 280, 310)], 60)
    assert yaml.safe_load(text)["tags"] == []
    assert "# likely a rate or level: Mine/Belt (nsu=urn:x;s=Belt): another value in 100% of all looks" in text


async def test_a_watch_is_gone_on_with_from_what_an_earlier_one_kept(works: Works, tmp_path: Path) -> None:
    await works.start(coal=100.0)
    path, kept = write_works(tmp_path, works_yaml(works.url)), tmp_path / "watch.json"
    await asyncio.to_thread(discover, "plc", path, 2.0, kept)
    first = json.loads(kept.read_text())["watched"][f"nsu={URI};s=coal"]["looks"]
    await asyncio.to_thread(discover, "plc", path, 2.0, kept)
    assert json.loads(kept.read_text())["watched"][f"nsu={URI};s=coal"]["looks"] >= 2 * first
    kept.write_text("[]")
    with pytest.raises(CollectorError, match="name another file"):
        discover("plc", path, 2.0, kept)


WEIGHTS = (301.5, 288.25, 310.125)


@pytest.mark.long
def test_very_many_numbers_of_one_name_are_told_apart_and_each_looked_at_once() -> None:
    """Compared with each other, so many would take half an hour: the limit of time is the test."""
    many = 30_000
    shapes = [WatchedShape() for _ in range(many)]
    for look in range(8):
        for number, shape in enumerate(shapes):
            # A third counts, a third shows the weight of the last ladle, a third stands.
            shape.look(1_790_751_600 + look, (number + look, WEIGHTS[look // 3], number)[number % 3])
    variables = [
        Variable(f"nsu=urn:x;s={number}", (f"Mine{number}", "Value"), "UInt32", "Good", "", 0.0)
        for number in range(many)
    ]
    numbers = opcua_numbers(variables, shapes, {}, "plc")
    text = proposal(numbers, 60)
    signals = {number.entry["signal"] for number in numbers if number.entry}
    assert len(signals) == many / 3
    assert {"value", "value_2", "value_10000"} <= signals
    assert f"{many // 3} of {many} numbers rose in 60 s" in text
    assert text.count(" a last value: ") == many / 3
    assert "it moves together with Mine1/Value, Mine4/Value, Mine7/Value\n" in text
