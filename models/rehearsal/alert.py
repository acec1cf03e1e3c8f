"""A finding of a replay, and whether it is borne out by what the unit made."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from models.detection.finding import Episode, FindingKind
from models.rehearsal.curve import Curve
from models.works.limits import PaceLimit

LEAST_KNOWN = 0.5
"""An alert is judged if half of its time was heard. With less, the hours that are missing could turn the verdict."""
_DROPS = (FindingKind.STOP, FindingKind.SLOW, FindingKind.OVERRUN)


class Verdict(StrEnum):
    """Whether output really was missing while an alert lasted."""

    BORNE_OUT = "borne_out"
    NOT_BORNE_OUT = "not_borne_out"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One finding in UTC seconds: when it began, was certain and ended (`end_s` None: it holds at the end of the span).

    `thing`: the key of its finding. A slow-down that becomes a stop stays one thing; a short shift is another.
    `cause_unit`: the upstream unit whose drop it follows from ("": its own). `lost_t`: tonnes short. The verdict on a
    fault of data is always NOT_KNOWN.
    """

    thing: str
    unit: str
    kind: FindingKind
    severity: int
    since_s: int
    found_s: int
    end_s: int | None
    cause_unit: str = ""
    lost_t: float | None = None
    verdict: Verdict = Verdict.NOT_KNOWN

    @property
    def follows(self) -> bool:
        """Whether it follows from another unit's drop: it is reported with that one and has no message of its own."""
        return self.cause_unit != ""


def alerts(episodes: Iterable[Episode], again_s: int, start_s: int, end_s: int) -> list[Alert]:
    """The alerts of these findings that were certain in [start_s, end_s), as they were found, without verdicts.

    What comes back within `again_s` of its end is the same alert again.
    """
    found = joined((_alert(episode) for episode in episodes), again_s)
    return [alert for alert in found if start_s <= alert.found_s < end_s]


def joined(found: Iterable[Alert], again_s: int) -> list[Alert]:
    """The alerts in the order in which they were found, each with those that came back within `again_s` of its end."""
    whole: list[Alert] = []
    # By kind of message too: an own drop that comes back as a consequence is a new thing to people.
    last: dict[tuple[str, bool], int] = {}
    for alert in sorted(found, key=lambda alert: alert.found_s):
        key = (alert.thing, alert.follows)
        before = whole[last[key]] if key in last else None
        if before is not None and (before.end_s is None or alert.found_s <= before.end_s + again_s):
            whole[last[key]] = _one(before, alert)
        else:
            last[key] = len(whole)
            whole.append(alert)
    return whole


def _one(first: Alert, again: Alert) -> Alert:
    ends = (first.end_s, again.end_s)
    known = [lost for lost in (first.lost_t, again.lost_t) if lost is not None]
    return replace(
        first,
        severity=min(first.severity, again.severity),
        end_s=None if None in ends else max(end for end in ends if end is not None),
        lost_t=sum(known) if known else None,
    )


def _alert(episode: Episode) -> Alert:
    return Alert(
        thing=episode.finding.key,
        unit=episode.finding.unit,
        kind=episode.finding.kind,
        severity=episode.finding.severity,
        since_s=episode.finding.since_s,
        found_s=episode.finding.found_s,
        end_s=episode.cleared_s,
        cause_unit=episode.finding.cause_unit,
        lost_t=episode.finding.lost_t,
    )


def by_output(
    found: Iterable[Alert], curves: Mapping[str, Curve], limits: Mapping[str, PaceLimit], end_s: int
) -> Iterator[Alert]:
    """The alerts with their verdicts: one is borne out if less than `clear_pct` of what was due was made.

    A unit whose output is not counted is judged by its activity in the same way. A short shift is counted output, so it
    is always borne out. A drift, and a month by its forecast, is less than single days can show.
    """
    for alert in found:
        if alert.kind is FindingKind.SHIFT_SHORT:
            yield replace(alert, verdict=Verdict.BORNE_OUT)
        elif alert.kind not in _DROPS or alert.unit not in curves:
            yield alert
        else:
            until_s = end_s if alert.end_s is None else alert.end_s
            verdict = _verdict(curves[alert.unit], limits[alert.unit].clear_pct / 100, alert.since_s, until_s)
            yield replace(alert, verdict=verdict)


def _verdict(curve: Curve, clear: float, since_s: int, until_s: int) -> Verdict:
    span = curve.span(since_s, until_s)
    if not curve.counts:
        activity = curve.activity_pct[span]
        heard = ~np.isnan(activity)
        if heard.mean() < LEAST_KNOWN:
            return Verdict.NOT_KNOWN
        return _below(float(activity[heard].mean()), 100.0 * clear)
    # Only minutes that are known count, made and due alike: a hole in the data is no shortfall.
    known = curve.known[span]
    due_t = float(curve.due_t[span][known].sum())
    if known.mean() < LEAST_KNOWN or np.isnan(due_t):
        return Verdict.NOT_KNOWN
    return _below(float(curve.made_t[span][known].sum()), clear * due_t)


def _below(amount: float, limit: float) -> Verdict:
    return Verdict.BORNE_OUT if amount < limit else Verdict.NOT_BORNE_OUT
