"""A figure of a closed month at the page of entry: it stays, and a correction is posted beside it."""

import time
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries import closing
from collector.entries.entry_desk import LedgerEntryDesk
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import book_reader
from dashboards.web.texts import text
from models.access.desk_actions import ActionRefused
from models.access.entry_desk import TypedCell, TypedSheet
from models.access.typed_correction import TypedCorrection
from models.access.user import User, UserRole
from models.stated.entry_sheet import AskedSheet, SheetKind
from models.works.calendar import production_day
from models.works.localize import LANGUAGES, Language
from models.works.month import month_of, shifted
from models.works.place import place_of
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_entry_page import by_hand
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user
from tests.support.browser import page_of

pytestmark = pytest.mark.long

CHIEF = User(name="chief", full_name="Serik A.", roles=(UserRole.SHOP_CHIEF,), shops=("mines",))
CLERK = User(name="clerk", full_name="Aigul S.", roles=(UserRole.CLERK,), shops=("mines",))
STEEL = User(name="steel", full_name="", roles=(UserRole.SHOP_CHIEF,), shops=("steel",))


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of a works whose mines stated two days of the last month, which is closed."""
    folder = tmp_path_factory.mktemp("closed")
    for user in (CHIEF, CLERK, STEEL):
        AccessFile(folder / "data").add(user, PASSWORD, "test")
    desk = Desk(folder, edit=by_hand)
    try:
        entry = LedgerEntryDesk(entries_of(desk))
        for day in (14, 15):
            sheet = sheet_of(desk, day)
            cells = tuple(TypedCell(each.id, "5000", 0) for row in entry.sheet(sheet).rows for each in row.cells)
            entry.save(CLERK, TypedSheet(sheet, f"day {day}", cells, "en"))
        closing.close_month(entries_of(desk), last_month(desk), "chief", confirm=True)
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def entries_of(desk: Desk) -> EntryFile:
    return EntryFile(load(desk.folder / "plant.yaml"))


def last_month(desk: Desk) -> int:
    today = production_day(desk.plant.shops["mines"].calendar, time.time_ns()).toordinal()
    return shifted(month_of(today), -1)


def sheet_of(desk: Desk, day: int) -> AskedSheet:
    return AskedSheet(SheetKind.SHIFTS, "mines", last_month(desk) + day - 1)


def address(desk: Desk, language: Language = "en") -> str:
    day = date.fromordinal(sheet_of(desk, 14).day).isoformat()
    return f"/entry?sheet=shifts&shop=mines&day={day}&lang={language}"


def month_grams(desk: Desk, known_ns: int | None = None) -> tuple[int | None, int | None]:
    """What mine 1 made in the closed month: as it was closed, and restated."""
    entries, month = entries_of(desk), last_month(desk)
    place = place_of(desk.plant, "mines", "mine1", "coal_raw")
    assert place is not None
    book = entries.look(
        lambda connection: book_reader.read_book(
            connection, entries.plan, date.fromordinal(month).year, now_ns=time.time_ns(), known_ns=known_ns
        )
    )
    figures = book.month(place, month)
    return figures.made, (figures.made or 0) + figures.restating


def opened(page: Page) -> None:
    page.click(".entry-corrections .correct")
    page.wait_for_selector(".ask.correction")


def fill(page: Page, unit: str, tonnes: str, reason: str) -> None:
    page.click(".correction .line")
    page.click(f".q-menu >> text=/^{unit}/")
    page.wait_for_selector(".q-menu", state="detached")
    page.fill(".correction .tonnes input", tonnes)
    page.fill(".correction .reason input", reason)


def test_a_chief_corrects_a_figure_of_a_closed_month_in_words_and_what_was_signed_stays(
    closed: Desk, browser: Browser
) -> None:
    before_ns, before = time.time_ns(), month_grams(closed)
    with page_of(browser) as page:
        as_user(page, closed, "chief", address(closed))
        page.wait_for_selector(".entry-corrections .correct")
        assert "its figures stay" in page.inner_text(".warning")
        assert page.locator(".entry-sheet input.cell:not([readonly])").count() == 0
        opened(page)
        for tonnes, reason, said in (
            ("", "weighed twice", "nothing to correct"),
            ("x", "weighed twice", "x"),
            ("-25.5", " ", "reason is missing"),
            ("-90000", "weighed twice", "output is 0 or more"),
        ):
            fill(page, "Mine 1", tonnes, reason)
            page.click(".correction .button.act")
            page.wait_for_selector(f".correction .refusal:visible:has-text('{said}')")
        fill(page, "Mine 1", "-25.5", "weighed <b>twice</b>")
        page.click(".correction .button.act")
        page.wait_for_selector(".correction .told .what")
        told = page.inner_text(".correction .told").replace("\xa0", " ")
        assert "\N{MINUS SIGN}25.5 t, booked in" in told
        assert "its figure stays, the restated one stands beside it" in told
        assert month_grams(closed) == before, "nothing is stored by a look"
        page.click(".correction .button.act:has-text('Post the correction')")
        page.wait_for_selector(".ask", state="detached")
        line = page.wait_for_selector("[data-correction]")
        assert line is not None
        shown = line.inner_text()
        assert "weighed <b>twice</b>" in shown
        assert "Serik A. (chief)" in shown
        assert "is posted" in page.inner_text(".entry-say")
        as_closed, restated = month_grams(closed)
        assert as_closed == before[0]
        assert restated == (before[1] or 0) - 25_500_000
        assert month_grams(closed, before_ns) == before, "as known on the day before"

        opened(page)
        fill(page, "Mine 1", "-25.5", "weighed again")
        page.click(".correction .button.act")
        page.wait_for_selector(".correction .why:has-text('the same is booked already')")
        assert page.inner_text(".correction .button.act") == "Post it all the same"
        page.click(".correction .button >> text=Cancel")
        page.wait_for_selector(".ask", state="detached")

        page.click("[data-correction] .button")
        page.fill(".ask .words input", "it was right")
        page.click(".ask .button.act")
        page.wait_for_selector(".ask", state="detached")
        page.wait_for_function("document.querySelectorAll('[data-correction]').length === 2")
        assert page.locator("[data-correction] .button").count() == 0
    assert month_grams(closed) == before


def test_a_clerk_reads_who_corrects_and_no_script_does_it_for_them(closed: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, closed, "clerk", address(closed))
        page.wait_for_selector(".entry-corrections")
        assert "role shop_chief" in page.inner_text(".entry-corrections")
        assert page.query_selector(".entry-corrections .button") is None
        as_user(page, closed, "clerk", address(closed).replace("shifts", "stocks"))
        page.wait_for_selector(".warning:has-text('its stocks stay')")
        assert not page.is_visible(".entry-corrections")
    desk = LedgerEntryDesk(entries_of(closed))
    typed = TypedCorrection(sheet_of(closed, 14), "mine1", "coal_raw", "1", "x", "en")
    for user in (CLERK, STEEL, *(User(name="y", full_name="", roles=(role,), shops=("steel",)) for role in UserRole)):
        with pytest.raises(ActionRefused, match="your roles do not allow this"):
            desk.correct(user, typed, confirmed=True)
        with pytest.raises(ActionRefused, match="your roles do not allow this"):
            desk.check_correction(user, typed)
        with pytest.raises(ActionRefused, match="your roles do not allow this"):
            desk.undo_correction(user, "A1", "x")
    foreign = TypedCorrection(AskedSheet(SheetKind.SHIFTS, "mines", 739_000), "bof1", "steel_liquid", "1", "x", "en")
    with pytest.raises(ActionRefused, match="sheet"):
        desk.correct(CHIEF, foreign, confirmed=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, closed: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, closed, "chief", address(closed, language))
        page.wait_for_selector(".entry-corrections .correct")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []
        opened(page)
        page.wait_for_function("document.getAnimations().length === 0")
        assert page.inner_text(".correction .button.act") == text("correction_check", language)
        assert violations(page, language) == []
