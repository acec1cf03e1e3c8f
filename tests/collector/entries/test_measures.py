"""Indicators and projects are imported whole or not at all; a newer document stands in the place of an older one."""

from pathlib import Path

import openpyxl
import pytest

from collector.config.load import load
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import measures as ledger_measures
from models.stated.measure import StatedMeasure
from models.works.localize import LANGUAGES
from tests.collector.entries.conftest import Command, tundish, works

__all__ = ["tundish", "works"]

SECTIONS = """
indicators:
  - {code: output, names: {en: Industrial output, ru: Промышленность}, unit_of_measure: {en: bn tenge}, definition: all}
projects:
  - {code: mill, names: {en: Section mill, ru: Сортовой стан}, owner: A. B., currency: KZT, budget: 95000,
     milestones: [{code: furnace, names: {en: Furnace fired, ru: Розжиг печи}, planned: 2025-06-30}]}
"""
HEAD = "indicator,period,value,growth,source,published\n"


@pytest.fixture
def stating(tundish: Command, works: Path) -> Command:
    works.write_text(works.read_text(encoding="utf-8") + SECTIONS, encoding="utf-8")
    return tundish


def known(works: Path) -> list[StatedMeasure]:
    return EntryFile(load(works)).read(lambda connection: ledger_measures.read(connection, {}))


def written(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_published_number_is_kept_to_its_last_digit_and_listed(stating: Command, works: Path, tmp_path: Path) -> None:
    file = written(tmp_path, f"{HEAD}output,2025-01..2025-08,3200.123456,7.0,BNS,2025-09-15\n")
    assert "nothing was recorded; new would be: 1" in stating("indicator", "import", file, "--dry-run").out
    assert "new: 1, replaced: 0, the same: 0" in stating("indicator", "import", file, "--by", "P.").out
    assert "new: 0, replaced: 0, the same: 1" in stating("indicator", "import", file).out
    (one,) = known(works)
    assert (str(one.value), str(one.growth_pct), one.author) == ("3200.123456", "7.0", "P.")
    listed = stating("indicator", "list", "--lang", "ru").out
    assert "Промышленность" in listed
    assert "январь–август 2025 года" in listed


def test_a_project_is_stated_by_a_russian_spreadsheet(stating: Command, works: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Справка отдела капитального строительства"])
    book.active.append(["Проект", "Месяц", "Выполнено работ", "Оплачено", "Готовность, %", "Источник", "Опубликовано"])
    book.active.append(["Сортовой стан", "август 2025", 2400, 2500.5, 45, "Акт 17", "12.09.2025"])
    path = tmp_path / "проекты.xlsx"
    book.save(path)
    assert "новых: 3" in stating("project", "import", path, "--lang", "ru").out
    assert sorted(str(each.value) for each in known(works)) == ["2400", "2500.5", "45"]
    assert "Section mill" in stating("project", "list", "--lang", "kk").out, "no Kazakh name is given"


def test_a_newer_publication_replaces_an_older_one_and_both_are_kept(
    stating: Command, works: Path, tmp_path: Path
) -> None:
    for value, day in (("3200", "2025-09-15"), ("3210", "2025-12-15")):
        file = written(tmp_path, f"{HEAD}output,2025-01..2025-08,{value},7,BNS,{day}\n")
        assert stating("indicator", "import", file).code == 0
    assert [str(each.value) for each in known(works)] == ["3200", "3210"]
    listed = stating("indicator", "list").out
    assert "3,210" in listed
    assert "3,200" not in listed


BAD = {
    "nobody,2025-01,1,,BNS,2025-02-15": "not in the configuration; known: output",
    ",2025-01,1,,BNS,2025-02-15": "indicator is empty",
    "output,,1,,BNS,2025-02-15": "period is empty",
    "output,2025-01,1,,,2025-02-15": "source is empty",
    "output,2025-01,1,,BNS,": "published is empty",
    "output,2025-01,,,BNS,2025-02-15": "it says nothing",
    "output,2025-01,many,,BNS,2025-02-15": "many",
    "output,2025-01,1e400,,BNS,2025-02-15": "1e400",
    "output,2025-01,9999999999999999,,BNS,2025-02-15": "beyond what can be kept",
    'output,2025-01,"1,234",,BNS,2025-02-15': "1,234",
    "output,2025-01-05,1,,BNS,2025-02-15": "not a span of whole months",
    "output,2025-03..2025-01,1,,BNS,2025-02-15": "2025-03",
    "output,2025-13,1,,BNS,2025-02-15": "2025-13",
    "output,2025-01,1,,BNS,2150-02-15": "2150-02-15 is in the future",
    "output,2150-01,1,,BNS,2025-02-15": "2150-01 is in the future",
    "output,2025-01,1,,BNS,tomorrow": "tomorrow",
    "output,2025-01,1,101.5,BNS,2025-02-15": "like an index, which would be growth of 1.5 %: write 1.5, or +101.5",
}


@pytest.mark.parametrize("row", BAD)
def test_a_bad_row_refuses_the_whole_file_with_its_place_and_the_reason(
    row: str, stating: Command, works: Path, tmp_path: Path
) -> None:
    refused = stating("indicator", "import", written(tmp_path, f"{HEAD}output,2024-01,1,,BNS,2024-02-15\n{row}\n"))
    assert refused.code == 1
    assert "row 3: " in refused.err
    assert BAD[row] in refused.err
    assert not (works.parent / "data" / "ledger.db").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_publication_with_two_numbers_is_refused(stating: Command, tmp_path: Path, language: str) -> None:
    first = written(tmp_path, f"{HEAD}output,2025-01,100,,BNS,2025-02-15\n")
    assert stating("indicator", "import", first).code == 0
    second = written(tmp_path, f"{HEAD}output,2025-01,101,,BNS,2025-02-15\n")
    refused = stating("indicator", "import", second, "--lang", language)
    assert refused.code == 1
    assert "100" in refused.err
    twice = written(tmp_path, f"{HEAD}output,2025-02,100,,BNS,2025-03-15\noutput,2025-02,101,,BNS,2025-03-15\n")
    assert stating("indicator", "import", twice, "--lang", language).code == 1


def test_a_project_cannot_be_paid_less_than_nothing_nor_be_more_than_ready(stating: Command, tmp_path: Path) -> None:
    head = "project,month,paid,physical_pct,source,published\n"
    for cells, said in (("-1,", "is below zero"), (",101", "is not between 0 and 100")):
        file = written(tmp_path, f"{head}mill,2025-01,{cells},Act,2025-02-15\n")
        assert said in stating("project", "import", file).err
    jobs = written(tmp_path, "project,month,jobs,source,published\nmill,2025-01,1.5,Act,2025-02-15\n")
    assert "1.5 jobs: jobs are whole" in stating("project", "import", jobs).err


def test_months_of_a_project_stand_each_in_a_row_and_only_its_plan_may_be_to_come(
    stating: Command, works: Path, tmp_path: Path
) -> None:
    head = "project,month,paid_plan,paid,source,published\n"
    quarter = written(tmp_path, f"{head}mill,2025-01..2025-03,300,,Act,2025-04-15\n")
    assert "2025-01..2025-03 is more than a month" in stating("project", "import", quarter).err
    plan = written(tmp_path, f"{head}mill,2150-01,300,,Act,2025-04-15\n")
    assert stating("project", "import", plan).code == 0
    paid = written(tmp_path, f"{head}mill,2150-01,300,5,Act,2025-04-15\n")
    assert "2150-01 is in the future" in stating("project", "import", paid).err


@pytest.mark.parametrize(
    ("word", "language", "said"),
    [
        ("Итого", "ru", "строки с итогами не взяты: 3"),
        ("ВСЕГО по проектам", "ru", "строки с итогами не взяты: 3"),
        ("Total", "en", "rows of totals were not taken: 3"),
        ("Барлығы", "kk", "жиын жолдары алынбады: 3"),
    ],
)
def test_a_row_of_totals_is_not_taken_and_named(
    word: str, language: str, said: str, stating: Command, works: Path, tmp_path: Path
) -> None:
    head = "project,month,paid,source,published\n"
    file = written(tmp_path, f"{head}mill,2025-01,5,Act,2025-02-15\n{word},,5,,\nmill,2025-02,6,Act,2025-03-15\n")
    done = stating("project", "import", file, "--lang", language)
    assert done.code == 0
    assert said in done.out
    assert [str(each.value) for each in known(works)] == ["5", "6"]


def test_a_header_with_a_slip_names_the_column_that_lacks_and_the_word(stating: Command, tmp_path: Path) -> None:
    file = written(tmp_path, "a title\nindicator,perod,value,source,published\noutput,2025-01,1,BNS,2025-02-15\n")
    refused = stating("indicator", "import", file).err
    assert "row 2: this seems to be the header, and it has no column period; nobody reads perod" in refused
    short = written(tmp_path, "indicator,period,value\noutput,2025-01,1\n")
    assert "it has no column source, published: add it" in stating("indicator", "import", short).err


def test_growth_that_is_surely_so_large_is_taken_with_its_sign(stating: Command, works: Path, tmp_path: Path) -> None:
    file = written(tmp_path, f"{HEAD}output,2025-01,1,+101.5,BNS,2025-02-15\n")
    assert stating("indicator", "import", file).code == 0
    assert [str(each.growth_pct) for each in known(works)] == ["101.5"]


def test_a_project_that_has_another_code_keeps_its_numbers_or_check_names_them(
    stating: Command, works: Path, tmp_path: Path
) -> None:
    file = written(tmp_path, "project,month,paid,source,published\nmill,2025-01,5,Act,2025-02-15\n")
    step = written(
        tmp_path, "project,milestone,forecast,source,published\nmill,furnace,2025-09-30,M,2025-07-04\n", "m.csv"
    )
    assert stating("project", "import", file).code == stating("project", "milestones", step).code == 0
    assert "which is no project" not in stating("check").out
    text = works.read_text(encoding="utf-8")
    works.write_text(text.replace("code: mill,", "code: mill_2,"), encoding="utf-8")
    assert "2 numbers or dates were stated of 'mill', which is no project" in stating("check").out.replace("\n", " ")
    assert "Act" not in stating("project", "list").out
    works.write_text(text.replace("code: mill,", "code: mill_2, renamed_from: [mill],"), encoding="utf-8")
    assert "which is no project" not in stating("check").out
    assert "Act" in stating("project", "list").out
    assert "2025-09-30" in stating("project", "milestones").out
    renamed = file.read_text(encoding="utf-8").replace("mill,", "mill_2,")
    assert "new: 0, replaced: 0, the same: 1" in stating("project", "import", written(tmp_path, renamed)).out
    works.write_text(text.replace("code: mill,", "code: mill, renamed_from: [output],"), encoding="utf-8")
    refused = stating("project", "list")
    assert "'output' is given in indicators too" in refused.err.replace("\n", " ")


def test_a_file_without_a_header_and_one_with_two_of_a_kind_are_told(stating: Command, tmp_path: Path) -> None:
    assert "no row names the columns" in stating("indicator", "import", written(tmp_path, "a,b\n1,2\n")).err
    head = "indicator,period,month,value,source,published\n"
    assert "two columns are period" in stating("indicator", "import", written(tmp_path, head)).err


def test_a_code_stands_once_among_indicators_and_projects(stating: Command, works: Path) -> None:
    text = works.read_text(encoding="utf-8")
    works.write_text(text.replace("code: mill", "code: output"), encoding="utf-8")
    refused = stating("indicator", "list")
    assert refused.code == 2
    assert "projects[0].code: 'output' is already given in indicators" in refused.err.replace("\n", " ")


def test_milestones_are_listed_and_a_newer_document_gives_another_date(stating: Command, tmp_path: Path) -> None:
    head = "project,milestone,forecast,fact,source,published\n"
    first = written(tmp_path, f"{head}mill,furnace,2025-09-30,,Minutes 4,2025-07-04\n")
    assert "new would be: 1, replaced: 0" in stating("project", "milestones", first, "--dry-run").out
    assert "new: 1, replaced: 0, the same: 0" in stating("project", "milestones", first).out
    assert "new: 0, replaced: 0, the same: 1" in stating("project", "milestones", first).out
    later = written(tmp_path, f"{head}Section mill,Розжиг печи,,2025-10-02,Act 9,2025-10-03\n")
    assert "new: 0, replaced: 1" in stating("project", "milestones", later).out
    listed = stating("project", "milestones").out
    for words in ("Furnace fired", "2025-06-30", "2025-10-02", "94", "Act 9"):
        assert words in listed


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("mill,furnace,,,Act,2025-07-04", "it says nothing: fill in one of forecast, fact"),
        ("mill,roof,2025-09-30,,Act,2025-07-04", '"roof" is not in the configuration; known: furnace'),
        ("mill,furnace,,2150-01-01,Act,2025-07-04", "2150-01-01 is in the future"),
        ("mill,furnace,,2025-07-04,Act,2025-07-03", "it was reached after the date of its document"),
        ("mill,furnace,someday,,Act,2025-07-04", "someday"),
        ("nobody,furnace,2025-09-30,,Act,2025-07-04", '"nobody" is not in the configuration; known: mill'),
    ],
)
def test_a_bad_word_of_a_milestone_is_refused_with_its_row(
    row: str, said: str, stating: Command, tmp_path: Path
) -> None:
    file = written(tmp_path, f"project,milestone,forecast,fact,source,published\n{row}\n")
    refused = stating("project", "milestones", file)
    assert refused.code == 1
    assert f"row 2: {said}" in refused.err or (said == "someday" and said in refused.err)


def test_a_milestone_without_a_planned_date_is_refused_by_the_configuration(stating: Command, works: Path) -> None:
    text = works.read_text(encoding="utf-8").replace(", planned: 2025-06-30", "")
    works.write_text(text, encoding="utf-8")
    refused = stating("project", "list")
    assert refused.code == 2
    assert "projects[0].milestones[0].planned" in refused.err.replace("\n", " ")


def test_a_column_that_nobody_reads_refuses_the_file_and_a_percent_sign_changes_no_heading(
    stating: Command, works: Path, tmp_path: Path
) -> None:
    head = "Показатель;Период;Значение;Рост, %;Источник;Опубликовано;Примечание\n"
    row = "Промышленность;январь-август 2025;3 200,5;7,0;БНС;15.09.2025;\n"
    assert stating("indicator", "import", written(tmp_path, head + row)).code == 0
    (one,) = known(works)
    assert (str(one.value), str(one.growth_pct)) == ("3200.5", "7.0")
    refused = stating("indicator", "import", written(tmp_path, head.replace("Примечание", "Темп") + row))
    assert refused.code == 1
    assert "nobody reads the columns Темп" in refused.err


def test_an_older_document_is_kept_beside_the_one_that_stands(stating: Command, tmp_path: Path) -> None:
    newer = written(tmp_path, f"{HEAD}output,2025-01,100,,BNS,2025-03-15\n")
    assert stating("indicator", "import", newer).code == 0
    older = written(tmp_path, f"{HEAD}output,2025-01,90,,BNS,2025-02-15\n")
    assert "new: 0, replaced: 0, the same: 0, older than what stands: 1" in stating("indicator", "import", older).out
    assert "100" in stating("indicator", "list").out
