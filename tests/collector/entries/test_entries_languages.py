"""What imports, plans, corrections and closings say, in the language that was asked for."""

from pathlib import Path

import pytest

from collector.files import watch
from tests.collector.entries.conftest import Answer, Command
from tests.collector.files.forms import csv_file
from tests.collector.files.workbooks import workbook_file

HEADER = "start,end,unit,product,tonnes,status,key\n"
AUGUST = HEADER + "2026-08-01,2026-09-01,bf3,pig_iron,140000,refined,A\n"
RESTATED = HEADER + "2026-08-01,2026-09-01,bf3,pig_iron,141000,refined,A\n"
IN_RUSSIAN, IN_KAZAKH = ("--lang", "ru"), ("--lang", "kk")


def lines(answer: Answer) -> list[str]:
    # A number of thousands has no-break spaces.
    return (answer.out + answer.err).replace("\u00a0", " ").splitlines()


def test_an_import_tells_in_russian_what_was_read_and_replaced(tundish: Command, tmp_path: Path) -> None:
    first = tundish("import", csv_file(tmp_path, AUGUST), *IN_RUSSIAN)
    assert lines(first) == [
        "figures.csv: импорт 1; новых 1, без изменений 0, заменено 0, отклонено 0",
        "  прочитаны столбцы: start, end, unit, product, tonnes, status, key",
        "  места: ДП 3",
        "  с 01.08.2026 по 31.08.2026",
        "  прочитано как CSV, UTF-8, разделитель: ,",
        "  итого по файлу, т: Чугун, агрегаты: 140 000,0 | план: - | прошлый месяц, столько же суток: -",
    ]
    second = tundish("import", csv_file(tmp_path, RESTATED, "again.csv"), *IN_RUSSIAN)
    assert [line for line in lines(second) if "заменено" in line] == [
        "again.csv: импорт 2; новых 0, без изменений 0, заменено 1, отклонено 0",
        "  заменено: ДП 3, Чугун, 01.08.2026 00:00 – 01.09.2026 00:00, 140 000,000 т -> 141 000,000 т",
    ]
    taken_back = tundish("import", "--withdraw", csv_file(tmp_path, AUGUST), "--by", "Anna", *IN_KAZAKH)
    assert lines(taken_back)[0] == "figures.csv: қайтарып алынған сандар: 0"
    assert lines(taken_back)[1].endswith("again.csv); бұл файлда 140 000,000 т")


def test_one_refusal_is_told_in_each_language(tundish: Command, tmp_path: Path) -> None:
    file = csv_file(tmp_path, HEADER + "2099-08-01,2026-09-01,bf3,pig_iron,1,,\nx,2026-08-01,bf9,pig_iron,5,,\n")
    said = {language: lines(tundish("import", file, "--lang", language)) for language in ("en", "ru", "kk")}
    assert (
        said["en"][1] == "  figures.csv, row 2: its end 2026-09-01 is not after its start 2099-08-01: fix one of them"
    )
    assert (
        said["ru"][1] == "  figures.csv, строка 2: конец 2026-09-01 не позже начала 2099-08-01: исправьте одно из двух"
    )
    assert said["kk"][1] == "  figures.csv, 2-жол: соңы 2026-09-01 басынан (2099-08-01) кейін емес: біреуін түзетіңіз"
    assert said["ru"][2].startswith("  figures.csv, строка 3: агрегат «bf9»: такого названия в конфигурации нет")
    assert said["ru"][0] == "tundish: figures.csv: ничего не импортировано, отклонено строк: 2"


def test_a_sheet_that_was_not_read_is_named_in_kazakh(tundish: Command, tmp_path: Path) -> None:
    days = [
        ["start", "end", "unit", "product", "План, т", "Факт, т"],
        ["01.08.2026", "02.08.2026", "bf3", "pig_iron", 1, 2],
    ]
    file = workbook_file(tmp_path / "f.xlsx", {"sheets": {"Күн": days, "Ескі": [["x"]]}, "hidden_sheets": ["Ескі"]})
    said = lines(tundish("import", file, *IN_KAZAKH))
    assert "  оқылмады: Ескі парағы, ол жасырын" in said
    assert "  оқылмады: Күн парағы, E бағаны «План, т», онда жоспарлар (оларды tundish plan import оқиды)" in said


def test_dates_in_russian_and_kazakh_are_day_month_year(tundish: Command, tmp_path: Path) -> None:
    ahead = csv_file(tmp_path, HEADER + "2099-08-01,2099-09-01,bf3,pig_iron,1,,\n")
    for language, words in (("ru", "конец ещё не наступил (01.09.2099 "), ("kk", "соңы әлі келген жоқ (01.09.2099 ")):
        assert words in tundish("import", ahead, "--lang", language).err
    assert "it ends in the future (2099-09-01 " in tundish("import", ahead).err


def test_plans_are_imported_shown_and_withdrawn_in_russian(tundish: Command, tmp_path: Path) -> None:
    plan = csv_file(tmp_path, "month,unit,product,tonnes\n2026-08,bf3,pig_iron,155000\n", "plan.csv")
    assert lines(tundish("plan", "import", plan, *IN_RUSSIAN))[0] == (
        "plan.csv: импорт 1; новых 1, без изменений 0, заменено 0, отклонено 0"
    )
    shown = tundish("plan", "show", *IN_RUSSIAN).out.replace("\u00a0", " ")
    assert all(word in shown for word in ("месяц", "продукция", "08.2026", "155 000,000"))
    days = tundish("plan", "show", "--days", "--month", "08.2026", *IN_KAZAKH).out.replace("\u00a0", " ")
    assert all(word in days for word in ("тәулік", "31.08.2026", "5 000,000"))
    assert lines(tundish("plan", "show", "--month", "2026-07", *IN_RUSSIAN)) == ["на месяц 07.2026 планов нет"]
    gone = tundish("plan", "withdraw", "2026-08", "--unit", "bf3", "--product", "pig_iron", *IN_RUSSIAN)
    assert lines(gone) == ["план отозван: Чугун, ДП 3, 08.2026"]


def test_a_month_is_closed_and_corrected_in_russian_and_kazakh(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, AUGUST))
    change = ("--day", "2026-08-31", "--unit", "bf3", "--product", "pig_iron", "--by", "Anna", "--reason", "survey")
    posted = lines(tundish("correct", *change, "--tonnes", "-14000", "--confirm", *IN_RUSSIAN))
    assert posted == [
        "A1: -14 000,000 т, Чугун, ДП 3, за 31.08.2026; относится к 08.2026, проведено в 08.2026",
        "  внимание: это 10,0 % от месяца 08.2026, больше 3 %: её стоит проверить",
    ]
    assert "проведено в" in tundish("correct", "--list", *IN_RUSSIAN).out
    assert lines(tundish("close", "2026-08", "--by", "Anna", *IN_KAZAKH)) == [
        "08.2026 айы жабылды: Anna; бекітілген сандар: 3"
    ]
    again = tundish("close", "2026-08", "--by", "Anna", *IN_RUSSIAN)
    assert (again.code, again.err) == (1, "tundish: месяц 08.2026 уже закрыт\n")
    booked = tundish("correct", *change, "--tonnes", "5", "--booked", "2026-08", *IN_KAZAKH)
    assert booked.err.startswith("tundish: 08.2026 айы жабылған: ")
    late = tundish("import", csv_file(tmp_path, RESTATED), *IN_RUSSIAN)
    assert "строка 2: месяц 08.2026 закрыт: проведите корректировку (tundish correct)" in late.err
    opened = tundish("close", "2026-08", "--by", "Anna", "--reopen", "--reason", "ошибка", *IN_RUSSIAN)
    assert lines(opened) == ["месяц 08.2026 снова открыт: Anna, ошибка; запись о закрытии остаётся"]


def test_a_slip_on_the_command_line_is_told_in_the_language(tundish: Command, tmp_path: Path) -> None:
    refused = tundish("import", csv_file(tmp_path, AUGUST), "--unit-of-measure", "lb", *IN_RUSSIAN)
    assert (refused.code, refused.err) == (2, "tundish: --unit-of-measure lb неизвестно: укажите t, kt или kg\n")
    month = tundish("plan", "withdraw", "soon", "--product", "pig_iron", *IN_KAZAKH)
    assert month.err == "tundish: «soon» — ай емес: 08.2025 түрінде жазыңыз\n"


def test_the_variable_sets_the_language_and_the_option_goes_before_it(
    tundish: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUNDISH_LANG", "kk")
    assert "жаңа 1, өзгеріссіз 0" in tundish("import", csv_file(tmp_path, AUGUST)).out
    assert "Ай" in tundish("report", "month", "--period", "2026-08").out
    assert "08.2025 түрінде жазыңыз" in tundish("report", "month", "--period", "soon").err
    assert "без изменений 1" in tundish("import", csv_file(tmp_path, AUGUST), *IN_RUSSIAN).out


def test_the_report_beside_a_form_is_in_the_language(
    tundish: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    csv_file(inbox, AUGUST, "good.csv")
    csv_file(inbox, 'start;end;unit;product;tonnes\n2026-08-01;2026-08-02;bf3;pig_iron;"5\n', "quote.csv")
    (inbox / "linked.csv").symlink_to(tmp_path / "elsewhere.csv")

    def ends(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "SETTLED_S", 0.0)
    monkeypatch.setattr(watch, "_wait", ends)
    said = lines(tundish("import", "--watch", inbox, *IN_RUSSIAN))
    assert said[0] == f"слежу за папкой {inbox}, до Ctrl-C"
    reports = {path.name: path.read_text(encoding="utf-8") for path in inbox.glob("*/*.report.txt")}
    assert reports["good.csv.report.txt"].startswith("good.csv: импорт 1; новых 1, без изменений 0")
    assert reports["quote.csv.report.txt"].startswith("quote.csv: кавычка, открытая в строке 2, нигде не закрыта")
    assert reports["linked.csv.report.txt"].startswith("linked.csv — ссылка, по ссылкам ничего не читается")
    missing = tundish("import", "--watch", tmp_path / "none", *IN_RUSSIAN)
    assert missing.err.endswith("none — не папка: создайте её или назовите другую\n")


def test_repairs_are_entered_listed_and_withdrawn_in_kazakh(tundish: Command) -> None:
    at = ("--unit", "bf3", "--from", "2026-08-04", "--to", "2026-08-06", "--approved-by", "Director")
    assert lines(tundish("repair", "add", *at, *IN_KAZAKH)) == [
        "R1: ағымдағы жөндеу, bf3, 2026-08-04 – 2026-08-06, бекіткен: Director"
    ]
    listed = tundish("repair", "list", *IN_KAZAKH).out
    assert all(word in listed for word in ("ағымдағы жөндеу", "04.08.2026 00:00", "бекіткен"))
    assert (
        tundish("repair", "withdraw", "R9", *IN_KAZAKH).err == "tundish: R9 жөндеуі жоқ: tundish repair list қараңыз\n"
    )
    assert lines(tundish("repair", "withdraw", "R1", *IN_KAZAKH)) == ["R1 жөндеуі қайтарып алынды"]
