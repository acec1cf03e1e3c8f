"""Tonnes and moments as people write them are read exactly, or refused with the way to fix them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.files.moment import UnreadableMoment, instant_ns, month
from collector.files.number import NUMBER_FORMATS, UnreadableNumber, grams, unit_of_measure
from models.works.plant import Calendar

ALMATY = Calendar(zone=ZoneInfo("Asia/Almaty"))
EIGHT = Calendar(
    zone=ZoneInfo("Asia/Almaty"),
    day_start=datetime(2026, 1, 1, 8).time(),
    shift_starts=(datetime(2026, 1, 1, 8).time(),),
)


@pytest.mark.parametrize(
    ("value", "number_format", "unit", "wanted"),
    [
        (12.5, None, "t", 12_500_000),
        (0.1, None, "t", 100_000),
        (341785, None, "t", 341_785_000_000),
        ("366", None, "kt", 366_000_000_000),
        ("1234,5", None, "t", 1_234_500_000),
        ("1234.56", None, "t", 1_234_560_000),
        ("1 234,5", None, "t", 1_234_500_000),
        ("1\u00a0234\u202f567,25", None, "t", 1_234_567_250_000),
        ("1,234", "1,234.5", "t", 1_234_000_000),
        ("1,234", "1 234,5", "t", 1_234_000),
        ("1.234", "1.234,5", "t", 1_234_000_000),
        ("1.234", "1234.5", "t", 1_234_000),
        ("1.234.567,8", "1.234,5", "t", 1_234_567_800_000),
    ],
)
def test_numbers_are_read_to_the_gram(value: object, number_format: str | None, unit: str, wanted: int) -> None:
    assert grams(value, unit, number_format) == wanted


@pytest.mark.parametrize(
    ("value", "number_format", "words"),
    [
        ("1,234", None, "--number-format"),
        ("1.234", None, "--number-format"),
        ("-5", None, "negative"),
        (-5, None, "negative"),
        (float("nan"), None, "finite"),
        (float("inf"), None, "finite"),
        ("12 34", None, "cannot be read"),
        ("1,2,3", None, "cannot be read"),
        ("about 5", None, "cannot be read"),
        ("1,234.5", "1 234,5", "not written like"),
        ("12,34.5", "1,234.5", "not written like"),
        (True, None, "is not a number"),
        ("1e5", None, "cannot be read"),
        (10**12, None, "too large for a works"),
    ],
)
def test_what_is_no_sure_number_is_refused_with_the_reason(
    value: object, number_format: str | None, words: str
) -> None:
    with pytest.raises(UnreadableNumber, match=words):
        grams(value, "t", number_format)


@given(st.integers(0, 10**12), st.sampled_from(sorted(NUMBER_FORMATS)))
def test_a_number_written_in_a_declared_format_is_read_back_to_the_gram(amount: int, number_format: str) -> None:
    thousands, sign = NUMBER_FORMATS[number_format]
    text = f"{amount // 1_000_000:,}.{amount % 1_000_000:06d}"
    written = text.translate({ord(","): thousands, ord("."): sign})
    assert grams(written, "t", number_format) == amount


@pytest.mark.parametrize(
    ("text", "unit"),
    [("t", "t"), ("т", "t"), ("kt", "kt"), ("тыс. т", "kt"), ("мың т", "kt"), ("Тонны", "t"), ("lb", None)],
)
def test_units_of_measure_are_known_in_three_languages(text: str, unit: str | None) -> None:
    assert unit_of_measure(text) == unit


@pytest.mark.parametrize(
    "text",
    ["2025-08", "08.2025", "август 2025", "Августа 2025 г.", "тамыз 2025", "Aug 2025", "2025-08-01", "01.08.2025"],
)
def test_months_are_read_in_three_languages(text: str) -> None:
    assert month(text) == date(2025, 8, 1).toordinal()
    assert month(datetime(2025, 8, 17)) == date(2025, 8, 1).toordinal()


def test_a_date_alone_is_the_start_of_its_production_day() -> None:
    def ns(*parts: int) -> int:
        return int(datetime(*parts, tzinfo=ALMATY.zone).timestamp()) * 10**9  # type: ignore[arg-type]

    for value in ("2025-08-01", "01.08.2025", date(2025, 8, 1), datetime(2025, 8, 1)):
        assert instant_ns(value, EIGHT) == ns(2025, 8, 1, 8)
        assert instant_ns(value, ALMATY) == ns(2025, 8, 1)
    for value in ("2025-08-01 20:00", "01.08.2025 20:00:00", datetime(2025, 8, 1, 20), "2025-08-01T15:00:00Z"):
        assert instant_ns(value, EIGHT) == ns(2025, 8, 1, 20)
    assert instant_ns("2025-08-01T20:00+05:00", EIGHT) == ns(2025, 8, 1, 20)


@pytest.mark.parametrize(
    "text", ["yesterday", "31.02.2025", "2025-13-01", "2025-08-01 25:00", "2025-08-01 08:00 MSK", ""]
)
def test_what_is_no_moment_is_refused_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(UnreadableMoment):
        instant_ns(text, ALMATY)
    with pytest.raises(UnreadableMoment):
        month(text)
