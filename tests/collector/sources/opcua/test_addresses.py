"""Where each tag is read is told once a connection, by the URI of its namespace: a moved namespace is no other node."""

import pytest

from collector.sources.opcua.address import OpcUaAddress
from models.works.codes import TagKind
from models.works.plant import Conversion
from tests.collector.sources.opcua.test_event_rings import Plc
from tests.support.opcua_works import RING_ADDRESS, URI, Running, RunSource, Works

MODES = pytest.mark.parametrize("keys", [{"mode": "poll"}, {"mode": "subscribe", "publishing_interval": "50ms"}])
COUNTER = {"kind": TagKind.TOTALIZER, "unit_of_measure": "t", "conversion": Conversion(factor=0.001)}


def told(running: Running) -> list[dict[str, str]]:
    return [dict(delivery.addresses) for delivery in running.deliveries if delivery.addresses]


@MODES
async def test_a_moved_namespace_is_the_same_address_whether_it_is_named_by_uri_or_by_index(
    works: Works, run_source: RunSource, keys: dict[str, str]
) -> None:
    await works.start(coal=4.0)
    nodes = {"mine.coal": f"nsu={URI};s=coal", "mine.same": f"ns={works.index};s=coal"}
    tags = dict.fromkeys(nodes, COUNTER)
    async with run_source(works.url, nodes, tags=tags, **keys) as running:
        await running.until(lambda: told(running))
        await works.stop()
        works.uris = ["urn:new:one", URI]
        await works.start(coal=5.0)
        await running.until(lambda: len(told(running)) > 1)
    first, second = told(running)
    place = f"{works.url} nsu={URI};s=coal in t x 0.001"
    assert first == {"mine.coal": place, "mine.same": place}
    assert second["mine.coal"] == place
    assert second["mine.same"] == f"{works.url} nsu=urn:new:one;s=coal in t x 0.001", "its index names another now"


async def test_a_ring_that_is_read_elsewhere_is_taken_from_its_beginning(works: Works, run_source: RunSource) -> None:
    plc = Plc(8)
    plc.add(6)
    await works.start(**plc.variants())
    resume = {"bof.heats": 6}
    here = OpcUaAddress.model_validate(RING_ADDRESS).place(works.url, None)
    async with run_source(works.url, {"bof.heats": RING_ADDRESS}, resume=resume, known={"bof.heats": here}) as running:
        await running.until(lambda: running.deliveries)
        assert running.events() == []
    elsewhere = {"bof.heats": here.replace("127.0.0.1", "10.0.0.5")}
    async with run_source(works.url, {"bof.heats": RING_ADDRESS}, resume=resume, known=elsewhere) as running:
        await running.until(lambda: len(running.events()) == 6)
        assert told(running) == [{"bof.heats": here}]


def test_an_index_is_no_address_until_the_server_says_what_it_names() -> None:
    by_index = OpcUaAddress(node="ns=2;s=coal")
    with pytest.raises(LookupError):
        by_index.place("opc.tcp://plc:4840", None)
    assert by_index.place("opc.tcp://plc:4840", ("a", "b", "urn:c")) == "opc.tcp://plc:4840 nsu=urn:c;s=coal"
    with pytest.raises(LookupError):
        OpcUaAddress(node="nsu=urn:gone;s=coal").place("opc.tcp://plc:4840", ("a",))
