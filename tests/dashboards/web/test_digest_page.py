"""The page of the next digest: what it would say, to whom, in which language, and that looking sends nothing."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from collector.access.access_file import AccessFile
from dashboards.web.texts import text
from models.access.user import User, UserRole
from models.detection.finding import Finding, FindingKind
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user
from tests.support.browser import page_of

pytestmark = pytest.mark.long

VIEWER = User(name="viewer", full_name="", roles=(UserRole.VIEWER,))
TREND = "Pig iron of BF 3 falls behind by 120 t a day"


def notifying(config: dict[str, Any]) -> None:
    mail = {"type": "email", "to": ["planning@works.example", "chief@works.example"]}
    relay = {"host": "127.0.0.1", "port": 1, "starttls": "none-on-loopback", "from": "t@works.example"}
    config["alerts"] = {"language": "kk", "smtp": relay, "roles": {"dispatcher": [mail], "digest": [mail]}}
    config["desk"]["open_to_read"] = True


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of a works with one trend, whose messages are in Kazakh."""
    folder = tmp_path_factory.mktemp("telling")
    AccessFile(folder / "data").add(VIEWER, PASSWORD, "test")
    desk = Desk(folder, edit=notifying)
    now_s = int(time.time())
    trend = Finding(
        kind=FindingKind.DRIFT, shop="blast_furnaces", unit="bf3", product="pig_iron", severity=3, since_s=now_s - 900,
        found_s=now_s, evidence={"en": TREND, "kk": f"kk {TREND}"},
    )  # fmt: skip
    try:
        desk.report()
        desk.judge(findings=[trend])
        desk.wait()
        yield desk
    finally:
        desk.end()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_next_digest_is_shown_in_the_language_of_its_readers_with_when_and_to_whom(
    language: Language, telling: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        as_user(page, telling, "viewer", f"/alerts?lang={language}")
        page.get_by_role("link", name=text("digest_title", language)).click()
        page.wait_for_selector(".message")
        said = page.inner_text(".digest-page")
        assert f"kk {TREND}" in said
        assert page.get_attribute(".message", "lang") == "kk"
        assert "planning@works.example, chief@works.example" in said
        assert "07:30" in page.inner_text(".due")
        assert page.title().startswith(text("digest_title", language))
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []
    assert telling.ledger is not None
    assert telling.ledger.read(lambda ledger: list(ledger.execute("SELECT * FROM alert_message"))) == []


def test_who_has_not_signed_in_sees_no_address_of_a_person(telling: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        page.goto(f"{telling.url}/alerts/digest?lang=en")
        page.wait_for_selector(".message")
        assert "2 addresses; sign in to see them" in page.inner_text(".digest-page")
        assert "works.example" not in page.content()
