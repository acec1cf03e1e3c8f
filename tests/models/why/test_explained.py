"""The split of a product sums over units, months and products to what the books have, whatever was stated."""

from collections import Counter
from random import Random

import pytest

from models.books.book import Book
from models.tables.growth_span import Days, growth_span
from models.tables.kpi import growth_pct
from models.tables.month_rows import month_rows
from models.why.book_time import KnownHours, WhySide
from models.why.caused_stop import CausedStop
from models.why.change_part import STOPS, ChangePart
from models.why.explained import explained
from models.why.span_pairs import overlap, span_pairs
from models.works.calendar import HOUR_NS
from models.works.month import length, month_of, shifted
from models.works.place import Place
from tests.models.books.test_book import JANUARY
from tests.support.random_books import PRODUCTS, random_book

SWAPPED = {ChangePart.SLOWER: ChangePart.FASTER, ChangePart.FASTER: ChangePart.SLOWER}


def side(seed: int, book: Book) -> WhySide:
    """Of a random book: most days watched, with a stop now and then."""
    random = Random(seed)
    stops: dict[str, list[CausedStop]] = {}
    watched: dict[str, set[int]] = {}
    for unit in book.plant.units:
        watched[unit] = {day for day in range(book.first, book.end) if random.random() < 0.97}
        at_ns = book.bounds(Place("site", "all", "all", "coal"), book.first)[0]
        found = []
        for _ in range(40):
            at_ns += random.randint(1, 400) * HOUR_NS
            end_ns = at_ns + random.randint(1, 30) * HOUR_NS
            found.append(_stop(unit, at_ns, end_ns, random.choice(STOPS)))
            at_ns = end_ns
        stops[unit] = found
    return WhySide(book, KnownHours(stops, watched))


def _stop(unit: str, start_ns: int, end_ns: int, part: ChangePart) -> CausedStop:
    return CausedStop(unit=unit, start_ns=start_ns, end_ns=end_ns, part=part, reason="", cause_unit="")


def sites(seed: int) -> list[tuple[WhySide, str, Days, Days]]:
    one = side(seed, random_book(seed))
    running = month_of(one.book.end - 20)
    march = shifted(JANUARY, 2)
    spans = [
        (month(march), month(JANUARY)),
        (month(shifted(JANUARY, 5)), month(shifted(JANUARY, 4))),
        ((JANUARY, shifted(JANUARY, 6)), (shifted(JANUARY, -12), shifted(JANUARY, -6))),
        ((JANUARY + 40, JANUARY + 50), (JANUARY + 3, JANUARY + 20)),
        (month(running), month(shifted(running, -1))),
    ]
    return [(one, product, *each) for product in PRODUCTS.values() for each in spans]


def month(first: int) -> Days:
    return first, first + length(first)


@pytest.mark.parametrize("seed", range(8))
def test_the_parts_of_all_units_sum_to_the_change_of_the_books(seed: int) -> None:
    seen: Counter[ChangePart] = Counter()
    for one, product, days, base in sites(seed):
        found = explained(one, one, product, (days, base))
        site = Place("site", "all", "all", product)
        made, base_made = one.made(site, found.days), one.made(site, found.base)
        assert found.change_g == (made.grams or 0) - (base_made.grams or 0)
        assert sum(found.parts.values()) == found.change_g, (product, days, base)
        assert found.whole == (made.whole and base_made.whole)
        for part in ChangePart:
            assert sum(found.of_units(part).values()) == found.parts.get(part, 0)
        seen.update(found.parts.keys())
    assert len(seen) >= 5


def test_a_growth_also_of_a_month_that_runs_is_split_into_the_change_that_it_tells() -> None:
    told: Counter[tuple[str, bool]] = Counter()
    for seed in range(6):
        one = side(seed, random_book(seed))
        running = month_of(one.book.end - 20)
        for first in (running, shifted(running, -1), shifted(running, -3)):
            for row in month_rows(one.book, first):
                tags = dict(row.key.tags)
                over = row.fields.get("in_progress_days", length(first))
                if tags["level"] != "site" or tags["unit"] != "all" or not isinstance(over, int) or not over:
                    continue
                site = Place("site", "all", "all", tags["product"])
                if over > min(one.book.days_over(shop, first) for shop in one.book.places.parts[site]):
                    continue  # the day of a shop that begins at eight runs on after the midnight of the works
                span = growth_span(first, over)
                for field, asked in (
                    ("mom_pct", (span.month, span.month_before)),
                    ("yoy_pct", (span.month, span.year_before)),
                    ("ytd_pct", (span.year_to_date, span.year_to_date_before)),
                ):
                    if field in row.fields:
                        found = explained(one, one, tags["product"], asked)
                        assert (found.days, found.base, found.whole) == (*asked, True)
                        pct = growth_pct(found.now_g, found.base_g)
                        assert pct is not None
                        assert row.fields[field] == float(pct), (seed, tags, field)
                        told[field, over < length(first)] += 1
    assert len(told) == 6, told


@pytest.mark.parametrize("seed", range(4))
def test_exchanging_the_spans_turns_every_sign(seed: int) -> None:
    for one, product, days, base in sites(seed):
        found = explained(one, one, product, (days, base))
        back = explained(one, one, product, (found.base, found.days))
        if (back.days, back.base) == (found.base, found.days):
            turned = {SWAPPED.get(part, part): -grams for part, grams in back.parts.items()}
            assert turned == dict(found.parts), (product, days, base)


@pytest.mark.parametrize("seed", range(6))
def test_a_span_of_months_is_split_into_what_its_months_are(seed: int) -> None:
    one = side(seed, random_book(seed))
    compared = 0
    for product in PRODUCTS.values():
        months = [shifted(JANUARY, number) for number in range(4)]
        singles = [explained(one, one, product, (month(at), month(shifted(at, -12)))) for at in months]
        whole = explained(
            one, one, product, ((months[0], shifted(months[-1], 1)), (shifted(JANUARY, -12), shifted(JANUARY, -8)))
        )
        if all(each.whole for each in singles):
            compared += 1
            summed: Counter[ChangePart] = Counter()
            for each in singles:
                summed.update(each.parts)
            beyond = whole.change_g - sum(each.change_g for each in singles)
            summed[ChangePart.CORRECTIONS] += beyond  # a figure of several months that is no sum of them
            assert {part: grams for part, grams in summed.items() if grams} == dict(whole.parts)
    assert compared or seed


def test_spans_of_as_many_months_are_compared_month_by_month() -> None:
    february = shifted(JANUARY, 1)
    leap, plain = shifted(JANUARY, 24), shifted(JANUARY, 12)
    assert span_pairs((leap, shifted(leap, 2)), (plain, shifted(plain, 2))) == [
        (month(leap), month(plain)),
        (month(shifted(leap, 1)), month(shifted(plain, 1))),
    ]
    assert len(span_pairs((JANUARY, shifted(JANUARY, 3)), month(february))) == 1
    assert len(span_pairs((JANUARY + 1, shifted(JANUARY, 2)), (plain + 1, shifted(plain, 2)))) == 1
    assert overlap((JANUARY, JANUARY + 2), (JANUARY + 1, JANUARY + 9))
    assert not overlap((JANUARY, JANUARY + 2), (JANUARY + 2, JANUARY + 9))


def test_what_was_counted_by_another_definition_is_not_explained() -> None:
    one = side(1, random_book(1))
    found = explained(one, one, "coal", (month(shifted(JANUARY, 1)), month(JANUARY)), ("wet", "dry"))
    assert set(found.parts) <= {ChangePart.NOT_KNOWN}
    assert sum(found.parts.values()) == found.change_g
