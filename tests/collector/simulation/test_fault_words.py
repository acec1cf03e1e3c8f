"""Faults on demand in words: a visitor finds them by name, and knows when they come and go."""

from collector.simulation.catalogue import tag_kinds, units
from collector.simulation.fault import FaultKind, known_faults, parse_faults
from collector.simulation.fault_words import SEEN, announced, fault_lines

KINDS = {unit.code: unit.kind for unit in units()}


def test_every_fault_is_listed_by_name_below_what_will_be_seen_of_it() -> None:
    lines = list(fault_lines(tag_kinds(), KINDS))
    assert set(SEEN) == set(FaultKind)
    named = [line.strip().rpartition(": ")[2] for line in lines if line.startswith("  ")]
    listed = {name for names in named for name in names.split(", ")}
    assert listed == set(known_faults(tag_kinds()))
    heads = [line for line in lines if not line.startswith("  ")]
    assert heads == [f"{SEEN[kind]}:" for kind in dict.fromkeys(kind for kind, _ in known_faults(tag_kinds()).values())]


def test_when_a_stop_will_be_told_is_what_the_rules_of_its_unit_say() -> None:
    lines = list(fault_lines(tag_kinds(), KINDS))
    assert "  5m: bf2-stop, bf3-stop, bf4-stop, chp-stop" in lines
    assert "  1h: mine1-stop, mine2-stop, washery-stop" in lines
    assert "  2 usual intervals between its events: coke1-stop, coke2-stop" in lines
    assert "  90m, if all stand (the others take over from one): bof1-stop, bof2-stop, bof3-stop" in lines


def test_when_a_slow_unit_will_be_told_is_what_the_rules_of_its_unit_say() -> None:
    lines = list(fault_lines(tag_kinds(), KINDS))
    assert "  after 30m of a low signal: bf2-slowPERCENT, bf3-slowPERCENT, bf4-slowPERCENT" in lines
    (mines,) = [line for line in lines if "mine2-slowPERCENT" in line]
    assert mines.startswith("  by its output over 12 h at most: ")


def test_a_fault_without_a_duration_says_that_it_lasts() -> None:
    texts = ("bf3-stop@+120s", "opcua-cut@+60s:30s", "mine1-reset@+1h", "hsm-slow30@+90s:10m")
    assert list(announced(parse_faults(texts, tag_kinds()))) == [
        "bf3-stop: 2m after the start, and it lasts until the demo ends",
        "opcua-cut: 1m after the start, for 30s",
        "mine1-reset: 1h after the start, at once",
        "hsm-slow30: 90s after the start, for 10m",
    ]
