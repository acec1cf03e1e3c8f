"""What `tundish poll` shows is what the service would take: a bit of a word, and not the word."""

from dataclasses import replace
from pathlib import Path

from collector.cli.polled import Polled
from collector.cli.would_refuse import would_refuse
from collector.sources.base import Delivery
from models.counting.reading import EventReading, ReadingBatch
from models.works.codes import Quality, TagKind
from models.works.plant import Tag
from tests.collector.service.works_document import BELT, COAL, NOON_NS, NS, TAPS, works_settings

WORD = Tag(
    name="mill1.running",
    signal="running",
    kind=TagKind.GAUGE,
    site="works",
    shop="mills",
    unit="mill1",
    source="plc",
    unit_of_measure="1",
    cadence_s=10,
    bit=3,
)


async def test_a_bit_is_shown_as_what_it_says() -> None:
    tags = (WORD, replace(WORD, name="mill1.speed", bit=None))
    polled = Polled(tags, [tag.name for tag in tags])
    rows = [(0, 32783.0, 10**18, Quality.GOOD), (1, 32783.0, 10**18, Quality.GOOD)]
    await polled.accept(Delivery("plc", 10**18, ReadingBatch.of("plc", 10**18, rows)))
    assert {index: read.value for index, read in polled.values.items()} == {0: 1.0, 1: 32783.0}
    assert not polled.waiting


async def test_what_the_service_would_refuse_is_told_with_its_limit(tmp_path: Path) -> None:
    plant = works_settings(tmp_path).plant
    tags = tuple(replace(tag, modulus=100.0) if tag.name == COAL else tag for tag in plant.tags)
    plant, index = replace(plant, tags=tags), plant.tag_index()
    polled = Polled(tags, [BELT, COAL])
    rows = [(index[BELT], 2500.0, NOON_NS, Quality.GOOD), (index[COAL], 353.8, NOON_NS, Quality.GOOD)]
    events = (
        EventReading(TAPS, "7", 1, -1.0, NOON_NS, NOON_NS, Quality.GOOD),
        EventReading(TAPS, "8", 2, 300.0, NOON_NS + 3600 * NS, NOON_NS, Quality.GOOD),
    )
    await polled.accept(Delivery("plc", NOON_NS, ReadingBatch.of("plc", NOON_NS, rows), events))
    assert list(would_refuse(polled, plant)) == [
        f"rejected {BELT}: 2500.0 is above high 2000.0 t/h",
        f"rejected {COAL}: 353.8 is outside 0 to 100.0, where the counter starts anew",
        f"rejected {TAPS}: 7, -1.0 t is below low 50.0 t for one event",
    ], "clocks are told elsewhere"
