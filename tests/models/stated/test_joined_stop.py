"""Two stops that people count as one: whose reasons hold when, and what stays when they are taken apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.stated.joined_stop import counted_with, parts_apart, parts_together
from models.stated.stop_reason import UNNAMED, StopPart, StopStatement
from models.tables.reasoned_stop import ReasonedStop, spans_within

REASONS = st.sampled_from(["a", "b", UNNAMED])


def stop(start_s: int, end_s: int | None) -> OutputDrop:
    return OutputDrop(unit="bf3", product="", kind=FindingKind.STOP, severity=1, start_s=start_s, end_s=end_s)


def said(start_s: int, parts: tuple[StopPart, ...], *joined: int) -> StopStatement:
    return StopStatement(1, "bf3", start_s, parts, "Dana", joined=joined)


def seconds_by_reason(*stops: ReasonedStop) -> dict[str, int]:
    found: dict[str, int] = {}
    for span in spans_within(stops, 0, 10_000):
        found[span.reason] = found.get(span.reason, 0) + span.end_s - span.start_s
    return found


@given(st.data())
def test_joining_and_separating_change_no_hours_of_any_reason(data: st.DataObject) -> None:
    edges = sorted(data.draw(st.lists(st.integers(1, 500), min_size=4, max_size=4, unique=True)))
    first, second = stop(edges[0], edges[1]), stop(edges[2], edges[3])
    own = []
    for each in (first, second):
        later = data.draw(st.lists(st.integers(each.start_s + 1, 600), max_size=3, unique=True))
        own.append(tuple(StopPart(at_s, data.draw(REASONS)) for at_s in (each.start_s, *sorted(later))))
    apart = [ReasonedStop(each, said(each.start_s, parts)) for each, parts in zip((first, second), own, strict=True)]
    together = parts_together(own[0], edges[1], own[1])
    one = ReasonedStop(first, said(first.start_s, together, second.start_s), (second,))
    assert seconds_by_reason(one) == seconds_by_reason(*apart)
    before, after = parts_apart(together, second.start_s)
    again = ReasonedStop(first, said(first.start_s, before)), ReasonedStop(second, said(second.start_s, after))
    assert seconds_by_reason(*again) == seconds_by_reason(*apart)
    assert all(earlier.from_s < later.from_s for earlier, later in pairwise(together))


def test_what_ran_between_two_joined_stops_is_in_no_reason_and_the_reason_is_told_once() -> None:
    one = ReasonedStop(stop(100, 400), said(100, (StopPart(100, "a"),), 700), (stop(700, 1000),))
    assert [(span.start_s, span.end_s) for span in one.spans(2000)] == [(100, 400), (700, 1000)]
    assert [(span.start_s, span.end_s) for span in one.told(2000)] == [(100, 1000)]
    assert one.ran() == [(400, 700)]
    assert (one.whole.start_s, one.whole.end_s) == (100, 1000)


def test_a_joined_stop_that_lasts_goes_on_and_waits_while_a_part_has_no_reason() -> None:
    parts = parts_together((StopPart(100, "a"),), 400, (StopPart(700, UNNAMED),))
    one = ReasonedStop(stop(100, 400), said(100, parts, 700), (stop(700, None),))
    assert one.end_s is None
    assert one.waits
    assert [(span.end_s, span.reason) for span in one.spans(900)] == [(400, "a"), (900, UNNAMED)]


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (((100, "a"),), ((700, "a"),), ((100, "a"),)),
        (((100, "a"),), ((700, "b"),), ((100, "a"), (700, "b"))),
        (((100, "a"), (500, "c")), ((700, "b"),), ((100, "a"), (700, "b"))),
        (((100, ""),), ((700, ""), (800, "b")), ((100, ""), (800, "b"))),
    ],
)
def test_each_stop_keeps_the_reasons_that_it_has(
    first: tuple[tuple[int, str], ...], second: tuple[tuple[int, str], ...], together: tuple[tuple[int, str], ...]
) -> None:
    found = parts_together([StopPart(*part) for part in first], 400, [StopPart(*part) for part in second])
    assert tuple((part.from_s, part.reason) for part in found) == together


def test_of_three_stops_in_a_row_the_first_one_holds_for_all() -> None:
    stated = {
        ("bf3", 700): said(700, (StopPart(700, "a"),), 900),
        ("bf3", 100): said(100, (StopPart(100, "a"),), 700, 900),
        ("bf2", 100): StopStatement(2, "bf2", 100, (StopPart(100, "a"),), "Dana"),
    }
    assert counted_with(stated) == {("bf3", 700): ("bf3", 100), ("bf3", 900): ("bf3", 100)}
