"""`tundish report losses`: the rankings as table, page, sheet and JSON; what cannot be is refused."""

import csv
import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from click.testing import Result
from openpyxl import load_workbook
from typer.testing import CliRunner

from collector.cli.main import app
from collector.errors import ConfigurationError
from models.stated.plan import Repair, RepairKind
from models.stated.stop_reason import StopPart, StopStatement
from models.works.calendar import NS
from models.works.localize import LANGUAGES
from tests.support.why_works import OCTOBER, Changed, hour_of, octobers, settings_in, without, works_of

pytestmark = pytest.mark.long
Report = Callable[..., Result]
UNIT = "bf3"


@pytest.fixture(scope="module")
def plant_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A works whose furnace stood for six hours on the 12th, of which four have a reason."""
    folder = tmp_path_factory.mktemp("losses")
    plant = settings_in(folder / "plant").plant
    start_s = hour_of(plant, OCTOBER[0] + 11, 9)
    parts = (StopPart(start_s, ""), StopPart(start_s + 2 * 3600, "electrical"))
    said = StopStatement(0, UNIT, start_s, parts, "chief")
    stands = [(UNIT, start_s, start_s + 6 * 3600)]
    # Three days of repair, to the hour at which a day of the furnaces begins and beyond.
    low, high = hour_of(plant, OCTOBER[0] + 19, 0), hour_of(plant, OCTOBER[0] + 23, 0)
    repair = Repair(
        name="R1", unit="bf2", start_ns=low * NS, end_ns=high * NS, kind=RepairKind.CAPITAL, approved_by="chief"
    )
    works_of(
        folder / "works",
        without(octobers(plant, 7), [("bf2", low, high)]),
        Changed(stands=stands, said=[said], repairs=[repair]),
    )
    file = folder / "works" / "plant.yaml"
    document = yaml.safe_load(file.read_text("utf-8"))
    units = [each for shop in document["shops"] for each in shop["units"]]
    for each in units:
        each.pop("nameplate_t_per_day", None)  # the simulated works has some for all
    (unit,) = (each for each in units if each["code"] == UNIT)
    unit |= {"nameplate_t_per_day": {"pig_iron": 6000.0}, "quality_ratio": {"pig_iron": 0.985}}
    unit["quality_source"] = "laboratory"
    file.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    return file


@pytest.fixture(scope="module")
def reports(plant_file: Path) -> Report:
    """`tundish report` of that works."""

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["report", *words, "--plant", str(plant_file)])

    return run


@pytest.fixture(scope="module")
def report(reports: Report) -> Report:
    """`tundish report losses` of that works."""
    return partial(reports, "losses")


ASKED = ("--period", "2026-10", "--product", "pig_iron")


def test_the_rankings_have_the_stop_its_causes_its_shift_and_its_day(report: Report) -> None:
    (iron,) = json.loads(report(*ASKED, "--json").output)
    assert (iron["stops"], iron["stood_h"]) == (1, 6.0)
    assert iron["lost_t"] > 0
    assert [(each["reason"], each["stood_h"]) for each in iron["causes"]] == [("electrical", 4.0), ("", 2.0)]
    assert [(each["weekday"], each["stood_h"]) for each in iron["weekdays"]] == [(1, 6.0)], "the 12th was a Monday"
    unit = next(each for each in iron["units"] if each["unit"] == UNIT)
    assert (unit["own_stops"], unit["mttr_h"], unit["not_watched_h"]) == (1, 6.0, 0.0)
    assert unit["mtbf_h"] == unit["ran_h"]
    assert round(unit["availability_pct"], 3) == round(100 * unit["ran_h"] / (unit["ran_h"] + 6), 3)
    other = next(each for each in iron["units"] if each["unit"] != UNIT)
    assert "mtbf_h" not in other, "a unit without a stop has no mean time between stops"


def test_a_unit_whose_nameplate_and_quality_are_stated_has_an_oee_and_others_say_what_they_lack(report: Report) -> None:
    (iron,) = json.loads(report(*ASKED, "--json").output)
    unit, other = (next(each for each in iron["units"] if (each["unit"] == UNIT) is ours) for ours in (True, False))
    assert unit["quality_pct"] == 98.5
    pace_t = iron["lost_t"] / iron["stood_h"]
    assert unit["performance_pct"] == pytest.approx(100 * pace_t * 24 / 6000, rel=1e-6)
    oee = unit["availability_pct"] * unit["performance_pct"] * unit["quality_pct"] / 10_000
    assert unit["oee_pct"] == pytest.approx(oee)
    assert not {"performance_pct", "quality_pct", "oee_pct"} & other.keys()
    said = " ".join(report(*ASKED).output.split())
    assert "98.5 % (laboratory)." in said
    assert "no nameplate (nameplate_t_per_day) is configured: BF 2, BF 4." in said


def test_a_quality_that_was_entered_of_the_month_counts_before_the_configured_one_until_it_is_withdrawn(
    report: Report, plant_file: Path, tmp_path: Path
) -> None:
    def quality(*words: str) -> None:
        answer = CliRunner().invoke(app, ["quality", *words, "--plant", str(plant_file)])
        assert answer.exit_code == 0, answer.output

    def furnace() -> dict[str, object]:
        (iron,) = json.loads(report(*ASKED, "--json").output)
        return next(each for each in iron["units"] if each["unit"] == UNIT)

    file = tmp_path / "good.csv"
    file.write_text("unit,month,good,source,published\nBF 3,2026-10,97.1,Act 12,2026-11-03\n", "utf-8")
    quality("import", str(file))
    entered = furnace()
    assert (entered["quality_pct"], entered["quality_source"]) == (97.1, "Act 12")
    assert "quality 97.1 % (Act 12)." in " ".join(report(*ASKED).output.split())
    quality("withdraw", "BF 3", "2026-10")
    configured = furnace()
    assert (configured["quality_pct"], configured["quality_source"]) == (98.5, "laboratory")
    assert entered["oee_pct"] == pytest.approx(configured["oee_pct"] * 97.1 / 98.5)  # type: ignore[operator]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_says_the_same(report: Report, tmp_path: Path, language: str) -> None:
    (iron,) = json.loads(report(*ASKED, "--json").output)
    asked = [*ASKED, "--lang", language]
    sheet = tmp_path / "losses.xlsx"
    assert report(*asked, "--xlsx", "--out", str(sheet)).exit_code == 0
    cells = [cell for row in load_workbook(sheet).active.iter_rows(values_only=True) for cell in row]
    assert any(isinstance(cell, int | float) and abs(cell - iron["lost_t"]) < 0.06 for cell in cells)
    assert report(*asked, "--html").output.count("<tr") >= 8
    assert str(round(iron["lost_t"], 1)) in report(*asked, "--csv").output


def test_each_row_of_a_file_names_its_product_and_ranking_and_json_its_days(report: Report) -> None:
    rows = list(csv.DictReader(report(*ASKED, "--csv").output.splitlines()))
    assert {row["Product"] for row in rows} == {"Pig iron"}
    assert {row["By"] for row in rows} == {"All stops", "Unit", "Cause", "Shift", "Weekday"}
    (iron,) = json.loads(report(*ASKED, "--json").output)
    assert (iron["from"], iron["to"]) == ("2026-10-01", "2026-10-31")


def test_a_unit_that_was_in_repair_all_days_is_told_and_in_no_ranking(report: Report) -> None:
    days = ("--period", "2026-10-21..2026-10-22", "--product", "pig_iron")
    (iron,) = json.loads(report(*days, "--json").output)
    assert iron["in_repair"] == ["bf2"]
    assert [unit["unit"] for unit in iron["units"]] == ["bf3", "bf4"]
    told = " ".join(report(*days).output.split())
    assert "Pig iron: in approved repair all the time, so that no stop could cost anything: BF 2." in told


def test_units_whose_hours_were_not_watched_are_named(report: Report) -> None:
    unseen = ("--period", "2024-10", "--product", "pig_iron")
    assert "too few of their hours were watched: BF 2, BF 3, BF 4." in " ".join(report(*unseen).output.split())
    (iron,) = json.loads(report(*unseen, "--json").output)
    assert iron["not_known"] == ["bf2", "bf3", "bf4"]
    assert "lost_t" not in iron, "what is not known is not 0"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--period", "2026-13"], "2026-13"),
        (["--period", "2099-01"], "is in the future"),
        (["--period", f"{datetime.now(ZoneInfo('Asia/Almaty')):%Y-%m-%d}"], "no day of it is over in every shop"),
        (["--period", "2026-10..2026-09"], "ends before it starts"),
        (["--product", "gold"], "name one of"),
        (["--xlsx"], "give --out report.xlsx"),
        (["--json", "--csv"], "exclude each other"),
    ],
)
def test_what_cannot_be_is_refused_with_the_next_step(report: Report, words: list[str], said: str) -> None:
    refused = report(*words).exception
    assert isinstance(refused, ConfigurationError)
    assert said in str(refused)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Lost most in unplanned stops: BF 3: Pig iron {t} t in 6.0 h ("),
        ("ru", "Наибольшие потери от внеплановых простоев: Доменная печь 3: Чугун {t} т за 6,0 ч ("),
        ("kk", "Жоспардан тыс тоқтаулардан ең көп шығын: 3-домна пеші: Шойын {t} т, 6,0 сағ ("),
    ],
)
def test_the_daily_report_has_the_stops_that_cost_most(reports: Report, language: str, line: str) -> None:
    day = ["--period", "2026-10-12"]
    (iron,) = json.loads(reports("losses", *day, "--product", "pig_iron", "--json").output)
    tonnes = f"{iron['lost_t']:,.0f}"
    said = " ".join(reports("day", *day, "--lang", language).output.split())
    assert line.format(t=tonnes if language == "en" else tonnes.replace(",", " ")) in said
    heading = line.partition(":")[0]
    assert heading not in " ".join(reports("day", "--period", "2026-10-13", "--lang", language).output.split())
    known = ["--as-known-on", "2026-10-20"]
    assert heading not in " ".join(reports("day", *day, *known, "--lang", language).output.split())
