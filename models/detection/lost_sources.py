"""Whether a silent unit is silent alone, or because the source that it is read from is lost."""

from collections.abc import Mapping

from models.detection.unit_watch import UnitWatch
from models.detection.watched import WatchedUnit


def lost_source(unit: WatchedUnit, watches: Mapping[str, UnitWatch], at_s: int) -> str | None:
    """The lost source of a unit that is silent at `at_s` (UTC seconds); "" if its source still answers for others.

    None: not known yet. Units of one source may be read at different cadences, so some have not missed a reading when
    others are long overdue. Until one of them is heard, or is overdue too, nobody can say what is lost.
    """
    # By what was heard and not by states: a unit that stands by plan is silent too when its source is lost.
    # A unit that is read by two ways says nothing of which is lost; the units that fell silent with it do.
    known, lost = True, dict[str, int]()
    for source in unit.sources:
        of_source = [watch for watch in watches.values() if source in watch.unit.sources]
        others = [watch.evidence.link.heard_s or 0 for watch in of_source if not watch.evidence.is_silent(at_s)]
        if not others:
            lost[source] = len(of_source)
            continue
        last_s = max(watch.evidence.link.heard_s or 0 for watch in of_source if watch.evidence.is_silent(at_s))
        known = known and max(others) > last_s
    if lost:
        return max(lost, key=lambda source: lost[source])
    return "" if known else None
