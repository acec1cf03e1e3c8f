"""The filled database, once for all tests that only read it, and a Grafana over it."""

from collections.abc import Iterator

import pytest

from tests.support.grafana import home
from tests.support.grafana_stand import Stand, grafana_stand
from tests.support.history_works import HistoryWorks, fill, fill_postgres
from tests.support.influxd import dialects, influx_server
from tests.support.postgres import postgres_server
from tests.support.standard_nodes import standard_nodes_built_once

__all__ = ["history_works", "stand", "standard_nodes_built_once"]


@pytest.fixture(scope="package")
def history_works(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HistoryWorks]:
    folder = tmp_path_factory.mktemp("works")
    with influx_server(dialects()[-1], folder / "influx") as database:
        yield fill(database, folder)


@pytest.fixture(scope="package")
def postgres_works(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HistoryWorks]:
    with postgres_server() as server:
        yield fill_postgres(server, tmp_path_factory.mktemp("postgres_works"))


@pytest.fixture(scope="module", params=["influx", "postgres"])
def stand(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    if home() is None:
        pytest.skip("boards and alerts need a real Grafana: set TUNDISH_TEST_GRAFANA to its home folder")
    works = request.getfixturevalue("history_works" if request.param == "influx" else "postgres_works")
    with grafana_stand(works, tmp_path_factory.mktemp("stand")) as made:
        yield made
