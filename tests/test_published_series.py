"""The published series go in by the command and come out with the growth that was published, to 0.1."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHANGES = list(csv.DictReader((ROOT / "tests" / "cases" / "published" / "changes.csv").open(encoding="utf-8")))


def tundish(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "collector", *arguments, "--plant", str(folder / "plant.yaml")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    for name in ("plant.yaml", "figures.csv"):
        shutil.copy(ROOT / "deploy" / "published" / name, folder / name)
    assert "new 14, the same 0" in tundish(folder, "import", str(folder / "figures.csv"))
    return folder


@pytest.mark.long
@pytest.mark.parametrize("change", CHANGES, ids=[f"{it['period']} {it['field']}" for it in CHANGES])
def test_every_published_change_whose_base_is_there_is_reported(published: Path, change: dict[str, str]) -> None:
    rows = json.loads(tundish(published, "report", "growth", "--period", change["period"], "--json"))
    (row,) = (row for row in rows if row["product"] == change["product"])
    assert row[change["field"]] == float(change["published"])


def test_a_change_whose_base_was_not_published_is_not_made_up(published: Path) -> None:
    rows = json.loads(tundish(published, "report", "growth", "--period", "2023-05", "--json"))
    (row,) = (row for row in rows if row["product"] == "crude_steel")
    assert not {"yoy_pct", "ytd_pct", "ytd_prev_year_t"} & row.keys()
