"""The adapter against real servers; answers that a real one cannot be made to give come from a small local server."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from collector.errors import SinkRejected, SinkUnavailable
from collector.influx.client import InfluxClient
from collector.influx.line_protocol import encode_rows
from collector.influx.packing import gzip_member
from collector.influx.settings import InfluxSettings
from models.works.table import Row, RowKey
from tests.collector.influx.answering import Answering
from tests.support.influxd import InfluxServer
from tests.support.ports import free_port


@pytest.fixture
async def client(settings: InfluxSettings) -> AsyncIterator[InfluxClient]:
    made = InfluxClient(settings)
    yield made
    await made.close()


def lines(*texts: str) -> bytes:
    return gzip_member("".join(f"{text}\n" for text in texts).encode())


async def test_several_gzip_members_in_one_body_are_all_written(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    now_ns = time.time_ns()
    await client.write(settings.bucket, lines(f"m v=1 {now_ns}") + lines(f"m v=2 {now_ns + 1}"))
    assert [row["v"] for row in server.rows(settings.bucket, "SELECT v FROM m")] == [1, 2]


async def test_a_field_of_another_type_is_refused_with_the_databases_sentence_and_count(
    settings: InfluxSettings, client: InfluxClient
) -> None:
    now_ns = time.time_ns()
    await client.write(settings.bucket, lines(f"m v=1 {now_ns}"))
    with pytest.raises(SinkRejected, match="type conflict") as refused:
        await client.write(settings.bucket, lines(f"m v=2 {now_ns + 1}", f"m v=3i {now_ns + 2}"))
    assert refused.value.dropped == 1
    assert refused.value.refused.startswith(("partial write", "failure writing points"))


async def test_a_partial_write_leaves_the_good_rows_in_the_database(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    now_ns = time.time_ns()
    await client.write(settings.bucket, lines(f"m v=1 {now_ns}"))
    with pytest.raises(SinkRejected):
        await client.write(settings.bucket, lines(f"m v=2i {now_ns + 1}", f"m v=3 {now_ns + 2}"))
    assert [row["v"] for row in server.rows(settings.bucket, "SELECT v FROM m")] == [1, 3]


async def test_rows_beyond_the_retention_of_the_database_are_refused_and_counted(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    short = f"{settings.bucket}_short"
    server.make_bucket(short, retention_days=2)
    now_ns = time.time_ns()
    with pytest.raises(SinkRejected, match="retention policy") as refused:
        await client.write(short, lines(f"m v=1 {now_ns - 5 * 86400 * 10**9}", f"m v=2 {now_ns}"))
    assert refused.value.dropped == 1


async def test_bad_credentials_keep_the_rows_and_name_the_next_step(settings: InfluxSettings) -> None:
    changed = {"password": "wrong"} if settings.dialect == "v1" else {"token": "wrong"}
    stranger = InfluxClient(replace(settings, **changed))
    with pytest.raises(SinkUnavailable, match=r"rows are kept: give influxdb .*_file") as failed:
        await stranger.write(settings.bucket, lines("m v=1 1"))
    await stranger.close()
    assert "wrong" not in str(failed.value)


async def test_a_missing_bucket_keeps_the_rows_and_says_how_to_create_it(client: InfluxClient) -> None:
    with pytest.raises(SinkUnavailable, match=r"not found.*rows are kept: create it .*nowhere"):
        await client.write("nowhere", lines("m v=1 1"))


async def test_a_server_that_is_away_keeps_the_rows(settings: InfluxSettings) -> None:
    away = InfluxClient(replace(settings, url=f"http://127.0.0.1:{free_port()}"))
    with pytest.raises(SinkUnavailable, match="cannot be reached"):
        await away.write(settings.bucket, lines("m v=1 1"))
    await away.close()


async def test_the_same_point_written_twice_is_one_point_with_the_last_value(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    now_ns = time.time_ns()
    for value in (1, 1, 5):
        await client.write(settings.bucket, lines(f"m,unit=bf3 v={value} {now_ns}"))
    assert [row["v"] for row in server.rows(settings.bucket, "SELECT v FROM m")] == [5]


@pytest.mark.parametrize(
    ("table", "tags"),
    [
        ("output_hour", {"site": "temirtau", "unit": "bf3"}),
        ("q w,\"'x", {"un it": "b'f\"3", "a=b": "x,y=z \\q", "or": "' OR time > 0 --"}),
        ("чугун", {"цех": "доменный"}),
        ("bare", {}),
    ],
)
async def test_a_point_delete_takes_this_point_and_no_other(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient, table: str, tags: dict[str, str]
) -> None:
    now_ns = time.time_ns()
    gone = RowKey.of(table, now_ns, tags)
    neighbours = [
        RowKey.of(table, now_ns + 1, tags),
        RowKey.of(table, now_ns - 1, tags),
        RowKey.of("other", now_ns, tags),
    ]
    neighbours += [RowKey.of(table, now_ns, {**tags, name: "other"}) for name in tags]
    rows = [Row(key, {"f": float(number)}) for number, key in enumerate([gone, *neighbours])]
    await client.write(settings.bucket, gzip_member(encode_rows(rows).data))
    await client.delete_point(settings.bucket, gone)
    left = {row["f"] for row in server.rows(settings.bucket, "SELECT * FROM /.*/")}
    assert left == {float(number) for number in range(1, len(rows))}


async def test_deleting_a_point_that_is_not_there_changes_nothing(
    settings: InfluxSettings, client: InfluxClient
) -> None:
    await client.delete_point(settings.bucket, RowKey.of("never_written", 1, {"unit": "bf3"}))


async def test_a_withdrawn_field_disappears_by_delete_and_rewrite(
    server: InfluxServer, settings: InfluxSettings, client: InfluxClient
) -> None:
    key = RowKey.of("output_day", time.time_ns(), {"unit": "bf3"})
    await client.write(settings.bucket, gzip_member(encode_rows([Row(key, {"actual_t": 1.0, "target_t": 2.0})]).data))
    await client.delete_point(settings.bucket, key)
    await client.write(settings.bucket, gzip_member(encode_rows([Row(key, {"actual_t": 3.0})]).data))
    (row,) = server.rows(settings.bucket, 'SELECT * FROM "output_day"')
    assert (row["actual_t"], row.get("target_t")) == (3, None)


async def test_sums_read_back_exactly(server: InfluxServer, settings: InfluxSettings, client: InfluxClient) -> None:
    now_ns = time.time_ns()
    grams = [318_250_000 + 1_000 * number for number in range(2_000)]
    await client.write(settings.bucket, lines(*(f"m v={value}i {now_ns + at}" for at, value in enumerate(grams))))
    (answer,) = await client.query(settings.bucket, 'SELECT sum("v") FROM "m"')
    assert answer.values[0][1] == sum(grams)


async def test_a_statement_that_the_database_cannot_read_is_refused(
    settings: InfluxSettings, client: InfluxClient
) -> None:
    with pytest.raises(SinkRejected, match="found SELEC"):
        await client.query(settings.bucket, "SELEC")


async def refusal_of(client: InfluxClient) -> SinkUnavailable:
    with pytest.raises(SinkUnavailable) as failed:
        await client.write("b", lines("m v=1 1"))
    return failed.value


@pytest.mark.parametrize("status", [429, 503])
async def test_an_overloaded_server_keeps_the_rows_and_sets_the_wait(status: int, answering: Answering) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"message": "too many writes"}, status=status, headers={"Retry-After": "7"})

    error = await refusal_of(await answering(answer))
    assert error.retry_after_s == 7
    assert f"too many writes (status {status}, which asks to wait 7 s); the rows are kept" in str(error)


async def test_a_wait_given_as_a_date_is_honoured_and_nonsense_is_not(answering: Answering) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    waits = iter([later, "soon", "-5", "1e12"])

    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": next(waits)})

    client = await answering(answer)
    assert 25 < ((await refusal_of(client)).retry_after_s or 0) <= 30
    assert (await refusal_of(client)).retry_after_s is None
    assert (await refusal_of(client)).retry_after_s == 0
    assert (await refusal_of(client)).retry_after_s == 300


@pytest.mark.parametrize("status", [200, 202, 302, 404, 418, 500])
async def test_only_204_is_a_success_whatever_stands_between(status: int, answering: Answering) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/login":
            return web.Response(text="welcome")
        return web.Response(status=status, text="<html>a proxy", headers={"Location": "/login"})

    assert (await refusal_of(await answering(answer))).retry_after_s is None


@pytest.mark.parametrize("status", [302, 404, 429, 503])
async def test_a_status_without_words_is_named_once(status: int, answering: Answering) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status)

    said = str(await refusal_of(await answering(answer)))
    assert re.sub(r"127\.0\.0\.1:\d+", "", said).count(str(status)) == 1, "but for the port, which may hold it too"


@pytest.mark.parametrize(
    ("body", "creates"),
    [
        ("<html><title>404 Not Found</title>nginx: no such bucket</html>", False),
        ("404 page not found", False),
        (json.dumps({"message": "no Route matched with those values"}), False),
        (json.dumps({"code": "not found", "message": "path not found"}), False),
        (json.dumps({"code": "not found", "message": 'bucket "b" not found'}), True),
        (json.dumps({"error": 'database not found: "b"'}), True),
        (json.dumps({"error": "database does not exist: b"}), True),
    ],
)
async def test_only_the_database_s_own_words_say_that_a_bucket_is_missing(
    body: str, creates: bool, answering: Answering
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=404, text=body)

    error = str(await refusal_of(await answering(answer)))
    assert ("create it" in error) is creates
    assert ("check that influxdb url" in error) is not creates


async def test_a_server_that_never_answers_is_given_up_after_the_time_limit(answering: Answering) -> None:
    async def answer(_: web.Request) -> web.Response:
        await asyncio.sleep(30)
        return web.Response(status=204)

    client = await answering(answer)
    assert "did not answer within 0.5 s" in str(await refusal_of(client))


async def test_too_large_a_body_is_a_refusal_so_that_it_is_split(answering: Answering) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=413, text="Request Entity Too Large")

    client = await answering(answer)
    with pytest.raises(SinkRejected, match="Too Large"):
        await client.write("b", lines("m v=1 1"))


def test_secrets_are_not_shown_by_the_settings(settings: InfluxSettings) -> None:
    for secret in (settings.token, settings.password):
        assert secret is None or secret not in repr(settings)


HTML = "<html><head><title>400 Bad Request</title></head></html>"


@pytest.mark.parametrize(
    ("status", "body"), [(400, HTML), (422, HTML), (400, ""), (400, '["no object"]'), (400, '{"detail": "not ours"}')]
)
async def test_an_answer_that_is_not_in_the_databases_own_form_keeps_the_rows(
    status: int, body: str, answering: Answering
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    assert "the rows are kept" in str(await refusal_of(await answering(answer)))


async def test_a_refusal_in_other_words_than_those_for_rows_is_doubtful(answering: Answering) -> None:
    said = iter(["bad gateway rule 17", "partial write: field type conflict: input field dropped=1"])

    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"code": "invalid", "message": next(said)}, status=400)

    client = await answering(answer)
    for doubtful in (True, False):
        with pytest.raises(SinkRejected) as refused:
            await client.write("b", lines("m v=1 1"))
        assert refused.value.doubtful is doubtful
