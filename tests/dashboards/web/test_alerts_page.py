"""The page of alerts: what holds, who was told, and what a dispatcher does about it."""

import io
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries import alerts
from collector.entries.entry_file import EntryFile
from dashboards.web.texts import text
from models.access.user import User, UserRole
from models.alerts.incident import IncidentState
from models.alerts.incident_record import ListedIncident
from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.findings import finding_of
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user
from tests.support.browser import page_of

pytestmark = pytest.mark.long

DISPATCHER = User(name="dispatcher", full_name="Dana A.", roles=(UserRole.DISPATCHER,))
STEEL_CHIEF = User(name="chief", full_name="Serik A.", roles=(UserRole.SHOP_CHIEF,), shops=("steel",))
VIEWER = User(name="viewer", full_name="", roles=(UserRole.VIEWER,))
HOSTILE = '<img src=x onerror="document.title=1">& =cmd'


@pytest.fixture(scope="module")
def acting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with three users."""
    folder = tmp_path_factory.mktemp("acting")
    for user in (DISPATCHER, STEEL_CHIEF, VIEWER):
        AccessFile(folder / "data").add(user, PASSWORD, "test")
    desk = Desk(folder)
    try:
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def drop(unit: str) -> OutputDrop:
    now_s = int(time.time())
    return OutputDrop(
        unit=unit, product="pig_iron", kind=FindingKind.STOP, severity=1, start_s=now_s - 900, end_s=None,
        cause_unit="", evidence=dict.fromkeys(LANGUAGES, f"blast 0 % {HOSTILE}"),
    )  # fmt: skip


def raise_on(desk: Desk, *units: str) -> None:
    """Incidents of stops at these units, and of no others."""
    desk.report()
    drops = [drop(unit) for unit in units]
    desk.judge(drops=drops, findings=[finding_of(each, 120.0, {}, each.evidence) for each in drops])


def open_ones(desk: Desk) -> dict[str, ListedIncident]:
    """The open incidents by unit."""
    entries = EntryFile(load(desk.folder / "plant.yaml"))
    return {each.incident.root.finding.unit: each for each in alerts.listed(entries, ended=False)}


def of(page: Page, desk: Desk, unit: str) -> str:
    return f"#incident-{open_ones(desk)[unit].incident.id}"


def test_a_dispatcher_acknowledges_with_a_note_and_everybody_who_looks_sees_who(acting: Desk, browser: Browser) -> None:
    raise_on(acting, "bf3")
    with page_of(browser) as page, page_of(browser, width=390) as other:
        as_user(page, acting, "dispatcher", "/alerts")
        as_user(other, acting, "viewer", "/alerts")
        card = of(page, acting, "bf3")
        page.click(f"{card} .button.act")
        page.fill(".ask input", f"tuyere {HOSTILE}")
        page.click(".ask .button.act")
        page.wait_for_selector(f"{card}.acknowledged")
        other.wait_for_selector(f"{card}.acknowledged")
        assert "Dana A. (dispatcher)" in other.inner_text(card)
        assert page.query_selector(f"{card} .button.act") is None
        page.click(f"{card} summary >> text=Record")
        assert HOSTILE in page.inner_text(card)
        assert page.title() != "1"
    record = open_ones(acting)["bf3"]
    assert record.incident.state is IncidentState.ACKNOWLEDGED
    assert record.events[-1].event.author == "Dana A. (dispatcher)"
    assert record.events[-1].event.detail == f"tuyere {HOSTILE}"


def test_two_acknowledge_at_once_and_the_second_is_told_who_was_first(acting: Desk, browser: Browser) -> None:
    raise_on(acting, "bf2")
    with page_of(browser) as first, page_of(browser) as second:
        for page in (first, second):
            as_user(page, acting, "dispatcher", "/alerts")
            page.click(f"{of(page, acting, 'bf2')} .button.act")
            page.wait_for_selector(".ask input")
        first.click(".ask .button.act")
        first.wait_for_selector(".ask", state="detached")
        second.fill(".ask input", "mine")
        second.click(".ask .button.act")
        second.wait_for_selector(".ask .refusal:visible")
        assert "acknowledged already, by Dana A. (dispatcher)" in second.inner_text(".ask .refusal")
        assert second.input_value(".ask input") == "mine"


def test_a_mute_needs_a_reason_ends_by_itself_and_can_be_taken_back(acting: Desk, browser: Browser) -> None:
    raise_on(acting, "bf4")
    with page_of(browser) as page:
        as_user(page, acting, "dispatcher", "/alerts")
        card = of(page, acting, "bf4")
        page.click(f"{card} .button >> text=Mute")
        page.click(".ask .button >> text=8 h")
        page.wait_for_selector(".ask .refusal:visible")
        assert open_ones(acting)["bf4"].incident.muted_until_s is None
        page.fill(".ask input", "known, the crew is there")
        page.click(".ask .button >> text=8 h")
        page.wait_for_selector(f"{card} .button >> text=Unmute")
        until_s = open_ones(acting)["bf4"].incident.muted_until_s
        assert until_s is not None
        assert abs(until_s - time.time() - 8 * 3600) < 60
        page.click(f"{card} .button >> text=Unmute")
        page.wait_for_selector(f"{card} .button >> text='Mute'")
        assert open_ones(acting)["bf4"].incident.muted_until_s is None


def test_who_may_not_act_is_offered_nothing_and_is_told_why(acting: Desk, browser: Browser) -> None:
    raise_on(acting, "bf3", "bof1")
    with page_of(browser) as page:
        as_user(page, acting, "viewer", "/alerts")
        assert page.query_selector(".incident .button") is None
        assert "let you read" in page.inner_text(".hint")
    with page_of(browser) as page:
        as_user(page, acting, "chief", "/alerts")
        page.wait_for_selector(f"{of(page, acting, 'bof1')} .button")
        assert page.query_selector(f"{of(page, acting, 'bf3')} .button") is None


def test_a_right_or_a_session_that_ended_with_a_dialog_open_changes_nothing_and_keeps_what_was_typed(
    acting: Desk, browser: Browser
) -> None:
    raise_on(acting, "bof2")
    file = AccessFile(acting.folder / "data")
    with page_of(browser) as page:
        as_user(page, acting, "dispatcher", "/alerts")
        page.click(f"{of(page, acting, 'bof2')} .button.act")
        page.fill(".ask input", "looking")
        file.change(replace(DISPATCHER, roles=(UserRole.VIEWER,)), "test")
        page.click(".ask .button.act")
        page.wait_for_selector(".ask .refusal:visible")
        assert "do not allow" in page.inner_text(".ask .refusal")
        file.change(DISPATCHER, "test")
        file.reset("dispatcher", PASSWORD, "test")
        page.click(".ask .button.act")
        page.wait_for_function("document.querySelector('.ask .refusal').innerText.includes('session has ended')")
        assert page.input_value(".ask input") == "looking"
    assert open_ones(acting)["bof2"].incident.state is IncidentState.RAISED


def test_an_acknowledgement_by_keyboard_alone(acting: Desk, browser: Browser) -> None:
    raise_on(acting, "hsm")
    with page_of(browser) as page:
        as_user(page, acting, "dispatcher", "/alerts")
        page.focus(f"{of(page, acting, 'hsm')} .button.act")
        page.keyboard.press("Enter")
        page.wait_for_selector(".ask input:focus")
        page.keyboard.type("roll change")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"{of(page, acting, 'hsm')}.acknowledged")


def test_calm_is_not_said_over_a_collector_that_is_silent(acting: Desk, browser: Browser) -> None:
    raise_on(acting)
    with page_of(browser) as page:
        as_user(page, acting, "viewer", "/alerts")
        page.wait_for_selector("text=No incident is open.")
        page.wait_for_selector(".not-known:visible", timeout=90_000)
        assert not page.is_visible("text=No incident is open.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, acting: Desk, browser: Browser) -> None:
    raise_on(acting, "bf3", "bof1", "mine1")
    with page_of(browser) as page:
        as_user(page, acting, "dispatcher", "/alerts")
        page.goto(f"{acting.url}/alerts?lang={language}")
        page.wait_for_selector(".incident")
        assert text("rules_look_since", language) in page.inner_text(".alerts-page"), "no incident is no proof of calm"
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []
        page.click(".incident .button.act")
        page.wait_for_selector(".ask input")
        page.wait_for_timeout(500)
        assert violations(page, language) == []


def test_an_incident_is_acknowledged_on_the_page_of_its_unit_too(acting: Desk, browser: Browser) -> None:
    raise_on(acting, "mine2")
    with page_of(browser) as page:
        as_user(page, acting, "dispatcher", "/unit/mine2")
        card = of(page, acting, "mine2")
        page.click(f"{card} .button.act")
        page.fill(".ask input", "belt is being joined")
        page.click(".ask .button.act")
        page.wait_for_selector(f"{card}.acknowledged")
        page.goto(f"{acting.url}/unit/mine1?lang=en")
        page.wait_for_selector(".unit-state")
        assert page.query_selector(".incident") is None


def test_what_a_reader_opened_stays_open_while_other_incidents_change(acting: Desk, browser: Browser) -> None:
    raise_on(acting, "bf3", "bof1")
    with page_of(browser) as page:
        as_user(page, acting, "viewer", "/alerts")
        page.click(f"{of(page, acting, 'bof1')} summary >> text=Record")
        alerts.acknowledge(
            EntryFile(load(acting.folder / "plant.yaml")), open_ones(acting)["bf3"].incident.id, by="Marat"
        )
        page.wait_for_selector(f"{of(page, acting, 'bf3')}.acknowledged")
        assert page.locator(f"{of(page, acting, 'bof1')} details[open]").count() == 1


def test_the_history_is_handed_out_as_a_spreadsheet_to_who_may_read_it_and_to_nobody_else(
    acting: Desk, browser: Browser
) -> None:
    raise_on(acting, "bf3")
    with page_of(browser) as page:
        as_user(page, acting, "viewer", "/alerts?lang=ru")
        with page.expect_download() as handed:
            page.click("text=31 сут XLSX")
        sheet = load_workbook(io.BytesIO(handed.value.path().read_bytes())).worksheets[0]
        assert sheet["A1"].value == "№"
        states = {row[0].value: row[3].value for row in sheet.iter_rows(min_row=2)}
        assert states[open_ones(acting)["bf3"].incident.id] in {"открыт", "квитирован"}
        answer = page.request.get(f"{acting.url}/alerts.csv?days=-1&lang=kk")
        assert answer.text().splitlines()[0].startswith("№,Деңгейі,Оқиға,Күйі,")
        page.context.clear_cookies()
        for form in ("xlsx", "csv"):
            refused = page.request.get(f"{acting.url}/alerts.{form}", max_redirects=0)
            assert (refused.status, "Content-Disposition" in refused.headers) in {(303, False), (401, False)}
