"""How long a unit stood without a plan: as far as it was watched, and less what was planned."""

from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.detection.stops import Stops
from models.stated.availability import Availability
from models.works.calendar import HOUR_NS, NS

NOON_S = 1_790_000_000 // 3600 * 3600
NOON_NS = NOON_S * NS
ALWAYS_WATCHED = {"bf3": frozenset(range(NOON_S - 48 * 3600, NOON_S + 48 * 3600, 3600))}


def drop(start_h: float, end_h: float | None, kind: FindingKind = FindingKind.STOP, unit: str = "bf3") -> OutputDrop:
    """Hours after noon."""
    end_s = None if end_h is None else NOON_S + round(end_h * 3600)
    return OutputDrop(
        unit=unit, product="pig_iron", kind=kind, severity=1, start_s=NOON_S + round(start_h * 3600), end_s=end_s
    )


def stood_h(
    *drops: OutputDrop,
    span_h: tuple[int, int] = (0, 24),
    planned_h: tuple[float, float] | None = None,
    now_h: float = 40,
    watched: dict[str, frozenset[int]] | None = None,
) -> float | None:
    stops = Stops.of(drops, ALWAYS_WATCHED if watched is None else watched, NOON_NS + round(now_h * HOUR_NS))
    start_ns, end_ns = after_noon(span_h)
    planned = Availability() if planned_h is None else Availability.outside([after_noon(planned_h)])
    return stops.unplanned_h("bf3", start_ns, end_ns, planned)


def after_noon(span_h: tuple[float, float]) -> tuple[int, int]:
    return NOON_NS + round(span_h[0] * HOUR_NS), NOON_NS + round(span_h[1] * HOUR_NS)


def test_only_the_hours_within_the_span_count_and_overlapping_stops_count_once() -> None:
    assert stood_h(drop(-2, 1.5), drop(3, 5), drop(4, 6)) == 4.5
    assert stood_h(drop(-2, 1.5), span_h=(1, 2)) == 0.5
    assert stood_h() == 0.0


def test_a_stop_that_lasts_counts_up_to_now_and_what_is_to_come_is_not_known() -> None:
    assert stood_h(drop(3, None), now_h=5.25) == 2.25
    assert stood_h(drop(3, None), now_h=5.25, span_h=(6, 7)) is None


def test_a_slow_down_is_no_standstill_and_an_overrun_of_a_repair_is_one() -> None:
    assert stood_h(drop(3, 5, FindingKind.SLOW)) == 0.0
    assert stood_h(drop(3, 5, FindingKind.OVERRUN)) == 2.0


def test_what_was_planned_is_not_unplanned_also_where_the_repair_was_entered_later() -> None:
    assert stood_h(drop(3, 9), planned_h=(4, 6)) == 4.0


def test_a_stop_that_nobody_could_see_is_not_zero() -> None:
    some = {"bf3": ALWAYS_WATCHED["bf3"] - {NOON_S + 5 * 3600}}
    assert stood_h(watched=some) is None
    assert stood_h(watched=some, span_h=(4, 5)) == 0.0
    assert stood_h(watched={}) is None


def test_the_first_minute_of_an_hour_takes_away_nothing_that_was_known() -> None:
    until_now = {"bf3": frozenset(range(NOON_S, NOON_S + 6 * 3600, 3600))}
    assert stood_h(drop(3, None), watched=until_now, now_h=6.01) is not None
    assert stood_h(drop(3, None), watched=until_now, now_h=7.01) is None
