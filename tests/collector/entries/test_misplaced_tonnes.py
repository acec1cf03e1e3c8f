"""Tonnes outside the service of a unit, or of a product that the plant no longer has, are named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.collector.entries.conftest import Command
from tests.collector.files.forms import csv_file

MONTHS = (
    "start,end,unit,product,tonnes\n"
    "2026-07-01,2026-08-01,bf3,pig_iron,148000\n"
    "2026-08-01,2026-09-01,bf3,pig_iron,150000\n"
)
Change = Callable[[Callable[[dict[str, Any]], None]], None]


@pytest.fixture
def change(works: Path) -> Change:
    """Change plant.yaml."""

    def apply(how: Callable[[dict[str, Any]], None]) -> None:
        document = yaml.safe_load(works.read_text(encoding="utf-8"))
        how(document)
        works.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")

    return apply


def furnace(document: dict[str, Any]) -> dict[str, Any]:
    units = [unit for shop in document["shops"] for unit in shop["units"]]
    found: dict[str, Any] = next(unit for unit in units if unit["code"] == "bf3")
    return found


@pytest.mark.parametrize("command", ["check", "status"])
@pytest.mark.parametrize(
    ("service", "words"),
    [
        (
            {"retired": "2026-07-31"},
            "150,000.000 t of pig_iron at bf3 from 2026-08-01 to 2026-08-31: it is in service until",
        ),
        ({"in_service": {"from": "2026-08-01"}}, "148,000.000 t of pig_iron at bf3 from 2026-07-01 to 2026-07-31"),
    ],
)
def test_tonnes_outside_the_service_of_a_unit_are_named(
    tundish: Command, change: Change, tmp_path: Path, command: str, service: dict[str, Any], words: str
) -> None:
    assert tundish("import", csv_file(tmp_path, MONTHS)).code == 0
    assert "in service" not in tundish(command).out
    change(lambda document: furnace(document).update(service))
    assert words in " ".join(tundish(command).out.split())


@pytest.mark.parametrize("command", ["check", "status"])
def test_figures_of_a_product_that_was_renamed_are_named(
    tundish: Command, change: Change, tmp_path: Path, command: str
) -> None:
    assert tundish("import", csv_file(tmp_path, MONTHS)).code == 0

    def rename(document: dict[str, Any]) -> None:
        text = yaml.safe_dump(document, allow_unicode=True).replace("pig_iron", "hot_metal")
        document.clear()
        document.update(yaml.safe_load(text))

    change(rename)
    said = " ".join(tundish(command).out.split())
    assert "298,000.000 t of pig_iron at bf3 from 2026-07-01 to 2026-08-31: the plant has no such product" in said
