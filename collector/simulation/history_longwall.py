"""Hours of the longwall before a demo starts, as its sensors would have shown them. Pure."""

from collections.abc import Iterable

from collector.simulation.beside import longwall
from models.counting.measuring import MeasuredHours, MeasuringRule
from models.works.calendar import NS

HISTORY_S = 7 * 86_400
"""As far back as the table of safety has rows."""


def longwall_hours(rules: Iterable[MeasuringRule], end_s: int, seed: int) -> list[MeasuredHours]:
    """Of each sensor the hours before `end_s` (UTC seconds), by the rules that the ledger counts by."""
    found = {rule.tag.partition(".")[2]: MeasuredHours(rule, None, lambda _: None) for rule in rules}
    for at_s in range(end_s - HISTORY_S, end_s, longwall.SAMPLE_S):
        for signal, value in longwall.shown(seed, at_s).items():
            if signal in found:
                found[signal].take(at_s * NS, value, at_s * NS)
    return list(found.values())
