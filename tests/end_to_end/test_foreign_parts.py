"""Parts of arrays and structures of servers that we did not write, with types of their own."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import yaml

from collector.config.load import load
from collector.service.service import Service, opened
from tests.collector.service.steel_works import soon
from tests.end_to_end.test_foreign_servers import node, plant
from tests.support.foreign_server import ForeignServer

READ = {
    ("Heat", "Weight"): 301.5,
    ("Heat", "Number"): 1.0,
    ("Heat", "Running"): 1.0,
    ("Heat", "Shares[1]"): 0.75,
    ("Heat", "Assay.Carbon"): 4.5,
    ("Heat", "Assays[1].Carbon"): 0.25,
    ("LastHeats", "[2].Weight"): 303.5,
    ("LastHeats", "[1].Assays[0].Carbon"): 0.5,
    ("Loads", "[2]"): 3.5,
}
BAD = {
    ("Heat", "Nothing"): "there is no member Nothing; there are: Number, Key, Weight, Running, Grams, End, Shares",
    ("Loads", "[9]"): "there is no [9]: the array has 3 values",
}
MILO_READ = {("Loads", "[0]"): 1.5, ("Heats.Tonnes", "[127]"): 0.0, ("i=2256", "SecondsTillShutdown"): 0.0}
"""Milo gives no definitions of types of its own (it speaks an edition before them); it has the standard structures."""
MILO_BAD = {("Record", "Weight"): "the server gives no definition of its type"}


@asynccontextmanager
async def reading(
    kind: str, wanted: Mapping[tuple[str, str], object], folder: Path
) -> AsyncIterator[tuple[Service, dict[str, tuple[str, str]]]]:
    """A service that reads these parts; and by tag, which it is."""
    server = ForeignServer(kind, folder)
    await server.start()
    try:
        document = plant(f"opc.tcp://127.0.0.1:{server.port}", "subscribe", with_never=False)
        tags, named = [], {}
        for number, (name, part) in enumerate(wanted):
            named[f"belt1.p{number}"] = (name, part)
            at = name if name.startswith("i=") else node(name)
            tag = {"signal": f"p{number}", "kind": "gauge", "source": "plc", "unit_of_measure": "1", "node": at}
            tags.append({**tag, "part": part})
        document["shops"][0]["units"][0]["tags"] += tags
        (folder / "plant.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
        async with opened(load(folder / "plant.yaml")) as service:
            yield service, named
    finally:
        await server.stop()


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "good", "bad"), [("node_opcua", READ, BAD), ("milo", MILO_READ, MILO_BAD)])
async def test_parts_of_a_foreign_servers_arrays_and_structures_are_read_or_told_by_name(
    kind: str, good: Mapping[tuple[str, str], float], bad: Mapping[tuple[str, str], str], tmp_path: Path
) -> None:
    async with reading(kind, {**good, **bad}, tmp_path) as (service, named):
        observer, source = service.collecting.observer, service.collecting.sources["plc"]
        index = service.collecting.settings.plant.tag_index()

        def seen() -> dict[tuple[str, str], float]:
            values = {part: float(observer._values[index[name]]) for name, part in named.items() if part in good}
            return {part: value for part, value in values.items() if value == value}  # not NaN

        with contextlib.suppress(AssertionError):
            await soon(lambda: len(seen()) == len(good) and len(source.health.bad_nodes) >= len(bad), 40, "all parts")
        assert seen() == good
        for name, part in named.items():
            if part in bad:
                assert bad[part] in source.health.bad_nodes.get(name, ""), source.health.bad_nodes
