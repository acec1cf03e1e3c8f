"""Why a unit stood, as people say it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.stated.stop_reason import (
    UNNAMED,
    USUAL_REASONS,
    StopFault,
    StopPart,
    StopStatement,
    fault_of_parts,
    hours_by,
    spans_of,
)
from models.works.localize import LANGUAGES


def said(*parts: tuple[int, str]) -> StopStatement:
    return StopStatement(1, "bf3", 100, tuple(StopPart(from_s, reason) for from_s, reason in parts), "Dana")


@given(
    st.integers(1, 1000),
    st.lists(st.tuples(st.integers(50, 1300), st.sampled_from(["a", "b", UNNAMED])), min_size=1, max_size=6),
)
def test_the_parts_of_a_stop_fill_it_whatever_end_it_turned_out_to_have(
    length: int, parts: list[tuple[int, str]]
) -> None:
    ordered = sorted(dict(parts).items())
    spans = spans_of("bf3", [(100, 100 + length)], said((100, ordered[0][1]), *ordered[1:]))
    assert spans[0].start_s == 100
    assert spans[-1].end_s == 100 + length
    assert all(before.end_s == after.start_s for before, after in pairwise(spans))
    assert sum(hours for _, hours in hours_by(spans, [span.reason for span in spans])) == pytest.approx(length / 3600)


def test_a_stop_of_which_nobody_said_anything_has_no_reason() -> None:
    (span,) = spans_of("bf3", [(100, 400)], None)
    assert (span.start_s, span.end_s, span.reason) == (100, 400, UNNAMED)


def test_a_stop_that_goes_on_goes_on_with_its_last_reason() -> None:
    spans = spans_of("bf3", [(100, 5000)], said((100, "a"), (200, "b")))
    assert [(span.start_s, span.end_s, span.reason) for span in spans] == [(100, 200, "a"), (200, 5000, "b")]


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ([], StopFault.BEGIN),
        ([(101, "other")], StopFault.BEGIN),
        ([(100, "other"), (100, "planned")], StopFault.ORDER),
        ([(100, "other"), (400, "planned")], StopFault.ORDER),
        ([(100, "other"), (300, "planned"), (200, "other")], StopFault.ORDER),
        ([(100, "gone")], StopFault.REASON),
        ([(100, "other"), (200, UNNAMED)], StopFault.REASON),
        ([(100, "other"), (200, "planned")], None),
    ],
)
def test_what_no_stop_can_have_is_refused(parts: list[tuple[int, str]], fault: StopFault | None) -> None:
    assert fault_of_parts([StopPart(*part) for part in parts], 100, 400, USUAL_REASONS) == fault


def test_the_usual_reasons_have_a_name_in_each_language() -> None:
    assert len({reason.code for reason in USUAL_REASONS}) == len(USUAL_REASONS)
    for language in LANGUAGES:
        assert len({reason.names[language] for reason in USUAL_REASONS}) == len(USUAL_REASONS)
