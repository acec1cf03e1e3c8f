"""Forms as works write them: every case of tests/cases/forms gives the figures that it says, and no other."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from collector.config.load import load
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import statements
from models.stated.figure import Figure
from models.works.month import period_text
from models.works.plant import Plant
from tests.collector.entries.conftest import Answer, Command
from tests.collector.files.workbooks import ods_file, workbook_file

FORMS = Path(__file__).resolve().parents[2] / "cases" / "forms"
CASES = {path.stem: path for path in sorted(FORMS.glob("*.yaml")) if path.stem != "plant"}


def handed_in(folder: Path, described: dict[str, Any]) -> Path:
    path = folder / described["name"]
    if "sheets" in described:
        return workbook_file(path, described)
    if "document" in described:
        return ods_file(path, described["document"])
    if "text" not in described:
        return Path(shutil.copy(FORMS / described["name"], path))
    path.write_bytes(described["text"].encode(described.get("encoding", "utf-8")))
    return path


def figure_line(plant: Plant, figure: Figure) -> str:
    start, end = (
        datetime.fromtimestamp(at_ns / 1e9, UTC).astimezone(plant.zone).strftime("%Y-%m-%d %H:%M")
        for at_ns in (figure.start_ns, figure.end_ns)
    )
    return f"{figure.unit} {figure.product} {start} {end} {(figure.grams or 0) / 1e6:g}"


def check_answer(answer: Answer, described: dict[str, Any]) -> None:
    said = answer.out + answer.err
    assert answer.code == (1 if described.get("refused") else 0), said
    for words in described.get("says", ()):
        assert words in said
    for words in described.get("never_says", ()):
        assert words not in said


@pytest.mark.parametrize("name", CASES)
def test_a_form_gives_its_figures_and_no_other(name: str, tmp_path: Path, tundish: Command) -> None:
    case = yaml.safe_load(CASES[name].read_text(encoding="utf-8"))
    plant_file = tmp_path / "works" / "plant.yaml"
    plant_file.parent.mkdir()
    document = yaml.safe_load((FORMS / "plant.yaml").read_text(encoding="utf-8"))
    document["imports"] = case.get("imports", [])
    plant_file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    command = ["plan", "import"] if case.get("command") == "plan" else ["import"]
    for described in case["files"]:
        path = handed_in(tmp_path, described)
        answer = tundish(*command, path, "--plant", plant_file, *described.get("options", ()))
        check_answer(answer, described)
    entries = EntryFile(load(plant_file))
    wanted = [*case.get("figures", ()), *case.get("plans", ())]
    if not wanted:
        assert not (plant_file.parent / "data" / "ledger.db").exists() or not entries.read(statements.read).figures
        return
    facts = entries.read(statements.read)
    stated = [figure_line(entries.plant, figure) for figure in facts.figures]
    planned = [
        f"{plan.unit} {plan.product} {period_text(plan.month)} {(plan.grams or 0) / 1e6:g}" for plan in facts.plans
    ]
    assert sorted(stated + planned) == sorted(wanted)
