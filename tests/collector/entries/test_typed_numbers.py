"""Tonnes as people type them into a page: exact, or asked about."""

import pytest

from collector.entries.typed_number import typed_grams
from collector.sentence import FilledText
from models.works.localize import LANGUAGES, Language


@pytest.mark.parametrize(
    ("typed", "language", "kilograms"),
    [
        ("512", "en", 512_000),
        ("512.345", "en", 512_345),
        ("512,345", "ru", 512_345),
        ("512,345", "kk", 512_345),
        ("512.345", "ru", 512_345),
        ("512,5", "en", 512_500),
        ("1 234,5", "en", 1_234_500),
        ("1\u202f234,567", "ru", 1_234_567),
        ("1\u00a0234", "kk", 1_234_000),
        ("1\u2009234.5", "ru", 1_234_500),
        ("1,234.5", "en", 1_234_500),
        ("  7 ", "en", 7_000),
        ("0", "ru", 0),
    ],
)
def test_a_number_is_read_as_the_page_writes_numbers(typed: str, language: Language, kilograms: int) -> None:
    assert typed_grams(typed, language) == kilograms * 1000


def test_an_empty_cell_states_nothing() -> None:
    assert typed_grams(" ", "en") is None


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("12,345", "may mean 12.345 or 12345"),
        ("=1+1", "is not a number"),
        ("<b>5</b>", "is not a number"),
        ("repair", "is not a number"),
        ("-5", "is less than 0"),
        ("1e400", "is not a number"),
        ("9" * 30, "more than any works makes"),
        ("{0}", "is not a number"),
    ],
)
def test_what_is_no_certain_number_says_why_in_each_language(typed: str, why: str) -> None:
    said = typed_grams(typed, "en")
    assert isinstance(said, FilledText)
    assert why in said.told("en")
    assert len({said.told(language) for language in LANGUAGES}) == len(LANGUAGES)
