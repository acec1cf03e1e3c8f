"""What `tundish poll` shows is what the service would take: a bit of a word, and not the word."""

from dataclasses import replace

from collector.cli.polled import Polled
from collector.sources.base import Delivery
from models.counting.reading import ReadingBatch
from models.works.codes import Quality, TagKind
from models.works.plant import Tag

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
