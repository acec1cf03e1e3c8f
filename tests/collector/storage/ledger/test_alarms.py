"""Alarms in the ledger."""

from functools import partial
from pathlib import Path

import apsw
import pytest

from collector.storage.file.summed_disk import connect
from collector.storage.ledger import alarms as ledger_alarms
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.changes import LedgerChanges
from models.detection.alarm import PlantAlarm
from tests.collector.storage.ledger.ledgers import S, opened, step
from tests.support.ledger_calls import commit


def alarm(number: int, end_s: int | None = None, **more: object) -> PlantAlarm:
    values: dict[str, object] = {
        "source": "plc",
        "key": f"alarm {number}",
        "unit": "bf3",
        "origin": "BF3",
        "name": f"A{number}",
        "message": "",
        "severity": 500,
        "start_ns": number * 10 * S,
        "end_ns": None if end_s is None else end_s * S,
        "heard": ("one", "two"),
    }
    return PlantAlarm(**(values | more))  # type: ignore[arg-type]


async def test_an_alarm_reads_back_as_it_was_and_its_end_replaces_no_other(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    first, second = alarm(1), alarm(2, 25, acked=True, ended_unseen=True, told_ns=7, heard=())
    await commit(ledger, LedgerChanges(journal_seq=1, alarms=[first, second]))
    assert ledger.read(partial(ledger_alarms.newest, source="plc", key="alarm 2")) == second
    assert ledger.read(partial(ledger_alarms.open_now, source="plc")) == [first]
    await commit(ledger, LedgerChanges(journal_seq=2, alarms=[alarm(1, 40)]))
    assert ledger.read(partial(ledger_alarms.open_now, source="plc")) == []
    changed, last = ledger.read(partial(ledger_alarms.changed_since, number=2, since_ns=0, limit=10))
    assert (changed, last) == ([alarm(1, 40)], 3)
    await ledger.close()


async def test_active_at_an_instant_are_those_that_had_begun_and_had_not_ended(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    some = [alarm(1, 20), alarm(2, 40), alarm(3, severity=900), alarm(9), alarm(2, 30, unit="bf2", key="of another")]
    event = alarm(2, 20, key="event", is_event=True)
    await commit(ledger, LedgerChanges(journal_seq=1, alarms=[*some, event]))
    found = ledger.read(partial(ledger_alarms.active_at, unit="bf3", first_s=30, last_s=30))
    assert [one.name for one in found] == ["A3", "A2"]
    await ledger.close()


async def test_the_oldest_that_are_over_go_first_and_what_is_active_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_alarms, "KEPT", 100)
    ledger = opened(tmp_path)
    await commit(ledger, LedgerChanges(journal_seq=1, alarms=[alarm(0), *(alarm(n, n * 20) for n in range(1, 500))]))
    await commit(ledger, LedgerChanges(journal_seq=2, alarms=[alarm(500, 9_999)]))
    kept, _ = ledger.read(partial(ledger_alarms.changed_since, number=0, since_ns=0, limit=10_000))
    assert [one.name for one in kept] == ["A0", *(f"A{n}" for n in range(401, 501))]
    await ledger.close()


async def test_a_ledger_of_the_version_before_keeps_what_it_has_and_takes_alarms(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await commit(ledger, step(1, 0))
    await ledger.close()
    before = connect(tmp_path / "ledger.db", apsw.SQLITE_OPEN_READWRITE)
    before.execute(
        "DROP TABLE alarm; DROP TABLE stop_statement; DROP TABLE desk_save;"
        "DROP TABLE signature; ALTER TABLE anchor DROP COLUMN residue;"
        "PRAGMA user_version = 7"
    )
    before.close()
    ledger = opened(tmp_path)
    await commit(ledger, LedgerChanges(journal_seq=2, alarms=[alarm(1)]))
    assert ledger.read(partial(ledger_alarms.open_now, source="plc")) == [alarm(1)]
    assert ledger.read(ledger_reads.totals) == {"mine1.coal_total": 1_000_000}
    await ledger.close()
