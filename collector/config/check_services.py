"""What must hold for the sections beside the plant: the database, and secrets."""

import ipaddress
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any
from urllib.parse import urlsplit

from collector.config.document import InfluxEntry
from collector.config.entries import Entries
from collector.config.problem import Path, Problems
from collector.config.secret import SecretError, read_secret, variable
from collector.influx.settings import InfluxSettings

_SECONDS_A_DAY = 86400.0


def resolve_influx(
    entry: InfluxEntry, folder: FilePath, environment: Mapping[str, str], problems: Problems
) -> InfluxSettings:
    """The database with its secrets read; what is missing or misplaced goes to `problems`."""
    path: Path = ("influxdb",)
    if urlsplit(entry.url).username is not None:
        problems.add((*path, "url"), "the address holds a login; give user and password_file (or token_file) instead")
    foreign = {"v1": ("org", "token_file"), "v2": ("user", "password_file"), "v3": ("org", "user", "password_file")}
    for key in foreign[entry.dialect]:
        if getattr(entry, key) is not None:
            problems.add((*path, key), f"dialect {entry.dialect} has no {key}; remove it, or change the dialect")
    token = secret_of(entry.token_file, (*path, "token_file"), ("influxdb", "token"), folder, environment, problems)
    password = secret_of(
        entry.password_file, (*path, "password_file"), ("influxdb", "password"), folder, environment, problems
    )
    if entry.dialect != "v1":
        if entry.org is None and entry.dialect == "v2":
            problems.add(path, "the key org is missing; give the organisation that owns the bucket")
        if token is None and not problems.under((*path, "token_file")):
            problems.add(path, "there is no token; give token_file, or set TUNDISH_INFLUXDB_TOKEN")
    elif (entry.user is None) != (password is None) and not problems.under((*path, "password_file")):
        missing = "user" if entry.user is None else "password_file"
        problems.add(path, f"the key {missing} is missing; a user and a password go together")
    return InfluxSettings(
        url=entry.url.rstrip("/"),
        dialect=entry.dialect,
        bucket=entry.bucket,
        raw_bucket=f"{entry.bucket}_raw",
        org=entry.org or "",
        token=None if entry.dialect == "v1" else token,
        user=entry.user,
        password=password if entry.dialect == "v1" else None,
        raw_retention_days=entry.raw_retention / _SECONDS_A_DAY,
        timeout_s=entry.timeout,
        batch_lines=entry.batch_lines,
        secret_file=place_of(folder, entry.password_file if entry.dialect == "v1" else entry.token_file),
    )


def place_of(folder: FilePath, file: str | None) -> FilePath | None:
    return None if file is None else folder / file


def check_source_secrets(
    entries: Entries, folder: FilePath, environment: Mapping[str, str], problems: Problems
) -> None:
    """Every password_file or token_file of a source is there and is safe, unless the environment holds the secret."""
    for source in entries.sources:
        for path, file in _secret_files(source.config.model_dump() if source.config else {}, source.path):
            word = str(path[-1]).removesuffix("_file")
            secret_of(file, path, (source.name, word), folder, environment, problems)


def _secret_files(config: Mapping[str, Any], path: Path) -> list[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []
    for key, value in config.items():
        if isinstance(value, Mapping):
            found += _secret_files(value, (*path, key))
        elif isinstance(value, str) and key.endswith(("password_file", "token_file")):
            found.append(((*path, key), value))
    return found


def secret_of(
    file: str | None,
    path: Path,
    words: tuple[str, ...],
    folder: FilePath,
    environment: Mapping[str, str],
    problems: Problems,
) -> str | None:
    try:
        return read_secret(folder, file, variable(*words), environment)
    except SecretError as error:
        problems.add(path, str(error))
        return None


def loopback(host: str) -> bool:
    """Whether it is this host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
