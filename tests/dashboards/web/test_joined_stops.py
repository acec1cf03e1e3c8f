"""Two stops of a unit that a dispatcher counts as one: asked about, counted once everywhere, and taken back."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries import stop_reasons
from collector.entries.desk_actions import DeskEntries
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import stop_reasons as ledger_reasons
from models.access.desk_actions import ActionRefused
from models.access.user import User, UserRole
from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.stated.stop_reason import StopPart, StopSeen, StopStatement
from models.tables.reasoned_stop import ReasonedStop
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk, done
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user
from tests.support.browser import page_of

DISPATCHER = User(name="dispatcher", full_name="Dana A.", roles=(UserRole.DISPATCHER,))
CHIEF = User(name="chief", full_name="Serik A.", roles=(UserRole.SHOP_CHIEF,), shops=("steel",))
MINUTE_S = 60
BEGUN_S = int(time.time()) // 60 * 60 - 20 * 3600
STOPS = {
    "bf2": [(0, 60), (80, 140)],
    "bf3": [(0, 60), (80, 140), (150, 180)],
    "bof1": [(0, 60), (600, 660)],
    "hsm": [(0, 60), (61, 120)],
}
"""By unit, the minutes after BEGUN_S in which it stood. Between those of bof1 lies more than a shift."""


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with units that stood more than once, and users."""
    folder = tmp_path_factory.mktemp("twice")
    for user in (DISPATCHER, CHIEF):
        AccessFile(folder / "data").add(user, PASSWORD, "test")
    desk = Desk(folder)
    stops = [
        OutputDrop(
            unit=unit, product="", kind=FindingKind.STOP, severity=1, start_s=BEGUN_S + first * MINUTE_S,
            end_s=BEGUN_S + end * MINUTE_S, evidence=dict.fromkeys(LANGUAGES, "blast 0 %"),
        )
        for unit, spans in STOPS.items()
        for first, end in spans
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


def of(desk: Desk, unit: str, start_s: int = 0, end_s: int = 2**40) -> list[ReasonedStop]:
    """The oldest first."""
    found = stop_reasons.listed(entries_of(desk), start_s, end_s)
    return [stop for stop in reversed(found) if stop.drop.unit == unit]


def seen(stop: ReasonedStop) -> StopSeen:
    return StopSeen(stop.drop.unit, stop.drop.start_s, 0 if stop.statement is None else stop.statement.id)


def pressed(page: Page, what: str) -> None:
    page.click(f".panel:last-of-type {what}")
    page.wait_for_selector(".ask")


def confirmed(page: Page) -> None:
    page.click(".ask .button.act")
    page.wait_for_selector(".ask", state="detached")


@pytest.mark.long
def test_a_dispatcher_joins_two_stops_is_asked_about_what_ran_between_and_takes_it_back(
    twice: Desk, browser: Browser
) -> None:
    second_s = BEGUN_S + 80 * MINUTE_S
    with page_of(browser) as page:
        as_user(page, twice, "dispatcher", "/stops")
        assert "stops: 9" in page.inner_text(".stops-page")
        hours_before = page.inner_text(".pareto")
        pressed(page, f"[data-stop=bf2-{second_s}] .join")
        asked = page.inner_text(".ask")
        assert "Between them it ran for 20\N{NO-BREAK SPACE}min" in asked
        assert "tonnes and running hours do not change" in asked
        confirmed(page)
        line = page.locator(f".panel:last-of-type [data-stop=bf2-{BEGUN_S}]")
        expect(line).to_contain_text("2 stops counted as one, ran", timeout=60_000)
        expect(line).to_contain_text("2\N{NO-BREAK SPACE}h")
        assert page.locator(f"[data-stop=bf2-{second_s}]").count() == 0
        assert "stops: 8" in page.inner_text(".stops-page")
        assert page.inner_text(".pareto") == hours_before, "the hours are those that it stood"
        (joined,) = of(twice, "bf2")
        assert joined.statement is not None
        assert joined.statement.author == "Dana A. (dispatcher)"

        page.click(f".panel:last-of-type [data-stop=bf2-{BEGUN_S}] .button.act")
        page.click(".part .reason")
        page.click(".q-menu >> text='Mechanical'")
        page.wait_for_selector(".q-menu", state="detached")
        confirmed(page)
        (joined,) = of(twice, "bf2")
        assert [(span.reason, span.end_s - span.start_s) for span in joined.spans(0)] == [("mechanical", 3600)] * 2

        page.goto(f"{twice.url}/unit/bf2?lang=en")
        page.wait_for_selector("[data-drop=bf2]")
        assert page.locator("[data-drop=bf2]").count() == 1
        assert "2 stops counted as one" in page.inner_text("[data-drop=bf2]")
        rows = [row for row in page.request.get(f"{twice.url}/api/v1/stops").json()["rows"] if row["unit"] == "bf2"]
        assert len({row["stop_start"] for row in rows}) == 1
        assert [row["hours"] for row in rows] == [1.0, 1.0]

        page.goto(f"{twice.url}/stops?lang=en")
        pressed(page, f"[data-stop=bf2-{BEGUN_S}] .separate")
        assert "stays on record" in page.inner_text(".ask")
        confirmed(page)
        page.wait_for_selector(f".panel:last-of-type [data-stop=bf2-{second_s}]")
        assert [stop.parts[0].reason for stop in of(twice, "bf2")] == ["mechanical", "mechanical"]
        page.goto(f"{twice.url}/stops?lang=en")
    said = entries_of(twice).read(lambda connection: ledger_reasons.history(connection, "bf2", BEGUN_S))
    assert [each.joined for each in said] == [(second_s,), (second_s,), ()], "both stay"


def test_who_changed_what_names_the_joining_and_the_taking_apart(twice: Desk, browser: Browser) -> None:
    desk = DeskEntries(entries_of(twice))
    desk.join_stops(DISPATCHER, *map(seen, of(twice, "hsm")))
    desk.separate_stop(DISPATCHER, seen(of(twice, "hsm")[0]), BEGUN_S + 61 * MINUTE_S)
    with page_of(browser) as page:
        as_user(page, twice, "dispatcher", "/changes?kind=reason&lang=en")
        page.wait_for_selector("text=stops separated")
        assert "stops joined" in page.inner_text("body")
    assert [stop.more for stop in of(twice, "hsm")] == [(), ()]


def test_three_stops_are_one_whichever_of_them_is_asked_for_and_end_where_each_is_taken_off(twice: Desk) -> None:
    desk = DeskEntries(entries_of(twice))
    first, second, third = of(twice, "bf3")
    begins = [stop.drop.start_s for stop in (first, second, third)]
    desk.state_reasons(DISPATCHER, StopStatement(0, "bf3", begins[2], (StopPart(begins[2], "planned"),), ""))
    desk.join_stops(DISPATCHER, seen(second), seen(of(twice, "bf3")[2]))
    desk.join_stops(DISPATCHER, *map(seen, of(twice, "bf3")))
    (one,) = of(twice, "bf3")
    assert [drop.start_s for drop in (one.drop, *one.more)] == begins
    assert one.waits, "of the first two nobody said why"
    last_minutes = begins[2] + MINUTE_S
    (same,) = of(twice, "bf3", last_minutes, last_minutes + MINUTE_S)
    assert same == one, "a report of the last hour alone has all of it"
    desk.separate_stop(DISPATCHER, seen(one), begins[1])
    assert [len(stop.more) for stop in of(twice, "bf3")] == [0, 1]
    assert of(twice, "bf3")[1].parts == (StopPart(begins[1], ""), StopPart(begins[2], "planned"))


def test_what_cannot_be_joined_is_refused_and_not_offered(twice: Desk, browser: Browser) -> None:
    desk = DeskEntries(entries_of(twice))
    far = of(twice, "bof1")
    with pytest.raises(ActionRefused, match="ran for longer than a shift"):
        desk.join_stops(DISPATCHER, *map(seen, far))
    with pytest.raises(ActionRefused, match="not two stops of one unit that follow each other"):
        desk.join_stops(DISPATCHER, seen(far[0]), seen(of(twice, "hsm")[1]))
    with pytest.raises(ActionRefused, match="not two stops"):
        desk.join_stops(DISPATCHER, seen(far[1]), seen(far[0]))
    with pytest.raises(ActionRefused, match="there is no such stop"):
        desk.join_stops(DISPATCHER, seen(far[0]), StopSeen("bof1", BEGUN_S + 1, 0))
    with pytest.raises(ActionRefused, match="there is no such stop"):
        desk.separate_stop(DISPATCHER, seen(far[0]), BEGUN_S + 600 * MINUTE_S)
    for unit in ("bf2", "hsm"):
        with pytest.raises(ActionRefused, match="your roles do not allow this"):
            desk.join_stops(CHIEF, *map(seen, of(twice, unit)))
    with page_of(browser) as page:
        as_user(page, twice, "dispatcher", "/stops")
        page.wait_for_selector("[data-stop^=hsm-] .join")
        assert page.query_selector("[data-stop^=bof1-] .join") is None
        as_user(page, twice, "chief", "/stops")
        page.wait_for_selector("[data-stop^=bof1-] .button")
        assert page.query_selector("[data-stop^=hsm-] .join") is None


def test_of_two_who_join_and_name_at_once_the_second_is_told_who_was_first(twice: Desk) -> None:
    desk = DeskEntries(entries_of(twice))
    before = of(twice, "hsm")
    desk.join_stops(DISPATCHER, *map(seen, before))
    stop = before[1]
    named = StopStatement(seen(stop).statement, "hsm", stop.drop.start_s, (StopPart(stop.drop.start_s, "other"),), "")
    with pytest.raises(ActionRefused, match=r"Dana A. \(dispatcher\) stated a reason of this stop meanwhile"):
        desk.state_reasons(DISPATCHER, named)
    with pytest.raises(ActionRefused, match="meanwhile"):
        desk.join_stops(DISPATCHER, *map(seen, before))
    desk.separate_stop(DISPATCHER, seen(of(twice, "hsm")[0]), stop.drop.start_s)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_joined_stops_are_shown_without_a_cut_in_each_language(
    language: Language, twice: Desk, browser: Browser
) -> None:
    desk = DeskEntries(entries_of(twice))
    if len(of(twice, "hsm")) == 2:
        desk.join_stops(DISPATCHER, *map(seen, of(twice, "hsm")))
    with page_of(browser) as page:
        page.context.set_default_timeout(60_000)
        as_user(page, twice, "dispatcher", f"/stops?lang={language}")
        page.wait_for_selector("[data-stop^=hsm-] .separate")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []
        page.set_viewport_size({"width": 1280, "height": 2400})  # a page that was scrolled has no ground for axe
        pressed(page, f"[data-stop=bf2-{BEGUN_S + 80 * MINUTE_S}] .join")
        page.wait_for_function("document.getAnimations().length === 0")
        assert violations(page, language) == []
