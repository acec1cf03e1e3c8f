"""Readings and heats that a works has in InfluxDB already, read from a real one."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.sources.base import Delivery, SourceContext
from collector.sources.influx import SOURCE
from collector.sources.influx.answers import UnreadableAnswer, flux_rows, influxql_rows
from collector.sources.polling import PollingSource
from models.works.codes import TagKind
from models.works.plant import Conversion, Tag
from tests.collector.service.steel_works import soon
from tests.support.influxd import ORG, PASSWORD, TOKEN, USER, InfluxServer, dialects, influx_server
from tests.support.run_source import run_source

NS = 1_000_000_000
QUERIES = {
    "v1": {
        "belts": "SELECT total FROM belt WHERE time >= :since AND time < :until GROUP BY mine",
        "heats": "SELECT heat, kg FROM heats WHERE time >= :since AND time < :until",
    },
    "v2": {
        "belts": 'from(bucket: "plant") |> range(start: :since, stop: :until) |> filter(fn: (r) => r._measurement == '
        '"belt") |> rename(columns: {_value: "total"})',
        "heats": 'from(bucket: "plant") |> range(start: :since, stop: :until) |> filter(fn: (r) => r._measurement == '
        '"heats") |> pivot(rowKey: ["_time"], columnKey: ["_field"], valueColumn: "_value")',
    },
}


@pytest.fixture(scope="module", params=dialects())
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InfluxServer]:
    with influx_server(request.param, tmp_path_factory.mktemp("influx")) as one:
        one.make_bucket("plant")
        yield one


@pytest.fixture(autouse=True)
def _empty(server: InfluxServer) -> None:
    if server.dialect == "v1":
        for name in ("belt", "heats"):
            server.request("POST", f"/query?db=plant&q=DROP%20SERIES%20FROM%20{name}")
    else:
        span = b'{"start": "1970-01-01T00:00:00Z", "stop": "2100-01-01T00:00:00Z"}'
        server.request("POST", f"/api/v2/delete?org={ORG}&bucket=plant", body=span)


def write(server: InfluxServer, *lines: str) -> None:
    path = "/write?db=plant" if server.dialect == "v1" else f"/api/v2/write?org={ORG}&bucket=plant"
    server.request("POST", path, body="\n".join(lines).encode())


def tag(name: str, kind: TagKind = TagKind.GAUGE, **keys: object) -> Tag:
    at = {"site": "works", "shop": "yard", "unit": "yard", "source": "old", "unit_of_measure": "t", "cadence_s": 10}
    return Tag(name=f"yard.{name}", signal=name, kind=kind, **at, **keys)


def source(server: InfluxServer, folder: Path, newest: dict[str, int] | None = None, **keys: object) -> PollingSource:
    secret = folder / "old.secret"
    secret.write_text(PASSWORD if server.dialect == "v1" else TOKEN)
    secret.chmod(0o600)
    login = {"database": "plant", "user": USER, "password_file": "old.secret"}
    if server.dialect == "v2":
        login = {"org": ORG, "token_file": "old.secret"}
    given = {"name": "old", "type": "influx", "url": server.url, "queries": QUERIES[server.dialect], "poll": "200ms"}
    heats = SOURCE.address(query="heats", key="heat", tonnes="kg")
    tags = [
        (0, tag("belt"), SOURCE.address(query="belts", value="total", when={"mine": "three"})),
        (1, tag("heats", TagKind.EVENT, product="steel", conversion=Conversion(0.001)), heats),
    ]
    context = SourceContext(tags, folder, {}, time.time_ns, newest_ns=newest or {})
    return SOURCE.build(SOURCE.config.model_validate({**given, **login, **keys}), context)


def rows(got: list[Delivery]) -> list[tuple[float, int]]:
    found: list[tuple[float, int]] = []
    for one in got:
        if one.readings is not None:
            found += zip(one.readings.values.tolist(), one.readings.times_ns.tolist(), strict=True)
    return found


async def test_rows_become_readings_and_heats_once_and_late_ones_are_found(
    server: InfluxServer, tmp_path: Path
) -> None:
    now_ns = time.time_ns() // NS * NS
    write(
        server,
        f"belt,mine=three total=17.5 {now_ns - 60 * NS + 123_456_000}",
        f"belt,mine=four total=99 {now_ns - 60 * NS}",
        f'heats heat="H-1",kg=310000i {now_ns - 50 * NS}',
    )
    one = source(server, tmp_path)
    async with run_source(one) as got:
        await soon(lambda: rows(got) and any(delivery.events for delivery in got))
        write(server, f"belt,mine=three total=18 {now_ns}", f"belt,mine=three total=17.7 {now_ns - 30 * NS}")
        await soon(lambda: len(rows(got)) == 3)
        await asyncio.sleep(0.6)
    assert sorted(rows(got)) == [
        (17.5, now_ns - 60 * NS + 123_456_000),
        (17.7, now_ns - 30 * NS),
        (18.0, now_ns),
    ], "each once, the late one too"
    (heat,) = [event for delivery in got for event in delivery.events]
    assert (heat.key, heat.tonnes, heat.end_ns) == ("H-1", 310.0, now_ns - 50 * NS)
    assert any(delivery.coverage.get("yard.heats") for delivery in got)
    assert one.health.up


async def test_after_a_quiet_month_and_a_long_outage_everything_is_read_in_parts(
    server: InfluxServer, tmp_path: Path
) -> None:
    now_ns = time.time_ns() // NS * NS
    begins_ns = now_ns - 30 * 86_400 * NS
    count = 12_000
    write(server, *(f"belt,mine=three total={number} {begins_ns + number * NS}" for number in range(count)))
    write(server, f"belt,mine=three total=99999 {now_ns - NS}")
    async with run_source(source(server, tmp_path, {"yard.belt": begins_ns - NS}, first="60d")) as got:
        await soon(lambda: len(rows(got)) == count + 1)
    assert max(len(one.readings) for one in got if one.readings is not None) <= 5_000
    assert [value for value, _ in rows(got)] == [*map(float, range(count)), 99999.0]


@pytest.mark.parametrize("change", ["query", "column", "secret"])
async def test_what_is_wrong_is_said_in_the_words_of_the_database(
    server: InfluxServer, tmp_path: Path, change: str
) -> None:
    write(server, f"belt,mine=three total=1 {time.time_ns() - NS}")
    queries = dict(QUERIES[server.dialect])
    if change == "query":
        queries["belts"] += " ((("
    if change == "column":
        queries["belts"] = queries["belts"].replace("total", "sum" if server.dialect == "v2" else "total AS sum")
    one = source(server, tmp_path, queries=queries)
    if change == "secret":
        (tmp_path / "old.secret").write_text("another")
    async with run_source(one):
        await soon(lambda: one.health.last_error or one.health.bad_nodes)
    if change == "column":
        assert "query belts: there is no column total" in one.health.bad_nodes["yard.belt"]
    else:
        assert server.url in one.health.last_error
        wanted = "error" if change == "query" else "refuses us"
        assert wanted in one.health.last_error


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"queries": {"q": "SELECT x FROM y"}}, "has no :since"),
        ({"queries": {"q": "SELECT x INTO z FROM y WHERE time >= :since AND time < :until"}}, "not one SELECT"),
        ({"queries": {"q": "DROP SERIES :since :until"}}, "not one SELECT"),
        ({"database": None, "org": "o", "queries": {"q": "x(:since,:until) |> to(bucket: 1)"}}, "has to"),
        ({"database": None, "org": "o", "queries": {"q": 'import "http"\nx(:since,:until)'}}, "imports http"),
        ({"org": "o"}, "one of the two"),
        ({"user": "me", "url": "http://historian.works.example:8086"}, "over a line in the clear"),
        ({"url": "http://me:word@127.0.0.1"}, "holds a login"),
    ],
)
def test_what_would_write_or_cannot_be_meant_is_refused(keys: dict[str, object], words: str) -> None:
    given = {
        "name": "old",
        "type": "influx",
        "url": "http://127.0.0.1:8086",
        "database": "plant",
        "queries": {"q": "SELECT x FROM y WHERE time >= :since AND time < :until"},
    }
    SOURCE.config.model_validate(given)
    with pytest.raises(ValueError, match=words):
        SOURCE.config.model_validate(given | keys)


@given(st.binary(max_size=300))
def test_any_answer_is_rows_or_a_sentence(body: bytes) -> None:
    for read in (influxql_rows, flux_rows):
        try:
            said = ""
            rows_found = read(body)
        except UnreadableAnswer as error:
            said, rows_found = str(error), []
        assert said or isinstance(rows_found, list)


def test_an_answer_that_was_cut_short_is_refused() -> None:
    for body in (
        b'{"results":[{"series":[{"name":"a","columns":["time"],"values":[[1]],"partial":true}]}]}',
        b'{"results":[{"series":[],"partial":true}]}',
        b'{"results":[{"error":"max-select-point limit exceeded"}]}',
    ):
        with pytest.raises(UnreadableAnswer, match=r"cut its answer short|limit exceeded"):
            influxql_rows(body)


def test_whole_numbers_of_64_bits_stay_what_they_are() -> None:
    body = (
        b"#datatype,string,long,dateTime:RFC3339,unsignedLong,boolean\r\n,result,table,_time,n,on\r\n"
        b",,0,2026-09-30T07:00:00Z,18446744073709551615,true\r\n\r\n"
    )
    assert flux_rows(body)[0]["n"] == 2**64 - 1
    series = b'{"name":"a","columns":["time","n"],"values":[[1790751600123456789,9007199254740993]]}'
    body = b'{"results":[{"series":[' + series + b"]}]}"
    assert influxql_rows(body) == [{"time": 1790751600123456789, "n": 9007199254740993}]
