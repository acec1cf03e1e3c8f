"""Rows of a web service: pages, logins, validators, and answers that are none."""

import asyncio
import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from collector.sources.base import Delivery, SourceContext
from collector.sources.http import SOURCE
from collector.sources.polling import PollingSource
from models.works.codes import TagKind
from models.works.plant import Conversion, Tag
from tests.collector.service.steel_works import soon
from tests.support.json_service import Answering, JsonService, json_service
from tests.support.run_source import run_source

NOON = datetime(2026, 9, 30, 7, 0, tzinfo=UTC)
NOW_NS = round(NOON.timestamp()) * 10**9
COLUMNS = {"request": "heats", "key": "no", "tonnes": "weight.net", "end": "at"}


def tag(name: str, kind: TagKind = TagKind.EVENT, **keys: object) -> Tag:
    return Tag(
        name=f"bof1.{name}", signal=name, kind=kind, site="works", shop="steel", unit="bof1", source="mes",
        unit_of_measure="t", cadence_s=60, product="steel_crude", **keys,
    )  # fmt: skip


def heat(number: object, minutes: float, kilograms: object = 300_000, **more: object) -> dict[str, object]:
    at = (NOON + timedelta(minutes=minutes)).isoformat()
    return {"no": number, "weight": {"net": kilograms}, "at": at, "furnace": 1} | more


def source(service: JsonService, folder: Path, request: dict[str, Any], **keys: object) -> PollingSource:
    address = COLUMNS | dict(keys.pop("columns", {}))
    given = {
        "name": "mes",
        "type": "http",
        "url": service.url,
        "requests": {"heats": {"path": "/heats"} | request},
        "poll": "50ms",
        "timeout": "1s",
    } | keys
    tags = [(0, tag("heats", conversion=Conversion(0.001)), SOURCE.address(**address))]
    if "others" in given["requests"]:
        others = COLUMNS | {"request": "others"}
        tags.append((1, tag("others", conversion=Conversion(0.001)), SOURCE.address(**others)))
    return SOURCE.build(SOURCE.config.model_validate(given), SourceContext(tags, folder, {}, lambda: NOW_NS))


def told(got: list[Delivery]) -> list[tuple[str, float]]:
    return [(event.key, event.tonnes) for delivery in got for event in delivery.events]


async def test_rows_are_found_by_jmespath_and_handed_on_once(tmp_path: Path) -> None:
    rows = [heat(1, -50, 301_250), heat("A-2", -30, "299000,5"), heat(3, -10, None), heat(4, 5)]
    async with json_service(lambda _: web.json_response({"data": {"items": rows}})) as service:
        one = source(service, tmp_path, {"rows": "data.items"}, columns={"when": {"furnace": 1}})
        async with run_source(one) as got:
            await soon(lambda: told(got))
            rows[2] = heat(3, -10, 305_500)
            rows[0] = heat(1, -50, 300_000)
            await soon(lambda: len(told(got)) == 4)
            await asyncio.sleep(0.2)
    assert told(got) == [("1", 301.25), ("A-2", 299.0005), ("1", 300.0), ("3", 305.5)]
    assert not [item for delivery in got for item in delivery.rejections]


async def test_it_asks_from_the_newest_row_with_an_overlap_and_drops_what_it_did_not_ask_for(tmp_path: Path) -> None:
    async with json_service(lambda _: web.json_response([heat(1, -60 * 40), heat(2, -30)])) as service:
        request = {"parameters": {"from": "{since}", "limit": "500"}}
        one = source(service, tmp_path, request, first="5h", overlap="20m")
        async with run_source(one) as got:
            await soon(lambda: len(service.asked) > 2)
    assert told(got) == [("2", 300.0)], "a row of two days ago was not asked for"
    assert service.asked[0][0] == "/heats?from=2026-09-30T02:00:00%2B00:00&limit=500"
    assert service.asked[1][0] == "/heats?from=2026-09-30T06:10:00%2B00:00&limit=500"


@pytest.mark.parametrize(
    ("form", "text"),
    [("unix", "1790733600"), ("unix_ms", "1790733600000"), ("iso", "2026-09-30T07:00:00")],
)
async def test_the_time_is_written_as_the_service_wants_it(tmp_path: Path, form: str, text: str) -> None:
    async with json_service(lambda _: web.json_response([])) as service:
        one = source(service, tmp_path, {"path": "/h/{since}", "since_format": form}, first="5h", zone="Asia/Almaty")
        async with run_source(one):
            await soon(lambda: service.asked)
    assert service.asked[0][0] == f"/h/{text}"


PAGES = [[heat(1, -50), heat(2, -40)], [heat(3, -30), heat(4, -20)], [heat(5, -10)]]


def by_link(request: web.Request) -> web.Response:
    number = int(request.query.get("p", "0"))
    more = {"next": f"/heats?p={number + 1}"} if number < 2 else {"next": None}
    return web.json_response({"rows": PAGES[number], "links": more})


def by_cursor(request: web.Request) -> web.Response:
    number = ["", "c1", "c2"].index(request.query.get("after", ""))
    return web.json_response({"rows": PAGES[number], "cursor": ["c1", "c2", ""][number]})


def by_page(request: web.Request) -> web.Response:
    number = int(request.query["page"])
    return web.json_response({"rows": PAGES[number - 1] if number <= 3 else []})


@pytest.mark.parametrize(
    ("answer", "request_keys"),
    [
        (by_link, {"next": "links.next"}),
        (by_cursor, {"next": "cursor", "cursor": "after"}),
        (by_page, {"page": "page"}),
    ],
)
async def test_pages_are_followed_to_their_end(tmp_path: Path, answer: Answering, request_keys: dict[str, str]) -> None:
    async with json_service(answer) as service:
        one = source(service, tmp_path, {"rows": "rows"} | request_keys)
        async with run_source(one) as got:
            await soon(lambda: sum(delivery.coverage.get("bof1.heats", 0) for delivery in got) >= 2)
    assert len(service.asked) >= 6, "a look is all pages"
    assert [key for key, _ in told(got)] == ["1", "2", "3", "4", "5"]
    assert one.health.up


async def test_what_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    sent = 0

    def answer(request: web.Request) -> web.Response:
        nonlocal sent
        if request.headers.get("If-None-Match") == '"v1"':
            return web.Response(status=304)
        sent += 1
        said = {"ETag": '"v1"', "Last-Modified": "Wed, 30 Sep 2026 06:00:00 GMT"}
        return web.json_response([heat(1, -5)], headers=said)

    async with json_service(answer) as service:
        one = source(service, tmp_path, {})
        async with run_source(one) as got:
            await soon(lambda: len(service.asked) > 4)
    assert sent == 1
    assert told(got) == [("1", 300.0)]
    assert service.asked[-1][1]["If-Modified-Since"] == "Wed, 30 Sep 2026 06:00:00 GMT"
    assert all(delivery.coverage == {"bof1.heats": 1} for delivery in got)


@pytest.mark.parametrize(
    ("keys", "header", "text"),
    [
        ({"token_file": "mes.secret"}, "Authorization", "Bearer heat-and-ash"),
        ({"token_file": "mes.secret", "token_header": "X-Api-Key"}, "X-Api-Key", "heat-and-ash"),
        ({"user": "lab", "password_file": "mes.secret"}, "Authorization", "Basic bGFiOmhlYXQtYW5kLWFzaA=="),
    ],
)
async def test_it_logs_in_by_what_a_file_holds(tmp_path: Path, keys: dict[str, str], header: str, text: str) -> None:
    secret = tmp_path / "mes.secret"
    secret.write_text("heat-and-ash\n")
    secret.chmod(0o600)
    async with json_service(lambda _: web.Response(status=403)) as service:
        one = source(service, tmp_path, {}, **keys)
        async with run_source(one):
            await soon(lambda: one.health.last_error)
    assert service.asked[0][1][header] == text
    assert one.health.last_error == f"{service.url}, request heats refuses us (403): correct user or token"


def endless(request: web.Request) -> web.Response:
    number = int(request.query.get("p", "0"))
    return web.json_response({"rows": [heat(number, -number - 1)], "next": f"?p={number + 1}"})


BOMB = gzip.compress(b" " * 50_000_000)
ANSWERS: dict[str, tuple[Any, dict[str, str], str]] = {
    "a_page_of_logging_in": (
        lambda _: web.Response(text="<!DOCTYPE html><h1>Login</h1>", content_type="text/html"), {},
        "gives a web page and no JSON (b'<!DOCTYPE html><h1>Login</h1>'): log in by user or token",
    ),
    "half_an_answer": (lambda _: web.Response(text='[{"no": 1, '), {}, "gives no JSON (b'[{\"no\": 1, ')"),
    "nested_without_end": (lambda _: web.Response(text="[" * 100_000), {}, "gives no JSON"),
    "another_shape": (
        lambda _: web.json_response({"error": "x", "code": 5}), {"rows": "items"},
        "there is no list at items; there is: the keys error, code; correct rows",
    ),
    "more_than_fits": (lambda _: web.Response(body=b"[" + b" " * 17_000_000), {}, "is over 16 MB"),
    "packed_to_burst": (
        lambda _: web.Response(body=BOMB, headers={"Content-Encoding": "gzip"}), {}, "packs its answer",
    ),
    "the_same_page_for_ever": (
        lambda _: web.json_response({"rows": [heat(1, -5)], "next": "?again"}), {"rows": "rows", "next": "next"},
        "page 2 is the same as one before, so its pages never end",
    ),
    "pages_that_never_end": (endless, {"rows": "rows", "next": "next"}, "has more than 20 pages"),
    "another_host": (
        lambda _: web.Response(status=302, headers={"Location": "http://example.invalid/heats"}), {},
        "a redirect leads to another place, http://example.invalid/heats",
    ),
    "a_next_page_elsewhere": (
        lambda _: web.json_response({"rows": [], "next": "http://example.invalid/2"}), {"rows": "rows", "next": "next"},
        "the next page leads to another place",
    ),
    "a_circle": (
        lambda _: web.Response(status=302, headers={"Location": "/heats"}), {}, "redirects over 5 times",
    ),
    "nothing_there": (lambda _: web.Response(status=404), {}, "answers 404 Not Found: check the path"),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
async def test_an_answer_that_is_none_is_told_and_another_request_is_unharmed(tmp_path: Path, name: str) -> None:
    answer, request, words = ANSWERS[name]

    def both(asked: web.Request) -> web.StreamResponse:
        return web.json_response([heat(9, -5)]) if asked.path == "/others" else answer(asked)

    async with json_service(both) as service:
        requests = {"heats": {"path": "/heats"} | request, "others": {"path": "/others"}}
        one = source(service, tmp_path, {}, requests=requests, most_pages=20)
        async with run_source(one) as got:
            await soon(
                lambda: any(words in text for text in (one.health.last_error, *one.health.bad_nodes.values())), 5
            )
            await soon(lambda: ("9", 300.0) in told(got))


@pytest.mark.long
async def test_a_service_that_hangs_is_told_and_asked_again(tmp_path: Path) -> None:
    hangs = True

    async def slowly(request: web.Request) -> web.StreamResponse:
        if hangs:
            await asyncio.sleep(30)
        return web.json_response([heat(1, -5)])

    async with json_service(slowly) as service:
        service.answer = slowly  # type: ignore[assignment]
        one = source(service, tmp_path, {}, timeout="300ms")
        async with run_source(one) as got:
            await soon(lambda: one.health.last_error)
            assert one.health.last_error == f"{service.url} gave no answer within 0.3 s"
            hangs = False
            await soon(lambda: told(got))
    assert one.health.up


async def test_a_redirect_on_its_own_host_is_followed(tmp_path: Path) -> None:
    def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/heats":
            return web.Response(status=307, headers={"Location": "/v2/heats"})
        return web.json_response([heat(1, -5)])

    async with json_service(answer) as service:
        one = source(service, tmp_path, {})
        async with run_source(one) as got:
            await soon(lambda: told(got))


async def test_a_bad_row_harms_itself_alone_and_a_key_that_is_gone_is_named(tmp_path: Path) -> None:
    rows = [heat(1, -5), heat(2, -4, "slag"), heat(3, -3, float("nan")), 7, heat(4, 60 * 24 * 30), heat(5, -2)]
    async with json_service(lambda _: web.Response(text=json.dumps(rows))) as service:
        one = source(service, tmp_path, {})
        async with run_source(one) as got:
            await soon(lambda: told(got))
            refused = [(item.event_key, item.detail) for delivery in got for item in delivery.rejections]
            rows[:] = [{"no": 1, "weight": {"gross": 5}, "at": "2026-09-30T06:00:00Z"}]
            await soon(lambda: one.health.bad_nodes)
    assert told(got) == [("1", 300.0), ("5", 300.0)]
    assert [key for key, _ in refused] == ["2", "3", "4", None]
    assert refused[1][1] == "'nan' is not a number"
    assert one.health.bad_nodes["bof1.heats"] == (
        "request heats: there is no key weight.net; there are: no, weight, at"
    )


async def test_a_page_of_many_rows_comes_in_bounded_deliveries(tmp_path: Path) -> None:
    rows = [heat(number, -number / 100) for number in range(12_000)]
    async with json_service(lambda _: web.json_response(rows)) as service:
        one = source(service, tmp_path, {}, timeout="10s")
        async with run_source(one) as got:
            await soon(lambda: len(told(got)) >= 12_000)
    assert max(len(delivery.events) for delivery in got) == 5_000
