"""Rows of projects and indicators: a month as of its end, currencies apart, and the same numbers as the briefing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

import pytest

from models.briefing.modernisation import modernisation_section
from models.stated.measure import (
    Indicator,
    MeasureKind,
    Milestone,
    Project,
    StatedMeasure,
    computed_growth,
    newest,
)
from models.stated.milestone_word import MilestoneWord
from models.stated.project_progress import StatedOfProjects
from models.tables.indicator_rows import indicator_rows
from models.tables.project_rows import project_rows
from models.tables.shapes import CALCULATED, by_name
from models.works.month import month_of, shifted
from models.works.table import FieldValue, Row

if TYPE_CHECKING:
    from models.works.plant import Plant

PLANT = cast("Plant", SimpleNamespace(site="temirtau", zone=ZoneInfo("Asia/Almaty")))
JUNE = date(2025, 6, 1).toordinal()
TODAY = date(2025, 9, 10).toordinal()
FURNACE = Milestone(code="furnace", names={"en": "Furnace fired"}, planned=date(2025, 7, 20).toordinal())
MILL = Project(
    code="mill", names={"en": "Section mill", "ru": "Сортовой стан"}, owner="A. B.", currency="KZT", amounts_in=10**6,
    budget=Decimal(400), milestones=(FURNACE,),
)  # fmt: skip
OUTPUT = Indicator(
    code="output", names={"en": "Industrial output"}, unit_of_measure={"en": "bn tenge", "ru": "млрд тенге"},
    definition="all industry of the region",
)  # fmt: skip


def stated(kind: MeasureKind, month: int, value: str, subject: str = "mill", months: int = 1) -> StatedMeasure:
    return StatedMeasure(
        subject=subject, kind=kind, start=month, end=shifted(month, months), value=Decimal(value), growth_pct=None,
        source="act", stated_on=shifted(month, months) + 9, author="P.",
    )  # fmt: skip


def word(forecast: date | None, fact: date | None) -> dict[tuple[str, str], MilestoneWord]:
    said = MilestoneWord(
        project="mill", milestone="furnace", source="minutes", stated_on=TODAY, author="P.",
        forecast=None if forecast is None else forecast.toordinal(), fact=None if fact is None else fact.toordinal(),
    )  # fmt: skip
    return {said.of: said}


def months(rows: list[Row]) -> dict[str, dict[str, FieldValue]]:
    return {str(row.fields["period"]): dict(row.fields) for row in rows}


PAID = [stated(MeasureKind.PAID, JUNE, "120.25"), stated(MeasureKind.PAID, shifted(JUNE, 2), "30")]
PLANNED = [stated(MeasureKind.PAID_PLAN, JUNE, "100"), stated(MeasureKind.PAID_PLAN, shifted(JUNE, 2), "50")]


def test_every_month_from_the_first_stated_one_to_the_present_has_a_row_at_local_midnight_of_its_first() -> None:
    rows = project_rows(PLANT, [MILL], StatedOfProjects(PAID, {}), TODAY)
    assert list(months(rows)) == ["2025-06", "2025-07", "2025-08", "2025-09"]
    assert rows[0].key.time_ns == 1_748_718_000 * 10**9
    assert dict(rows[0].key.tags) == {"site": "temirtau", "project": "mill"}
    shape = by_name(CALCULATED)["project_month"]
    assert all(row.fields.keys() <= shape.fields.keys() for row in rows)


def test_amounts_are_in_whole_units_of_the_currency_and_what_is_not_known_is_absent() -> None:
    found = months(project_rows(PLANT, [MILL], StatedOfProjects([*PAID, *PLANNED], {}), TODAY))
    june, july, august = (found[f"2025-0{month}"] for month in (6, 7, 8))
    assert (june["paid"], june["paid_plan"], june["currency"], june["budget"]) == (120_250_000.0, 1e8, "KZT", 4e8)
    assert not {"paid", "paid_plan", "work_done", "physical_pct", "jobs"} & july.keys()
    assert (july["paid_to_date"], july["months_without_payment"]) == (120_250_000.0, 1), "said, and not guessed"
    assert (august["paid_to_date"], august["paid_plan_to_date"]) == (150_250_000.0, 150_000_000.0)
    assert august["paid_of_budget_pct"] == 37.6
    assert found["2025-09"]["months_without_payment"] == 1, "the month that runs lacks nothing yet"


def test_payments_grow_against_the_month_before_the_year_before_and_since_january() -> None:
    january, last = date(2025, 1, 1).toordinal(), date(2024, 1, 1).toordinal()
    paid = [stated(MeasureKind.PAID, shifted(january, month), str(20 + month)) for month in range(3)]
    paid += [stated(MeasureKind.PAID, shifted(last, month), "16") for month in range(3)]
    found = months(project_rows(PLANT, [MILL], StatedOfProjects(paid, {}), TODAY))
    names = ("paid_growth_month_pct", "paid_growth_year_pct", "paid_growth_to_date_pct")
    assert [found["2025-03"].get(name) for name in names] == [4.8, 37.5, 31.3]
    assert [found["2025-01"].get(name) for name in names] == [None, 25.0, 25.0], "December was not stated"
    assert not set(names) & found["2025-04"].keys()


def test_a_plan_of_other_months_than_the_payments_is_none_to_compare_with() -> None:
    found = months(project_rows(PLANT, [MILL], StatedOfProjects([*PAID, PLANNED[0]], {}), TODAY))
    assert "paid_plan_to_date" in found["2025-07"]
    assert "paid_plan_to_date" not in found["2025-08"]


@pytest.mark.parametrize(
    ("forecast", "fact", "late"),
    [
        (None, None, {"2025-06": (0, 0), "2025-07": (1, 11), "2025-08": (1, 42), "2025-09": (1, 52)}),
        (date(2025, 10, 1), None, {"2025-06": (1, 73), "2025-09": (1, 73)}),
        (None, date(2025, 8, 5), {"2025-07": (1, 16), "2025-08": (0, 0)}),
        (None, date(2025, 7, 20), {"2025-07": (0, 0), "2025-08": (0, 0)}),
    ],
)
def test_a_milestone_is_late_as_of_the_end_of_each_month_by_what_is_known_of_it_now(
    forecast: date | None, fact: date | None, late: dict[str, tuple[int, int]]
) -> None:
    found = months(project_rows(PLANT, [MILL], StatedOfProjects(PAID, word(forecast, fact)), TODAY))
    told = {month: (found[month]["milestones_late"], found[month]["days_late"]) for month in late}
    assert told == late
    reached = {month for month, row in found.items() if row["milestones_reached"]}
    assert reached == ({month for month in found if month >= fact.isoformat()[:7]} if fact else set())


@pytest.mark.parametrize("month", ["2025-06", "2025-07", "2025-08"])
def test_a_month_is_told_by_the_briefing_as_its_row_has_it(month: str) -> None:
    ready = stated(MeasureKind.PHYSICAL_PCT, shifted(JUNE, 2), "45")
    known = StatedOfProjects([*PAID, ready], word(None, date(2025, 8, 5)))
    row = months(project_rows(PLANT, [MILL], known, TODAY))[month]
    first = date.fromisoformat(f"{month}-01").toordinal()
    section = modernisation_section([MILL], known, (first, shifted(first, 1)), TODAY, "en")
    told = section.lines[-1].words.replace("\xa0", " ")
    paid = {"2025-06": "120.3 m", "2025-07": "120.3 m", "2025-08": "150.3 m"}[month]
    assert f"{paid} tenge" in told
    assert round(float(str(row["paid_to_date"])) / 1e6 + 1e-9, 1) == float(paid[:-2])
    assert ("late" in told) == bool(row["milestones_late"])
    if row["milestones_late"]:
        assert f"by {row['days_late']} d" in told
        assert "reached after these months, on 5 Aug 2025" in told
    assert ("45 %" in told) == ("physical_pct" in row)


def test_a_project_of_which_nothing_is_stated_has_a_row_of_the_present_month_that_says_so() -> None:
    (row,) = project_rows(PLANT, [replace(MILL, budget=None)], StatedOfProjects([], {}), TODAY)
    numbers = {name for name, value in row.fields.items() if not isinstance(value, str)}
    assert numbers == {"milestones", "milestones_reached", "milestones_late", "days_late"}
    assert row.fields["milestones_late"] == 1


def test_numbers_of_indicators_that_end_with_the_same_month_stay_apart_and_each_has_its_growth() -> None:
    january = date(2025, 1, 1).toordinal()
    year = stated(MeasureKind.VALUE, january, "3200", "output", 8)
    known = [
        replace(year, growth_pct=Decimal(7)),
        stated(MeasureKind.VALUE, shifted(january, -12), "2900", "output", 8),
        stated(MeasureKind.VALUE, shifted(january, 7), "410.5", "output"),
        stated(MeasureKind.VALUE, shifted(january, 5), "1200", "output", 3),
    ]
    rows = indicator_rows(PLANT, [OUTPUT], known)
    found = {(dict(row.key.tags)["span"], row.fields["period"]): row for row in rows}
    assert set(found) == {
        ("year_to_date", "2025-01..2025-08"), ("year_to_date", "2024-01..2024-08"), ("month", "2025-08"),
        ("3_months", "2025-06..2025-08"),
    }  # fmt: skip
    assert len({row.key for row in rows}) == 4
    whole = found["year_to_date", "2025-01..2025-08"].fields
    assert (whole["growth_pct"], whole["growth_computed_pct"], whole["growth_differs"]) == (7.0, 10.3, 1)
    assert (whole["unit_ru"], whole["unit_kk"], whole["published"]) == ("млрд тенге", "bn tenge", "2025-09-10")
    assert not {"growth_pct", "growth_computed_pct", "growth_differs"} & found["month", "2025-08"].fields.keys()
    assert all(row.fields.keys() <= by_name(CALCULATED)["indicator"].fields.keys() for row in rows)


def test_growth_of_published_values_is_rounded_half_away_from_zero_as_that_of_output() -> None:
    assert computed_growth(Decimal(10_005), Decimal(10_000)) == Decimal("0.1")
    assert computed_growth(Decimal(9_995), Decimal(10_000)) == Decimal("-0.1")


def test_the_newest_word_alone_is_in_the_rows() -> None:
    older = stated(MeasureKind.PAID, JUNE, "1")
    known = newest([older, replace(older, value=Decimal(2), stated_on=older.stated_on + 1)])
    found = months(project_rows(PLANT, [MILL], StatedOfProjects(known, {}), month_of(JUNE) + 40))
    assert found["2025-06"]["paid"] == 2e6
