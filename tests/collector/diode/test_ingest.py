"""What comes over a diode is in the database as it was sent, whatever order, damage or repetition it comes with."""

import asyncio
import os
import random
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.cli.ingest import report_lines
from collector.diode.diode_file import DiodeFile, encode_file
from collector.diode.ingest import DatabaseTarget, Ingest, Ingested, forget_taken
from collector.diode.outbox_folder import DiodeTables, OutboxFolder
from collector.diode.settings import DiodeSettings
from collector.diode.taken import TakenFiles, opened, series_taken
from collector.errors import CannotStart
from collector.influx.packing import gzip_member
from collector.influx.point_tables import PointTables
from collector.storage.ledger.outbox import OutboxItem
from models.works.table import Row, RowKey
from tests.collector.diode.memory_database import MemoryDatabase

KEYS = [RowKey.of("output_day", number * 10**18, {"unit": "bf3"}) for number in (1, 2)]
Word = tuple[int, float | None, bool]
"""Which row, its tonnes (None: it is withdrawn), and whether a field is gone, so that it is deleted first."""


def ingest(folder: Path, database: MemoryDatabase, taken: TakenFiles, site: str = "works") -> Ingested:
    target = DatabaseTarget(database, "works", "works_raw")
    return asyncio.run(Ingest(folder, target, taken, site=site, simulated=False).run())


def item(number: int, which: int, tonnes: float | None, shrinks: bool) -> OutboxItem:
    fields = {} if tonnes is None else {"actual_t": tonnes} | ({} if shrinks else {"plan_t": 1.0})
    row = None if tonnes is None else Row(KEYS[which], fields)
    return OutboxItem(KEYS[which], number, shrinks or row is None, row)


def sent(folder: Path, words: list[list[Word]]) -> tuple[list[Path], MemoryDatabase]:
    """The files of some rounds, and a database that was told them directly."""
    database = MemoryDatabase()

    async def run() -> None:
        one = OutboxFolder(DiodeSettings(folder / "out", 10**9), folder / "diode.json", "works", simulated=False)
        for number, round_ in enumerate(words):
            items = {which: item(number, which, tonnes, shrinks) for which, tonnes, shrinks in round_}
            await DiodeTables(one).apply(list(items.values()))
            await PointTables(database, "works").apply(list(items.values()))
            await one.write("telemetry", gzip_member(f"telemetry,unit=bf3 value={number}.0 {number + 1}\n".encode()))

    asyncio.run(run())
    return sorted((folder / "out").glob("*.tundish")), database


ROUNDS = st.lists(
    st.lists(st.tuples(st.integers(0, 1), st.none() | st.floats(0, 1000), st.booleans()), min_size=1, max_size=3),
    min_size=1,
    max_size=6,
)


@pytest.mark.long
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ROUNDS, st.randoms(use_true_random=False))
def test_files_in_any_order_twice_and_late_leave_what_was_said_last(
    tmp_path_factory: pytest.TempPathFactory, words: list[list[Word]], chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("diode")
    files, wanted = sent(folder, words)
    arriving = [*files, *chance.sample(files, len(files) // 2)]
    chance.shuffle(arriving)
    database, there = MemoryDatabase(), folder / "in"
    there.mkdir()
    with opened(folder / "ingest.db") as taken:
        for path in arriving:
            shutil.copy(path, there)
            if chance.random() < 0.5:
                ingest(there, database, taken)
        ingest(there, database, taken)
        (series,) = taken.series()
    assert database.points.get("works", {}) == wanted.points.get("works", {})
    assert len(database.points["works_raw"]) == len(words)
    assert (series.taken, series.missing) == (len(files), ())


def test_what_is_missing_is_told_until_it_comes_and_what_is_damaged_is_kept(tmp_path: Path) -> None:
    files, wanted = sent(tmp_path, [[(0, 1.0, False)], [(0, 2.0, False)], [(1, 3.0, False)]])
    there, database = tmp_path / "in", MemoryDatabase()
    there.mkdir()
    for path in (files[0], files[2], files[5]):
        shutil.copy(path, there)
    damaged = there / files[3].name
    damaged.write_bytes(files[3].read_bytes()[:-1] + b"x")
    (there / "notes.txt").write_text("no file of ours")
    with opened(tmp_path / "ingest.db") as taken:
        assert ingest(there, database, taken).coming == 1, "it may still be on its way"
        os.utime(damaged, (time.time() - 60, time.time() - 60))
        found = ingest(there, database, taken)
        lines = report_lines(found, taken.series())
        assert list(found.damaged) == [files[3].name]
        assert (there / "damaged" / files[3].name).exists()
        assert lines[-1].endswith("3 files up to number 6; missing: 2, 4-5")
        for path in files:
            shutil.copy(path, there)
        found = ingest(there, database, taken)
        assert (found.taken, found.known) == (3, 3)
        assert report_lines(found, taken.series())[-1].endswith("nothing is missing")
    assert database.points["works"] == wanted.points["works"]
    assert forget_taken(there, 0.0) == 6
    assert (there / "notes.txt").exists()


def test_a_kill_between_the_database_and_the_note_takes_the_file_once_more_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, wanted = sent(tmp_path, [[(0, 1.0, False)], [(0, 2.0, True)]])
    there, database = tmp_path / "in", MemoryDatabase()
    there.mkdir()
    for path in files:
        shutil.copy(path, there)

    def killed(*_: object) -> None:
        raise RuntimeError("killed")

    with opened(tmp_path / "ingest.db") as taken, monkeypatch.context() as patch:
        patch.setattr(TakenFiles, "take", killed)
        with pytest.raises(RuntimeError):
            ingest(there, database, taken)
    with opened(tmp_path / "ingest.db") as taken:
        assert ingest(there, database, taken).taken == 4
    assert database.points["works"] == wanted.points["works"]


def test_a_void_number_is_not_waited_for_and_its_file_is_taken_if_it_comes(tmp_path: Path) -> None:
    database = MemoryDatabase()
    head = {"site": "works", "simulated": False, "series": "s", "began_ns": 5, "number": 1}
    row = b"output_day,unit=bf3 actual_t=5.0 1000000000000000000\n"
    with opened(tmp_path / "ingest.db") as taken:
        for kind, lines in (("void", b""), ("rows", row), ("void", b"")):
            name, content = encode_file(DiodeFile(**head, kind=kind, lines=lines))
            (tmp_path / name).write_bytes(content)
            ingest(tmp_path, database, taken)
            assert taken.series()[0].missing == ()
    assert database.points["works"][KEYS[0]] == {"actual_t": 5.0}


def test_files_of_another_works_are_refused_by_name(tmp_path: Path) -> None:
    sent(tmp_path, [[(0, 1.0, False)]])
    with opened(tmp_path / "ingest.db") as taken, pytest.raises(CannotStart, match="is of the works works, and"):
        ingest(tmp_path / "out", MemoryDatabase(), taken, site="other")


def test_two_ingests_at_once_are_refused(tmp_path: Path) -> None:
    second = opened(tmp_path / "ingest.db")
    with opened(tmp_path / "ingest.db"), pytest.raises(CannotStart, match="another ingest may run"):
        second.__enter__()


@given(st.sets(st.integers(1, 60)))
def test_holes_are_the_numbers_that_are_not_there(numbers: set[int]) -> None:
    found = series_taken("s", sorted(numbers))
    missing = {number for first, last in found.missing for number in range(first, last + 1)}
    assert missing == set(range(1, max(numbers, default=0))) - numbers
