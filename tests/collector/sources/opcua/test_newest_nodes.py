"""A terminal that shows its newest weighing alone, over a real server."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from asyncua import ua

from collector.sources.opcua.newest import dtl_time
from models.works.codes import Quality, Reason
from models.works.plant import Conversion
from tests.support.opcua_works import URI, Running, RunSource, Works

MODES = pytest.mark.parametrize("keys", [{"mode": "poll"}, {"mode": "subscribe", "publishing_interval": "50ms"}])
TAGS = {"bof.ladles": {"conversion": Conversion(0.001), "product": "steel"}}


def nodes(*names: str) -> dict[str, object]:
    return {"bof.ladles": {"newest": {name: f"nsu={URI};s={name}" for name in names}}}


def told(running: Running) -> list[tuple[str, float]]:
    return [(event.key, event.tonnes) for delivery in running.deliveries for event in delivery.events]


async def looks(running: Running, more: int = 3) -> None:
    have = len(running.deliveries)
    await running.until(lambda: len(running.deliveries) >= have + more)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (
            {"YEAR": 2026, "MONTH": 9, "DAY": 30, "HOUR": 12, "MINUTE": 0, "SECOND": 5},
            "2026-09-30 12:00:05",
        ),
        ({"Year": 2026, "Month": 13, "Day": 30, "Hour": 12, "Minute": 0, "Second": 5}, None),
        ({"YEAR": 2026}, None),
        (7, None),
    ],
)
def test_the_time_of_a_siemens_dtl_is_local(held: object, said: str | None) -> None:
    time = dtl_time(held, ZoneInfo("Asia/Almaty"))
    assert (None if time is None else f"{time:%Y-%m-%d %H:%M:%S}") == said
    assert time is None or time.utcoffset() == timedelta(hours=5)


@MODES
async def test_each_new_number_with_its_weight_is_an_event(
    works: Works, run_source: RunSource, keys: dict[str, object]
) -> None:
    at = datetime.now(UTC).replace(microsecond=0)
    await works.start(tonnes=310_500, tare=110_250, key="H1", end=at)
    wanted = nodes("tonnes", "tare", "key", "end") | {"u.belt": f"nsu={URI};s=tonnes"}
    async with run_source(works.url, wanted, tags=TAGS, **keys) as running:
        await running.until(lambda: told(running))
        await works.write("tonnes", 311_000)  # the weight first, its number a moment later
        await asyncio.sleep(0.06)
        await works.write("key", "H2")
        await running.until(lambda: ("H2", 200.75) in told(running))
        await looks(running)
        await works.stop()
        await running.until(lambda: not running.source.health.up)
        await works.start(tonnes=311_000, tare=110_250, key="H2", end=at)
        await running.until(lambda: running.source.health.up)
        await looks(running)
    assert told(running)[:1] == [("H1", 200.25)]
    assert told(running)[-1] == ("H2", 200.75)
    assert {key for key, _ in told(running)} == {"H1", "H2"}
    event = running.deliveries[0].events or next(each.events for each in running.deliveries if each.events)
    assert event[0].quality is Quality.GOOD
    assert sum(delivery.coverage.get("bof.ladles", 0) for delivery in running.deliveries) > 4


async def test_a_counter_beyond_2_to_53_and_a_time_as_text_are_read_as_they_are(
    works: Works, run_source: RunSource
) -> None:
    count = 2**53 + 1
    await works.start(
        tonnes=ua.Variant(300_000.0, ua.VariantType.Float),
        counter=ua.Variant(7, ua.VariantType.UInt16),
        key=ua.Variant(count, ua.VariantType.UInt64),
        end="2026-03-01T10:00:00+05:00",
    )
    async with run_source(works.url, nodes("tonnes", "counter", "key", "end"), tags=TAGS) as running:
        await running.until(lambda: told(running))
    assert told(running) == [(str(count), 300.0)]
    event = next(each.events[0] for each in running.deliveries if each.events)
    assert event.end_ns == int(datetime(2026, 3, 1, 5, tzinfo=UTC).timestamp()) * 10**9
    assert event.sequence == 7


async def test_what_the_terminal_cannot_give_is_named_and_the_others_go_on(works: Works, run_source: RunSource) -> None:
    await works.start(tonnes=300_000, key="H1", belt=5.0)
    wanted = nodes("tonnes", "key", "end") | {"u.belt": f"nsu={URI};s=belt"}
    async with run_source(works.url, wanted, tags=TAGS) as running:
        await running.until(lambda: running.source.health.bad_nodes)
        await looks(running)
        assert "newest.end" in running.source.health.bad_nodes["bof.ladles"]
        await works.add("end", datetime.now(UTC))
        await works.write("tonnes", [1, 2, 3])
    assert not told(running)


async def test_a_weight_that_is_no_number_is_told_once(works: Works, run_source: RunSource) -> None:
    await works.start(tonnes="----", key="H1", belt=5.0)
    wanted = nodes("tonnes", "key") | {"u.belt": f"nsu={URI};s=belt"}
    async with run_source(works.url, wanted, tags=TAGS) as running:
        await looks(running, 6)
    rejected = [one for delivery in running.deliveries for one in delivery.rejections]
    assert [one.reason for one in rejected] == [Reason.WRONG_TYPE]
    assert "----" in rejected[0].detail
