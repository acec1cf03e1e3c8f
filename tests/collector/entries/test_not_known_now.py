"""No list and no report is calm over a collector that is dead, or over units of which nothing is heard."""

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from collector.config.load import load
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import moment as ledger_moment
from collector.storage.ledger.ledger import Ledger
from models.detection.state_row import UnitNow
from models.tables.desk_data import SourceStatus
from models.works.codes import UnitState
from tests.collector.entries.conftest import Command
from tests.collector.service.works_document import works_yaml, write_works

S = 10**9
SILENT = "The collector has been silent since "
UNKNOWN = "What they do now is not known: "
# A zone in which it is about midday now: in the first hour of a day its report has no row yet.
HOURS_BEHIND = datetime.now(UTC).hour - 12
ZONE = ZoneInfo(f"Etc/GMT{HOURS_BEHIND:+d}")


@pytest.fixture
def works(tmp_path: Path) -> Path:
    """plant.yaml of a works with sources, in place of the one on paper: where nothing is read, nothing is silent."""
    document = works_yaml()
    document["site"]["zone"] = ZONE.key
    return write_works(tmp_path, document)


def report(folder: Path, *, reported_s_ago: int, **states: UnitState) -> None:
    """The collector reported that long ago; units were in these states then, and in order otherwise."""

    async def tell() -> None:
        settings = load(folder / "plant.yaml")
        at_ns = time.time_ns() - reported_s_ago * S
        ledger = Ledger.open(settings.data_dir, clock_ns=lambda: at_ns, demo=None)
        try:
            source = SourceStatus("plc", at_ns, True, 0.5, 9, 0, "")
            await ledger.write(partial(ledger_moment.put, sources=[source], activity=[]))
            units = [state(code, at_ns // S, states.get(code, UnitState.OK)) for code in settings.plant.units]
            await ledger.write(partial(ledger_detection.put_now, units=units))
        finally:
            await ledger.close()

    asyncio.run(tell())


def state(code: str, at_s: int, found: UnitState) -> UnitNow:
    return UnitNow(
        unit=code, shop="", product="", at_s=at_s, since_s=at_s - 60, state=found, severity=0, expected_t_per_h=None,
        actual_t_per_h=None, drop_pct=None, cause_unit="", evidence={},
    )  # fmt: skip


def lists(tundish: Command) -> dict[str, str]:
    """What each list and report of this moment says."""
    today = datetime.now(ZONE).date()
    return {
        "alerts": tundish("alert", "list").out,
        "status": tundish("status").out,
        "day": tundish("report", "day", "--period", today.isoformat(), "--lang", "en").out,
        "month": tundish("report", "month", "--period", f"{today:%Y-%m}", "--lang", "en").out,
        "growth": tundish("report", "growth", "--period", f"{today:%Y-%m}", "--lang", "en").out,
        "html": tundish("report", "day", "--period", today.isoformat(), "--html").out,
        "balance": tundish("report", "balance", "--period", today.isoformat()).out,
    }


def planned_today(tundish: Command, folder: Path) -> str:
    """The production date, for which there is a plan."""
    today = datetime.now(ZONE).date()
    file = folder / "plan.csv"
    file.write_text(f"month,site,shop,unit,product,tonnes\n{today:%Y-%m},,,bf3,pig_iron,155000\n", encoding="utf-8")
    answer = tundish("plan", "import", file)
    assert answer.code == 0, answer.err
    return today.isoformat()


@pytest.mark.long
@pytest.mark.parametrize("ago_s", [40, 3 * 86_400])
def test_a_dead_collector_is_named_with_since_when_in_every_list_of_now(
    tmp_path: Path, tundish: Command, ago_s: int
) -> None:
    report(tmp_path, reported_s_ago=ago_s)
    assert {kind: SILENT in said for kind, said in lists(tundish).items()} == dict.fromkeys(lists(tundish), True)


def test_a_unit_that_is_not_heard_is_named_in_every_list_of_now(tmp_path: Path, tundish: Command) -> None:
    report(tmp_path, reported_s_ago=1, bf3=UnitState.STALE)
    for kind, said in lists(tundish).items():
        assert f"{UNKNOWN}BF 3 (since " in " ".join(said.split()), kind


def test_nothing_is_said_to_be_unknown_where_all_is_known_or_where_a_month_is_over(
    tmp_path: Path, tundish: Command
) -> None:
    report(tmp_path, reported_s_ago=1)
    for said in lists(tundish).values():
        assert SILENT not in said
        assert UNKNOWN not in said
    report(tmp_path, reported_s_ago=600)
    assert SILENT not in tundish("report", "month", "--period", "2026-08").out


def test_programs_are_told_what_is_not_known_and_since_when(tmp_path: Path, tundish: Command) -> None:
    report(tmp_path, reported_s_ago=1)
    listed = json.loads(tundish("alert", "list", "--json").out)
    assert (listed["collector_silent_since"], listed["not_known_since"], listed["incidents"]) == (None, {}, [])
    report(tmp_path, reported_s_ago=1, bf3=UnitState.BAD)
    listed = json.loads(tundish("alert", "list", "--json").out)
    assert (listed["collector_silent_since"], set(listed["not_known_since"])) == (None, {"bf3"})
    report(tmp_path, reported_s_ago=600)
    listed = json.loads(tundish("alert", "list", "--json").out)
    ago = datetime.now(UTC) - datetime.fromisoformat(listed["collector_silent_since"])
    assert listed["collector"] == "silent"
    assert 599 <= ago.total_seconds() <= 660
    assert set(listed["not_known_since"].values()) == {listed["collector_silent_since"]}


@pytest.mark.parametrize(("states", "ago_s"), [({}, 600), ({"bf3": UnitState.BAD}, 1)])
def test_a_day_report_for_programs_marks_the_rows_of_which_the_end_is_not_known(
    tmp_path: Path, tundish: Command, states: dict[str, UnitState], ago_s: int
) -> None:
    day = planned_today(tundish, tmp_path)
    report(tmp_path, reported_s_ago=1)
    assert "not_known_since" not in tundish("report", "day", "--period", day, "--json").out
    assert "Not known since" not in tundish("report", "day", "--period", day, "--csv").out
    report(tmp_path, reported_s_ago=ago_s, **states)
    rows = json.loads(tundish("report", "day", "--period", day, "--json").out)
    marked = {(row["level"], row["product"]) for row in rows if "not_known_since" in row}
    assert {("unit", "pig_iron"), ("site", "pig_iron")} <= marked
    head, *lines = tundish("report", "day", "--period", day, "--csv").out.splitlines()
    assert head.endswith("Not known since")
    assert any(line.rsplit(",", 1)[1] for line in lines)


def test_a_list_of_incidents_says_first_what_is_not_known(tmp_path: Path, tundish: Command) -> None:
    report(tmp_path, reported_s_ago=1)
    assert tundish("alert", "list").out.startswith("no open incidents\n")
    report(tmp_path, reported_s_ago=600)
    first, second, *_ = tundish("alert", "list").out.splitlines()
    assert first.startswith(SILENT)
    assert second == "no incidents were open in what was known then"


def test_what_was_not_known_before_the_collector_fell_silent_is_not_known_since_then(
    tmp_path: Path, tundish: Command
) -> None:
    report(tmp_path, reported_s_ago=600, bf3=UnitState.BAD)
    found = json.loads(tundish("alert", "list", "--json").out)
    since = {code: datetime.fromisoformat(at) for code, at in found["not_known_since"].items()}
    silent = datetime.fromisoformat(found["collector_silent_since"])
    assert since.pop("bf3") == silent - timedelta(seconds=60)
    assert set(since.values()) == {silent}
