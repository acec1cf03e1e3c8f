"""A shift as people write it beside its date: its number, its start or its part of the day. Pure."""

import re
from datetime import date, time

from collector.files.near_words import near_word
from collector.files.refusal import RefusalCode
from collector.files.refused import Refused
from models.works.calendar import shifts_of, wall_ns
from models.works.plant import Calendar

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBER = re.compile(
    r"(?:(?:смена|см\.?|shift|ауысым)\s*)?(?:№\s*)?(?P<n>\d|i{1,3}|iv)(?:[- ]?(?:я|ая|ші|шы|st|nd|rd|th))?"
    r"(?:\s*-?\s*(?:смена|см\.?|shift|ауысым))?"
)
_CLOCK = re.compile(r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:\s*[-\u2013\u2014]\s*\d{1,2}[:.]\d{2})?")
_ORDINALS = {
    **dict.fromkeys(("first", "первая", "бірінші"), 1),
    **dict.fromkeys(("second", "вторая", "екінші"), 2),
    **dict.fromkeys(("third", "третья", "үшінші"), 3),
    **dict.fromkeys(("fourth", "четвертая", "четвёртая", "төртінші"), 4),
}
_NOON, _EVENING, _NIGHT = time(12), time(19), time(2)
_PARTS = {
    **dict.fromkeys(("day", "день", "дневная", "күн", "күндізгі"), _NOON),
    **dict.fromkeys(("evening", "вечер", "вечерняя", "кеш", "кешкі"), _EVENING),
    **dict.fromkeys(("night", "ночь", "ночная", "түн", "түнгі"), _NIGHT),
}
"""A shift of the day is the one that works at noon, one of the evening at seven, one of the night at two."""


def shift_span(text: str, day: date, calendar: Calendar, shop: str) -> tuple[int, int]:
    """[start_ns, end_ns) of a shift of production day `day`. Raises Refused if the shop has no such shift."""
    shifts = shifts_of(calendar, day)
    written = " ".join(text.lower().split())
    index = _index(written, day, calendar, shifts)
    if index is None or not 0 <= index < len(shifts):
        starts = tuple(f"{start:%H:%M}" for start in calendar.shift_starts)
        near = near_word(_word(written), (*_ORDINALS, *_PARTS))
        if near is not None:
            raise Refused(RefusalCode.MISSPELT_SHIFT, value=text, near=near)
        raise Refused(RefusalCode.UNKNOWN_SHIFT, value=text, shop=shop, starts=starts)
    return shifts[index]


def _index(text: str, day: date, calendar: Calendar, shifts: tuple[tuple[int, int], ...]) -> int | None:
    clock = _CLOCK.fullmatch(text)
    if clock:
        start = f"{int(clock['h']) % 24:02d}:{clock['m']}"
        starts = [f"{item:%H:%M}" for item in calendar.shift_starts]
        return starts.index(start) if start in starts else None
    number = _NUMBER.fullmatch(text)
    if number:
        return (_ROMAN.get(number["n"]) or int(number["n"])) - 1
    word = _word(text)
    if word in _ORDINALS:
        return _ORDINALS[word] - 1
    if word not in _PARTS:
        return None
    at = _working(_PARTS[word], day, calendar, shifts)
    if _PARTS[word] == _EVENING and at in (_working(other, day, calendar, shifts) for other in (_NOON, _NIGHT)):
        return None  # of two shifts none is the evening's
    return at


def _working(at: time, day: date, calendar: Calendar, shifts: tuple[tuple[int, int], ...]) -> int | None:
    on = day if at >= calendar.day_start else date.fromordinal(day.toordinal() + 1)
    at_ns = wall_ns(calendar.zone, on, at)
    return next((index for index, (start, end) in enumerate(shifts) if start <= at_ns < end), None)


def _word(text: str) -> str:
    return text.removesuffix("смена").removesuffix("ауысым").removesuffix("shift").strip()
