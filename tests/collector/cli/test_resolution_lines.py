"""`tundish poll` shows in what steps counters move: as stated, as learned, or that nobody knows yet."""

from pathlib import Path

from collector.cli.resolution_lines import resolution_lines
from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger.changes import LedgerChanges
from models.counting.totalizer_state import TotalizerState
from tests.collector.service.steel_works import open_ledger
from tests.collector.service.works_document import COAL, ORE, works_settings, works_yaml


def test_without_a_ledger_nothing_is_known_yet(tmp_path: Path) -> None:
    lines = list(resolution_lines(works_settings(tmp_path), "plc"))
    assert [line.split(":")[0] for line in lines] == [f"resolution {COAL}, {ORE}"], "one line for all that is alike"
    assert all("not known yet" in line for line in lines)


async def test_the_smallest_rise_that_the_service_has_seen_is_shown_and_a_stated_one_goes_before_it(
    tmp_path: Path,
) -> None:
    document = works_yaml()
    document["shops"][0]["units"][1]["tags"][0]["resolution"] = 0.5
    settings = works_settings(tmp_path, shops=document["shops"])
    ledger = open_ledger(settings.data_dir)
    states = {name: TotalizerState(finest_g=100_000).to_bytes() for name in (COAL, ORE)}
    await ledger.write(
        lambda connection: ledger_changes.apply(connection, LedgerChanges(journal_seq=1, states=states), 0)
    )
    await ledger.close()
    assert list(resolution_lines(settings, "plc")) == [
        f"resolution {COAL}: 0.1 t or finer, the smallest rise that the service has seen",
        f"resolution {ORE}: 0.5 t, as stated",
    ]
