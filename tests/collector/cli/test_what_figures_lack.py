"""Reports say what their figures lack: gaps of counters, and the day that still runs; `status` lists the gaps."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from collector.cli.main import app
from tests.collector.service.steel_works import Clock, delivery_of, opened_parts, tap
from tests.collector.service.works_document import BELT, COAL, NOON_NS, NS, TAPS, works_settings

THERE = {COAL: "plc2 coal", TAPS: "plc2 ring"}
NARROW = {"COLUMNS": "60"}


def said(*arguments: object, **environment: str) -> str:
    words = [str(word) for word in arguments]
    done = CliRunner().invoke(app, words, env={"TUNDISH_PLANT": "", "COLUMNS": ""} | environment)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
async def plant_file(tmp_path: Path) -> Path:
    """A mine whose counter was changed at noon, and a furnace whose ring was."""
    settings = works_settings(tmp_path)
    clock = Clock(NOON_NS + 7200 * NS)
    async with opened_parts(settings.data_dir, settings.plant, clock=clock) as parts:
        await parts.take(
            delivery_of(parts.batch((COAL, -1200, 100.0)), addresses={COAL: "plc1 coal", TAPS: "plc1 ring"}),
            delivery_of(parts.batch((COAL, -600, 160.0)), events=(tap("17", -3600),)),
            delivery_of(parts.batch((COAL, 0, 165.0)), addresses=THERE),
            delivery_of(parts.batch((COAL, 600, 265.0))),
        )
        await parts.settle()
    return tmp_path / "plant.yaml"


def test_status_lists_them_with_place_span_cause_and_what_is_missing_at_most(plant_file: Path) -> None:
    lines = [line for line in said("status", plant_file).splitlines() if "│" in line]
    (coal,) = [line for line in lines if COAL in line]
    for part in ("mine1", "2026-09-30 11:50:00", "2026-09-30 12:00:00", "600.0", "another counter is read since"):
        assert part in coal, "a pipe has a line for each row"
    (taps,) = [line for line in lines if TAPS in line]
    assert "not known" in taps
    assert "another ring is read since" in taps


@pytest.mark.parametrize(
    ("lang", "note"), [("en", "at most 600.0 t"), ("ru", "не более 600,0 т"), ("kk", "ең көбі 600,0 т")]
)
@pytest.mark.parametrize("period", [("day", "2026-09-30"), ("month", "2026-09")])
def test_a_report_of_their_span_marks_its_rows_and_says_so_below(
    plant_file: Path, period: tuple[str, str], lang: str, note: str
) -> None:
    kind, when = period
    options = ("report", kind, "--period", when, "--plant", plant_file, "--lang", lang)
    assert note in said(*options).replace("\n", " ").replace("\u00a0", " ")
    rows = list(csv.reader(io.StringIO(said(*options, "--csv"))))
    marks = {name: row[-1] for row in rows[1:] for name in row[:3]}
    assert marks["Mine 1"] == "1"
    assert marks["BF 3"] == "1"
    found = json.loads(said(*options, "--json"))
    assert {row["unit"]: row.get("gaps") for row in found if row["level"] == "unit"}["mine1"] == 1
    assert {row["product"]: row.get("gaps") for row in found if row["level"] == "site"}["pig_iron"] == 1


def test_a_report_of_another_day_or_of_before_they_were_known_has_none(plant_file: Path) -> None:
    other = said("report", "day", "--period", "2026-09-29", "--plant", plant_file, "--json")
    assert "gaps" not in other
    earlier = ("--as-known-on", "2026-09-30 10:00")
    assert "gaps" not in said("report", "day", "--period", "2026-09-30", "--plant", plant_file, "--json", *earlier)


def test_a_narrow_terminal_shows_the_quality_of_the_data_beside_each_figure(plant_file: Path) -> None:
    text = said("report", "day", "--period", "2026-09-30", "--plant", plant_file, **NARROW)
    assert "quality" in text.partition("Mine 1")[0]
    assert "Gaps" in text.partition("Mine 1")[0]


@pytest.mark.parametrize(
    ("lang", "of_day", "of_month"),
    [
        ("en", "the day is not over", "the running day is in the month alone"),
        ("ru", "сутки не окончены", "текущие сутки входят только в месяц"),
        ("kk", "тәулік аяқталған жоқ", "ағымдағы тәулік тек айға кіреді"),
    ],
)
def test_both_reports_say_what_their_year_to_date_holds_of_the_running_day(
    plant_file: Path, lang: str, of_day: str, of_month: str
) -> None:
    now = ("--plant", plant_file, "--lang", lang, "--as-known-on", "2026-09-30 15:00")
    assert of_day in said("report", "day", "--period", "2026-09-30", *now)
    month = said("report", "month", "--period", "2026-09", *now)
    assert of_month in " ".join(month.split())
    after = ("--plant", plant_file, "--lang", lang, "--as-known-on", "2026-10-02 15:00")
    assert of_day not in said("report", "day", "--period", "2026-09-30", *after)
    assert of_month not in said("report", "month", "--period", "2026-09", *after)


async def test_a_pipe_gets_each_rejected_record_on_one_line(tmp_path: Path) -> None:
    settings = works_settings(tmp_path)
    async with opened_parts(settings.data_dir, settings.plant) as parts:
        await parts.take(delivery_of(parts.batch((BELT, 0, 1e9))))
    lines = [line for line in said("quarantine", "list", tmp_path / "plant.yaml").splitlines() if BELT in line]
    assert len(lines) == 1
    for part in ("J1", "out_of_range", "1000000000.0 is above high 2000.0 t/h", "open"):
        assert part in lines[0]
