"""Periods as people write them in one cell: "август 2026", "2026-08", "01.08.2026-31.08.2026", "с 01.08 по 31.08.2026".

A period holds its last day, in every language: nobody writes the first day after it.
"""

import re
from datetime import date

from collector.files.moment import UnreadableMoment, day_ordinal, month
from collector.files.refusal import RefusalCode
from models.works.month import shifted

_BETWEEN = re.compile(
    r"(?:с |from |between )?(?P<first>\d[\d.\-]*\d)(?: ?г\.?)?\s*(?:-|\u2013|\u2014|\.\.|по|to|through)\s*"
    r"(?P<last>\d[\d.\-]*\d)(?: ?г\.?| ?ж\.?)?"
)
_ISO = r"\d{4}-\d{1,2}(?:-\d{1,2})?"
_ISO_BETWEEN = re.compile(
    rf"(?:с |from |between )?(?P<first>{_ISO})(?:\s*(?:-|\u2013|\u2014|\.\.|по|to|through)\s*(?P<last>{_ISO}))?"
)
"""Its own minus signs part no dates: 2025-08, 2025-01..2025-08, 2025-08-01 - 2025-08-31."""
_MONTHS_BETWEEN = re.compile(
    r"(?P<first>[^\W\d]+)\s*[-\u2013\u2014]\s*(?P<last>[^\W\d]+)\s+(?P<year>\d{4})(?: года| год| г\.?| ж\.?)?"
    r"|(?P<year_before>\d{4}) (?:жылғы|ж\.?) (?P<kk_first>[^\W\d]+)\s*[-\u2013\u2014]\s*(?P<kk_last>[^\W\d]+)"
)
"""As statistics name them: январь-август 2025 года, 2025 жылғы қаңтар-тамыз."""
_NO_YEAR = re.compile(r"\d{1,2}\.\d{1,2}")


def period_days(value: object) -> tuple[int, int]:
    """The first day of a period and the day after its last, as ordinals. Raises UnreadableMoment."""
    if isinstance(value, date):
        return _one_day(value.strftime("%Y-%m-%d"))
    text = " ".join(str(value).strip().lower().split())
    iso = _ISO_BETWEEN.fullmatch(text)
    if iso:
        return _iso_days(iso["first"], iso["last"] or iso["first"])
    named = _MONTHS_BETWEEN.fullmatch(text)
    if named:
        year = named["year"] or named["year_before"]
        start = month(f"{named['first'] or named['kk_first']} {year}")
        end = shifted(month(f"{named['last'] or named['kk_last']} {year}"), 1)
        if end <= start:
            raise UnreadableMoment(RefusalCode.END_NOT_AFTER_START, start=text, end=text)
        return start, end
    between = _BETWEEN.fullmatch(text)
    if between:
        first, last = between["first"], between["last"]
        # The year stands once, at the end: 01.08-31.08.2026.
        if _NO_YEAR.fullmatch(first):
            first = f"{first}.{last.rpartition('.')[2]}"
        days = day_ordinal(first), day_ordinal(last) + 1
        if days[1] <= days[0]:
            raise UnreadableMoment(RefusalCode.END_NOT_AFTER_START, start=first, end=last)
        return days
    if re.fullmatch(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})", text):
        return _one_day(text)
    try:
        start = month(text)
    except UnreadableMoment as error:
        raise UnreadableMoment(RefusalCode.NOT_A_PERIOD, value=str(value)) from error
    return start, shifted(start, 1)


def _iso_days(first: str, last: str) -> tuple[int, int]:
    """From the first day of the one, a day or a month, to the last of the other."""
    start = day_ordinal(first) if first.count("-") == 2 else month(first)
    end = day_ordinal(last) + 1 if last.count("-") == 2 else shifted(month(last), 1)
    if end <= start:
        raise UnreadableMoment(RefusalCode.END_NOT_AFTER_START, start=first, end=last)
    return start, end


def _one_day(text: str) -> tuple[int, int]:
    day = day_ordinal(text)
    return day, day + 1
