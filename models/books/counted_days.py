"""From the ledger's buckets to the days of a unit: grams, whether anything is known, and completeness."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.counting.completeness import counts_share
from models.works.plant import Tag


@dataclass(frozen=True, slots=True)
class DayCount:
    """`buckets` buckets of one counter in one day (ordinal), each `width_s` wide with `readings`: grams in total."""

    day: int
    tag: str
    unit: str
    product: str
    width_s: int
    readings: int
    buckets: int
    grams: int


@dataclass(frozen=True, slots=True)
class CoarseCount:
    """Grams of one counter over a span [start_s, end_s) of which nobody knows how they spread."""

    tag: str
    unit: str
    product: str
    start_s: int
    end_s: int
    grams: int


@dataclass(frozen=True, slots=True)
class CountedDay:
    """What the counters of one unit and product gave in a day. completeness: share 0 to 1."""

    grams: int
    known: bool
    completeness: float


def counted_days(
    counters: Mapping[tuple[str, str], Sequence[Tag]],
    counts: Iterable[DayCount],
    elapsed_s: Mapping[int, float],
    former: Container[str] = (),
) -> dict[tuple[str, str, int], CountedDay]:
    """By (unit, product, day); days without counts are absent. `elapsed_s`: by day, how long of it is over.

    Completeness is the mean over all configured counters, so that one which is silent shows, although the others make
    the day known. On a day of `former` counters (by tag) it is that of those which count: a meter that was put in later
    was not silent.
    """
    grouped: dict[tuple[str, str, int], list[DayCount]] = {}
    for count in counts:
        key = (count.unit, count.product, count.day)
        if key in grouped:
            grouped[key].append(count)
        else:
            grouped[key] = [count]
    found: dict[tuple[str, str, int], CountedDay] = {}
    for (unit, product, day), of_day in grouped.items():
        tags = counters.get((unit, product), ())
        if len(of_day) == len(tags) == 1 and tags[0].name == of_day[0].tag:
            # As of most units, and of every day of the years.
            found[unit, product, day] = _of_one(tags[0], of_day[0], elapsed_s[day])
            continue
        by_tag: dict[str, list[DayCount]] = {}
        for count in of_day:
            by_tag.setdefault(count.tag, []).append(count)
        ours = [count for tag in tags for count in by_tag.get(tag.name, ())]
        if not ours:
            continue
        if any(tag.name in former and tag.name in by_tag for tag in tags):
            tags = [tag for tag in tags if tag.name in by_tag]
        tags = [tag for tag in tags if tag.name in by_tag or tag.name not in former]
        shares = [
            counts_share(
                [(count.width_s, count.readings, count.buckets) for count in by_tag.get(tag.name, ())],
                tag.cadence_s,
                elapsed_s[day],
            )
            for tag in tags
        ]
        found[unit, product, day] = CountedDay(
            sum(count.grams for count in ours),
            # Read without growth is known: the unit stood. Neither read nor grown is not known, and never 0 t.
            any(count.readings or count.grams for count in ours),
            sum(shares) / len(shares),
        )
    return found


def _of_one(tag: Tag, count: DayCount, elapsed_s: float) -> CountedDay:
    share = counts_share([(count.width_s, count.readings, count.buckets)], tag.cadence_s, elapsed_s)
    return CountedDay(count.grams, bool(count.readings or count.grams), share)
