"""What was sent is noted beside the ledger, so that an older ledger is known for one."""

from pathlib import Path

import pytest

from collector.group import sent_mark
from collector.group.sent_mark import SentMark, read_mark, write_mark
from collector.storage.file.backup import back_up, restore
from tests.collector.storage.ledger.ledgers import opened


def test_a_mark_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_mark(tmp_path, SentMark("a" * 32, 7))
    write_mark(tmp_path, SentMark("a" * 32, 8))
    assert read_mark(tmp_path) == SentMark("a" * 32, 8)
    assert [path.name for path in tmp_path.iterdir()] == [sent_mark.FILE]


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"stream": "a"}', '{"stream": "a", "number": "x"}'])
def test_a_mark_that_cannot_be_read_is_none(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / sent_mark.FILE).write_text(content)
    assert read_mark(tmp_path) is None


def test_a_ledger_fits_its_mark_if_it_gave_all_that_was_sent() -> None:
    mark = SentMark("a" * 32, 7)
    assert mark.fits("a" * 32, 7)
    assert mark.fits("a" * 32, 8)
    assert not mark.fits("a" * 32, 6)
    assert not mark.fits("b" * 32, 7)


async def test_a_ledger_that_is_brought_back_has_no_mark(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy"
    data.mkdir()
    await opened(data).close()
    write_mark(data, SentMark("a" * 32, 7))
    back_up(data, copy)
    for path in data.glob("ledger.db*"):
        path.unlink()
    restore(copy, data)
    assert (data / "ledger.db").exists()
    assert read_mark(data) is None
