"""The line to a real PostgreSQL that asks for TLS: verified, encrypted alone, and refused with the key to look at."""

import os
import pwd
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from collector.errors import SinkUnavailable
from collector.postgres.client import PostgresClient
from collector.postgres.settings import PostgresSettings
from tests.support.certificates import authority_and_server
from tests.support.postgres import ADMIN, ADMIN_PASSWORD, PostgresServer, postgres_server


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[PostgresServer, Path]]:
    """A server with a certificate for 127.0.0.1, and the authority that signed it."""
    folder = tmp_path_factory.mktemp("tls")
    authority, certificate, key = authority_and_server(folder, "127.0.0.1")
    with postgres_server() as server:
        server.kill()
        for file in (certificate, key):
            copy = server.folder / file.name
            shutil.copy(file, copy)
            copy.chmod(0o600)
            if not os.getuid():
                owner = pwd.getpwnam("postgres")
                os.chown(copy, owner.pw_uid, owner.pw_gid)
        files = [f"ssl_cert_file={server.folder / certificate.name}", f"ssl_key_file={server.folder / key.name}"]
        (server.folder / "data/pg_hba.conf").write_text("hostssl all all 127.0.0.1/32 scram-sha-256\n")
        server.start("ssl=on", *files)
        yield server, authority


def settings_of(server: PostgresServer) -> PostgresSettings:
    return server.settings("postgres", user=ADMIN, password=ADMIN_PASSWORD)


async def encrypted(settings: PostgresSettings) -> bool:
    client = PostgresClient(settings)
    try:
        async with client.transaction() as connection:
            found = await connection.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            row = await found.fetchone()
            return bool(row and row[0])
    finally:
        await client.close()


@pytest.mark.parametrize("tls", ["prefer", "require", "verify-full"])
async def test_the_line_is_encrypted_wherever_it_is_asked_for(secured: tuple[PostgresServer, Path], tls: str) -> None:
    server, authority = secured
    ca_file = authority if tls == "verify-full" else None
    assert await encrypted(replace(settings_of(server), tls=tls, ca_file=ca_file))  # type: ignore[arg-type]


async def test_a_certificate_of_another_authority_is_refused_with_the_keys_to_look_at(
    secured: tuple[PostgresServer, Path], tmp_path: Path
) -> None:
    server, _ = secured
    other, _, _ = authority_and_server(tmp_path, "127.0.0.1")
    with pytest.raises(SinkUnavailable, match=r"check postgres\.tls and postgres\.ca_file"):
        await encrypted(replace(settings_of(server), tls="verify-full", ca_file=other))


async def test_a_server_that_lets_in_encrypted_lines_alone_says_so(secured: tuple[PostgresServer, Path]) -> None:
    server, _ = secured
    with pytest.raises(SinkUnavailable, match=r"no pg_hba\.conf entry .*; the rows are kept: have its administrator"):
        await encrypted(replace(settings_of(server), tls="disable"))
