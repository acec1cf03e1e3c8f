"""Files that mines and scales drop, from rows to ledger: twice, corrected, killed between disk and move."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import apsw
import pytest
from openpyxl import Workbook

from collector.config.settings import Settings
from collector.entries.entry_file import EntryFile
from collector.service.service import opened
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger import statements
from collector.storage.ledger.ledger import Ledger
from collector.storage.quarantine.browser import QuarantineBrowser
from models.works.codes import Reason
from tests.collector.service.steel_works import soon
from tests.collector.service.works_document import works_settings, works_yaml, write_works
from tests.support.collector_process import CollectorProcess
from tests.support.ports import free_port

TAPS = {
    "signal": "taps",
    "kind": "event",
    "source": "drop",
    "product": "pig_iron",
    "unit_of_measure": "t",
    "source_unit_of_measure": "kg",
    "cadence": "1s",
    "file": "taps",
    "key": "Выпуск",
    "tonnes": "Вес, кг",
    "end": "Конец",
}
BELT = {
    "signal": "belt",
    "kind": "rate",
    "source": "drop",
    "product": "coal_raw",
    "unit_of_measure": "t/h",
    "high": 2000,
    "cadence": "60s",
    "longest_bridge": "5m",
    "file": "belt",
    "time": "Время",
    "value": "т/ч",
}
DROP = {
    "name": "drop",
    "type": "files",
    "folder": "drop",
    "poll": "100ms",
    "language": "ru",
    "settle": "200ms",
    "kinds": {
        "taps": {"files": ["taps*.csv"]},
        "belt": {"files": ["belt*.csv"]},
        "shifts": {"files": ["смена*.xlsx"], "what": "figures"},
    },
}


def document(folder: Path) -> dict[str, object]:
    (folder / "drop").mkdir(exist_ok=True)
    shops = works_yaml()["shops"]
    for shop in shops:
        for unit in shop["units"]:
            unit["tags"] = [{"mine1": BELT, "bf3": TAPS}[unit["code"]]] if unit["code"] in ("mine1", "bf3") else []
            unit["by_hand"] = ["iron_ore"] if unit["code"] == "mine2" else []
        shop["units"] = [unit for unit in shop["units"] if unit["tags"] or unit["by_hand"]]
    return {"sources": [DROP], "metrics": {"port": free_port()}, "shops": shops}


def settings_of(folder: Path) -> Settings:
    return works_settings(folder, **document(folder))


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    (folder / name).rename(folder / "drop" / name)


def local(minutes_ago: float) -> str:
    at = datetime.now(ZoneInfo("Asia/Almaty")) - timedelta(minutes=minutes_ago)
    return at.strftime("%d.%m.%Y %H:%M:%S")


def taps(*rows: tuple[str, float, str]) -> str:
    return "Выпуск;Вес, кг;Конец\n" + "".join(f"{key};{weight};{end}\n" for key, weight, end in rows)


def done(folder: Path) -> set[str]:
    return {path.name for path in (folder / "drop" / "done").glob("*")}


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[None]:
    async with opened(settings) as service:
        await soon(lambda: not service.readiness().waiting_for)
        yield


async def counted(settings: Settings) -> dict[str, int]:
    ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=None)
    found = ledger.read(ledger_reads.totals)
    await ledger.close()
    return dict(found)


async def test_a_file_that_comes_twice_changes_nothing_and_a_corrected_one_is_taken_or_waits(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    rows = [("1", 400_000, local(300)), ("2", 410_500, local(100)), ("3", 399_000, local(5))]
    async with running(settings):
        put(tmp_path, "taps.csv", taps(*rows))
        await soon(lambda: done(tmp_path) == {"taps.csv"})
        put(tmp_path, "taps again.csv", taps(*rows))
        await soon(lambda: len(done(tmp_path)) == 2)
    assert await counted(settings) == {"bf3.taps": 1_209_500_000}
    async with running(settings):
        # A kilogram of a weighing is corrected; the other is quite another weight under a known number.
        put(tmp_path, "taps.csv", taps(("1", 401_000, rows[0][2]), ("2", 41_050, rows[1][2]), rows[2]))
        await soon(lambda: "taps-2.csv" in done(tmp_path))
    assert await counted(settings) == {"bf3.taps": 1_210_500_000}
    (waiting,) = QuarantineBrowser(settings.data_dir, time.time_ns).listed("open", 10)
    assert waiting.record.rejection.reason is Reason.KEY_REUSED
    assert waiting.record.rejection.event_key == "2"
    assert {name for name in done(tmp_path) if not name.endswith(".csv")} == {"taps-2.csv.report.txt"}
    report = (tmp_path / "drop" / "done" / "taps-2.csv.report.txt").read_text(encoding="utf-8")
    assert "taps.csv: принято строк: 3" in report
    at = rows[1][2][:-3]
    assert (
        f"строка 3, 2: учтено 410,5 т ({at}), в файле 41,05 т ({at}): слишком большая разница для исправления. "
        f"Если прав файл: tundish quarantine replay {waiting.name}; если нет: tundish quarantine drop {waiting.name}"
    ) in report


async def test_what_a_file_says_and_nobody_believes_is_told_beside_it_in_each_language(tmp_path: Path) -> None:
    """A weight beyond its limits, and a belt beyond what it can carry: neither is found in the cells themselves."""
    words = {"en": "tonnes outside the limits", "ru": "значения вне заданных пределов", "kk": "карантинде күтуде: 1"}
    for language, said in words.items():
        folder = tmp_path / language
        folder.mkdir()
        wanted = document(folder)
        wanted["sources"] = [DROP | {"language": language}]
        shops = wanted["shops"]
        assert isinstance(shops, list)
        for unit in (unit for shop in shops for unit in shop["units"]):
            unit["tags"] = [tag | {"high": 500} for tag in unit["tags"]]
        settings = works_settings(folder, **wanted)
        text = {
            "en": ("taps.csv", taps(("1", 400_000, local(300)), ("2", 910_500, local(100)))),
            "ru": ("belt.csv", f"Время;т/ч\n{local(20)};400\n{local(19)};4000\n"),
            "kk": ("belt.csv", f"Время;т/ч\n{local(20)};400\n{local(19)};4000\n"),
        }[language]
        async with running(settings):
            put(folder, *text)
            await soon(lambda folder=folder, name=text[0]: name in done(folder))
        report = (folder / "drop" / "done" / f"{text[0]}.report.txt").read_text(encoding="utf-8")
        assert said in report
        assert "tundish quarantine" in report


@pytest.mark.long
async def test_after_a_kill_between_disk_and_move_nothing_is_lost_or_counted_twice(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    plant = write_works(tmp_path, works_yaml(**document(tmp_path)))
    belt = "Время;т/ч\n" + "".join(f"{local(60 - minute)};600\n" for minute in range(31))
    (tmp_path / "drop" / "done").write_text("in the way: nothing can be moved", encoding="utf-8")
    put(tmp_path, "taps.csv", taps(("1", 400_000, local(300)), ("2", 410_500, local(100))))
    put(tmp_path, "belt.csv", belt)
    process = CollectorProcess(plant, tmp_path / "log")
    await process.start()
    try:
        await soon(lambda: process.log_text().count("file_not_moved") >= 2)
    finally:
        await process.kill()
    assert {path.name for path in (tmp_path / "drop").iterdir()} == {"taps.csv", "belt.csv", "done"}
    (tmp_path / "drop" / "done").unlink()
    await process.start()
    try:
        await soon(lambda: {"taps.csv", "belt.csv"} <= done(tmp_path))
    finally:
        await process.stop()
    found = await counted(settings)
    assert found["bf3.taps"] == 810_500_000
    assert abs(found["mine1.belt"] - 300_000_000) < 1_000_000, "half an hour of 600 t/h, to the second of its texts"


async def test_a_shift_that_a_mine_states_by_spreadsheet_is_entered_once_and_told(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    yesterday = (datetime.now(UTC) - timedelta(days=2)).date()

    def form(name: str, *rows: tuple[str, str, float]) -> None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["Дата", "Смена", "Шахта", "Продукция", "Добыча, т"])
        for shift, unit, tonnes in rows:
            sheet.append([yesterday, shift, unit, "iron_ore", tonnes])
        book.save(tmp_path / name)
        (tmp_path / name).rename(tmp_path / "drop" / name)

    async with running(settings):
        form("смена 1.xlsx", ("1", "mine2", 5000), ("2", "mine2", 4800.5))
        await soon(lambda: "смена 1.xlsx" in done(tmp_path))
        form("смена 1 снова.xlsx", ("1", "mine2", 5000), ("2", "mine2", 4800.5))
        form("смена x.xlsx", ("1", "mine9", 1))
        await soon(lambda: "смена 1 снова.xlsx" in done(tmp_path))
        await soon((tmp_path / "drop/rejected/смена x.xlsx").exists)
        await asyncio.sleep(0.3)

    def figures(connection: apsw.Connection) -> list[int | None]:
        return [figure.grams for figure in statements.read(connection).all_figures]

    assert sorted(EntryFile(settings).read(figures)) == [4_800_500_000, 5_000_000_000]
    assert "2" in (tmp_path / "drop/done/смена 1.xlsx.report.txt").read_text(encoding="utf-8")
    assert "mine9" in (tmp_path / "drop/rejected/смена x.xlsx.report.txt").read_text(encoding="utf-8")
