"""Promise 10: whatever a disk does to the ledger, no figure is another one without a word."""

import asyncio
import contextlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import apsw
import pytest

from collector.errors import StorageDamaged
from collector.service.scrub import SHARES, Scrub
from collector.storage.file import pages_trusted
from collector.storage.file.page_sums import sum_up
from collector.storage.file.summed_disk import connect
from collector.storage.ledger import damage, seals
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from tests.support.corruption import DAY_S, DAYS, START_S, Outcome, Stand, asked, built, figures, outcome
from tests.support.disk_damage import turned_bits, variants

Damaged = Callable[[Stand, Path, range], Iterator[str]]
END_NS = (START_S + DAYS * DAY_S) * 10**9


@pytest.fixture(scope="module", params=[True, False], ids=["closed", "cut off"])
def stand(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stand:
    return asyncio.run(built(tmp_path_factory.mktemp("stand"), closed=request.param))


def opened(folder: Path) -> Ledger:
    return Ledger.open(folder, clock_ns=lambda: END_NS, demo=None)


def copied(stand: Stand, to: Path) -> Path:
    shutil.copytree(stand.now, to)
    return to


def change_page(folder: Path, page: int, change: Callable[[bytes], bytes]) -> None:
    content = bytearray((folder / "ledger.db").read_bytes())
    at = slice((page - 1) * 4096, page * 4096)
    content[at] = change(bytes(content[at]))
    (folder / "ledger.db").write_bytes(content)


def leaf_of(folder: Path, table: str, number: int = 0) -> int:
    with contextlib.closing(connect(folder / "ledger.db", apsw.SQLITE_OPEN_READONLY)) as connection:
        sql = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path"
        return int(list(connection.execute(sql, (table,)))[number][0])


@pytest.mark.long
@pytest.mark.parametrize(("damaged", "count"), [(turned_bits, 40), (variants, 40)], ids=["bits", "variants"])
def test_no_damage_changes_a_figure_silently(stand: Stand, damaged: Damaged, count: int, tmp_path: Path) -> None:
    silent = [(what, found.silent) for what, found in _outcomes(stand, damaged, tmp_path, range(count)) if found.silent]
    assert silent == []


@pytest.mark.parametrize("damaged", [turned_bits, variants], ids=["bits", "variants"])
def test_nor_in_a_ledger_too_large_to_be_looked_through_at_a_start(
    stand: Stand, damaged: Damaged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_trusted, "LOOKED_THROUGH", 40_960)
    found = list(_outcomes(stand, damaged, tmp_path, range(5000, 5024)))
    assert [(what, item.silent) for what, item in found if item.silent] == []
    assert sum(item.end == "refused" for _, item in found) < 24, "what is not damaged is read"


def test_a_page_that_a_start_did_not_look_at_is_told_when_it_is_read_and_rebuilt_at_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand = asyncio.run(built(tmp_path, closed=True))
    folder = copied(stand, tmp_path / "case")
    change_page(folder, leaf_of(folder, "increment"), lambda old: old[:3000] + bytes([old[3000] ^ 4]) + old[3001:])
    monkeypatch.setattr(pages_trusted, "LOOKED_THROUGH", 40_960)
    ledger = opened(folder)
    with pytest.raises(StorageDamaged, match="not as it was written"):
        ledger.read(figures)
    ledger.close_now()
    ledger = opened(folder)
    assert ledger.read(figures) == stand.truth
    ledger.close_now()


@pytest.mark.slow
@pytest.mark.parametrize(("damaged", "count"), [(turned_bits, 1000), (variants, 500)], ids=["bits", "variants"])
def test_no_damage_of_thousands_changes_a_figure_silently(
    stand: Stand, damaged: Damaged, count: int, tmp_path: Path
) -> None:
    found = list(_outcomes(stand, damaged, tmp_path, range(1000, 1000 + count)))
    assert [(what, item.silent) for what, item in found if item.silent] == []
    print(Counter(item.end for _, item in found))
    assert sum(item.end == "right" for _, item in found) > count / 3, "most of it is put right"


def _outcomes(stand: Stand, damaged: Damaged, tmp_path: Path, seeds: range) -> "Iterator[tuple[str, object]]":
    for what in damaged(stand, tmp_path / "case", seeds):
        yield what, outcome(tmp_path / "case", stand.truth)


def test_a_turned_bit_is_turned_back_and_nothing_is_lost(tmp_path: Path) -> None:
    stand = asyncio.run(built(tmp_path, closed=True))
    folder = copied(stand, tmp_path / "case")
    page = leaf_of(folder, "increment")
    change_page(folder, page, lambda old: old[:3000] + bytes([old[3000] ^ 4]) + old[3001:])
    with contextlib.suppress(StorageDamaged):
        assert asked(folder) in ([], [stand.truth])
    ledger = opened(folder)
    assert ledger.read(figures) == stand.truth
    assert not [item for item in ledger.read(partial(damage.listed, limit=9)) if item.lost]
    ledger.close_now()


@pytest.mark.parametrize("page", [1, 5])
def test_pages_of_the_backup_stand_in_bit_for_bit(page: int, tmp_path: Path) -> None:
    stand = asyncio.run(built(tmp_path, closed=True))
    folder = copied(stand, tmp_path / "case")
    page = page if page == 1 else leaf_of(folder, "increment")
    change_page(folder, page, lambda _: bytes(4096))
    ledger = opened(folder)
    assert ledger.read(figures) == stand.truth
    (found,) = ledger.read(partial(damage.listed, limit=9))
    assert not found.lost
    assert ("its spare copy" if page == 1 else "backup") in found.what
    assert [path.name for path in folder.iterdir() if "broken-pages" in path.name]
    ledger.close_now()


def test_a_page_that_went_back_in_time_is_no_figure_of_today(tmp_path: Path) -> None:
    stand = asyncio.run(built(tmp_path, closed=True))
    folder = copied(stand, tmp_path / "case")
    old = (stand.before / "ledger.db").read_bytes()
    now = (folder / "ledger.db").read_bytes()
    changed = [
        n for n in range(2, len(old) // 4096) if old[n * 4096 : n * 4096 + 4096] != now[n * 4096 : n * 4096 + 4096]
    ]
    assert changed
    for number in changed:
        change_page(folder, number + 1, lambda _, at=number: old[at * 4096 : at * 4096 + 4096])
    assert asked(folder) == []
    found = outcome(folder, stand.truth)
    assert (found.silent, found.end) == ("", "gap")


@pytest.mark.parametrize("offset", [60, 63, 68, 71])
def test_a_turned_version_or_mark_is_damage_and_not_newer(offset: int, tmp_path: Path) -> None:
    stand = asyncio.run(built(tmp_path, closed=True))
    folder = copied(stand, tmp_path / "case")
    change_page(folder, 1, lambda old: old[:offset] + bytes([old[offset] ^ 0x40]) + old[offset + 1 :])
    assert asked(folder) == []
    ledger = opened(folder)
    assert ledger.read(figures) == stand.truth
    ledger.close_now()


async def test_the_scrub_finds_a_page_that_nobody_reads_and_ends_the_use(tmp_path: Path) -> None:
    stand = await built(tmp_path, closed=True)
    folder = copied(stand, tmp_path / "case")
    hour = [END_NS // 3600 // 10**9]
    ledger = opened(folder)
    scrub = Scrub(ledger, lambda: hour[0] * 3600 * 10**9)
    change_page(folder, leaf_of(folder, "increment", 2), lambda old: old[::-1])

    async def a_day() -> None:
        for _ in range(SHARES):
            await scrub.run()
            hour[0] += 1

    with pytest.raises(StorageDamaged, match="written"):
        await a_day()
    await ledger.close()


@pytest.mark.parametrize("backed_up", [True, False])
async def test_rows_that_are_not_as_sealed_are_brought_back_or_a_gap(backed_up: bool, tmp_path: Path) -> None:
    """As of a disk that took back pages with their checksums: only the rows themselves tell."""
    stand = await built(tmp_path, closed=True)
    folder = copied(stand, tmp_path / "case")
    if not backed_up:
        (folder / "backups.json").unlink()
    with contextlib.closing(connect(folder / "ledger.db", apsw.SQLITE_OPEN_READWRITE)) as connection:
        connection.execute("UPDATE increment SET grams = grams + 7 WHERE start_s = ?", (START_S + 3000,))
    hour = [END_NS // 3600 // 10**9]
    ledger = opened(folder)
    scrub = Scrub(ledger, lambda: hour[0] * 3600 * 10**9)
    for _ in range(SHARES):
        await scrub.run()
        hour[0] += 1
    (found,) = ledger.read(partial(damage.listed, limit=9))
    gaps = [gap for gap in ledger.read(ledger_reads.gaps) if gap.tag == "*"]
    assert found.lost is not backed_up
    assert (ledger.read(figures) == stand.truth) is backed_up
    assert bool(gaps) is not backed_up
    assert all(gap.start_ns <= (START_S + 3000) * 10**9 < gap.end_ns for gap in gaps)
    assert ledger.read(seals.chain_breaks) is None
    await ledger.close()


def test_a_ledger_that_went_back_as_a_whole_contradicts_what_stands_beside_it(tmp_path: Path) -> None:
    stand = asyncio.run(built(tmp_path, closed=True))
    folder = copied(stand, tmp_path / "case")
    for name in ("ledger.db", "ledger.db-sums", "ledger.db-sums.copy"):
        shutil.copyfile(tmp_path / "backup" / name, folder / name)
    assert asked(folder) == []
    found = outcome(folder, stand.truth)
    assert (found.silent, found.end) == ("", "gap")


async def test_every_group_that_is_over_has_its_seal(tmp_path: Path) -> None:
    stand = await built(tmp_path, closed=True)
    ledger = opened(copied(stand, tmp_path / "case"))
    sealed = [seal for part in seals.SEALED for _, seal in ledger.read(partial(seals.sealed, part=part))]
    assert sum(seal.row_count for seal in sealed if seal.part == "increment") >= (DAYS - 1) * 2 * 288
    assert {seal.part for seal in sealed} >= {"increment", "event", "plan", "figure", "counter"}
    assert all(ledger.read(partial(seals.is_sound, seal=seal)) for seal in sealed)
    await ledger.close()


def test_damage_is_made_as_the_seed_says(stand: Stand, tmp_path: Path) -> None:
    first, second = (
        [
            (what, (tmp_path / "case" / "ledger.db").read_bytes())
            for what in variants(stand, tmp_path / "case", range(5))
        ]
        for _ in range(2)
    )
    assert first == second


@pytest.mark.long
def test_without_checksums_the_same_bits_change_figures_silently(tmp_path: Path) -> None:
    """That the tests above ask for enough."""
    stand = asyncio.run(built(tmp_path, closed=True))
    silent = 0
    for _ in turned_bits(stand, tmp_path / "case", range(230, 288)):
        sum_up(tmp_path / "case" / "ledger.db")
        silent += bool(outcome(tmp_path / "case", stand.truth).silent)
    assert silent >= 2


def test_files_that_nothing_happened_to_are_right_and_tell_of_nothing(stand: Stand, tmp_path: Path) -> None:
    folder = copied(stand, tmp_path / "case")
    assert asked(folder) == [stand.truth]
    assert outcome(folder, stand.truth) == Outcome("")
