"""The capacity that a project adds: of a product of the catalogue, and from a date or a milestone of its own."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from collector.config.settings import Settings
from tests.collector.config.conftest import PLANT

Load = Callable[..., Settings]
Faults = Callable[..., list[str]]


def declared(capacity: str) -> str:
    return f"""{PLANT}
projects:
  - code: mill
    names: {{en: Mill}}
    owner: A. B.
    currency: KZT
    adds_capacity: {{{capacity}}}
    milestones:
      - {{code: furnace, names: {{en: Furnace fired}}, planned: 2026-06-30}}
"""


def test_it_starts_on_a_date_or_with_a_milestone(load_text: Load) -> None:
    (mill,) = load_text(declared("product: pig_iron, t_per_year: 450000.5, from_date: 2027-04-01")).projects
    assert mill.capacity is not None
    assert (mill.capacity.product.code, mill.capacity.t_per_year) == ("pig_iron", Decimal("450000.5"))
    assert (mill.capacity.start, mill.capacity.milestone) == (date(2027, 4, 1).toordinal(), None)
    (mill,) = load_text(declared("product: pig_iron, t_per_year: 1, from_milestone: furnace")).projects
    assert mill.capacity is not None
    assert (mill.capacity.start, mill.capacity.milestone) == (None, "furnace")


@pytest.mark.parametrize(
    ("capacity", "place", "words"),
    [
        ("product: iron, t_per_year: 5, from_milestone: furnace", "product", "known: coal_raw, pig_iron"),
        ("product: pig_iron, t_per_year: 5", "adds_capacity", "give from_date or from_milestone"),
        ("product: pig_iron, t_per_year: 5, from_date: 2027-04-01, from_milestone: furnace", "adds_capacity",
         "one of the two"),
        ("product: pig_iron, t_per_year: 5, from_milestone: caster", "from_milestone", "has no milestone 'caster'"),
        ("product: pig_iron, t_per_year: 0, from_milestone: furnace", "t_per_year", "0"),
    ],
)  # fmt: skip
def test_what_says_nothing_that_holds_is_refused_at_its_place(
    faults: Faults, capacity: str, place: str, words: str
) -> None:
    (line,) = faults(declared(capacity))
    assert f"{place}:" in line
    assert words in line
