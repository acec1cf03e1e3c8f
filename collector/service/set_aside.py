"""Looks up, for a source, what was not believed of what it handed on."""

from functools import partial
from pathlib import Path

from collector.sources.set_aside import SetAside
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from collector.storage.quarantine.browser import QuarantineBrowser
from models.counting.event import event_revision, years_to_search
from models.counting.increment import GRAMS_PER_TONNE, EventRevision
from models.counting.reading import EventReading, Rejection
from models.works.codes import Reason
from models.works.plant import Plant

MOST = 1000
"""Records that are looked through, the newest first: as many as a report tells."""


def set_aside_since(folder: Path, plant: Plant, ledger: Ledger, source: str, since_ns: int) -> list[SetAside]:
    """The open records of a source that were refused since then, in the order of their times. Blocks."""
    listed = QuarantineBrowser(folder, ledger.clock_ns).listed("open", MOST)
    return [
        SetAside(named.name, named.record.rejection, _known(plant, ledger, named.record.rejection))
        for named in sorted(listed, key=lambda named: named.record.rejection.time_ns)
        if named.record.rejection.source == source and named.record.last_ns >= since_ns
    ]


def _known(plant: Plant, ledger: Ledger, rejection: Rejection) -> tuple[float, int] | None:
    tag = next((tag for tag in plant.tags if tag.name == rejection.tag), None)
    if tag is None or rejection.reason is not Reason.KEY_REUSED or rejection.event_key is None:
        return None
    at_ns, zone = rejection.time_ns, plant.shops[tag.shop].calendar.zone
    reading = EventReading(
        tag=tag.name,
        key=rejection.event_key,
        sequence=0,
        tonnes=float(rejection.value),
        end_ns=at_ns,
        received_ns=at_ns,
        quality=rejection.quality,
    )
    said = event_revision(tag, reading, zone)
    known: list[EventRevision] = []
    for year in years_to_search(said, zone):
        known += ledger.read(partial(ledger_reads.newest_events, unit=said.unit, tag=said.tag, year=year, key=said.key))
    nearest = min(known, key=lambda event: abs(event.end_ns - said.end_ns), default=None)
    return None if nearest is None else (nearest.grams / GRAMS_PER_TONNE, nearest.end_ns)
