"""What a service that signs people in may say wrongly, or another one in its place: nobody is signed in by it."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from authlib.deprecate import AuthlibDeprecationWarning
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from collector.access.access_file import AccessFile
from dashboards.web.door import DeskDoor, OidcDoor
from dashboards.web.sign_in import COMPANY, COMPANY_BACK, SignIn, SignInForms
from dashboards.web.single_sign_on import MOST_PENDING, SingleSignOn, check_metadata
from dashboards.web.texts import text
from models.works.localize import LANGUAGES
from tests.dashboards.web.test_single_sign_on import AIGUL, NAMES, SECRET

PAGE = {"Accept": "text/html"}
DESK = "http://127.0.0.1:8686"


class FalseProvider:
    """Says of the person what `claims` makes, signed as `sign` does."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.claims: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self.metadata: dict[str, Any] = {}
        self.nonce = ""

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/.well-known/openid-configuration", self._known)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/token", self._token)
        return app

    async def _known(self, request: web.Request) -> web.Response:
        here = str(request.url.origin())
        known = {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
        }
        return web.json_response(known | self.metadata)

    async def _keys(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [self.key.as_dict(private=False)]})

    async def _token(self, request: web.Request) -> web.Response:
        now_s = int(time.time())
        claims = self.claims(
            {
                "iss": str(request.url.origin()),
                "sub": "4711",
                "aud": "tundish",
                "exp": now_s + 300,
                "iat": now_s,
                "nonce": self.nonce,
                "email": AIGUL.name,
            }
        )
        return web.json_response({"access_token": "x", "token_type": "Bearer", "id_token": self.sign(claims)})


class Tried:
    """A desk and its false provider."""

    def __init__(self, folder: Path, provider: FalseProvider, issuer: str) -> None:
        self.file = AccessFile(folder)
        self.file.add(AIGUL, None, "test")
        self.provider = provider
        self.oidc = OidcDoor(
            issuer=issuer, client_id="tundish", client_secret=SECRET, claim="email", names=NAMES, desk_address=DESK
        )
        door = DeskDoor(host="127.0.0.1", port=8686, addresses=(DESK,), oidc=self.oidc)
        forms = SignInForms(self.file, door.cookie, door.encrypted, dict.fromkeys(LANGUAGES, "Works"), NAMES)
        app = FastAPI()
        forms.add_to(app)
        self.sign_on = SingleSignOn(self.oidc, forms)
        self.sign_on.add_to(app)
        app.add_api_route("/", lambda: "figures", methods=["GET"])
        self.app = SignIn(app, self.file, door)

    def browser(self) -> AsyncClient:
        return AsyncClient(transport=ASGITransport(self.app), base_url=DESK, headers=PAGE)

    async def begin(self, browser: AsyncClient) -> str:
        """The state of a sign-in that was begun."""
        sent = await browser.get(COMPANY)
        assert sent.status_code == 303, sent.text
        asked = parse_qs(urlsplit(sent.headers["Location"]).query)
        assert asked["redirect_uri"] == [DESK + COMPANY_BACK]
        assert asked["code_challenge_method"] == ["S256"]
        self.provider.nonce = asked["nonce"][0]
        return asked["state"][0]

    async def end(self, browser: AsyncClient, state: str) -> Response:
        return await browser.get(COMPANY_BACK, params={"state": state, "code": "1"})


@pytest.fixture
async def tried(tmp_path: Path) -> Any:  # noqa: ANN401 - a generator of the fixture above
    provider = FalseProvider()
    async with TestServer(provider.application()) as server:
        yield Tried(tmp_path, provider, f"http://127.0.0.1:{server.port}")


async def test_a_sound_answer_signs_in_once(tried: Tried) -> None:
    async with tried.browser() as browser:
        state = await tried.begin(browser)
        answer = await tried.end(browser, state)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
        assert (await browser.get("/")).text == '"figures"'
    async with tried.browser() as browser:
        assert (await tried.end(browser, state)).status_code == 400


def _by_secret(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))


def _by_nobody(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "none"}, claims, None, algorithms=["none"])


def _by_another(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048))


UNSOUND_CLAIMS: dict[str, dict[str, Any]] = {
    "another reader": {"aud": "another"},
    "another reader, by the hand of ours": {"aud": ["another"], "azp": "tundish"},
    "another issuer": {"iss": "https://elsewhere.example"},
    "another sign-in": {"nonce": "another"},
    "ended": {"exp": int(time.time()) - 3600},
    "of tomorrow": {"iat": int(time.time()) + 86_400, "nbf": int(time.time()) + 86_400},
    "no name": {"email": ""},
    "a name that is a list": {"email": [AIGUL.name]},
}


@pytest.mark.parametrize("changed", UNSOUND_CLAIMS.values(), ids=UNSOUND_CLAIMS)
async def test_an_answer_that_says_what_cannot_be_signs_nobody_in(tried: Tried, changed: dict[str, Any]) -> None:
    tried.provider.claims = lambda claims: claims | changed
    async with tried.browser() as browser:
        answer = await tried.end(browser, await tried.begin(browser))
        assert answer.status_code == 401
        assert (await browser.get("/")).status_code == 303


@pytest.mark.parametrize("sign", [_by_secret, _by_nobody, _by_another, lambda _: "x.y.z", lambda _: ""])
async def test_an_answer_that_the_service_did_not_sign_signs_nobody_in(
    tried: Tried, sign: Callable[[dict[str, Any]], str]
) -> None:
    tried.provider.sign = sign
    async with tried.browser() as browser:
        answer = await tried.end(browser, await tried.begin(browser))
        assert answer.status_code == 401
        assert (await browser.get("/")).status_code == 303


async def test_a_sign_in_that_another_browser_began_or_nobody_did_is_refused(tried: Tried) -> None:
    async with tried.browser() as one, tried.browser() as other:
        state = await tried.begin(one)
        await tried.begin(other)
        assert (await tried.end(other, state)).status_code == 400
        assert (await tried.end(one, state)).status_code == 400
        assert (await tried.end(one, "")).status_code == 400
        assert (await one.get("/")).status_code == 303


async def test_who_is_disabled_meanwhile_is_not_signed_in(tried: Tried) -> None:
    async with tried.browser() as browser:
        state = await tried.begin(browser)
        await asyncio.to_thread(tried.file.change, replace(AIGUL, disabled=True), "test")
        answer = await tried.end(browser, state)
    assert answer.status_code == 403
    assert text("company_unknown", "en").format(name=AIGUL.name) in answer.text


async def test_no_more_sign_ins_are_kept_under_way_than_so_many(tried: Tried) -> None:
    async with tried.browser() as browser:
        first = await tried.begin(browser)
        for _ in range(MOST_PENDING):
            last = await tried.begin(browser)
        assert len(tried.sign_on._pending) == MOST_PENDING
        assert (await tried.end(browser, first)).status_code == 400
        assert (await tried.end(browser, last)).status_code == 303


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "http://login.works.example/token"},
        {"jwks_uri": ""},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
async def test_a_service_that_cannot_be_trusted_is_not_asked(tried: Tried, metadata: dict[str, Any]) -> None:
    tried.provider.metadata = metadata
    with pytest.raises(ValueError, match=r"it calls itself|which is no https"):
        check_metadata(
            {
                "issuer": "http://127.0.0.1",
                "authorization_endpoint": "http://127.0.0.1/",
                "token_endpoint": "https://a.example/",
                "jwks_uri": "https://a.example/",
                **metadata,
            },
            "http://127.0.0.1",
        )
    async with tried.browser() as browser:
        assert (await browser.get(COMPANY)).status_code == 503


async def test_a_service_that_is_away_is_told_and_found_again(tmp_path: Path) -> None:
    provider = FalseProvider()
    server = TestServer(provider.application())
    await server.start_server()
    tried = Tried(tmp_path, provider, f"http://127.0.0.1:{server.port}")
    port = server.port
    await server.close()
    async with tried.browser() as browser:
        away = await browser.get(COMPANY, params={"lang": "ru"})
        assert away.status_code == 503
        assert text("company_away", "ru").format(service=NAMES["ru"]) in away.text
        async with TestServer(provider.application(), port=port):
            assert (await tried.end(browser, await tried.begin(browser))).status_code == 303


def test_the_library_is_asked_as_its_present_line_wants_it(recwarn: pytest.WarningsRecorder) -> None:
    import authlib.integrations.httpx_client

    assert authlib.integrations.httpx_client.AsyncOAuth2Client
    assert not [each for each in recwarn if issubclass(each.category, AuthlibDeprecationWarning)]
