"""The standard address space of OPC UA for the servers of a test run: built once, then copied.

Each server of asyncua builds its 6,000 nodes anew, which takes longer than most of the tests that need a server.
"""

import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from asyncua.server.standard_address_space import standard_address_space


@pytest.fixture(scope="session", autouse=True)
def standard_nodes_built_once() -> Iterator[None]:
    """The first server that starts builds them, as it always does; those that start later get a copy of their own."""
    build = standard_address_space.fill_address_space
    built: bytes | None = None

    def fill(service: Any) -> None:  # noqa: ANN401 - asyncua's service of nodes
        nonlocal built
        if built is None:
            build(service)
            built = pickle.dumps(service._aspace._nodes, pickle.HIGHEST_PROTOCOL)
        else:
            service._aspace._nodes.update(pickle.loads(built))  # noqa: S301 - our own bytes

    standard_address_space.fill_address_space = fill
    try:
        yield
    finally:
        standard_address_space.fill_address_space = build
