"""Trends of the running service: loaded from the published days, and told in words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.drops.plant import whole_plant
from benchmarks.referee.history_book import MeterError, book_of_history, history_of
from collector.service.trends import Trends
from models.detection.finding import FindingKind
from models.detection.works_watch import WorksWatch
from models.tables.balance import Balances
from models.works.calendar import stamp_ns
from models.works.localize import LANGUAGES
from models.works.plant import Plant, Reported
from models.works.table import Row, RowKey
from tests.collector.service.steel_works import Clock, open_ledger
from tests.models.detection.small_works import DAY, PLANT, RATES, START_S, usual_share
from tests.support.ledger_calls import publish

NS = 10**9
SITE = {"level": "site", "product": "pig_iron", "shop": "all", "unit": "all"}
BF3 = {"level": "unit", "product": "pig_iron", "shop": "furnaces", "unit": "bf3"}
DUE_T = 24 * RATES["bf3"]
REPORTING = replace(PLANT, reported=(Reported(name="pig_iron", product="pig_iron", counted_at=("bf2", "bf3")),))


def day(number: int, tags: Mapping[str, str], **fields: float) -> Row:
    return Row(RowKey.of("output_day", (START_S + number * DAY) * NS, tags), fields)


async def trends_after(tmp_path: Path, rows: list[Row], plant: Plant = REPORTING, now_ns: int = START_S * NS) -> Trends:
    """Trends at an instant of a service to which these rows are published."""
    ledger = open_ledger(tmp_path, Clock(now_ns))
    await publish(ledger, rows, to_outbox=False)
    trends = Trends(plant, ledger)
    trends.load(WorksWatch(plant, plant.detection), now_ns)
    await ledger.close()
    return trends


def unit_day(number: int, share: float, **fields: float) -> Row:
    return day(number, BF3, actual_t=share * DUE_T, target_t=DUE_T, completeness_pct=100.0, **fields)


async def test_a_drift_of_the_last_days_is_told_at_a_start_by_what_is_published(tmp_path: Path) -> None:
    rows = [unit_day(number, usual_share(number) - (0.05 if number >= -8 else 0.0)) for number in range(-70, 0)]
    (drift,) = (await trends_after(tmp_path, rows)).findings()
    assert (drift.kind, drift.unit) == (FindingKind.DRIFT, "bf3")
    assert set(drift.evidence) == set(LANGUAGES)
    assert START_S - 12 * DAY <= drift.since_s <= START_S - 5 * DAY


async def test_days_of_which_too_little_is_known_or_in_which_the_unit_stood_are_no_drift(tmp_path: Path) -> None:
    quiet = [unit_day(number, usual_share(number)) for number in range(-70, -8)]
    stood = [unit_day(number, 0.9, unplanned_stop_h=2.4) for number in range(-8, 0)]
    repaired = [unit_day(number, 0.9, planned_stop_h=2.4) for number in range(-8, 0)]
    holes = [day(number, BF3, actual_t=0.9 * DUE_T, target_t=DUE_T, completeness_pct=90.0) for number in range(-8, 0)]
    unknown = [day(number, BF3, target_t=DUE_T) for number in range(-8, 0)]
    for number, rows in enumerate((stood, repaired, holes, unknown)):
        assert (await trends_after(tmp_path / str(number), quiet + rows)).findings() == []


async def test_the_day_that_runs_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    quiet = [unit_day(number, usual_share(number)) for number in range(-70, -2)]
    low = [unit_day(number, 0.9) for number in (-2, -1)]
    assert (await trends_after(tmp_path / "two", quiet + low)).findings() == []
    running = [*low, unit_day(0, 0.1)]
    assert (await trends_after(tmp_path / "running", quiet + running)).findings() == []


async def test_a_month_that_is_forecast_short_is_told_by_the_newest_published_day(tmp_path: Path) -> None:
    rows = [
        day(-2, SITE, forecast_month_t=290_000.0, month_target_t=300_000.0),
        day(-1, SITE, forecast_month_t=282_000.0, month_target_t=300_000.0),
    ]
    (short,) = (await trends_after(tmp_path, rows)).findings()
    assert (short.kind, short.unit, short.product, short.severity) == (FindingKind.MONTH_SHORT, "all", "pig_iron", 2)
    assert short.evidence["en"] == "pig_iron: the month is forecast to give 282,000 t of 300,000 t (94.0 %)"


@pytest.mark.parametrize(("pct", "kinds"), [(3.0, [FindingKind.METER]), (0.0, [])])
async def test_a_meter_that_errs_is_told_by_the_published_balance_until_it_is_over(
    tmp_path: Path, pct: float, kinds: list[FindingKind]
) -> None:
    plant, end = replace(whole_plant(), reported=()), date(2026, 7, 1)
    errors = {"cast2.slabs": MeterError(end.toordinal() - 20, pct)}
    balances = Balances(book_of_history(plant, history_of(plant, 9_041, end), 9_041, errors))
    rows: list[Row] = []
    for number in range(end.toordinal() - 150, end.toordinal() - 1):
        stamp = stamp_ns(plant.zone, date.fromordinal(number))
        rows += balances.rows(number, stamp)
        for unit, product in balances.book.days:
            tags = {"level": "unit", "shop": plant.units[unit].shop, "unit": unit, "product": product}
            made = {"actual_t": float(balances.made(unit, product, number, number + 1)[0])}
            rows.append(Row(RowKey.of("output_day", stamp, tags), made))
    trends = await trends_after(tmp_path, rows, plant, stamp_ns(plant.zone, end))
    found = trends.findings()
    assert [each.kind for each in found] == kinds
    for each in found:
        assert (each.severity, each.lost_t) == (3, None)
        assert each.unit in ("cast1", "cast2")
        assert set(each.evidence) == set(LANGUAGES)
