"""A drop and a cut in `tundish demo`, from the fault to the last message: what the page shows and what people hear."""

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from collector.config.load import load
from collector.entries import alerts
from collector.entries.entry_file import EntryFile
from collector.simulation.options import SimulationOptions
from collector.simulation.plant_config import plant_yaml
from collector.simulation.simulated_works import SimulatedWorks
from models.alerts.incident import Incident
from tests.collector.alerts.receivers import hook_server, mail_server
from tests.support.collector_process import CollectorProcess
from tests.support.watched_demo import QUIET_S, SOON, Account, Demos, WatchedDemo, alert_sections

pytestmark = [pytest.mark.timeout(450), pytest.mark.long]
PRINTED = re.compile(r"(?m)^  (SIMULATED: .*)\n  to (\w+):\n((?:    .*\n|\n)*)")
"""A message as the demo prints it: subject, role and text."""
BY_OTHER_WAYS = {"ore_mine", "weighbridge"}
"""Units that are read by no PLC."""
DROPPED = re.compile(r"drop|stopp|has stood|short", re.IGNORECASE)


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demos]:
    """Both run side by side, for each takes minutes."""
    demos = Demos(
        stop=WatchedDemo(tmp_path_factory.mktemp("stop"), "bf3-stop@+60s:60s", limit_s=400, sections=SOON),
        cut=WatchedDemo(tmp_path_factory.mktemp("cut"), "opcua-cut@+60s:60s", limit_s=400),
    )
    for demo in demos:
        demo.start()
    yield demos
    for demo in demos:
        demo.end()


def mails(account: Account) -> list[tuple[str, str]]:
    """Subject and text of each, without the no-break spaces."""
    return [
        (subject, mail.get_content().replace("\u00a0", " "))
        for subject, mail in zip(account.box.subjects, account.box.mails, strict=True)
    ]


def working(account: Account) -> set[str]:
    """All units but a mine in its repair shift: one of the two has it for half of the day."""
    resting = {unit for unit in account.lamps if "planned" in account.states(unit)}
    assert resting <= {"mine1", "mine2"}
    return set(account.lamps) - resting


def holds_of_a_stop(account: Account) -> None:
    """What is promised of a stop of BF 3, however long its rule waits."""
    assert account.states("bf3")[-3:] == ["ok", "stopped", "ramp_up"]
    stopped = next(lamp for lamp in account.lamps["bf3"] if lamp.state == "stopped")
    assert re.match(
        r"BF 3 has stood since \d\d:\d\d: at \d\d:\d\d blast was [\d.,]+ of 360,000 m3/h \(\d+ %\); ", stopped.evidence
    )
    assert "BF 2, BF 4 work" in stopped.evidence
    assert {account.states(unit)[-1] for unit in working(account) - {"bf3"}} == {"ok"}
    assert list(account.drops) == ["bf3"]
    assert [row.split()[0] for row in account.drops["bf3"]][-1] == "ended"
    lasting = [row for row in account.drops["bf3"] if row.startswith("lasts")]
    assert any(
        re.search(r"downstream for each day of it: ?Steel [\d,]+ t; Slab [\d,]+ t; Rolled", row) for row in lasting
    )

    assert account.kinds == ["raised", "cleared"], "one message when it stops, and one when it works again"
    (raised, told), (cleared, over) = mails(account)
    assert raised == "SIMULATED: ALERT P1: BF 3: stopped (Temirtau works (SIMULATED))"
    assert cleared == "SIMULATED: CLEARED P1: BF 3: stopped (Temirtau works (SIMULATED))"
    assert "blast was" in told
    ahead = re.search(r"Will be short downstream for each day of it: Steel ([\d,]+) t; Slab ([\d,]+) t; Rolled", told)
    assert ahead is not None, told
    assert all(int(tonnes.replace(",", "")) > 1000 for tonnes in ahead.groups())
    assert "BF 3: stopped (over)" in over
    assert re.search(r"Short downstream by that: Steel [\d.]+ t; Slab [\d.]+ t; Rolled products [\d.]+ t", over), over
    assert [post["role"] for post in account.hook.posts] == ["dispatcher", "dispatcher"]
    assert set(account.hook.posts[0]["incident"]["ahead_t"]) == {"steel_liquid", "slab", "rolled"}

    (incident,) = account.incidents
    assert (incident["key"], incident["severity"], incident["state"]) == ("output:bf3:pig_iron", "P1", "cleared")
    assert incident["reopened"] == 0
    assert [event["by"] for event in incident["events"] if event["kind"] == "cleared"] == ["tundish"]


def went_well(account: Account, folder: Path) -> None:
    assert "Traceback" not in account.output
    for log in folder.glob("*.log"):
        assert "Traceback" not in log.read_text(encoding="utf-8"), log


def test_a_stopped_furnace_lights_is_told_once_with_what_follows_and_clears_by_itself(demos: Demos) -> None:
    account = demos.stop.account()
    holds_of_a_stop(account)
    went_well(account, demos.stop.folder / "demo")


def test_a_cut_connection_is_told_as_lost_data_and_never_as_a_drop(demos: Demos) -> None:
    account = demos.cut.account()
    (incident,) = account.incidents
    assert (incident["severity"], incident["kind"], incident["source"]) == ("P4", "stale", "simulated_plc")
    assert incident["state"] == "cleared"
    named = {incident["unit"], *(each["unit"] for each in incident["consequences"])}
    cut_off = working(account) - BY_OTHER_WAYS
    assert cut_off <= named, "one incident for all units"
    assert account.drops == {}
    for unit in cut_off:
        assert account.states(unit)[-3:] == ["ok", "stale", "ok"], unit
    assert {account.states(unit)[-1] for unit in BY_OTHER_WAYS} == {"ok"}
    assert not BY_OTHER_WAYS & named, "files and Modbus go on"
    told = PRINTED.findall(account.output)
    assert [(subject.partition(" (")[0], role) for subject, role, _ in told] == [
        (f"SIMULATED: {head} P4: no connection to source simulated PLC, output is not known", "instruments")
        for head in ("DATA", "CLEARED")
    ]
    for subject, _, text in told:
        assert "This is about data, not about output." in text
        assert not DROPPED.search(subject + text), text
    went_well(account, demos.cut.folder / "demo")


@pytest.fixture
def usual(tmp_path: Path) -> Iterator[WatchedDemo]:
    demo = WatchedDemo(tmp_path, "bf3-stop@+60s:600s", limit_s=1500, sections={})
    demo.start()
    yield demo
    demo.end()


@pytest.mark.slow
@pytest.mark.timeout(1600)
def test_the_same_by_the_rules_that_are_built_in(usual: WatchedDemo) -> None:
    account = usual.account()
    holds_of_a_stop(account)
    went_well(account, usual.folder / "demo")


async def comes_true(condition: Callable[[], Any], limit_s: float) -> None:
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline, f"it did not come true within {limit_s} s"
        await asyncio.sleep(0.5)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_stop_goes_on_over_a_kill_of_the_collector_and_is_told_no_second_time(tmp_path: Path) -> None:
    options = SimulationOptions(seed=1, faults=("bf3-stop@+30s:180s",))
    with hook_server() as hook, mail_server() as box:
        async with SimulatedWorks(options) as works:
            file = tmp_path / "plant.yaml"
            sections = {**alert_sections(hook, box), **SOON}
            file.write_text(plant_yaml(works.url, sections=sections), encoding="utf-8")
            collector = CollectorProcess(file, tmp_path / "run.log")
            try:
                await collector.start()
                await comes_true(lambda: hook.posts and box.mails, 150)
                before = only_incident(file)
                assert before.is_open
                await asyncio.sleep(5)
                await collector.kill()
                await asyncio.sleep(15)
                await collector.start()
                await comes_true(lambda: "CLEARED" in "".join(box.subjects), 400)
                await asyncio.sleep(QUIET_S)
                assert await collector.stop() < 10
            finally:
                await collector.end()
        after = only_incident(file)
        assert [post["kind"] for post in hook.posts] == ["raised", "cleared"]
        assert [subject.split()[1] for subject in box.subjects] == ["ALERT", "CLEARED"]
    assert (after.id, after.is_open, after.reopened) == (before.id, False, 0)
    assert abs(after.root.finding.since_s - before.root.finding.since_s) <= 60, "the stop began when it began"
    assert (after.root.finding.lost_t or 0.0) > (before.root.finding.lost_t or 0.0) > 0
    assert "Traceback" not in collector.log_text()


def only_incident(file: Path) -> Incident:
    (told,) = alerts.listed(EntryFile(load(file)), ended=True)
    return told.incident
