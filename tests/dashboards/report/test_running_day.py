"""A report of a day that runs judges by what was due by now, as the page does."""

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboards.report import build
from dashboards.report.document import ReportHeader, ReportRow
from models.works.localize import LANGUAGES, Language
from tests.dashboards.report.test_report_documents import DAY, HEADER
from tests.models.tables.test_hour_rows import PLANT

RUNNING: ReportRow = {
    **{name: value for name, value in DAY.items() if name not in ("attainment_pct", "deviation_t")},
    "attainment_pct": 55.2,
    "deviation_t": -4480.0,
    "actual_t": 5520.0,
    "target_so_far_t": 5312.0,
    "attainment_so_far_pct": 103.9,
    "month_to_date_t": 344970.1,
    "month_to_date_target_t": 348000.0,
    "month_to_date_due_t": 341333.3,
    "end_ms": 2000,
}
MOMENT = replace(HEADER, at_ns=1_000_000_000, running=("+/- and % are of what was due by 11:53",))


def shown(row: ReportRow, header: ReportHeader, language: Language = "en") -> list[tuple[str, object]]:
    document = build.day_report(PLANT, [row], header, language)
    return list(zip((column.heading for column in document.columns), document.lines[0].cells, strict=True))


def test_a_day_that_runs_is_judged_by_what_was_due_by_now_and_says_so_in_its_head() -> None:
    cells = shown(RUNNING, MOMENT)
    assert cells[3:8] == [
        ("Day, plan", Decimal("10000.0")),
        ("Day, due by now", Decimal("5312.0")),
        ("Day, actual", Decimal("5520.0")),
        ("Day, +/-", Decimal("208.0")),
        ("Day, %", Decimal("103.9")),
    ]
    assert (cells[8], cells[11]) == (
        ("Month to date, plan", Decimal("341333.3")),
        ("Month to date, %", Decimal("101.1")),
    )
    head = build.day_report(PLANT, [RUNNING], MOMENT, "en").header
    assert ("Day in progress", "+/- and % are of what was due by 11:53") in head
    assert [name for name, _ in head].index("Day in progress") < [name for name, _ in head].index(
        "Status of the figures"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_that_runs_has_no_verdict_before_two_hours_were_watched(language: Language) -> None:
    early = {name: value for name, value in RUNNING.items() if name != "attainment_so_far_pct"}
    assert [value for _, value in shown(early, MOMENT, language)[6:8]] == [
        None, {"en": "too early to say", "ru": "рано судить", "kk": "баға беруге ерте"}[language]
    ]  # fmt: skip
    repair = {**early, "target_so_far_t": 0.0}
    assert [value for _, value in shown(repair, MOMENT, language)[6:8]] == [None, None]


def test_a_deviation_is_of_the_same_hours_as_the_attainment_beside_it_or_is_not_said() -> None:
    unwatched = {**RUNNING, "actual_t": 5820.0}
    assert shown(unwatched, MOMENT)[6:8] == [("Day, +/-", None), ("Day, %", Decimal("103.9"))]


def test_a_day_that_is_over_has_no_column_of_what_is_due_and_is_judged_whole() -> None:
    titles = [title for title, _ in shown({**RUNNING, "end_ms": 500}, MOMENT)]
    assert "Day, due by now" not in titles
    assert dict(shown({**RUNNING, "end_ms": 500}, MOMENT)[5:7])["Day, %"] == Decimal("55.2")
