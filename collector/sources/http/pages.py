"""Asks a web service for one page after the other; never beyond its own host, and never for more than fits."""

import asyncio
import base64
import hashlib
import json
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import aiohttp
from yarl import URL

from collector.config.secret import SecretError, read_secret, variable
from collector.errors import SourceRefused, SourceUnavailable
from collector.influx.bounded_answer import LONGEST_ANSWER, SESSION
from collector.sources.http.cells import found
from collector.sources.http.config import AUTHORIZATION, SINCE, HttpConfig, HttpRequest
from models.works.calendar import NS

_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_NOT_MODIFIED = 304
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Validators:
    """What the service said of the first page of an address, by which it tells that nothing has changed."""

    url: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class PageWalk:
    """The pages of one request, from the first on. `validators`: of its first page, once that has come."""

    name: str
    request: HttpRequest
    url: URL
    pages: int = 0
    validators: Validators | None = None
    digests: set[bytes] = field(default_factory=set)
    ended: bool = False


class WebService:
    """One session. Raises SourceUnavailable and SourceRefused in its own words, and what aiohttp raises."""

    def __init__(self, config: HttpConfig, folder: Path) -> None:
        self._config = config
        self._folder = folder
        self._base = URL(config.url)
        self._session: aiohttp.ClientSession | None = None

    def walk(self, name: str, since_ns: int, zone: ZoneInfo | None) -> PageWalk:
        """A request from an instant on. `zone`: the one whose clocks times without an offset show."""
        request = self._config.requests[name]
        since = _since_text(request, since_ns, zone)
        # A path is written as it is sent, and may have parameters of its own.
        url = URL(str(self._base).rstrip("/") + "/" + request.path.replace(SINCE, quote(since)).lstrip("/"))
        url = url.update_query({key: text.replace(SINCE, since) for key, text in request.parameters.items()})
        if request.page is not None:
            url = url.update_query({request.page: str(request.first_page)})
        return PageWalk(name, request, url)

    async def next(self, walk: PageWalk, known: Validators | None) -> Any:  # noqa: ANN401 - whatever JSON holds
        """What the next page holds, or None where nothing has changed since `known`; sets where the walk goes on."""
        first = walk.pages == 0
        asked = dict(known.headers) if first and known is not None and known.url == str(walk.url) else {}
        status, headers, body = await self._answer(walk, asked)
        walk.pages += 1
        if status == _NOT_MODIFIED and asked:
            walk.validators, walk.ended = known, True
            return None
        held = await asyncio.to_thread(self._held, walk, headers, body)
        if first:
            said = {"If-None-Match": headers.get("ETag"), "If-Modified-Since": headers.get("Last-Modified")}
            walk.validators = Validators(str(walk.url), {key: text for key, text in said.items() if text})
        self._note_endless(walk, body)
        return held

    def go_on(self, walk: PageWalk, held: object, rows: int) -> None:
        """Where the page after this one is; `rows`: how many this one had."""
        request = walk.request
        if request.page is not None:
            walk.ended = rows == 0
            walk.url = walk.url.update_query({request.page: str(request.first_page + walk.pages)})
            return
        following = None if request.next is None else found(request.next, held)
        walk.ended = following in (None, "", False)
        if walk.ended:
            return
        if request.cursor is not None:
            walk.url = walk.url.update_query({request.cursor: str(following)})
            return
        walk.url = self._own(walk.url, str(following), "the next page")

    async def close(self) -> None:
        """End the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _answer(self, walk: PageWalk, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        if self._session is None:
            self._session = self._opened()
        url = walk.url
        for _ in range(_MOST_REDIRECTS):
            async with self._session.get(url, headers=dict(headers), allow_redirects=False) as answer:
                if answer.status in _REDIRECTS:
                    url = self._own(url, answer.headers.get("Location", ""), "a redirect")
                    continue
                if answer.status in (401, 403):
                    raise SourceRefused(f"{self.place(walk)} refuses us ({answer.status}): correct user or token")
                if answer.status not in (200, _NOT_MODIFIED):
                    raise SourceUnavailable(
                        f"{self.place(walk)} answers {answer.status} {answer.reason}: check the path"
                    )
                if answer.headers.get("Content-Encoding", "identity") != "identity":
                    raise SourceUnavailable(f"{self.place(walk)} packs its answer, though we asked for it as it is")
                return answer.status, answer.headers, await answer.read()
        raise SourceUnavailable(f"{self.place(walk)} redirects over {_MOST_REDIRECTS} times: correct url or path")

    def _held(self, walk: PageWalk, headers: Mapping[str, str], body: bytes) -> Any:  # noqa: ANN401
        if body.lstrip()[:1] == b"<" or "html" in headers.get("Content-Type", ""):
            raise SourceUnavailable(
                f"{self.place(walk)} gives a web page and no JSON ({body[:_SHOWN]!r}): log in by user or token, or "
                "correct the path"
            )
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise SourceUnavailable(f"{self.place(walk)} gives no JSON ({body[:_SHOWN]!r})") from error

    def _note_endless(self, walk: PageWalk, body: bytes) -> None:
        digest = hashlib.blake2b(body, digest_size=16).digest()
        if digest in walk.digests:
            raise SourceUnavailable(
                f"{self.place(walk)}: page {walk.pages} is the same as one before, so its pages never end: "
                "correct next, cursor or page"
            )
        walk.digests.add(digest)
        if walk.pages > self._config.most_pages:
            raise SourceUnavailable(
                f"{self.place(walk)} has more than {self._config.most_pages} pages: its pages may never end; ask for "
                "less by {since}, or raise most_pages"
            )

    def _own(self, url: URL, location: str, what: str) -> URL:
        """An address on the same host. Raises SourceRefused for another: our token is not for it."""
        try:
            joined = url.join(URL(location))
        except ValueError:
            raise SourceUnavailable(f"{self._config.url}: {what} leads to {location[:_SHOWN]!r}, no address") from None
        if not location or joined.origin() != self._base.origin():
            raise SourceRefused(
                f"{self._config.url}: {what} leads to another place, {str(joined)[:_SHOWN]}: give that as url if it is "
                "right"
            )
        return joined

    def place(self, walk: PageWalk) -> str:
        """The request, for messages."""
        return f"{self._config.url}, request {walk.name}"

    def _opened(self) -> aiohttp.ClientSession:
        config = self._config
        headers = {**dict(SESSION["headers"]), "Accept": "application/json", **self._login()}  # type: ignore[call-overload]
        context: ssl.SSLContext | bool = True
        if config.ca_file is not None:
            try:
                context = ssl.create_default_context(cafile=str(self._folder / config.ca_file))
            except (OSError, ssl.SSLError) as error:
                raise SourceRefused(f"source {config.name}, ca_file {config.ca_file}: {error}") from error
        return aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=config.timeout),
            connector=aiohttp.TCPConnector(ssl=context),
            response_class=SESSION["response_class"],  # type: ignore[arg-type]
            auto_decompress=False,
            headers=headers,
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    def _login(self) -> Mapping[str, str]:
        config = self._config
        try:
            token = read_secret(self._folder, config.token_file, variable(config.name, "token"), os.environ)
            if token is not None:
                is_bearer = config.token_header.lower() == AUTHORIZATION.lower()
                return {config.token_header: f"Bearer {token}" if is_bearer else token}
            if config.user is None:
                return {}
            password = read_secret(self._folder, config.password_file, variable(config.name, "password"), os.environ)
        except SecretError as error:
            raise SourceRefused(f"source {config.name}, the file of its password or token: {error}") from error
        login = base64.b64encode(f"{config.user}:{password or ''}".encode()).decode()
        return {AUTHORIZATION: f"Basic {login}"}


def _since_text(request: HttpRequest, since_ns: int, zone: ZoneInfo | None) -> str:
    if request.since_format != "iso":
        return str(since_ns // (NS if request.since_format == "unix" else NS // 1000))
    since = datetime.fromtimestamp(since_ns // NS, UTC)
    return (since if zone is None else since.astimezone(zone).replace(tzinfo=None)).isoformat()


def said(config: HttpConfig, error: Exception) -> SourceUnavailable:
    """What an error of the library means."""
    if isinstance(error, TimeoutError):
        return SourceUnavailable(f"{config.url} gave no answer within {config.timeout:g} s")
    if isinstance(error, aiohttp.ClientPayloadError):
        return SourceUnavailable(
            f"{config.url}: an answer was cut, or is over {LONGEST_ANSWER >> 20} MB ({error}): ask for less at once"
        )
    line = next(iter(str(error).splitlines()), "")[:200] or type(error).__name__
    return SourceUnavailable(f"{config.url}: {line}")
