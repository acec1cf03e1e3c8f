"""Causes: which drop follows from which, what explains too little, and what will be missing downstream."""

import random
from dataclasses import replace

import pytest

from models.detection.causes import Drop, cause_of, missing_downstream, upstream_of
from models.detection.finding import FindingKind
from models.works.detection_rules import CHAIN
from tests.models.detection.minutes_of import NONE, Face, Works, caster, converter, furnace, line, small_furnace
from tests.models.detection.small_works import HOUR, PLANT

LINED = Face(activity=NONE, output=NONE)
RELINING = {"bof1": [(0, 2000)]}


def works_of(
    order: tuple[str, ...] = (), windows: dict[str, list[tuple[float, float]]] | None = None, **faces: Face
) -> Works:
    usual = {
        "bf2": small_furnace(),
        "bf3": furnace(),
        "bof1": LINED,
        "bof2": converter(0.5),
        "bof3": converter(1.5),
        "cast1": caster(),
        "cast2": caster(),
        "hsm": Face(),
    }
    return Works(step_s=120, order=order, windows={**RELINING, **(windows or {})}, **{**usual, **faces})


def shop(*stands: tuple[float, float]) -> dict[str, Face]:
    return {"bof2": converter(0.5, stands=stands), "bof3": converter(1.5, stands=stands)}


def causes(works: Works) -> dict[str, str]:
    """By unit, the cause of each drop of output that was found."""
    return {episode.finding.unit: episode.finding.cause_unit for episode in works.episodes(data=False)}


BOTH_FURNACES = {"bf2": small_furnace(line(100, (8, 0))), "bf3": furnace(line(100, (8, 0)))}
FOLLOWS = {**shop((10, 38)), "cast1": caster(line(100, (11, 50))), "cast2": caster(line(100, (11, 50)))}


def test_what_follows_from_a_furnace_stop_names_it_through_the_whole_chain() -> None:
    works = works_of(**BOTH_FURNACES, **FOLLOWS, hsm=Face(activity=line(100, (14, 0)))).until(16)
    assert causes(works) == {
        "bf2": "",
        "bf3": "",
        "bof2": "bf3",
        "bof3": "bf3",
        "cast1": "bf3",
        "cast2": "bf3",
        "hsm": "bf3",
    }
    assert works.watch.statuses["cast1"].cause_unit == "bf3"
    assert works.watch.statuses["bf3"].cause_unit == ""


def test_the_order_of_the_units_does_not_matter() -> None:
    faces = {**BOTH_FURNACES, **FOLLOWS}
    usual = works_of(**faces).until(15)
    codes = list(usual.plant.units)
    for seed in range(2):
        random.Random(seed).shuffle(codes)
        other = works_of(order=tuple(codes), **faces).until(15)
        assert causes(other) == causes(usual)
        assert {code: other.turns(code) for code in codes} == {code: usual.turns(code) for code in codes}


def test_a_stop_of_the_big_furnace_alone_explains_a_shop_that_stops() -> None:
    works = works_of(bf3=furnace(line(100, (8, 0))), **shop((10, 38))).until(14)
    assert causes(works) == {"bf3": "", "bof2": "bf3", "bof3": "bf3"}


def test_a_small_slow_down_of_a_small_furnace_does_not_explain_a_shop_that_stops() -> None:
    works = works_of(bf2=small_furnace(line(100, (8, 70))), **shop((10, 38))).until(14)
    assert causes(works) == {"bf2": "", "bof2": "", "bof3": ""}


def test_what_stood_before_the_furnace_does_not_follow_from_it() -> None:
    works = works_of(**BOTH_FURNACES, hsm=Face(activity=line(100, (6, 0)))).until(16)
    assert causes(works) == {"bf2": "", "bf3": "", "hsm": ""}


def test_what_falls_long_after_the_furnace_works_again_does_not_follow_from_it() -> None:
    stop = line(100, (8, 0), (10, 100))
    late = works_of(bf2=small_furnace(stop), bf3=furnace(stop), **shop((38, 68))).until(42)
    assert causes(late) == {"bf2": "", "bf3": "", "bof2": "", "bof3": ""}
    soon = works_of(bf2=small_furnace(stop), bf3=furnace(stop), **shop((12, 68))).until(16)
    assert causes(soon)["bof2"] == "bf3"


def test_upstream_units_do_not_follow_from_downstream_ones() -> None:
    works = works_of(**shop((6, 38)), bf3=furnace(line(100, (8, 0))), bf2=small_furnace(line(100, (8, 0)))).until(14)
    assert causes(works) == {"bf2": "", "bf3": "", "bof2": "", "bof3": ""}


def test_a_cause_stays_the_cause_when_it_works_again() -> None:
    stop = line(100, (8, 0), (14, 100))
    works = works_of(bf2=small_furnace(stop), bf3=furnace(stop), **shop((10, 38))).until(18)
    assert works.finding("bf3") is None
    finding = works.finding("bof2")
    assert finding is not None
    assert finding.cause_unit == "bf3"


def test_what_follows_from_a_planned_repair_names_the_unit_in_repair() -> None:
    repair = {"bf3": [(8.0, 38.0)]}
    works = works_of(windows=repair, bf3=furnace(line(100, (8, 0), (38, 100))), **shop((11, 38))).until(15)
    assert causes(works) == {"bof2": "bf3", "bof3": "bf3"}


def test_a_repair_shift_of_every_day_and_relining_explain_nothing() -> None:
    works = works_of(**shop((10, 38))).until(14)
    assert causes(works) == {"bof2": "", "bof3": ""}


def test_a_drop_counts_what_it_has_cost_and_what_a_day_of_it_will_cost_downstream() -> None:
    works = works_of(bf3=furnace(line(100, (8, 0)))).until(9)
    finding = works.finding("bf3")
    assert finding is not None
    assert finding.kind is FindingKind.STOP
    assert finding.lost_t == pytest.approx(5000 / 24)
    assert finding.ahead_t == pytest.approx(
        {
            "steel_liquid": 5000 * 1.072,
            "slab": 5000 * 1.072 * 0.964,
            "rolled": 5000 * 1.072 * 0.964 * 0.924,
        }
    )


def test_missing_downstream_follows_the_yields_from_where_the_drop_is() -> None:
    assert missing_downstream(PLANT, "slab", 100.0) == pytest.approx({"rolled": 2400 * 0.924})
    assert missing_downstream(PLANT, "rolled", 100.0) == {}
    assert missing_downstream(PLANT, "pig_iron", 0.0) == {"steel_liquid": 0.0, "slab": 0.0, "rolled": 0.0}


def test_lags_add_up_over_every_way_through_the_chain() -> None:
    mill = upstream_of(CHAIN, "hot_strip_mill")
    assert mill["caster"] == (2 * HOUR, 72 * HOUR)
    assert mill["converter"] == (2 * HOUR, 73 * HOUR)
    assert mill["blast_furnace"] == (0, 77 * HOUR), "by gas at once, by slabs days later"
    assert upstream_of(CHAIN, "mine") == {}
    assert "hot_strip_mill" not in mill


def drop(
    unit: str,
    kind: str,
    since_h: float,
    *,
    share: float = 1.0,
    rate: float = 100.0,
    ended_h: float | None = None,
    exact: bool = True,
    window_h: float = 0,
    found_h: float | None = None,
) -> Drop:
    return Drop(
        unit=unit,
        kind=kind,
        since_s=round(since_h * HOUR),
        found_s=round((since_h + 0.5 if found_h is None else found_h) * HOUR),
        share=share,
        expected_t_per_h=100.0,
        window_s=round(window_h * HOUR),
        exact=exact,
        ended_s=None if ended_h is None else round(ended_h * HOUR),
    )


SHOP = drop("bof2", "converter", 10.0)
LAGS = {"blast_furnace": (2 * HOUR, 4 * HOUR)}


@pytest.mark.parametrize(
    ("other", "explains"),
    [
        (drop("bf3", "blast_furnace", 8.0), True),
        (drop("bf3", "blast_furnace", 9.0), True),
        (drop("bf3", "blast_furnace", 9.1), False),
        (drop("bf3", "blast_furnace", 1.0, ended_h=6.1), True),
        (drop("bf3", "blast_furnace", 1.0, ended_h=5.9), False),
        (drop("bf3", "blast_furnace", 8.0, share=0.81), True),
        (drop("bf3", "blast_furnace", 8.0, share=0.79), False),
        (drop("coke1", "coke_battery", 8.0), False),
        (drop("bof2", "converter", 8.0), False),
    ],
)
def test_a_drop_explains_another_by_time_and_by_how_much_it_lacks(other: Drop, explains: bool) -> None:
    assert cause_of(SHOP, [other], LAGS, {"blast_furnace": 200.0}) == (other.unit if explains else None)


def test_several_small_drops_explain_together_what_none_does_alone_and_the_largest_is_named() -> None:
    small = [drop("bf2", "blast_furnace", 8.0, share=0.3), drop("bf3", "blast_furnace", 8.0, share=0.6)]
    assert [cause_of(SHOP, [one], LAGS, {"blast_furnace": 200.0}) for one in small] == [None, None]
    assert cause_of(SHOP, small, LAGS, {"blast_furnace": 200.0}) == "bf3"
    assert cause_of(SHOP, reversed(small), LAGS, {"blast_furnace": 200.0}) == "bf3"


def test_a_drop_that_is_seen_over_a_window_may_have_begun_before_its_cause() -> None:
    seen_over_a_window = drop("bof2", "converter", 6.0, exact=False, window_h=12, found_h=18.0)
    later = drop("bf3", "blast_furnace", 16.4)
    assert cause_of(seen_over_a_window, [later], LAGS, {"blast_furnace": 100.0}) == "bf3"
    assert cause_of(seen_over_a_window, [drop("bf3", "blast_furnace", 17.0)], LAGS, {"blast_furnace": 100.0}) is None


def test_a_furnace_that_stops_soon_after_the_coke_does_not_follow_from_it_for_its_bunkers_last_for_hours() -> None:
    lags = {"coke_battery": (4 * HOUR, 12 * HOUR)}
    furnace_stop = drop("bf3", "blast_furnace", 10.0)
    assert cause_of(furnace_stop, [drop("coke1", "coke_battery", 9.0)], lags, {"coke_battery": 100.0}) is None
    assert cause_of(furnace_stop, [drop("coke1", "coke_battery", 6.0)], lags, {"coke_battery": 100.0}) == "coke1"


def test_the_root_of_a_cause_is_named_and_not_the_cause_between() -> None:
    rooted = replace(drop("bof2", "converter", 8.0), root="bf3")
    cast = drop("cast1", "caster", 9.0)
    assert cause_of(cast, [rooted], {"converter": (0, HOUR)}, {"converter": 100.0}) == "bf3"


def test_what_has_stopped_by_itself_follows_from_nothing_that_did_not_come_through_the_units_between() -> None:
    furnaces = {"bf2": small_furnace(line(100, (4, 0), (4.8, 100))), "bf3": furnace(line(100, (4, 0), (4.8, 100)))}
    works = works_of(**furnaces, hsm=Face(activity=line(100, (11, 0)))).until(14)
    assert causes(works) == {"bf2": "", "bf3": "", "hsm": ""}
