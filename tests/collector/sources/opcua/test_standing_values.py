"""A value that does not change is as well known as one that is read anew."""

from collector.sources.opcua.standing import Notified, Standing
from collector.sources.opcua.targets import Target
from tests.support.notified import notified
from tests.support.opcua_works import RunSource, Works, make_tag


def _standing(*cadences_s: float) -> Standing:
    return Standing(
        [Target(make_tag(f"u.t{row}", cadence_s=cadence), row, "i=1") for row, cadence in enumerate(cadences_s)]
    )


def good(row: int) -> Notified:
    return notified(row, 1.0)


def bad(row: int) -> Notified:
    return notified(row, float("nan"), 0x80000000, good=False)


def test_a_value_that_stands_is_looked_at_once_a_cadence() -> None:
    standing = _standing(10, 60)
    standing.changed(good(0), 1000)
    standing.changed(good(1), 1000)
    assert standing.coverage(1009) == {}
    assert standing.coverage(1035) == {"u.t0": 3}
    assert standing.coverage(1061) == {"u.t0": 3, "u.t1": 1}
    assert standing.coverage(1061) == {}


def test_what_never_came_or_is_bad_does_not_stand() -> None:
    standing = _standing(10, 10)
    standing.changed(good(1), 1000)
    standing.changed(bad(1), 1005)
    assert standing.coverage(2000) == {}


def test_a_value_that_came_is_no_look_besides() -> None:
    standing = _standing(10)
    for at_s in range(1000, 1100, 9):
        standing.changed(good(0), at_s)
        assert standing.coverage(at_s) == {}


async def test_keep_alives_of_a_real_server_say_that_a_belt_stands(works: Works, run_source: RunSource) -> None:
    await works.start(belt=0.0)
    nodes = {"mine.belt": "nsu=urn:test:plant;s=belt"}
    keys = {"mode": "subscribe", "publishing_interval": "50ms", "poll": "50ms", "stale_after": "500ms"}
    async with run_source(works.url, nodes, tags={"mine.belt": {"cadence_s": 0.2}}, **keys) as running:
        await running.until(lambda: sum(delivery.coverage.get("mine.belt", 0) for delivery in running.deliveries) >= 4)
    assert len(running.rows()) == 1
