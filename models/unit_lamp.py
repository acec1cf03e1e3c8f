"""A unit's lamp on the first page, from two instants alone. The unit state machine replaces this rule."""

from enum import StrEnum

from models.calendar import NS
from models.codes import TagKind
from models.desk import UnitActivity
from models.plant import Plant, Unit

STALE_CADENCES = 3
STALE_AT_LEAST_S = 30.0
"""A unit polled every second still gets this long: what the ledger says of it is itself some seconds old."""

STANDS_AFTER_S = {
    "blast_furnace": 4 * 3600,
    "converter": 2 * 3600,
    "caster": 20 * 60,
    "hot_strip_mill": 30 * 60,
    "mine": 60 * 60,
}
"""By unit kind: how long a working unit may go without new tonnes, from the stop rules of the trade."""

STANDS_AFTER_EVENT_S = 4 * 3600
STANDS_AFTER_TOTALIZER_S = 15 * 60


class Lamp(StrEnum):
    """What the lamp shows."""

    RUNNING = "running"
    STANDING = "standing"
    NO_CONNECTION = "no_connection"
    NO_DATA = "no_data"


def counts_output(plant: Plant, unit: Unit) -> bool:
    """Whether any tag of the unit counts a product: the others have nothing to run or stand by."""
    return any(tag.unit == unit.code and tag.product is not None for tag in plant.tags)


def stale_after_s(plant: Plant, unit: Unit) -> float:
    """Seconds without a good reading after which the unit's connection counts as lost: 3 x its slowest cadence."""
    cadences = [tag.cadence_s for tag in plant.tags if tag.unit == unit.code]
    return max([STALE_AT_LEAST_S, *(STALE_CADENCES * cadence for cadence in cadences)])


def stands_after_s(plant: Plant, unit: Unit) -> float:
    """Seconds without new tonnes after which the unit counts as standing."""
    by_kind = STANDS_AFTER_S.get(unit.kind)
    if by_kind is not None:
        return by_kind
    events = any(tag.unit == unit.code and tag.kind is TagKind.EVENT for tag in plant.tags)
    return STANDS_AFTER_EVENT_S if events else STANDS_AFTER_TOTALIZER_S


def unit_lamp(plant: Plant, unit: Unit, activity: UnitActivity | None, now_ns: int) -> Lamp:
    """The lamp of `unit` at `now_ns` (UTC ns). Never read is NO_DATA; read and unchanged is STANDING, not a fault."""
    if activity is None or activity.last_reading_ns is None:
        return Lamp.NO_DATA
    if now_ns - activity.last_reading_ns > stale_after_s(plant, unit) * NS:
        return Lamp.NO_CONNECTION
    if activity.last_output_ns is None or now_ns - activity.last_output_ns > stands_after_s(plant, unit) * NS:
        return Lamp.STANDING
    return Lamp.RUNNING
