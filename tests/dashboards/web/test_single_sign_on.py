"""Signing in by the company's own service: in a browser, at a provider that we did not write."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from collector.access.access_file import AccessFile
from dashboards.web.texts import text
from models.access.user import User, UserRole
from models.works.localize import LANGUAGES
from tests.dashboards.web.conftest import Desk
from tests.support.browser import page_of

pytestmark = pytest.mark.long

PASSWORD = "blast furnace 3"
SECRET = "a secret of the service and the desk"
AIGUL = User(name="aigul@works", full_name="Aigul S.", roles=(UserRole.DISPATCHER,))
NAMES = dict(zip(LANGUAGES, ("Works account", "Учётная запись завода", "Зауыт тіркелгісі"), strict=True))


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that signs in whoever says a name."""
    from oidc_provider_mock import run_server_in_thread

    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def company(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with one user, whom the provider signs in by the claim `email`."""
    folder = tmp_path_factory.mktemp("company")
    AccessFile(folder / "data").add(AIGUL, None, "test")
    secret = folder / "oidc.secret"
    secret.write_text(SECRET, encoding="utf-8")
    secret.chmod(0o600)

    def edit(config: dict[str, Any]) -> None:
        config["desk"]["addresses"] = [f"http://127.0.0.1:{config['desk']['port']}"]
        config["desk"]["oidc"] = {
            "issuer": provider,
            "client_id": "tundish",
            "client_secret_file": secret.name,
            "claim": "email",
            "names": NAMES,
        }

    desk = Desk(folder, edit=edit)
    try:
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def test_a_person_of_the_company_comes_back_to_the_page_that_was_asked_for(company: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        page.goto(f"{company.url}/stops?lang=ru")
        page.click(f"text={NAMES['ru']}")
        page.fill("[name=sub]", AIGUL.name)
        page.click("button:text-is('Authorize')")
        page.wait_for_url(f"{company.url}/stops?lang=ru")
        assert AIGUL.full_name in page.inner_text("header")
        assert AccessFile(company.folder / "data").sign_in(AIGUL.name, PASSWORD) is None


def test_who_is_no_user_of_the_desk_or_says_no_there_is_told_so(company: Desk, browser: Browser) -> None:
    with page_of(browser, locale="kk-KZ") as page:
        page.goto(f"{company.url}/?lang=kk")
        page.click(f"text={NAMES['kk']}")
        page.fill("[name=sub]", "<b>stranger</b>")
        page.click("button:text-is('Authorize')")
        assert page.inner_text(".said") == text("company_unknown", "kk").format(name="<b>stranger</b>")
    with page_of(browser) as page:
        page.goto(f"{company.url}/?lang=en")
        page.click(f"text={NAMES['en']}")
        page.click("text=Deny")
        assert page.inner_text(".said") == "Works account: you were not signed in there."
        assert "/sign-in" in page.url
