"""Facts of the journal that the ledger cannot take in: told, and never in the way."""

from collector.storage.journal.journal import StoredEntry
from models.counting.reading import Rejection
from models.works.codes import Quality, Reason


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
