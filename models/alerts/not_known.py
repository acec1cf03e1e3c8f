"""What cannot be said of this moment, and since when. It is said wherever silence would be taken for calm. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.alerts.texts import text
from models.detection.state_row import UnitNow
from models.detection.watched import is_watched
from models.tables.desk_data import SourceStatus
from models.works.calendar import NS
from models.works.codes import UnitState
from models.works.localize import Language, clock_text
from models.works.plant import Plant

SILENT_AFTER_S = 30
"""The collector writes its status every two seconds. Fifteen that did not come mean that it does not run, or hangs."""
STATES_SILENT_AFTER_S = 120
"""The collector writes the state of every unit once a minute at least. A state twice as old is not one of now."""
NAMED = 6
"""So many units are named one by one; a longer list is not read, and one since when is said of all."""


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Since when the collector is silent (UTC seconds; None: it reports, 0: it never did), and by unit since when is
    not known what it does and makes (0: it never was)."""

    silent_since_s: int | None
    units: Mapping[str, int]


def collector_silent_since_s(sources: Sequence[SourceStatus], now_ns: int) -> int | None:
    """Since when the collector has reported nothing (UTC seconds); 0 if it never did, None if it reports."""
    newest_ns = max((status.time_ns for status in sources), default=0)
    return None if now_ns - newest_ns <= SILENT_AFTER_S * NS else newest_ns // NS


def watched_until_ns(sources: Sequence[SourceStatus], now_ns: int) -> int:
    """Until when anybody watched: up to now, or to the last report of a collector that fell silent (UTC ns)."""
    silent_since_s = collector_silent_since_s(sources, now_ns)
    return max(status.time_ns for status in sources) if silent_since_s else now_ns


def is_fresh(state: UnitNow, now_ns: int) -> bool:
    """Whether the latest row of a unit still says what it does now."""
    return now_ns // NS - state.at_s <= STATES_SILENT_AFTER_S


def unknown_units(plant: Plant, states: Sequence[UnitNow], now_ns: int) -> dict[str, int]:
    """The units of which is not known what they do, and since when (UTC seconds; 0: it never was)."""
    latest = {state.unit: state for state in states}
    found: dict[str, int] = {}
    for code, unit in plant.units.items():
        state = latest.get(code)
        if state is None:
            if is_watched(plant, unit):
                found[code] = 0
        elif not is_fresh(state, now_ns):
            found[code] = state.at_s
        elif state.state >= UnitState.STALE:
            found[code] = state.since_s
    return found


def not_known_since(plant: Plant, sources: Sequence[SourceStatus], states: Sequence[UnitNow], now_ns: int) -> NotKnown:
    """The same as `not_known_lines` says, for programs."""
    silent_since_s = collector_silent_since_s(sources, now_ns) if plant.tags else None
    if silent_since_s is None:
        return NotKnown(None, unknown_units(plant, states, now_ns))
    # What was not known when the collector fell silent has not been known since then.
    before = unknown_units(plant, states, silent_since_s * NS)
    watched = (code for code, unit in plant.units.items() if is_watched(plant, unit))
    return NotKnown(silent_since_s, {code: min(before.get(code, silent_since_s), silent_since_s) for code in watched})


def not_known_lines(
    plant: Plant, sources: Sequence[SourceStatus], states: Sequence[UnitNow], now_ns: int, language: Language
) -> list[str]:
    """One sentence for what is not known now; none if everything is, or if nothing is read at all."""
    if not plant.tags:
        return []
    silent_since_s = collector_silent_since_s(sources, now_ns)
    if silent_since_s == 0:
        return [text("never_reported", language)]
    if silent_since_s is not None:
        since = clock_text(silent_since_s, now_ns // NS, plant.zone)
        return [text("collector_silent", language).format(since=since)]
    unknown = unknown_units(plant, states, now_ns)
    if not unknown:
        return []
    if len(unknown) > NAMED:
        since_s = min((since_s for since_s in unknown.values() if since_s), default=0)
        since = _since(plant, since_s, now_ns, language)
        return [text("not_known_of_many", language).format(count=len(unknown), since=since)]
    names = ", ".join(
        f"{plant.units[code].name(language)} ({_since(plant, since_s, now_ns, language)})"
        for code, since_s in unknown.items()
    )
    return [text("not_known_of", language).format(units=names)]


def _since(plant: Plant, since_s: int, now_ns: int, language: Language) -> str:
    if not since_s:
        return text("never_heard", language)
    return text("since_when", language).format(at=clock_text(since_s, now_ns // NS, plant.zone))
