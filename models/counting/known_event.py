"""An event whose key is known: a correction of it, another event with the same number, or nobody knows which.

A correction is believed only where it is close: within `CLOSE_NS` of the end, and `CLOSE_SHARE` of the tonnes. Numbers
are used again by mistake within minutes, and an oven's number comes back with each push. Taken as corrections, these
would take tonnes away that were made.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.counting.event import REVISION_SPAN_NS
from models.counting.increment import GRAMS_PER_TONNE, EventRevision
from models.works.calendar import NS
from models.works.codes import KeyReuse

CLOSE_NS = 900 * NS
"""A heat takes 35 minutes at least, and the end of one is corrected by minutes. A judgement."""
CLOSE_SHARE = 0.2
"""A weighing is corrected by some percent; a fifth apart are two weighings. A judgement."""


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """`old`: the event that `new` is a later word on (None: a new event). `refused`: why neither can be said."""

    old: EventRevision | None
    new: EventRevision
    refused: str = ""


def place(said: EventRevision, known: Sequence[EventRevision], reuse: KeyReuse, *, vouched: bool) -> KnownEvent:
    """What `said` is to the `known` events of its number, each by its newest word.

    `vouched`: a person gave it, as it is, again. A second event of one number in a production year is kept under the
    number with (2) behind it, and so on.
    """
    by_distance = sorted(known, key=lambda event: (not is_close(event, said), abs(event.end_ns - said.end_ns)))
    nearest = next((event for event in by_distance if abs(event.end_ns - said.end_ns) <= REVISION_SPAN_NS), None)
    if nearest is not None and (reuse is KeyReuse.REVISE or is_close(nearest, said)):
        return KnownEvent(nearest, replace(said, key=nearest.key))
    if nearest is not None and abs(nearest.end_ns - said.end_ns) <= CLOSE_NS:
        # The same end and quite other tonnes: one of both is wrong, and only a person knows which.
        return KnownEvent(nearest, replace(said, key=nearest.key), "" if vouched else _refused(nearest, said))
    if nearest is not None and reuse is KeyReuse.QUARANTINE and not vouched:
        return KnownEvent(None, said, _refused(nearest, said))
    of_year = sum(event.production_year == said.production_year for event in known)
    return KnownEvent(None, replace(said, key=f"{said.key} ({of_year + 1})") if of_year else said)


def place_by_sequence(said: EventRevision, known: Sequence[EventRevision]) -> KnownEvent:
    """The same, where the source itself tells its events apart by a running number: under the same one it is a
    correction, however large, and under another one another event, however alike."""
    same = next(
        (one for one in known if one.sequence == said.sequence and abs(one.end_ns - said.end_ns) <= CLOSE_NS), None
    )
    if same is not None:
        return KnownEvent(same, replace(said, key=same.key))
    of_year = sum(event.production_year == said.production_year for event in known)
    return KnownEvent(None, replace(said, key=f"{said.key} ({of_year + 1})") if of_year else said)


def is_close(old: EventRevision, new: EventRevision) -> bool:
    """Whether `new` is near enough to be a correction of `old`."""
    near = abs(old.end_ns - new.end_ns) <= CLOSE_NS
    return near and abs(old.grams - new.grams) <= CLOSE_SHARE * max(abs(old.grams), abs(new.grams))


def _refused(old: EventRevision, said: EventRevision) -> str:
    apart_s = (said.end_ns - old.end_ns) / NS
    known_t, said_t = (f"{event.grams / GRAMS_PER_TONNE:g} t" for event in (old, said))
    return (
        f"{said.key} is known with {known_t}, and comes with {said_t} that end {abs(apart_s):g} s "
        f"{'later' if apart_s >= 0 else 'earlier'}: too far apart for a correction; replay it to count it, or give "
        "its tag key_reuse"
    )
