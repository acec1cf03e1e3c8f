"""`tundish import`: figures enter once, whole or not at all, and reports show them."""

import json
import threading
import time
from pathlib import Path

import pytest

from collector.errors import CollectorError
from collector.files import watch
from collector.files.watch import Seen, take_settled
from tests.collector.entries.conftest import Command
from tests.collector.files.forms import csv_file

HEADER = "start,end,site,shop,unit,product,tonnes,status\n"
AUGUST = HEADER + "2026-08-01,2026-09-01,works,iron,bf3,pig_iron,150000,\n"


def month(tundish: Command, period: str, **tags: str) -> dict[str, object]:
    answer = tundish("report", "month", "--period", period, "--json")
    assert answer.code == 0, answer.err
    found = [row for row in json.loads(answer.out) if tags.items() <= row.items()]
    assert len(found) <= 1
    return found[0] if found else {}


def test_importing_a_file_again_changes_nothing(tundish: Command, tmp_path: Path) -> None:
    file = csv_file(tmp_path, AUGUST)
    assert "import 1; new 1, the same 0" in tundish("import", file).out
    before = tundish("report", "month", "--period", "2026-08", "--json").out
    assert "nothing new; new 0, the same 1" in tundish("import", file).out
    assert tundish("report", "month", "--period", "2026-08", "--json").out == before
    assert month(tundish, "2026-08", level="site")["actual_t"] == 150000


def test_a_file_with_a_bad_row_is_refused_whole_unless_the_good_ones_are_kept(tundish: Command, tmp_path: Path) -> None:
    file = csv_file(tmp_path, AUGUST + "2026-09-01,2026-10-01,works,iron,bf9,pig_iron,1,\n")
    refused = tundish("import", file)
    assert refused.code == 1
    assert "nothing was imported" in refused.err
    assert 'row 3: unit "bf9"' in refused.err
    assert month(tundish, "2026-08") == {}
    kept = tundish("import", file, "--keep-good")
    assert kept.code == 0
    assert "new 1, the same 0" in kept.out
    assert "refused: figures.csv, row 3" in kept.out
    assert month(tundish, "2026-08", level="unit")["actual_t"] == 150000


def test_a_figure_that_overlaps_a_stored_one_in_part_is_refused(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, AUGUST))
    answer = tundish("import", csv_file(tmp_path, HEADER + "2026-08-20,2026-09-10,,,bf3,pig_iron,5,\n", "other.csv"))
    assert answer.code == 1
    assert "overlaps a figure from" in answer.err
    assert "figures.csv" in answer.err


def test_a_figure_that_starts_within_a_production_day_and_lasts_longer_is_refused(
    tundish: Command, tmp_path: Path
) -> None:
    # The mines' day starts at 08:00.
    rows = "2026-08-01 00:00,2026-09-01 00:00,,mines,mine1,coal_raw,5,\n"
    answer = tundish("import", csv_file(tmp_path, HEADER + rows))
    assert "longer than a production day" in answer.err


def test_shift_figures_make_the_day_and_a_refined_day_replaces_them(tundish: Command, tmp_path: Path) -> None:
    shifts = (
        "2026-08-01 08:00,2026-08-01 20:00,,,mine1,coal_raw,400,\n"
        "2026-08-01 20:00,2026-08-02 08:00,,,mine1,coal_raw,500.5,\n"
    )
    tundish("import", csv_file(tmp_path, HEADER + shifts))
    day = tundish("report", "day", "--period", "2026-08-01", "--json")
    (row,) = (row for row in json.loads(day.out) if row["level"] == "unit")
    assert (row["actual_t"], row["status"], row["completeness_pct"]) == (900.5, 0, 100.0)
    tundish("import", csv_file(tmp_path, HEADER + "2026-08-01,2026-08-02,,,mine1,coal_raw,890,refined\n"))
    day = tundish("report", "day", "--period", "2026-08-01", "--json")
    (row,) = (row for row in json.loads(day.out) if row["level"] == "site")
    assert (row["actual_t"], row["status"]) == (890, 1)


def test_the_commands_need_a_plant_and_something_to_import(tundish: Command, tmp_path: Path) -> None:
    assert "nothing to import" in tundish("import").err
    assert tundish("import", tmp_path / "no.csv").code == 1
    assert "there is no such file" in tundish("import", tmp_path / "no.csv", "--plant", tmp_path / "no.yaml").err
    assert "give t, kt or kg" in tundish("import", csv_file(tmp_path, AUGUST), "--unit-of-measure", "lb").err
    assert "--number-format" in tundish("import", csv_file(tmp_path, AUGUST), "--number-format", "odd").err


def test_a_real_works_and_a_simulated_one_never_share_a_ledger(tundish: Command, tmp_path: Path, works: Path) -> None:
    assert tundish("import", csv_file(tmp_path, AUGUST)).code == 0
    works.write_text(
        works.read_text(encoding="utf-8").replace("zone: Asia/Almaty", "zone: Asia/Almaty\n  simulated: true")
    )
    refused = tundish("import", csv_file(tmp_path, AUGUST))
    assert refused.code == 1
    assert "nothing of a simulated works may enter it" in refused.err


def test_a_folder_is_watched_for_whole_files_which_are_then_put_away_with_a_report(tmp_path: Path) -> None:
    taken: list[str] = []

    def take(path: Path) -> str:
        taken.append(path.name)
        if path.name.startswith("bad"):
            raise CollectorError(f"{path.name}: nothing was imported")
        return f"{path.name}: 1 new"

    seen: Seen = {}
    for name in ("good.csv", "bad.xlsx", "~$good.xlsx", ".hidden.csv", "half.csv.part", "notes.docx"):
        (tmp_path / name).write_text("x")
    assert take_settled(tmp_path, take, seen, 0.0, 5.0, "en") == []
    (tmp_path / "good.csv").write_text("still being written")
    take_settled(tmp_path, take, seen, 6.0, 5.0, "en")
    assert taken == ["bad.xlsx"], "a file that changed is not whole yet"
    take_settled(tmp_path, take, seen, 12.0, 5.0, "en")
    assert taken == ["bad.xlsx", "good.csv"]
    assert (tmp_path / "done" / "good.csv").exists()
    assert "1 new" in (tmp_path / "done" / "good.csv.report.txt").read_text()
    assert "nothing was imported" in (tmp_path / "rejected" / "bad.xlsx.report.txt").read_text()
    (tmp_path / "good.csv").write_text("another of the same name")
    take_settled(tmp_path, take, seen, 20.0, 5.0, "en")
    take_settled(tmp_path, take, seen, 26.0, 5.0, "en")
    assert (tmp_path / "done" / "good.csv").read_text() == "still being written"
    assert (tmp_path / "done" / "good-2.csv").read_text() == "another of the same name"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted(
        ["~$good.xlsx", ".hidden.csv", "half.csv.part", "notes.docx"]
    )


def test_a_slip_on_the_command_line_rejects_no_form(tundish: Command, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    refused = tundish("import", "--watch", tmp_path / "inbox", "--unit-of-measure", "lb")
    assert (refused.code, "give t, kt or kg" in refused.err) == (2, True)
    refused = tundish("import", "--watch", tmp_path / "inbox", "--as", "shifts")
    assert "--as shifts is no import of figures; imports in the configuration: none" in refused.err


def test_a_mine_reports_by_putting_its_shift_form_into_the_folder(
    tundish: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    rounds = 0

    def short_sleep(_seconds: float) -> None:
        nonlocal rounds
        rounds += 1
        time.sleep(0.05)
        if (inbox / "done" / "shift.csv").exists() or rounds > 200:
            raise KeyboardInterrupt

    monkeypatch.setattr(watch, "SETTLED_S", 0.2)
    monkeypatch.setattr(watch, "_wait", short_sleep)
    form = HEADER + "2026-08-01 08:00,2026-08-01 20:00,,,mine1,coal_raw,412.5,\n"
    threading.Timer(0.1, lambda: (inbox / "shift.csv").write_text(form)).start()
    tundish("import", "--watch", inbox)
    day = tundish("report", "day", "--period", "2026-08-01", "--json")
    assert {row["actual_t"] for row in json.loads(day.out)} == {412.5}
