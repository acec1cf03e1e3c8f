"""What every test shares."""

from collections.abc import Iterator

import pytest

from tests.support.standard_nodes import built_once


@pytest.fixture(scope="session", autouse=True)
def _standard_nodes_built_once() -> Iterator[None]:
    with built_once():
        yield
