"""What people stated beside tonnes, in the list of changes: the field, its unit, what became of it, and the year."""

from datetime import date, time
from decimal import Decimal

import pytest

from collector.config.load import load
from dashboards.web.changes_named import StatedNames
from dashboards.web.changes_view import AskedChanges, ChangesOf, change_lines
from models.access.recorded_change import ActKind, ChangedField, RecordedChange
from models.stated.accident import USUAL_TERMS
from models.stated.measure import Indicator, Milestone, Project
from models.stated.project_progress import ProjectsAsKnown, StatedOfProjects
from models.works.calendar import wall_ns
from models.works.localize import LANGUAGES, Language
from models.works.plant import Plant
from tests.collector.files.forms import paper_works

MILL = Project(
    code="mill",
    names={"en": "Section mill", "ru": "Сортопрокатный стан", "kk": "Сорттық илемдеу станы"},
    owner="A.",
    currency="KZT",
    amounts_in=10**6,
    budget=Decimal(95),
    milestones=(Milestone(code="furnace", names={"en": "Furnace fired", "ru": "Розжиг печи"}, planned=739_000),),
    renamed_from=("old_mill",),
)
OUTPUT = Indicator(code="output", names={"en": "Output"}, unit_of_measure={"en": "bn tenge"}, definition="all")


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    return load(paper_works(tmp_path_factory.mktemp("works"))).plant


def told(plant: Plant, change: RecordedChange, language: Language = "en") -> list[str]:
    """About, what, before, after of one line, without no-break spaces."""
    known = ProjectsAsKnown((MILL,), (OUTPUT,), StatedOfProjects([], {}), 739_500)
    now_ns = wall_ns(plant.zone, date(2026, 11, 30), time(12))
    of = ChangesOf(plant, (), now_ns, language, StatedNames(plant, known, USUAL_TERMS))
    (line,) = change_lines([change], AskedChanges(), of)
    return [line[at].shown.replace("\N{NO-BREAK SPACE}", " ") for at in (2, 3, 4, 5)]


def change(plant: Plant, kind: ActKind, done: str, *fields: ChangedField, **more: str) -> RecordedChange:
    start_ns, end_ns = (wall_ns(plant.zone, day) for day in (date(2025, 10, 1), date(2025, 11, 1)))
    if kind is not ActKind.MEASURE:
        start_ns, end_ns = (start_ns, 0) if kind is ActKind.ACCIDENT else (0, 0)
    return RecordedChange(
        recorded_ns=wall_ns(plant.zone, date(2026, 11, 30)), author="P.", kind=kind, done=done, fields=fields,
        start_ns=start_ns, end_ns=end_ns, **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            [
                *("Project or indicator: replaced since", "Section mill, Oct 2025", "Payment, done: 2,500.5 m tenge"),
                "Payment, done: 2,600 m tenge",
            ],
        ),
        (
            "ru",
            [
                *("Проект или показатель: позже заменено", "Сортопрокатный стан, 10.2025"),
                *("Оплата, факт: 2 500,5 млн тенге", "Оплата, факт: 2 600 млн тенге"),
            ],
        ),
        (
            "kk",
            [
                *("Жоба не көрсеткіш: кейін ауыстырылды", "Сорттық илемдеу станы, 10.2025"),
                *("Төлем, нақты: 2 500,5 млн теңге", "Төлем, нақты: 2 600 млн теңге"),
            ],
        ),
    ],
)
def test_a_number_is_told_with_its_field_its_unit_and_what_became_of_it(
    language: Language, line: list[str], plant: Plant
) -> None:
    paid = ChangedField("paid", "2500.50", "2600")
    assert told(plant, change(plant, ActKind.MEASURE, "replaced", paid, subject="old_mill"), language) == line


@pytest.mark.parametrize(
    ("language", "after"),
    [
        ("en", "Payment, done: 2,600 m tenge; in all 97.5 m tenge, more than the budget of 95 m tenge"),
        ("ru", "Оплата, факт: 2 600 млн тенге; всего 97,5 млн тенге, больше бюджета в 95 млн тенге"),
        ("kk", "Төлем, нақты: 2 600 млн теңге; барлығы 97,5 млн теңге, бюджеттен (95 млн теңге) артық"),
    ],
)
def test_a_number_that_brought_a_project_beyond_its_budget_has_both_sums(
    language: Language, after: str, plant: Plant
) -> None:
    paid = ChangedField("paid", "", "2600")
    confirmed = change(plant, ActKind.MEASURE, "holds", paid, subject="old_mill", sum="97.5", budget="95")
    assert told(plant, confirmed, language)[3] == after


@pytest.mark.parametrize("done", ["holds", "replaced", "taken_back", "without", "withdrawal"])
def test_each_effect_has_words_in_three_languages(done: str, plant: Plant) -> None:
    field = ChangedField("physical_pct", "", "45.5")
    for language in LANGUAGES:
        what, _, before, after = told(plant, change(plant, ActKind.MEASURE, done, field, subject="mill"), language)
        assert ": " in what
        assert (before, "45" in after, after.endswith("%")) == ("", True, True)


def test_indicators_people_and_milestones_are_named(plant: Plant) -> None:
    value, growth = ChangedField("value", "", "3200"), ChangedField("growth", "", "7.0")
    _, about, _, after = told(plant, change(plant, ActKind.MEASURE, "holds", value, growth, subject="output"))
    assert (about, after) == ("Output, Oct 2025", "Value: 3,200 bn tenge; Growth as published: +7 %")
    hours = ChangedField("hours_worked", "", "64000")
    what, about, _, after = told(plant, change(plant, ActKind.MEASURE, "holds", hours, subject="mines/mine1"))
    assert what.startswith("People and hours: ")
    assert (about, after) == ("Mine 1, Oct 2025", "Hours worked: 64,000")
    good = ChangedField("good_pct", "98.5", "97.1")
    line = told(plant, change(plant, ActKind.MEASURE, "holds", good, subject="mine1/coal_raw"))
    assert line[0].startswith("Quality of a month: ")
    assert line[1:] == ["Mine 1, Coal, Oct 2025", "Good output: 98.5 %", "Good output: 97.1 %"]
    days = ChangedField("forecast", "2026-09-30", ""), ChangedField("fact", "", "2026-10-02")
    step = change(plant, ActKind.MILESTONE, "holds", *days, subject="mill", part="furnace")
    assert told(plant, step)[1:] == ["Section mill, Furnace fired", "Expected: 30 Sep 2026", "Reached: 2 Oct 2026"]


def test_a_corrected_accident_says_what_was_corrected_and_a_date_of_another_year_its_year(plant: Plant) -> None:
    moved = ChangedField(
        "at_ns",
        str(wall_ns(plant.zone, date(2026, 10, 5))),
        str(wall_ns(plant.zone, date(2025, 10, 5), time(9))),
    )
    fields = moved, ChangedField("cause", "", "rules"), ChangedField("shop", "mines/mine1", "mines/all")
    corrected = change(plant, ActKind.ACCIDENT, "corrected", *fields, shop="mines", unit="mine1")
    what, about, before, after = told(plant, corrected)
    assert what == "Accident: corrected"
    assert about == "Mine 1, 01.10.2025 00:00"
    assert before == ("Date and time of the injury: 5 Oct 2026 00:00; Cause: being established; Place: Mine 1")
    assert after == ("Date and time of the injury: 5 Oct 2025 09:00; Cause: Rules of safety not kept; Place: Mines")


def test_a_moment_is_not_broken_over_two_lines(plant: Plant) -> None:
    of = ChangesOf(plant, (), wall_ns(plant.zone, date(2026, 11, 30), time(12)), "en")
    start_ns = wall_ns(plant.zone, date(2026, 11, 3), time(9, 30))
    stop = RecordedChange(
        recorded_ns=start_ns,
        author="P.",
        kind=ActKind.REASON,
        unit="mine1",
        start_ns=start_ns,
        end_ns=start_ns + 10**12,
    )
    (line,) = change_lines([stop], AskedChanges(), of)
    assert "09:30" in line[0].shown
    assert " " not in line[0].shown
    assert line[3].shown.count(" ") == line[3].shown.count(", ") + 3, "around the dash, and in the name of the unit"
