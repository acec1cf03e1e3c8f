"""The page of stops: what waits for a reason, who gave which, and the hours that they add up to."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries import stop_reasons
from collector.entries.desk_actions import DeskEntries
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import detection as ledger_detection
from dashboards.web.stops_view import moment_within
from models.access.desk_actions import ActionRefused
from models.access.user import User, UserRole
from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.stated.stop_reason import StopPart, StopStatement
from models.tables.reasoned_stop import ReasonedStop
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk, done
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user
from tests.support.browser import page_of

pytestmark = pytest.mark.long

DISPATCHER = User(name="dispatcher", full_name="Dana A.", roles=(UserRole.DISPATCHER,))
CHIEF = User(name="chief", full_name="Serik A.", roles=(UserRole.SHOP_CHIEF,), shops=("steel",))
HOSTILE = '<img src=x onerror="document.title=1">& =cmd'
BEGUN_S = int(time.time()) // 60 * 60 - 20 * 3600
STOPS = {"bf2": 0, "bf3": 3600, "bof1": 7200, "hsm": 10_800}
"""By unit, how long after BEGUN_S its stop of two hours began."""


@pytest.fixture(scope="module")
def reasoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with four stops of two hours, and users."""
    folder = tmp_path_factory.mktemp("reasoned")
    for user in (DISPATCHER, CHIEF):
        AccessFile(folder / "data").add(user, PASSWORD, "test")
    desk = Desk(folder)
    stops = [
        OutputDrop(
            unit=unit, product="", kind=FindingKind.STOP, severity=1, start_s=BEGUN_S + after,
            end_s=BEGUN_S + after + 7200, evidence=dict.fromkeys(LANGUAGES, f"blast 0 % {HOSTILE}"),
        )
        for unit, after in STOPS.items()
    ]  # fmt: skip
    try:
        assert desk.ledger is not None
        done(desk.ledger.write(lambda connection: ledger_detection.enter_past(connection, stops)))
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def entries_of(desk: Desk) -> EntryFile:
    return EntryFile(load(desk.folder / "plant.yaml"))


def of(desk: Desk, unit: str) -> ReasonedStop:
    found = stop_reasons.listed(entries_of(desk), 0, int(time.time()))
    return next(stop for stop in found if stop.drop.unit == unit)


def opened(page: Page, unit: str) -> None:
    page.click(f"[data-stop^={unit}-] .button >> nth=0")
    page.wait_for_selector(".ask .part")


def choose(page: Page, part: int, reason: str) -> None:
    page.click(f".part >> nth={part} >> .reason")
    page.click(f".q-menu >> text='{reason}'")
    page.wait_for_selector(".q-menu", state="detached")


def test_a_dispatcher_names_the_reason_of_a_stop_and_it_waits_no_more(reasoned: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, reasoned, "dispatcher", "/stops")
        opened(page, "bf3")
        choose(page, 0, "Mechanical")
        page.fill(".part .comment input", f"tuyere {HOSTILE}")
        page.click(".ask .button.act")
        page.wait_for_selector(".ask", state="detached")
        line = page.inner_text("[data-stop^=bf3-]")
        assert f"Mechanical (tuyere {HOSTILE})" in line
        assert "stated by Dana A. (dispatcher)" in line
        assert page.locator("[data-stop^=bf3-]").count() == 1
        assert page.locator("[data-stop^=bf2-]").count() == 2
        assert page.title() != "1"
    stated = of(reasoned, "bf3").statement
    assert stated is not None
    assert stated.parts == (StopPart(BEGUN_S + 3600, "mechanical", f"tuyere {HOSTILE}"),)


def test_a_stop_is_split_and_joined_again_and_its_hours_add_up(reasoned: Desk, browser: Browser) -> None:
    cut_s = BEGUN_S + 10_800 + 1800
    clock = datetime.fromtimestamp(cut_s, UTC).astimezone(reasoned.plant.zone)
    with page_of(browser) as page:
        as_user(page, reasoned, "dispatcher", "/stops")
        opened(page, "hsm")
        page.click(".ask .button >> text=Split")
        page.wait_for_selector(".ask .part >> nth=1")
        choose(page, 0, "No orders")
        choose(page, 1, "Electrical")
        for typed, said in (("", "no time yet"), ("soon", "soon is no time"), (f"{clock:%H:%M}", "")):
            page.fill(".part .begin input", typed)
            page.click(".ask .button.act")
            if said:
                page.wait_for_function(f"document.querySelector('.ask .refusal').innerText.includes('{said}')")
        page.wait_for_selector(".ask", state="detached")
        assert of(reasoned, "hsm").statement is not None
        spans = of(reasoned, "hsm").spans(0)
        assert [(span.reason, span.end_s - span.start_s) for span in spans] == [
            ("no_orders", 1800),
            ("electrical", 5400),
        ]
        bars = page.inner_text(".pareto")
        assert "0.5" in bars
        assert "1.5" in bars
        opened(page, "hsm")
        page.click(".ask .button >> text=Join")
        page.click(".ask .button.act")
        page.wait_for_selector(".ask", state="detached")
        assert len(of(reasoned, "hsm").spans(0)) == 1


def test_of_two_who_name_a_reason_at_once_the_second_is_told_who_was_first(reasoned: Desk, browser: Browser) -> None:
    with page_of(browser) as first, page_of(browser) as second:
        as_user(first, reasoned, "dispatcher", "/stops")
        as_user(second, reasoned, "chief", "/stops")
        for page in (first, second):
            opened(page, "bof1")
            choose(page, 0, "Transport" if page is first else "Other")
        first.click(".ask .button.act")
        first.wait_for_selector(".ask", state="detached")
        second.click(".ask .button.act")
        second.wait_for_selector(".ask .refusal:visible")
        assert "Dana A. (dispatcher) stated a reason" in second.inner_text(".ask .refusal")
        stated = of(reasoned, "bof1").statement
        assert stated is not None
        assert stated.parts[0].reason == "transport"


def test_a_chief_is_offered_the_stops_of_the_shop_alone_and_others_are_refused(
    reasoned: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        as_user(page, reasoned, "chief", "/stops")
        page.wait_for_selector("[data-stop^=bof1-] .button")
        assert page.query_selector("[data-stop^=bf2-] .button") is None
    desk = DeskEntries(entries_of(reasoned))
    stop = StopStatement(0, "bf2", BEGUN_S, (StopPart(BEGUN_S, "other"),), "")
    for user in (CHIEF, *(User(name="x", full_name="", roles=(role,)) for role in UserRole)):
        if UserRole.DISPATCHER in user.roles or (user.roles == (UserRole.SHOP_CHIEF,) and not user.shops):
            continue
        with pytest.raises(ActionRefused, match="your roles do not allow this"):
            desk.state_reasons(user, stop)
    assert of(reasoned, "bf2").statement is None


@pytest.mark.parametrize(
    ("stop", "why"),
    [
        (StopStatement(0, "bf2", BEGUN_S + 1, (StopPart(BEGUN_S + 1, "other"),), ""), "there is no such stop"),
        (StopStatement(0, "bf2", BEGUN_S, (StopPart(BEGUN_S, "gone"),), ""), "there is no such reason"),
        (
            StopStatement(0, "bf2", BEGUN_S, (StopPart(BEGUN_S, "other"), StopPart(BEGUN_S + 7200, "planned")), ""),
            "before the stop ends",
        ),
    ],
)
def test_what_cannot_be_is_refused(reasoned: Desk, stop: StopStatement, why: str) -> None:
    with pytest.raises(ActionRefused, match=why):
        DeskEntries(entries_of(reasoned)).state_reasons(DISPATCHER, stop)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, reasoned: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, reasoned, "dispatcher", "/stops")
        page.goto(f"{reasoned.url}/stops?days=30&lang={language}")
        page.wait_for_selector("[data-stop]")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []
        opened(page, "bf2")
        page.wait_for_timeout(500)
        assert violations(page, language) == []


ZONE = ZoneInfo("Asia/Almaty")


@pytest.mark.parametrize(
    ("said", "minutes"),
    [("23:30", 30), ("00:30", 90), ("24.11 00:30", 90), (" 00:30 ", 90), ("22:30", None), ("x", None), ("", None)],
)
def test_a_time_is_understood_within_a_stop_that_passes_midnight(said: str, minutes: int | None) -> None:
    start_s = int(datetime(2026, 11, 23, 23, 0, tzinfo=ZONE).timestamp())
    found = moment_within(said, (start_s, start_s + 4 * 3600), ZONE)
    assert found == (None if minutes is None else start_s + minutes * 60)
