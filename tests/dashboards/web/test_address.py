"""Addresses say what was asked for, or what is wrong with them: whatever somebody types."""

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.web.address import (
    asked_month,
    asked_periods,
    asked_receipt,
    known_text,
    month_link,
    receipt_link,
)
from dashboards.web.elements import in_language
from dashboards.web.errors import AddressFault
from dashboards.web.texts import TEXTS
from models.tables.receipt_record import MOST_DAYS, AskedReceipt
from models.works.calendar import stamp_ns
from models.works.month import shifted
from models.works.place import ALL, Place
from tests.models.tables.test_hour_rows import ALMATY, PLANT
from tests.support.budget import examples

JUNE = date(2026, 6, 1).toordinal()
NOW_NS = stamp_ns(ALMATY, date(2026, 6, 20))


def parsed(link: str) -> dict[str, str]:
    return dict(parse_qsl(link.partition("?")[2]))


@pytest.mark.parametrize(
    "place",
    [
        Place("site", ALL, ALL, "pig_iron"),
        Place("shop", "iron", ALL, "pig_iron"),
        Place("unit", "iron", "bf3", "pig_iron"),
        Place("unit", "iron", "gone & <away>", 'x"y'),
    ],
)
@pytest.mark.parametrize("known_ns", [None, NOW_NS - 1, NOW_NS - 86_400 * 10**9, NOW_NS - 120_000_000])
def test_a_link_leads_to_the_receipt_that_it_was_made_of(place: Place, known_ns: int | None) -> None:
    asked = AskedReceipt(place, JUNE, JUNE + 3, known_ns)
    for page in ("/receipt", "/receipt.json"):
        assert asked_receipt(PLANT, parsed(receipt_link(asked, "ru", page)), NOW_NS) == asked


def test_a_time_without_an_offset_is_one_of_the_clocks_of_the_works() -> None:
    given_ = {"product": "pig_iron", "from": "2026-06-01", "to": "2026-06-01", "known": "2026-06-02T05:00"}
    expected = stamp_ns(ALMATY, date(2026, 6, 2)) + 5 * 3600 * 10**9
    assert asked_receipt(PLANT, given_, NOW_NS).known_ns == expected
    assert known_text(expected) == "2026-06-02T00:00:00Z"


def test_a_unit_is_found_without_its_shop() -> None:
    asked = asked_receipt(
        PLANT, {"product": "pig_iron", "unit": "bf3", "from": "2026-06-01", "to": "2026-06-01"}, NOW_NS
    )
    assert asked.place == Place("unit", "iron", "bf3", "pig_iron")


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"from": ""}, "bad_date"),
        ({"from": "2026-02-30"}, "bad_date"),
        ({"to": "31.12.2026"}, "bad_date"),
        ({"from": "0001-01-01"}, "bad_date"),
        ({"to": "9999-12-31"}, "bad_date"),
        ({"to": "2026-05-31"}, "ends_before_it_begins"),
        ({"to": "2036-06-01"}, "too_many_days"),
        ({"known": "yesterday"}, "bad_instant"),
        ({"known": "2026-06-02T05:00:00.12.5Z"}, "bad_instant"),
        ({"known": "2199-01-01"}, "bad_instant"),
        ({"known": "2026-07-01"}, "known_in_future"),
        ({"product": ""}, "no_product_given"),
    ],
)
def test_what_cannot_be_is_told_with_what_was_given(more: dict[str, str], text: str) -> None:
    asked = {"product": "pig_iron", "from": "2026-06-01", "to": "2026-06-30", **more}
    with pytest.raises(AddressFault) as fault:
        asked_receipt(PLANT, asked, NOW_NS)
    assert fault.value.text == text
    assert set(TEXTS[text]) == {"en", "ru", "kk"}


@given(
    st.dictionaries(
        st.sampled_from(["product", "unit", "shop", "from", "to", "known", "month", "base_from"]), st.text()
    )
)
@settings(max_examples=examples(200), deadline=None)
def test_no_address_ends_in_anything_but_an_answer_or_a_reason(asked: dict[str, str]) -> None:
    for told in (
        fault_of(lambda: asked_receipt(PLANT, asked, NOW_NS)),
        fault_of(lambda: asked_month(asked, JUNE)),
        fault_of(lambda: asked_periods(asked, JUNE)),
    ):
        assert told is None or (len(told.given) < 60 and told.text in TEXTS)


def fault_of(ask: Callable[[], object]) -> AddressFault | None:
    """What is wrong with it; whatever else is raised, is a fault of ours."""
    try:
        ask()
    except AddressFault as fault:
        return fault
    return None


def test_months_and_periods_are_read_back_and_without_them_the_month_stands_beside_the_one_before() -> None:
    periods = (JUNE, JUNE + 5), (JUNE - 20, JUNE - 10)
    link = month_link(JUNE, "pig_iron", "kk", periods)
    assert asked_month(parsed(link), 0) == JUNE
    assert asked_periods(parsed(link), 0) == periods
    assert asked_periods({}, JUNE) == ((JUNE, shifted(JUNE, 1)), (shifted(JUNE, -1), JUNE))
    assert asked_month({}, JUNE + 17) == JUNE
    with pytest.raises(AddressFault):
        asked_month({"month": "2026-13"}, JUNE)


def test_a_page_in_another_language_is_the_same_page() -> None:
    asked = AskedReceipt(Place("unit", "iron", "bf3", "pig_iron"), JUNE, JUNE + MOST_DAYS)
    assert in_language(receipt_link(asked, "ru"), "kk") == receipt_link(asked, "kk")
    assert in_language("/growth", "en") == "/growth?lang=en"
