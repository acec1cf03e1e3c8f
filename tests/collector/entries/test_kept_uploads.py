"""Files that wait at the desk: few, not for long, each its user's own, and nothing of their names reaches the disk."""

from pathlib import Path

import pytest

from collector.entries.kept_uploads import FOLDER, LONGEST_S, MOST_OF_ALL, MOST_OF_ONE, KeptUploads, safe_name
from models.access.desk_actions import ActionRefused
from models.access.file_desk import LARGEST_UPLOAD_BYTES


class Watch:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def handed_in(uploads: KeptUploads, user: str, name: str = "shift.csv") -> str:
    coming = uploads.receive(user, name)
    coming.write(b"one")
    coming.write(b" two")
    return coming.finish()


def on_disk(folder: Path) -> list[Path]:
    return [path for path in (folder / FOLDER).rglob("*") if path.is_file()]


def test_an_upload_is_its_users_alone_and_goes_after_half_an_hour(tmp_path: Path) -> None:
    watch = Watch()
    uploads = KeptUploads(tmp_path, watch)
    upload = handed_in(uploads, "clerk")
    assert uploads.found("clerk", upload).path.read_bytes() == b"one two"
    assert (tmp_path / FOLDER / upload).stat().st_mode & 0o077 == 0
    with pytest.raises(ActionRefused, match="choose it again"):
        uploads.found("second", upload)
    watch.now_s = LONGEST_S + 1
    with pytest.raises(ActionRefused, match="choose it again"):
        uploads.found("clerk", upload)
    assert on_disk(tmp_path) == []


def test_of_many_uploads_the_oldest_go(tmp_path: Path) -> None:
    uploads = KeptUploads(tmp_path)
    first = handed_in(uploads, "clerk")
    for _ in range(MOST_OF_ONE):
        handed_in(uploads, "clerk")
    assert len(on_disk(tmp_path)) == MOST_OF_ONE
    with pytest.raises(ActionRefused):
        uploads.found("clerk", first)
    for number in range(2 * MOST_OF_ALL):
        handed_in(uploads, f"user {number}")
    assert len(on_disk(tmp_path)) == MOST_OF_ALL


def test_nothing_of_a_half_or_an_empty_or_a_far_too_large_file_stays(tmp_path: Path) -> None:
    uploads = KeptUploads(tmp_path)
    half = uploads.receive("clerk", "half.csv")
    half.write(b"Date;Ton")
    half.drop()
    empty = uploads.receive("clerk", "empty.csv")
    with pytest.raises(ActionRefused, match="empty"):
        empty.finish()
    empty.drop()
    large = uploads.receive("clerk", "large.csv")
    large.write(bytes(LARGEST_UPLOAD_BYTES))
    with pytest.raises(ActionRefused, match="split it"):
        large.write(b"1")
    large.drop()
    assert on_disk(tmp_path) == []


def test_what_a_killed_desk_left_behind_goes_when_the_next_one_starts(tmp_path: Path) -> None:
    handed_in(KeptUploads(tmp_path), "clerk")
    assert len(on_disk(tmp_path)) == 1
    KeptUploads(tmp_path)
    assert on_disk(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Forms\\shift 1.xlsx", "shift 1.xlsx"),
        ("..", "file"),
        ("", "file"),
        ("a\u202excod.csv", "a xcod.csv"),
        ("a\x00\nb.csv", "a b.csv"),
        ("<img src=x onerror=1>.csv", "<img src=x onerror=1>.csv"),
    ],
)
def test_a_name_keeps_no_folder_and_no_mark_of_direction(name: str, kept: str, tmp_path: Path) -> None:
    assert safe_name(name) == kept
    upload = handed_in(KeptUploads(tmp_path), "clerk", name)
    assert [path.relative_to(tmp_path / FOLDER / upload).as_posix() for path in on_disk(tmp_path)] == [kept]


def test_a_name_of_a_thousand_letters_keeps_its_kind(tmp_path: Path) -> None:
    name = safe_name("Ж" * 1000 + ".xlsx")
    assert name.endswith(".xlsx")
    assert len(name.encode()) <= 150
    assert handed_in(KeptUploads(tmp_path), "clerk", name)
