"""Files of a drop folder: when they are taken, and where they go."""

import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from collector.errors import StorageFull
from collector.sources.base import Delivery, SourceContext, SourceHealth
from collector.sources.files import SOURCE
from collector.sources.files.folder import DropFolder
from collector.sources.files.reader import FilesProgress, FilesReader
from tests.collector.service.steel_works import soon
from tests.collector.sources.files.drop import (
    EVENTS,
    LADLES,
    NOW_NS,
    drop,
    source,
    tag,
    there,
    told,
)
from tests.support.run_source import run_source


async def test_what_is_still_written_or_has_a_temporary_name_waits(tmp_path: Path) -> None:
    one = source(tmp_path, settle="300ms")
    for name in ("~$a.csv", ".b.csv", "c.csv.part", "d.csv.tmp", "e.csv.filepart"):
        drop(tmp_path, name, LADLES + "3;1;300000;30.09.2026 11:30\n")
    growing = drop(tmp_path, "f.csv", LADLES)
    async with run_source(one) as got:
        for number in range(6):
            await asyncio.sleep(0.15)
            with growing.open("a", encoding="utf-8") as file:
                file.write(f"3;A-{number};300000;30.09.2026 11:3{number}\n")
        assert not got
        await soon(lambda: there(tmp_path, "done"))
        await asyncio.sleep(0.4)
    assert [key for key, _, _ in told(got)] == [f"A-{number}" for number in range(6)]
    assert there(tmp_path, "done") == {"f.csv"}
    assert len(list((tmp_path / "drop").iterdir())) == 6


async def test_a_workbook_that_is_still_copied_waits_and_a_damaged_one_is_put_away(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["№ плавки", "Вес, кг", "Взвешен"])
    sheet.append(["A-1", 300_000, "30.09.2026 11:30"])
    book.save(tmp_path / "whole.xlsx")
    content = (tmp_path / "whole.xlsx").read_bytes()
    one = source(tmp_path, give_up="1s")
    drop(tmp_path, "half.xlsx", content[:2000])
    drop(tmp_path, "never.xlsx", content[:1900])
    async with run_source(one) as got:
        await asyncio.sleep(0.5)
        assert not there(tmp_path, "rejected")
        drop(tmp_path, "half.xlsx", content)
        await soon(lambda: there(tmp_path, "done") and there(tmp_path, "rejected"))
    assert [key for key, _, _ in told(got)] == ["A-1"]
    assert there(tmp_path, "rejected") == {"never.xlsx", "never.xlsx.report.txt"}
    assert "is not a valid XLSX file" in (tmp_path / "drop/rejected/never.xlsx.report.txt").read_text()


async def test_a_link_is_not_followed_and_a_name_of_no_kind_is_told(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(LADLES + "3;A-1;300000;30.09.2026 11:30\n")
    one = source(tmp_path, kinds={"ladles": {"files": ["ladles*.csv"]}})
    (tmp_path / "drop" / "ladles.csv").symlink_to(secret)
    drop(tmp_path, "menu.csv", "soup")
    async with run_source(one) as got:
        await soon(lambda: len(there(tmp_path, "rejected")) == 4)
    assert not told(got)
    assert secret.exists()
    assert "ladles*.csv" in (tmp_path / "drop/rejected/menu.csv.report.txt").read_text()


async def test_a_file_that_cannot_be_moved_is_read_once_and_moved_when_it_can(tmp_path: Path) -> None:
    one = source(tmp_path)
    (tmp_path / "drop" / "done").write_text("in the way")
    drop(tmp_path, "a.csv", LADLES + "3;A-1;300000;30.09.2026 11:30\n")
    async with run_source(one) as got:
        await soon(lambda: told(got))
        await asyncio.sleep(0.5)
    assert len(told(got)) == 1
    assert (tmp_path / "drop" / "a.csv").exists()


async def test_a_folder_that_is_away_is_told_and_taken_up_when_it_is_back(tmp_path: Path) -> None:
    one = source(tmp_path)
    (tmp_path / "drop").rmdir()
    async with run_source(one) as got:
        await soon(lambda: one.health.last_error)
        assert one.health.last_error.startswith("folder drop cannot be read (No such file or directory)")
        (tmp_path / "drop").mkdir()
        drop(tmp_path, "a.csv", LADLES + "3;A-1;300000;30.09.2026 11:30\n")
        await soon(lambda: told(got))
    assert one.health.up


async def test_nothing_is_moved_before_the_disk_has_it(tmp_path: Path) -> None:
    one = source(tmp_path)
    drop(tmp_path, "a.csv", LADLES + "3;A-1;300000;30.09.2026 11:30\n")
    tries = 0

    async def accept(_delivery: Delivery) -> None:
        nonlocal tries
        tries += 1
        raise StorageFull("the disk is full")

    task = asyncio.create_task(one.run(accept))
    await soon(lambda: tries > 1)
    task.cancel()
    assert (tmp_path / "drop" / "a.csv").exists()
    assert not there(tmp_path, "done")


async def test_who_only_looks_moves_nothing(tmp_path: Path) -> None:
    one = source(tmp_path, only_looks=True)
    drop(tmp_path, "a.csv", LADLES + "3;A-1;300000;30.09.2026 11:30\n")
    drop(tmp_path, "b.csv", "nothing\n")
    async with run_source(one) as got:
        await soon(lambda: told(got))
        await asyncio.sleep(0.4)
    assert len(told(got)) == 1
    assert sorted(path.name for path in (tmp_path / "drop").iterdir()) == ["a.csv", "b.csv"]


async def test_a_file_that_cannot_be_read_now_keeps_no_other_waiting(tmp_path: Path) -> None:
    """One that its owner takes away between the look and the reading is the plainest of these."""
    taken_away = tmp_path / "drop" / "a.csv"

    class Folder(DropFolder):
        def ready(self) -> list[Path]:
            return [taken_away, *super().ready()]

    config = SOURCE.config.model_validate(
        {"name": "drop", "type": "files", "folder": "drop", "kinds": {"ladles": {"files": ["*.csv"]}}, "settle": "10ms"}
    )
    context = SourceContext([(0, tag("taps"), EVENTS)], tmp_path, {}, lambda: NOW_NS, zone=ZoneInfo("Asia/Almaty"))
    (tmp_path / "drop").mkdir()
    progress = FilesProgress.of(config, context)
    progress.folder = Folder(tmp_path / "drop", 0.0)
    drop(tmp_path, "b.csv", LADLES + "3;A-1;300;30.09.2026 11:30\n")
    reader = FilesReader(config, context, progress, SourceHealth())
    got = []
    for _ in range(12):
        delivery = await reader.read()
        got += [] if delivery is None else [delivery]
        await reader.taken()
    assert [key for key, _, _ in told(got)] == ["A-1"]
    assert there(tmp_path, "done") == {"b.csv"}


def test_a_kind_of_name_that_is_never_read_is_refused() -> None:
    given = {"name": "d", "type": "files", "folder": "f", "kinds": {"x": {"files": ["*.dat"]}}}
    with pytest.raises(ValueError, match=r"no file '\*.dat' is read; give names that end with .csv"):
        SOURCE.config.model_validate(given)


def test_the_layout_of_figures_stands_in_imports() -> None:
    given = {"name": "d", "type": "files", "folder": "f", "kinds": {"x": {"files": ["*"], "what": "figures"}}}
    SOURCE.config.model_validate(given)
    given["kinds"] = {"x": {"files": ["*"], "what": "figures", "sheet": "1"}}
    with pytest.raises(ValueError, match="kind x is of figures"):
        SOURCE.config.model_validate(given)
