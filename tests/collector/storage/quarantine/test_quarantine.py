"""Promise 5: everything rejected is kept with its reason, and can be listed, corrected, replayed and dropped."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from collector.errors import NoSuchRecord
from collector.storage.quarantine import records as quarantine
from collector.storage.quarantine.browser import QuarantineBrowser
from collector.storage.quarantine.records import Decision
from models.counting.reading import Rejection
from models.works.codes import Quality, Reason
from tests.collector.storage.journal.journals import START_NS, entry, opened, refused
from tests.collector.storage.ledger import ledgers
from tests.support.ledger_calls import commit

ROOT = Path(__file__).resolve().parents[4]
HEAT = Rejection(
    "plc", "bof1.heats", "999.0", START_NS, Quality.GOOD, Reason.EVENT_TONNES, "999.0 t is above high 400.0 t", "K-12"
)


async def filled(folder: Path) -> QuarantineBrowser:
    """J1 and J2 readings, J3 a heat, L1 from the ledger."""
    journal = opened(folder)
    await journal.append(entry(0), [refused(1), refused(2), HEAT])
    await journal.close()
    ledger = ledgers.opened(folder)
    await commit(ledger, ledgers.LedgerChanges(journal_seq=1, rejections=[refused(3)]))
    await ledger.close()
    return QuarantineBrowser(folder, lambda: START_NS + 10**9)


async def test_records_of_both_files_are_listed_with_their_names(tmp_path: Path) -> None:
    desk = await filled(tmp_path)
    assert {item.name for item in desk.listed("open", 10)} == {"J1", "J2", "J3", "L1"}
    shown = desk.shown("j3")
    assert shown.record.rejection == HEAT
    assert (shown.record.state, shown.record.count) == ("open", 1)
    assert len(desk.listed(None, 2)) == 2


async def test_a_released_record_is_handed_to_the_service_with_the_corrected_value(tmp_path: Path) -> None:
    desk = await filled(tmp_path)
    desk.replay(["J3"], corrected="305.5", by="Aigul")
    desk.replay(["J1", "L1"], corrected=None, by=None)
    journal = opened(tmp_path)
    first, heat = await journal.take_replays()
    assert (first.id, first.replay_value) == (1, "1")
    assert (heat.replay_value, heat.rejection.event_key, heat.changed_by) == ("305.5", "K-12", "Aigul")
    await journal.append(entry(1), replayed=[heat.id])
    assert [item.id for item in await journal.take_replays()] == [1]
    await journal.close()
    with pytest.raises(NoSuchRecord, match="replayed already"):
        desk.replay(["J3"], corrected=None, by=None)


async def test_a_dropped_record_stays_listed_as_dropped(tmp_path: Path) -> None:
    desk = await filled(tmp_path)
    desk.drop(["J2"], by="Aigul")
    (dropped,) = desk.listed("dropped", 10)
    assert (dropped.name, dropped.record.changed_by) == ("J2", "Aigul")
    desk.replay(["J2"], corrected=None, by=None)
    assert desk.shown("J2").record.state == "replay"


async def test_one_unknown_name_changes_nothing_of_that_file(tmp_path: Path) -> None:
    desk = await filled(tmp_path)
    with pytest.raises(NoSuchRecord, match="J99"):
        desk.drop(["J1", "J99"], by=None)
    assert desk.shown("J1").record.state == "open"
    with pytest.raises(NoSuchRecord, match="such as J17"):
        desk.shown("17")


def fresh() -> apsw.Connection:
    connection = apsw.Connection(":memory:")
    connection.execute(quarantine.SCHEMA)
    return connection


def test_past_its_bound_settled_records_go_first_then_like_ones_become_one() -> None:
    connection = fresh()
    quarantine.add(connection, [refused(number) for number in range(10)], START_NS)
    for number in (1, 2, 3):
        quarantine.drop(connection, number, Decision(None, START_NS))
    quarantine.make_room(connection, 8)
    assert quarantine.counts(connection) == {"dropped": 1, "open": 7}
    quarantine.add(connection, [HEAT], START_NS)
    # As files of before hold them: a record a poll.
    connection.execute(
        "UPDATE quarantine SET tag = 'mine1.belt', recorded_ns = recorded_ns + id WHERE reason != 'event_tonnes'"
    )
    quarantine.make_room(connection, 4)
    (merged, heat) = quarantine.listed(connection, None, 10)
    assert heat.rejection == HEAT
    assert (merged.count, merged.rejection.value) == (7, "9")
    assert (merged.recorded_ns, merged.last_ns) == (START_NS + 4, START_NS + 10)


def test_what_is_refused_again_for_one_cause_is_one_record_with_count_first_and_last() -> None:
    connection = fresh()
    for poll in range(200):
        quarantine.add(connection, [refused(1), refused(2), HEAT], START_NS + poll)
    quarantine.add(connection, [replace(refused(1), value="77", time_ns=START_NS + 5, detail="now")], START_NS + 500)
    assert quarantine.counts(connection) == {"open": 601}
    belt, heat, other = quarantine.listed(connection, "open", 10)
    assert (belt.count, belt.recorded_ns, belt.last_ns) == (201, START_NS, START_NS + 500)
    assert (belt.rejection.value, belt.rejection.time_ns, belt.rejection.detail) == ("77", START_NS + 5, "now")
    assert (heat.count, other.count) == (200, 200)


def test_another_reason_another_key_or_a_record_that_was_settled_is_another_cause() -> None:
    connection = fresh()
    keyed = replace(HEAT, event_key="K-13")
    quarantine.add(connection, [HEAT, keyed, replace(HEAT, reason=Reason.BAD_QUALITY)], START_NS)
    quarantine.drop(connection, 1, Decision("Aigul", START_NS))
    quarantine.add(connection, [HEAT, HEAT], START_NS + 1)
    by_id = {record.id: (record.state, record.count) for record in quarantine.listed(connection, None, 10)}
    assert by_id == {1: ("dropped", 1), 2: ("open", 1), 3: ("open", 1), 4: ("open", 2)}
    quarantine.add(connection, [replace(keyed, value="300.0"), replace(keyed, time_ns=START_NS + 1)], START_NS + 2)
    assert quarantine.counts(connection) == {"dropped": 1, "open": 6}
    assert len(quarantine.listed(connection, "open", 10)) == 5, "each has tonnes of its own"


def test_any_text_and_time_can_be_kept() -> None:
    connection = fresh()
    odd = Rejection("plc", "a\ud800b", "x\x00y", 2**80, Quality.BAD, Reason.WRONG_TYPE, "\udcff", "\ud83d")
    quarantine.add(connection, [odd], START_NS)
    (kept,) = quarantine.listed(connection, None, 10)
    assert kept.rejection.time_ns == 2**63 - 1
    assert kept.rejection.tag == "a\\ud800b"


def tundish(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "collector", *arguments]
    environment = {"COLUMNS": "200", "PATH": "/usr/bin"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.long
async def test_the_command_lists_shows_replays_and_drops(tmp_path: Path) -> None:
    await filled(tmp_path)
    folder = str(tmp_path)
    listed = tundish("quarantine", "list", folder)
    assert listed.returncode == 0, listed.stderr
    for text in ("J1", "J3", "L1", "bof1.heats", "event_tonnes", "999.0 t is above high", "first", "last"):
        assert text in listed.stdout
    shown = tundish("quarantine", "show", folder, "J3").stdout
    assert "K-12" in shown
    assert "999.0" in shown
    assert tundish("quarantine", "replay", folder, "J3", "--value", "305.5", "--by", "Aigul").returncode == 0
    assert tundish("quarantine", "drop", folder, "J1", "J2").returncode == 0
    assert "J3" in tundish("quarantine", "list", folder, "--state", "replay").stdout
    again = tundish("quarantine", "show", folder, "J77")
    assert again.returncode == 1
    assert len(again.stderr.strip().splitlines()) == 1


async def test_queue_status_works_beside_a_running_service(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    await ledgers.opened(tmp_path, demo=True).close()
    for number in range(3):
        await journal.append(entry(number))
    shown = tundish("queue", "status", str(tmp_path))
    await journal.close()
    assert shown.returncode == 0, shown.stderr
    assert "SIMULATED" in shown.stdout
    figures = {
        line.split("│")[1].strip(): line.split("│")[2].strip() for line in shown.stdout.splitlines() if "│" in line
    }
    assert figures["entries in the journal"] == "3"
    assert figures["lines of telemetry waiting"] == "3"


@pytest.mark.long
def test_a_folder_without_files_is_told_in_one_line(tmp_path: Path) -> None:
    for command in (("queue", "status"), ("quarantine", "list")):
        ended = tundish(*command, str(tmp_path))
        assert ended.returncode in (1, 2)
        assert "Traceback" not in ended.stderr
        assert len(ended.stderr.strip().splitlines()) == 1
