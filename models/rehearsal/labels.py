"""What is known to have happened in a recorded case. It decides which alerts are borne out, and what was missed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.rehearsal.alert import Alert, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A drop of output, or a fault of data if `data`, that really happened in [start_s, end_s) (UTC seconds).

    `units`: any of them may be named. An alert may be found up to `late_s` after the end. `required`: it has to be
    found; otherwise it may be. `what`: in words.
    """

    units: tuple[str, ...]
    start_s: int
    end_s: int
    late_s: int = 0
    data: bool = False
    required: bool = True
    what: str = ""


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """What is known of a recorded case: its title, where that is known from, and what happened."""

    title: str
    source: str
    labels: Sequence[Label]


@dataclass(frozen=True, slots=True)
class Happened:
    """A label, and when each rule set found it first (UTC seconds; None: never)."""

    label: Label
    present_s: int | None
    proposed_s: int | None


def by_labels(found: Iterable[Alert], labels: Sequence[Label]) -> Iterator[Alert]:
    """The alerts with their verdicts: borne out if a label stands for them."""
    for alert in found:
        if alert.kind.is_data:
            yield alert
        else:
            stands = any(_stands_for(label, alert) for label in labels)
            yield replace(alert, verdict=Verdict.BORNE_OUT if stands else Verdict.NOT_BORNE_OUT)


def happened(labels: Iterable[Label], present: Sequence[Alert], proposed: Sequence[Alert]) -> list[Happened]:
    """What has to be found, and when it was."""
    return [Happened(label, _first(label, present), _first(label, proposed)) for label in labels if label.required]


def _first(label: Label, found: Iterable[Alert]) -> int | None:
    """When a label was found first. An alert that held already when it began has found it at once."""
    times = [max(alert.found_s, label.start_s) for alert in found if _stands_for(label, alert)]
    return min(times, default=None)


def _stands_for(label: Label, alert: Alert) -> bool:
    if alert.unit not in label.units or alert.kind.is_data != label.data:
        return False
    before_its_end = alert.found_s <= label.end_s + label.late_s
    return before_its_end and (alert.end_s is None or alert.end_s > label.start_s)
