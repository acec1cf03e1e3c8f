"""`tundish check` reads what a source needs to connect, and not only its entry."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collector.cli.source_files import refused_files
from collector.config.application_uri import DEFAULT_APPLICATION_URI
from collector.config.load import load
from collector.sources.opcua.certificate import make_certificate
from tests.collector.entries.conftest import Command, tundish
from tests.collector.service.works_document import works_yaml, write_works

__all__ = ["tundish"]

NOW = datetime.now(UTC)
SECURITY = {
    "policy": "Basic256Sha256",
    "mode": "SignAndEncrypt",
    "certificate_file": "our.pem",
    "private_key_file": "our.key",
    "server_certificate_file": "server.pem",
}


@pytest.fixture
def works(tmp_path: Path) -> Path:
    """plant.yaml of a works with a protected source, and all the files that it names."""
    for name in ("our", "server"):
        certificate, key = make_certificate(DEFAULT_APPLICATION_URI, ["host"], 30, NOW)
        (tmp_path / f"{name}.pem").write_bytes(certificate)
        (tmp_path / f"{name}.key").write_bytes(key)
        (tmp_path / f"{name}.key").chmod(0o600)
    document = works_yaml()
    document["sources"][0]["security"] = SECURITY
    return write_works(tmp_path, document)


def test_whole_files_are_not_spoken_of(works: Path) -> None:
    assert list(refused_files(load(works), NOW)) == []


def test_what_is_missing_expired_or_of_another_pair_is_named_with_its_source(works: Path, tundish: Command) -> None:
    assert "cannot connect" not in tundish("check").out
    (works.parent / "our.key").write_bytes((works.parent / "server.key").read_bytes())
    (line,) = refused_files(load(works), NOW)
    assert "source plc cannot connect: " in line
    assert "is not the key of" in line
    (works.parent / "server.pem").unlink()
    (line,) = refused_files(load(works), NOW)
    assert "server.pem" in line
    said = tundish("check")
    assert (said.code, "source plc cannot connect" in said.out) == (0, True), "the other sources are read all the same"


def test_a_certificate_that_has_run_out_is_named(works: Path) -> None:
    (line,) = refused_files(load(works), NOW + timedelta(days=31))
    assert "our.pem" in line
    assert "make a new one" in line
