"""Indicators of the region: growth as published beside growth of the values, and the difference, never left out."""

from datetime import date
from decimal import Decimal

import pytest

from dashboards.web.region_view import SERIES_COLUMNS, SHOWN, SeriesView, region_view
from models.stated.measure import Indicator, MeasureKind, StatedMeasure
from models.stated.project_progress import ProjectsAsKnown, StatedOfProjects
from models.works.localize import LANGUAGES, Language
from models.works.month import shifted

LAST = date(2026, 8, 1).toordinal()
OUTPUT = Indicator(
    code="output", names={"en": "Industrial output", "ru": "Промышленность", "kk": "Өнеркәсіп"},
    unit_of_measure={"en": "trn tenge", "ru": "трлн тенге", "kk": "трлн теңге"}, definition="of all enterprises",
    definitions={"ru": "по всем предприятиям", "kk": "барлық кәсіпорын бойынша"},
)  # fmt: skip


def stated(
    value: str, back: int = 0, *, months: int = 1, growth: str | None = None, code: str = "output"
) -> StatedMeasure:
    start = shifted(LAST, -back)
    return StatedMeasure(
        subject=code, kind=MeasureKind.VALUE, start=start, end=shifted(start, months), value=Decimal(value),
        growth_pct=None if growth is None else Decimal(growth), source="Bureau", stated_on=LAST + 45, author="P.",
    )  # fmt: skip


def seen(*numbers: StatedMeasure, language: Language = "en") -> SeriesView:
    known = ProjectsAsKnown([], [OUTPUT], StatedOfProjects(list(numbers), {}), LAST + 60)
    (series,) = region_view(known, language)
    return series


def line(series: SeriesView, number: int = 0) -> dict[str, tuple[str, str]]:
    cells = series.lines[number]
    return {
        name: (cell.shown.replace("\xa0", " "), cell.tone) for name, cell in zip(SERIES_COLUMNS, cells, strict=True)
    }


@pytest.mark.parametrize(
    ("language", "difference", "remark"),
    [
        ("en", "+0.5 pp", "the two differ"),
        ("ru", "+0,5 п. п.", "расходятся"),
        ("kk", "+0,5 пайыздық тармақ", "екеуі алшақ"),
    ],
)
def test_a_published_growth_stands_beside_that_of_the_values_with_the_difference(
    language: Language, difference: str, remark: str
) -> None:
    series = seen(stated("3.21", growth="7.5"), stated("3", 12), language=language)
    cells = line(series)
    assert series.differs
    assert (series.name, series.unit, series.definition) == (
        OUTPUT.name(language), OUTPUT.unit(language), OUTPUT.defined(language)
    )  # fmt: skip
    assert cells["region_difference"] == (difference, "down")
    assert cells["indicator_remark"] == (remark, "down")
    assert cells["region_source"] == ("Bureau", "")
    assert cells["region_published_on"][0] == ("15 Sep 2026" if language == "en" else "15.09.2026")
    assert cells["indicator_computed"][0] == "+7 %"


@pytest.mark.parametrize(
    ("growth", "differs"), [("10.9", True), ("11", False), ("11.1", False), ("11.3", False), ("11.4", True)]
)
def test_values_were_rounded_too_and_a_growth_that_they_allow_is_no_fault(growth: str, differs: bool) -> None:
    assert seen(stated("80.6", growth=growth), stated("72.5", 12)).differs is differs, "11.03 to 11.32 % are allowed"


def test_a_difference_by_rounding_is_shown_and_is_no_fault() -> None:
    series = seen(stated("3.21", growth="7.04"), stated("3", 12))
    assert line(series)["region_difference"] == ("+0.04 pp", "")
    assert line(series)["indicator_remark"] == ("", "")
    assert not series.differs


@pytest.mark.parametrize(
    ("numbers", "remark"),
    [
        ((stated("3.21", growth="7"),), "the same months of last year are not stated"),
        ((stated("3.21", growth="7"), stated("0", 12)), "it has no growth in percent"),
        ((stated("3.21"), stated("3", 12)), "no growth was published"),
    ],
)
def test_where_one_of_the_two_is_missing_there_is_no_difference_and_the_reason_is_told(
    numbers: tuple[StatedMeasure, ...], remark: str
) -> None:
    cells = line(seen(*numbers))
    assert cells["region_difference"] == ("", "")
    assert remark in cells["indicator_remark"][0]


def test_every_number_is_there_newest_first_and_longer_spans_before_months() -> None:
    many = [stated(str(100 + back), back) for back in range(SHOWN + 3)]
    year = stated("800", 7, months=8)
    series = seen(*many, year)
    assert [line(series, number)["indicator_value"][0] for number in (0, 1, 2)] == ["800", "100", "101"]
    assert (len(series.lines), series.older) == (SHOWN, 4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_series_of_which_nothing_is_stated_has_no_lines_and_another_ones_numbers_are_not_its_own(
    language: Language,
) -> None:
    series = seen(stated("5", code="trade"), language=language)
    assert (series.lines, series.older, series.differs) == ((), 0, False)
