"""A tag that names a query, a request or a kind of file that its source does not have is told by the check."""

from pathlib import Path

import pytest

from collector.errors import ConfigurationError
from tests.collector.service.works_document import works_settings, works_yaml

EVENT = {"signal": "heats", "kind": "event", "source": "lab", "product": "pig_iron", "unit_of_measure": "t",
         "key": "no", "tonnes": "t", "end": "at", "cadence": "1m"}  # fmt: skip
QUERY = "SELECT no, t, at FROM heats WHERE at >= :since ORDER BY at"
SOURCES = {
    "query": {"type": "sql", "driver": "sqlite", "database": "lab.db", "queries": {"heats": QUERY}},
    "request": {"type": "http", "url": "https://lab.example", "requests": {"heats": {"path": "/heats"}}},
    "file": {
        "type": "files", "folder": "drop",
        "kinds": {"heats": {"files": ["*.csv"]}, "shifts": {"files": ["*.xlsx"], "what": "figures"}},
    },
}  # fmt: skip


HISTORIAN = {
    "type": "influx",
    "url": "http://127.0.0.1:1",
    "database": "plant",
    "user": "tundish",
    "password_file": "lab.secret",
    "queries": {"heats": "SELECT no, t FROM heats WHERE time >= :since AND time < :until"},
}


def load(folder: Path, key: str, name: str, source: dict[str, object] | None = None) -> None:
    shop = works_yaml()["shops"][1]
    shop["units"] = [unit for unit in shop["units"] if unit["code"] == "bf3"]
    shop["units"][0]["tags"] = [EVENT | {key: name}]
    reported = {"main": {"product": "pig_iron", "counted_at": ["bf3"]}}
    works_settings(folder, shops=[shop], sources=[{"name": "lab"} | (source or SOURCES[key])], reported=reported)


@pytest.mark.parametrize("key", SOURCES)
def test_a_name_that_the_source_does_not_have_is_told_with_the_nearest(tmp_path: Path, key: str) -> None:
    load(tmp_path, key, "heats")
    with pytest.raises(ConfigurationError, match=f"{key}: source lab has no 'heat' there; did you mean heats?"):
        load(tmp_path, key, "heat")


def test_a_kind_of_stated_figures_has_no_tags(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="source lab has no 'shifts' there; known: heats"):
        load(tmp_path, "file", "shifts")


def test_a_query_that_a_historian_does_not_have_is_told_too(tmp_path: Path) -> None:
    secret = tmp_path / "lab.secret"
    secret.write_text("assay", encoding="utf-8")
    secret.chmod(0o600)
    load(tmp_path, "query", "heats", HISTORIAN)
    with pytest.raises(ConfigurationError, match=r"query: source lab has no 'heat' there; did you mean heats\?"):
        load(tmp_path, "query", "heat", HISTORIAN)
