"""What a source says of its alarms, and an alarm as it is kept: active from an instant until another."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.works.plant import Plant

LONGEST_ID = 200
"""Of what names an alarm or an event: a NodeId of a maker is a path of a hundred letters. A judgement."""
LONGEST_NAME = 100
LONGEST_MESSAGE = 300
"""An operator's screen shows a line of an alarm. What is longer is cut. A judgement."""
HEARD = 4
"""Notifications of an alarm that are known again: that it came, was acknowledged, changed its severity, and went."""
STORM = "alarm storm"
"""The name of the notice that tells how many were left out; `message` is their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmNotice:
    """One notification of one alarm (`condition` names it, within its source), or of an event that is none ("").

    `event_id` names the notification: it is the same if it comes again. `active`: None where it is no state. `time_ns`:
    when it changed, and `since_ns` when it became what it is (0: not said), UTC. `told_again`: it is of an answer to
    the question which alarms stand.
    """

    event_id: str
    condition: str
    origin: str
    name: str
    message: str
    severity: int
    time_ns: int
    since_ns: int = 0
    active: bool | None = None
    acked: bool | None = None
    told_again: bool = False

    @property
    def is_alarm(self) -> bool:
        """Whether it is of a state that lasts."""
        return bool(self.condition) and self.active is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantAlarm:
    """One time that an alarm was active, [start_ns, end_ns); `end_ns` None: it still is. Or an event, which has no
    duration. `key` names the alarm, or the event, within `source`.

    `unit`: that it speaks of ("": none that the plant knows). `ended_unseen`: nobody saw it end, only that it was over.
    `told_ns`: since when it is active by the source's own clock (0: not said). `heard`: the last notifications of it.
    """

    source: str
    key: str
    unit: str
    origin: str
    name: str
    message: str
    severity: int
    start_ns: int
    end_ns: int | None
    is_event: bool = False
    acked: bool | None = None
    ended_unseen: bool = False
    told_ns: int = 0
    heard: tuple[str, ...] = ()


def unit_of(plant: Plant, source: str, origin: str, name: str) -> str:
    """The unit of which an alarm speaks: the first with a pattern that fits it; "" if none has."""
    return next(
        (code for code, unit in plant.units.items() for pattern in unit.alarms if pattern.fits(source, origin, name)),
        "",
    )


def worst(alarms: Iterable[PlantAlarm]) -> list[PlantAlarm]:
    """The most severe first, of two alike the older."""
    return sorted(alarms, key=lambda alarm: (-alarm.severity, alarm.start_ns, alarm.key))
