"""Facts of the journal that the ledger cannot take in: told, and never in the way."""

from collector.storage.journal.journal import StoredEntry
from collector.storage.journal.rows import EVERY_SOURCE
from models.counting.increment import UncertainGap
from models.counting.reading import Rejection
from models.works.codes import Quality, Reason
from models.works.plant import Plant


def unknown_tag(
    stored: StoredEntry, tag: str, value: str, time_ns: int, quality: Quality, event_key: str | None = None
) -> Rejection:
    """A record of a tag that the plant does not have, or not as one that counts."""
    detail = "plant.yaml no longer has this tag, or not as one that counts; put it back, then replay"
    return Rejection(stored.entry.source, tag, value, time_ns, quality, Reason.WRONG_TYPE, detail, event_key)


def not_understood(stored: StoredEntry, detail: str) -> Rejection:
    """A whole entry that this version cannot read."""
    entry = stored.entry
    return Rejection(entry.source, "", "", entry.received_ns, Quality.BAD, Reason.WRONG_TYPE, detail)


def damaged_gaps(stored: StoredEntry, plant: Plant) -> list[UncertainGap]:
    """What an entry that was damaged on disk may have held: a gap of each tag that counts of its source."""
    entry = stored.entry
    return [
        UncertainGap(tag.name, entry.oldest_ns, entry.newest_ns, f"journal entry {stored.seq} was damaged on disk")
        for tag in plant.tags
        if tag.product is not None and entry.source in (tag.source, EVERY_SOURCE)
    ]
