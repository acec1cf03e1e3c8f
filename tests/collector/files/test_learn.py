"""What --learn proposes for a file is enough to import it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from collector.config.load import load
from collector.files.figure_file import read_figures
from collector.files.import_rule import rule_for
from collector.files.learn import proposal
from collector.files.plan_file import read_plans
from collector.files.result import FileOptions
from collector.files.sheet import read_sheets
from tests.collector.entries.test_form_cases import handed_in
from tests.collector.files.workbooks import workbook_file

PLANT = Path(__file__).resolve().parents[2] / "cases" / "forms" / "plant.yaml"
NOW_NS = 1_790_000_000 * 10**9
Described = dict[str, Any]
FORMS: dict[str, tuple[Described, list[float]]] = {
    "a column a unit": (
        {
            "name": "Добыча 01.10.2025.xlsx",
            "sheets": {
                "Лист1": [
                    ["Добыча угля по шахтам"],
                    ["Дата", "Шахта 1, тыс. т", "Шахта 2, тыс. т", "Итого"],
                    ["01.10.2025", 5, 3, 8],
                    ["02.10.2025", 5.5, 3, 8.5],
                    ["Итого", 10.5, 6, 16.5],
                ]
            },
        },
        [5000, 3000, 5500, 3000],
    ),
    "a column a month": (
        {
            "name": "год.xlsx",
            "sheets": {"2025": [["Выпуск за 2025, т"], ["Печь", "январь", "февраль"], ["ДП-3", 140000, 130000]]},
        },
        [140000, 130000],
    ),
    "a sheet a unit": (
        {
            "name": "уголь.xlsx",
            "sheets": {
                "Шахта 1": [["Дата", "Добыча, т"], ["01.10.2025", 5000]],
                "Шахта 2": [["Дата", "Добыча, т"], ["01.10.2025", 3000]],
            },
        },
        [5000, 3000],
    ),
    "other headings": (
        {
            "name": "рапорт 7.xlsx",
            "sheets": {"Лист1": [["Дата", "Наименование", "Марка", "Налив"], ["01.10.2025", "ДП-3", "Чугун", 4000]]},
        },
        [4000],
    ),
    "footers and signatures": (
        {
            "name": "Рапорт 01.10.2025.xlsx",
            "sheets": {
                "Лист1": [
                    ["Суточный рапорт по шахтам"],
                    ["Дата", "Шахта", "Добыча, т"],
                    ["01.10.2025", "Шахта 1", 5000],
                    ["01.10.2025", "Шахта 2", 3000],
                    ["Итого", None, 8000],
                    ["Диспетчер: Иванов И. И."],
                    ["Начальник смены", None, "Петров"],
                    ["02.10.2025 г., 08:15"],
                ]
            },
        },
        [5000, 3000],
    ),
    "a plan beside output that has a word of its own": (
        {
            "name": "выполнение.xlsx",
            "sheets": {"Лист1": [["Дата", "Печь", "План, т", "Налив, т"], ["01.10.2025", "ДП-3", 4500, 4000]]},
        },
        [4000],
    ),
    "slips in headings": (
        {
            "name": "slips.xlsx",
            "sheets": {
                "Лист1": [
                    ["Дтаа", "Сменна", "Шахтта", "Тоны"],
                    ["01.10.2025", 1, "Шахта 1", 1700],
                    ["01.10.2025", 2, "Шахта 1", 1800],
                ]
            },
        },
        [1700, 1800],
    ),
    "a form as the manual has it": (
        {
            "name": "f.xlsx",
            "sheets": {
                "Лист1": [
                    ["start", "end", "unit", "product", "tonnes"],
                    ["01.10.2025", "02.10.2025", "bf3", "Чугун", 9],
                ]
            },
        },
        [9],
    ),
}


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_proposed_for_a_file_reads_it(kind: str, tmp_path: Path) -> None:
    described, tonnes = FORMS[kind]
    file = workbook_file(tmp_path / described["name"], described)
    proposed = proposal(read_sheets(file), load(PLANT).plant, file.name, "en")
    document = yaml.safe_load(PLANT.read_text(encoding="utf-8")) | yaml.safe_load(proposed)
    # What the file does not tell is asked, and a person answers.
    if "# no unit of measure" in proposed:
        document["imports"][0]["unit_of_measure"] = "t"
    if "# no product is named" in proposed:
        document["imports"][0].setdefault("fixed", {})["product"] = "pig_iron"
    (tmp_path / "plant.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    settings = load(tmp_path / "plant.yaml")
    rule = rule_for(settings.imports, file.name, plans=False)
    assert rule is not None
    options = FileOptions(file.name, rule=rule, unit_of_measure=rule.unit_of_measure)
    result = read_figures(read_sheets(file), settings.plant, options, NOW_NS)
    assert [rejection.told("en") for rejection in result.rejections] == []
    assert [(located.entry.grams or 0) / 1e6 for located in result.entries] == tonnes


CASES = {
    path.stem: case
    for path in sorted(PLANT.parent.glob("*.yaml"))
    if path != PLANT and (case := yaml.safe_load(path.read_text(encoding="utf-8")))
}
MEANT = [
    (name, index)
    for name, case in CASES.items()
    for index, described in enumerate(case["files"])
    if not described.get("refused") and not {"--withdraw", "--keep-good"} & set(described.get("options", ()))
]


@pytest.mark.parametrize(("name", "index"), MEANT, ids=[f"{name} {index}" for name, index in MEANT])
def test_a_form_that_is_read_is_read_by_what_is_learned_from_it(name: str, index: int, tmp_path: Path) -> None:
    case = CASES[name]
    described, plans = case["files"][index], case.get("command") == "plan"
    file = handed_in(tmp_path, described)
    proposed = proposal(read_sheets(file), load(PLANT).plant, file.name, "en")
    document = yaml.safe_load(PLANT.read_text(encoding="utf-8")) | yaml.safe_load(proposed)
    (entry,) = document["imports"]
    # What the file does not tell is asked, and a person answers.
    if "# no unit of measure" in proposed:
        entry["unit_of_measure"] = "t"
    if "# the plant has no units Казахстанская" in proposed:
        entry["units"] = {"Казахстанская": "mine2"}
    (tmp_path / "plant.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    settings = load(tmp_path / "plant.yaml")
    rule = rule_for(settings.imports, file.name, plans=plans)
    words = described.get("options", ())
    number_format = words[words.index("--number-format") + 1] if "--number-format" in words else None
    options = FileOptions(
        file.name,
        rule=rule,
        unit_of_measure=rule.unit_of_measure if rule is not None else None,
        number_format=number_format,
        confirm="--confirm" in words,
    )
    read = read_sheets(file)
    now_ns = NOW_NS + 10**18
    result = read_plans(read, settings.plant, options) if plans else read_figures(read, settings.plant, options, now_ns)
    assert [rejection.told("en") for rejection in result.rejections] == []
    assert result.entries


def test_a_file_that_needs_no_entry_is_told_so(tmp_path: Path) -> None:
    described, _ = FORMS["a form as the manual has it"]
    file = workbook_file(tmp_path / described["name"], described)
    assert "can be imported as it is" in proposal(read_sheets(file), load(PLANT).plant, file.name, "en")


def test_the_next_form_of_its_kind_fits_the_pattern(tmp_path: Path) -> None:
    described, _ = FORMS["a column a unit"]
    file = workbook_file(tmp_path / described["name"], described)
    (entry,) = yaml.safe_load(proposal(read_sheets(file), load(PLANT).plant, file.name, "en"))["imports"]
    assert entry["files"] == ["Добыча *.xlsx"]
    assert entry["skip"] == ["Итого"]


def test_a_file_of_plans_is_proposed_as_one(tmp_path: Path) -> None:
    described = {"sheets": {"2025": [["Печь", "январь 2025", "февраль 2025"], ["ДП-3", 155, 140]]}}
    file = workbook_file(tmp_path / "План выпуска.xlsx", described)
    (entry,) = yaml.safe_load(proposal(read_sheets(file), load(PLANT).plant, file.name, "en"))["imports"]
    assert (entry["what"], entry["layout"]) == ("plans", "month_columns")
