"""One server for the whole folder; each test has a database of its own, provisioned as a user would."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from collector.postgres.client import PostgresClient
from collector.postgres.set_up import DatabaseRole, PostgresSetUp
from collector.postgres.settings import PostgresSettings
from tests.support.postgres import PASSWORD, PostgresServer, postgres_server

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    with postgres_server() as running:
        yield running


@pytest.fixture
def make_settings(server: PostgresServer) -> Callable[..., PostgresSettings]:
    """A new database with the settings that lead to it; keyword arguments change the settings."""

    def make(**changes: object) -> PostgresSettings:
        settings = server.settings(f"works_{next(_numbers)}", **changes)
        set_up = PostgresSetUp(settings, server.administrator, dry_run=False, report=lambda _: None)
        roles = [DatabaseRole(settings.user, writes=True, password=PASSWORD)]
        asyncio.run(set_up.run([*roles, DatabaseRole(settings.reader, writes=False, password=PASSWORD)]))
        return settings

    return make


@pytest.fixture
def settings(make_settings: Callable[..., PostgresSettings]) -> PostgresSettings:
    return make_settings()


@pytest.fixture
async def client(settings: PostgresSettings) -> AsyncIterator[PostgresClient]:
    made = PostgresClient(settings)
    yield made
    await made.close()
