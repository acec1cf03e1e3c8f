"""Numbers out of arrays and structures, over a real server."""

from typing import Any

import pytest
from asyncua import Server, ua
from asyncua.common.structures104 import new_enum, new_struct, new_struct_field

from collector.sources.opcua.parts import part_of, split_part
from models.works.codes import Quality, Reason
from models.works.exact_number import Number
from models.works.plant import Conversion
from tests.support.opcua_works import URI, Running, RunSource, Works

MODES = pytest.mark.parametrize("keys", [{"mode": "poll"}, {"mode": "subscribe", "publishing_interval": "50ms"}])


def part(node: str, text: str) -> dict[str, object]:
    return {"node": f"nsu={URI};s={node}", "part": text}


def newest_values(running: Running, *names: str) -> dict[str, Number]:
    found: dict[str, Number] = {}
    for delivery in running.deliveries:
        if (batch := delivery.readings) is not None:
            found |= {names[index]: batch.number(row) for row, index in enumerate(batch.tags.tolist())}
    return found


async def with_structures(server: Server) -> dict[str, Any]:
    """A ladle's record: a number, a text, a state, a structure within, and an array."""
    index = await server.register_namespace(URI)
    mode = await new_enum(server, index, "Mode", ["off", "on"])
    inner = [new_struct_field("Gross", ua.VariantType.Float), new_struct_field("Tare", ua.VariantType.Float)]
    weight, _ = await new_struct(server, index, "Weight", inner)
    fields = [
        new_struct_field("Number", ua.VariantType.UInt32),
        new_struct_field("Name", ua.VariantType.String),
        new_struct_field("Mode", mode),
        new_struct_field("Last", weight),
        new_struct_field("Sides", ua.VariantType.Int16, array=True),
        new_struct_field("Total", ua.VariantType.UInt64),
    ]
    await new_struct(server, index, "Ladle", fields)
    made: dict[str, Any] = await server.load_data_type_definitions()
    return made


@MODES
async def test_elements_of_an_array_are_tags_of_their_own(
    works: Works, run_source: RunSource, keys: dict[str, object]
) -> None:
    await works.start(line=ua.Variant([10, 20, 30], ua.VariantType.Int32), belt=7.0)
    nodes = {"u.first": part("line", "[0]"), "u.last": part("line", "[2]"), "u.belt": f"nsu={URI};s=belt"}
    tags = {"u.last": {"conversion": Conversion(0.001)}}
    async with run_source(works.url, nodes, tags=tags, **keys) as running:
        await running.until(lambda: len(newest_values(running, *nodes)) == 3)
        assert newest_values(running, *nodes) == {"u.first": 10.0, "u.last": 0.03, "u.belt": 7.0}
        await works.write("line", ua.Variant([11, 20, 33], ua.VariantType.Int32))
        await running.until(lambda: newest_values(running, *nodes)["u.last"] == 0.033)
        assert newest_values(running, *nodes)["u.first"] == 11.0
        first = next(each.readings for each in running.deliveries if each.readings is not None)
    assert first.quality.max() == Quality.GOOD
    assert first.times_ns.min() > 10**18


async def test_members_of_structures_within_structures_and_arrays_are_read(works: Works, run_source: RunSource) -> None:
    made: dict[str, Any] = {}

    async def prepare(server: Server) -> None:
        made.update(await with_structures(server))

    works.prepare = prepare
    await works.start()
    one = made["Ladle"](
        Number=7, Name="A7", Last=made["Weight"](Gross=310.5, Tare=110.25), Sides=[1, -2], Total=2**64 - 1
    )
    two = made["Ladle"](Number=8, Name="A8", Last=made["Weight"](Gross=300.0, Tare=100.0), Sides=[], Total=0)
    node = await works.server.nodes.objects.add_variable(
        ua.NodeId("ladle", works.index), f"{works.index}:ladle", one, datatype=made["Ladle"].data_type
    )
    assert node.nodeid.NamespaceIndex == works.index
    # The library made classes of them for this process, server and source alike; the source has to do without.
    for kind in made.values():
        ua.extension_objects_by_typeid.pop(ua.typeid_by_extension_objects.get(kind), None)
    await works.server.nodes.objects.add_variable(
        ua.NodeId("ladles", works.index), f"{works.index}:ladles", [one, two], datatype=made["Ladle"].data_type
    )
    nodes = {
        "u.number": part("ladle", "Number"),
        "u.gross": part("ladle", "Last.Gross"),
        "u.side": part("ladle", "Sides[1]"),
        "u.mode": part("ladle", "Mode"),
        "u.total": part("ladle", "Total"),
        "u.second": part("ladles", "[1].Last.Tare"),
        "u.name": part("ladle", "Name"),
        "u.lacking": part("ladle", "Nett"),
        "u.beyond": part("ladles", "[2].Number"),
    }
    async with run_source(works.url, nodes) as running:
        await running.until(lambda: len(newest_values(running, *nodes)) == 6 and running.source.health.bad_nodes)
        bad = running.source.health.bad_nodes
    assert newest_values(running, *nodes) == {
        "u.number": 7.0,
        "u.gross": 310.5,
        "u.side": -2.0,
        "u.mode": 0.0,
        "u.total": 2**64 - 1,
        "u.second": 100.0,
    }
    assert bad.keys() == {"u.lacking", "u.beyond"}
    assert "no member Nett; there are: Number, Name, Mode, Last, Sides, Total" in bad["u.lacking"]
    assert "no [2]: the array has 2 values" in bad["u.beyond"]
    rejected = {one.tag: one.reason for each in running.deliveries for one in each.rejections}
    assert rejected["u.name"] is Reason.WRONG_TYPE


async def test_a_node_that_is_no_array_or_not_there_is_named_and_the_others_go_on(
    works: Works, run_source: RunSource
) -> None:
    await works.start(line=ua.Variant([10, 20], ua.VariantType.Double), belt=7.0)
    nodes = {"u.belt": part("belt", "[0]"), "u.gone": part("gone", "[0]"), "u.line": part("line", "[1]")}
    async with run_source(works.url, nodes) as running:
        await running.until(lambda: len(running.deliveries) > 2 and running.source.health.bad_nodes)
        assert "what is no array" in running.source.health.bad_nodes["u.belt"]
        assert newest_values(running, *nodes)["u.line"] == 20.0
        assert running.source.health.up
        await works.write("line", ua.Variant([10, 20], ua.VariantType.Double), ua.StatusCodes.BadDeviceFailure)
        await running.until(
            lambda: any(
                each.readings is not None and (each.readings.quality == Quality.BAD).any()
                for each in running.deliveries
            )
        )


@pytest.mark.parametrize(
    ("text", "path"),
    [("[3]", (3,)), ("Weight", ("Weight",)), ("[3].Вес", (3, "Вес")), ("A.B[0][1].C", ("A", "B", 0, 1, "C"))],
)
def test_a_path_is_read_as_it_is_written(text: str, path: tuple[object, ...]) -> None:
    assert split_part(text) == path


@pytest.mark.parametrize("text", ["", "[x]", "[-1]", "a b", ".", "[1", "a..b", "[1234567]", "a" * 200, "[0]" * 9])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="part"):
        split_part(text)


def test_what_is_not_there_says_what_is() -> None:
    with pytest.raises(LookupError, match="no structure"):
        part_of([1], ("Weight",))
    assert part_of({"A": [1, {"B": 2}]}, ("A", 1, "B")) == 2
