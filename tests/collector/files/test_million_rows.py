"""A CSV file of a million figures is read in the memory that is stated, and tells how far it is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PLANT = Path(__file__).resolve().parents[2] / "cases" / "forms" / "plant.yaml"
MOST_BYTES = 600_000_000
"""Some 350 bytes a figure, and what the program itself takes. Whole, the file and its cells would take over 1 GB."""
READ = """
import json, resource, sys
from pathlib import Path
from collector.config.load import load
from collector.files.figure_file import read_figures
from collector.files.result import FileOptions
from collector.files.sheet import read_sheets

file, plant, told = Path(sys.argv[1]), load(Path(sys.argv[2])).plant, []
result = read_figures(read_sheets(file), plant, FileOptions(file.name), 2**62, told.append)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps([len(result.entries), len(result.rejections), sum(e.entry.grams for e in result.entries), peak, told]))
"""


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of memory is asked of POSIX")
def test_a_million_rows_are_read_in_bounded_memory_with_progress(tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write("start;end;unit;product;tonnes\n")
        for number in range(500_000):
            # A Kazakh clock that never changes: +05:00 is written with each time.
            day, hour = divmod(number, 24)
            start = f"{1950 + day // 336}-{day // 28 % 12 + 1:02d}-{day % 28 + 1:02d}T{hour:02d}:"
            for unit in ("mine1", "mine2"):
                out.write(f"{start}00:00+05:00;{start}59:00+05:00;{unit};coal_raw;{number % 900}.5\n")
    child = subprocess.run(
        [sys.executable, "-c", READ, str(file), str(PLANT)], check=True, capture_output=True, text=True, timeout=800
    )
    entries, refused, grams, peak, told = json.loads(child.stdout)
    assert (entries, refused) == (1_000_000, 0)
    assert grams == sum(2 * (number % 900) * 1_000_000 + 1_000_000 for number in range(500_000))
    assert peak < MOST_BYTES
    assert told == [100_000 * step for step in range(1, 11)]
