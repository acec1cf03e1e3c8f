"""Every example of docs/api.md, done as it stands there, against a desk in a process of its own."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from collector.access.access_file import AccessFile
from collector.access.token_file import TokenFile
from collector.cli.main import app
from models.access.api_token import TokenScope
from models.access.user import User, UserRole
from tests.dashboards.web.api.test_api_doors import ROUTES
from tests.dashboards.web.conftest import ROOT, Desk
from tests.dashboards.web.full_month import month_desk

PAGE = (ROOT / "docs/api.md").read_text(encoding="utf-8")
HOST = "https://desk.works.example"


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def tundish(desk: Desk, command: str) -> str:
    """A command of the page; its last day is moved to one that is still to come, whenever this runs."""
    command = re.sub(r"\d{4}-\d\d-\d\d", str(date.today() + timedelta(100)), command)  # noqa: DTZ011
    words = command.split()
    assert words.pop(0) == "tundish"
    found = CliRunner().invoke(app, [*words, "--plant", str(desk.folder / "plant.yaml")], env={"COLUMNS": "200"})
    assert found.exit_code == 0, found.output
    return found.output


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with users, two years of months and this one."""
    folder = tmp_path_factory.mktemp("api-docs")
    AccessFile(folder / "data").add(
        User(name="dana", full_name="", roles=(UserRole.VIEWER,)), "blast furnace 3", "test"
    )
    desk, _ = month_desk(folder)
    try:
        desk.wait()
        yield desk
    finally:
        desk.end()


@pytest.fixture(scope="module")
def secret(desk: Desk) -> str:
    """Of the token that the page makes."""
    made = next(line for line in examples("sh")[0].splitlines() if " add " in line)
    found = re.findall(r"tundish_[0-9a-f]{8}_\S+", tundish(desk, made))
    assert len(found) == 1
    return str(found[0])


def read(desk: Desk, url: str, secret: str, method: str = "GET", **headers: str) -> tuple[int, bytes, str]:
    given = {"Authorization": f"Bearer {secret}", **headers}
    request = urllib.request.Request(url.replace(HOST, desk.url), method=method, headers=given)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - always http://127.0.0.1
            return answer.status, answer.read(), answer.headers["Content-Type"]
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers["Content-Type"]


def test_the_token_of_the_page_reads_what_it_was_made_for_until_it_is_ended(desk: Desk) -> None:
    add, listing, end = examples("sh")[0].strip().splitlines()
    name = "excel-planning"
    made = tundish(desk, add.replace(name, "ending"))
    (secret,) = re.findall(r"tundish_[0-9a-f]{8}_\S+", made)
    assert "ending" in tundish(desk, listing)
    assert [read(desk, f"{HOST}/api/v1/{path}", secret)[0] for path in ("figures", "growth", "states")] == [
        200,
        200,
        403,
    ]
    tundish(desk, end.replace(name, "ending"))
    assert read(desk, f"{HOST}/api/v1/figures", secret)[0] == 401
    assert TokenFile(desk.folder / "data").token_of(secret) is None


def test_curl_gets_the_days_as_csv(desk: Desk, secret: str) -> None:
    command = examples("sh")[1].replace(HOST, desk.url).replace("curl ", "curl --silent --show-error --fail ", 1)
    found = subprocess.run(
        ["sh", "-c", command], env={**os.environ, "TUNDISH_TOKEN": secret}, capture_output=True, check=True, timeout=60
    )
    rows = list(csv.DictReader(io.StringIO(found.stdout.decode())))
    assert rows
    assert {(row["product"], row["level"], row["simulated"]) for row in rows} == {("pig_iron", "site", "true")}


def test_python_prints_every_month_with_exact_tonnes(desk: Desk, secret: str) -> None:
    (script,) = examples("python")
    found = subprocess.run(
        [sys.executable, "-c", script.replace(HOST, desk.url)],
        env={**os.environ, "TUNDISH_TOKEN": secret},
        capture_output=True,
        check=True,
        timeout=60,
    )
    printed = [line.split() for line in found.stdout.decode().splitlines()]
    status, answer, _ = read(desk, f"{HOST}/api/v1/figures?grain=month&product=pig_iron&level=site", secret)
    assert status == 200
    rows = json.loads(answer)["rows"]
    assert len(printed) == len(rows) > 12
    for (month, tonnes, state), row in zip(printed, rows, strict=True):
        assert (month, state) == (row["date"], row["status"])
        assert Decimal(tonnes) * 10**6 == row["grams"]


def test_the_query_of_excel_and_power_bi_gets_columns_of_the_types_that_it_gives_them(desk: Desk, secret: str) -> None:
    query, _ = examples("powerquery")
    host = re.findall(r'Web\.Contents\("([^"]+)"', query)[0]
    path = re.findall(r'RelativePath = "([^"]+)"', query)[0]
    asked = dict(re.findall(r'(\w+) = "([^"]+)"', re.findall(r"Query = \[(.*?)\]", query)[0]))
    header = re.findall(r'Authorization = "([^"]+)"', query)[0]
    url = f"{host}/{path}?{'&'.join(f'{name}={value}' for name, value in asked.items())}"
    status, answer, kind = read(desk, url, "", Authorization=header.replace("SECRET", secret))
    assert (status, kind) == (200, "text/csv; charset=utf-8")
    rows = list(csv.DictReader(io.StringIO(answer.decode("utf-8"))))
    assert rows
    types = re.findall(r'\{"(\w+)", type (\w+)\}', query)
    assert len(types) == 5
    reading = {"date": date.fromisoformat, "datetimezone": datetime.fromisoformat, "number": Decimal}
    for row in rows:
        for column, type_of in types:
            if row[column]:
                reading[type_of](row[column])
        assert datetime.fromisoformat(row["start"]).utcoffset() is not None
    assert all(row["tonnes"] for row in rows)
    in_steps = re.findall(rf"`({HOST}/api/v1/[^`]+)`", PAGE)
    assert in_steps
    for step in in_steps:
        assert read(desk, step, secret)[0] == 200


POWER_QUERY = {
    "User-Agent": "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)",
    "Accept": "*/*",
    "Accept-Encoding": "gzip, deflate",
    "Cache-Control": "no-cache",
}
"""As it sends them."""


def by_power_query(desk: Desk, path: str, secret: str, **more: str) -> tuple[dict[str, str], bytes]:
    """(the answer's headers in lower case, its body)."""
    headers = {"Authorization": f"Bearer {secret}", **POWER_QUERY, **more}
    with urllib.request.urlopen(urllib.request.Request(f"{desk.url}{path}", headers=headers), timeout=30) as answer:  # noqa: S310
        found = {name.lower(): value for name, value in answer.headers.items()}
        assert "content-encoding" not in found
        return found, answer.read()


def test_power_query_gets_plain_text_with_points_in_every_language(desk: Desk, secret: str) -> None:
    path, bodies = "/api/v1/figures?grain=day&product=pig_iron&level=site&format=csv", {}
    for language in ("en", "ru", "kk"):
        headers, bodies[language] = by_power_query(desk, path, secret, **{"Accept-Language": language})
        assert headers["content-type"] == "text/csv; charset=utf-8"
        assert not bodies[language].startswith(b"\xef\xbb\xbf")
        lines = bodies[language].decode().split("\r\n")
        assert lines.pop() == ""
        assert not any("\n" in line for line in lines)
    tables = {language: list(csv.DictReader(io.StringIO(body.decode()))) for language, body in bodies.items()}
    (columns,) = {tuple(rows[0]) for rows in tables.values()}
    numbers = [name for name in columns if name.endswith(("tonnes", "_pct", "grams"))]
    for row in tables["ru"]:
        assert all(re.fullmatch(r"-?\d+(\.\d+)?|", row[name]) for name in numbers)
    assert [[row[name] for name in numbers] for row in tables["ru"]] == [
        [row[name] for name in numbers] for row in tables["en"]
    ]
    assert {row["unit_name"] for row in tables["ru"]} != {row["unit_name"] for row in tables["en"]}


def test_the_query_by_months_gets_all_hours_once(desk: Desk, secret: str) -> None:
    _, query = examples("powerquery")
    path = re.findall(r'RelativePath = "([^"]+)"', query)[0]
    asked = dict(re.findall(r'(\w+) = "([^"]+)"', re.findall(r"Query = \[(.*?)from", query, re.DOTALL)[0]))
    assert set(re.findall(r"\b(from|to) = Date", query)) == {"from", "to"}
    first = date.today().replace(day=1)  # noqa: DTZ011 - as DateTime.LocalNow
    found: list[dict[str, str]] = []
    columns = set()
    for _ in range(6):
        end = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        words = "&".join(f"{name}={value}" for name, value in {**asked, "from": str(first), "to": str(end)}.items())
        _, body = by_power_query(desk, f"/{path}?{words}", secret)
        columns.add(body.partition(b"\r\n")[0])
        found += csv.DictReader(io.StringIO(body.decode()))
        first = (first - timedelta(days=1)).replace(day=1)
    assert len(columns) == 1, "Table.Combine needs the same columns"
    starts = [row["start"] for row in found]
    assert len(starts) == len(set(starts))


def test_a_gateway_that_tries_the_bare_address_is_told_to_sign_in(desk: Desk) -> None:
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(urllib.request.Request(desk.url, headers=POWER_QUERY), timeout=30)  # noqa: S310
    assert "**Skip test connection**" in PAGE


def test_the_page_names_every_address_with_its_scope() -> None:
    named = dict(re.findall(r"^\| `(/[^`]+)` \| `(read:\w+)` \|", PAGE, re.MULTILINE))
    expected = {path.replace("{kind}", "KIND"): scope for path, (scope, _) in ROUTES.items() if scope}
    assert {path: TokenScope(scope) for path, scope in named.items()} == expected


def test_what_does_not_read_and_what_comes_from_elsewhere_is_refused_in_json(desk: Desk, secret: str) -> None:
    url = f"{HOST}/api/v1/figures"
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        status, answer, kind = read(desk, url, secret, method)
        assert (status, kind, json.loads(answer)["code"]) == (405, "application/problem+json", "only_reads")
    assert read(desk, url, secret, "HEAD")[0] == 405
    for headers in ({"Host": "works.example"}, {"Origin": "http://works.example"}):
        status, answer, kind = read(desk, url, secret, "GET", **headers)
        assert (status, kind) == (403, "application/problem+json")
    assert read(desk, f"{HOST}/api/v1/openapi.json", secret)[0] == 200


def test_a_token_opens_no_page(desk: Desk, secret: str) -> None:
    for path in ("/", "/month", "/receipt.json?product=pig_iron&from=2026-01-01&to=2026-01-02", "/api/v2/figures"):
        status, answer, _ = read(desk, f"{HOST}{path}", secret, Accept="application/json")
        assert (status, answer) == (401, b"Sign in first.")
