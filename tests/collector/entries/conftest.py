"""A works on paper, and the command `tundish` on it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from collector.cli.main import main
from tests.collector.files.forms import paper_works


class Answer(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str


Command = Callable[..., Answer]


@pytest.fixture
def works(tmp_path: Path) -> Path:
    """plant.yaml of the works on paper."""
    return paper_works(tmp_path)


@pytest.fixture
def tundish(works: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command on it; a traceback is a failure of the test."""
    monkeypatch.setenv("TUNDISH_PLANT", str(works))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["tundish", *(str(argument) for argument in arguments)])
        capsys.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as ending:
            code = ending.code
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Answer(int(code or 0) if not isinstance(code, str) else 1, out, err)

    return run
