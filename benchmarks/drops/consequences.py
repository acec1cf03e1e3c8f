"""What follows downstream from a drop, and how large every labelled drop really is: measured, not assumed.

python -m benchmarks.drops.consequences [--verify] [--workers 2] [--cache FOLDER]

Each scenario is run with and without its disturbances. If a shop downstream made at least 15 % less than without them,
and 15 % less than it makes in the long run, data/consequences.csv gets a label. Besides, every shop downstream gets a
label that is not required, from its cause's start to its end: what is found there then is no false alarm.

--verify writes nothing. It lists the labels of both tables that do not hold in the simulated works.
"""

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from multiprocessing import Pool
from pathlib import Path

from rich.progress import track

from benchmarks.drops.cache import default_folder, really, undisturbed
from benchmarks.drops.draft import AFTER_S, CASTERS, CONVERTER, FURNACES
from benchmarks.drops.expected import rates_t_per_h, relined
from benchmarks.drops.output import BIN_S, made_t, share_made, spans
from benchmarks.drops.plant import whole_plant
from benchmarks.drops.scenario import HOUR_S, WORKS, Scenario, ScenarioKind, ScenarioLabel
from benchmarks.drops.tables import CONSEQUENCES, FOLDER, read_scenarios, written_labels
from collector.simulation.steelmaking import CONVERTERS, RELINING_DAYS
from models.detection.finding import FindingKind
from models.detection.minutes.observed import WorksMinutes

CHAINS = (("mine1", "mine2"), ("washery",)), (FURNACES, CONVERTER, CASTERS, ("hsm",))
"""Chains of shops. Each shop takes what the one before it makes."""
SURELY_PCT = 20.0
SURELY_S = 8 * HOUR_S
"""A consequence is required to be found if it is as deep as the smallest drop that is gated, and a shift long."""
STANDS_PCT = 95.0
"""A shop that lost this much stood: what was under way when its feed ran out still counts."""
WHOLE_KINDS = frozenset({ScenarioKind.STOP, ScenarioKind.SLOW, ScenarioKind.CONSEQUENCE, ScenarioKind.PUBLISHED})


def measured(scenario: Scenario, folder: Path) -> list[ScenarioLabel]:
    """The labels of what follows downstream from the scenario's own labels."""
    disturbed = really(scenario, whole_plant(), folder)
    sound = really(undisturbed(scenario), whole_plant(), folder)
    return [label for shops in CHAINS for label in _of_chain(scenario, shops, disturbed, sound)]


def _of_chain(
    scenario: Scenario, shops: Sequence[tuple[str, ...]], disturbed: WorksMinutes, sound: WorksMinutes
) -> Iterator[ScenarioLabel]:
    causes: list[str] = []
    out = () if scenario.days >= RELINING_DAYS else (relined(scenario),)
    for shop in shops:
        own = [label for label in scenario.labels if not label.kind.is_data and set(label.units) & set(shop)]
        units = tuple(unit for unit in shop if unit in scenario.units and unit not in out)
        if own:
            causes += [cause for label in own for cause in label.causes]
            causes += [unit for label in own for unit in label.units]
        elif causes and units:
            known = tuple(dict.fromkeys(causes))
            found = list(_shortfalls(scenario, units, disturbed, sound, known))
            yield from found
            yield _perhaps(scenario, units, known)
            causes += units if found else ()


def _shortfalls(
    scenario: Scenario, units: tuple[str, ...], disturbed: WorksMinutes, sound: WorksMinutes, causes: tuple[str, ...]
) -> Iterator[ScenarioLabel]:
    rates = rates_t_per_h(scenario.parameters)
    working = units[: CONVERTERS - 1] if set(units) <= set(CONVERTER) else units
    rate = sum(rates[unit] for unit in working) * BIN_S / HOUR_S
    made, usual = made_t(disturbed, units), made_t(sound, units)
    began_s = min(label.start_s for label in scenario.labels)
    for first, end in spans(made, usual, rate):
        lost_pct = 100 * (1 - float(made[first:end].sum()) / (rate * (end - first)))
        if first * BIN_S < began_s:
            continue
        yield ScenarioLabel(
            units=units,
            kind=FindingKind.STOP if lost_pct >= STANDS_PCT else FindingKind.SLOW,
            start_s=first * BIN_S,
            end_s=end * BIN_S,
            tolerance_s=AFTER_S["other"],
            size_pct=round(lost_pct),
            causes=causes,
            required=lost_pct >= SURELY_PCT and (end - first) * BIN_S >= SURELY_S,
        )


def _perhaps(scenario: Scenario, units: tuple[str, ...], causes: tuple[str, ...]) -> ScenarioLabel:
    """What may be found in a shop downstream while its cause lasts, however small."""
    spans_s = [(label.start_s, label.end_s) for label in scenario.labels if set(label.units) & set(causes)]
    return ScenarioLabel(
        units=units,
        kind=FindingKind.SLOW,
        start_s=min(start_s for start_s, _ in spans_s),
        end_s=max(end_s for _, end_s in spans_s),
        tolerance_s=AFTER_S["other"],
        size_pct=0.0,
        causes=causes,
        required=False,
    )


def doubts(scenario: Scenario, folder: Path) -> list[str]:
    """Labels of output that are wrong: more or less was lost than they say, compared with the same works left alone."""
    disturbed = really(scenario, whole_plant(), folder)
    sound = really(undisturbed(scenario), whole_plant(), folder)
    found = []
    for label in scenario.labels:
        if label.kind.is_data:
            continue
        share = share_made(disturbed, sound, label)
        allowed = 4.0 if label.kind is FindingKind.DRIFT else 8.0
        lost_pct = 100 * (1 - share)
        if abs(lost_pct - label.size_pct) > allowed and not label.causes:
            found.append(
                f"{scenario.code}: {'+'.join(label.units)} {label.kind.value} lost {lost_pct:.1f} %, "
                f"labelled {label.size_pct:g} %"
            )
    return found


def has_consequences(scenario: Scenario) -> bool:
    """Whether something is done to its works that other units may feel."""
    return scenario.kind in WHOLE_KINDS and any(each.what in WORKS for each in scenario.disturbances)


def _measured(folder: Path, scenario: Scenario) -> list[ScenarioLabel]:
    return measured(scenario, folder)


def _doubts(folder: Path, scenario: Scenario) -> list[str]:
    return doubts(scenario, folder)


def main() -> None:
    """Write the table, or list the labels that are in doubt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verify", action="store_true")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cache", type=Path, default=default_folder())
    options = parser.parse_args()
    scenarios = read_scenarios(measured=options.verify)
    with Pool(options.workers) as pool:
        if options.verify:
            doubtful = pool.imap(partial(_doubts, options.cache), scenarios)
            for line in chain.from_iterable(track(doubtful, total=len(scenarios))):
                print(line)
            return
        scenarios = [scenario for scenario in scenarios if has_consequences(scenario)]
        found = track(pool.imap(partial(_measured, options.cache), scenarios), total=len(scenarios))
        labels = {scenario.code: each for scenario, each in zip(scenarios, found, strict=True)}
    (FOLDER / CONSEQUENCES).write_text(written_labels(labels), encoding="utf-8")


if __name__ == "__main__":
    main()
