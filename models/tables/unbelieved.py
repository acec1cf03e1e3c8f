"""Spans in which the data of a unit could not be believed: what was read then was read, and tells nothing of output.

A frozen counter answers every poll, so its readings alone would make such a span complete.
"""

from collections.abc import Iterable, Sequence

from models.books.book import Book
from models.counting.increment import UncertainGap
from models.counting.tag_gap import TagGap, tag_gaps
from models.detection.finding import Episode, FindingKind
from models.stated.availability import Availability
from models.works.calendar import NS
from models.works.codes import FigureStatus
from models.works.place import Place
from models.works.plant import Plant

CAUSE = "its data could not be believed"
Span = tuple[int, int]


def unbelieved(episodes: Iterable[Episode], now_ns: int) -> dict[str, list[Span]]:
    """By unit, the spans [start_ns, end_ns) up to now, as they were found.

    Silence is not among them: of what was not read there are no readings, and completeness knows it.
    """
    found: dict[str, list[Span]] = {}
    for episode in episodes:
        finding = episode.finding
        start_ns = finding.since_s * NS
        end_ns = now_ns if episode.cleared_s is None else min(episode.cleared_s * NS, now_ns)
        if finding.kind is FindingKind.BAD and start_ns < end_ns:
            found.setdefault(finding.unit, []).append((start_ns, end_ns))
    return found


def lay_unbelieved(book: Book, episodes: Iterable[Episode], days: Sequence[int]) -> None:
    """Make the `days` (ordinals, ascending) of a book no more complete than they were believed.

    `episodes`: all that share an instant with them. What people stated, they vouch for. What the book knew of earlier
    days stays.
    """
    if not days:
        return
    since_ns = min(book.bounds(place, days[0])[0] for place in book.places.all) if book.places.all else 0
    spans = unbelieved(episodes, book.now_ns)
    for unit, before in book.unbelieved.items():
        earlier = [(start, min(end, since_ns)) for start, end in before.windows if start < since_ns]
        spans[unit] = [*earlier, *spans.get(unit, ())]
    book.unbelieved = {unit: Availability.outside(found) for unit, found in spans.items() if found}
    for (unit, product), columns in book.days.items():
        if unit not in book.unbelieved:
            continue
        place = Place("unit", book.claims.shop(unit), unit, product)
        for day in days:
            index = day - columns.first
            if columns.status[index] == FigureStatus.OPERATIONAL and not columns.idle[index]:
                share = believed_share(book, unit, book.bounds(place, day))
                columns.completeness[index] = min(float(columns.completeness[index]), share)
    book.invalidate(days)


def believed_share(book: Book, unit: str, span: Span) -> float:
    """The share (0 to 1) of what is over of a span in which the unit's data could be believed."""
    end_ns = min(span[1], book.now_ns)
    if unit not in book.unbelieved or end_ns <= span[0]:
        return 1.0
    return book.unbelieved[unit].available_ns(span[0], end_ns) / (end_ns - span[0])


def unbelieved_gaps(plant: Plant, episodes: Iterable[Episode], now_ns: int) -> list[TagGap]:
    """The spans as gaps of the counters of their units."""
    spans = unbelieved(episodes, now_ns)
    gaps = [
        UncertainGap(tag.name, *found, CAUSE)
        for tag in plant.tags
        if tag.product is not None
        for found in spans.get(tag.unit, ())
    ]
    return tag_gaps(plant.tags, gaps, "")
