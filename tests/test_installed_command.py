"""The installed command is ours, wherever it is started."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMMAND = Path(sys.executable).parent / "tundish"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *arguments], cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_from_another_folder_the_command_imports_our_packages_and_not_a_strangers(tmp_path: Path) -> None:
    for name in ("collector", "models", "dashboards"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('a stranger was imported')\n")
    ended = run(tmp_path, "--version")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == f"tundish {version('tundish')} ({ROOT / 'collector'})"


@pytest.mark.long
def test_every_command_is_listed_and_explains_itself(tmp_path: Path) -> None:
    shown = run(tmp_path, "--help").stdout
    for command in (
        "run",
        "check",
        "desk",
        "demo",
        "simulate",
        "browse",
        "poll",
        "schema",
        "cert",
        "queue",
        "quarantine",
    ):
        assert command in shown
        assert run(tmp_path, command, "--help").returncode == 0


def test_a_foreseen_failure_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    ended = run(tmp_path, "run", "nowhere.yaml")
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "nowhere.yaml" in ended.stderr
