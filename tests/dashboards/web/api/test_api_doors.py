"""Who may read what by the API: every address asked as nobody, as every role, and with every scope."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from collector.storage.ledger.schema import LEDGER
from dashboards.web.api import asker
from dashboards.web.api.application import make_api
from dashboards.web.door import DeskDoor
from models.access.api_token import ApiToken, TokenScope
from models.access.user import User, UserRole
from models.works.calendar import NS
from models.works.localize import LANGUAGES
from tests.dashboards.web.api.works_api import LOOPBACK, WorksApi, asked, unlimited, works

__all__ = ["unlimited", "works"]
pytestmark = pytest.mark.usefixtures("unlimited")

PASSWORD = "blast furnace 3"
ROUTES: dict[str, tuple[TokenScope | None, str]] = {
    "/figures": (TokenScope.FIGURES, "/figures"),
    "/growth": (TokenScope.GROWTH, "/growth"),
    "/plans": (TokenScope.PLANS, "/plans"),
    "/reports/{kind}": (TokenScope.REPORTS, "/reports/day"),
    "/signatures": (TokenScope.REPORTS, "/signatures"),
    "/receipts": (TokenScope.RECEIPTS, "/receipts?product=pig_iron&from=2026-01-01&to=2026-01-02"),
    "/states": (TokenScope.STATES, "/states"),
    "/stops": (TokenScope.STOPS, "/stops"),
    "/alerts": (TokenScope.ALERTS, "/alerts"),
    "/openapi.json": (None, "/openapi.json"),
}


@pytest.fixture(scope="module")
def guarded(works: WorksApi) -> WorksApi:
    """It, with a user of each role."""
    for role in UserRole:
        works.users.add(User(name=role.value, full_name="", roles=(role,)), PASSWORD, "test")
    works.users.add(User(name="gone", full_name="", roles=(UserRole.DIRECTOR,)), PASSWORD, "test")
    return works


def test_no_address_is_forgotten_here(works: WorksApi) -> None:
    assert {route.path for route in make_api(works.parts()).routes if isinstance(route, APIRoute)} == set(ROUTES)
    assert {scope for scope, _ in ROUTES.values()} == {*TokenScope, None}


@pytest.mark.parametrize(("scope", "path"), ROUTES.values(), ids=ROUTES)
async def test_nobody_reads_nothing_and_is_told_what_to_do(
    guarded: WorksApi, scope: TokenScope | None, path: str
) -> None:
    app = guarded.app()
    said = set()
    for language in LANGUAGES:
        answer = await asked(app, path, **{"Accept-Language": language})
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"] == 'Bearer realm="tundish"'
        body = answer.json()
        assert (body["status"], body["code"]) == (401, "no_token")
        assert "tundish token add" in body["detail"]
        assert scope is None or scope in body["detail"]
        assert "pig" not in answer.text
        said.add(body["detail"])
    assert len(said) == len(LANGUAGES)


@pytest.fixture(scope="module")
def sessions(guarded: WorksApi) -> dict[str, str]:
    """The cookie of each role, and of one who is disabled."""
    begun = {name: guarded.users.sign_in(name, PASSWORD) for name in (*UserRole, "gone")}
    assert None not in begun.values()
    guarded.users.change(replace(guarded.users.known("gone"), disabled=True), "test")
    return {name: session.token for name, session in begun.items() if session is not None}


@pytest.mark.long
@pytest.mark.parametrize("path", [path for _, path in ROUTES.values()], ids=ROUTES)
async def test_every_role_that_has_signed_in_reads_what_the_pages_show_and_who_is_disabled_does_not(
    guarded: WorksApi, sessions: dict[str, str], path: str
) -> None:
    app = guarded.app()
    found = {name: (await asked(app, path, cookie=cookie)).status_code for name, cookie in sessions.items()}
    assert found == {**dict.fromkeys(UserRole, 200), "gone": 401}
    assert (await asked(app, path, cookie="x" * 43)).status_code == 401


@pytest.mark.parametrize(("scope", "path"), ROUTES.values(), ids=ROUTES)
async def test_a_token_reads_by_its_scope_and_nothing_else(
    guarded: WorksApi, scope: TokenScope | None, path: str
) -> None:
    app = guarded.app()
    for given in TokenScope:
        answer = await asked(app, path, token=guarded.token(given))
        if scope in (None, given):
            assert answer.status_code == 200, answer.text
            continue
        assert answer.status_code == 403
        assert answer.json()["code"] == "missing_scope"
        assert f'error="insufficient_scope", scope="{scope}"' in answer.headers["www-authenticate"]
        assert "pig_iron" not in answer.text


@pytest.mark.parametrize("path", [path for _, path in ROUTES.values()], ids=ROUTES)
async def test_a_token_that_ended_expired_or_never_was_is_answered_401_also_where_anybody_may_read(
    guarded: WorksApi, path: str
) -> None:
    name = f"ending{path.partition('?')[0].replace('/', '-')}"
    ended = guarded.token(*TokenScope, name=name)
    guarded.tokens.end(name, "test")
    soon = ApiToken(
        id="", name=f"{name}-2", scopes=tuple(TokenScope), shops=(), author="test", made_ns=0,
        expires_ns=time.time_ns() + NS // 50,
    )  # fmt: skip
    expired = guarded.tokens.add(soon)
    time.sleep(0.03)
    for door in (LOOPBACK, DeskDoor(host="127.0.0.1", port=1, open_to_read=True)):
        app = guarded.app(door)
        for secret in (ended, expired, f"{ended}x", "x", "tundish_00000000_x"):
            answer = await asked(app, path, token=secret)
            assert answer.status_code == 401
            assert 'error="invalid_token"' in answer.headers["www-authenticate"]
        for header in ("Bearer", "Bearer ", "Basic eDp4", "", f"Bearer {'x' * 300}"):
            answer = await asked(app, path, Authorization=header)
            assert answer.status_code == 401, header


async def test_where_the_pages_are_open_to_read_the_api_is_too(guarded: WorksApi) -> None:
    assert (
        await asked(guarded.app(DeskDoor(host="127.0.0.1", port=1, open_to_read=True)), "/states")
    ).status_code == 200


async def test_a_token_of_a_shop_reads_of_that_shop_alone(guarded: WorksApi) -> None:
    app, token = guarded.app(), guarded.token(*TokenScope, shops=("blast_furnaces",))
    for path in ("/figures", "/growth", "/plans", "/states", "/stops", "/alerts", "/reports/day"):
        answer = await asked(app, path, token=token)
        rows = answer.json()["rows"]
        assert rows, path
        assert {row["shop"] for row in rows} == {"blast_furnaces"}
        for more in ("shop=mines", "unit=mine1", "shop=all"):
            refused = await asked(app, f"{path}?{more}", token=token)
            assert refused.status_code == 403
            assert refused.json()["code"] == "shop_not_allowed"
    days = "product=pig_iron&from=2026-01-01&to=2026-01-02"
    assert (await asked(app, f"/receipts?{days}&shop=blast_furnaces", token=token)).status_code == 200
    for more in ("", "&shop=mines", "&unit=mine1"):
        refused = await asked(app, f"/receipts?{days}{more}", token=token)
        assert refused.status_code == 403


async def test_who_asks_too_often_is_told_when_to_ask_again(guarded: WorksApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asker, "TOKEN_MOST", 3)
    token, other = guarded.token(TokenScope.STATES), guarded.token(TokenScope.STATES)
    app = guarded.app()
    answers = [await asked(app, "/states", token=token) for _ in range(5)]
    assert [answer.status_code for answer in answers][:3] == [200] * 3
    last = answers[-1]
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) >= 1
    assert last.json()["code"] == "too_many_requests"
    assert (await asked(app, "/states", token=other)).status_code == 200
    monkeypatch.setattr(asker, "ADDRESS_MOST", 2)
    app = guarded.app()
    found = [(await asked(app, "/states", token=f"guess{number}")).status_code for number in range(4)]
    assert found[:2] == [401, 401]
    assert found[-1] == 429, "guesses are bounded by their address"


async def test_what_cannot_be_is_refused_in_words_and_gives_no_other_figure(guarded: WorksApi) -> None:
    app, token = guarded.app(), guarded.token(*TokenScope)
    for path, status, code in (
        ("/figures?prodcut=pig_iron", 400, "bad_parameter"),
        ("/figures?first=2026-01-01", 400, "bad_parameter"),
        ("/figures?product=pig_iron&product=slab", 400, "bad_parameter"),
        ("/figures?product=gold", 404, "no_such_code"),
        ("/figures?grain=week", 400, "bad_parameter"),
        ("/figures?from=2026-02-30", 400, "bad_parameter"),
        ("/figures?from=1700000000", 400, "bad_parameter"),
        ("/figures?from=2026-03-01&to=2026-02-01", 400, "bad_parameter"),
        ("/figures?grain=hour&from=2025-01-01&to=2025-03-01", 400, "bad_parameter"),
        ("/figures?as_known_on=2099-01-01", 400, "bad_parameter"),
        ("/figures?limit=0", 400, "bad_parameter"),
        ("/figures?limit=50001", 400, "bad_parameter"),
        ("/figures?format=pdf", 400, "bad_parameter"),
        ("/plans?month=2026-13", 400, "bad_parameter"),
        ("/reports/week", 400, "bad_parameter"),
        ("/reports/shift?period=yesterday", 400, "bad_parameter"),
        ("/receipts", 400, "bad_parameter"),
        ("/receipts?product=slab&unit=bf3&from=2026-01-01&to=2026-01-02", 404, "no_such_place"),
        ("/nothing", 404, "no_such_address"),
        ("/", 404, "no_such_address"),
    ):
        answer = await asked(app, path, token=token)
        assert (answer.status_code, answer.json()["code"]) == (status, code), path
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]


async def test_a_ledger_that_cannot_be_read_is_told_and_is_no_empty_list(guarded: WorksApi, tmp_path: Path) -> None:
    (tmp_path / LEDGER.name).write_bytes(b"not a ledger" * 1000)
    app, token = guarded.app(data_dir=tmp_path), guarded.token(*TokenScope)
    for _, path in ROUTES.values():
        answer = await asked(app, path, token=token)
        if path == "/openapi.json":
            continue
        assert answer.status_code == 503, path
        assert answer.json()["code"] == "not_readable"
