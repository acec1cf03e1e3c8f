"""The published cases, whole or as their first days."""

import lzma
from pathlib import Path

import yaml

CASES = Path(__file__).resolve().parents[2] / "cases" / "drops"
PLANT = CASES / "plant.yaml"
DAY_MINUTES = 1440


def first_days(name: str, days: int, folder: Path) -> Path:
    """A folder in `folder` with the first days of a published case."""
    whole, part = CASES / name, folder / name
    part.mkdir()
    case = yaml.safe_load((whole / "case.yaml").read_text(encoding="utf-8")) | {"plant": str(PLANT)}
    (part / "case.yaml").write_text(yaml.safe_dump(case, allow_unicode=True), encoding="utf-8")
    rows = lzma.decompress((whole / "minutes.csv.xz").read_bytes()).decode().splitlines(keepends=True)
    (part / "minutes.csv").write_text("".join(rows[: 1 + DAY_MINUTES * days]), encoding="utf-8")
    (part / "events.csv.xz").write_bytes((whole / "events.csv.xz").read_bytes())
    return part
