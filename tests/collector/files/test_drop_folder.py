"""A drop folder: whatever comes into it, good forms are taken, and nothing is read or written through a link."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from collector.errors import CollectorError, StorageFull
from collector.files import watch
from collector.files.sheet import read_sheets
from collector.files.watch import RETRY_S, Seen, take_settled, watch_folder
from tests.collector.files.damaged import DAMAGED

GOOD = "start;end;unit;product;tonnes\n2025-10-01;2025-10-02;mine1;coal_raw;5000\n"
Take = Callable[[Path], str]


def reads(path: Path) -> str:
    """Takes a file as the command does: every row of every sheet is gone through."""
    count = sum(1 for sheet in read_sheets(path).sheets for _ in sheet.rows)
    return f"{path.name}: {count} rows"


def settle(folder: Path, take: Take = reads) -> list[str]:
    seen: Seen = {}
    return [*take_settled(folder, take, seen, 0.0, 5.0, "en"), *take_settled(folder, take, seen, 5.0, 5.0, "en")]


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_put_away_with_a_report_and_good_forms_behind_it_are_taken(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(DAMAGED[name])
    (tmp_path / "zz_good.csv").write_text(GOOD)
    settle(tmp_path)
    assert (tmp_path / "rejected" / name).read_bytes() == DAMAGED[name]
    report = (tmp_path / "rejected" / f"{name}.report.txt").read_text()
    assert name in report
    assert len(report.splitlines()) == 1
    assert "Traceback" not in report
    assert (tmp_path / "done" / "zz_good.csv").exists()


def test_what_nobody_foresaw_ends_nothing(tmp_path: Path) -> None:
    def take(path: Path) -> str:
        if path.name == "odd.csv":
            raise OverflowError("date value out of range")
        return reads(path)

    (tmp_path / "odd.csv").write_text(GOOD)
    (tmp_path / "zz_good.csv").write_text(GOOD)
    settle(tmp_path, take)
    assert "date value out of range" in (tmp_path / "rejected" / "odd.csv.report.txt").read_text()
    assert (tmp_path / "done" / "zz_good.csv").exists()


def test_a_good_form_stays_while_the_ledger_cannot_take_it_and_is_taken_later(tmp_path: Path) -> None:
    full = True

    def take(path: Path) -> str:
        if full:
            raise StorageFull("the disk is full: free space")
        return reads(path)

    (tmp_path / "good.csv").write_text(GOOD)
    seen: Seen = {}
    take_settled(tmp_path, take, seen, 0.0, 5.0, "en")
    (said,) = take_settled(tmp_path, take, seen, 5.0, 5.0, "en")
    assert "stays" in said
    assert "the disk is full" in said
    assert take_settled(tmp_path, take, seen, 12.0, 5.0, "en") == [], "it is not told every five seconds"
    full = False
    (said,) = take_settled(tmp_path, take, seen, 5.0 + RETRY_S, 5.0, "en")
    assert said == "good.csv: 2 rows"
    assert (tmp_path / "done" / "good.csv").exists()


def test_a_link_is_not_followed_but_put_away(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(GOOD)
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "form.csv").symlink_to(secret)
    (folder / "dangling.csv").symlink_to(tmp_path / "nowhere.csv")
    taken: list[str] = []

    def take(path: Path) -> str:
        taken.append(path.name)
        return ""

    settle(folder, take)
    assert taken == []
    assert (folder / "rejected" / "form.csv").is_symlink()
    assert "is a link" in (folder / "rejected" / "form.csv.report.txt").read_text()
    assert (folder / "rejected" / "dangling.csv").is_symlink()
    assert secret.read_text() == GOOD


def test_no_report_is_written_through_a_link(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "inbox", tmp_path / "elsewhere"
    (folder / "done").mkdir(parents=True)
    target = tmp_path / "target.txt"
    (folder / "done" / "form.csv.report.txt").symlink_to(target)
    (folder / "form.csv").write_text(GOOD)
    settle(folder)
    assert not target.exists()
    assert (folder / "done" / "form-2.csv").exists()
    elsewhere.mkdir()
    (folder / "rejected").symlink_to(elsewhere)
    (folder / "bad.csv").write_bytes(b'a;"b')

    def refuse(_path: Path) -> str:
        raise CollectorError("bad.csv: refused")

    said = settle(folder, refuse)
    assert any("it is a link" in text for text in said)
    assert list(elsewhere.iterdir()) == []
    assert (folder / "bad.csv").exists()


def test_a_folder_that_is_away_for_a_while_is_looked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, away = tmp_path / "inbox", tmp_path / "away"
    folder.mkdir()
    said: list[str] = []
    rounds = 0

    def wait(_seconds: float) -> None:
        nonlocal rounds
        rounds += 1
        if rounds == 1:
            folder.rename(away)
        elif rounds == 4:
            away.rename(folder)
            (folder / "form.csv").write_text(GOOD)
        elif rounds == 7:
            raise KeyboardInterrupt

    monkeypatch.setattr(watch, "SETTLED_S", 0.0)
    monkeypatch.setattr(watch, "_wait", wait)
    with pytest.raises(KeyboardInterrupt):
        watch_folder(folder, reads, said.append, "en")
    assert [os.strerror(errno.ENOENT) in text for text in said] == [True, False], "told once, and the form is taken"
    assert (folder / "done" / "form.csv").exists()
