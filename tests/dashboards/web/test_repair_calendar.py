"""The month of repairs as bars by unit: what is approved and by whom, and the way to enter and move one."""

import time
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries.entry_file import EntryFile
from collector.entries.repair_desk import LedgerRepairDesk
from dashboards.web.entry_view import Entering
from dashboards.web.repair_calendar import month_span_ns, repair_calendar
from dashboards.web.repairs_desk import asked_month
from models.access.user import User, UserRole
from models.stated.plan import Repair, RepairKind
from models.works.calendar import HOUR_NS
from models.works.localize import LANGUAGES, Language
from models.works.month import month_of, shifted
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user
from tests.support.browser import page_of

pytestmark = pytest.mark.long

PLANNER = User(name="planner", full_name="Pavel R.", roles=(UserRole.PLANNER,), shops=("mines",))
CLERK = User(name="clerk", full_name="", roles=(UserRole.CLERK,), shops=("mines",))
# In the zone of the works: by UTC, the last evening of a month is another one.
MONTH = month_of(datetime.now(ZoneInfo("Asia/Almaty")).date().toordinal())
DAY_NS = 24 * HOUR_NS


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk whose mines are repaired: two of mine 1 overlap, and one of mine 2 reaches into the next month."""
    folder = tmp_path_factory.mktemp("planned")
    for user in (PLANNER, CLERK):
        AccessFile(folder / "data").add(user, PASSWORD, "test")
    desk = Desk(folder)
    start_ns, end_ns = month_span_ns(MONTH, entering(desk), "mines")
    try:
        for unit, first_ns, last_ns, by in (
            ("mine1", start_ns + 10 * DAY_NS, start_ns + 13 * DAY_NS, "Chief mechanic"),
            ("mine1", start_ns + 12 * DAY_NS, start_ns + 14 * DAY_NS, "Chief engineer"),
            ("mine2", end_ns - 2 * DAY_NS, end_ns + 3 * DAY_NS, "<b>Director</b>"),
        ):
            repair = Repair(
                name="", unit=unit, start_ns=first_ns, end_ns=last_ns, kind=RepairKind.CURRENT, approved_by=by
            )
            desk_of(desk).put(PLANNER, repair)
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def desk_of(desk: Desk) -> LedgerRepairDesk:
    return LedgerRepairDesk(EntryFile(load(desk.folder / "plant.yaml")))


def entering(desk: Desk, language: Language = "en") -> Entering:
    return Entering(desk.plant, PLANNER, time.time_ns(), language)


def test_bars_stand_where_the_repairs_are_and_two_at_once_do_not_cover_each_other(planned: Desk) -> None:
    of = entering(planned)
    start_ns, end_ns = month_span_ns(MONTH, of, "mines")
    view = repair_calendar(desk_of(planned).repairs("mines", (start_ns, end_ns)), MONTH, "mines", of)
    days = (end_ns - start_ns) / DAY_NS
    rows = {row.unit: row for row in view.rows}
    assert [
        (round(bar.left * days / 100, 3), round(bar.width * days / 100, 3), bar.lane) for bar in rows["mine1"].bars
    ] == [
        (10, 3, 0),
        (12, 2, 1),
    ]
    assert rows["mine1"].lanes == 2
    (last,) = rows["mine2"].bars
    assert last.left + last.width == pytest.approx(100)
    assert "approved by: <b>Director</b>; entered by: Pavel R. (planner)" in last.words
    assert [day for day, _ in view.marks][:4] == ["1", "8", "15", "22"]
    assert view.now is not None


def test_a_planner_opens_a_bar_moves_it_and_the_calendar_follows(planned: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, planned, "planner", "/repairs?shop=mines&lang=en")
        page.wait_for_selector("[data-calendar=mine1] .bar >> nth=1")
        bars = page.locator("[data-calendar=mine1] .bar")
        assert "approved by: Chief mechanic" in (bars.nth(0).get_attribute("aria-label") or "")
        assert page.title().startswith("Entry of figures")
        bars.nth(0).focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".repair-ask")
        assert page.input_value(".repair-approved input") == "Chief mechanic"
        page.fill(".repair-approved input", "Director")
        page.click(".repair-ask .button.act")
        page.wait_for_selector(".repair-ask .refusal:visible")  # it overlaps another one, and that is asked
        page.click(".repair-ask .button.act")
        page.wait_for_selector(".repair-ask", state="detached")
        page.wait_for_selector("[data-calendar=mine1] .bar[aria-label*='approved by: Director']")

        page.click(f".languages a[href*='month={datetime.fromordinal(shifted(MONTH, 1)):%Y-%m}']")
        page.wait_for_selector("[data-calendar=mine2] .bar")
        assert page.locator("[data-calendar=mine1] .bar").count() == 0
        assert page.locator("[data-calendar=mine2] .bar").count() == 1


def test_who_may_not_plan_sees_the_calendar_and_can_press_nothing_in_it(planned: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, planned, "clerk", "/repairs?shop=mines&lang=en")
        page.wait_for_selector("[data-calendar=mine1] .bar")
        assert page.locator(".repair-calendar button").count() == 0


@pytest.mark.parametrize(("said", "known"), [("2026-10", True), ("", False), ("x", False), ("1800-01", False)])
def test_a_month_of_the_address_is_taken_or_that_of_today(said: str, known: bool) -> None:
    today = datetime(2026, 11, 14).toordinal()  # noqa: DTZ001 - a date
    found = datetime.fromordinal(asked_month(said, today))
    assert (found.year, found.month, found.day) == (2026, 10 if known else 11, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, planned: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, planned, "planner", f"/repairs?shop=mines&lang={language}")
        page.wait_for_selector("[data-calendar=mine1] .bar")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []
