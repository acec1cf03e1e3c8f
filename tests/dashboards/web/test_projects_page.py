"""The page of projects: figures of the tables, milestones by the briefing's rules, indicators, as known on a day."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import apsw
import pytest
from playwright.sync_api import Browser

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries.desk_actions import DeskEntries
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import measures as ledger_measures
from collector.storage.ledger import milestones as ledger_milestones
from dashboards.web.texts import text
from models.access.desk_actions import ActionRefused
from models.access.user import User, UserRole
from models.stated.measure import MeasureKind, StatedMeasure
from models.stated.milestone_word import MilestoneWord
from models.works.calendar import local_date
from models.works.localize import LANGUAGES, Language
from models.works.month import month_of, shifted
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user
from tests.support.broken_words import broken_words
from tests.support.browser import page_of

pytestmark = pytest.mark.long

PLANNER = User(name="planner", full_name="Pavel R.", roles=(UserRole.PLANNER,))
OF_MINES = User(name="miner", full_name="", roles=(UserRole.PLANNER,), shops=("mines",))
DIRECTOR = User(name="director", full_name="Askar T.", roles=(UserRole.DIRECTOR,))
HOSTILE = '<img src=x onerror="document.title=1">'
DAY_NS = 86_400 * 10**9


def declared(config: dict[str, Any]) -> None:
    today = local_date(ZoneInfo(config["site"]["zone"]), time.time_ns())
    config["projects"] = [
        {
            "code": "mill", "owner": HOSTILE, "contractor": "Builders LLP", "currency": "KZT", "budget": 5000,
            "names": {"en": f"Section mill {HOSTILE}", "ru": "Сортопрокатный стан", "kk": "Сорттық илемдеу станы"},
            "milestones": [
                {"code": "furnace", "names": {"en": "Furnace fired", "ru": "Розжиг печи"},
                 "planned": today - timedelta(days=40)},
                {"code": "stands", "names": {"en": "Stands installed", "ru": "Клети смонтированы"},
                 "planned": today - timedelta(days=400)},
            ],
            "adds_capacity": {"product": next(iter(config["products"]))["code"], "t_per_year": 450_000,
                              "from_milestone": "stands"},
        },
        {"code": "line", "names": {"en": "Coating line"}, "owner": "B.", "currency": "USD"},
    ]  # fmt: skip
    config["indicators"] = [
        {"code": code, "names": {"en": name}, "unit_of_measure": {"en": "bn tenge"}, "definition": "all of it"}
        for code, name in (("output", "Industrial output"), ("trade", "Trade"), ("housing", "Housing"))
    ]


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of a works with two projects and three series; a payment was corrected today."""
    folder = tmp_path_factory.mktemp("projects")
    for user in (DIRECTOR, PLANNER, OF_MINES):
        AccessFile(folder / "data").add(user, PASSWORD, "test")
    desk = Desk(folder, ledger=False, edit=declared)
    now_ns = time.time_ns()
    today = local_date(desk.plant.zone, now_ns).toordinal()
    last = shifted(month_of(today), -1)

    def stated(subject: str, kind: MeasureKind, value: str, back: int = 0, **more: Any) -> StatedMeasure:  # noqa: ANN401
        start = shifted(last, -back)
        given = {"growth_pct": None, "source": f"Act {HOSTILE}", "stated_on": today - 5, "author": "P."} | more
        return StatedMeasure(
            subject=subject, kind=kind, start=start, end=shifted(start, 1), value=Decimal(value), **given
        )

    then = [
        stated("mill", MeasureKind.PAID, "2500", 1),
        stated("mill", MeasureKind.PAID_PLAN, "5000", 1),
        stated("mill", MeasureKind.WORK_PLAN, "3000", 1),
        stated("mill", MeasureKind.PHYSICAL_PCT, "45.5", 1),
        stated("output", MeasureKind.VALUE, "107.0", growth_pct=Decimal("7.5")),
        stated("output", MeasureKind.VALUE, "100", 12),
        stated("trade", MeasureKind.VALUE, "10"),
        stated("trade", MeasureKind.VALUE, "0", 12),
    ]
    word = {"project": "mill", "source": "Minutes", "stated_on": today - 5, "author": "P."}
    words = [
        MilestoneWord(milestone="furnace", forecast=today + 15, fact=None, **word),  # type: ignore[arg-type]
        MilestoneWord(milestone="stands", forecast=None, fact=today - 390, **word),  # type: ignore[arg-type]
    ]
    now = [stated("mill", MeasureKind.PAID, "5250", 1, stated_on=today)]

    def state(connection: apsw.Connection) -> None:
        ledger_measures.add(connection, then, now_ns - 3 * DAY_NS)
        ledger_milestones.add(connection, words, now_ns - 3 * DAY_NS)

    settings = load(folder / "plant.yaml")
    try:
        # The ledger records at a time that never goes back.
        EntryFile(settings, lambda: now_ns - 3 * DAY_NS).write(state)
        EntryFile(settings).write(lambda connection: ledger_measures.add(connection, now, now_ns))
        desk.wait()
        yield desk
    finally:
        desk.end()


def read(page: Any, selector: str) -> str:  # noqa: ANN401
    return str(page.inner_text(selector)).replace("\xa0", " ")


SAID = {
    "en": ("5.3 bn tenge (105 %)", "Section mill", "1, by up to 55 d", "1 of 2"),
    "ru": ("5,3 млрд тенге (105 %)", "Сортопрокатный стан", "1, до 55 сут", "1 из 2"),
    "kk": ("5,3 млрд теңге (105 %)", "Сорттық илемдеу станы", "1, 55 тәулікке дейін", "2 кезеңнен 1"),
}
CAPACITY = {"en": "Adds to capacity 450 kt a year", "ru": "Прирост мощности: 450 тыс. т в год",
            "kk": "Қуат өсімі: жылына 450 мың тонна"}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_director_sees_each_project_its_late_milestone_and_the_growth_that_differs(
    language: Language, projects: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        as_user(page, projects, "director", f"/report?lang={language}")
        page.click(f".report-files >> text={text('projects_title', language)}")
        page.wait_for_selector(".projects-page h2")
        mill = read(page, "[data-project=mill]")
        for words in SAID[language]:
            assert words in mill
        assert text("project_months_unpaid", language).format(count=1) in mill, "the last month is over, and not paid"
        assert HOSTILE in mill
        assert CAPACITY[language] in mill
        assert "added-capacity" not in page.inner_html("[data-project=line]")
        assert text("no_data", language) in read(page, "[data-project=line]")
        assert text("project_nothing", language) in read(page, "[data-project=line]")
        indicators = read(page, ".projects-page .panel:last-of-type")
        for key in ("indicator_differs", "indicator_base_not_above_zero", "indicator_nothing"):
            assert text(key, language) in indicators
        growth = {"en": ("+7.5 %", "+7 %"), "ru": ("+7,5 %", "+7 %"), "kk": ("+7,5 %", "+7 %")}[language]
        assert all(each in indicators for each in growth)
        assert page.title() != "1"
        assert errors == []


def test_it_says_what_was_known_on_an_earlier_day_and_refuses_one_to_come(projects: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, projects, "director", "/projects?lang=en")
        page.wait_for_selector(".projects-page h2")
        yesterday = local_date(projects.plant.zone, time.time_ns() - DAY_NS).isoformat()
        page.fill(".known-on input", yesterday)
        page.wait_for_selector(f".known-on a >> text={text('projects_now', 'en')}")
        assert f"known={yesterday}" in page.url
        assert "2.5 bn tenge (50 %)" in read(page, "[data-project=mill]")
        page.click(f".known-on a >> text={text('projects_now', 'en')}")
        page.wait_for_selector("text=5.3")
        for asked in ("2150-01-01", "x"):
            page.goto(f"{projects.url}/projects?known={asked}&lang=en")
            page.wait_for_selector(".warning")
            assert asked in read(page, ".warning")
            assert "5.3 bn tenge" in read(page, "[data-project=mill]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, projects: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, projects, "planner", f"/projects?lang={language}")
        page.wait_for_selector(".projects-page h2")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        assert {width: broken_words(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []


def test_a_planner_states_a_month_and_a_milestone_and_both_are_on_record(projects: Desk, browser: Browser) -> None:
    today = local_date(projects.plant.zone, time.time_ns())
    with page_of(browser) as page:
        as_user(page, projects, "planner", "/projects?lang=en")
        page.click("[data-project=line] .state-month")
        page.wait_for_selector(".ask.project-ask")
        page.wait_for_timeout(500)  # it fades in
        # Without colours, which are those of every dialog: axe sees the page behind this one through it.
        assert violations(page, "kk") == []
        page.fill(".project-period input", "2026-01")
        page.fill(".project-paid input", "-5")
        page.fill(".project-jobs input", "1.5")
        page.fill(".project-source input", "Act 9")
        page.click(".ask .button.act")
        page.wait_for_selector(".ask .refusal:visible")
        assert "in red beside the fields" in page.inner_text(".ask .refusal")
        assert "-5 is below zero: correct it." in page.inner_text(".project-paid")
        assert "jobs are whole" in page.inner_text(".project-jobs")
        assert "Fill this in." in page.inner_text(".project-stated-on")
        page.wait_for_timeout(500)
        assert violations(page, "kk") == []
        page.fill(".project-stated-on input", "2026-02-10")
        page.fill(".project-jobs input", "")
        page.fill(".project-paid input", "12,5")
        page.click(".ask .button.act")
        page.wait_for_selector("[data-project=line] .tile >> text=12.5")
        assert "12.5 m US dollars" in read(page, "[data-project=line]")

        page.click("[data-project=mill] .state-milestone")
        page.fill(".project-fact input", today.isoformat())
        page.fill(".project-source input", "Act 10")
        page.fill(".project-stated-on input", today.isoformat())
        page.click(".ask .button.act")
        page.wait_for_selector("[data-project=mill] .tile >> text='2 of 2'")

        page.click("[data-project=line] .state-month")
        page.fill(".project-period input", "2026-01")
        page.fill(".project-paid input", "11")
        page.fill(".project-source input", "Act 8")
        page.fill(".project-stated-on input", "2026-02-01")
        page.click(".ask .button.act")
        page.wait_for_selector(".ask .refusal >> text=a newer document stands")
        page.goto(f"{projects.url}/changes?lang=en")
        page.wait_for_selector(".changes-page table")
        said = read(page, ".changes-page")
        assert "Pavel R. (planner)" in said
        assert "Act 9" in said


def test_an_amount_beyond_the_budget_is_asked_about_and_a_month_is_withdrawn(projects: Desk, browser: Browser) -> None:
    today = local_date(projects.plant.zone, time.time_ns())
    first = shifted(month_of(today.toordinal()), -1)
    month = date.fromordinal(first)
    with page_of(browser) as page:
        as_user(page, projects, "planner", "/projects?lang=en")
        page.click("[data-project=mill] .state-month")
        page.fill(".project-period input", f"{month:%Y-%m}")
        page.fill(".project-paid input", "1")
        page.fill(".project-source input", "Act 11")
        page.fill(".project-stated-on input", today.isoformat())
        page.click(".ask .button.act")
        page.wait_for_selector(".ask .refusal:visible")
        assert "paid comes to 5,251 with this, more than its budget of 5,000 (million tenge)" in read(
            page, ".ask .refusal"
        )
        page.fill(".project-paid input", "2")
        page.wait_for_selector(".ask .button.act >> text=Save")
        page.click(".ask .button.act")
        page.wait_for_selector(".ask .refusal >> text=5,252")
        page.click(".ask .button.act >> text=It is so: save")
        page.wait_for_selector("[data-project=mill] td >> text=2 m tenge")

        page.click("[data-project=mill] .withdraw-stated")
        # Nothing is chosen beforehand, so a hasty click takes nothing back.
        page.click(".ask .button.act")
        page.wait_for_selector(".ask >> text=choose what is withdrawn")
        page.click(".project-thing")
        page.click(f".q-menu .q-item >> text={month:%B %Y}: Payment, done 2")
        page.wait_for_timeout(500)
        assert violations(page, "kk") == []
        page.click(".ask .button.act")
        page.wait_for_function(
            "(mill => mill && !mill.innerText.includes('2\\u00a0m\\u00a0tenge'))"
            "(document.querySelector('[data-project=mill]'))"
        )
        page.goto(f"{projects.url}/changes?kind=measure&lang=en")
        page.wait_for_selector(".changes-page table")
        assert "Project or indicator: withdrawn" in read(page, ".changes-page")
        assert "Project or indicator: withdrawn since" in read(page, ".changes-page")


@pytest.mark.parametrize("name", ["director", "miner"])
def test_who_does_not_plan_the_works_states_no_project_whatever_the_page_offers(
    name: str, projects: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        as_user(page, projects, name, "/projects?lang=en")
        page.wait_for_selector(".projects-page h2")
        assert page.query_selector(".state-month") is None
    actions = DeskEntries(EntryFile(load(projects.folder / "plant.yaml")))
    user = {"director": DIRECTOR, "miner": OF_MINES}[name]
    cells = {"project": "mill", "period": "2026-01", "paid": "1", "source": "x", "stated_on": "2026-02-01"}
    for act in (partial(actions.state_project_month, confirmed=True), actions.state_milestone):
        with pytest.raises(ActionRefused, match="roles do not allow"):
            act(user, cells)
