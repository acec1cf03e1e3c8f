"""Readings of a source, checked and synced in a real journal, with the lines for a database."""

import time
from pathlib import Path
from typing import Any

import yaml

from collector.config.load import load
from collector.config.settings import JournalLimits, Settings
from collector.service.intake import Intake
from collector.service.preparation import Preparation
from collector.service.source_stamps import Stamping, stamp_rule
from collector.sources.base import Delivery, SourceContext
from collector.storage.journal.journal import Journal, LedgerMark
from collector.storage.journal.rows import LEDGER, SINK

NAME = "it"


class _Enough(Exception):
    """All rows have come."""


def _settings(folder: Path, given: dict[str, Any], addresses: list[dict[str, Any]]) -> Settings:
    """A mine with a gauge at each address."""
    gauge = {"kind": "gauge", "source": NAME, "unit_of_measure": "t/h"}
    tags = [{"signal": f"belt{number}"} | gauge | address for number, address in enumerate(addresses)]
    unit = {"code": "mine", "kind": "mine", "names": {"en": "Mine"}, "by_hand": ["coal"], "tags": tags}
    document = {
        "version": 1,
        "site": {"code": "works", "names": {"en": "Works"}, "zone": "UTC"},
        "products": [{"code": "coal", "names": {"en": "Coal"}, "definition": "as weighed", "basis": "wet"}],
        "reported": {"coal": {"product": "coal", "counted_at": ["mine"]}},
        "shops": [{"code": "mines", "names": {"en": "Mines"}, "units": [unit]}],
        "sources": [{"name": NAME, **given}],
        "collector": {"name": "bench"},
    }
    path = folder / "plant.yaml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    return load(path)


async def through_source(folder: Path, given: dict[str, Any], addresses: list[dict[str, Any]], rows: int) -> None:
    """Until so many readings are checked and synced in a real journal, as lines for the database too."""
    settings = _settings(folder, given, addresses)
    configured, plant = settings.sources[NAME], settings.plant
    context = SourceContext(configured.tags, folder, {}, time.time_ns, zone=plant.zone)
    source = configured.type.build(configured.config, context)
    data = folder / f"data-{given['type']}-{rows}"
    data.mkdir()
    limits = JournalLimits(max_bytes=10**12, max_age_days=10_000, min_free_bytes=0)
    journal = Journal.open(
        data, limits, consumers=frozenset({LEDGER, SINK}), clock_ns=time.time_ns, ledger=LedgerMark(0, 0)
    )
    stamping = Stamping(plant, {NAME: stamp_rule(configured.config, 60)}, lambda _source: None)
    preparation = Preparation(plant, stamping, telemetry=True, future_tolerance_s=60)
    accept = Intake(journal, preparation, _broken, lambda *_: None).accept(NAME)
    came = 0

    async def take(delivery: Delivery) -> None:
        nonlocal came
        await accept(delivery)
        came += 0 if delivery.readings is None else len(delivery.readings)
        if came >= rows:
            raise _Enough

    try:
        await source.run(take)
    except _Enough:
        pass
    finally:
        await journal.close()


def _broken(error: Exception) -> None:
    raise error
