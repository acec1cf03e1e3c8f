"""The change of a unit is split to the gram, by hours and pace, and no part has what did not change."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.why.change_part import STOPS, ChangePart
from models.why.split_change import split_change
from models.why.unit_time import ABSENT, UnitTime
from models.why.whole_grams import whole_grams
from models.works.calendar import HOUR_NS
from tests.support.budget import examples

DAY_NS = 24 * HOUR_NS
T = 1_000_000
SWAPPED = {ChangePart.SLOWER: ChangePart.FASTER, ChangePart.FASTER: ChangePart.SLOWER}


def furnace(tonnes: float, days: int = 30, **hours: float) -> UnitTime:
    """A furnace that was watched all the time; `hours` by field or part."""
    plain = UnitTime(made_g=round(tonnes * T), whole=True, calendar_ns=days * DAY_NS, by_hours=True)
    stops = {part: round(hours[part] * HOUR_NS) for part in STOPS if part in hours}
    spans = {f"{name}_ns": round(hours[name] * HOUR_NS) for name in ("out", "repairs", "unwatched") if name in hours}
    return replace(plain, stops_ns=stops, **spans)


@st.composite
def times(draw: st.DrawFn) -> UnitTime:
    days = draw(st.integers(1, 31))
    hours = st.integers(0, 6 * days)
    found = furnace(
        draw(st.integers(0, 200_000)),
        days,
        out=draw(hours),
        repairs=draw(hours),
        stops_own=draw(hours),
        stops_upstream=draw(hours),
    )
    corrected = draw(st.sampled_from((0, 0, 7, -300_000 * T)))
    found = replace(found, corrected_g=corrected, made_g=found.made_g + draw(st.integers(0, 9)))
    if draw(st.booleans()):
        unwatched_g = draw(st.integers(0, found.made_g))
        found = replace(found, unwatched_ns=min(found.running_ns, DAY_NS), unwatched_g=unwatched_g)
    if draw(st.booleans()):
        return replace(found, by_hours=False)
    return draw(st.sampled_from((found, found, found, ABSENT, replace(found, whole=False))))


@settings(max_examples=examples(300))
@given(times(), times())
def test_the_parts_sum_to_the_change_to_the_gram(now: UnitTime, base: UnitTime) -> None:
    assert sum(split_change(now, base).values()) == now.booked_g - base.booked_g


@settings(max_examples=examples(300))
@given(times(), times())
def test_exchanging_the_spans_turns_every_sign_and_faster_into_slower(now: UnitTime, base: UnitTime) -> None:
    turned = {SWAPPED.get(part, part): -grams for part, grams in split_change(base, now).items()}
    assert turned == split_change(now, base)


@settings(max_examples=examples(300))
@given(times(), times())
def test_a_part_whose_hours_did_not_change_has_no_grams(now: UnitTime, base: UnitTime) -> None:
    alike = replace(now, repairs_ns=base.repairs_ns, stops_ns=base.stops_ns)
    parts = split_change(alike, base)
    assert not {ChangePart.REPAIRS, *STOPS} & parts.keys()
    if alike.calendar_ns == base.calendar_ns:
        assert ChangePart.CALENDAR not in parts
    assert split_change(base, base) == {}


def test_a_stop_is_valued_at_the_pace_while_running() -> None:
    # 5,000 t a day of running: 150,000 t in 30 days; one day less is 5,000 t less.
    parts = split_change(furnace(145_000, stops_own=24), furnace(150_000))
    assert parts == {ChangePart.STOPS_OWN: -5_000 * T}


def test_an_hour_is_valued_at_the_mean_of_both_paces_and_pace_at_the_mean_of_both_hours() -> None:
    # 200 t/h for 720 h against 220 t/h for 700 h: 20 h at 210 t/h, and 20 t/h over 710 h.
    parts = split_change(furnace(154_000, repairs=20), furnace(144_000))
    assert parts == {ChangePart.REPAIRS: -4_200 * T, ChangePart.FASTER: 14_200 * T}


def test_a_longer_month_gives_its_days() -> None:
    parts = split_change(furnace(155_000, days=31), furnace(150_000))
    assert parts == {ChangePart.CALENDAR: 5_000 * T}


def test_a_unit_that_stood_all_month_is_valued_at_the_pace_of_the_other_month() -> None:
    parts = split_change(furnace(150_000), furnace(0, repairs=720))
    assert parts == {ChangePart.REPAIRS: 150_000 * T}


def test_a_unit_that_began_in_the_month_is_new_for_the_days_before() -> None:
    parts = split_change(furnace(150_000), furnace(50_000, out=480))
    assert parts == {ChangePart.UNITS: 100_000 * T}
    assert split_change(furnace(150_000), ABSENT) == {ChangePart.UNITS: 150_000 * T}
    assert split_change(ABSENT, furnace(150_000)) == {ChangePart.UNITS: -150_000 * T}


def test_where_hours_were_not_watched_known_stops_count_and_pace_is_the_rest() -> None:
    coarse = replace(furnace(150_000), by_hours=False)
    parts = split_change(furnace(126_000, repairs=24, stops_own=24), coarse)
    assert parts.keys() == {ChangePart.REPAIRS, ChangePart.STOPS_OWN, ChangePart.REST}
    # A day at the mean of 126,000 t in 28 days and 150,000 t in 30; the pace may hold stops that nobody saw.
    assert parts[ChangePart.REPAIRS] == parts[ChangePart.STOPS_OWN] == -4_750 * T
    assert parts[ChangePart.REST] == -14_500 * T


def test_what_is_not_known_is_not_explained_and_not_estimated() -> None:
    unknown = replace(furnace(145_000), whole=False)
    assert split_change(unknown, furnace(150_000)) == {ChangePart.NOT_KNOWN: -5_000 * T}


def test_corrections_larger_than_the_output_stay_a_part_of_their_own() -> None:
    corrected = replace(furnace(150_000), corrected_g=-400_000 * T)
    assert split_change(corrected, furnace(150_000)) == {ChangePart.CORRECTIONS: -400_000 * T}
    less_than_nothing = replace(furnace(-1), corrected_g=0)
    assert split_change(less_than_nothing, furnace(150_000)) == {ChangePart.REST: -150_001 * T}


def test_made_on_days_that_nobody_watched_beyond_the_pace_of_the_others_is_the_rest() -> None:
    # 29 watched days at 5,000 t; on the one that was not, 2,000 t.
    now = replace(furnace(147_000), unwatched_ns=DAY_NS, unwatched_g=2_000 * T)
    assert split_change(now, furnace(150_000)) == {ChangePart.REST: -3_000 * T}


def test_shares_that_do_not_sum_are_an_error() -> None:
    with pytest.raises(ValueError, match="sum to"):
        whole_grams({"a": Fraction(1, 2)}, 1)


@settings(max_examples=examples(300))
@given(st.lists(st.fractions(-100, 100, max_denominator=97), min_size=1, max_size=8))
def test_whole_grams_stay_within_a_gram_of_their_shares(shares: list[Fraction]) -> None:
    shares = [*shares, -sum(shares, Fraction(0))]
    grams = whole_grams(dict(enumerate(shares)), 0)
    assert sum(grams.values()) == 0
    assert all(abs(grams[at] - share) < 1 for at, share in enumerate(shares))
    assert all(grams[at] == 0 for at, share in enumerate(shares) if share == 0)
    assert {at: -each for at, each in grams.items()} == whole_grams({at: -each for at, each in enumerate(shares)}, 0)
