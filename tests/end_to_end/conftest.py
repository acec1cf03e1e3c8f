"""The filled database, once for all tests that only read it."""

from collections.abc import Iterator

import pytest

from tests.support.history_works import HistoryWorks, fill
from tests.support.influxd import dialects, influx_server


@pytest.fixture(scope="package", params=dialects()[-1:])
def history_works(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HistoryWorks]:
    folder = tmp_path_factory.mktemp("works")
    with influx_server(request.param, folder / "influx") as database:
        yield fill(database, folder)
