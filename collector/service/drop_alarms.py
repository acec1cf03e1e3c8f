"""The alarms that were active when units stopped or became slow: they stand in the evidence, and decide nothing."""

from functools import partial

from collector.storage.ledger import alarms as ledger_alarms
from collector.storage.ledger.ledger import Ledger
from models.detection.alarm import PlantAlarm
from models.detection.sentences import DROPPED
from models.detection.works_watch import WorksWatch
from models.works.plant import Plant

AROUND_S = 60
"""A stop is dated by minutes, and an interlock acts before its alarm is sent. A judgement."""


def drop_alarms(ledger: Ledger, plant: Plant, watch: WorksWatch) -> dict[str, list[PlantAlarm]]:
    """By unit of which alarms are known, those that were active when its present drop began."""
    found: dict[str, list[PlantAlarm]] = {}
    for code, status in watch.statuses.items():
        judgement = status.judgement
        if judgement.state in DROPPED and code in plant.units and plant.units[code].alarms:
            first_s, last_s = judgement.since_s - AROUND_S, judgement.since_s + AROUND_S
            found[code] = ledger.read(partial(ledger_alarms.active_at, unit=code, first_s=first_s, last_s=last_s))
    return found
