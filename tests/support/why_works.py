"""Two Octobers of the simulated furnaces in a ledger, watched hour by hour, of which one thing may be changed."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import apsw
import numpy as np

from collector.config.load import load
from collector.config.settings import Settings
from collector.service.publishing import Publishing
from collector.service.roll_up import RollUp
from collector.simulation.history import History, increments_of, make_history
from collector.simulation.history_statements import history_repairs
from collector.simulation.plant_config import plant_yaml
from collector.storage.ledger import changes, configurations, detection, stop_reasons
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.why import AskedWhy, read_why
from models.counting.output_plan import OutputPlan
from models.detection.finding import FindingKind
from models.detection.minutes.observed import UnitMinutes
from models.detection.output_drop import OutputDrop
from models.stated.plan import Repair
from models.stated.stop_reason import USUAL_REASONS, StopStatement
from models.tables.growth_span import Days
from models.why.product_why import ProductWhy
from models.works.calendar import HOUR_NS, NS, stamp_ns
from models.works.plant import Plant

PRODUCT = "pig_iron"
OCTOBER = date(2026, 10, 1).toordinal(), date(2026, 11, 1).toordinal()
OCTOBER_BEFORE = date(2025, 10, 1).toordinal(), date(2025, 11, 1).toordinal()
HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Changed:
    """What is another than in the run beside it. `stands`: by unit, hours [start_s, end_s) in which it made nothing.
    `unwatched`: hours (start, UTC seconds) that nobody watched; `watched` False: none was."""

    stands: Sequence[tuple[str, int, int]] = ()
    cause_unit: str = ""
    repairs: Sequence[Repair] = ()
    said: Sequence[StopStatement] = ()
    unwatched: frozenset[int] = field(default_factory=frozenset)
    watched: bool = True


def settings_in(folder: Path) -> Settings:
    """The simulated works, without its history."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    (folder / "data").mkdir()
    return load(file)


def end_ns(plant: Plant) -> int:
    """The end of the later October."""
    return stamp_ns(plant.zone, date.fromordinal(OCTOBER[1]))


def octobers(plant: Plant, seed: int) -> History:
    """What the furnaces made in both Octobers, by the history of the demo."""
    whole = make_history(plant, end_ns(plant), seed)
    bounds = [[stamp_ns(plant.zone, date.fromordinal(day)) // NS for day in days] for days in (OCTOBER_BEFORE, OCTOBER)]
    starts = whole.hours.start_s
    kept = np.any([(starts >= low) & (starts < high) for low, high in bounds], axis=0)
    tags = [tag for tag in whole.tags if tag.product == PRODUCT]
    columns = ("start_s", "length_s", "year", "month", "day", "hour")
    hours = replace(whole.hours, **{name: getattr(whole.hours, name)[kept] for name in columns})
    return History(hours, tags, {tag.name: whole.grams[tag.name][kept] for tag in tags})


def without(history: History, stands: Sequence[tuple[str, int, int]]) -> History:
    """The same, with nothing made in those hours."""
    grams = {name: column.copy() for name, column in history.grams.items()}
    for unit, start_s, end_s in stands:
        inside = (history.hours.start_s >= start_s) & (history.hours.start_s < end_s)
        for tag in history.tags:
            if tag.unit == unit:
                grams[tag.name][inside] = 0
    return replace(history, grams=grams)


def works_of(folder: Path, history: History, changed: Changed, seed: int = 7) -> Settings:
    """A ledger with this history, rolled up."""
    settings = settings_in(folder)
    asyncio.run(_fill(settings, history, changed, seed))
    return settings


def why_of(settings: Settings, days: Days = OCTOBER, base: Days = OCTOBER_BEFORE) -> ProductWhy:
    """The split of the furnaces' iron."""
    ledger = Ledger.open(settings.data_dir, clock_ns=lambda: end_ns(settings.plant), demo=True)
    try:
        return split_in(ledger, settings.plant, days, base)
    finally:
        asyncio.run(ledger.close())


def split_in(ledger: Ledger, plant: Plant, days: Days = OCTOBER, base: Days = OCTOBER_BEFORE) -> ProductWhy:
    """The same, of a ledger that is open."""
    asked = AskedWhy(days=days, base=base, products=[PRODUCT], reasons=USUAL_REASONS, now_ns=end_ns(plant))
    (found,) = ledger.read(lambda connection: read_why(connection, plant, asked))
    return found


async def _fill(settings: Settings, history: History, changed: Changed, seed: int) -> None:
    ledger = Ledger.open(settings.data_dir, clock_ns=lambda: end_ns(settings.plant), demo=True)
    try:
        await fill(ledger, settings.plant, history, changed, seed)
    finally:
        await ledger.close()


async def fill(ledger: Ledger, plant: Plant, history: History, changed: Changed, seed: int = 7) -> None:
    """Post the history and what was stated and found in it, and roll it up."""
    now_ns = end_ns(plant)
    await ledger.write(partial(configurations.keep, plant=plant, clock_ns=now_ns))
    for chunk in increments_of(without(history, changed.stands)):
        await ledger.write(partial(changes.post, increments=chunk, clock_ns=now_ns))
    furnaces = {tag.unit for tag in history.tags}
    repairs = [each for each in history_repairs(plant, now_ns, seed) if each.unit in furnaces]
    stated = [*repairs, *changed.repairs]
    await ledger.write(partial(ledger_statements.add, statements=stated, dirty=(), clock_ns=now_ns))
    watched = [start_s for start_s in history.hours.start_s.tolist() if start_s not in changed.unwatched]
    await ledger.write(partial(_watch, starts_s=watched if changed.watched else [], units=furnaces))
    drops = [_drop(each, changed.cause_unit) for each in changed.stands]
    approved = {repair.unit for repair in changed.repairs}
    await ledger.write(partial(detection.enter_past, found=[each for each in drops if each.unit not in approved]))
    for each in changed.said:
        await ledger.write(partial(stop_reasons.add, statement=each, clock_ns=now_ns))
    await RollUp(ledger, OutputPlan(plant), Publishing(), lambda: now_ns, hours_from_ns=now_ns).run()


def _watch(connection: apsw.Connection, starts_s: Sequence[int], units: Collection[str]) -> None:
    for start_s in starts_s:
        detection.put_hour(connection, start_s, dict.fromkeys(units, _hour()))


def _hour() -> UnitMinutes:
    yes = np.ones(60, np.bool_)
    return UnitMinutes(
        values={},
        quality={},
        heard=yes,
        moved=yes,
        looked=yes,
        uncertain=~yes,
        counted_t=None,
        event_end_s=np.array([], np.int64),
        event_t=np.array([], np.float64),
    )


def _drop(stands: tuple[str, int, int], cause_unit: str) -> OutputDrop:
    unit, start_s, end_s = stands
    return OutputDrop(
        unit=unit,
        product=PRODUCT,
        kind=FindingKind.STOP,
        severity=1,
        start_s=start_s,
        end_s=end_s,
        cause_unit=cause_unit,
        evidence={"en": "stood"},
    )


def hour_of(plant: Plant, day: int, hour: int) -> int:
    """An hour of a day (an ordinal) on site, UTC seconds."""
    return (stamp_ns(plant.zone, date.fromordinal(day)) + hour * HOUR_NS) // NS
