"""The folder of a demo: cleared at a start, and only if nobody is at work in it."""

from pathlib import Path

import pytest

from collector.errors import CannotStart
from collector.simulation import demo_folder


def test_a_second_demo_in_the_folder_of_one_that_runs_is_refused_and_takes_nothing_away(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    lock = demo_folder.prepare(folder)
    (folder / demo_folder.BOOK).write_text("the book of the first", encoding="utf-8")
    with pytest.raises(CannotStart, match=r"another demo runs in .*--folder"):
        demo_folder.prepare(folder)
    assert (folder / demo_folder.BOOK).read_text(encoding="utf-8") == "the book of the first"
    lock.release()
    demo_folder.prepare(folder).release()
    assert not (folder / demo_folder.BOOK).exists()
