"""The filled database, once for all tests that only read it, and a Grafana over it."""

from collections.abc import Iterator

import pytest

from tests.support.grafana import home
from tests.support.grafana_stand import Stand, grafana_stand
from tests.support.history_works import HistoryWorks, fill
from tests.support.influxd import dialects, influx_server
from tests.support.standard_nodes import standard_nodes_built_once

__all__ = ["history_works", "stand", "standard_nodes_built_once"]


@pytest.fixture(scope="package", params=dialects()[-1:])
def history_works(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HistoryWorks]:
    folder = tmp_path_factory.mktemp("works")
    with influx_server(request.param, folder / "influx") as database:
        yield fill(database, folder)


@pytest.fixture(scope="module")
def stand(history_works: HistoryWorks, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    if home() is None:
        pytest.skip("boards and alerts need a real Grafana: set TUNDISH_TEST_GRAFANA to its home folder")
    with grafana_stand(history_works, tmp_path_factory.mktemp("stand")) as made:
        yield made
