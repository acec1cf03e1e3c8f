"""Alerts of the present and of proposed rules over the same time, matched with each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from models.rehearsal.alert import Alert, Verdict

DAYS_A_MONTH = 365.25 / 12
DAY_S = 86400


@dataclass(frozen=True, slots=True)
class Counts:
    """Alerts of one rule set by their verdict, and the false ones of the first severity."""

    alerts: int
    borne_out: int
    not_borne_out: int
    not_known: int
    false_p1: int

    @staticmethod
    def of(found: Iterable[Alert]) -> "Counts":
        """The counts of these alerts."""
        listed = list(found)
        false = [alert for alert in listed if alert.verdict is Verdict.NOT_BORNE_OUT]
        return Counts(
            alerts=len(listed),
            borne_out=sum(alert.verdict is Verdict.BORNE_OUT for alert in listed),
            not_borne_out=len(false),
            not_known=sum(alert.verdict is Verdict.NOT_KNOWN for alert in listed),
            false_p1=sum(alert.severity == 1 for alert in false),
        )

    def false_a_month(self, days: float) -> float:
        """Alerts that are not borne out, a month."""
        return self.not_borne_out / days * DAYS_A_MONTH

    def false_p1_a_month(self, days: float) -> float:
        """False alerts of the first severity, a month."""
        return self.false_p1 / days * DAYS_A_MONTH


@dataclass(frozen=True, slots=True)
class Comparison:
    """Alerts with a cause of their own. `follow`: those of the present and of the proposed rules that have none.

    `lost`: only the present rules find it. `gained`: only the proposed ones do. The rest is kept. `pairs`: (present,
    proposed) that report the same, found at the nearest times. If several of one rule set match one of the other, that
    is one pair.
    """

    present: Sequence[Alert]
    proposed: Sequence[Alert]
    pairs: Sequence[tuple[Alert, Alert]]
    lost: Sequence[Alert]
    gained: Sequence[Alert]
    follow: tuple[Sequence[Alert], Sequence[Alert]] = ((), ())

    def of_unit(self, unit: str) -> "Comparison":
        """What concerns one unit."""
        return Comparison(
            [alert for alert in self.present if alert.unit == unit],
            [alert for alert in self.proposed if alert.unit == unit],
            [pair for pair in self.pairs if pair[0].unit == unit],
            [alert for alert in self.lost if alert.unit == unit],
            [alert for alert in self.gained if alert.unit == unit],
        )

    @property
    def kept(self) -> int:
        """How many alerts of the present rules the proposed ones find too."""
        return len(self.present) - len(self.lost)

    @property
    def units(self) -> list[str]:
        """The units that have an alert, each once, by code."""
        return sorted({alert.unit for alert in (*self.present, *self.proposed)})

    def minutes_earlier(self) -> float | None:
        """By how many minutes the proposed rules find kept alerts earlier; None: none is kept.

        The median, because one alert that is found days later would decide a mean.
        """
        gains = [(before.found_s - after.found_s) / 60 for before, after in self.pairs]
        return median(gains) if gains else None


def compare(present: Sequence[Alert], proposed: Sequence[Alert]) -> Comparison:
    """Match alerts of the same thing that share time. One that the other rules report as a consequence is kept too."""
    own = [[alert for alert in listed if not alert.follows] for listed in (present, proposed)]
    pairs: list[tuple[Alert, Alert]] = []
    paired: set[int] = set()
    # Each proposed alert is paired once, or one long alert would stand for many short ones in the median.
    for alert in own[0]:
        same = [index for index, other in enumerate(proposed) if _report_the_same(alert, other) and index not in paired]
        if same:
            nearest = min(same, key=lambda index: abs(proposed[index].found_s - alert.found_s))
            paired.add(nearest)
            pairs.append((alert, proposed[nearest]))
    return Comparison(
        present=own[0],
        proposed=own[1],
        pairs=pairs,
        lost=[alert for alert in own[0] if not any(_report_the_same(alert, other) for other in proposed)],
        gained=[alert for alert in own[1] if not any(_report_the_same(alert, other) for other in present)],
        follow=(
            [alert for alert in present if alert.follows],
            [alert for alert in proposed if alert.follows],
        ),
    )


def _report_the_same(one: Alert, other: Alert) -> bool:
    first_ends = one.end_s is not None and one.end_s <= other.since_s
    other_ends = other.end_s is not None and other.end_s <= one.since_s
    return one.thing == other.thing and not first_ends and not other_ends
