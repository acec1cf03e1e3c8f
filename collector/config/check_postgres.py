"""What must hold for the section about PostgreSQL."""

from collections.abc import Mapping
from pathlib import Path as FilePath

from collector.config.check_services import loopback, place_of, secret_of
from collector.config.document import InfluxEntry
from collector.config.postgres_document import PostgresEntry
from collector.config.problem import Path, Problems
from collector.influx.settings import NOT_EXACT
from collector.postgres.settings import PostgresSettings, TlsMode

_SECONDS_A_DAY = 86400.0
_MODES: Mapping[str, TlsMode] = {"off": "disable", "encrypt": "require", "verify": "verify-full"}


def resolve_postgres(
    entry: PostgresEntry, folder: FilePath, environment: Mapping[str, str], problems: Problems
) -> PostgresSettings:
    """The database with its password read; what is missing or misplaced goes to `problems`."""
    path: Path = ("postgres",)
    password = secret_of(
        entry.password_file, (*path, "password_file"), ("postgres", "password"), folder, environment, problems
    )
    here = entry.host.startswith("/") or loopback(entry.host)
    if "://" in entry.host or "@" in entry.host or "=" in entry.host:
        problems.add(
            (*path, "host"), "give the host alone; user, database, port and password_file are keys of their own"
        )
    if entry.tls is not None and entry.tls != "off" and entry.host.startswith("/"):
        problems.add((*path, "tls"), "a local socket has no TLS; remove the key")
    tls: TlsMode = _MODES[entry.tls] if entry.tls is not None else "prefer" if here else "verify-full"
    ca_file = place_of(folder, entry.ca_file)
    if ca_file is None and tls == "verify-full":
        problems.add(path, "the key ca_file is missing; give the PEM file of the authority to trust, or tls: encrypt")
    elif ca_file is not None and tls != "verify-full":
        problems.add((*path, "ca_file"), "only tls: verify looks at the certificate; give that, or remove ca_file")
    elif ca_file is not None and not ca_file.is_file():
        problems.add((*path, "ca_file"), f"there is no such file, seen from {folder}; give the path of a PEM file")
    return PostgresSettings(
        host=entry.host,
        port=entry.port,
        database=entry.database,
        user=entry.user,
        password=password,
        tls=tls,
        ca_file=ca_file,
        raw_retention_days=entry.raw_retention / _SECONDS_A_DAY,
        timeout_s=entry.timeout,
        batch_lines=entry.batch_lines,
        secret_file=place_of(folder, entry.password_file),
    )


def check_exact_sink(influx: InfluxEntry, postgres: PostgresEntry | None, problems: Problems) -> None:
    """InfluxDB 3 takes telemetry alone."""
    if influx.dialect == "v3" and postgres is None:
        problems.add(("influxdb", "dialect"), f"{NOT_EXACT}; add the section postgres, or use InfluxDB 2 (v2)")
