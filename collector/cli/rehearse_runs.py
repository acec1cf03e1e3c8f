"""Rehearsals of history and of recorded cases: what is read, replayed and judged for each."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from collector.cli.rehearse_replay import RuleRun, replayed
from collector.errors import CollectorError
from models.rehearsal.labels import CaseRecord
from models.rehearsal.rehearsal import Rehearsal, Yardstick, rehearsed

if TYPE_CHECKING:
    from collector.entries.entry_file import EntryFile
    from models.works.plant import Plant

WARM_UP_S = 96 * 3600
"""History before the span that the rules see first, as much as the service replays after a start."""
Progress = Callable[[float], None]


def of_history(entries: "EntryFile", proposed: "Plant", start_s: int, end_s: int, progress: Progress) -> Rehearsal:
    """The rehearsal of [start_s, end_s) (UTC seconds) of the ledger. Blocks.

    Raises CollectorError: nothing is known of that time, or there is no ledger.
    """
    from collector.storage.ledger import configurations
    from collector.storage.ledger.observed_history import read_history
    from models.detection.expected.planned import planned
    from models.detection.minutes.history import from_first_heard, unheard_hours

    present = entries.plant
    facts, minutes = entries.read(
        lambda connection: (
            configurations.facts(connection, present),
            read_history(connection, present, start_s - WARM_UP_S, end_s),
        )
    )
    if all(hours >= (end_s - start_s) / 3600 for hours in unheard_hours(minutes, start_s).values()):
        raise CollectorError(
            "nothing is known of that time: the ledger has no minute of it; give another --from and --to"
        )
    minutes = from_first_heard(minutes)
    runs = [RuleRun(plant, planned(plant, facts)) for plant in (present, proposed)]
    found = replayed(runs, minutes, progress)
    again_s = entries.settings.alerts.policy.reopen_within_s
    yardstick = Yardstick(plant=present, expected=runs[0].expected, again_s=again_s)
    return rehearsed(yardstick, minutes, (found[0], found[1]), start_s)


def of_case(path: Path, entries: "EntryFile", proposed: "Plant", progress: Progress) -> Rehearsal:
    """The rehearsal of a recorded case. Blocks. Raises ConfigurationError for a case with faults."""
    from collector.cases.read import read_case

    case = read_case(path, entries.plant)
    plants = [with_rules_of(rules, case.plant) for rules in (entries.plant, proposed)]
    runs = [RuleRun(plant, case.expected(plant)) for plant in plants]
    found = replayed(runs, case.minutes, progress)
    yardstick = Yardstick(
        plant=plants[0],
        expected=runs[0].expected,
        again_s=entries.settings.alerts.policy.reopen_within_s,
        case=CaseRecord(case.title, case.source, case.labels),
    )
    return rehearsed(yardstick, case.minutes, (found[0], found[1]))


def with_rules_of(rules: "Plant", plant: "Plant") -> "Plant":
    """`plant`, whole or in part, by the rules of another one; of another works, by those of kinds alone."""
    if rules.site != plant.site:
        return replace(plant, detection=replace(rules.detection, by_unit={}), limits=replace(rules.limits, units={}))
    own = {code: of for code, of in rules.detection.by_unit.items() if code in plant.units}
    units = {
        code: replace(unit, repair_shifts=rules.units[code].repair_shifts) if code in rules.units else unit
        for code, unit in plant.units.items()
    }
    return replace(plant, units=units, detection=replace(rules.detection, by_unit=own), limits=rules.limits)
