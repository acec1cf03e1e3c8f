"""Accidents are stated by the works' own number; a later word stands in the place of an earlier one, which is kept."""

from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from collector.config.load import load
from collector.entries.accidents import accident_form, enter_accident, record_accidents, withdraw_accident
from collector.entries.entry_file import EntryFile
from collector.errors import EntryRefused, ToConfirm
from collector.files.accident_file import accident_of, typed_row
from collector.storage.ledger import accidents as ledger_accidents
from collector.storage.ledger import measures as ledger_measures
from collector.storage.ledger import recorded_changes
from models.access.recorded_change import ActKind, ChangedField
from models.stated.accident import AccidentWord, standing_accidents
from models.stated.measure import MeasureKind
from models.works.calendar import wall_ns
from models.works.localize import LANGUAGES
from tests.collector.entries.conftest import Command

HEAD = "incident,time of injury,place,kind,cause,victims,fatal,days lost,note\n"
ROW = "7/2025,2025-08-14 10:30,mine1,rock_fall,rules,2,1,14,longwall 3\n"
PEOPLE = "place,month,employed,hours worked,source,published\n"


@pytest.fixture
def tundish(tundish: Command) -> Command:
    """Accidents of 2025 are entered, whatever year it is."""
    asks = (("incident", "add"), ("incident", "import"))
    return lambda *words: tundish(*words, *(["--confirm"] if words[:2] in asks else []))


def said(works: Path) -> list[AccidentWord]:
    return EntryFile(load(works)).read(ledger_accidents.read)


def written(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_accident_is_imported_and_listed_in_three_languages(tundish: Command, works: Path, tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + ROW)
    assert "nothing was recorded; new would be: 1" in tundish("incident", "import", file, "--dry-run").out
    assert "new: 1, replaced: 0, the same: 0" in tundish("incident", "import", file, "--by", "S.").out
    assert "new: 0, replaced: 0, the same: 1" in tundish("incident", "import", file).out
    (one,) = said(works)
    assert (one.number, one.shop, one.unit, one.victims, one.fatal, one.days_lost) == (
        *("7/2025", "mines", "mine1", 2, 1, 14),
    )
    for language, words in (
        ("en", ("Mine 1", "Fall of rock", "2025-08-14 10:30", "S.")),
        ("ru", ("Шахта 1", "Обрушение горной массы", "14.08.2025 10:30")),
        ("kk", ("Тау жынысының опырылуы", "Қауіпсіздік ережесін бұзу")),
    ):
        listed = tundish("incident", "list", "--lang", language).out
        for word in words:
            assert word in listed


def test_a_russian_spreadsheet_names_the_shop_and_the_time_of_the_injury(
    tundish: Command, works: Path, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Журнал несчастных случаев"])
    book.active.append(["Номер случая", "Дата и время", "Место", "Вид", "Пострадавшие", "Погибшие"])
    book.active.append([12, "03.09.2025 04:15", "Шахты", "Взрыв, вспышка, пожар", 1, 0])
    path = tmp_path / "случаи.xlsx"
    book.save(path)
    assert "новых: 1" in tundish("incident", "import", path, "--lang", "ru").out
    (one,) = said(works)
    assert (one.number, one.shop, one.unit, one.cause, one.days_lost) == ("12", "mines", "all", "", None)
    assert "устанавливается" in tundish("incident", "list", "--lang", "ru").out


def test_an_accident_is_typed_corrected_and_withdrawn_and_every_word_is_kept(tundish: Command, works: Path) -> None:
    given = ("--at", "2025-08-14 10:30", "--place", "Mine 1", "--kind", "Burn, hot metal or steam")
    assert "7 is recorded" in tundish("incident", "add", "7", *given, "--victims", 1).out
    assert "recorded so already" in tundish("incident", "add", "7", *given, "--victims", 1).out
    assert "7 is recorded" in tundish("incident", "add", "7", *given, "--victims", 2, "--by", "chief").out
    assert [each.victims for each in said(works)] == [1, 2]
    assert [each.victims for each in standing_accidents(said(works))] == [2]
    assert "is withdrawn" in tundish("incident", "withdraw", "7").out
    assert "there is no accident 7" in tundish("incident", "withdraw", "7").err
    assert standing_accidents(said(works)) == []
    assert [each.victims for each in standing_accidents(said(works), said(works)[1].recorded_ns)] == [2]
    entries = EntryFile(load(works))
    acts = entries.read(lambda connection: recorded_changes.newest(connection, entries.plant, ActKind.ACCIDENT, 9))
    assert [(act.done, act.fields) for act in acts] == [
        ("withdrawn", (ChangedField("victims", "2", ""), ChangedField("fatal", "0", ""))),
        ("corrected", (ChangedField("victims", "1", "2"),)),
        ("entered", (ChangedField("victims", "", "1"), ChangedField("fatal", "", "0"))),
    ]


BAD = {
    "8,2150-08-14 10:30,mine1,gas,,1,,,": "2150-08-14 10:30 has not come yet",
    "8,2025-08-14,mine1,gas,,1,,,": "has no time of day",
    "8,2025-08-14 25:00,mine1,gas,,1,,,": "25:00",
    "8,2025-08-14 10:30,mine9,gas,,1,,,": '"mine9" is no shop and no unit of the works; known: mines, iron, mine1',
    "8,2025-08-14 10:30,mine1,curse,,1,,,": '"curse" is not in the configuration',
    "8,2025-08-14 10:30,mine1,gas,fate,1,,,": '"fate" is not in the configuration',
    "8,2025-08-14 10:30,mine1,gas,,1,2,,": "2 fatal are more than 1 victims",
    "8,2025-08-14 10:30,mine1,gas,,,,,": "victims is empty",
    "8,2025-08-14 10:30,mine1,gas,,-1,,,": "-1 is no whole number from 0",
    "8,2025-08-14 10:30,mine1,gas,,1.5,,,": "1.5 is no whole number from 0",
    "8,2025-08-14 10:30,mine1,gas,,1,,999999999,": "is no whole number from 0 to 100,000 (days lost)",
    ",2025-08-14 10:30,mine1,gas,,1,,,": "incident is empty",
    "7/2025,2025-08-15 10:30,mine2,gas,,1,,,": "row 2 is about the same",
}


@pytest.mark.parametrize("row", BAD)
def test_a_bad_row_refuses_the_whole_file_with_its_place_and_the_reason(
    row: str, tundish: Command, works: Path, tmp_path: Path
) -> None:
    refused = tundish("incident", "import", written(tmp_path, f"{HEAD}{ROW}{row}\n"))
    assert refused.code == 1
    assert "row 3: " in refused.err
    assert BAD[row] in refused.err
    assert not (works.parent / "data" / "ledger.db").exists()


def test_what_is_typed_badly_is_refused_as_in_a_file(tundish: Command, works: Path) -> None:
    given = ("incident", "add", "7", "--at", "2025-08-14 10:30", "--kind", "gas", "--victims")
    assert "2 fatal are more than 1 victims" in tundish(*given, 1, "--fatal", 2, "--place", "mine1").err
    assert '"mine9" is no shop and no unit' in tundish(*given, 1, "--place", "mine9").err
    assert "many" in tundish(*given, "many", "--place", "mine1").err
    assert not (works.parent / "data" / "ledger.db").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_stands_for_an_accident_of_another_year_is_not_taken_over(
    tundish: Command, works: Path, tmp_path: Path, language: str
) -> None:
    assert tundish("incident", "import", written(tmp_path, HEAD + ROW.replace("7/2025", "7"))).code == 0
    later = written(tmp_path, HEAD + ROW.replace("7/2025", "7").replace("2025-08-14", "2026-01-03"))
    refused = tundish("incident", "import", later, "--lang", language)
    assert refused.code == 1
    assert "7/2026" in refused.err
    assert len(said(works)) == 1


def test_who_saw_an_older_word_of_an_accident_does_not_overwrite_the_newer_one(tundish: Command, works: Path) -> None:
    entries = EntryFile(load(works))
    typed = {"number": "7", "at": "2025-08-14 10:30", "place": "mine1", "kind": "gas", "victims": "1"}
    first = accident_of(typed_row(typed), accident_form(entries, "Aliya"))
    second = accident_of(typed_row({**typed, "victims": "2"}), accident_form(entries, "Serik"))
    assert enter_accident(entries, first, 0, confirmed=True)
    seen_ns = said(works)[0].recorded_ns
    assert enter_accident(entries, second, seen_ns, confirmed=True)
    for act in (
        lambda: enter_accident(entries, first, seen_ns, confirmed=True),
        lambda: withdraw_accident(entries, "7", "Aliya", seen_ns),
    ):
        with pytest.raises(EntryRefused, match="Serik changed accident 7 meanwhile"):
            act()
    with pytest.raises(EntryRefused, match="number 7 stands already, for an accident of 2025-08-14: take another"):
        enter_accident(entries, first, 0, confirmed=True)
    assert [each.victims for each in standing_accidents(said(works))] == [2]


def test_people_and_hours_of_months_are_imported_and_listed(tundish: Command, works: Path, tmp_path: Path) -> None:
    rows = "mines,2025-08,1200,180000,form 7,2025-09-05\nвсе,август 2025,9000,1400000,form 7,2025-09-05\n"
    assert "new: 4" in tundish("incident", "hours", written(tmp_path, PEOPLE + rows)).out
    stated = EntryFile(load(works)).read(lambda connection: ledger_measures.read(connection, {}))
    assert {(each.subject, each.kind, str(each.value)) for each in stated} == {
        ("mines", MeasureKind.EMPLOYED, "1200"), ("mines", MeasureKind.HOURS_WORKED, "180000"),
        ("all", MeasureKind.EMPLOYED, "9000"), ("all", MeasureKind.HOURS_WORKED, "1400000"),
    }  # fmt: skip
    listed = tundish("incident", "hours", "--lang", "ru").out
    for words in ("Шахты", "Комбинат", "август 2025", "отработано часов", "1 400 000".replace(" ", "\xa0")):
        assert words in listed
    assert "nothing is stated yet" in tundish("project", "list").out


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("mine9,2025-08,10,1500,form 7,2025-09-05", '"mine9" is not in the configuration'),
        ("mines,2025-01..2025-08,10,1500,form 7,2025-09-05", "is more than a month"),
        ("mines,2025-08,1200,180,form 7,2025-09-05", "give the hours of all of them"),
        ("mines,2025-08,10,18000,form 7,2025-09-05", "give the hours of all of them"),
        ("mines,2025-08,-1,1500,form 7,2025-09-05", "is below zero"),
        ("mines,2150-08,10,1500,form 7,2025-09-05", "2150-08 is in the future"),
    ],
)
def test_bad_months_of_people_and_hours_are_refused(row: str, why: str, tundish: Command, tmp_path: Path) -> None:
    refused = tundish("incident", "hours", written(tmp_path, f"{PEOPLE}{row}\n"))
    assert refused.code == 1
    assert why in refused.err


def test_a_works_names_its_own_kinds_and_causes_and_none_twice(tundish: Command, works: Path, tmp_path: Path) -> None:
    text = works.read_text(encoding="utf-8")
    kinds = "accidents:\n  kinds:\n    - {code: outburst, names: {en: Outburst, ru: Внезапный выброс}}\n"
    works.write_text(text + kinds, encoding="utf-8")
    row = ROW.replace("rock_fall", "Внезапный выброс")
    assert "new: 1" in tundish("incident", "import", written(tmp_path, HEAD + row)).out
    assert "known: outburst" in tundish("incident", "import", written(tmp_path, HEAD + ROW)).err
    works.write_text(text + kinds + "    - {code: outburst, names: {en: Again}}\n", encoding="utf-8")
    refused = tundish("incident", "list")
    assert refused.code == 2
    assert "accidents.kinds[1].code: 'outburst' is already given" in refused.err.replace("\n", " ")


@pytest.mark.parametrize(
    ("language", "hurt", "nothing", "days"),
    [
        ("en", "No. 7/2025, Mine 1: hurt 2, fatally 1. Days without an accident: 0", "Accidents: not entered",
         "Accidents: none entered. Days without an accident: 17"),
        ("ru", "№ 7/2025, Шахта 1: пострадали 2, погиб\u00a01. Суток без несчастных случаев: 0",
         "Несчастные случаи: не введено", "Несчастные случаи: не внесены. Суток без несчастных случаев: 17"),
        ("kk", "зардап шеккені 2, қаза тапқаны 1. Жазатайым оқиғасыз тәулік саны: 0",
         "Жазатайым оқиғалар: енгізілмеген",
         "Жазатайым оқиғалар: енгізілген оқиға жоқ. Жазатайым оқиғасыз тәулік саны: 17"),
    ],
)  # fmt: skip
def test_the_daily_report_ends_with_the_incidents_of_the_day_and_the_days_without_any(
    tundish: Command, tmp_path: Path, language: str, hurt: str, nothing: str, days: str
) -> None:
    figures = written(tmp_path, "start,end,unit,product,tonnes\n2025-08-01,2025-09-01,bf3,pig_iron,310\n", "f.csv")
    assert tundish("import", figures).code == 0
    asked = ("report", "day", "--lang", language, "--period")
    assert nothing in tundish(*asked, "2025-08-14").out
    assert tundish("incident", "import", written(tmp_path, HEAD + ROW)).code == 0
    assert hurt in tundish(*asked, "2025-08-14").out
    assert days in tundish(*asked, "2025-08-31").out
    assert nothing in tundish(*asked, "2025-08-31", "--as-known-on", "2025-09-01").out, "it was entered later"


def test_the_briefing_tells_what_was_stated_of_safety_and_strict_refuses_what_is_missing(
    tundish: Command, tmp_path: Path
) -> None:
    asked = ("report", "briefing", "--period", "2025-08", "--lang", "ru")
    assert tundish("incident", "import", written(tmp_path, HEAD + ROW)).code == 0
    told = tundish(*asked).out.replace("\xa0", " ")
    assert "Пострадали на производстве за август 2025 года: 2 человека, погиб 1." in told
    assert "LTIFR не рассчитан: отработанные часы не внесены за август 2025 года." in told
    assert "LTIFR не рассчитан" in tundish(*asked, "--strict").err
    assert "Промышленная безопасность" not in tundish(*asked, "--without", "safety").out
    rows = f"{PEOPLE}all,2025-08,4000,600000,form 7,2025-09-05\n"
    assert tundish("incident", "hours", written(tmp_path, rows)).code == 0
    told = tundish(*asked).out.replace("\xa0", " ")
    assert "Пострадавших на 1000 работающих: 0,5." in told
    assert "LTIFR (травм на миллион отработанных часов): 3,33." in told
    assert "2 / 600 000 ч. Источник: form 7 (05.09.2025)" in told


def test_an_accident_of_a_year_long_over_is_recorded_once_that_is_confirmed(works: Path, tmp_path: Path) -> None:
    now_ns = wall_ns(ZoneInfo("Asia/Almaty"), date(2026, 2, 3), time(12))
    entries = EntryFile(load(works), lambda: now_ns)
    form = accident_form(entries, "S.")
    typed = {"number": "7", "at": "2025-01-01 00:10", "place": "mine1", "kind": "gas", "victims": "1"}
    assert enter_accident(entries, accident_of(typed_row(typed), form)), "last year is not asked about"
    old = accident_of(typed_row(typed | {"number": "8", "at": "2024-12-31 23:50"}), form)
    with pytest.raises(ToConfirm, match="accident 8 is dated 2024-12-31, neither of this year nor of the last"):
        enter_accident(entries, old)
    with pytest.raises(ToConfirm):
        record_accidents(entries, [old], "file.csv")
    assert [word.number for word in said(works)] == ["7"]
    assert enter_accident(entries, old, confirmed=True)
    later = accident_of(typed_row(typed | {"number": "8", "at": "2024-12-31 23:50", "days_lost": "9"}), form)
    assert enter_accident(entries, later), "it stands so, and is corrected in another field"


def test_every_fault_of_a_command_is_told_at_once_with_its_field(works: Path, tundish: Command) -> None:
    refused = tundish("incident", "add", "7", "--at", "soon", "--place", "roof", "--kind", "gas", "--victims", "-1").err
    told = refused.replace("\n", " ")
    for words in ('place: "roof" is no shop', 'time of injury: "soon" is not a date', "victims: -1 is no whole number"):
        assert words in told
