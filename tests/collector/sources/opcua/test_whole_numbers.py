"""Int64 and UInt64 from 2^53 on come exactly: as values and elements, read or sent, and from a history."""

import time
from pathlib import Path

import pytest
from asyncua import ua

from models.works.exact_number import Number
from models.works.plant import Conversion
from tests.support.opcua_history import COUNTER, HISTORY, NS, ago, keep_history, node, remember
from tests.support.opcua_works import URI, Running, RunSource, Works

FIRST = 2**64 - 3
MODES = pytest.mark.parametrize("keys", [{"mode": "poll"}, {"mode": "subscribe", "publishing_interval": "50ms"}])


def numbers(running: Running, *, past: bool = False) -> dict[int, list[Number]]:
    """By tag, the exact values in the order in which they came."""
    found: dict[int, list[Number]] = {}
    for delivery in running.deliveries:
        batch = delivery.readings
        if batch is not None and bool(delivery.backfilled) is past:
            for row, tag in enumerate(batch.tags.tolist()):
                found.setdefault(tag, []).append(batch.number(row))
    return found


def newest(running: Running) -> dict[int, Number]:
    return {tag: values[-1] for tag, values in numbers(running).items()}


def long(value: int | list[int], kind: str = "UInt64") -> ua.Variant:
    return ua.Variant(value, ua.VariantType[kind])


@MODES
async def test_values_and_elements_of_arrays_come_to_the_last_count(
    works: Works, run_source: RunSource, keys: dict[str, object]
) -> None:
    await works.start(
        up=long(FIRST), down=long(-(2**63) + 1, "Int64"), line=long([7, FIRST]), low=long(2**53 - 1), belt=5.5
    )
    nodes = {f"u.{name}": node(name) for name in ("up", "down", "low", "belt")}
    nodes |= {"u.scaled": node("up"), "u.last": {"node": f"nsu={URI};s=line", "part": "[1]"}}  # type: ignore[dict-item]
    tags = {"u.scaled": {"conversion": Conversion(0.001)}}
    async with run_source(works.url, nodes, tags=tags, **keys) as running:
        await running.until(lambda: len(newest(running)) == 6)
        seen = newest(running)
        assert [seen[tag] for tag in (0, 1, 2, 3, 5)] == [FIRST, -(2**63) + 1, 2**53 - 1, 5.5, FIRST]
        assert round(seen[4] * 1000) == FIRST
        await works.write("up", long(FIRST + 1))
        await works.write("line", long([7, FIRST + 2]))
        await running.until(lambda: newest(running)[0] == FIRST + 1 and newest(running)[5] == FIRST + 2)
        # In tonnes it grew by the one kilogram.
        assert abs((newest(running)[4] - seen[4]) * 1000 - 1) < 1e-9


async def test_a_history_comes_to_the_last_count(works: Works, run_source: RunSource, tmp_path: Path) -> None:
    storage = await keep_history(works, tmp_path, ore=long(2**63 - 1, "Int64"))
    counts = [2**63 - 100 + n for n in range(20)]
    await remember(works, storage, "ore", [(ago(200 - 10 * n), count) for n, count in enumerate(counts)])
    watched = {"u.ore": time.time_ns() - 300 * NS}
    nodes, tags = {"u.ore": node("ore")}, {"u.ore": COUNTER}
    async with run_source(works.url, nodes, tags=tags, watched=watched, history=HISTORY) as running:
        await running.until(lambda: newest(running).get(0) == 2**63 - 1)
    assert [count for count in numbers(running, past=True)[0] if count != 2**63 - 1] == counts
