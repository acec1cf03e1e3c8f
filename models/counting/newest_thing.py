"""A memory that shows the newest heat, tap, coil or ladle until the next one replaces it, as events. Pure.

What is shown is taken when two looks in a row show the same, for a controller writes weight and number one after the
other. That it is another one than before is told by a sign: a counter of weighings, else the works' own number, else
the end time, else a bit that was 0 meanwhile. Where the sign shows that one was missed, that is a gap, and no tonne is
made up for it.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from models.counting.event_key import number_of
from models.counting.increment import GRAMS_PER_TONNE
from models.counting.reading import EventReading, Rejection
from models.works.calendar import NS
from models.works.codes import Quality, Reason
from models.works.plant import Tag

ABSENCE_NS = 60 * NS
"""Between two looks at which one may have come and gone unseen: ladles and coils are minutes apart. A judgement."""
_NUMBERED = re.compile(r"(?P<series>.*?)(?P<number>\d{1,18})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ShownThing:
    """One look. `tonnes` are net, None if there is no number; `key` is "" and `end_ns` 0 where the memory has none;
    `counter` and `ready` are None where it has none. `said`: what is there, for a person."""

    tonnes: float | None
    key: str
    counter: int | None
    ready: bool | None
    end_ns: int
    quality: Quality
    said: str = ""


@dataclass(frozen=True, slots=True)
class TakenThing:
    """The newest event that was taken: by its running number, what was said of it, and when it ended."""

    sequence: int
    key: str
    grams: int
    end_ns: int

    @staticmethod
    def newest(events: Mapping[int, tuple[str, float, int]], sequence: int | None) -> "TakenThing | None":
        """The event of `sequence` among (key, tonnes, end_ns) that the ledger knows; None if it is not there."""
        if sequence is None or sequence not in events:
            return None
        key, tonnes, end_ns = events[sequence]
        return TakenThing(sequence, number_of(key), round(tonnes * GRAMS_PER_TONNE), end_ns)


@dataclass(frozen=True, slots=True)
class ThingState:
    """`seen`: the look before; `base`: what was shown when nothing was taken yet; `was_off`: the bit was 0 since the
    newest was taken; `looked_ns`: the last look (0: none yet), `known_ns`: the last one that was confirmed, and `away`:
    nobody looked for a while since; `refused`: what was refused already, and is not told again."""

    taken: TakenThing | None = None
    seen: ShownThing | None = None
    base: ShownThing | None = None
    was_off: bool = False
    looked_ns: int = 0
    known_ns: int = 0
    away: bool = False
    refused: ShownThing | None = None


@dataclass(frozen=True, slots=True)
class ThingLook:
    """What one look gave, and the state once that is durable. `gap`: (tag, start_ns or 0, end_ns)."""

    state: ThingState
    events: tuple[EventReading, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    gaps: tuple[tuple[str, int, int], ...] = ()


class NewestThing:
    """`numbered`: the works' own numbers count up by one here, so a leap is an event that was missed."""

    def __init__(self, source: str, tag: Tag, *, numbered: bool) -> None:
        self._source = source
        self._tag = tag
        self._numbered = numbered

    def look(self, state: ThingState, shown: ShownThing, received_ns: int) -> ThingLook:
        """What the next look at the memory says. The first look of all is where counting begins, unless it has an end:
        what is shown then may be of last week."""
        away = state.away or received_ns - state.looked_ns > ABSENCE_NS
        seen = replace(state, looked_ns=received_ns, away=away)
        if shown.ready is False:
            missed = away and _sign(shown) == "ready" and state.taken is not None
            # What begins while we look is new, also where nothing was ever taken.
            base = shown if state.taken is None and state.base is None else state.base
            now = replace(seen, seen=None, base=base, was_off=True, known_ns=received_ns, away=False)
            return ThingLook(now, gaps=self._gap(state, received_ns) if missed else ())
        if shown.counter is not None and shown.counter <= 0:
            # It counts from 0: nothing was weighed since.
            base = shown if state.taken is None and state.base is None else state.base
            return ThingLook(replace(seen, seen=None, base=base))
        if state.seen != shown:
            return ThingLook(replace(seen, seen=shown))
        now = replace(seen, known_ns=received_ns, away=False)
        if shown.tonnes is None or (_sign(shown) == "ready" and shown.ready is None):
            detail = f"tonnes and a sign of a new one are needed, {shown.said} is there"
            return self._refuse(now, shown, received_ns, Reason.WRONG_TYPE, detail)
        is_same = state.taken is not None and self._is_same(state, state.taken, shown, away)
        if shown.tonnes <= 0 and not is_same:
            return ThingLook(now)  # its number came before its weight
        if state.taken is None and not shown.end_ns:
            return self._begin(now, shown, received_ns)
        if state.taken is not None and is_same:
            return self._corrected(now, state.taken, shown, received_ns)
        missed = state.taken is not None and self._missed(state.taken, shown, away)
        return self._taken(now, shown, received_ns, self._gap(state, received_ns) if missed else ())

    def _begin(self, now: ThingState, shown: ShownThing, received_ns: int) -> ThingLook:
        """Nothing was ever taken, and what is shown has no time: the next one counts."""
        if now.base is None or (_same_sign(now.base, shown) and not now.was_off):
            return ThingLook(replace(now, base=now.base or shown, was_off=False))
        return self._taken(now, shown, received_ns, ())

    def _taken(
        self, now: ThingState, shown: ShownThing, received_ns: int, gaps: tuple[tuple[str, int, int], ...]
    ) -> ThingLook:
        end_ns = shown.end_ns or received_ns
        before = now.taken.sequence if now.taken is not None else 0
        sequence = shown.counter if shown.counter is not None else before + 1
        # A counter alone comes back with the same numbers after each restart: the instant does not.
        thing = TakenThing(sequence, shown.key or _instant(end_ns), _grams(shown), end_ns)
        state = replace(now, taken=thing, base=None, was_off=False, refused=None)
        return ThingLook(state, (self._event(thing, shown, received_ns),), gaps=gaps)

    def _corrected(self, now: ThingState, taken: TakenThing, shown: ShownThing, received_ns: int) -> ThingLook:
        """The same one as before: what is said otherwise now is a later word on it."""
        grams, end_ns = _grams(shown), shown.end_ns or taken.end_ns
        if grams == taken.grams and (not shown.end_ns or abs(end_ns - taken.end_ns) < NS):
            return ThingLook(now)
        if grams <= 0:
            detail = (
                f"{taken.key} was counted with {taken.grams / GRAMS_PER_TONNE:g} t, and shows {shown.tonnes:g} t now"
            )
            return self._refuse(now, shown, received_ns, Reason.EVENT_TONNES, f"{detail}: it stays counted as it was")
        thing = replace(taken, grams=grams, end_ns=end_ns)
        return ThingLook(replace(now, taken=thing), (self._event(thing, shown, received_ns),))

    def _event(self, thing: TakenThing, shown: ShownThing, received_ns: int) -> EventReading:
        assert shown.tonnes is not None  # noqa: S101 - looked at before
        quality = shown.quality if shown.end_ns else min(shown.quality, Quality.UNCERTAIN)
        return EventReading(
            tag=self._tag.name,
            key=thing.key,
            sequence=thing.sequence,
            tonnes=shown.tonnes,
            end_ns=thing.end_ns,
            received_ns=received_ns,
            quality=quality,
        )

    def _refuse(self, now: ThingState, shown: ShownThing, received_ns: int, reason: Reason, detail: str) -> ThingLook:
        if now.refused == shown:
            return ThingLook(now)
        at = (shown.said or repr(shown.tonnes), shown.end_ns or received_ns, shown.quality, reason, detail)
        rejection = Rejection(self._source, self._tag.name, *at, event_key=shown.key or None)
        return ThingLook(replace(now, refused=shown), rejections=(rejection,))

    def _gap(self, state: ThingState, received_ns: int) -> tuple[tuple[str, int, int], ...]:
        start_ns = state.known_ns or (state.taken.end_ns if state.taken is not None else 0)
        return ((self._tag.name, min(start_ns, received_ns), received_ns),)

    def _is_same(self, state: ThingState, taken: TakenThing, shown: ShownThing, away: bool) -> bool:
        sign = _sign(shown)
        if sign == "counter":
            return shown.counter == taken.sequence
        if sign == "key":
            return shown.key == taken.key
        if sign == "end":
            return abs(shown.end_ns - taken.end_ns) < NS
        # While nobody looked, the bit may have been 0: then only the same tonnes are the same one.
        return not state.was_off and not (away and _grams(shown) != taken.grams)

    def _missed(self, taken: TakenThing, shown: ShownThing, away: bool) -> bool:
        """Whether another one must, or may, have come and gone between the newest taken and this one."""
        if shown.counter is not None:
            return shown.counter != taken.sequence + 1
        if self._numbered and (leap := _leap(taken.key, shown.key)) is not None:
            return leap > 1
        return away


def _sign(shown: ShownThing) -> str:
    if shown.counter is not None:
        return "counter"
    if shown.key:
        return "key"
    return "end" if shown.end_ns else "ready"


def _same_sign(one: ShownThing, other: ShownThing) -> bool:
    return (one.counter, one.key, one.end_ns) == (other.counter, other.key, other.end_ns)


def _leap(old: str, new: str) -> int | None:
    """By how much a number rose within its series ("A1234" to "A1236": 2); None if it is of another one, or fell."""
    before, now = _NUMBERED.fullmatch(old), _NUMBERED.fullmatch(new)
    if before is None or now is None or before["series"] != now["series"]:
        return None
    leap = int(now["number"]) - int(before["number"])
    return leap if leap > 0 else None


def _grams(shown: ShownThing) -> int:
    assert shown.tonnes is not None and math.isfinite(shown.tonnes)  # noqa: S101, PT018 - refused before
    return round(shown.tonnes * GRAMS_PER_TONNE)


def _instant(end_ns: int) -> str:
    return f"{datetime.fromtimestamp(end_ns // NS, UTC):%Y-%m-%dT%H:%M:%SZ}"
