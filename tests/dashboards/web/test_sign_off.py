"""Signing a day on the page of its report: by who may, in the browser, with what is unusual beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries.entry_file import EntryFile
from collector.entries.sign_desk import LedgerSignDesk
from collector.storage.quarantine import records as quarantine
from models.access.sign_desk import AskedSignature
from models.access.user import User, UserRole
from models.counting.reading import Rejection
from models.works.calendar import HOUR_NS, day_bounds
from models.works.codes import Quality, Reason
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk, done
from tests.dashboards.web.full_desk import with_long_names
from tests.dashboards.web.reporting_desk import DAY_T, today_of, tundish
from tests.dashboards.web.test_accessible import violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, typed_in
from tests.support.browser import page_of
from tests.support.rolled_up import rolled_up

pytestmark = pytest.mark.long

CHIEF = User(name="chief", full_name="Marat S.", roles=(UserRole.SHOP_CHIEF,), shops=("mines",))
EVERY_CHIEF = User(name="chiefs", full_name="Oleg D.", roles=(UserRole.SHOP_CHIEF,))
DIRECTOR = User(name="director", full_name="Dana A.", roles=(UserRole.DIRECTOR,))
CLERK = User(name="clerk", full_name="", roles=(UserRole.CLERK,))
HOSTILE = '<img src=x onerror="document.title=1">& =cmd'
DAYS = 8
ROWS = ".sign-off tr[data-scope]"


class SigningDesk:
    """A desk whose days of this month are counted, and its users."""

    def __init__(self, folder: Path) -> None:
        for user in (CHIEF, EVERY_CHIEF, DIRECTOR, CLERK):
            AccessFile(folder / "data").add(user, PASSWORD, "test")
        self.desk = Desk(folder, ledger=False, edit=with_long_names)
        made = dict.fromkeys((tag.unit, tag.product) for tag in self.desk.plant.tags if tag.product is not None)
        # Of the last unit nobody knows anything.
        self.state((back, unit, product, DAY_T) for back in range(1, DAYS + 1) for unit, product in list(made)[:-1])
        self.desk.wait()

    def count(self) -> None:
        """What the service does."""
        done(rolled_up(load(self.desk.folder / "plant.yaml")))

    def day(self, back: int) -> date:
        """So many days before the one that runs, in every shop."""
        return today_of(self.desk.plant) - timedelta(days=back)

    def path(self, back: int, language: Language = "en") -> str:
        return f"/report?day={self.day(back)}&lang={language}"

    def sign(self, user: User, scope: str, back: int) -> None:
        ledger = LedgerSignDesk(EntryFile(load(self.desk.folder / "plant.yaml")))
        day = self.day(back).toordinal()
        (found,) = (each.judged for each in ledger.day(day).scopes if each.judged.scope == scope)
        ledger.sign(user, AskedSignature(day, scope, found.seen))

    def state(self, made: Iterable[tuple[int, str, str, float]]) -> None:
        """Figures of days, so many days back, of a unit and product, counted."""
        file = self.desk.folder / "figures.csv"
        lines = [f"{self.day(back)},{self.day(back - 1)},{unit},{product},{t}" for back, unit, product, t in made]
        file.write_text("\n".join(["start,end,unit,product,tonnes", *lines]) + "\n", encoding="utf-8")
        tundish(self.desk, "import", str(file), "--by", "Anna", "--confirm")
        self.count()


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SigningDesk]:
    found = SigningDesk(tmp_path_factory.mktemp("signing"))
    try:
        yield found
    finally:
        found.desk.end()


def shown(page: Page, signing: SigningDesk, name: str, path: str) -> None:
    typed_in(page, signing.desk, name, "/data")
    again(page, signing, path)


def again(page: Page, signing: SigningDesk, path: str) -> None:
    page.goto(f"{signing.desk.url}{path}")
    page.wait_for_selector(".sign-off h2")


def sign(page: Page, scope: str, note: str = "") -> None:
    page.click(f"[data-scope={scope}] .sign-now")
    page.fill(".ask .words input", note)
    page.click(".ask .button.act")


def state(page: Page, scope: str) -> str:
    return page.inner_text(f"[data-scope={scope}] .state")


def test_a_chief_signs_the_own_shop_and_everybody_reads_the_note_as_plain_words(
    signing: SigningDesk, browser: Browser
) -> None:
    with page_of(browser) as page:
        shown(page, signing, "chief", signing.path(2))
        assert page.locator(".sign-off .sign-now").all_inner_texts() == [
            "Sign: " + page.inner_text("[data-scope=mines] .signs")
        ]
        sign(page, "mines", HOSTILE)
        page.wait_for_selector(".ask", state="detached")
        expect(page.locator("[data-scope=mines] .state")).to_contain_text("Marat S. (chief), ")
        assert HOSTILE in state(page, "mines")
        expect(page.locator(".report ul")).to_contain_text("Marat S. (chief), ")
        assert page.title() != "1"
        assert page.query_selector(".sign-off .sign-now") is None
        assert "waits for the signatures of" in page.inner_text("[data-scope=all] .unusual")


def test_the_director_signs_once_all_shops_have_and_a_change_asks_for_new_signatures(
    signing: SigningDesk, browser: Browser
) -> None:
    with page_of(browser) as page, page_of(browser) as above:
        shown(page, signing, "chiefs", signing.path(3))
        shown(above, signing, "director", signing.path(3))
        assert above.query_selector(".sign-off .sign-now") is None, "no shop has signed yet"
        shops = [row.get_attribute("data-scope") or "" for row in page.locator(ROWS).all()]
        assert shops[-1] == "all"
        # One in the browser, the others as the page does it, for each makes the report anew.
        for shop in shops[1:-1]:
            signing.sign(EVERY_CHIEF, shop, 3)
        sign(page, shops[0])
        page.wait_for_selector(".ask", state="detached")
        page.wait_for_selector(f"[data-scope={shops[0]}] .state.holds")
        again(above, signing, signing.path(3))
        sign(above, "all")
        above.wait_for_selector(".ask", state="detached")
        expect(above.locator("[data-scope=all] .state")).to_contain_text("Dana A. (director), ")
        expect(above.locator(".report dl")).to_contain_text("refined")
        signing.state([(3, "mine1", "coal_raw", 12345.678)])
        again(above, signing, signing.path(3))
        assert "figures changed since: needs a new signature" in state(above, "mines")
        assert "12,345.678" in state(above, "mines")
        assert "figures changed since" in state(above, "all")
        assert above.query_selector(".sign-off .sign-now") is None
        again(page, signing, signing.path(3))
        assert page.locator(".sign-off .sign-now").count() == 1


def test_who_may_not_sign_is_told_who_does_and_sees_what_is_unusual(signing: SigningDesk, browser: Browser) -> None:
    plant = signing.desk.plant
    tag = next(tag for tag in plant.tags if plant.units[tag.unit].shop == "mines")
    noon_ns = day_bounds(plant.shops["mines"].calendar, signing.day(4))[0] + 12 * HOUR_NS
    held = Rejection("plc", tag.name, "1e9", noon_ns, Quality.GOOD, Reason.OUT_OF_RANGE, "above high")
    entries = EntryFile(load(signing.desk.folder / "plant.yaml"))
    entries.write(lambda connection: quarantine.add(connection, [held], noon_ns))
    with page_of(browser) as page:
        shown(page, signing, "clerk", signing.path(4))
        assert page.inner_text("[data-scope=mines] .unusual") == "readings that wait for a decision: 1"
        assert page.inner_text("[data-scope=steel] .unusual") == "nothing"
        hint = page.inner_text(".sign-off .hint")
        assert "role shop_chief" in hint
        assert "role director" in hint
        assert page.query_selector(".sign-off .sign-now") is None


def test_a_day_that_runs_says_from_when_it_can_be_signed(signing: SigningDesk, browser: Browser) -> None:
    with page_of(browser) as page:
        shown(page, signing, "chief", signing.path(0))
        assert "The day is not over. It can be signed from" in page.inner_text(".sign-off .hint")
        assert page.query_selector(".sign-off .sign-now") is None


def test_the_second_of_two_is_told_who_signed_first_and_keeps_the_note(signing: SigningDesk, browser: Browser) -> None:
    with page_of(browser) as page, page_of(browser) as other:
        for each, name in ((page, "chief"), (other, "chiefs")):
            shown(each, signing, name, signing.path(5))
        sign(page, "mines")
        page.wait_for_selector(".ask", state="detached")
        sign(other, "mines", "mine")
        other.wait_for_selector(".ask .refusal:visible")
        assert "Marat S. (chief) signed these figures already" in other.inner_text(".ask .refusal")
        assert other.input_value(".ask .words input") == "mine"


def test_a_right_that_was_taken_away_meanwhile_signs_nothing(signing: SigningDesk, browser: Browser) -> None:
    users = AccessFile(signing.desk.folder / "data")
    with page_of(browser) as page:
        shown(page, signing, "chief", signing.path(6))
        users.change(replace(CHIEF, roles=(UserRole.VIEWER,)), "test")
        try:
            sign(page, "mines")
            page.wait_for_selector(".ask .refusal:visible")
            assert "its chief does" in page.inner_text(".ask .refusal")
        finally:
            users.change(CHIEF, "test")


def test_the_paper_of_the_browser_has_no_buttons(signing: SigningDesk, browser: Browser) -> None:
    with page_of(browser) as page:
        shown(page, signing, "chief", signing.path(4))
        page.emulate_media(media="print")
        assert not page.is_visible(".sign-off")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(
    language: Language, signing: SigningDesk, browser: Browser
) -> None:
    with page_of(browser) as page:
        shown(page, signing, "chiefs", signing.path(7, language))
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in ("light", "dark"):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page) == []
        page.click("[data-scope=mines] .sign-now")
        page.wait_for_selector(".ask")
        page.wait_for_timeout(500)
        assert violations(page) == []
