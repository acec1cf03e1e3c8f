"""A command loads what it needs and nothing else: on a small machine each library costs a person half a second."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.collector.cli.test_hostile_command_lines import PLANT
from tests.support.collector_process import ROOT

HEAVY = ("asyncua", "matplotlib", "nicegui", "numpy", "openpyxl", "pyarrow")


def loaded(*arguments: str) -> set[str]:
    """Which of them the command loads."""
    code = (
        "import atexit, json, sys; from collector.cli.main import main; "
        f"atexit.register(lambda: print(json.dumps([name for name in {HEAVY} if name in sys.modules]))); main()"
    )
    ran = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(ran.stdout.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [["--help"], ["cert", "make", "--help"], ["report", "--help"]])
def test_help_loads_no_library_of_the_service(arguments: list[str]) -> None:
    assert loaded(*arguments) == set()


def test_a_configuration_without_opc_ua_is_checked_without_its_library(tmp_path: Path) -> None:
    file = tmp_path / "plant.yaml"
    file.write_text(PLANT, encoding="utf-8")
    assert loaded("check", str(file)) <= {"numpy"}
