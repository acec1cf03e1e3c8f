"""From the configuration to the desired state of a Grafana: reads secrets, and makes the login of the database a
header."""

import base64
import os
import time
from pathlib import Path

from collector.config.grafana_document import GrafanaEntry, NotifyEntry
from collector.config.secret import SecretError, read_secret, variable
from collector.config.settings import Settings
from collector.errors import ConfigurationError
from collector.influx.set_up import READER
from collector.influx.settings import InfluxSettings
from collector.postgres.settings import PostgresSettings
from collector.small_file import read_small
from collector.storage.ledger.schema import LEDGER
from dashboards.grafana.adapter import GrafanaLogin
from dashboards.grafana.data_sources import Database, SqlDatabase
from dashboards.grafana.desired_state import DesiredState, Notify, RecurringRepair
from models.stated.plan import Repair

READER_VARIABLE = variable("influxdb", "reader")
POSTGRES_READER_VARIABLE = variable("postgres", "reader")
NOT_MADE_YET = "not made yet"
"""In place of the reader's secret in a dry run; nothing is written with it."""


def grafana_login(settings: Settings, entry: GrafanaEntry) -> GrafanaLogin:
    """How to log in to Grafana. Raises ConfigurationError if a secret is missing."""
    folder = settings.folder
    ca_file = folder / entry.ca_file if entry.ca_file is not None else None
    if ca_file is not None and not ca_file.is_file():
        raise ConfigurationError(f"grafana.ca_file: there is no file {ca_file}")
    if entry.user is not None:
        password = _secret(folder, entry.password_file, variable("grafana", "password"), "grafana.password_file")
        return GrafanaLogin(url=entry.url, user=entry.user, password=password, ca_file=ca_file)
    token = _secret(folder, entry.token_file, variable("grafana", "token"), "grafana.token_file")
    return GrafanaLogin(url=entry.url, token=token, ca_file=ca_file)


def reader_file(settings: Settings, entry: GrafanaEntry) -> Path:
    """The file of the secret with which Grafana reads the database."""
    return settings.folder / (entry.reader_file or "secrets/influxdb_reader")


def postgres_reader_file(settings: Settings, entry: GrafanaEntry) -> Path:
    """The file of the password with which Grafana reads a PostgreSQL."""
    return settings.folder / (entry.postgres_reader_file or "secrets/postgres_reader")


def desired_state(settings: Settings, entry: GrafanaEntry, *, dry_run: bool = False) -> DesiredState:
    """What Grafana should be by the configuration. Raises ConfigurationError if a secret is missing.

    A dry run gets along without the reader's secret, for it may be the first run, which would make it.
    """
    # One of the two notifies people, never both: the same alert twice is read as two.
    quiet = entry.notify is not None and settings.alerts.notifier != "grafana"
    return DesiredState(
        plant=settings.plant,
        languages=tuple(entry.languages),
        database=None if settings.influx is None else _influx(settings, entry, settings.influx, dry_run=dry_run),
        postgres=None if settings.postgres is None else _postgres(settings, entry, settings.postgres, dry_run=dry_run),
        editors=entry.editors,
        notify=_notify(settings.folder, entry.notify) if entry.notify is not None and not quiet else None,
        quiet=quiet,
        repairs=_repairs(settings),
        declared=settings.declared,
        now_ns=time.time_ns(),
    )


def _influx(settings: Settings, entry: GrafanaEntry, influx: InfluxSettings, *, dry_run: bool) -> Database:
    secret = _reader(settings, reader_file(settings, entry), READER_VARIABLE, "grafana.reader_file", dry_run=dry_run)
    return Database(
        url=(entry.influxdb_url or influx.url).rstrip("/"),
        calculated=influx.bucket,
        raw=influx.raw_bucket,
        authorization=_header(influx, secret),
    )


def _postgres(settings: Settings, entry: GrafanaEntry, postgres: PostgresSettings, *, dry_run: bool) -> SqlDatabase:
    file, key = postgres_reader_file(settings, entry), "grafana.postgres_reader_file"
    here = postgres.host if postgres.host.startswith("/") else f"{postgres.host}:{postgres.port}"
    try:
        ca = read_small(postgres.ca_file).decode("utf-8") if postgres.ca_file is not None else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError("postgres.ca_file: the file cannot be read; give the path of a PEM file") from error
    return SqlDatabase(
        address=entry.postgres_address or here,
        database=postgres.database,
        user=postgres.reader,
        password=_reader(settings, file, POSTGRES_READER_VARIABLE, key, dry_run=dry_run),
        # Grafana does not know "prefer": on this host it does without.
        tls="disable" if postgres.tls == "prefer" else postgres.tls,
        ca=ca,
    )


def _reader(settings: Settings, file: Path, variable_name: str, key: str, *, dry_run: bool) -> str:
    """The secret with which Grafana reads."""
    named = any(os.environ.get(name) for name in (variable_name, f"{variable_name}_FILE"))
    if dry_run and not named and not file.exists():
        return NOT_MADE_YET
    return _secret(settings.folder, str(file), variable_name, key)


def _repairs(settings: Settings) -> tuple[Repair, ...]:
    """The approved repairs; none if this machine has no ledger (a Grafana may be provisioned from anywhere)."""
    from collector.entries.entry_file import EntryFile
    from collector.storage.ledger import configurations

    if not (settings.data_dir / LEDGER.name).exists():
        return ()
    return tuple(EntryFile(settings).read(lambda connection: configurations.facts(connection, settings.plant)).repairs)


def _header(influx: InfluxSettings, secret: str) -> str:
    if influx.dialect != "v1":
        return f"{'Token' if influx.dialect == 'v2' else 'Bearer'} {secret}"
    return "Basic " + base64.b64encode(f"{READER}:{secret}".encode()).decode()


def _notify(folder: Path, entry: NotifyEntry) -> Notify:
    token = None
    if entry.telegram is not None:
        name = variable("telegram", "token")
        token = _secret(folder, entry.telegram.bot_token_file, name, "grafana.notify.telegram.bot_token_file")
    return Notify(
        language=entry.language,
        email=tuple(entry.email),
        telegram_chat=entry.telegram.chat_id if entry.telegram is not None else None,
        telegram_token=token,
        webhook=entry.webhook,
        recurring_repairs=tuple(
            RecurringRepair(
                name=repair.name,
                units=tuple(repair.units),
                weekdays=tuple(repair.weekdays),
                start=repair.start,
                end=repair.end,
            )
            for repair in entry.recurring_repairs
        ),
    )


def _secret(folder: Path, file: str | None, name: str, key: str) -> str:
    try:
        found = read_secret(folder, file, name, os.environ)
    except SecretError as error:
        raise ConfigurationError(f"{key}: {error}") from error
    if found is None:
        raise ConfigurationError(f"{key} is missing; give it, or set {name}")
    return found
