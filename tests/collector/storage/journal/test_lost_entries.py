"""Entries that the journal lost say so: in the log, in a count, and in a gap that begins where the loss began."""

from pathlib import Path

import apsw
import structlog.testing

from collector.storage.journal.journal import LedgerMark
from tests.collector.storage.journal.journals import START_NS, entry, opened


async def test_entries_that_are_gone_between_two_others_are_a_gap_where_they_were(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    for number in range(6):
        await journal.append(entry(number))
    received = [item.entry.received_ns for item in await journal.read("ledger", after=0, max_lines=100)]
    await journal.close()
    direct = apsw.Connection(str(tmp_path / "journal.db"))
    direct.execute("DELETE FROM entry WHERE seq IN (3, 4)")
    direct.close()
    journal = opened(tmp_path, ledger=LedgerMark(0, START_NS))
    with structlog.testing.capture_logs() as logged:
        found = await journal.read("ledger", after=0, max_lines=100)
    assert [(item.seq, item.damaged) for item in found] == [(1, False), (2, False), (4, True), (5, False), (6, False)]
    assert (found[2].entry.oldest_ns, found[2].entry.newest_ns) == (received[1], received[4])
    assert journal.losses == 1
    assert [line["event"] for line in logged] == ["journal_entries_lost"]
    assert "2 entries" in logged[0]["cause"]
    assert found == await journal.read("ledger", after=0, max_lines=100), "told once"
    await journal.close()


async def test_entries_that_went_with_the_log_are_told_though_what_is_left_looks_whole(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    journal = opened(whole)
    for number in range(3):
        await journal.append(entry(number))
    await journal.close()
    kept = (whole / "journal.db").read_bytes()
    journal = opened(whole)
    for number in range(3, 7):
        await journal.append(entry(number))
    await journal.close()
    (whole / "journal.db").write_bytes(kept)
    with structlog.testing.capture_logs() as logged:
        journal = opened(whole, ledger=LedgerMark(1, START_NS))
    found = await journal.read("ledger", after=1, max_lines=100)
    assert [item.damaged for item in found] == [False, False, True]
    assert found[2].entry.oldest_ns == found[1].entry.received_ns
    assert "4 entries that were acknowledged" in logged[0]["cause"]
    assert await journal.append(entry(9)) > 7, "no number is given twice"
    await journal.close()
