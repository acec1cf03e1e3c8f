"""A rehearsal: the present and the proposed rules over the same minutes, with a verdict on each alert."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.detection.expected.expected import Expected
from models.detection.finding import Episode
from models.detection.minutes.history import unheard_hours
from models.detection.minutes.observed import MINUTE_S, WorksMinutes
from models.detection.watched import watched_units
from models.rehearsal.alert import Alert, alerts, by_output
from models.rehearsal.comparison import Comparison, compare
from models.rehearsal.curve import Curve, curves
from models.rehearsal.labels import CaseRecord, Happened, by_labels, happened
from models.works.plant import Plant

DAY_S = 86400


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """`plant` with the present rules. [start_s, end_s) in UTC seconds. `title` and `source`: of a recorded case.

    `comparison`: of alerts about output. `data`: how many faults of data the present and the proposed rules find.
    `unheard_h`: by unit, the hours without data. `curves` begin at `start_s`. `happened`: what has to be found in a
    recorded case; None for history, where output decides.
    """

    plant: Plant
    start_s: int
    end_s: int
    unheard_h: Mapping[str, float]
    comparison: Comparison
    data: tuple[int, int]
    curves: Mapping[str, Curve]
    title: str = ""
    source: str = ""
    happened: Sequence[Happened] | None = None

    @property
    def days(self) -> float:
        """The length of the span."""
        return (self.end_s - self.start_s) / DAY_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What both rule sets are judged by. `plant` and `expected`: the present ones, so no proposal bends its yardstick.

    `again_s`: what comes back within this time of its end is one alert. `case`: what is known to have happened (None:
    output decides).
    """

    plant: Plant
    expected: Expected
    again_s: int = 0
    case: CaseRecord | None = None


def rehearsed(
    yardstick: Yardstick,
    minutes: WorksMinutes,
    found: tuple[Sequence[Episode], Sequence[Episode]],
    start_s: int | None = None,
) -> Rehearsal:
    """Judge what the present and the proposed rules `found` over `minutes`, from `start_s` on (None: all of them)."""
    plant, case = yardstick.plant, yardstick.case
    first_s = minutes.start_s if start_s is None else start_s
    end_s = minutes.start_s + len(minutes) * MINUTE_S
    units = watched_units(plant, plant.detection)
    # Curves begin with the minutes and not at the start: an event at the start needs the one before it.
    whole = curves(units, minutes, yardstick.expected)
    limits = {code: unit.limit for code, unit in units.items()}

    def judged(episodes: Sequence[Episode]) -> list[Alert]:
        listed = alerts(episodes, yardstick.again_s, first_s, end_s)
        return list(by_output(listed, whole, limits, end_s) if case is None else by_labels(listed, case.labels))

    present, proposed = judged(found[0]), judged(found[1])
    of_output = [[alert for alert in listed if not alert.kind.is_data] for listed in (present, proposed)]
    return Rehearsal(
        plant=plant,
        start_s=first_s,
        end_s=end_s,
        unheard_h=unheard_hours(minutes, first_s),
        comparison=compare(*of_output),
        data=(len(present) - len(of_output[0]), len(proposed) - len(of_output[1])),
        curves={code: curve.since(first_s) for code, curve in whole.items()},
        title="" if case is None else case.title,
        source="" if case is None else case.source,
        happened=None if case is None else happened(case.labels, present, proposed),
    )
