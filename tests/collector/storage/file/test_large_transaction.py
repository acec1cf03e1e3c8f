"""A transaction that is larger than SQLite's cache reads what it wrote itself, and is no damage."""

import random
from pathlib import Path

import apsw
import pytest

from tests.collector.storage.ledger.ledgers import opened

ROWS = 4000


@pytest.mark.parametrize("seed", range(3))
async def test_a_transaction_that_writes_its_pages_again_and_again_is_read_as_it_was_written(
    tmp_path: Path, seed: int
) -> None:
    ledger = opened(tmp_path)
    order = random.Random(seed)

    def fill(connection: apsw.Connection) -> None:
        connection.execute("PRAGMA cache_size = 10")
        keys = list(range(ROWS))
        for round_ in range(3):
            order.shuffle(keys)
            connection.executemany(
                "INSERT OR REPLACE INTO outbox (row_table, time_ns, tags, delete_first, fields) VALUES (?, ?, ?, 0, ?)",
                [("output_hour", key, f"[{key}]", f"{round_}" * 300) for key in keys],
            )

    def count(connection: apsw.Connection) -> int:
        return int(next(iter(connection.execute("SELECT count(*) FROM outbox WHERE length(fields) = 300")))[0])

    try:
        for _ in range(3):
            await ledger.write(fill)
            assert ledger.read(count) == ROWS
    finally:
        await ledger.close()
    again = opened(tmp_path)
    try:
        assert again.read(count) == ROWS
    finally:
        await again.close()
