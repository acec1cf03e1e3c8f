"""What a file of figures comes to, beside the target and the month before: so that a slip is seen at once. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from collector.files.figure_file import BELIEVED
from collector.files.refusal import FileRefusal, RefusalCode
from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.figure import Figure
from models.works.calendar import HOUR_NS, production_day
from models.works.month import month_of, shifted
from models.works.place import ALL, Place, place_of
from models.works.plant import Plant

DAY_NS = 24 * HOUR_NS
FAR_OVER = 10
"""So many times the usual is asked about: kilograms for tonnes are a thousand times, a digit too many is ten."""
FAR_UNDER = 100
"""Output of less than one part in so many is asked about too: thousands of tonnes for tonnes are one in a thousand,
and a furnace that is blown down for repair may well make a tenth on its last day."""
SHIFT_NS = 8 * HOUR_NS
"""Of less than a shift there may well be next to nothing."""


@dataclass(frozen=True, slots=True)
class FileSum:
    """The output of one product that a file states for units, shops or the site (`level`).

    `grams`: of the file. `target_grams`: of the same places and times. `before_grams`: what the same places made in the
    month before, for as many days. None where one of them is not known.
    """

    product: str
    level: str
    grams: int
    target_grams: int | None
    before_grams: int | None


def file_sums(book: Book, figures: Iterable[Figure]) -> list[FileSum]:
    """By product and level, in the order of the file. `book` holds the month before the first of the figures."""
    found: dict[tuple[str, str], FileSum] = {}
    for figure in figures:
        place = place_of(book.plant, figure.shop, figure.unit, figure.product)
        if place is None or not figure.is_output:
            continue
        key = figure.product, place.level
        total = found.get(key, FileSum(*key, 0, 0, 0))
        found[key] = replace(
            total,
            grams=total.grams + (figure.grams or 0),
            target_grams=_added(total.target_grams, book.targets.between(place, figure.start_ns, figure.end_ns)),
            before_grams=_added(total.before_grams, _before(book, place, figure)),
        )
    return list(found.values())


def unusual(book: Book, figures: Sequence[Figure]) -> dict[int, FileRefusal]:
    """By index, figures that are part of a day, or a longer span, of far over or under the usual output.

    Usual is what the place made in the month before, else its target. Where neither is known, nothing is usual, but
    nothing is over what its counters can show at their greatest rate.
    """
    days: dict[tuple[Place, int], list[int]] = {}
    for index, figure in enumerate(figures):
        place = place_of(book.plant, figure.shop, figure.unit, figure.product)
        if place is not None and figure.is_output:
            days.setdefault((place, _day(book.plant, place, figure.start_ns)), []).append(index)
    found: dict[int, FileRefusal] = {}
    for (place, day), indexes in days.items():
        spans = [figures[index] for index in indexes]
        start_ns, end_ns = book.bounds(place, day)
        whole = replace(spans[0], start_ns=start_ns, end_ns=max(end_ns, *(span.end_ns for span in spans)))
        why = _why_unusual(book, place, whole, spans)
        if why is not None:
            found |= dict.fromkeys(indexes, why)
    return found


def _why_unusual(book: Book, place: Place, whole: Figure, spans: Sequence[Figure]) -> FileRefusal | None:
    grams = sum(span.grams or 0 for span in spans)
    usual = _before(book, place, whole)
    if usual is None:
        usual = book.targets.between(place, whole.start_ns, whole.end_ns)
    whole_ns = whole.end_ns - whole.start_ns
    most = nominal_grams(book.plant, place, whole_ns)
    duration_ns = sum(span.end_ns - span.start_ns for span in spans)
    # A shift is held against its own share: ten days' output in one of two shifts is over eight times that of the day.
    # In less than a shift a place may make the whole of a day.
    usual_here = None if usual is None else usual * duration_ns // whole_ns if duration_ns >= SHIFT_NS else usual
    if usual_here and grams > FAR_OVER * usual_here:
        return FileRefusal(RefusalCode.FAR_OVER_USUAL, {"times": FAR_OVER})
    if usual is None and most is not None and grams > BELIEVED * most:
        names = {"times": Decimal(str(BELIEVED)), "most": round(Decimal(most) / GRAMS_PER_TONNE)}
        return FileRefusal(RefusalCode.OVER_NOMINAL, names)
    due = (usual or most or 0) * duration_ns // whole_ns
    if duration_ns >= SHIFT_NS and 0 < grams * FAR_UNDER < due:
        return FileRefusal(RefusalCode.FAR_UNDER_USUAL, {"times": FAR_UNDER})
    return None


def nominal_grams(plant: Plant, place: Place, duration_ns: int) -> int | None:
    """What the counters of a place can show at their greatest rate; None if one of its units has no such rate."""
    units = [unit for unit in plant.units.values() if place.unit in (ALL, unit.code) and place.shop in (ALL, unit.shop)]
    counted = {unit for item in plant.reported if item.product == place.product for unit in item.counted_at}
    total = 0.0
    for unit in units:
        rates = [
            tag.max_rate_per_h * tag.grams_per_unit
            for tag in plant.tags
            if tag.unit == unit.code and tag.product == place.product and tag.max_rate_per_h and tag.grams_per_unit
        ]
        if not rates and (place.level == "unit" or unit.code in counted):
            return None
        total += sum(rates)
    return round(total * duration_ns / HOUR_NS) if total else None


def days_of(plant: Plant, figures: Iterable[Figure]) -> tuple[int, int] | None:
    """The production dates [first, end) (ordinals) that a book needs for them: from the month before on."""
    days = [
        day
        for figure in figures
        if (place := place_of(plant, figure.shop, figure.unit, figure.product)) is not None
        for day in (_day(plant, place, figure.start_ns), _day(plant, place, max(figure.end_ns - 1, figure.start_ns)))
    ]
    return (shifted(month_of(min(days)), -1), max(days) + 1) if days else None


def _before(book: Book, place: Place, figure: Figure) -> int | None:
    month = month_of(_day(book.plant, place, figure.start_ns))
    last = shifted(month, -1)
    made = book.total(place, last, month)
    if made.grams is None or not made.whole:
        return None
    return made.grams * (figure.end_ns - figure.start_ns) // ((month - last) * DAY_NS)


def _day(plant: Plant, place: Place, instant_ns: int) -> int:
    return production_day(place.calendar(plant), instant_ns).toordinal()


def _added(total: int | None, part: int | None) -> int | None:
    return None if total is None or part is None else total + part
