"""The page of industrial safety: who may enters accidents, and everybody sees days without one, and the rates."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import apsw
import pytest
from playwright.sync_api import Browser, Page

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries.entry_file import EntryFile
from collector.entries.safety_desk import LedgerSafetyDesk
from collector.storage.ledger import accidents as ledger_accidents
from collector.storage.ledger import measures as ledger_measures
from models.access.desk_actions import ActionRefused
from models.access.safety_desk import TypedAccident
from models.access.user import User, UserRole
from models.stated.accident import AccidentWord
from models.stated.measure import MeasureKind, StatedMeasure
from models.works.localize import LANGUAGES, Language
from models.works.month import month_of, shifted
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user
from tests.support.browser import page_of
from tests.support.gassing import put_gassing, with_longwall

pytestmark = pytest.mark.long

NS = 10**9
HOSTILE = '<img src=x onerror="document.title=1">& =cmd'
OFFICER = User(name="officer", full_name="Saule B.", roles=(UserRole.SAFETY_OFFICER,))
CHIEF = User(name="chief", full_name="Serik A.", roles=(UserRole.SHOP_CHIEF,), shops=("mines",))
CLERK = User(name="clerk", full_name="", roles=(UserRole.CLERK,))
MAY = {UserRole.SHOP_CHIEF, UserRole.SAFETY_OFFICER}


@pytest.fixture(scope="module")
def safety(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of a works with an accident ten days ago, and people and hours of the months before."""
    folder = tmp_path_factory.mktemp("safety")
    for user in (OFFICER, CHIEF, CLERK):
        AccessFile(folder / "data").add(user, PASSWORD, "test")
    desk = Desk(folder, edit=with_longwall)
    zone = desk.plant.zone
    today = datetime.fromtimestamp(time.time(), UTC).astimezone(zone).date()
    noon = datetime.combine(today - timedelta(days=10), datetime.min.time(), zone) + timedelta(hours=12)
    hurt = AccidentWord(
        number="1", at_ns=int(noon.timestamp()) * NS, shop="blast_furnaces", unit="bf3", kind="burn", cause="",
        victims=2, fatal=1, days_lost=9, note=HOSTILE, author="Saule B. (officer)",
    )  # fmt: skip
    running = month_of(today.toordinal())
    people = [
        StatedMeasure(
            subject="all", kind=kind, start=shifted(running, -back), end=shifted(running, 1 - back),
            value=Decimal(value), growth_pct=None, source="form 7", stated_on=running, author="Saule B. (officer)",
        )
        for back in range(1, 8)
        for kind, value in ((MeasureKind.EMPLOYED, 10_000), (MeasureKind.HOURS_WORKED, 1_500_000))
    ]  # fmt: skip

    def state(connection: apsw.Connection) -> None:
        put_gassing(connection)
        ledger_accidents.add(connection, [hurt], time.time_ns())
        ledger_measures.add(connection, people, time.time_ns())

    try:
        EntryFile(load(folder / "plant.yaml")).write(state)
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def reads(desk: Desk) -> LedgerSafetyDesk:
    return LedgerSafetyDesk(EntryFile(load(desk.folder / "plant.yaml")))


def yesterday(desk: Desk) -> str:
    """As the field has it."""
    now = datetime.fromtimestamp(time.time(), UTC).astimezone(desk.plant.zone)
    return (now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


def choose(page: Page, field: str, name: str) -> None:
    page.click(f".accident-{field}")
    page.click(f".q-menu >> text='{name}'")
    page.wait_for_selector(".q-menu", state="detached")


def test_a_chief_enters_corrects_and_withdraws_an_accident_of_the_own_shop(safety: Desk, browser: Browser) -> None:
    at = yesterday(safety)
    with page_of(browser) as page:
        as_user(page, safety, "chief", "/safety?shop=mines")
        page.wait_for_selector("text=none on record")
        page.click(".enter-accident")
        page.wait_for_selector(".accident-ask")
        page.fill(".accident-number input", "7")
        page.fill(".accident-at input", at)
        choose(page, "place", "Mines: Mine 1")
        choose(page, "kind", "Fall of rock")
        page.fill(".accident-victims input", "1")
        page.fill(".accident-fatal input", "2")
        page.click(".accident-ask .button.act")
        page.wait_for_function(
            "document.querySelector('.accident-fatal').innerText.includes('2 fatal are more than 1')"
        )
        assert "in red beside the fields" in page.inner_text(".ask .refusal")
        assert [word.number for word in reads(safety).safety().accidents] == ["1"]
        page.reload()
        page.click(".enter-accident")
        page.wait_for_selector(".accident-ask .draft")
        assert page.input_value(".accident-number input") == "7", "what was typed is not lost with the page"
        assert page.input_value(".accident-victims input") == "1"
        page.fill(".accident-fatal input", "0")
        page.click(".accident-ask .button.act")
        page.wait_for_selector(".accident-ask", state="detached")
        page.wait_for_selector("[data-accident='7']")
        page.wait_for_function("!Object.keys(localStorage).some(name => name.includes('/safety'))")
        word = reads(safety).safety().accidents[-1]
        assert (word.number, word.unit, word.author) == ("7", "mine1", "Serik A. (chief)")
        page.click("[data-accident='7'] .button >> nth=0")
        page.wait_for_selector(".accident-ask")
        assert page.input_value(".accident-at input") == at
        page.fill(".accident-days-lost input", "3")
        page.click(".accident-ask .button.act")
        page.wait_for_selector(".accident-ask", state="detached")
        assert reads(safety).safety().accidents[-1].days_lost == 3
        page.click("[data-accident='7'] .button >> nth=1")
        page.click(".ask .button.act")
        page.wait_for_selector("[data-accident='7']", state="detached")
        page.goto(f"{safety.url}/changes?kind=accident")
        page.wait_for_selector("text=Accident: withdrawn")


def test_an_accident_of_a_year_long_over_is_asked_about_and_all_faults_are_told_at_once(
    safety: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        as_user(page, safety, "officer", "/safety")
        page.click(".enter-accident")
        page.wait_for_selector(".accident-ask")
        page.fill(".accident-victims input", "1,5")
        page.click(".accident-ask .button.act")
        page.wait_for_selector(".ask .refusal:visible")
        for field in ("number", "at", "place", "kind"):
            assert "Fill this in." in page.inner_text(f".accident-{field}"), field
        assert "1,5 is no whole number from 0 to 10,000: correct it." in page.inner_text(".accident-victims")
        page.fill(".accident-number input", "77")
        page.fill(".accident-at input", "2019-03-05T10:30")
        choose(page, "place", "Mines: Mine 1")
        choose(page, "kind", "Fall of rock")
        page.fill(".accident-victims input", "1")
        page.click(".accident-ask .button.act")
        page.wait_for_selector(".ask .refusal >> text=2019-03-05")
        assert [word.number for word in reads(safety).safety().accidents] == ["1"]
        page.click(".accident-ask .button.act >> text=It is so: save")
        page.wait_for_selector("[data-accident='77']")
        page.click("[data-accident='77'] .button >> nth=1")
        page.click(".ask .button.act")
        page.wait_for_selector("[data-accident='77']", state="detached")


def test_a_draft_goes_with_who_cancels_it(safety: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, safety, "officer", "/safety")
        page.click(".enter-accident")
        page.wait_for_selector(".accident-ask")
        page.fill(".accident-number input", "9")
        kept = "Object.keys(localStorage).some(name => name === 'tundish-entry officer /safety')"
        page.wait_for_function(kept)
        page.click(".accident-ask .button.quiet")
        page.wait_for_function(f"!({kept})")


def test_everybody_sees_the_days_and_the_rates_and_who_may_not_enter_is_told_who_does(
    safety: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        as_user(page, safety, "clerk", "/safety")
        page.wait_for_selector("[data-accident='1']")
        assert "role safety_officer" in page.inner_text(".hint")
        assert page.query_selector(".enter-accident") is None
        assert page.query_selector("[data-accident='1'] .button") is None
        assert HOSTILE in page.inner_text("[data-accident='1']")
        assert page.title() == "Industrial safety - Tundish"
        works = page.inner_text(".safety-tables tbody tr >> nth=0").split("\t")
        assert works[1] == "10"
        assert "№ 1" in works[2]
        said = page.inner_text(".safety-tables")
        assert "the month runs" in said
        assert "not stated: " in said


def test_the_page_tells_what_was_made_while_methane_was_above_a_limit(safety: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, safety, "clerk", "/safety?shop=mines")
        page.wait_for_selector("text=Methane above a limit, and output meanwhile")
        said = page.inner_text("section:has-text('Methane above a limit')").replace("\xa0", " ")
        assert "5.5 t in 1 of 2 min; of the others not known" in said
        assert "1.00 % (general)" in said
        page.goto(f"{safety.url}/safety?shop=blast_furnaces")
        page.wait_for_selector("[data-accident='1']")
        page.wait_for_selector("text=Methane above a limit, and output meanwhile", state="hidden")


def test_each_role_may_do_what_its_rights_say_whatever_the_page_offers(safety: Desk) -> None:
    desk = reads(safety)
    for role in UserRole:
        user = User(name=role.value, full_name="", roles=(role,))
        typed = TypedAccident(
            number=f"of {role.value}", at="2025-08-14 10:30", place="mine1", kind="gas", victims="0", fatal="0"
        )
        if role in MAY:
            desk.put(user, typed, 0, confirmed=True)
            (word,) = (each for each in desk.safety().accidents if each.number == typed.number)
            desk.withdraw(user, typed.number, word.recorded_ns)
        else:
            with pytest.raises(ActionRefused):
                desk.put(user, typed, 0, confirmed=True)
            with pytest.raises(ActionRefused):
                desk.withdraw(user, "1", 0)
    assert [word.number for word in desk.safety().accidents] == ["1"]


def test_a_chief_takes_no_accident_from_another_shop_and_states_none_of_the_whole_works(safety: Desk) -> None:
    desk = reads(safety)
    (other,) = desk.safety().accidents
    typed = TypedAccident(number="1", at="2025-08-14 10:30", place="mine1", kind="gas", victims="1")
    for place, number in (("mine1", "1"), ("bf3", "8"), ("all", "8")):
        given = TypedAccident(**{**typed.fields, "place": place, "number": number})
        with pytest.raises(ActionRefused):
            desk.put(CHIEF, given, other.recorded_ns, confirmed=True)
    with pytest.raises(ActionRefused):
        desk.withdraw(CHIEF, "1", other.recorded_ns)
    assert desk.safety().accidents == [other]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, safety: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, safety, "officer", f"/safety?lang={language}")
        page.wait_for_selector("[data-accident='1']")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []
        page.click(".enter-accident")
        page.wait_for_selector(".accident-ask")
        page.wait_for_timeout(500)
        assert violations(page, language) == []


CUT = """() => [...document.querySelectorAll('.ask .q-field__label')]
    .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.innerText)"""
COVERED = """() => {
    return [...document.querySelectorAll('.ask .q-field__messages')].filter(each => {
        const said = each.getBoundingClientRect(), own = each.closest('.q-field').getBoundingClientRect();
        return said.bottom > own.bottom + 1;
    }).map(each => each.innerText);
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_of_the_form_is_cut_and_no_fault_covers_a_field(
    language: Language, safety: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        as_user(page, safety, "officer", f"/safety?lang={language}")
        page.click(".enter-accident")
        page.wait_for_selector(".accident-ask")
        page.fill(".accident-days-lost input", "no number at all")
        page.click(".accident-ask .button.act")
        page.wait_for_selector(".ask .refusal:visible")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(300)
            assert page.evaluate(CUT) == [], width
            assert page.evaluate(COVERED) == [], width


def test_tables_show_all_their_lines_and_scroll_in_no_window_of_their_own(safety: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, safety, "officer", "/safety?lang=kk")
        page.wait_for_selector("[data-accident='1']")
        for width in SIZES:
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(200)
            hidden = (
                "[...document.querySelectorAll('.scroll')].filter(each => each.scrollHeight > each.clientHeight + 1)"
            )
            assert page.evaluate(f"{hidden}.length") == 0, width
