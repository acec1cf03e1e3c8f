"""Unplanned stops of the made-up history: in hours of work, with the tonnes that they cost, and known to the ledger."""

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from collector.config.load import load
from collector.service.publishing import Publishing
from collector.service.roll_up import RollUp
from collector.simulation.history import History, make_history
from collector.simulation.history_loader import load_history
from collector.simulation.history_stops import HABITS, QUIET_DAYS, PastStop, past_stops, share_running
from collector.simulation.plant_config import plant_yaml
from collector.storage.ledger import why as ledger_why
from collector.storage.ledger.ledger import Ledger
from models.counting.output_plan import OutputPlan
from models.stated.stop_reason import USUAL_REASONS
from models.why.change_part import NOT_EXPLAINED, ChangePart
from models.why.explained import Explained
from models.why.stop_losses import ProductLosses
from models.works.calendar import local_date
from models.works.month import month_of, shifted
from models.works.plant import Plant

NS = 10**9
ZONE = ZoneInfo("Asia/Almaty")
HOUR_S, DAY_S = 3600, 86_400
END = "2026-11-17T10:37:11+05:00"


def made(plant: Plant, seed: int = 1) -> History:
    return make_history(plant, int(datetime.fromisoformat(END).timestamp()) * NS, seed)


@pytest.mark.parametrize("seed", [1, 7, 42])
def test_units_stop_about_an_hour_in_a_hundred_and_never_in_the_last_days(plant: Plant, seed: int) -> None:
    found = made(plant, seed)
    last_s = int(found.hours.start_s[-1])
    stood: dict[str, int] = defaultdict(int)
    for stop in found.stops:
        assert 0 < stop.end_s - stop.start_s <= HABITS[plant.units[stop.unit].kind].longest_h * HOUR_S
        assert stop.start_s % 300 == stop.end_s % 300 == 0
        assert stop.end_s <= last_s - QUIET_DAYS * DAY_S
        stood[stop.unit] += stop.end_s - stop.start_s
    assert set(stood) == {code for code, unit in plant.units.items() if unit.kind in HABITS and unit.daily_target_t}
    for unit, seconds in stood.items():
        assert 0.001 < seconds / (last_s - int(found.hours.start_s[0])) < 0.015, unit
    assert {stop.reason for stop in found.stops} <= {reason.code for reason in USUAL_REASONS}


def test_an_hour_in_which_a_unit_stood_makes_so_much_less_and_a_whole_one_nothing(plant: Plant) -> None:
    found = made(plant)
    taps = {tag.unit: found.grams[tag.name] for tag in found.tags}
    first_s = int(found.hours.start_s[0])
    whole = [
        (stop.unit, hour)
        for stop in found.stops
        for hour in range(-(-(stop.start_s - first_s) // HOUR_S), (stop.end_s - first_s) // HOUR_S)
    ]
    assert len(whole) > 100
    # What is rounded off the hour before may fall into it.
    assert all(taps[unit][hour] <= 1_000 for unit, hour in whole)
    stop = next(stop for stop in found.stops if stop.unit == "bf3" and stop.start_s % HOUR_S)
    hour = (stop.start_s - first_s) // HOUR_S
    share = share_running([stop], found.hours)[hour]
    assert share == (stop.start_s % HOUR_S) / HOUR_S + max(0, HOUR_S - (stop.end_s - first_s - hour * HOUR_S)) / HOUR_S
    usual = float(np.mean(taps["bf3"][hour - 4 : hour]))
    assert taps["bf3"][hour] == pytest.approx(usual * share, rel=0.35)


def test_no_unit_stops_in_hours_in_which_it_stands_by_plan(plant: Plant) -> None:
    found = made(plant)
    works = np.ones(len(found.hours.start_s), dtype=np.bool_)
    works[::2] = False
    alternating = past_stops("bf3", "blast_furnace", found.hours, works, 1)
    first_s = int(found.hours.start_s[0])
    assert alternating, "short ones find room between"
    assert all((stop.start_s - first_s) // HOUR_S % 2 for stop in alternating)
    assert all((stop.end_s - 1 - first_s) // HOUR_S == (stop.start_s - first_s) // HOUR_S for stop in alternating)


@dataclass(frozen=True)
class Lived:
    """The last whole month of a demo's ledger, beside the same of last year."""

    history: History
    month: int
    losses: dict[str, ProductLosses]
    whys: dict[str, Explained]


def lived(folder: Path) -> Lived:
    """A demo's ledger with its history, as a demo makes it."""
    file = folder / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    plant = load(file).plant
    end_ns = time.time_ns() // (300 * NS) * 300 * NS
    (folder / "data").mkdir()

    async def read() -> Lived:
        ledger = Ledger.open(folder / "data", clock_ns=lambda: end_ns, demo=True)
        try:
            roll_up = RollUp(ledger, OutputPlan(plant), Publishing())
            made_up = await load_history(ledger, roll_up, plant, end_ns, 1, lambda _share: None)
            month = shifted(month_of(local_date(plant.zone, end_ns).toordinal()), -1)
            asked = ledger_why.AskedWhy(
                days=(month, shifted(month, 1)),
                base=(shifted(month, -12), shifted(month, -11)),
                products=["pig_iron", "steel_liquid", "rolled", "coal_raw"],
                reasons=USUAL_REASONS,
                now_ns=end_ns,
            )
            losses = ledger.read(lambda connection: ledger_why.read_losses(connection, plant, asked))
            whys = ledger.read(lambda connection: ledger_why.read_why(connection, plant, asked))
        finally:
            await ledger.close()
        return Lived(
            made_up, month, {each.product: each for each in losses}, {each.found.product: each.found for each in whys}
        )

    return asyncio.run(read())


def own_stops_g(found: Explained, unit: str) -> int:
    return sum(each.grams.get(ChangePart.STOPS_OWN, 0) for each in found.changes if each.place.unit == unit)


@pytest.mark.long
def test_six_hours_of_a_furnace_change_the_why_of_the_month_by_what_they_are_said_to_cost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "as_it_was").mkdir()
    (tmp_path / "with_a_stop").mkdir()
    before = lived(tmp_path / "as_it_was")
    assert all(each.whole for each in before.whys.values())
    for why in before.whys.values():
        assert not any(each.grams.get(part) for each in why.changes for part in NOT_EXPLAINED)
    first_s, last_s = (
        int(datetime.combine(date.fromordinal(day), datetime.min.time(), ZONE).timestamp())
        for day in (before.month, shifted(before.month, 1))
    )
    stood = [stop for stop in before.history.stops if stop.unit == "bf3" and first_s <= stop.start_s < last_s]
    (bf3,) = (each for each in before.losses["pig_iron"].units if each.place.unit == "bf3")
    assert bf3.loss.stops == len(stood)
    assert bf3.loss.stood_ns == sum(stop.end_s - stop.start_s for stop in stood) * NS
    taken = [(stop.start_s, stop.end_s) for stop in before.history.stops if stop.unit == "bf3"]
    start_s = next(
        at_s
        for at_s in range(first_s + 10 * DAY_S, last_s, HOUR_S)
        if all(end_s < at_s - HOUR_S or begin_s > at_s + 7 * HOUR_S for begin_s, end_s in taken)
    )
    made_up = past_stops

    def with_six_hours(unit: str, *rest: Any) -> list[PastStop]:  # noqa: ANN401 - what else decides over stops
        more = [PastStop("bf3", start_s, start_s + 6 * HOUR_S, "mechanical")] if unit == "bf3" else []
        return sorted([*made_up(unit, *rest), *more], key=lambda stop: stop.start_s)

    monkeypatch.setattr("collector.simulation.history.past_stops", with_six_hours)
    after = lived(tmp_path / "with_a_stop")
    lost_g = after.losses["pig_iron"].total.grams - before.losses["pig_iron"].total.grams
    why_g = own_stops_g(before.whys["pig_iron"], "bf3") - own_stops_g(after.whys["pig_iron"], "bf3")
    change_g = before.whys["pig_iron"].change_g - after.whys["pig_iron"].change_g
    assert lost_g == pytest.approx(6 * 5_000e6 / 24, rel=0.1), "six hours of a furnace of 5,000 t a day"
    # The split values an hour at the mean of both years' paces, which differ by the growth of a year.
    assert why_g == pytest.approx(lost_g, rel=0.06)
    # What these six hours made differs from the mean of the month by the noise of an hour.
    assert change_g == pytest.approx(lost_g, rel=0.25)
    assert own_stops_g(after.whys["pig_iron"], "bf4") == own_stops_g(before.whys["pig_iron"], "bf4")
