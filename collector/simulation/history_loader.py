"""Two years of simulated history into the ledger of a demo, with the rows that managers' pages read."""

import asyncio
from collections.abc import Callable
from functools import partial

import apsw

from collector.errors import CannotStart
from collector.service.roll_up import RollUp
from collector.simulation.history import History, history_span, increments_of, make_history
from collector.simulation.history_accidents import history_accidents, history_people
from collector.simulation.history_longwall import by_five_minutes
from collector.simulation.history_measures import history_measures, history_milestones
from collector.simulation.history_quality import history_quality
from collector.simulation.history_statements import history_figures, history_plans, history_repairs
from collector.simulation.history_stops import reasons_given, stops_found
from collector.storage.ledger import accidents as ledger_accidents
from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger import configurations
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import measures as ledger_measures
from collector.storage.ledger import milestones as ledger_milestones
from collector.storage.ledger import moment as ledger_moment
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger import stop_reasons as ledger_stop_reasons
from collector.storage.ledger.ledger import Ledger
from models.counting.increment import Increment
from models.counting.split import reading_increment
from models.detection.watched import watched_units
from models.tables.desk_data import UnitActivity
from models.works.calendar import NS, local_date
from models.works.codes import TagKind
from models.works.plant import Plant

MINUTE_NS = 60 * NS
CATCHES_UP_NS = 15 * MINUTE_NS
"""A demo's works starts where its history ends, less than five minutes ago when loading began. What lies further back
was made up to its end, and nobody looked at it since."""

HOURS_SHOWN_S = 14 * 86_400
"""Hour rows are published for this long before the end. Older hours are in the ledger, and their days are published.

Two weeks fill the boards; the hour rows of two years would make the demo start much later.
"""

POSTING = 0.4
"""The share of the work that posting is; the rest rolls it up. From one run's clock; only the progress bar uses it."""


async def load_history(
    ledger: Ledger, roll_up: RollUp, plant: Plant, end_ns: int, seed: int, progress: Callable[[float], None]
) -> History:
    """Post the history that ends with the last full five minutes at `end_ns`, and give it; `progress` gets the share
    done, 0 to 1.

    Raises CannotStart for a ledger that is not a demo's, or that holds figures already.
    """
    if not ledger.demo or not plant.simulated:
        raise CannotStart("a simulated history may enter a demo's ledger only; give the simulation another data_dir")
    if await asyncio.to_thread(ledger.read, ledger_reads.totals):
        raise CannotStart("this ledger holds figures already; a simulated history needs a new one")
    # The collector that goes on with this ledger finds its own configuration, and so has nothing to roll up anew.
    await ledger.write(partial(configurations.keep, plant=plant, clock_ns=ledger.clock_ns()))
    span = history_span(end_ns, plant.zone)
    last_s: dict[str, int] = {}
    history = await asyncio.to_thread(make_history, plant, end_ns, seed)
    chunks = increments_of(history)
    while hours := await asyncio.to_thread(next, chunks, None):
        chunk = list(by_five_minutes(hours, span.end_s))
        await ledger.write(partial(ledger_changes.post, increments=chunk, clock_ns=ledger.clock_ns()))
        for item in chunk:
            if item.grams:
                last_s[item.unit] = max(item.end_s, last_s.get(item.unit, 0))
        progress(POSTING * (chunk[-1].end_s - span.start_s) / (span.end_s - span.start_s))
    stated: list[ledger_statements.Statement] = [
        *history_plans(plant, end_ns, seed),
        *history_repairs(plant, end_ns, seed),
        *history_figures(plant, history, seed),
    ]
    await ledger.write(partial(ledger_statements.add, statements=stated, dirty=(), clock_ns=ledger.clock_ns()))
    first, last = (local_date(plant.zone, second * NS).toordinal() for second in (span.start_s, span.end_s))
    measured = [
        *history_measures(first, last),
        *history_people(first, last),
        *history_quality(plant, first, last, seed),
    ]
    await ledger.write(partial(ledger_measures.add, stated=measured, clock_ns=ledger.clock_ns()))
    reached = list(history_milestones(last))
    await ledger.write(partial(ledger_milestones.add, words=reached, clock_ns=ledger.clock_ns()))
    hurt = history_accidents(plant, first, last)
    await ledger.write(partial(ledger_accidents.add, words=hurt, clock_ns=ledger.clock_ns()))
    activity = [UnitActivity(unit, None, end_s * NS) for unit, end_s in last_s.items()]
    await ledger.write(partial(ledger_moment.put, sources=(), activity=activity))
    watched = _watched_since(plant, end_ns, min(ledger.clock_ns(), end_ns + CATCHES_UP_NS))
    await ledger.write(partial(ledger_changes.post, increments=watched, clock_ns=ledger.clock_ns()))
    await ledger.write(partial(_enter_stops, plant=plant, history=history, clock_ns=ledger.clock_ns()))
    roll_up.hours_from_ns = end_ns - HOURS_SHOWN_S * NS
    roll_up.progress = lambda share: progress(POSTING + (1 - POSTING) * share)
    await roll_up.run()
    # Of hours that a collector would have forgotten by now, the days' rows keep what was known of them.
    await ledger.write(partial(ledger_detection.put_hour, start_s=last_hour_s(history), units={}))
    return history


def last_hour_s(history: History) -> int:
    """The begin of the last hour of the history (UTC seconds)."""
    return int(history.hours.start_s[-1])


def _enter_stops(connection: apsw.Connection, plant: Plant, history: History, clock_ns: int) -> None:
    """All units were watched all the time; when they stood, and why, as far as people had said it."""
    units = sorted(watched_units(plant, plant.detection))
    for start_s in history.hours.start_s.tolist():
        ledger_detection.put_watched(connection, start_s, units)
    ledger_detection.enter_past(connection, stops_found(plant, history.stops))
    for statement in reasons_given(history.stops, last_hour_s(history)):
        ledger_stop_reasons.add(connection, statement, clock_ns)


def _watched_since(plant: Plant, end_ns: int, now_ns: int) -> list[Increment]:
    """Looks at the rings from the end of the history to now: the works goes through this time within seconds, and a
    look counts when it is made. Without them the hour in which a demo starts is not whole."""
    looks: list[Increment] = []
    for tag in plant.tags:
        if tag.kind is not TagKind.EVENT or tag.product is None:
            continue
        for minute_ns in range(end_ns, now_ns, MINUTE_NS):
            count = round(min(MINUTE_NS, now_ns - minute_ns) / (tag.cadence_s * NS))
            looks.append(reading_increment(tag.name, tag.unit, tag.product, minute_ns, count))
    return looks
