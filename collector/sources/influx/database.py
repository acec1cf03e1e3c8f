"""Asks a database of InfluxDB by HTTP, each answer read to a limit."""

import asyncio
import base64
import os
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from collector.config.secret import SecretError, read_secret, variable
from collector.errors import SourceRefused, SourceUnavailable
from collector.influx.answer import sentence
from collector.influx.bounded_answer import SESSION
from collector.sources.influx.answers import UnreadableAnswer, flux_rows, influxql_rows
from collector.sources.influx.config import InfluxConfig
from collector.sources.rows import Cells
from models.works.calendar import NS

_DENIED = (401, 403)
_FAULTY = (400, 404, 422)


class AnswerTooLong(Exception):
    """Ask for a shorter time."""


class InfluxDatabase:
    """One session."""

    def __init__(self, config: InfluxConfig, folder: Path) -> None:
        self._config = config
        self._folder = folder
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, query: str, since_ns: int, until_ns: int) -> list[Cells]:
        """The rows of that time. Raises AnswerTooLong, SourceUnavailable or SourceRefused."""
        if self._session is None:
            self._session = self._opened()
        body = await self._asked(self._session, query, since_ns, until_ns)
        # In a thread, for megabytes of text take a while.
        try:
            return await asyncio.to_thread(influxql_rows if self._config.database is not None else flux_rows, body)
        except UnreadableAnswer as error:
            raise SourceRefused(f"{place(self._config)}: {error}") from error

    async def close(self) -> None:
        """End the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _asked(self, session: aiohttp.ClientSession, query: str, since_ns: int, until_ns: int) -> bytes:
        config = self._config
        if config.database is not None:
            text = timed(query, f"'{_moment(since_ns)}'", f"'{_moment(until_ns)}'")
            # By GET the server itself refuses every statement that writes.
            call = session.get("query", params={"db": config.database, "q": text, "epoch": "ns"}, allow_redirects=False)
        else:
            asked = {
                "query": timed(query, _moment(since_ns), _moment(until_ns)),
                "type": "flux",
                "dialect": {"header": True, "annotations": ["datatype"]},
            }
            params = {"org": config.org or ""}
            call = session.post("api/v2/query", params=params, json=asked, allow_redirects=False)
        async with call as answer:
            try:
                body = await answer.read()
            except aiohttp.ClientPayloadError as error:
                raise AnswerTooLong from error
            if answer.status in _DENIED:
                raise SourceRefused(f"{place(config)} refuses us: {sentence(body) or answer.status}")
            if answer.status in _FAULTY:
                raise SourceRefused(f"{place(config)}: {sentence(body) or answer.status}")
            if answer.status != 200:
                raise SourceUnavailable(f"{place(config)} answered {answer.status}: {sentence(body)}")
            return body

    def _opened(self) -> aiohttp.ClientSession:
        config = self._config
        connector = None
        if config.ca_file is not None:
            try:
                connector = aiohttp.TCPConnector(
                    ssl=ssl.create_default_context(cafile=str(self._folder / config.ca_file))
                )
            except (OSError, ssl.SSLError) as error:
                raise SourceRefused(f"source {config.name}, ca_file {config.ca_file}: {error}") from error
        timeout = aiohttp.ClientTimeout(total=config.timeout)
        options: dict[str, object] = {**SESSION, "headers": {**_of_session(), **self._login()}}
        return aiohttp.ClientSession(
            f"{config.url.rstrip('/')}/",
            connector=connector,
            timeout=timeout,
            **options,  # type: ignore[arg-type]
        )

    def _login(self) -> Mapping[str, str]:
        config = self._config
        token = self._secret("token", config.token_file)
        if token:
            return {"Authorization": f"Token {token}"}
        if config.user is None:
            return {}
        login = f"{config.user}:{self._secret('password', config.password_file) or ''}"
        return {"Authorization": "Basic " + base64.b64encode(login.encode()).decode()}

    def _secret(self, kind: str, file: str | None) -> str | None:
        try:
            return read_secret(self._folder, file, variable(self._config.name, kind), os.environ)
        except SecretError as error:
            raise SourceRefused(f"source {self._config.name}, {kind}_file {file}: {error}") from error


def _of_session() -> Mapping[str, str]:
    headers = SESSION["headers"]
    return headers if isinstance(headers, dict) else {}


def timed(query: str, since: str, until: str) -> str:
    """The query with its times in it."""
    return query.replace(":since", since).replace(":until", until)


def _moment(time_ns: int) -> str:
    return datetime.fromtimestamp(time_ns // NS, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def place(config: InfluxConfig) -> str:
    """The database, for messages."""
    return f"InfluxDB at {config.url}, {config.database or config.org}"


def said(config: InfluxConfig, error: Exception) -> SourceUnavailable:
    """What an error of the library means."""
    text = next(iter(str(error).splitlines()), "")[:200] or type(error).__name__
    if isinstance(error, TimeoutError):
        text = f"gave no answer within {config.timeout:g} s"
    return SourceUnavailable(f"{place(config)}: {text}")
