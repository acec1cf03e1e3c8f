"""A ledger whose months could be closed once: they stay closed, and may be closed again."""

from functools import partial
from pathlib import Path

import apsw

from collector.storage.file.page_sums import remove_sums
from collector.storage.ledger import statements as ledger_statements
from models.stated.closed_month import MonthClose, MonthReopening
from tests.collector.storage.ledger.ledgers import S, opened


async def test_a_month_that_version_four_closed_stays_closed_and_may_be_closed_again(tmp_path: Path) -> None:
    await opened(tmp_path).close()
    remove_sums(tmp_path / "ledger.db")
    old = apsw.Connection(str(tmp_path / "ledger.db"))
    old.execute(
        "DROP TABLE alarm; DROP TABLE damage; DROP TABLE seal; ALTER TABLE health DROP COLUMN stale;"
        "DROP TABLE stop_statement; DROP TABLE desk_save; DROP TABLE signature; DROP TABLE measure; "
        "DROP TABLE milestone; DROP TABLE measured_hour; DROP TABLE measured_state; DROP TABLE report_mail; "
        "DROP TABLE accident; DROP TABLE group_stream; DROP TABLE group_item; DROP TABLE group_message; "
        "ALTER TABLE anchor DROP COLUMN residue;"
        "DROP TABLE month_reopening; DROP TABLE configuration; DROP TABLE month_close; DROP TABLE closed_figure;"
        "DROP TABLE address; DROP TABLE import_run;"
        "DROP INDEX figure_by_start; DROP INDEX figure_by_place; DROP INDEX figure_by_key;"
        "DROP INDEX figure_by_import; DROP INDEX figure_by_end;"
        "CREATE TABLE month_close (id INTEGER PRIMARY KEY AUTOINCREMENT, month INTEGER NOT NULL UNIQUE, "
        "author TEXT NOT NULL, recorded_ns INTEGER NOT NULL);"
        "CREATE TABLE closed_figure (id INTEGER PRIMARY KEY AUTOINCREMENT, month INTEGER NOT NULL, "
        "level TEXT NOT NULL, shop TEXT NOT NULL, unit TEXT NOT NULL, product TEXT NOT NULL, grams INTEGER NOT NULL);"
        "INSERT INTO month_close VALUES (3, 739000, 'chief', 77);"
        "INSERT INTO closed_figure VALUES (9, 739000, 'unit', 'iron', 'bf3', 'pig_iron', 5);"
        "PRAGMA user_version = 4"
    )
    old.close()
    ledger = opened(tmp_path)
    facts = ledger.read(ledger_statements.read)
    assert [(item.month, item.grams, item.recorded_ns) for item in facts.closed_figures] == [(739000, 5, 77)]
    assert facts.closed_months == {739000}
    again = [MonthReopening(month=739000, author="chief", reason="mistake"), MonthClose(month=739000, author="chief")]
    for second, statement in enumerate(again, 88):
        await ledger.write(partial(ledger_statements.add, statements=[statement], dirty=[], clock_ns=second * S))
    assert ledger.read(ledger_statements.read).closed_months == {739000}
    assert not ledger.read(ledger_statements.read).closed_figures, "the second closing signed none"
    await ledger.close()
