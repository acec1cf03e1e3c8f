"""The page of data: what was not believed and what is decided about it, gaps, clocks, certificates, completeness."""

import time
from collections.abc import Iterator
from functools import partial

import apsw
import pytest
from playwright.sync_api import Browser

from collector.access.access_file import AccessFile
from collector.storage.ledger import moment as ledger_moment
from collector.storage.quarantine import records as quarantine
from models.access.user import User, UserRole
from models.counting.reading import Rejection
from models.counting.totalizer import ANOTHER_COUNTER
from models.tables.desk_data import SourceStatus
from models.works.codes import Quality, Reason
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk, done
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user
from tests.support.browser import page_of

pytestmark = pytest.mark.long

NS = 10**9
CHIEF = User(name="chief", full_name="Serik A.", roles=(UserRole.SHOP_CHIEF,))
VIEWER = User(name="viewer", full_name="", roles=(UserRole.VIEWER,))
HOSTILE = '<img src=x onerror="document.title=1">& =cmd'
WHY = {
    "en": "another counter is read since",
    "ru": "с этого времени читается другой счётчик",
    "kk": "содан бері басқа есептеуіш оқылады",
}


@pytest.fixture(scope="module")
def doubted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with readings that were not believed, a gap, a clock that is off and a certificate that ends soon."""
    folder = tmp_path_factory.mktemp("doubted")
    for user in (CHIEF, VIEWER):
        AccessFile(folder / "data").add(user, PASSWORD, "test")
    desk = Desk(folder)
    now_ns = time.time_ns()
    counter = next(tag for tag in desk.plant.tags if tag.is_metered and tag.max_rate_per_h)
    held = [
        Rejection(
            "simulated_plc", counter.name, value, now_ns - NS, Quality.GOOD, Reason.RATE_TOO_HIGH, "too fast", key
        )
        for key, value in ((None, "987654321"), ("a", HOSTILE), ("b", "77"))
    ]

    def put(connection: apsw.Connection) -> None:
        quarantine.add(connection, held, now_ns)
        gap = (counter.name, now_ns - 5400 * NS, now_ns - 1800 * NS, ANOTHER_COUNTER, now_ns)
        connection.execute("INSERT INTO gap (tag, start_ns, end_ns, cause, recorded_ns) VALUES (?, ?, ?, ?, ?)", gap)

    try:
        assert desk.ledger is not None
        done(desk.ledger.write(put))
        report(desk)
        desk.judge()
        desk.publish("pig_iron", 4000.0, completeness=91.5)
        desk.wait()
        yield desk
    finally:
        desk.end()


def report(desk: Desk) -> None:
    now_ns = time.time_ns()
    status = SourceStatus(
        "simulated_plc",
        now_ns,
        True,
        0.5,
        12345,
        67,
        "",
        clock_offset_s=-7.25,
        cert_expires_ns=now_ns + 12 * 86_400 * NS,
    )
    assert desk.ledger is not None
    done(desk.ledger.write(partial(ledger_moment.put, sources=[status], activity=())))


def test_a_chief_has_a_reading_taken_in_as_the_right_value_and_drops_another(doubted: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, doubted, "chief", "/data")
        line = page.inner_text("[data-held=L1]")
        assert "987654321" in line
        assert "growth faster than is set" in line
        page.click("[data-held=L1] .button")
        page.fill(".ask input", "a lot")
        page.click(".ask .button >> text=Take in again")
        page.wait_for_selector(".ask .refusal:visible")
        assert "no number" in page.inner_text(".ask .refusal")
        page.fill(".ask input", "1 234,5")
        page.click(".ask .button >> text=Take in again")
        page.wait_for_selector(".ask", state="detached")
        page.wait_for_selector("[data-held=L1]:has-text('as 1234.5 (Serik A. (chief))')")
        page.click("[data-held=L3] .button")
        page.click(".ask .button >> text=Drop")
        page.wait_for_selector("[data-held=L3]:has-text('dropped')")
        assert HOSTILE in page.inner_text("[data-held=L2]")
        assert page.title() != "1"
    assert doubted.ledger is not None
    assert doubted.ledger.read(quarantine.counts) == {"dropped": 1, "open": 1, "replay": 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_clocks_and_certificates_are_told_in_words(language: Language, doubted: Desk, browser: Browser) -> None:
    report(doubted)
    with page_of(browser) as page:
        as_user(page, doubted, "viewer", f"/data?lang={language}")
        text = page.inner_text(".data-page")
        assert WHY[language] in text
        assert ("7.3" if language == "en" else "7,3") in page.inner_text(".toned.down >> nth=0")
        assert page.locator(".toned.down").count() >= 2
        assert page.locator("[data-held] .button").count() == 0, "a viewer decides nothing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, doubted: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, doubted, "chief", "/data")
        page.goto(f"{doubted.url}/data?lang={language}")
        page.wait_for_selector("[data-held=L2] .button")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []
        page.click("[data-held=L2] .button")
        page.wait_for_timeout(500)
        assert violations(page, language) == []
