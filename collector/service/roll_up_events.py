"""Rows of plant_event in the roll-up: what people stated and the stops of the detection, as spans of the time axis."""

from dataclasses import replace
from functools import partial

from collector.service.roll_up_work import Figures
from collector.storage.ledger import alarms as ledger_alarms
from collector.storage.ledger import configurations, outbox
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.reads import ALWAYS
from models.tables.event_rows import ALARM, EVENT_TABLE, NOTICE, STOP, alarm_row, plant_event_rows
from models.works.calendar import NS
from models.works.plant import Plant

_OF_ALARMS = tuple(f'["kind","{kind}"]' for kind in (ALARM, NOTICE))
STOPS_BACK_S = 40 * 86_400
"""Stops that ended longer ago stay on the time axis as they are: longer than a month, so that no open month changes."""
AT_ONCE, LASTING = 2000, 200
"""Alarms whose rows are drawn at once, as bounds of memory and of how long a commit lasts; and of those that stand, how
many are drawn up to the present. Both are judgements."""
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
    published = ledger.read(lambda connection: outbox.published(connection, EVENT_TABLE, 0, ALWAYS, without=_OF_ALARMS))
    gone = [
        row.key
        for row in published
        if row.key not in keys and (dict(row.key.tags)["kind"] != STOP or row.key.time_ns >= since_s * NS)
    ]
    return Figures(rows, gone)


class AlarmRows:
    """The rows of alarms that are not drawn yet, or that last. Those before it are as they were published."""

    def __init__(self) -> None:
        self._drawn = self._next = 0
        self._grown_s = self._next_s = 0

    def new(self, ledger: Ledger, plant: Plant, now_ns: int) -> Figures:
        """Those that changed since the last that were drawn, at most AT_ONCE; the rest by the next call."""
        since_ns, grown_s = now_ns - STOPS_BACK_S * NS, _grown_until_s(now_ns)
        if ledger.read(ledger_alarms.last_change) < self._drawn:
            self._drawn = 0  # another ledger, made of what was left of the last one
        changed, self._next = ledger.read(
            partial(ledger_alarms.changed_since, number=self._drawn, since_ns=since_ns, limit=AT_ONCE)
        )
        if grown_s != self._grown_s:
            changed = [*ledger.read(partial(ledger_alarms.lasting, limit=LASTING)), *changed]
        self._next_s = grown_s
        return Figures([alarm_row(plant, alarm, grown_s * NS) for alarm in changed])

    def drawn(self) -> None:
        """What the last call gave is published."""
        self._drawn, self._grown_s = self._next, self._next_s


def _grown_until_s(now_ns: int) -> int:
    return now_ns // NS // STOP_GROWS_S * STOP_GROWS_S
