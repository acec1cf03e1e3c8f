"""docs/sources.md, followed word by word: each example is accepted, and its table is what is counted."""

import re
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from collector.config.settings import Settings
from models.works.calendar import wall_ns
from tests.collector.service.steel_works import batch_of, delivery_of, opened_parts
from tests.collector.service.works_document import NOON_NS, NS, works_settings, works_yaml
from tests.support.ledger_calls import buckets
from tests.support.opcua_works import URI

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "sources.md"
ROW = re.compile(r"^\| (\d\d:\d\d:\d\d) \| ([\d.]+) \| ([\d.]+) \|$", re.MULTILINE)


class Example(NamedTuple):
    """A section: its heading, what it writes, and the (time, shown, counted t) of its table."""

    heading: str
    given: Mapping[str, Any]
    table: list[tuple[time, float, float]]


def examples() -> list[Example]:
    found = []
    for section in GUIDE.read_text(encoding="utf-8").split("\n## ")[1:]:
        block = re.search(r"```yaml\n(.*?)```", section, re.DOTALL)
        if block is not None:
            rows = [
                (time.fromisoformat(at), float(shows), float(counted)) for at, shows, counted in ROW.findall(section)
            ]
            found.append(Example(section.splitlines()[0], yaml.safe_load(block[1]), rows))
    return found


def settings_of(folder: Path, example: Example) -> Settings:
    """A works with one unit that has the example's tag, and the example's source if it has one."""
    document = works_yaml()
    tag = dict(example.given.get("tag", example.given))
    (folder / "lab.secret").write_text("assay", encoding="utf-8")
    (folder / "lab.secret").chmod(0o600)
    shop = document["shops"][1]
    shop["units"] = [unit for unit in shop["units"] if unit["code"] == "bf3"]
    shop["units"][0]["tags"] = [tag]
    sources = [*example.given.get("sources", []), *(one for one in document["sources"] if one["name"] == tag["source"])]
    product = tag.get("product", "pig_iron")
    shop["units"][0]["by_hand"] = [] if "product" in tag else [product]
    reported = {"main": {"product": product, "counted_at": ["bf3"]}}
    return works_settings(folder, shops=[shop], sources=sources, reported=reported)


def test_the_guide_has_an_example_for_each_shape_and_its_list_names_them_all() -> None:
    headings = {example.heading for example in examples()}
    assert len(headings) == 13
    listed = set(re.findall(r"\]\(#([a-z0-9-]+)\)", GUIDE.read_text(encoding="utf-8")))
    assert {heading.lower().replace(" ", "-") for heading in headings} == listed
    assert URI in GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.heading.lower().replace(" ", "-"))
async def test_each_example_is_accepted_and_counts_as_its_table_says(tmp_path: Path, example: Example) -> None:
    settings = settings_of(tmp_path, example)
    (tag,) = settings.plant.tags
    zone, day = settings.plant.zone, date(2026, 9, 30)
    async with opened_parts(tmp_path, settings.plant) as parts:
        for at, shows, counted in example.table:
            seconds = (wall_ns(zone, day, at) - NOON_NS) / NS
            value = shows * tag.conversion.factor + tag.conversion.offset
            await parts.take(delivery_of(batch_of(settings.plant, (tag.name, seconds, value))))
            await parts.settle()
            total_g = sum(bucket.grams for bucket in buckets(parts.ledger))
            assert total_g == pytest.approx(counted * 1e6, abs=1000), at
    is_counted_by_readings = tag.is_metered and not example.given.get("sources")
    assert bool(example.table) is is_counted_by_readings, "what counts by readings has its table"
