"""The sections detection and limits: what they resolve to, and every fault of them with its place and its fix."""

from collections.abc import Callable
from dataclasses import fields
from datetime import time

import pytest

from collector.config.check_detection import resolved_rules
from collector.config.detection_document import DetectionEntry, KindRulesEntry
from collector.config.settings import Settings
from dashboards.panels.places import units_by_limit
from models.detection.watched import watched_units
from models.works.detection_rules import BY_KIND, CHAIN, DEFAULT, ActivityLimit, Follows, UnitRules
from models.works.limits import PaceLimit

Faults = Callable[..., list[str]]
Load = Callable[..., Settings]
WHOLE = """\
limits:
  pace: {mine: {window: 8h, raise_pct: 70, clear_pct: 80}}
  units: {bf3: {window: 36h, raise_pct: 80, clear_pct: 90}}
detection:
  kinds:
    blast_furnace: {stop_after: 10m, resume_after: 90s, no_event_after: null, ramp_up: {least: 12h, most: 1d}}
    mine: {together: false, stop_pct: 4, sequence_events: 0}
  units:
    bf3:
      activity: {hold: 1h, raise_pct: 80, clear_pct: 90}
      no_event_intervals: 3
      severity_stop: 2
      severity_slow: 3
  repair_shifts:
    - {units: [mine1], start: "20:00", end: "02:00"}
    - {units: [mine1], start: "08:00", end: "10:00"}
  chain: [{upstream: mine, downstream: blast_furnace, lag: {most: 3d}}]
"""


def test_a_rule_that_is_not_given_is_as_for_the_kind_and_null_switches_one_off(
    load_text: Load, plant_text: str
) -> None:
    rules = load_text(plant_text + WHOLE).plant.detection
    assert rules.of("bf3", "blast_furnace") == UnitRules(
        stop_after_s=600,
        resume_after_s=90,
        no_event_s=None,
        no_event_intervals=3.0,
        activity=ActivityLimit(3600, 80.0, 90.0),
        ramp_up_s=(43200, 86400),
        severity_stop=2,
        severity_slow=3,
    )
    assert rules.of("bf4", "blast_furnace").activity == BY_KIND["blast_furnace"].activity
    assert rules.of("mine1", "mine").stop_pct == 4.0
    assert rules.of("mine1", "mine").stop_after_s == BY_KIND["mine"].stop_after_s
    assert rules.by_kind["caster"] == BY_KIND["caster"]
    assert rules.chain == (Follows("mine", "blast_furnace", (0, 259200)),)


def test_without_the_sections_the_built_in_rules_hold(load_text: Load, plant_text: str) -> None:
    plant = load_text(plant_text).plant
    assert plant.detection.by_kind == BY_KIND
    assert plant.detection.by_unit == {}
    assert plant.detection.chain == CHAIN
    assert [unit.repair_shifts for unit in plant.units.values()] == [(), ()]


def test_every_field_of_the_rules_can_be_configured() -> None:
    changed = KindRulesEntry.model_validate_json(
        '{"stop_pct": 3, "stop_after": "7m", "resume_after": "11m", "no_event_after": "9m", "no_event_intervals": 4,'
        '"activity": {"hold": "5m", "raise_pct": 60, "clear_pct": 70}, "event_a_spell": true,'
        '"ramp_up": {"least": "1m", "most": "2m"}, "sequence_events": 5, "together": true, "severity_stop": 3,'
        '"severity_slow": 1, "shift_pct": 66}'
    )
    rules = resolved_rules({"u": "oven"}, DetectionEntry(kinds={"oven": changed})).of("u", "oven")
    assert [field.name for field in fields(rules) if getattr(rules, field.name) == getattr(DEFAULT, field.name)] == []


def test_repair_shifts_stand_at_their_unit_by_start(load_text: Load, plant_text: str) -> None:
    units = load_text(plant_text + WHOLE).plant.units
    assert [(it.start, it.end) for it in units["mine1"].repair_shifts] == [(time(8), time(10)), (time(20), time(2))]
    assert units["bf3"].repair_shifts == ()


def test_boards_alerts_and_detection_read_one_limit_of_a_unit(load_text: Load, plant_text: str) -> None:
    plant = load_text(plant_text + WHOLE).plant
    assert plant.limits.of_unit("bf3", "blast_furnace") == PaceLimit(36, 80.0, 90.0)
    assert plant.limits.of_unit("bf4", "blast_furnace") == PaceLimit(24, 85.0, 92.0)
    assert plant.limits.of_unit("mine1", "mine") == PaceLimit(8, 70.0, 80.0)
    assert (PaceLimit(36, 80.0, 90.0), ("bf3",)) in units_by_limit(plant)
    assert watched_units(plant, plant.detection)["bf3"].limit == PaceLimit(36, 80.0, 90.0)


PACE = "{window: 12h, raise_pct: 70, clear_pct: 80}"
SHIFT = 'detection: {repair_shifts: [{units: [mine1], start: "08:00", end: "14:00"}'
CONVERTERS = "blast_furnace: {together: true}"


@pytest.mark.parametrize(
    ("section", "place", "words"),
    [
        (f"limits: {{pace: {{mill: {PACE}}}}}", "limits.pace.mill", "no unit of this plant is of the kind 'mill'"),
        (f"limits: {{units: {{bf33: {PACE}}}}}", "limits.units.bf33", "'bf33' is not a unit of this plant; did you"),
        ("limits: {units: {bf3: {window: 12h, raise_pct: 90, clear_pct: 80}}}", "bf3.clear_pct", "below raise_pct 90"),
        ("limits: {units: {bf3: {window: 90m, raise_pct: 70, clear_pct: 80}}}", "bf3.window", "whole hours"),
        ("limits: {units: {bf3: {window: 12h, raise_pct: 70}}}", "bf3.clear_pct", "is missing"),
        ("detection: {kinds: {miner: {stop_pct: 4}}}", "detection.kinds.miner", "did you mean mine?"),
        ("detection: {units: {bf33: {stop_pct: 4}}}", "detection.units.bf33", "did you mean bf3?"),
        ("detection: {units: {bf3: {stop_pc: 4}}}", "detection.units.bf3.stop_pc", "did you mean stop_pct?"),
        ("detection: {units: {bf3: {stop_pct: 60}}}", "detection.units.bf3.stop_pct", "60 is not < 50"),
        ("detection: {units: {bf3: {stop_after: 5}}}", "detection.units.bf3.stop_after", "5 is not a duration"),
        ("detection: {units: {bf3: {severity_stop: 4}}}", "detection.units.bf3.severity_stop", "4 is not <= 3"),
        ("detection: {units: {bf3: {together: true}}}", "detection.units.bf3.together", "the key is unknown"),
        (
            "detection: {units: {bf3: {activity: {hold: 1h, raise_pct: 90, clear_pct: 85}}}}",
            "detection.units.bf3.activity.clear_pct",
            "85 is below raise_pct 90",
        ),
        (
            "detection: {units: {bf3: {activity: {hold: 1h, raise_pct: 9, clear_pct: 85}}}}",
            "detection.units.bf3.activity.raise_pct",
            "slow below 9 % and as stopped below 10 %",
        ),
        (
            "detection: {kinds: {blast_furnace: {activity: {hold: 1h, raise_pct: 30, clear_pct: 85}}},\n"
            "            units: {bf3: {stop_pct: 40}}}",
            "detection.units.bf3.stop_pct",
            "slow below 30 % and as stopped below 40 %",
        ),
        (
            "detection: {units: {bf3: {ramp_up: {least: 2h, most: 1h}}}}",
            "detection.units.bf3.ramp_up.least",
            "longer than the key most",
        ),
        (
            f"detection: {{kinds: {{{CONVERTERS}}}, units: {{bf3: {{no_event_after: 1h}}}}}}",
            "detection.units.bf3.no_event_after",
            "judged together; give it in detection.kinds.blast_furnace",
        ),
        (
            f"limits: {{units: {{bf3: {PACE}}}}}\ndetection: {{kinds: {{{CONVERTERS}}}}}",
            "limits.units.bf3",
            "judged together; give it in limits.pace.blast_furnace",
        ),
        (SHIFT.replace("mine1", "mine7") + "]}", "repair_shifts[0].units[0]", "'mine7' is not a unit of this plant"),
        (SHIFT.replace("mine1", "mine1, mine1") + "]}", "repair_shifts[0].units[1]", "given twice"),
        (SHIFT.replace("14:00", "08:00") + "]}", "repair_shifts[0].end", "no time is left"),
        (SHIFT.replace("14:00", "8am") + "]}", "repair_shifts[0].end", "'8am' is not written as a time of day"),
        (SHIFT + ', {units: [mine1], start: "13:00", end: "15:00"}]}', "repair_shifts[1]", "remove the overlap"),
        (SHIFT + ', {units: [mine1], start: "22:00", end: "08:30"}]}', "repair_shifts[1]", "repair_shifts[0]"),
        (SHIFT + ', {units: [mine1], start: "14:00", end: "08:00"}]}', "repair_shifts[1]", "no time is left"),
        (
            "detection: {chain: [{upstream: mill, downstream: mine, lag: {most: 1h}}]}",
            "chain[0].upstream",
            "of the kind 'mill'",
        ),
        (
            "detection: {chain: [{upstream: mine, downstream: mine, lag: {most: 1h}}]}",
            "chain[0].downstream",
            "'mine' is also the upstream kind",
        ),
        (
            "detection: {chain: [{upstream: mine, downstream: blast_furnace, lag: {least: 2h, most: 1h}}]}",
            "chain[0].lag.least",
            "longer than the key most",
        ),
    ],
)
def test_each_fault_of_detection_and_limits_is_reported_with_its_fix(
    faults: Faults, plant_text: str, section: str, place: str, words: str
) -> None:
    found = faults(f"{plant_text}{section}\n")
    assert len(found) == 1, found
    assert place in found[0]
    assert words in found[0]
    assert found[0].startswith(("plant.yaml:41", "plant.yaml:42"))


def test_a_unit_with_a_fault_does_not_make_its_kind_unknown(faults: Faults, plant_text: str) -> None:
    bad = plant_text.replace("kind: mine", "kind: Mine") + "detection: {kinds: {mine: {stop_pct: 4}}}\n"
    (line,) = faults(bad)
    assert "'Mine' is not written in small letters" in line
