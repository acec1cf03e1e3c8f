"""Converters, which take turns, and casters, which wait for steel: what is a drop there, and what is not."""

from itertools import pairwise

import pytest

from models.detection.finding import FindingKind
from models.detection.judgement import Basis
from models.detection.minutes.observed import UnitSample
from models.works.codes import UnitState
from tests.models.detection.minutes_of import NONE, Face, Turn, Works, caster, converter, furnace, hours, line
from tests.models.detection.small_works import RATES

RELINING = {"bof1": [(0, 2000)]}
LINED = Face(activity=NONE, output=NONE)
STEADY_IRON = {"bf2": furnace(piece_t=50.0), "bf3": furnace(piece_t=100.0)}
NO_EVENT = (UnitState.STOPPED, Basis.NO_EVENT)
WAITING = (UnitState.PLANNED, Basis.WAITING)
OK = (UnitState.OK, Basis.WORKS)


def shop(*stands: tuple[float, float], iron: dict[str, Face] = STEADY_IRON, step_s: int = 60, **casters: Face) -> Works:
    """Two converters with a heat each hour between them, and none in `stands`. The third is in relining."""
    faces = {"bof1": LINED, "bof2": converter(0.5, stands=stands), "bof3": converter(1.5, stands=stands)}
    return Works(step_s=step_s, windows=RELINING, **iron, **faces, **casters)


def test_one_of_three_in_relining_is_no_drop() -> None:
    works = shop(step_s=120).until(3 * 24)
    assert works.episodes() == []
    assert [turn.state for turn in works.turns("bof1")] == [UnitState.PLANNED]
    assert [turn.state for turn in works.turns("bof2")] == [UnitState.OK]


def test_one_of_two_in_relining_without_a_plan_for_it_is_no_drop_while_the_shop_makes_what_it_should() -> None:
    rates = {"bof1": 100.0, "bof2": 100.0, "bof3": 100.0}
    faces = {"bof1": LINED, "bof2": converter(0.5), "bof3": converter(1.5)}
    assert Works(step_s=120, rates=rates, **faces).until(3 * 24).episodes() == []


def test_no_heat_in_the_shop_for_90_minutes_is_p2_and_for_120_p1() -> None:
    works = shop((8, 18))
    last_heat = 7.5
    works.until(last_heat + 1.45)
    assert works.episodes() == []
    works.until(last_heat + 1.55)
    assert {episode.finding.unit: episode.finding.severity for episode in works.episodes()} == {"bof2": 2, "bof3": 2}
    assert works.state("bof2") == works.state("bof3") == NO_EVENT
    assert works.state("bof1") == (UnitState.PLANNED, Basis.REPAIR)
    works.until(last_heat + 1.98)
    assert {episode.finding.severity for episode in works.episodes()} == {2}
    works.until(last_heat + 2.05)
    assert {episode.finding.severity for episode in works.episodes()} == {1}
    assert {hours(episode.finding.since_s) for episode in works.episodes()} == {last_heat}


def test_the_shop_works_again_with_its_third_heat_in_time() -> None:
    works = shop((8, 18)).until(20.4)
    assert works.state("bof2") == works.state("bof3") == (UnitState.SLOW, Basis.PACE)
    assert {episode.finding.severity for episode in works.episodes()} == {1}, "as grave as its stop, until it is over"
    works.until(21)
    assert {hours(episode.cleared_s or 0) for episode in works.episodes()} == {20.517}
    works.until(44)
    assert len(works.episodes()) == 2, "what was not made meanwhile is told, and no slow-down of what comes"


@pytest.mark.parametrize(("every_h", "heats"), [(3, 6), (4, 4)], ids=["by turns", "all of one converter"])
def test_a_shop_with_a_heat_every_few_hours_is_one_drop_that_stands_and_is_slow_by_turns(
    every_h: int, heats: int
) -> None:
    ends = [7.5, *(11.5 + every_h * number for number in range(heats)), 29.5]
    works = shop(*((low + 0.5, high - 0.5) for low, high in pairwise(ends))).until(40)
    for code in ("bof2", "bof3"):
        (episode,) = works.episodes(code)
        assert (hours(episode.finding.since_s), episode.finding.severity) == (7.5, 1)
        assert hours(episode.cleared_s or 0) == 31.517, "the third heat in time"
        by_turns = [UnitState.OK, *(UnitState.STOPPED, UnitState.SLOW) * (heats + 1), UnitState.OK]
        assert [turn.state for turn in works.turns(code)] == by_turns


def test_what_a_shop_that_comes_back_made_is_held_against_what_was_due_since_its_stop_began() -> None:
    works = shop((8, 11.4), (11.6, 40)).until(12)
    facts = works.watch.statuses["bof2"].judgement.facts
    assert (facts["actual_t"], facts["hours"]) == (300.0, 4.5)
    assert facts["expected_t"] == pytest.approx(4.5 * 2 * RATES["bof2"])


def test_a_shop_that_gets_no_hot_metal_waits_twice_as_long_before_it_is_stopped() -> None:
    cut = line(100, (7, 0), (22, 100))
    works = shop((8, 24), iron={"bf2": furnace(cut, piece_t=50.0), "bf3": furnace(cut, piece_t=100.0)})
    works.until(7.5 + 2.9)
    assert [episode.finding.unit for episode in works.episodes() if episode.finding.unit.startswith("bof")] == []
    works.until(7.5 + 3.1)
    assert {
        episode.finding.unit: episode.finding.severity
        for episode in works.episodes()
        if episode.finding.shop == "steel"
    } == {
        "bof2": 1,
        "bof3": 1,
    }


def test_a_shop_without_furnaces_that_are_watched_is_judged_by_its_heats_alone() -> None:
    works = shop((8, 18), iron={}).until(7.5 + 1.55)
    assert works.state("bof2") == NO_EVENT


def test_a_converter_that_stands_while_the_shop_is_slow_is_the_one_that_is_named() -> None:
    faces = {"bof1": LINED, "bof2": converter(0.5, stands=[(8, 38)]), "bof3": converter(1.5)}
    works = Works(windows=RELINING, **STEADY_IRON, **faces).until(28)
    assert works.state("bof2") == (UnitState.STOPPED, Basis.ALONE)
    assert works.state("bof3") == OK
    (episode,) = works.episodes()
    assert (episode.finding.unit, episode.finding.kind, episode.finding.severity) == ("bof2", FindingKind.STOP, 2)
    works.until(42)
    (episode,) = works.episodes()
    assert episode.cleared_s is not None
    assert 37.5 <= hours(episode.cleared_s) <= 40, "its blow or its heat"


def test_a_shop_that_is_slow_with_all_its_converters_is_slow_in_each() -> None:
    faces = {"bof1": LINED, "bof2": converter(0.5, 2.5), "bof3": converter(1.75, 2.5)}
    works = Works(windows=RELINING, **STEADY_IRON, **faces).until(24)
    assert works.state("bof2") == works.state("bof3") == (UnitState.SLOW, Basis.PACE)
    assert {episode.finding.unit: (episode.finding.kind, episode.finding.severity) for episode in works.episodes()} == {
        "bof2": (FindingKind.SLOW, 2),
        "bof3": (FindingKind.SLOW, 2),
    }


@pytest.mark.parametrize("every_h", [2.9, 3.5])
def test_a_shop_that_is_deeply_slow_names_no_converter_at_random_though_each_rests_for_hours(every_h: float) -> None:
    faces = {"bof1": LINED, "bof2": converter(0.5, every_h), "bof3": converter(0.5 + every_h / 2, every_h)}
    works = Works(windows=RELINING, **STEADY_IRON, **faces).until(48)
    assert {episode.finding.kind for episode in works.episodes()} == {FindingKind.SLOW}
    assert {episode.finding.unit for episode in works.episodes()} == {"bof2", "bof3"}
    assert len(works.episodes()) == 2


def test_a_fault_of_data_of_one_converter_makes_the_shop_neither_stopped_nor_slow() -> None:
    faces = {"bof1": LINED, "bof2": Face(**_unheard(converter(0.5))), "bof3": converter(1.5, stands=[(12, 16)])}
    works = Works(windows=RELINING, **STEADY_IRON, **faces).until(16)
    assert {(episode.finding.unit, episode.finding.kind) for episode in works.episodes()} == {
        ("bof2", FindingKind.STALE)
    }


def _unheard(face: Face) -> dict[str, object]:
    return {"activity": face.activity, "events": face.events, "heard": line(1, (8, 0))}


def cast(first: Face, second: Face) -> Works:
    return shop(cast1=first, cast2=second)


def test_casters_that_stand_both_for_steel_wait_and_that_is_planned() -> None:
    dry = caster(line(100, (8, 0), (9.5, 100)))
    works = cast(dry, dry).until(18)
    for code in ("cast1", "cast2"):
        assert works.turns(code)[1:] == [Turn(8.033, *WAITING), Turn(pytest.approx(9.5, abs=0.02), *OK)]
    assert works.episodes() == []


def test_a_caster_that_stands_alone_for_twenty_minutes_is_stopped() -> None:
    works = cast(caster(line(100, (8, 0), (14, 100))), caster()).until(18)
    assert works.turns("cast1")[1].hour == pytest.approx(8.333, abs=0.02)
    (episode,) = works.episodes()
    assert (episode.finding.unit, episode.finding.kind, episode.finding.severity) == ("cast1", FindingKind.STOP, 2)
    assert [turn.state for turn in works.turns("cast2")] == [UnitState.OK]


def test_casters_that_still_wait_when_three_heats_have_come_are_stopped() -> None:
    dry = caster(line(100, (8, 0), (18, 100)))
    works = cast(dry, dry).until(14)
    assert works.turns("cast1")[1:] == [
        Turn(8.033, *WAITING),
        Turn(pytest.approx(10.517, abs=0.02), UnitState.STOPPED, Basis.ACTIVITY_STOP),
    ]
    assert hours(works.episodes()[0].finding.since_s) == 8.0


def test_casters_whose_converters_nobody_watches_wait_for_two_hours_at_most() -> None:
    dry = caster(line(100, (8, 0), (20, 100)))
    brief = caster(line(100, (8, 0), (9.5, 100)))
    assert Works(cast1=brief, cast2=brief).until(18).episodes() == []
    works = Works(cast1=dry, cast2=dry).until(14)
    assert works.turns("cast1")[1:] == [
        Turn(8.033, *WAITING),
        Turn(pytest.approx(10.0, abs=0.03), UnitState.STOPPED, Basis.ACTIVITY_STOP),
    ]


def test_a_caster_that_ran_dry_with_its_sibling_may_begin_later() -> None:
    works = cast(caster(line(100, (8, 0), (10, 100))), caster(line(100, (8, 0), (9, 100)))).until(18)
    assert works.episodes() == []


def test_waiting_between_sequences_is_part_of_the_pace_of_a_day_and_no_slow_down() -> None:
    starts = range(6, 60, 8)
    sequences = line(115, *(change for hour in starts for change in ((float(hour), 0.0), (hour + 1.0, 115.0))))
    face = caster(sequences, output=sequences)
    works = cast(face, face).until(60)
    assert works.episodes() == []


def test_a_caster_that_casts_slowly_is_slow() -> None:
    works = cast(caster(line(100, (8, 70))), caster()).until(11)
    assert works.state("cast1") == (UnitState.SLOW, Basis.ACTIVITY_SLOW)
    assert works.turns("cast1")[1].hour <= 9.0


@pytest.mark.parametrize(
    ("away", "rested_s"),
    [(True, 5 * 3600), (True, 365 * 86_400), (False, 5 * 3600)],
    ids=["we were away", "the clock was set by a year", "its source was cut"],
)
def test_a_shop_that_is_heard_again_after_hours_is_no_stop_before_its_heats_are_in(away: bool, rested_s: int) -> None:
    works = shop().until(8)
    watch, before_s = works.watch, works.watch.at_s
    heard = {code: UnitSample(heard=True, moved=True, looked=True) for code in ("bof1", "bof2", "bof3")}
    if away:
        watch.was_away(before_s, before_s + rested_s)
    else:
        for at_s in range(before_s + 60, before_s + rested_s, 60):
            watch.step(at_s, {}, works.expected)
    for at_s in range(before_s + rested_s, before_s + rested_s + 600, 10):
        watch.step(at_s, heard, works.expected)
        assert UnitState.STOPPED not in {watch.statuses[code].judgement.state for code in ("bof2", "bof3")}
