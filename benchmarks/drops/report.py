"""The table of one rule: what it found in each class, how soon, and what it found falsely.

Recall: the share of required labels that were found. Precision: labels that were found, as a share of those and every
false episode; two episodes of one drop count once, each false one counts. Both have exact binomial 95 % intervals.
Consequences have a row of their own, whichever class their scenario is in. Delay: from the label's start to the first
finding. "Against fixed": the median difference to the first rule, over labels that both found. False P1 a month: per
month of the works in that class; over quiet months also in 100 unit-years with the exact 95 % upper limit of Poisson.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from rich.table import Table

from benchmarks.drops.evaluate import Found, Judged
from benchmarks.drops.intervals import clopper_pearson, poisson_upper
from benchmarks.drops.scenario import HOUR_S, Scenario, ScenarioKind, ScenarioLabel
from models.detection.finding import Episode

DAYS_A_MONTH = 30.4375
SURELY_PCT = 20.0
GATE = "stops, slow-downs of 20 % or more"
SMALL = "slow-downs below 20 %"
GREAT = "slow-downs of 20 % or more"


@dataclass(slots=True)
class ClassResult:
    """What was found of one class. `delays` by (scenario, index of the label), in seconds."""

    found: int = 0
    required: int = 0
    required_found: int = 0
    false: int = 0
    false_data: int = 0
    false_p1: int = 0
    wrong_cause: int = 0
    cause_missed: int = 0
    cause_wrong: int = 0
    days: int = 0
    unit_days: int = 0
    delays: dict[tuple[str, int], int] = field(default_factory=dict)


def row_of(scenario: Scenario) -> str:
    """The row in which the scenario's own labels and false episodes are counted."""
    if scenario.kind is not ScenarioKind.SLOW:
        return scenario.kind.value
    return GREAT if any(label.size_pct >= SURELY_PCT and not label.causes for label in scenario.labels) else SMALL


def rows(judged: Sequence[Judged]) -> dict[str, ClassResult]:
    """By class, in the order of `ScenarioKind`. Stops and large slow-downs together have a row of their own."""
    found: defaultdict[str, ClassResult] = defaultdict(ClassResult)
    for each in judged:
        own = row_of(each.scenario)
        for name in (own, GATE) if own in (ScenarioKind.STOP.value, GREAT) else (own,):
            _count(found[name], each)
        for index, label in enumerate(each.scenario.labels):
            names = _rows_of(label, own)
            for name in names:
                _count_label(found[name], each, index, each.found[index])
    order = [kind.value for kind in ScenarioKind if kind is not ScenarioKind.SLOW]
    order[1:1] = [GREAT, GATE, SMALL]
    return {name: found[name] for name in order if name in found}


def _rows_of(label: ScenarioLabel, own: str) -> tuple[str, ...]:
    if label.causes:
        return (ScenarioKind.CONSEQUENCE.value,)
    return (own, GATE) if own in (ScenarioKind.STOP.value, GREAT) else (own,)


def _count(row: ClassResult, each: Judged) -> None:
    row.false += len(each.false) + len(each.wrong_cause)
    row.false_data += sum(episode.finding.kind.is_data for episode in each.false)
    row.false_p1 += sum(episode.finding.severity == 1 for episode in (*each.false, *each.wrong_cause))
    row.wrong_cause += len(each.wrong_cause)
    row.cause_missed += len(each.cause_missed)
    row.cause_wrong += len(each.cause_wrong)
    row.days += each.scenario.days
    row.unit_days += each.scenario.days * len(each.scenario.units)


def _count_label(row: ClassResult, each: Judged, index: int, found: Found) -> None:
    row.required += found.label.required
    if found.delay_s is None or not found.label.required:
        return
    row.required_found += 1
    row.found += 1
    row.delays[each.scenario.code, index] = found.delay_s


def summary(name: str, judged: Sequence[Judged], first: Sequence[Judged]) -> Table:
    """The table of a rule. `first`: what the rule found that delays are compared with."""
    table = Table("class", title=name)
    for column in ("labels", "recall", "precision", "delay h", "p95 h", "against fixed h", "false", "of data"):
        table.add_column(column, justify="right")
    for column in ("false P1 a month", "wrong cause", "cause missed", "cause wrong"):
        table.add_column(column, justify="right")
    others = rows(first)
    for kind, row in rows(judged).items():
        table.add_row(kind, *_cells(row, others[kind]))
    quiet = rows(judged).get(ScenarioKind.QUIET.value)
    if quiet is not None:
        years = quiet.unit_days / 365.25
        table.caption = (
            f"quiet: {quiet.false_p1} false P1 in {years:.1f} unit-years, {100 * quiet.false_p1 / years:.1f} in 100, "
            f"at most {100 * poisson_upper(quiet.false_p1) / years:.1f} (95 %)"
        )
    return table


def _cells(row: ClassResult, other: ClassResult) -> Iterator[str]:
    yield str(row.required)
    yield _share(row.required_found, row.required)
    yield _share(row.found, row.found + row.false) if row.required else ""
    delays = sorted(row.delays.values())
    yield f"{median(delays) / HOUR_S:.2f}" if delays else ""
    yield f"{_p95(delays) / HOUR_S:.2f}" if delays else ""
    both = [delay - other.delays[key] for key, delay in row.delays.items() if key in other.delays]
    yield f"{median(both) / HOUR_S:+.2f}" if both else ""
    yield str(row.false)
    yield str(row.false_data)
    yield f"{row.false_p1 / (row.days / DAYS_A_MONTH):.2f}"
    yield str(row.wrong_cause)
    yield str(row.cause_missed)
    yield str(row.cause_wrong)


def _share(hits: int, trials: int) -> str:
    if not trials:
        return ""
    low, high = clopper_pearson(hits, trials)
    return f"{hits / trials:.3f} ({low:.3f}-{high:.3f})"


def _p95(ordered: Sequence[int]) -> float:
    return quantiles(ordered, n=20, method="inclusive")[-1] if len(ordered) > 1 else ordered[0]


def faults(judged: Sequence[Judged]) -> Iterator[str]:
    """A line for every required label that was missed, and for every episode that counts against the rule."""
    for each in judged:
        code = each.scenario.code
        for found in each.found:
            if found.found_s is None and found.label.required:
                label = found.label
                start_h, end_h = label.start_s / HOUR_S, label.end_s / HOUR_S
                yield f"{code}: missed {label.kind.value} of {'+'.join(label.units)} {start_h:.1f}-{end_h:.1f} h"
        for what in ("false", "wrong_cause", "cause_missed", "cause_wrong"):
            yield from (f"{code}: {what} {_described(each.scenario, episode)}" for episode in getattr(each, what))


def _described(scenario: Scenario, episode: Episode) -> str:
    finding = episode.finding
    at_h = (finding.found_s - scenario.start_s) / HOUR_S
    until = "" if episode.cleared_s is None else f"-{(episode.cleared_s - scenario.start_s) / HOUR_S:.1f}"
    cause = f" by {finding.cause_unit}" if finding.cause_unit else ""
    return f"{finding.kind.value} of {finding.unit} P{finding.severity} {at_h:.1f}{until} h{cause}"
