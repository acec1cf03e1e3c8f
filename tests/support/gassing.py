"""A longwall in a simulated works, with two minutes of methane above its limit."""

import time
from dataclasses import replace
from typing import Any

import apsw

from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import measured as ledger_measured
from models.counting.measured_hour import MeasuredHour
from models.detection.minutes.minutes import blank

GAUGE = "mine1.ch4"


def with_longwall(config: dict[str, Any]) -> None:
    """A working of mine 1, with one sensor."""
    (mine,) = (unit for shop in config["shops"] for unit in shop["units"] if unit["code"] == "mine1")
    belt = mine["tags"][0]
    gauge = {
        "signal": "ch4",
        "kind": "gauge",
        "source": belt["source"],
        "cadence": "30s",
        "node": f"{belt['node']}.CH4",
    }
    mine["tags"].append({**gauge, "unit_of_measure": "%", "low": 0, "high": 5})
    names = {"en": "Longwall 3", "ru": "Лава 3", "kk": "3-лава"}
    working = {"code": "longwall", "names": names, "unit": "mine1", "sensors": [{"tag": GAUGE, "kind": "methane"}]}
    limits = {"local": 1.3, "general": 1.0, "clause": "item 1", "approved_by": "A. B."}
    config["mine_safety"] = {"limits": limits, "workings": [working]}


def put_gassing(connection: apsw.Connection) -> None:
    """Two minutes above the general limit, an hour or two ago; in the first of them 5.5 t, of the other nothing is
    known."""
    start_s = int(time.time()) // 3600 * 3600 - 2 * 3600
    above = replace(
        MeasuredHour.begun(GAUGE, start_s, 0.4, (1.3, 1.0)), known_s=3600.0, greatest=1.2, above_s=(0.0, 90.0),
        times_above=(0, 1), above_minutes=(0, 0b11 << 10),
    )  # fmt: skip
    ledger_measured.put(connection, [above], {}, 0)
    watched = blank(60, [], counts=True)
    assert watched.counted_t is not None
    watched.heard[:11], watched.counted_t[:11] = True, 5.5
    ledger_detection.put_hour(connection, start_s, {"mine1": watched})
