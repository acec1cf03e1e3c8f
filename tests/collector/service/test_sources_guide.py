"""docs/sources.md, followed word by word: each example is accepted, and its table is what is counted."""

import re
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from collector.config.settings import Settings
from collector.sources.opcua.address import OpcUaAddress
from models.works.calendar import wall_ns
from models.works.exact_number import Number, of_text
from tests.collector.service.steel_works import batch_of, delivery_of, opened_parts
from tests.collector.service.works_document import NOON_NS, NS, works_settings, works_yaml
from tests.support.ledger_calls import buckets
from tests.support.opcua_works import URI

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "sources.md"
TABLE = re.compile(r"^\| time \| (.*) \|\n\|[-|]+\|\n((?:\|.*\|\n)+)", re.MULTILINE)
Row = tuple[time, dict[str, Number]]


class Example(NamedTuple):
    """A section: its heading, what it writes, and by row of its table the time and each column."""

    heading: str
    given: Mapping[str, Any]
    table: list[Row]


def examples() -> list[Example]:
    found = []
    for section in GUIDE.read_text(encoding="utf-8").split("\n## ")[1:]:
        block = re.search(r"```yaml\n(.*?)```", section, re.DOTALL)
        if block is not None:
            found.append(Example(section.splitlines()[0], yaml.safe_load(block[1]), rows_of(section)))
    return found


def rows_of(section: str) -> list[Row]:
    table = TABLE.search(section)
    if table is None:
        return []
    columns = table[1].split(" | ")
    rows = [line.strip("| ").split(" | ") for line in table[2].splitlines()]
    return [
        (time.fromisoformat(at), dict(zip(columns, map(of_text, cells), strict=True)))
        for at, *cells in rows
        if re.fullmatch(r"\d\d:\d\d:\d\d", at)
    ]


def settings_of(folder: Path, example: Example) -> Settings:
    """A works with one unit that has the example's tag, and the example's source if it has one."""
    document = works_yaml()
    tags = [dict(tag) for tag in example.given.get("tags", [example.given.get("tag", example.given)])]
    (folder / "lab.secret").write_text("assay", encoding="utf-8")
    (folder / "lab.secret").chmod(0o600)
    shop = document["shops"][1]
    shop["units"] = [unit for unit in shop["units"] if unit["code"] == "bf3"]
    shop["units"][0] |= {"tags": tags} | example.given.get("unit", {})
    sources = [
        *example.given.get("sources", []),
        *(one for one in document["sources"] if one["name"] == tags[0]["source"]),
    ]
    product = next((tag["product"] for tag in tags if "product" in tag), "pig_iron")
    shop["units"][0]["by_hand"] = [] if any("product" in tag for tag in tags) else [product]
    reported = {"main": {"product": product, "counted_at": ["bf3"]}}
    return works_settings(folder, shops=[shop], sources=sources, reported=reported)


def test_the_guide_has_an_example_for_each_shape_and_its_list_names_them_all() -> None:
    headings = {example.heading for example in examples()}
    assert len(headings) == 24
    listed = set(re.findall(r"\| \[[^]]*\]\(#([a-z0-9-]+)\)", GUIDE.read_text(encoding="utf-8")))
    assert {heading.lower().replace(" ", "-") for heading in headings} == listed
    assert URI in GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.heading.lower().replace(" ", "-"))
async def test_each_example_is_accepted_and_counts_as_its_table_says(tmp_path: Path, example: Example) -> None:
    settings = settings_of(tmp_path, example)
    tags = settings.plant.tags
    zone, day = settings.plant.zone, date(2026, 9, 30)
    addressed = [pair for source in settings.sources.values() for pair in source.tags]
    read = {tag.name: column for _, tag, address in addressed if (column := column_of(example, address)) is not None}
    async with opened_parts(tmp_path, settings.plant) as parts:
        for at, row in example.table:
            seconds = (wall_ns(zone, day, at) - NOON_NS) / NS
            readings = [
                (tag.name, seconds, tag.conversion.applied(row[read[tag.name]])) for tag in tags if tag.name in read
            ]
            await parts.take(delivery_of(batch_of(settings.plant, *readings)))
            await parts.settle()
            for tag in tags:
                counted = row.get(f"`{tag.signal}`, t", row.get("counted, t") if len(tags) == 1 else None)
                if counted is not None:
                    made = [bucket.grams for bucket in buckets(parts.ledger) if bucket.product == tag.product]
                    assert sum(made) == pytest.approx(float(counted) * 1e6, abs=500), (at, tag.signal)
    is_counted_by_readings = any(tag.is_metered for tag in tags) and not example.given.get("sources")
    assert bool(example.table) is is_counted_by_readings, "what counts by readings has its table"


def column_of(example: Example, address: OpcUaAddress) -> str | None:
    """The column with what a tag reads: the name of its node, or the only one."""
    if not example.table:
        return None
    columns = [column for column in example.table[0][1] if not column.endswith(", t")]
    return columns[0] if len(columns) == 1 else str(address.node).rpartition("=")[2]
