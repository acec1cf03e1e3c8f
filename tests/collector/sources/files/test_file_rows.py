"""Tables of programs and people become readings and events; what is wrong in one is told with line and column."""

import itertools
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from models.works.codes import Reason, TagKind
from tests.collector.service.steel_works import soon
from tests.collector.sources.files.drop import LADLES, NOON, NOW_NS, address, drop, read, source, tag, there, told
from tests.support.run_source import run_source


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
async def test_a_table_with_cyrillic_headings_gives_its_events_and_goes_to_done(tmp_path: Path, encoding: str) -> None:
    one = source(tmp_path)
    rows = f"Весовая 2\n{LADLES}3;A-17;301250,5;30.09.2026 11:30:15\n4;A-18;299 000;2026-09-30T10:40:00+05:00\n"
    drop(tmp_path, "Ладлы.csv", rows.encode(encoding))
    async with run_source(one) as got:
        await soon(lambda: there(tmp_path, "done"))
    assert told(got) == [
        ("A-17", 301.2505, "2026-09-30T06:30:15+00:00"),
        ("A-18", 299.0, "2026-09-30T05:40:00+00:00"),
    ]
    assert there(tmp_path, "done") == {"Ладлы.csv"}
    assert got[-1].coverage == {"bf3.taps": 1}


async def test_a_workbook_of_a_mine_gives_a_column_a_tag_and_a_tag_a_row(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Журнал ленты"])
    sheet.append(["Время", "Лента 1, т/ч", "Лента 2, т/ч", "Датчик", "Значение"])
    local = (NOON + timedelta(hours=5)).replace(tzinfo=None)
    sheet.append([local - timedelta(minutes=20), 610.5, None, "level", 3.5])
    sheet.append([local - timedelta(minutes=10), 600, 0, "other", 9])
    book.save(tmp_path / "belts.xlsx")
    columns = {"time": "Время", "value": "Лента 1, т/ч"}
    gauge = {"kind": TagKind.GAUGE, "unit_of_measure": "t/h", "product": None}
    one = source(
        tmp_path,
        (tag("belt1", **gauge), address(**columns)),
        (tag("belt2", **gauge), address(time="Время", value="Лента 2, т/ч")),
        (tag("level", **gauge), address(time="Время", value="Значение", when={"Датчик": "level"})),
    )
    (tmp_path / "belts.xlsx").rename(tmp_path / "drop" / "belts.xlsx")
    async with run_source(one) as got:
        await soon(lambda: there(tmp_path, "done"))
    assert read(got) == [(0, 610.5, 1200), (2, 3.5, 1200), (0, 600.0, 600), (1, 0.0, 600)]
    assert there(tmp_path, "done") == {"belts.xlsx"}, "an empty cell of a column is no fault"


async def test_each_refused_row_is_told_with_line_column_and_reason_in_the_language_of_the_works(
    tmp_path: Path,
) -> None:
    one = source(tmp_path, language="ru")
    rows = [
        "3;A-1;300000;30.09.2026 11:30",
        "3;A-2;триста;30.09.2026 11:31",
        "3;A-3;300000;32.09.2026 11:32",
        "3;A-4;;30.09.2026 11:33",
        "3;A-5;300000;01.10.2026 11:34",
        "3;A-6;300000",
        "3;A-7;300000;30.09.2026 11:36;x",
        "3;A-8;NaN;30.09.2026 11:37",
        "3;;300000;30.09.2026 11:38",
        "3;A-9;300000;30.09.2026 11:39",
    ]
    drop(tmp_path, "a.csv", LADLES + "\n".join(rows))
    async with run_source(one) as got:
        await soon(lambda: there(tmp_path, "done"))
    assert [key for key, _, _ in told(got)] == ["A-1", "A-9"]
    report = (tmp_path / "drop/done/a.csv.report.txt").read_text().splitlines()
    assert report[:2] == ["a.csv: принято строк: 2", "отклонено строк: 8"]
    assert report[2].startswith("строка 3, C3 (вес, кг): «триста» — не количество")
    assert report[3].startswith("строка 4, D4 (Взвешен): «32.09.2026 11:32»")
    assert report[4] == "строка 5, C5 (вес, кг): пусто (вес, кг): заполните"
    assert report[5].startswith("строка 6, D6 (Взвешен): время ещё не наступило (01.10.2026 11:34; сейчас 30.09.2026")
    assert report[6].startswith("строка 7: ячеек 3, а в заголовке 4")
    assert report[7].startswith("строка 8: ячеек 5, а в заголовке 4")
    assert len(report) == 10
    refused = [item for delivery in got for item in delivery.rejections]
    assert [item.event_key for item in refused][:2] == ["A-2", "A-3"]
    assert refused[0].detail.startswith('a.csv, row 3: "триста" is no amount')
    assert refused[3].reason is Reason.FUTURE_CLOCK


@pytest.mark.parametrize("letters", ["Ковш № 3", "ковш"])
async def test_a_row_with_wrong_bytes_harms_itself_alone(tmp_path: Path, letters: str) -> None:
    one = source(tmp_path)
    good = [f"{letters};A-{number};300000;30.09.2026 11:3{number}\n".encode() for number in range(3)]
    good[1] = good[1].replace(letters.encode(), b"\xd0\xff\xfe 3")
    drop(tmp_path, "a.csv", LADLES.encode() + b"".join(good))
    async with run_source(one) as got:
        await soon(lambda: there(tmp_path, "done"))
    assert [key for key, _, _ in told(got)] == ["A-0", "A-2"]
    assert "row 3: it holds bytes that are no letters of UTF-8" in (tmp_path / "drop/done/a.csv.report.txt").read_text()


async def test_of_an_hour_that_comes_twice_the_second_is_meant_below_the_first(tmp_path: Path) -> None:
    """On 2026-10-25 the clocks of Berlin go back from 03:00 to 02:00."""
    gauge = {"kind": TagKind.GAUGE, "unit_of_measure": "t/h", "product": None}
    one = source(tmp_path, (tag("belt", **gauge), address(time="at", value="v")), zone="Europe/Berlin", clock="trust")
    local = ["01:30", "02:10", "02:50", "02:05", "02:55", "03:10"]
    drop(tmp_path, "a.csv", "at;v\n" + "".join(f"26.10.2025 {clock};1\n" for clock in local))
    async with run_source(one) as got:
        await soon(lambda: there(tmp_path, "done"))
    seconds = [ago for _, _, ago in read(got)]
    assert [(before - after) // 60 for before, after in itertools.pairwise(seconds)] == [40, 40, 15, 50, 15]


async def test_a_table_whose_newest_rows_come_first_is_handed_on_in_the_order_of_its_times(tmp_path: Path) -> None:
    rate = tag("belt", TagKind.RATE, unit_of_measure="t/h", grams_per_unit=1e6)
    one = source(
        tmp_path,
        (rate, address(time="at", value="v")),
        newest_ns={"bf3.belt": NOW_NS - 9000 * 10**9},
        kinds={"ladles": {"files": ["*.csv"], "time_format": "%d/%m/%Y %H-%M-%S", "number_format": "1234.5"}},
    )
    times = [NOON + timedelta(hours=5, seconds=-second) for second in range(12_000)]
    drop(tmp_path, "a.csv", "at,v\n" + "".join(f"{at:%d/%m/%Y %H-%M-%S},600.125\n" for at in times))
    async with run_source(one) as got:
        await soon(lambda: there(tmp_path, "done"))
    ages = [ago for _, _, ago in read(got)]
    assert ages == list(range(8999, -1, -1))
    assert max(len(delivery.readings) for delivery in got if delivery.readings is not None) <= 5_000
    report = (tmp_path / "drop/done/a.csv.report.txt").read_text()
    assert "bf3.belt: readings from before what is counted already: 3,000" in report


async def test_a_quote_that_is_never_closed_loses_no_row_before_it(tmp_path: Path) -> None:
    one = source(tmp_path)
    drop(tmp_path, "a.csv", LADLES + '3;A-1;300000;30.09.2026 11:30\n3;"A-2;300000;30.09.2026 11:31\n')
    async with run_source(one) as got:
        await soon(lambda: there(tmp_path, "rejected"))
    assert [key for key, _, _ in told(got)] == ["A-1"]
    report = (tmp_path / "drop/rejected/a.csv.report.txt").read_text()
    assert report.startswith("from there on nothing was read: a.csv: the quote that opens in the row of line 3")
    assert "rows taken: 1" in report
