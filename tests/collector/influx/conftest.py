"""One server a dialect for the whole folder; each test makes buckets of its own."""

import itertools
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from collector.influx.settings import InfluxSettings
from tests.collector.influx.answering import Answering, answering_servers
from tests.support.influxd import InfluxServer, dialects, influx_server

_numbers = itertools.count(1)


@pytest.fixture(scope="session", params=dialects())
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InfluxServer]:
    with influx_server(request.param, tmp_path_factory.mktemp(f"influx_{request.param}")) as running:
        yield running


@pytest.fixture
def make_settings(server: InfluxServer) -> Callable[..., InfluxSettings]:
    """New buckets with the settings that lead to them; keyword arguments change the settings."""

    def make(**changes: object) -> InfluxSettings:
        settings = server.settings(f"works_{next(_numbers)}", **changes)
        server.make_bucket(settings.bucket)
        server.make_bucket(settings.raw_bucket)
        return settings

    return make


@pytest.fixture
def settings(make_settings: Callable[..., InfluxSettings]) -> InfluxSettings:
    return make_settings()


@pytest.fixture
async def answering() -> AsyncIterator[Answering]:
    async with answering_servers() as start:
        yield start
