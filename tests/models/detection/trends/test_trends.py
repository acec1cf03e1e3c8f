"""Shifts that fell short and output that drifts: judged at boundaries, by time in which the unit was seen to work."""

from collections.abc import Iterable, Iterator

import pytest

from models.detection.finding import Finding, FindingKind
from models.detection.trends.trend_sentences import trend_evidence
from models.detection.trends.trend_watch import TrendWatch
from models.works.localize import LANGUAGES
from tests.models.detection.minutes_of import ALL, Face, Works, converter, furnace, hours, line, mine
from tests.models.detection.small_works import DAY, MINUTE, RATES, START_S, ZONE, usual_share

SHORT, DRIFT = FindingKind.SHIFT_SHORT, FindingKind.DRIFT
LOOK_S = 10 * MINUTE
FIRST_DAY = 739_713
"""The ordinal of the production day that begins at START_S."""


def steps(works: Works, hour: float, days: Iterable[float] = (), code: str = "bf3") -> list[tuple[float, Finding]]:
    """(hour, trend) of every trend as it was found, until `hour`; `days`: shares of what was due, before START_S."""
    trends, before, due_t = TrendWatch(works.plant, works.watch), list(days), 24 * RATES[code]
    trends.load(code, {FIRST_DAY - len(before) + number: (share * due_t, due_t) for number, share in enumerate(before)})
    found: list[tuple[float, Finding]] = []
    held: set[str] = set()
    for at_hour, now in watched(works, trends, hour):
        found += [(at_hour, finding) for finding in now if finding.key not in held]
        held = {finding.key for finding in now}
    return found


def watched(works: Works, trends: TrendWatch, hour: float) -> Iterator[tuple[float, list[Finding]]]:
    """(hour, the trends that hold) after each step until `hour`."""
    while works.now_s < hour * 3600:
        works.step(works.now_s + works.step_s)
        trends.step()
        yield works.now_s / 3600, list(trends.findings())


def usual(count: int = 60) -> list[float]:
    return [usual_share(number) for number in range(count)]


def test_a_shift_that_made_too_little_is_told_when_it_is_over_with_what_it_made_and_what_was_due() -> None:
    works = Works(mine1=mine(line(100, (12, 70), (24, 100))), step_s=LOOK_S)
    ((hour, short),) = steps(works, 35)
    assert (hour, short.kind, short.unit, short.severity) == (24.0, SHORT, "mine1", 3)
    assert short.facts == pytest.approx(
        {"made_t": 8.4 * RATES["mine1"], "due_t": 12 * RATES["mine1"], "pct": 70.0}, rel=0.01
    )
    assert short.lost_t == pytest.approx(3.6 * RATES["mine1"], rel=0.02)
    assert (hours(short.since_s), hours(short.found_s)) == (24.0, 24.0)
    sentences = trend_evidence(works.plant, short, ZONE)
    assert set(sentences) == set(LANGUAGES)
    assert sentences["en"].startswith("Mine 1: the shift until 08.04 00:00 made 4,2")


def test_a_shift_that_fell_short_is_told_until_the_next_one_is_over() -> None:
    works = Works(mine1=mine(line(100, (12, 70), (24, 100))), step_s=LOOK_S)
    told = [hour for hour, now in watched(works, TrendWatch(works.plant, works.watch), 40) if now]
    assert (told[0], told[-1]) == (24.0, pytest.approx(36.0, abs=0.17))


@pytest.mark.parametrize(
    ("face", "why"),
    [
        (mine(line(100, (12, 80), (24, 100))), "80 % of what was due is enough for a mine"),
        (mine(line(100, (12, 0), (17, 100))), "it stood, and that was told"),
        (mine(output=line(100, (12, 60), (24, 100)), heard=line(1, (13, 0), (16, 1))), "nobody knows what it made"),
    ],
)
def test_a_shift_is_not_called_short_where_that_says_nothing_new(face: Face, why: str) -> None:
    assert steps(Works(mine1=face, step_s=LOOK_S), 36) == [], why


@pytest.mark.parametrize("ahead_h", [3, 12, 24, 365 * 24])
def test_time_that_nobody_saw_makes_no_shift_short(ahead_h: int) -> None:
    """The machine slept, or its clock was set ahead over the end of the shift."""
    works = Works(mine1=mine(line(100)), step_s=LOOK_S)
    trends = TrendWatch(works.plant, works.watch)
    works.until(20)
    trends.step()
    works.watch.was_away(works.now_s, works.now_s + ahead_h * 3600)
    works.now_s += ahead_h * 3600
    for _ in range(3):
        works.step(works.now_s + works.step_s)
        trends.step()
        assert list(trends.findings()) == []


def test_a_shift_that_was_under_way_when_the_watch_began_is_not_judged() -> None:
    works = Works(mine1=mine(line(70, (12, 100))), step_s=LOOK_S)
    works.now_s = 5 * 3600
    assert steps(works, 30) == []


def test_a_furnace_that_gives_five_percent_less_is_told_within_days_as_below_the_usual() -> None:
    works = Works(bf3=furnace(output=line(100, (48, 95)), piece_t=50.0), step_s=LOOK_S)
    ((hour, drift),) = steps(works, 12 * 24, usual())
    assert (drift.kind, drift.unit, drift.severity) == (DRIFT, "bf3", 3)
    assert 3 <= hour / 24 - 2 <= 6, "so many days after it began"
    assert (drift.since_s - START_S) % DAY == 0
    assert drift.since_s < START_S + 4 * DAY
    assert 1.0 < drift.facts["drop_pct"] <= 6.0
    assert trend_evidence(works.plant, drift, ZONE)["en"].startswith("BF 3: output has been ")


def test_a_furnace_that_makes_the_usual_does_not_drift() -> None:
    assert steps(Works(bf3=furnace(piece_t=50.0), step_s=LOOK_S), 12 * 24, usual()) == []


def test_without_a_month_of_days_before_nothing_is_called_a_drift() -> None:
    face = furnace(output=line(100, (48, 90)), piece_t=50.0)
    assert steps(Works(bf3=face, step_s=LOOK_S), 12 * 24, usual(10)) == []


def test_days_in_which_the_unit_stood_or_was_not_heard_say_nothing_of_a_drift() -> None:
    """Two hours of every day are missing, which would be eight percent."""
    stands = line(100, *(change for day in range(12) for change in ((24 * day + 10, 0), (24 * day + 12, 100))))
    silent = line(1, *(change for day in range(12) for change in ((24 * day + 10, 0), (24 * day + 12, 1))))
    for face in (furnace(stands, piece_t=50.0), furnace(output=stands, heard=silent, piece_t=50.0)):
        assert steps(Works(bf3=face, step_s=LOOK_S), 12 * 24, usual()) == []


def test_units_that_share_their_work_have_no_trends_of_their_own_and_unknown_units_are_left_out() -> None:
    works = Works(bof2=converter(0.5), bof3=converter(1.5), mine1=Face(activity=ALL), step_s=LOOK_S)
    trends = TrendWatch(works.plant, works.watch)
    trends.load("bof2", {FIRST_DAY - 1: (1.0, 2.0)})
    trends.load("bf9", {FIRST_DAY - 1: (1.0, 2.0)})
    works.until(1)
    trends.step()
    assert list(trends.findings()) == []
