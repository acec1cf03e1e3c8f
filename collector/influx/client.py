"""One adapter to three dialects of InfluxDB, on influxdb-client's asynchronous connection.

All of them go through the same ApiClientAsync and its aiohttp session: v2 by WriteService and DeleteService, v1 by
`call_api` on /write and /query, which those services use themselves, v3 by it on /api/v3/write_lp. The library's own
batching and gzip are not used.
"""

import os
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
from influxdb_client.client.influxdb_client_async import InfluxDBClientAsync
from influxdb_client.domain.delete_predicate_request import DeletePredicateRequest
from influxdb_client.rest import ApiException
from influxdb_client.service.delete_service import DeleteService
from influxdb_client.service.write_service import WriteService

from collector.errors import CollectorError, SinkUnavailable
from collector.influx.answer import failure, sentence
from collector.influx.bounded_answer import SESSION
from collector.influx.predicate import influxql_point_delete, v2_point_predicate, v2_time
from collector.influx.settings import InfluxSettings
from models.works.table import RowKey

T = TypeVar("T")

_WRITTEN = 204
"""All dialects answer a write with 204 when they have every line; a 200 is some proxy's page."""
_NO_DATABASE = 404
"""InfluxDB 3 makes a database with its first write: before that it has none, and nothing in it."""


@dataclass(frozen=True, slots=True)
class Series:
    """One series of an InfluxQL answer. `values` are rows in the order of `columns`; times in UTC nanoseconds."""

    name: str
    tags: dict[str, str]
    columns: Sequence[str]
    values: Sequence[Sequence[Any]]


class InfluxClient:
    """Writes, point deletes and InfluxQL reads. Make it inside a running event loop; close it when done.

    Every call raises SinkUnavailable if the rows must be kept (no connection, time limit, credentials, missing
    bucket, overload: with the wait that the database asks for) and SinkRejected if the rows are at fault.
    """

    def __init__(self, settings: InfluxSettings) -> None:
        self.settings = settings
        # A redirected POST would come back as a GET of some page, and its 200 would look like success.
        options: dict[str, Any] = {"timeout": int(settings.timeout_s * 1000), "allow_redirects": False}
        options["client_session_kwargs"] = SESSION
        if settings.dialect != "v1":
            options |= {"token": settings.token, "org": settings.org}
        elif settings.user is not None:
            options |= {"token": f"{settings.user}:{settings.password or ''}", "auth_basic": True}
        # The library carries no types: what comes from it is Any here, and only here.
        self._client: Any = InfluxDBClientAsync(settings.url, **options)
        self._api: Any = self._client.api_client
        if settings.dialect == "v3":
            # The word that its documentation has; "Token" is for requests of the older dialects.
            self._api.default_headers["Authorization"] = f"Bearer {settings.token}"
        self._write_service: Any = WriteService(self._api)  # type: ignore[no-untyped-call]
        self._delete_service: Any = DeleteService(self._api)  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.close()

    async def write(self, bucket: str, body: bytes) -> None:
        """Writes gzip-compressed line protocol. Returns only when the database answered 204: it has every line."""
        status = await self._guarded(bucket, self._post_lines(bucket, body))
        if status != _WRITTEN:
            raise failure(self.settings, bucket, status, {}, f"answered {status} to a write, not 204")

    async def delete_point(self, bucket: str, key: RowKey) -> None:
        """Deletes the point of this table, all these tags and this very time; nothing happens if there is none."""
        if self.settings.dialect == "v1":
            await self._influxql("POST", bucket, influxql_point_delete(key))
            return
        at = v2_time(key.time_ns)
        request = DeletePredicateRequest(start=at, stop=at, predicate=v2_point_predicate(key))  # type: ignore[no-untyped-call]
        call = self._delete_service.post_delete_async(request, org=self.settings.org, bucket=bucket)
        await self._guarded(bucket, call)

    async def version(self) -> str:
        """What the server calls itself, such as "v2.9.1"; "" if it does not say."""
        call = self._api.call_api("/ping", "GET", _return_http_data_only=False)
        _, _, headers = await self._guarded("-", call)
        return str({name.lower(): value for name, value in headers.items()}.get("x-influxdb-version", ""))

    async def query(self, bucket: str, influxql: str) -> list[Series]:
        """The series of one InfluxQL statement that reads."""
        return await self._influxql("GET", bucket, influxql)

    async def execute(self, bucket: str, influxql: str) -> None:
        """One InfluxQL statement that changes something."""
        await self._influxql("POST", bucket, influxql)

    async def manage(self, method: str, path: str, body: object) -> dict[str, Any]:
        """A call of InfluxDB 2's API for buckets and tokens, and its JSON answer."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        call = self._api.call_api(path, method, header_params=headers, body=body, response_type="object")
        answer = await self._guarded("-", call)
        return answer if isinstance(answer, dict) else {}

    async def _post_lines(self, bucket: str, body: bytes) -> int:
        if self.settings.dialect == "v2":
            _, status, _ = await self._write_service.post_write_async(
                self.settings.org,
                bucket,
                body,
                precision="ns",
                content_encoding="gzip",
                content_type="text/plain; charset=utf-8",
                _return_http_data_only=False,
            )
        else:
            path, parameters = "/write", [("db", bucket), ("precision", "ns")]
            if self.settings.dialect == "v3":
                # Refused as a whole: what is at fault is looked for by halves, as everywhere.
                whole = [("precision", "nanosecond"), ("accept_partial", "false")]
                path, parameters = "/api/v3/write_lp", [("db", bucket), *whole]
            _, status, _ = await self._api.call_api(
                path,
                "POST",
                query_params=parameters,
                header_params={"Content-Encoding": "gzip", "Content-Type": "text/plain; charset=utf-8"},
                body=body,
                _return_http_data_only=False,
            )
        return int(status)

    async def _influxql(self, method: str, bucket: str, statement: str) -> list[Series]:
        call = self._api.call_api(
            "/query",
            method,
            query_params=[("db", bucket), ("epoch", "ns"), ("q", statement)],
            header_params={"Accept": "application/json"},
            response_type="object",
        )
        try:
            answer = await self._guarded(bucket, call)
        except SinkUnavailable as error:
            found = error.__cause__
            if self.settings.dialect == "v3" and isinstance(found, ApiException) and found.status == _NO_DATABASE:
                return []
            raise
        try:
            said = answer.get("error")
            result = {} if said else answer["results"][0]
            said = said or result.get("error")
            series = [
                Series(each.get("name", ""), each.get("tags", {}), each["columns"], each.get("values", []))
                for each in result.get("series", [])
            ]
        except (LookupError, TypeError, AttributeError) as error:
            raise self._unusable("it is no answer to a query") from error
        if said:
            # The statement was understood, so what is wrong is the server's state: its sentence alone tells.
            raise SinkUnavailable(f"InfluxDB at {self.settings.url}, bucket {bucket}: {sentence(str(said))}")
        return series

    async def _guarded(self, bucket: str, call: Awaitable[T]) -> T:
        """Awaits a call of the library and turns its many ways to fail into the two that matter here."""
        try:
            return await call
        except ApiException as error:
            raise self._failure(bucket, error) from error
        except TimeoutError as error:
            limit = self.settings.timeout_s
            raise SinkUnavailable(f"InfluxDB at {self.settings.url} did not answer within {limit:g} s") from error
        except aiohttp.ClientPayloadError as error:
            raise self._unusable(sentence(str(error))) from error
        except (ValueError, RecursionError) as error:
            # The library reads JSON: what is none, or is nested a thousand deep, is no answer of a database.
            raise self._unusable("it is no JSON") from error
        except (aiohttp.ClientError, OSError) as error:
            cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
            # The library's own words name its sockets and error numbers, and nothing that anybody could set.
            number = (cause.errno if isinstance(cause, OSError) else None) or 0
            text = os.strerror(number).lower() if number > 0 else getattr(cause, "strerror", "") or str(cause)
            text = sentence(text or type(cause).__name__)
            raise SinkUnavailable(f"InfluxDB at {self.settings.url} cannot be reached: {text}") from error

    def _unusable(self, why: str) -> SinkUnavailable:
        return SinkUnavailable(
            f"the answer from {self.settings.url} cannot be used: {why}; check that influxdb url leads to the database "
            "itself"
        )

    def _failure(self, bucket: str, error: ApiException) -> CollectorError:
        return failure(self.settings, bucket, int(error.status or 0), error.headers or {}, error.body or b"")
