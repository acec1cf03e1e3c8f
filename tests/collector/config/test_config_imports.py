"""The section imports: what its entries may say, and what is told of a fault in them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from collector.config.load import load
from collector.errors import ConfigurationError
from collector.files.import_rule import FileLayout, ImportRule, rule_for

PLANT = Path(__file__).resolve().parents[2] / "cases" / "forms" / "plant.yaml"
ENTRY = {"name": "days", "files": ["день*.xlsx"]}


def loaded(folder: Path, *entries: dict[str, Any]) -> tuple[ImportRule, ...]:
    document = yaml.safe_load(PLANT.read_text(encoding="utf-8")) | {"imports": list(entries)}
    (folder / "plant.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return load(folder / "plant.yaml").imports


def test_the_first_entry_that_fits_a_name_is_taken_whatever_its_case(tmp_path: Path) -> None:
    rules = loaded(
        tmp_path,
        {**ENTRY, "layout": "unit_columns"},
        {"name": "plans", "files": ["*.xlsx"], "what": "plans"},
        {"name": "rest", "files": ["*.xlsx", "*.csv"]},
    )
    assert [rule.name for rule in rules] == ["days", "plans", "rest"]
    taken = rule_for(rules, "ДЕНЬ 3.XLSX", plans=False)
    assert taken is not None
    assert (taken.name, taken.layout) == ("days", FileLayout.UNIT_COLUMNS)
    assert getattr(rule_for(rules, "other.csv", plans=False), "name", None) == "rest"
    assert getattr(rule_for(rules, "день 3.xlsx", plans=True), "name", None) == "plans"
    assert rule_for(rules, "other.ods", plans=False) is None


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"units": {"Ш-1": "bf9"}}, "'bf9' is not a unit of this plant; did you mean bf3?"),
        ({"sheets_are": "unit", "fixed": {"unit": "mine1"}}, "the names of the sheets give it"),
        ({"layout": "unit_columns", "fixed": {"unit": "mine1"}}, "the columns give it"),
        ({"skip": [" "]}, "skip"),
        ({"columns": {"Налив": "tons"}}, "'tons' is not one of"),
        ({"files": []}, "the list is empty"),
        ({"layout": "crosswise"}, "'crosswise' is not one of"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, entry: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigurationError, match="imports") as error:
        loaded(tmp_path, ENTRY | entry)
    assert words in str(error.value)


def test_a_name_is_given_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="already given"):
        loaded(tmp_path, ENTRY, ENTRY)
