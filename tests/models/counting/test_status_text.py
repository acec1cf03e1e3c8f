"""Texts that stand for a state."""

from hypothesis import given
from hypothesis import strategies as st

from models.counting.status_text import folded, folded_texts, number_of, unknown_text
from tests.support.opcua_works import make_tag

TAG = make_tag("mill1.mode", texts=folded_texts({"В  работе": 1, "Стоит": 0, "2": 7}))


def test_capitals_and_spaces_do_not_matter() -> None:
    said = ("в работе", " В РАБОТЕ ", "В\u00a0работе", "стоит\n")
    assert [number_of(TAG, text) for text in said] == [1.0, 1.0, 1.0, 0.0]


def test_numbers_are_texts_too_where_texts_are_given() -> None:
    assert [number_of(TAG, said) for said in (2, 2.0, "2", 3, True, None)] == [7.0, 7.0, 7.0, None, None, None]


def test_what_is_unknown_is_named_with_what_is_known_and_the_next_step() -> None:
    said = unknown_text(TAG, "x" * 1000)
    assert said.endswith("is none of the texts of mill1.mode (2, в работе, стоит), and no state; add it to texts")
    assert len(said) < 200


@given(st.text(max_size=30))
def test_folding_is_done_once(text: str) -> None:
    assert folded(folded(text)) == folded(text) or not text.isascii()
    assert number_of(make_tag("u.t", texts=folded_texts({text: 5})), text) == 5.0
