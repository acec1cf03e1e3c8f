"""Boards and rules over PostgreSQL: asked by SQL alone, of one works and one level, over its own data sources."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from collector.config.load import load
from dashboards.grafana.data_sources import Database, SqlDatabase, data_sources
from dashboards.grafana.desired_state import DesiredState
from dashboards.grafana.documents import rule_documents
from dashboards.grafana.export import files
from dashboards.grafana.sources import Sources
from models.works.plant import Plant
from tests.support.every_board import every_board

ROOT = Path(__file__).resolve().parents[3]
SQL = Sources(sql_calculated=True, sql_raw=True)
LANGUAGES = ("ru", "kk", "en")
POSTGRES = SqlDatabase(
    address="db:5432", database="works", user="reader", password="hunter2", tls="verify-full", ca="PEM"
)
INFLUX = Database(url="http://influx:8086", calculated="works", raw="works_raw", authorization="Token hunter2")


@pytest.fixture(scope="module")
def plant() -> Plant:
    return load(ROOT / "deploy/plant.yaml", environment={"TUNDISH_INFLUXDB_TOKEN": "x"}).plant


def values(document: object, key: str) -> Iterator[Any]:
    """Every value under this key, at any depth."""
    if isinstance(document, dict):
        for name, value in document.items():
            if name == key:
                yield value
            yield from values(value, key)
    elif isinstance(document, list):
        for value in document:
            yield from values(value, key)


def test_every_statement_fixes_the_works_and_its_level_and_leaves_variables_to_be_quoted(plant: Plant) -> None:
    documents: list[object] = [
        *every_board(plant, LANGUAGES, sources=SQL).values(),
        *rule_documents(plant, "ru", sources=SQL),
    ]
    statements = [query for document in documents for query in values(document, "rawSql")]
    statements += [query for document in documents for query in values(document, "definition")]
    assert len(statements) > 400
    for query in statements:
        assert query.count(f"\"site\" = '{plant.site}'") == query.count(" FROM tundish."), query
        assert query.count('FROM tundish."output_') <= query.count('"level" = \''), query
        for variable in ("unit", "product", "shop", "signal", "maker"):
            assert f"${variable}" not in query, query
            assert f"'${{{variable}" not in query, query


def test_nothing_of_influxdb_is_left_on_boards_over_postgresql(plant: Plant) -> None:
    for version, kind in (((12, 2), "grafana-postgresql-datasource"), ((9, 3), "postgres")):
        for document in every_board(plant, LANGUAGES, version, SQL).values():
            kinds = {source["type"] for source in values(document, "datasource")}
            assert kinds == {kind}
            assert "influxdb" not in json.dumps(document)


def test_where_telemetry_stays_in_influxdb_only_its_tables_are_asked_there(plant: Plant) -> None:
    sources = Sources(sql_calculated=True)
    for document in every_board(plant, ["en"], sources=sources).values():
        panels: Any = document["panels"]
        for panel in panels:
            for target in panel.get("targets", []):
                asked = target.get("query") or target["rawSql"]
                raw = '"source_health"' in asked or '"telemetry"' in asked
                assert ("rawSql" in target) is not raw
                assert (target["datasource"]["type"] == "influxdb") is raw


@pytest.mark.parametrize(
    ("influx", "postgres", "kinds"),
    [
        (INFLUX, None, ["influxdb", "influxdb"]),
        (None, POSTGRES, ["grafana-postgresql-datasource"] * 2),
        (INFLUX, POSTGRES, ["grafana-postgresql-datasource", "influxdb"]),
    ],
)
def test_each_data_source_is_over_the_database_that_has_its_tables(
    plant: Plant, influx: Database | None, postgres: SqlDatabase | None, kinds: list[str]
) -> None:
    found = list(data_sources(plant, influx, postgres, (12, 2)))
    assert [source.document["type"] for source in found] == kinds
    assert "hunter2" not in repr(found)
    for source in found:
        assert "hunter2" not in json.dumps(source.document)


def test_a_new_password_or_authority_is_a_change_of_the_data_source(plant: Plant) -> None:
    variants = (POSTGRES, replace(POSTGRES, password="other"), replace(POSTGRES, ca="other"))
    logins = [
        source.document["jsonData"]["tundishLogin"]  # type: ignore[index]
        for each in variants
        for source in data_sources(plant, None, each, (12, 2))
    ]
    assert len(set(logins)) == 3


def test_exported_files_hold_the_certificate_and_no_password(plant: Plant) -> None:
    made = files(DesiredState(plant=plant, languages=LANGUAGES, postgres=POSTGRES))
    text = made["datasources/tundish.yaml"]
    assert "password: $TUNDISH_POSTGRES_READER" in text
    assert "tlsCACert: PEM" in text
    assert "sslmode: verify-full" in text
    assert not any("hunter2" in content for content in made.values())
