"""Heats, taps, coils and pushes: judged, revised, and turned into increments.

An event belongs whole to the bucket that holds its end instant: the works books a heat in the shift that finished it.
Buckets are half-open, so an event that ends exactly on a boundary belongs to the bucket (hour, day, production year)
that starts there.
"""

import math
from dataclasses import replace
from zoneinfo import ZoneInfo

from models.counting.increment import (
    BUCKET_S,
    GRAMS_PER_TONNE,
    MOST_GRAMS,
    EventRevision,
    Increment,
    IncrementFlag,
)
from models.counting.reading import EventReading, Rejection
from models.counting.validation import FUTURE_TOLERANCE_S, NO_STAMP_UNTIL_NS
from models.works.calendar import NS, local_date
from models.works.codes import Quality, Reason
from models.works.plant import Tag

MOST_TONNES = MOST_GRAMS / GRAMS_PER_TONNE
"""Heavier events are refused."""
REVISION_SPAN_NS = 30 * 86_400 * NS
"""A message with a known key that ends further than this from the known event is another year's event.

Numbers start anew with the year, so the same number comes back after about a year. A correction comes within days. Any
length between the two tells them apart: 30 days leave room for a correction with the monthly closing.
"""


def production_year(end_ns: int, zone: ZoneInfo) -> int:
    """The local year of the end instant: the works' own numbers start anew with it (heat 1 comes every January)."""
    return local_date(zone, end_ns).year


def judge_event(tag: Tag, reading: EventReading, *, future_tolerance_s: float = FUTURE_TOLERANCE_S) -> Rejection | None:
    """Why `reading` is not believed; None if it is. Without a low limit, tonnes below 0 are refused.

    An event is judged once, at intake, by the limits that hold then: whatever is in the journal was believed.
    """
    low = 0.0 if tag.low is None or tag.pair_within_s else tag.low  # of two weighings, low is of the net
    high = math.inf if tag.high is None else tag.high
    if reading.quality == Quality.BAD:
        return rejected_event(tag, reading, Reason.BAD_QUALITY, "the source says that the event is bad")
    if not abs(reading.tonnes) <= MOST_TONNES:
        return rejected_event(
            tag, reading, Reason.NOT_A_NUMBER, f"{reading.tonnes!r} t is not a number that can be counted"
        )
    if not reading.key.strip():
        return rejected_event(tag, reading, Reason.WRONG_TYPE, "the event has an empty key, so it cannot be told apart")
    ahead_s = (reading.end_ns - reading.received_ns) / NS
    if ahead_s > future_tolerance_s:
        detail = f"ends {ahead_s:.3f} s after it was received: compare the two clocks"
        return rejected_event(tag, reading, Reason.FUTURE_CLOCK, detail)
    if not low <= reading.tonnes <= high:
        side = f"below low {low!r}" if reading.tonnes < low else f"above high {high!r}"
        return rejected_event(tag, reading, Reason.EVENT_TONNES, f"{reading.tonnes!r} t is {side} t for one event")
    return None


def event_revision(tag: Tag, reading: EventReading, zone: ZoneInfo) -> EventRevision:
    """The revision that a believed event states. `zone` is that of the unit's shop.

    An event without an end time ends when it was received (see `event_flags`). Raises ValueError for a tag that names
    no product.
    """
    if tag.product is None:
        raise ValueError(f"event tag {tag.name} counts no product: name one in the configuration")
    end_ns = _end_ns(reading)
    return EventRevision(
        tag=tag.name,
        unit=tag.unit,
        product=tag.product,
        production_year=production_year(end_ns, zone),
        key=reading.key.strip(),
        grams=round(reading.tonnes * GRAMS_PER_TONNE),
        end_ns=end_ns,
        sequence=reading.sequence,
    )


def event_flags(reading: EventReading) -> IncrementFlag:
    """UNCERTAIN if the quality is, or if the end time is only that of receipt."""
    known_end = reading.end_ns > NO_STAMP_UNTIL_NS
    return IncrementFlag.NONE if known_end and reading.quality == Quality.GOOD else IncrementFlag.UNCERTAIN


def years_to_search(revision: EventRevision, zone: ZoneInfo) -> tuple[int, ...]:
    """The production years under which the event may be known already, its own first.

    An event whose end is corrected across New Year is still the same event. Look it up in each of these years, and
    store the new word `as_revision_of` it: else the heat would count twice.
    """
    own = revision.production_year
    near = {production_year(revision.end_ns + shift, zone) for shift in (-REVISION_SPAN_NS, REVISION_SPAN_NS)}
    return (own, *sorted(near - {own}))


def as_revision_of(old: EventRevision, new: EventRevision) -> EventRevision:
    """`new` under the production year by which `old` is known, so that one event keeps one key across New Year."""
    return replace(new, production_year=old.production_year)


def event_increments(
    old: EventRevision | None, new: EventRevision, flags: IncrementFlag = IncrementFlag.NONE
) -> list[Increment]:
    """What `new` changes in the sums: nothing if it says the same, else minus `old` and plus `new`."""
    if old is not None and _said(old) == _said(new):
        return []
    # Both stay on record: what was withdrawn can be read years later.
    withdrawn = [] if old is None else [_increment(old, -old.grams, IncrementFlag.NONE)]
    return [*withdrawn, _increment(new, new.grams, flags)]


def _said(revision: EventRevision) -> tuple[str, int, int]:
    return revision.product, revision.grams, revision.end_ns


def _increment(revision: EventRevision, grams: int, flags: IncrementFlag) -> Increment:
    start_s = revision.end_ns // NS // BUCKET_S * BUCKET_S
    return Increment(
        revision.tag, revision.unit, revision.product, start_s, start_s + BUCKET_S, grams, readings=0, flags=flags
    )


def _end_ns(reading: EventReading) -> int:
    return reading.end_ns if reading.end_ns > NO_STAMP_UNTIL_NS else reading.received_ns


def rejected_event(tag: Tag, reading: EventReading, reason: Reason, detail: str) -> Rejection:
    """An event that is not believed, with its key."""
    return Rejection(
        tag.source, tag.name, repr(reading.tonnes), _end_ns(reading), reading.quality, reason, detail, reading.key
    )
