"""A works of sixty units in a chain of seven products and six nodes, with two years of hours in its ledger.

Every unit makes near 100 t an hour, stops once a week for some hours, and was watched all day. Rows are put into the
ledger's tables as the service leaves them: a counter's hour, a stop, a day that says that it was watched.
"""

import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

import apsw
import numpy as np
import yaml

from collector.config.load import load
from collector.entries.entry_file import EntryFile
from collector.storage.ledger.why import UNPLANNED
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.row_fields import DAY_TABLE
from models.works.calendar import NS, stamp_ns
from models.works.plant import Plant

STAGES = (12, 10, 8, 8, 8, 8, 6)
"""How many units make each product: from the mines to the mills."""
LAST = f"p{len(STAGES) - 1}"
FIRST_DAY, END_DAY = date(2024, 11, 16), date(2026, 11, 16)
HOUR_S, DAY_H = 3600, 24
_SEED = 21


def units() -> dict[str, str]:
    """The product of each unit."""
    return {f"u{stage}_{number}": f"p{stage}" for stage, count in enumerate(STAGES) for number in range(count)}


def works(folder: Path) -> Path:
    """plant.yaml; its ledger is filled by `fill`."""
    names = [f"p{stage}" for stage in range(len(STAGES))]
    at = {product: [unit for unit, made in units().items() if made == product] for product in names}
    document = {
        "version": 1,
        "site": {"code": "works", "names": {"en": "Works"}, "zone": "Asia/Almaty"},
        "products": [
            {"code": code, "names": {"en": code}, "definition": "as made", "basis": "wet", "made_from": before}
            for code, before in zip(names, ([], *([each] for each in names)), strict=False)
        ],
        "shops": [
            {
                "code": f"shop{product}",
                "names": {"en": product},
                "units": [
                    {
                        "code": unit,
                        "kind": "unit",
                        "names": {"en": unit},
                        "daily_target_t": {product: 2400.0},
                        "nameplate_t_per_day": {product: 2600.0},
                        "tags": [_counter(unit, product)],
                    }
                    for unit in at[product]
                ],
            }
            for product in names
        ],
        "balance": [
            {
                "node": f"node{number}",
                "inputs": [{"product": taken, "at": at[taken], "yield_t_per_t": len(at[made]) / len(at[taken])}],
                "outputs": [{"product": made, "at": at[made]}],
                "stock": [{"product": taken, "shop": f"shop{made}", "least_t": 500, "most_t": 20000}],
            }
            for number, (taken, made) in enumerate(pairwise(names))
        ],
        "sources": [
            {
                "name": "plc",
                "type": "opcua",
                "url": "opc.tcp://127.0.0.1:1",
                "mode": "poll",
                "poll": "1s",
                "security": {"policy": "None"},
            }
        ],
    }
    file = folder / "plant.yaml"
    file.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    return file


def _counter(unit: str, product: str) -> dict[str, object]:
    return {
        "signal": "total",
        "kind": "totalizer",
        "source": "plc",
        "node": f"ns=2;s={unit}",
        "unit_of_measure": "t",
        "product": product,
        "modulus": 100000,
        "max_rate_per_h": 1500,
        "back_step": 0.5,
        "cadence": "60s",
    }


def fill(file: Path) -> int:
    """Two years of hours, stops and watched days of every unit. Returns how many hours there are."""
    settings = load(file)
    return EntryFile(settings).write(partial(_put, plant=settings.plant))


def _put(connection: apsw.Connection, plant: Plant) -> int:
    first_s, end_s = (stamp_ns(plant.zone, day) // NS for day in (FIRST_DAY, END_DAY))
    starts = np.arange(first_s, end_s, HOUR_S)
    rng = np.random.default_rng(_SEED)
    made = np.empty((len(plant.tags), len(starts)), np.int64)
    for row, tag in enumerate(plant.tags):
        connection.execute("INSERT INTO counter VALUES (?, ?, ?, ?)", (row, tag.name, tag.unit, tag.product))
        made[row] = rng.normal(100.0, 4.0, len(starts)) * GRAMS_PER_TONNE
        for week in range(0, len(starts) - 7 * DAY_H, 7 * DAY_H):
            start, lasts = week + int(rng.integers(5 * DAY_H)), int(rng.integers(2, 20))
            made[row, start : start + lasts] = 0
            connection.execute(
                "INSERT INTO output_drop (unit, product, kind, severity, start_s, end_s, cause_unit, evidence) "
                "VALUES (?, ?, 'stop', 1, ?, ?, '', '{}')",
                (tag.unit, tag.product, int(starts[start]), int(starts[start]) + lasts * HOUR_S),
            )
    for hour, start_s in enumerate(starts.tolist()):
        connection.executemany(
            "INSERT INTO increment VALUES (?, ?, ?, ?, ?, 0, 60)",
            [
                (start_s, start_s + HOUR_S, row, start_s + HOUR_S, grams)
                for row, grams in enumerate(made[:, hour].tolist())
            ],
        )
    connection.executemany(
        "INSERT INTO published VALUES (?, ?, ?, ?, 1)",
        _watched(first_s, end_s),
    )
    return made.size


def _watched(first_s: int, end_s: int) -> Iterator[tuple[str, int, str, str]]:
    for start_s in range(first_s, end_s, DAY_H * HOUR_S):
        for unit in units():
            yield DAY_TABLE, start_s * NS, json.dumps([["unit", unit]]), f'{{"{UNPLANNED}":0.0}}'
