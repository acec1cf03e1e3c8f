"""How numbers, dates and months are written, pinned: a report must not change because a library's tables did."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.works.localize import (
    LANGUAGES,
    NO_BREAK_SPACE,
    Language,
    localize_day,
    localize_month,
    localize_number,
    month_names,
    utc_offset,
)


@pytest.mark.parametrize(
    ("number", "decimals", "english", "other"),
    [
        ("0", 0, "0", "0"),
        ("999", 0, "999", "999"),
        ("1000", 0, "1,000", "1 000"),
        ("1234567.5", 1, "1,234,567.5", "1 234 567,5"),
        ("-1234.250", 3, "-1,234.250", "-1 234,250"),
        ("-0.0", 1, "-0.0", "-0,0"),
        ("12", 2, "12.00", "12,00"),
    ],
)
def test_a_number_is_written_as_people_of_the_language_do(number: str, decimals: int, english: str, other: str) -> None:
    assert localize_number(Decimal(number), "en", decimals) == english
    for language in ("ru", "kk"):
        assert localize_number(Decimal(number), language, decimals) == other.replace(" ", NO_BREAK_SPACE)


@given(st.integers(-(10**15), 10**15), st.integers(0, 6), st.sampled_from(LANGUAGES))
def test_no_digit_is_lost_or_made_up(digits: int, decimals: int, language: Language) -> None:
    exact = Decimal(digits).scaleb(-decimals)
    shown = localize_number(exact, language, decimals)
    plain = shown.replace(NO_BREAK_SPACE, "").replace(",", "." if language != "en" else "")
    assert Decimal(plain) == exact


def test_an_english_date_names_its_month_and_the_others_count_it() -> None:
    days = [date(2026, month, 3) for month in range(1, 13)]
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    assert [localize_day(day, "en") for day in days] == [f"3 {name} 2026" for name in names]
    assert [localize_month(day, "en") for day in days] == [f"{name} 2026" for name in names]
    for language in ("ru", "kk"):
        assert [localize_day(day, language) for day in days] == [f"03.{month:02}.2026" for month in range(1, 13)]
        assert [localize_month(day, language) for day in days] == [f"{month:02}.2026" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Almaty", "UTC+5"),
        ("Asia/Kolkata", "UTC+5:30"),
        ("UTC", "UTC+0"),
        ("America/St_Johns", "UTC-3:30"),
    ],
)
def test_an_offset_is_short(zone: str, shown: str) -> None:
    assert utc_offset(1_770_000_000, ZoneInfo(zone)) == shown


def test_every_name_of_a_month_is_known_in_each_language() -> None:
    names = month_names()
    assert {names[name] for name in ("january", "jan", "январь", "января", "янв", "қаңтар", "қаң")} == {1}
    assert {names[name] for name in ("august", "август", "августа", "авг", "тамыз", "там")} == {8}
    assert {names[name] for name in ("july", "июля", "июл", "шілде")} == {7}
    assert {names[name] for name in ("june", "июня", "июн", "маусым", "мау")} == {6}
    assert set(names.values()) == set(range(1, 13))
