"""Files of figures and plans: what can be read goes in, what cannot is listed with file, sheet, row and reason."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from collector.errors import UnreadableFile
from collector.files.figure_file import read_figures
from collector.files.plan_file import read_plans
from collector.files.result import FileOptions
from collector.files.sheet import read_sheets
from models.works.codes import FigureStatus
from models.works.plant import Plant
from tests.collector.files.forms import csv_file, paper_plant, xlsx_file

NOW_NS = int(datetime(2026, 11, 24, tzinfo=UTC).timestamp()) * 10**9
HEADER = "start,end,site,shop,unit,product,tonnes\n"


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    return paper_plant(tmp_path)


def reasons(plant: Plant, file: Path, **options: object) -> dict[int, str]:
    result = read_figures(read_sheets(file), plant, FileOptions(file.name, **options), NOW_NS)  # type: ignore[arg-type]
    return {item.row: item.reason("en") for item in result.rejections}


def test_a_spreadsheet_with_cyrillic_headers_decimal_commas_and_merged_titles_goes_in(
    plant: Plant, tmp_path: Path
) -> None:
    file = xlsx_file(
        tmp_path,
        [
            ["Сводка по добыче за август", None, None, None, None],
            [None],
            ["Начало", "Конец", "Шахта", "Продукция", "Добыча, тыс. т"],
            [datetime(2026, 8, 1), datetime(2026, 8, 2), "Шахта 1", "Уголь", "1,2345"],
            ["02.08.2026", "03.08.2026", "mine1", "coal_raw", 1.1],
            ["03.08.2026", "04.08.2026", "Шахта 7", "Уголь", "1,5"],
        ],
        merged="A1:E1",
    )
    result = read_figures(read_sheets(file), plant, FileOptions(file.name), NOW_NS)
    assert [located.entry.grams for located in result.entries] == [1_234_500_000, 1_100_000_000]
    assert {located.entry.shop for located in result.entries} == {"mines"}
    (rejection,) = result.rejections
    assert (rejection.file, rejection.sheet, rejection.row) == ("figures.xlsx", "Отчёт", 6)
    assert "Шахта 7" in rejection.reason("en")
    assert rejection.told("en").startswith("figures.xlsx, sheet Отчёт, row 6: ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_csv_of_any_usual_encoding_goes_in(plant: Plant, tmp_path: Path, encoding: str) -> None:
    text = "Рапорт смены\r\nс;по;шахта;продукция;тонны\r\n01.08.2026 08:00;01.08.2026 20:00;Шахта 2;Уголь;512,5\r\n"
    file = csv_file(tmp_path, text, encoding=encoding)
    (located,) = read_figures(read_sheets(file), plant, FileOptions(file.name), NOW_NS).entries
    assert (located.row, located.entry.unit, located.entry.grams) == (3, "mine2", 512_500_000)
    assert located.entry.end_ns - located.entry.start_ns == 12 * 3600 * 10**9


def test_optional_columns_are_kept(plant: Plant, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path,
        "start,end,unit,product,tonnes,unit_of_measure,basis,status,key,definition\n"
        "2026-08-01,2026-09-01,all,pig_iron,150,kt,liquid,уточнённые,Q-7,works\n"
        "2026-08-31T19:00:00Z,2026-08-31T19:00:00Z,all,pig_iron,90,t,stock,,,\n".replace("уточнённые", "refined"),
    )
    first, second = (it.entry for it in read_figures(read_sheets(file), plant, FileOptions("f"), NOW_NS).entries)
    assert (first.grams, first.status, first.key) == (150_000_000_000, FigureStatus.REFINED, "Q-7")
    assert (first.basis, first.definition, first.is_output) == ("liquid", "works", True)
    assert (second.basis, second.is_output, second.start_ns) == ("stock", False, second.end_ns)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2026-08-01,2026-08-02,works,mines,mine9,coal_raw,5", "did you mean"),
        ("2026-08-01,2026-08-02,elsewhere,mines,mine1,coal_raw,5", "site"),
        ("2026-08-01,2026-08-02,works,iron,mine1,coal_raw,5", "belongs to shop mines"),
        ("2026-08-01,2026-08-02,works,mines,mine1,peat,5", "product"),
        ("2026-08-01,2026-08-02,works,mines,mine1,coal_raw,-5", "negative"),
        ("2026-08-02,2026-08-01,works,mines,mine1,coal_raw,5", "not after its start"),
        ("2026-08-01,2026-08-01,works,mines,mine1,coal_raw,5", "not after its start"),
        ("2026-12-01,2026-12-02,works,mines,mine1,coal_raw,5", "future"),
        ('2026-08-01,2026-08-02,works,mines,mine1,coal_raw,"1,234"', "--number-format"),
        ("2026-08-01,2026-08-02,works,mines,mine1,coal_raw,", "tonnes is empty"),
        ("2026-08-01,,works,mines,mine1,coal_raw,5", "end is empty"),
        ("soon,2026-08-02,works,mines,mine1,coal_raw,5", "is not a date"),
    ],
)
def test_a_bad_row_is_refused_with_its_number_and_reason(plant: Plant, tmp_path: Path, row: str, words: str) -> None:
    good = "2026-08-03,2026-08-04,works,mines,mine1,coal_raw,5\n"
    file = csv_file(tmp_path, HEADER + good + row + "\n")
    found = reasons(plant, file)
    assert list(found) == [3]
    assert words in found[3]


def test_overlapping_and_repeated_figures_are_refused_both(plant: Plant, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path,
        HEADER
        + "2026-08-01,2026-08-03,works,mines,mine1,coal_raw,5\n"
        + "2026-08-02,2026-08-04,works,mines,mine1,coal_raw,5\n"
        + "2026-08-10,2026-08-11,works,mines,mine1,coal_raw,5\n"
        + "2026-08-10,2026-08-11,works,mines,mine1,coal_raw,6\n"
        + "2026-08-10,2026-08-11,works,mines,mine2,coal_raw,6\n",
    )
    found = reasons(plant, file)
    assert sorted(found) == [2, 3, 4, 5]
    assert "overlaps that of row 3" in found[2]
    assert "rows 4, 5" in found[4]


def test_a_day_within_a_month_is_no_overlap(plant: Plant, tmp_path: Path) -> None:
    lines = "2026-08-01,2026-09-01,works,all,all,coal_raw,5\n2026-08-02,2026-08-03,works,all,all,coal_raw,1\n"
    assert reasons(plant, csv_file(tmp_path, HEADER + lines)) == {}


def test_a_column_without_a_unit_of_measure_needs_it_declared(plant: Plant, tmp_path: Path) -> None:
    file = csv_file(tmp_path, "start,end,unit,product,output\n2026-08-01,2026-08-02,mine2,coal_raw,5\n")
    assert "--unit-of-measure" in reasons(plant, file)[2]
    assert reasons(plant, file, unit_of_measure="kt") == {}
    declared = csv_file(tmp_path, 'start,end,unit,product,"output, kt"\n2026-08-01,2026-08-02,mine2,coal_raw,5\n')
    assert "fix one of them" in reasons(plant, declared, unit_of_measure="t")[2]


def test_output_beyond_belief_waits_for_confirmation(plant: Plant, tmp_path: Path) -> None:
    # Mine 1 makes 1,000 t a day.
    rows = (
        "2026-08-01,2026-08-02,works,mines,mine1,coal_raw,1250\n"
        "2026-08-02,2026-08-03,works,mines,mine1,coal_raw,1251\n"
        "2026-09-01,2026-10-01,works,mines,mine1,coal_raw,37500\n"
        "2026-08-03 08:00,2026-08-03 20:00,works,mines,mine1,coal_raw,900\n"
    )
    file = csv_file(tmp_path, HEADER + rows)
    found = reasons(plant, file)
    assert list(found) == [3]
    assert "--confirm" in found[3]
    assert reasons(plant, file, confirm=True) == {}


PLANS = "month,site,shop,unit,product,tonnes\n"


def test_plans_of_a_file_are_read(plant: Plant, tmp_path: Path) -> None:
    file = xlsx_file(
        tmp_path,
        [
            ["План"],
            ["Месяц", "Цех", "Агрегат", "Продукция", "План, т"],
            ["август 2026", "Шахты", "все", "Уголь", "40 500,5"],
        ],
    )
    (located,) = read_plans(read_sheets(file), plant, FileOptions(file.name, origin="planner")).entries
    plan = located.entry
    assert (plan.month, plan.shop, plan.unit) == (date(2026, 8, 1).toordinal(), "mines", "all")
    assert (plan.grams, plan.author) == (40_500_500_000, "planner")


def test_two_plans_for_one_month_are_refused_both(plant: Plant, tmp_path: Path) -> None:
    file = csv_file(tmp_path, PLANS + "2026-08,works,iron,bf3,pig_iron,5\n08.2026,works,iron,bf3,pig_iron,6\n")
    found = read_plans(read_sheets(file), plant, FileOptions(file.name))
    assert [item.row for item in found.rejections] == [2, 3]
    assert not found.entries


def test_a_plan_beyond_belief_waits_for_confirmation(plant: Plant, tmp_path: Path) -> None:
    # Mine 1 makes 1,000 t a day: 31,000 t in August, and 38,750 t is 1.25 times that.
    at_limit = csv_file(tmp_path, PLANS + "2026-08,works,mines,mine1,coal_raw,38750\n")
    assert not read_plans(read_sheets(at_limit), plant, FileOptions("f")).rejections
    beyond = csv_file(tmp_path, PLANS + "2026-08,works,mines,mine1,coal_raw,38750.001\n")
    (rejection,) = read_plans(read_sheets(beyond), plant, FileOptions("f", number_format="1234.5")).rejections
    assert "--confirm" in rejection.reason("en")
    assert read_plans(read_sheets(beyond), plant, FileOptions("f", number_format="1234.5", confirm=True)).entries


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("f.doc", b"\xd0\xcf\x11\xe0", "neither CSV nor XLSX"),
        ("f.xls", b"\xd0\xcf\x11\xe0", "not a valid XLS file"),
        ("f.xlsx", b"PK\x03\x04 broken", "not a valid XLSX"),
        ("f.xlsx", b"\xd0\xcf\x11\xe0 encrypted", "not a valid XLSX"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=words):
        read_sheets(tmp_path / name)
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_sheets(tmp_path / "missing.csv")


def test_a_file_without_a_header_or_rows_says_what_is_missing(plant: Plant, tmp_path: Path) -> None:
    assert "no header row" in reasons(plant, csv_file(tmp_path, "a,b\n1,2\n"))[0]
    assert "no rows" in reasons(plant, csv_file(tmp_path, HEADER))[0]
    assert "no rows" in reasons(plant, csv_file(tmp_path, ""))[0]
