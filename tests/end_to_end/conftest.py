"""The filled database, once for all tests that only read it, a Grafana over it, and demos beside the other tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.grafana import home
from tests.support.grafana_stand import Stand, grafana_stand
from tests.support.history_works import HistoryWorks, fill
from tests.support.influxd import dialects, influx_server
from tests.support.watched_demo import SOON, Demos, WatchedDemo

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the demos after the others of this folder: until then the demos have run their minutes."""
    places = [place for place, item in enumerate(items) if HERE in item.path.parents]
    for place, item in zip(places, sorted((items[place] for place in places), key=_needs_demos), strict=True):
        items[place] = item


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


@pytest.fixture(scope="package", autouse=True)
def demos_beside(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demos | None]:
    """Started before the first test of the folder, where a test that was asked for needs them."""
    if not any(map(_needs_demos, request.session.items)):
        yield None
        return
    demos = Demos(
        stop=WatchedDemo(tmp_path_factory.mktemp("stop"), "bf3-stop@+60s:60s", limit_s=400, sections=SOON),
        cut=WatchedDemo(tmp_path_factory.mktemp("cut"), "opcua-cut@+60s:60s", limit_s=400),
    )
    for demo in demos:
        demo.start()
    yield demos
    for demo in demos:
        demo.end()


@pytest.fixture(scope="package")
def demos(demos_beside: Demos | None) -> Demos:
    """The demos that run beside the tests of this folder."""
    assert demos_beside is not None
    return demos_beside


def _needs_demos(item: pytest.Item) -> bool:
    return "demos" in getattr(item, "fixturenames", ())
