"""Rows of plant_event in the roll-up: what people stated and the stops of the detection, as spans of the time axis."""

from dataclasses import replace

from collector.service.roll_up_work import Figures
from collector.storage.ledger import configurations, outbox
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.reads import ALWAYS
from models.tables.event_rows import EVENT_TABLE, STOP, plant_event_rows
from models.works.calendar import NS
from models.works.plant import Plant

STOPS_BACK_S = 40 * 86_400
"""Stops that ended longer ago stay on the time axis as they are: longer than a month, so that no open month changes."""
STOP_GROWS_S = 300
"""A stop that lasts is drawn up to the present once in so long: the width of a bucket, which a chart cannot resolve."""


def events_version(ledger: Ledger, now_ns: int) -> tuple[int, ...]:
    """Differs whenever the rows may."""
    drops = ledger.read(ledger_detection.drops_version)
    return (*ledger.read(ledger_statements.version), *drops, _grown_until_s(now_ns) if drops[-1] else 0)


def event_figures(ledger: Ledger, plant: Plant, now_ns: int) -> Figures:
    """All rows that hold now, and the published ones that hold no more."""
    since_s, until_s = now_ns // NS - STOPS_BACK_S, _grown_until_s(now_ns)
    drops = [
        drop if drop.end_s is not None else replace(drop, end_s=max(until_s, drop.start_s))
        for drop in ledger.read(lambda connection: ledger_detection.drops(connection, since_s))
    ]
    facts = ledger.read(lambda connection: configurations.facts(connection, plant))
    rows = plant_event_rows(plant, facts, drops)
    keys = {row.key for row in rows}
    gone = [
        row.key
        for row in ledger.read(lambda connection: outbox.published(connection, EVENT_TABLE, 0, ALWAYS))
        if row.key not in keys and (dict(row.key.tags)["kind"] != STOP or row.key.time_ns >= since_s * NS)
    ]
    return Figures(rows, gone)


def _grown_until_s(now_ns: int) -> int:
    return now_ns // NS // STOP_GROWS_S * STOP_GROWS_S
