"""Texts of strangers: their beginning, on one line, in no time however long they are."""

import time
from datetime import UTC, datetime

import pytest
from asyncua import ua

from collector.sources.opcua.short_text import LONGEST, LONGEST_ERROR, one_line, short_repr, short_text

LONG = 4_000_000


@pytest.mark.parametrize(
    "value",
    [
        "x" * LONG,
        b"x" * LONG,
        ["x" * LONG] * 3,
        list(range(LONG)),
        [[["deep"] * 1000] * 1000] * 1000,
        ua.LocalizedText("x" * LONG),
        ua.Variant([ua.Variant("x" * LONG)]),
        ua.ExtensionObject(ua.NodeId("x" * LONG, 2), b"x" * LONG),
        10**4000,
    ],
    ids=lambda value: type(value).__name__,
)
def test_of_a_long_value_only_the_beginning_is_built(value: object) -> None:
    began = time.thread_time()
    for text in (short_repr(value), short_text(value)):
        assert len(text) <= LONGEST + 10
    assert time.thread_time() - began < 0.01


def test_a_short_value_is_shown_whole() -> None:
    assert short_repr("Ст3сп") == "'Ст3сп'"
    assert short_repr([1.5, None, True]) == "[1.5, None, True]"
    assert short_repr(datetime(2026, 11, 19, tzinfo=UTC)) == repr(datetime(2026, 11, 19, tzinfo=UTC))
    assert short_text("a\x1b[2Jb") == "'a\\x1b[2Jb'"


def test_an_error_is_one_line_without_signs_that_a_terminal_obeys() -> None:
    text = one_line(ValueError("a\nb\x1b[2J" + "x" * LONG))
    assert text.startswith("a b\N{REPLACEMENT CHARACTER}[2Jxx")
    assert len(text) == LONGEST_ERROR
