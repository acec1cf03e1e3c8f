"""Scenarios in which the works runs on and its data are wrong: sensors, links, rings and counters."""

from benchmarks.drops.draft import (
    BESIDE,
    COAL,
    CONVERTER,
    FURNACES,
    WHOLE,
    Drafts,
    ScenarioFrame,
    done,
    dropped,
    optional,
    to_the_end,
)
from benchmarks.drops.scenario import HELD_OUT, HOUR_S, TUNING, ScenarioKind, What
from models.detection.finding import FindingKind

KINDS = {
    What.BAD: FindingKind.BAD,
    What.ZERO: FindingKind.BAD,
    What.STUCK: FindingKind.BAD,
    What.SHIFT: FindingKind.BAD,
    What.SPIKE: FindingKind.BAD,
    What.RESET: FindingKind.BAD,
    What.FREEZE: FindingKind.STALE,
    What.CUT: FindingKind.STALE,
    What.SILENT: FindingKind.MISSING,
    What.UNREAD: FindingKind.MISSING,
}
SENSORS = {
    TUNING: (
        ("bf3", What.ZERO, "blast", 5.0),
        ("bf2", What.BAD, "blast", 6.0),
        ("bf4", What.FREEZE, "", 3.0),
        ("bf3", What.SILENT, "", 12.0),
        ("hsm", What.ZERO, "speed", 4.0),
        ("hsm", What.SILENT, "", 4.0),
        ("cast1", What.ZERO, "speed", 6.0),
        ("converter", What.SILENT, "", 10.0),
        ("converter", What.ZERO, "oxygen", 10.0),
        ("mine1", What.ZERO, "belt", 5.0),
        ("sinter1", What.STUCK, "sinter_total", 5.0),
        ("chp", What.ZERO, "flow", 4.0),
        ("coke1", What.UNREAD, "", 6.0),
        ("bf3", What.STUCK, "blast", 14.0),
        ("bf2", What.SHIFT, "blast", 120.0),
        ("mine2", What.SPIKE, "belt", 48.0),
    ),
    HELD_OUT: (
        ("bf2", What.ZERO, "blast", 8.0),
        ("bf4", What.BAD, "blast", 10.0),
        ("bf3", What.FREEZE, "", 5.0),
        ("bf2", What.SILENT, "", 14.0),
        ("bf4", What.SILENT, "", 20.0),
        ("bf3", What.UNREAD, "", 10.0),
        ("hsm", What.FREEZE, "", 3.0),
        ("hsm", What.ZERO, "speed", 6.0),
        ("hsm", What.SILENT, "", 6.0),
        ("cast1", What.SILENT, "", 7.0),
        ("cast2", What.ZERO, "speed", 8.0),
        ("cast2", What.FREEZE, "", 6.0),
        ("converter", What.SILENT, "", 14.0),
        ("converter", What.ZERO, "oxygen", 12.0),
        ("converter", What.FREEZE, "", 9.0),
        ("mine2", What.ZERO, "belt", 4.0),
        ("mine1", What.STUCK, "coal_total", 4.0),
        ("washery", What.STUCK, "concentrate_total", 8.0),
        ("washery", What.ZERO, "feed", 6.0),
        ("sinter1", What.ZERO, "strand_rate", 8.0),
        ("sinter1", What.FREEZE, "", 6.0),
        ("coke2", What.UNREAD, "", 8.0),
        ("coke1", What.FREEZE, "", 5.0),
        ("chp", What.ZERO, "flow", 6.0),
        ("chp", What.ZERO, "heat", 6.0),
        ("chp", What.BAD, "flow", 5.0),
        ("bf4", What.STUCK, "blast", 20.0),
        ("bf3", What.SHIFT, "blast", 120.0),
        ("sinter1", What.SHIFT, "strand_rate", 120.0),
        ("bf3", What.SPIKE, "blast", 48.0),
        ("hsm", What.SPIKE, "speed", 48.0),
    ),
}
"""Target, what happens to it, signal, hours."""
GAUGES_THAT_MAY_STAND = frozenset({"blast", "speed"})
MAY_BE_TOLD = frozenset({What.SHIFT, What.SPIKE})
AMOUNT = {What.SHIFT: 28.0, What.SPIKE: 0.0}
LINKS = {
    TUNING: (("works", "", 0.2), ("works", "", 2.0), ("works", "", 26.0), ("hsm", "hsm", 4.0)),
    HELD_OUT: (
        ("works", "", 0.1),
        ("works", "", 0.4),
        ("works", "", 3.0),
        ("works", "", 9.0),
        ("works", "", 30.0),
        ("furnace", "bf3", 6.0),
        ("mine", "mine1", 5.0),
        ("caster", "cast2", 8.0),
    ),
}
"""Name, unit whose link is cut ("": all), hours."""
SURELY_TOLD_H = 0.5
STOPPED_UNSEEN = {TUNING: ("bf2", "hsm"), HELD_OUT: ("bf3", "shop", "sinter1")}
"""They stop while the link is cut and still stand when it is back: nobody can know it earlier."""
RESETS = {
    TUNING: ("mine1", "sinter1", "washery"),
    HELD_OUT: ("mine1", "mine2", "sinter1", "washery"),
}


def sensor_faults(drafts: Drafts, part: str) -> None:
    """A sensor, a PLC or a ring of one unit fails for hours while the unit keeps working."""
    for target, what, signal, hours in SENSORS[part]:
        long = hours > 48
        place = drafts.place(ScenarioKind.SENSOR, part, f"{target}-{what.value}", 8 if long else 5)
        start_s = _working_hours(place, target)
        units = (place.random.choice(place.working),) if target == "converter" else (target,)
        standing = what is What.STUCK and signal in GAUGES_THAT_MAY_STAND
        required = not standing and what not in MAY_BE_TOLD
        label = dropped(KINDS[what], units, start_s, hours, 0.0)
        drafts.add(
            place,
            BESIDE[target],
            done(what, units, start_s, hours, AMOUNT.get(what, 0.0), signal),
            [label if required else optional(label)],
        )


def _working_hours(place: ScenarioFrame, target: str) -> int:
    """Mines: outside their repair shift. Others: at any time of the third day."""
    if target == "mine1":
        return 63 * HOUR_S
    return 50 * HOUR_S if target == "mine2" else place.minute(49.0, 60.0)


def lost_links(drafts: Drafts, part: str) -> None:
    """All units or one are unheard for minutes or hours. What their rings held comes afterwards."""
    for name, unit, hours in LINKS[part]:
        place = drafts.place(ScenarioKind.LINK, part, name, 5)
        start_s = _working_hours(place, unit)
        units = BESIDE[unit] if unit else WHOLE
        label = dropped(FindingKind.STALE, (unit,) if unit else units, start_s, hours, 0.0)
        label = label if hours >= SURELY_TOLD_H else optional(label)
        drafts.add(place, units, done(What.CUT, (unit,), start_s, hours), [label])
    for target in STOPPED_UNSEEN[part]:
        _stopped_unseen(drafts, drafts.place(ScenarioKind.LINK, part, f"{target}-stopped", 5), target)


def _stopped_unseen(drafts: Drafts, place: ScenarioFrame, target: str) -> None:
    start_s = place.minute(50.0, 56.0)
    units = place.working if target == "shop" else (target,)
    simulated = (*FURNACES, *CONVERTER) if target == "shop" else BESIDE[target]
    stopped_s, heard_s = start_s + HOUR_S, start_s + 3 * HOUR_S
    drafts.add(
        place,
        simulated,
        [*done(What.CUT, ("",), start_s, 3.0), *done(What.STOP, units, stopped_s, 8.0)],
        [
            dropped(FindingKind.STALE, simulated, start_s, 3.0, 0.0),
            dropped(FindingKind.STOP, units, heard_s, 6.0),
        ],
    )


def counter_resets(drafts: Drafts, part: str) -> None:
    """A totalizer starts anew, twice: two minutes are uncertain, and nothing else."""
    for target in RESETS[part]:
        place = drafts.place(ScenarioKind.RESET, part, target, 5)
        at_s = [place.minute(30.0, 50.0), place.minute(60.0, 100.0)]
        drafts.add(
            place,
            COAL if target == "washery" else BESIDE[target],
            [each for start_s in at_s for each in done(What.RESET, (target,), start_s, 1 / 60)],
            [
                optional(dropped(FindingKind.BAD, (target,), start_s, to_the_end(place, start_s), 0.0))
                for start_s in at_s[:1]
            ],
        )
