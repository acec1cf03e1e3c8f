"""A small local server that speaks the documented HTTP API of InfluxDB 3, as far as telemetry needs it.

After docs.influxdata.com, "Use the v3 write_lp API to write data" (InfluxDB 3 Core): the query parameters db,
precision, accept_partial and no_sync; the header "Authorization: Bearer"; bodies of several gzip members; 204 for a
write that is there whole; 400 with "error" and, beside it, the line that is refused. A real one was not to be had.
"""

import gzip
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from collector.influx.line_reader import NoLine, read_line
from collector.influx.settings import InfluxSettings
from models.works.table import Row, RowKey

TOKEN = "apiv3_of-the-test"


@dataclass
class Influx3:
    """`rows`: what was written, by database. `away`: it answers 503. `writes`: how many requests it took."""

    url: str = ""
    rows: dict[str, dict[RowKey, Row]] = field(default_factory=dict)
    away: bool = False
    writes: int = 0

    def settings(self, bucket: str) -> InfluxSettings:
        """What the configuration would give for this server."""
        return InfluxSettings(
            url=self.url, dialect="v3", bucket=bucket, raw_bucket=f"{bucket}_raw", token=TOKEN, raw_retention_days=None
        )

    async def write(self, request: web.Request) -> web.Response:
        """POST /api/v3/write_lp."""
        if refused := self._refused(request):
            return refused
        # The session of aiohttp has unpacked the first member alone, where there are several.
        assert request.headers["Content-Encoding"] == "gzip"
        assert request.query["precision"] == "nanosecond"
        assert request.query["accept_partial"] == "false"
        lines = gzip.decompress(await request.read()).decode().splitlines()
        database = self.rows.setdefault(request.query["db"], {})
        read: list[Row] = []
        for number, line in enumerate(lines, 1):
            try:
                row = read_line(line.encode())
                for name, value in row.fields.items():
                    _same_type([*database.values(), *read], row, name, value)
            except (NoLine, TypeError) as error:
                found = {"original_line": line, "line_number": number, "error_message": str(error)}
                answer = {"error": "parsing failed for write_lp endpoint", "data": found}
                return web.json_response(answer, status=400)
            read.append(row)
        self.writes += 1
        database.update({row.key: row for row in read})
        return web.Response(status=204, headers={"cluster-uuid": "01234567-89ab-cdef-0123-456789abcdef"})

    async def query(self, request: web.Request) -> web.Response:
        """GET /query, the endpoint of version 1 that it keeps: whether a table has a row."""
        if refused := self._refused(request):
            return refused
        if request.query["db"] not in self.rows:
            return web.json_response({"error": "database not found"}, status=404)
        rows, statement = self.rows[request.query["db"]].values(), request.query["q"]
        named = [row for row in rows if f'"{row.key.table}"' in statement or statement.startswith("SHOW")]
        series = [{"name": "found", "columns": ["time", "value"], "values": [[1, 1]]}] if named else []
        return web.json_response({"results": [{"statement_id": 0, "series": series}]})

    async def ping(self, request: web.Request) -> web.Response:
        """GET /ping."""
        answer = {"version": "3.2.0", "revision": "a1b2c3", "process_id": "0"}
        return self._refused(request) or web.json_response(answer, headers={"x-influxdb-version": "3.2.0"})

    def _refused(self, request: web.Request) -> web.Response | None:
        if self.away:
            return web.Response(status=503, text="not now")
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"error": "the request was not authenticated"}, status=401)
        return None


def _same_type(there: Iterable[Row], row: Row, name: str, value: object) -> None:
    """Raises TypeError if the field holds another type already."""
    for other in there:
        before = other.fields.get(name)
        if other.key.table == row.key.table and before is not None and type(before) is not type(value):
            raise TypeError(f"invalid column type for column '{name}'")


@asynccontextmanager
async def influx3_server() -> AsyncIterator[Influx3]:
    """It runs on a free port of loopback, and is ended on leaving."""
    server = Influx3()
    app = web.Application()
    app.router.add_post("/api/v3/write_lp", server.write)
    app.router.add_get("/query", server.query)
    app.router.add_get("/ping", server.ping)
    # Bodies as they came: several members of gzip are unpacked by the handler.
    runner = web.AppRunner(app, auto_decompress=False)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()
