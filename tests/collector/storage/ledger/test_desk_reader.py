"""What the desk reads of a ledger, from its own side and in short transactions."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from collector.errors import CannotStart, CollectorError
from collector.storage.ledger import moment as ledger_moment
from collector.storage.ledger.desk_reader import LedgerDesk
from models.tables.desk_data import SourceStatus, UnitActivity
from models.works.table import Row, RowKey
from tests.collector.storage.ledger.ledgers import START_NS, S, opened
from tests.models.tables.test_hour_rows import PLANT
from tests.support.ledger_calls import publish

STATUS = SourceStatus("plc", START_NS, up=True, age_s=0.5, readings=10, rejected=1, last_error="")


def day(product: str, actual_t: float | None) -> Row:
    tags = {"site": "temirtau", "shop": "all", "unit": "all", "product": product, "level": "site"}
    fields: dict[str, float | int | str] = {"status": 0, "start_ms": START_NS // 10**6, "end_ms": START_NS // 10**6 + 1}
    if actual_t is not None:
        fields["actual_t"] = actual_t
    return Row(RowKey.of("output_day", START_NS, tags), fields)


async def test_published_rows_come_as_points_and_an_absent_field_as_none(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await publish(ledger, [day("coal_raw", 12.345), day("pig_iron", None)], to_outbox=False)
    coal, iron = LedgerDesk(PLANT, tmp_path / "ledger.db").output("output_day", START_NS, START_NS + 1)
    assert (coal.product, coal.level, coal.actual_t, coal.completeness_pct) == ("coal_raw", "site", 12.345, None)
    assert (coal.start_ns, coal.end_ns) == (START_NS, START_NS + 10**6)
    assert iron.actual_t is None
    assert LedgerDesk(PLANT, tmp_path / "ledger.db").output("output_day", START_NS + 1, START_NS + 2) == []
    await ledger.close()


async def test_the_newest_status_is_shown_and_instants_of_a_unit_never_go_back(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    desk = LedgerDesk(PLANT, tmp_path / "ledger.db")
    await ledger.write(
        partial(
            ledger_moment.put,
            sources=[STATUS],
            activity=[UnitActivity("bf2", START_NS, None), UnitActivity("bf3", None, START_NS)],
        )
    )
    later = replace(STATUS, time_ns=START_NS + S, up=False, last_error="timeout")
    await ledger.write(
        partial(
            ledger_moment.put,
            sources=[later],
            activity=[UnitActivity("bf2", START_NS - S, START_NS), UnitActivity("bf3", None, None)],
        )
    )
    assert list(desk.sources()) == [later]
    assert list(desk.activity()) == [UnitActivity("bf2", START_NS, START_NS), UnitActivity("bf3", None, START_NS)]
    await ledger.close()


def test_a_ledger_that_does_not_exist_yet_reads_as_an_empty_one(tmp_path: Path) -> None:
    desk = LedgerDesk(PLANT, tmp_path / "ledger.db")
    assert (desk.plant(), desk.output("output_day", 0, 2**62), desk.sources(), desk.activity()) == (PLANT, [], [], [])
    assert (desk.states(), desk.drops(0, 2**62), desk.episodes(0)) == ([], [], [])


def test_a_file_that_is_no_ledger_is_told_in_our_words(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"something else" * 1000)
    with pytest.raises(CollectorError):
        LedgerDesk(PLANT, tmp_path / "ledger.db").sources()


def test_an_older_file_asks_for_the_service_first(tmp_path: Path) -> None:
    fixture = Path(__file__).resolve().parents[3] / "cases" / "ledger_v1" / "ledger.db"
    (tmp_path / "ledger.db").write_bytes(fixture.read_bytes())
    with pytest.raises(CannotStart, match="start the service once"):
        LedgerDesk(PLANT, tmp_path / "ledger.db").sources()
