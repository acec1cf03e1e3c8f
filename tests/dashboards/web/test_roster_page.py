"""The page of the on-call roster: entered by keyboard, told to everybody, and never overwritten unseen."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from collector.access.access_file import AccessFile
from collector.access.roster_file import RosterFile
from collector.alerts.duty_roster import DutyRoster
from collector.config.load import load
from dashboards.web.texts import text
from models.access.user import User, UserRole
from models.alerts.incident import Recipient, Role
from models.alerts.roster import DutyChange, DutyEntry, DutyShift
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user
from tests.support.browser import page_of

NS = 10**9
DISPATCHER = User(name="dispatcher", full_name="Dana A.", roles=(UserRole.DISPATCHER,))
OTHER = User(name="other", full_name="Marat B.", roles=(UserRole.SHOP_CHIEF,))
STEEL_CHIEF = User(name="chief", full_name="Serik A.", roles=(UserRole.SHOP_CHIEF,), shops=("steel",))
VIEWER = User(name="viewer", full_name="", roles=(UserRole.VIEWER,))
GONE = User(name="gone", full_name="", roles=(UserRole.DISPATCHER,), disabled=True)
HOSTILE = '<img src=x onerror="document.title=1">'
DUTY, STEEL = Recipient(Role.DISPATCHER), Recipient(Role.SHOP_CHIEF, "steel")
NEXT_WEEK = (datetime.now(UTC).date() + timedelta(days=7)).isoformat()


def with_people(config: dict[str, Any]) -> None:
    mail = {"type": "email", "to": ["desk@works.example"]}
    relay = {"host": "127.0.0.1", "port": 1, "starttls": "none-on-loopback", "from": "t@works.example"}
    config["alerts"] = {
        "smtp": relay,
        "roles": {"dispatcher": [mail], "instruments": [mail]},
        "shops": {"steel": {"shop_chief": [mail]}},
        "people": {
            "dispatcher": {"name": "Dana Akhmetova", "channels": [mail]},
            "other": {"name": f"Marat {HOSTILE}", "channels": [mail]},
            "gone": {"name": "Gulnara G.", "channels": [mail]},
            "mute": {"name": "Mukhtar M."},
        },
    }


@pytest.fixture(scope="module")
def rostered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of a works with four people who could be on duty."""
    folder = tmp_path_factory.mktemp("rostered")
    access = AccessFile(folder / "data")
    for user in (DISPATCHER, OTHER, STEEL_CHIEF, VIEWER, GONE):
        access.add(user, PASSWORD, "test")
    desk = Desk(folder, edit=with_people)
    try:
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def now_of(desk: Desk, duty: Recipient = DUTY) -> DutyShift:
    settings = load(desk.folder / "plant.yaml")
    found = DutyRoster(settings.plant, settings.alerts, settings.data_dir).now(time.time_ns())
    return next(shift for shift in found if shift.duty == duty)


def enter(desk: Desk, person: str, shift: DutyShift) -> None:
    """As somebody else's desk would."""
    seen = 0 if shift.entry is None else shift.entry.id

    def never(_entry: DutyEntry) -> Any:  # noqa: ANN401 - is not called
        raise AssertionError("nobody entered anything else")

    change = DutyChange(shift.duty, shift.start_s, person, seen)
    RosterFile(desk.folder / "data").enter([change], "Aigul S. (clerk)", never)


def entered(desk: Desk) -> list[DutyEntry]:
    return RosterFile(desk.folder / "data").newest(1000)


def opened(page: Page, desk: Desk, user: str, week: str = "", language: str = "en") -> None:
    as_user(page, desk, user, f"/alerts/roster?week={week}&lang={language}")
    page.wait_for_selector("table.roster")


@pytest.mark.long
def test_a_dispatcher_enters_who_is_on_duty_by_keyboard_alone_and_the_page_of_alerts_names_the_person(
    rostered: Desk, browser: Browser
) -> None:
    before = len(entered(rostered))
    with page_of(browser) as page, page_of(browser) as other:
        as_user(other, rostered, "viewer", "/alerts?lang=en")
        opened(page, rostered, "dispatcher")
        assert "Nobody is entered. Messages go to the receivers of alerts.roles.dispatcher." in page.inner_text(
            ".on-duty"
        )
        page.focus("tr.runs td >> nth=0 >> select")
        page.keyboard.type("Dana")
        page.wait_for_selector("text=Chosen and not saved yet: 1")
        assert len(entered(rostered)) == before, "nothing is stored before it is saved"
        page.focus(".buttons .button.act")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Saved.")
        page.wait_for_selector(".on-duty .person >> text=Dana Akhmetova, until")
        other.wait_for_selector(".on-duty >> text=dispatcher: Dana Akhmetova, until", timeout=60_000)
    newest = entered(rostered)[0]
    assert (newest.person, newest.author, newest.duty) == ("dispatcher", "Dana A. (dispatcher)", DUTY)
    assert now_of(rostered).name == "Dana Akhmetova"


@pytest.mark.long
def test_the_second_on_one_shift_is_told_what_the_first_entered_and_replaces_it_only_after_that(
    rostered: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        opened(page, rostered, "other", NEXT_WEEK)
        select = page.locator("table.roster select").first
        title = select.get_attribute("aria-label")
        select.select_option("dispatcher")
        settings = load(rostered.folder / "plant.yaml")
        roster = DutyRoster(settings.plant, settings.alerts, settings.data_dir).between(0, 2**40)
        monday = date.fromisoformat(NEXT_WEEK).toordinal() - date.fromisoformat(NEXT_WEEK).weekday()
        first = next(shift for shift in roster.days(settings.plant, DUTY, monday))
        enter(rostered, "other", first)
        page.click(".buttons .button.act")
        page.wait_for_selector(".refusal:visible")
        said = page.inner_text(".refusal:visible")
        assert f"Aigul S. (clerk) entered Marat {HOSTILE} meanwhile" in said
        assert page.title() != "1"
        again = page.locator(f"select[aria-label='{title}']")
        assert again.input_value() == "dispatcher", "what was chosen stays"
        page.click(".buttons .button.act")
        page.wait_for_selector("text=Saved.")
    assert [entry.person for entry in entered(rostered)[:2]] == ["dispatcher", "other"], "both stay on record"


def test_who_cannot_be_reached_is_told_with_why(rostered: Desk, browser: Browser) -> None:
    duty = Recipient(Role.INSTRUMENTS)
    with page_of(browser) as page:
        for person, why in (
            ("gone", "Gulnara G.: this user is disabled"),
            ("mute", "Mukhtar M.: no channel in plant.yaml under alerts.people"),
        ):
            enter(rostered, person, now_of(rostered, duty))
            opened(page, rostered, "viewer")
            assert f"{why}. Messages go to the receivers of alerts.roles.instruments." in page.inner_text(".on-duty")
            assert page.locator("tr.runs td.gap").count() >= 1


def test_a_week_is_filled_from_the_one_before_and_looked_at_before_it_is_saved(
    rostered: Desk, browser: Browser
) -> None:
    after = (date.fromisoformat(NEXT_WEEK) + timedelta(days=7)).isoformat()
    with page_of(browser) as page:
        opened(page, rostered, "dispatcher", NEXT_WEEK)
        if page.locator("table.roster select").first.input_value() == "":
            page.locator("table.roster select").first.select_option("dispatcher")
            page.click(".buttons .button.act")
            page.wait_for_selector("text=Saved.")
        opened(page, rostered, "dispatcher", after)
        before = len(entered(rostered))
        page.click(".buttons .button.quiet")
        page.wait_for_selector("text=Chosen and not saved yet: 1")
        assert page.locator("table.roster select").first.input_value() == "dispatcher"
        assert len(entered(rostered)) == before
        page.click(".buttons .button.act")
        page.wait_for_selector("text=Saved.")
        assert len(entered(rostered)) == before + 1


def test_who_may_not_enter_chooses_nothing_and_a_chief_only_the_duties_of_the_own_shop(
    rostered: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        opened(page, rostered, "viewer", NEXT_WEEK)
        assert page.locator("table.roster select").count() == 0
        assert page.is_visible(".hint")
        opened(page, rostered, "chief", NEXT_WEEK)
        titles = [each.get_attribute("aria-label") for each in page.locator("table.roster select").all()]
        assert titles
        assert all(title is not None and title.startswith("chief of the shop, ") for title in titles)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_roster_is_neither_cut_nor_covered_in_any_language_and_axe_finds_nothing(
    language: Language, rostered: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        opened(page, rostered, "dispatcher", language=language)
        assert page.title().startswith(text("roster_title", language))
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []
