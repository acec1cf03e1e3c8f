"""A file that breaks while the service uses it: only a new start can mend it, so the service ends and says so."""

import asyncio
from pathlib import Path

import pytest

from collector.errors import StorageDamaged
from collector.service.service import opened
from collector.storage.ledger import reads as ledger_reads
from tests.collector.service.works_document import works_settings


async def test_a_ledger_that_breaks_under_a_job_ends_the_service_with_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # SQLite reads a page once and keeps it, so a file that is overwritten under it breaks at no certain moment.
    def broken(_connection: object, limit: int, after: int) -> None:
        raise StorageDamaged("ledger.db: malformed; start again, then the damaged file is set aside")

    async with opened(works_settings(tmp_path)) as service:
        monkeypatch.setattr(ledger_reads, "dirty", broken)
        with pytest.raises(StorageDamaged, match="start again"):
            await asyncio.wait_for(service.wait(asyncio.Event()), 10)
