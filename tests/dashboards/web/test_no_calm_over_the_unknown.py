"""Where nothing is known of a unit, the page claims no calm, and says since when."""

from dataclasses import replace

import pytest

from dashboards.web.drops import no_drops_text, not_known_text
from dashboards.web.snapshot import Snapshot
from models.detection.state_row import UnitNow
from models.tables.desk_data import SourceStatus
from models.works.codes import UnitState
from models.works.plant import Plant
from tests.dashboards.web.test_lamps_and_drops import HOUR_S, NOW_S, looked_at, now, plant

__all__ = ["plant"]


def all_ok(plant: Plant, *others: UnitNow) -> tuple[UnitNow, ...]:
    apart = {state.unit: state for state in others}
    return tuple(apart.get(code) or now(code, UnitState.OK) for code in plant.units)


def reporting(snapshot: Snapshot, age_s: int = 1) -> Snapshot:
    return replace(snapshot, sources=(SourceStatus("plc", (NOW_S - age_s) * 10**9, True, 0.5, 9, 0, ""),))


def test_no_drops_are_claimed_of_all_units_only_if_all_are_known(plant: Plant) -> None:
    snapshot = reporting(looked_at(plant, *all_ok(plant)))
    assert no_drops_text(snapshot, "en") == "None now, none recorded in the last 24 h."
    assert not_known_text(snapshot, "en") == ""


@pytest.mark.parametrize("state", [UnitState.STALE, UnitState.BAD, UnitState.MISSING])
def test_units_of_which_nothing_is_known_are_named_with_since_when_beside_the_calm_of_the_others(
    plant: Plant, state: UnitState
) -> None:
    old = now("mine1", UnitState.OK, at_s=NOW_S - 2 * HOUR_S)
    snapshot = reporting(looked_at(plant, *all_ok(plant, now("bf3", state), old)))
    assert not_known_text(snapshot, "en") == "What they do now is not known: Mine 1 (since 04:30), BF 3 (since 05:30)."
    assert not_known_text(snapshot, "ru") == (
        "Что делают сейчас, неизвестно: Шахта 1 (с 04:30), Доменная печь 3 (с 05:30)."
    )
    assert no_drops_text(snapshot, "en") == "Of the other units: none now, none recorded in the last 24 h."


def test_many_units_of_which_nothing_is_known_are_counted(plant: Plant) -> None:
    lost = [now(code, UnitState.STALE, since_s=NOW_S - HOUR_S) for code in plant.units]
    told = not_known_text(reporting(looked_at(plant, *lost)), "en")
    assert told == f"What {len(lost)} units do now is not known, the first since 05:30."


def test_nothing_is_claimed_of_now_while_the_collector_is_silent(plant: Plant) -> None:
    old = tuple(replace(state, at_s=NOW_S - HOUR_S) for state in all_ok(plant))
    silent = reporting(looked_at(plant, *old), age_s=HOUR_S)
    assert no_drops_text(silent, "en") == ""
    assert not_known_text(silent, "en") == "The collector has been silent since 05:30: what holds now is not known."
    assert not_known_text(looked_at(plant), "en") == "The collector has not reported yet: what holds now is not known."
