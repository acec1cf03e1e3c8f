"""`tundish provision`: the database's tables and logins, and everything of ours in Grafana."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from collector.cli.plant_option import DEFAULT_PLANT, PlantFile, PlantPlace, named_plant
from collector.cli.provision_postgres import ADMIN as POSTGRES_ADMIN
from collector.cli.say import say
from collector.errors import ConfigurationError, ProvisioningFailed, SinkUnavailable

if TYPE_CHECKING:
    from collector.config.settings import Settings
    from collector.influx.set_up import SetUpStep
    from collector.influx.settings import InfluxSettings
    from dashboards.grafana.provision import Change, ProvisionOptions

T = TypeVar("T")
ADMIN_TOKEN = "TUNDISH_INFLUXDB_ADMIN"  # noqa: S105 - the name of a variable
"""Only from the environment: an administrator's secret has no place in the configuration of a works."""
POSTGRES_FILE = "postgres.password_file"
"""As `load` names it."""


def provision(
    place: PlantPlace = None,
    plant: PlantFile = DEFAULT_PLANT,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="change nothing; print what would be done")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="remove what this command made and the configuration no longer asks for")
    ] = False,
    overwrite_edits: Annotated[
        bool, typer.Option("--overwrite-edits", help="overwrite what people changed on our boards and rules")
    ] = False,
    manage_policies: Annotated[
        bool, typer.Option("--manage-policies", help="insert the one notification policy that our alerts need")
    ] = False,
    export: Annotated[
        Path | None, typer.Option(help="write files for Grafana's own provisioning instead", show_default=False)
    ] = None,
    influx_admin: Annotated[
        str, typer.Option(help=f"v1: the administrator of the database; its password is in {ADMIN_TOKEN}")
    ] = "admin",
    grafana: Annotated[bool, typer.Option(help="provision Grafana")] = True,
    sql: Annotated[
        bool, typer.Option("--sql", help="print what sets PostgreSQL up, for its administrator to run; do nothing else")
    ] = False,
) -> None:
    """Set up the database and Grafana for a plant: buckets or tables, logins, data sources, boards, alert rules.

    It may be repeated: what is already right is left alone. InfluxDB is set up only if TUNDISH_INFLUXDB_ADMIN holds an
    administrator's token (v1: password), PostgreSQL only if TUNDISH_POSTGRES_ADMIN holds an administrator's connection,
    such as "user=postgres password=...".

    Raises:
        ConfigurationError: the configuration has faults, or a secret is missing.
        CollectorError: the database or Grafana refused something. The text says what to do.
    """
    from collector.cli.provision_postgres import set_up_postgres, sql_script
    from dashboards.grafana.provision import ProvisionOptions

    settings = _loaded(named_plant(place, plant))
    if sql:
        say(sql_script(settings))
        return
    _set_up_database(settings, influx_admin, dry_run=dry_run)
    set_up_postgres(settings, administrator(POSTGRES_ADMIN), dry_run=dry_run)
    if settings.grafana is None:
        say("grafana: the configuration has no such section; nothing to do there")
        return
    if export is not None:
        _export(settings, export)
    elif grafana:
        options = ProvisionOptions(
            dry_run=dry_run, overwrite_edits=overwrite_edits, prune=prune, manage_policies=manage_policies
        )
        _provision_grafana(settings, options)


def _loaded(file: Path) -> "Settings":
    """The configuration. At the first provisioning the logins are not made yet, and the administrator's stand in."""
    from collector.config.load import load

    influx, postgres = administrator(ADMIN_TOKEN), administrator(POSTGRES_ADMIN)
    environment = dict(os.environ)
    if influx:
        environment.setdefault("TUNDISH_INFLUXDB_TOKEN", influx)
        environment.setdefault("TUNDISH_INFLUXDB_PASSWORD", influx)
    try:
        return load(file, environment=environment)
    except ConfigurationError as error:
        if postgres and POSTGRES_FILE in str(error):
            return load(file, environment=environment | {"TUNDISH_POSTGRES_PASSWORD": postgres})
        if not influx and any(f"influxdb.{key}_file" in str(error) for key in ("token", "password")):
            step = f"set {ADMIN_TOKEN} to an administrator's token (v1: password)"
        elif not postgres and POSTGRES_FILE in str(error):
            step = f"set {POSTGRES_ADMIN} to an administrator's connection, such as 'user=postgres password=...'"
        else:
            raise
        raise ConfigurationError(f"{error}; or let provision make it: {step}") from error


def administrator(name: str) -> str | None:
    """An administrator's secret, from the environment or the file that it names."""
    from collector.config.secret import SecretError, read_secret

    try:
        return read_secret(Path(), None, name, os.environ)
    except SecretError as error:
        raise ConfigurationError(f"{name}_FILE: {error}") from error


def _set_up_database(settings: "Settings", admin_user: str, *, dry_run: bool) -> None:
    import asyncio

    admin = administrator(ADMIN_TOKEN)
    if settings.influx is None:
        if settings.postgres is None:
            say("influxdb: the configuration has no such section; nothing to do there")
    elif settings.influx.dialect == "v3":
        days = settings.influx.raw_retention_days or 0
        made = f"influxdb3 create database --retention-period {days:g}d {settings.influx.raw_bucket}"
        say(f"influxdb: left as it is; make its database by hand ({made}), and tokens for it and for Grafana")
    elif not admin:
        login = "token" if settings.influx.dialect == "v2" else f"password (user {admin_user})"
        say(f"influxdb: left as it is; set {ADMIN_TOKEN} to an administrator's {login} to set it up")
    else:
        asyncio.run(_set_up(settings, admin_user, admin, dry_run=dry_run))


async def _set_up(settings: "Settings", admin_user: str, secret: str, *, dry_run: bool) -> None:
    from collector.cli.grafana_wiring import reader_file
    from collector.influx.set_up import READER, InfluxSetUp, Login, as_administrator

    assert settings.influx is not None  # noqa: S101 - the caller looked
    influx, site = settings.influx, settings.plant.site

    def report(step: "SetUpStep") -> None:
        say(f"influxdb: {step.deed}: {step.what}")

    set_up = InfluxSetUp(as_administrator(influx, admin_user, secret), dry_run=dry_run, report=report)
    try:
        await set_up.buckets()
        if influx.secret_file is not None:
            name = f"tundish {site} collector" if influx.dialect == "v2" else influx.user or "tundish"
            await set_up.login(Login(name, influx.secret_file, writes=True))
        if settings.grafana is not None:
            name = f"tundish {site} grafana" if influx.dialect == "v2" else READER
            await set_up.login(Login(name, reader_file(settings, settings.grafana), writes=False))
    except SinkUnavailable as error:
        # The second half is advice for a sender whose rows wait; here a person waits.
        reason = str(error).partition("; the rows are kept")[0].replace(", bucket -:", ":").replace(", bucket :", ":")
        step = _next_step(reason, influx, admin_user)
        raise ProvisioningFailed(f"the database was not set up: {reason}; {step}") from error
    finally:
        await set_up.close()


def _next_step(reason: str, influx: "InfluxSettings", admin_user: str) -> str:
    """Which key or variable to look at, by what the database said."""
    other = "v1" if influx.dialect == "v2" else "v2"
    if "cannot be reached" in reason or "did not answer" in reason:
        return "check influxdb.url, and that the database runs"
    if "page not found" in reason or "not implemented" in reason:
        return f"it does not speak influxdb.dialect {influx.dialect}; is it {other}?"
    if "organization" in reason:
        return "check influxdb.org"
    if influx.dialect == "v1":
        return f"{ADMIN_TOKEN} must hold the password of the administrator '{admin_user}' (--influx-admin)"
    return f"{ADMIN_TOKEN} must hold the token of an administrator"


def _provision_grafana(settings: "Settings", options: "ProvisionOptions") -> None:
    import asyncio

    from collector.cli.grafana_wiring import desired_state, grafana_login
    from dashboards.grafana.adapter import GrafanaAdapter, GrafanaRefused
    from dashboards.grafana.provision import provision as bring
    from dashboards.grafana.store import GrafanaStore

    if settings.grafana is None:
        raise ConfigurationError("the configuration has no section grafana")
    desired = desired_state(settings, settings.grafana, dry_run=options.dry_run)
    api = GrafanaAdapter(grafana_login(settings, settings.grafana))
    store = GrafanaStore(api, settings.plant)
    try:
        # grafana-api is synchronous: in a thread, as everywhere.
        changes = asyncio.run(_in_thread(lambda: bring(store, desired, options, _report)))
    except GrafanaRefused as error:
        raise ProvisioningFailed(str(error)) from error
    counts = Counter(change.action for change in changes)
    would = "would be: " if options.dry_run else ""
    say(f"grafana: {would}" + ", ".join(f"{count} {action.value}" for action, count in sorted(counts.items())))


async def _in_thread(work: Callable[[], T]) -> T:
    import asyncio

    return await asyncio.to_thread(work)


# The line stays readable; the count says how many more.
MOST_PLACES = 4
"""A board that people edited differs in dozens of places; the first few say where."""


def _report(change: "Change") -> None:
    if change.action == "unchanged":
        return
    shown = ", ".join(change.where[:MOST_PLACES])
    more = f" and {len(change.where) - MOST_PLACES} more" if len(change.where) > MOST_PLACES else ""
    say(f"grafana: {change.action}: {change.kind} {change.title}" + (f": {shown}{more}" if shown else ""))


def _export(settings: "Settings", folder: Path) -> None:
    from collector.cli.grafana_wiring import desired_state
    from dashboards.grafana.export import files

    if settings.grafana is None:
        raise ConfigurationError("the configuration has no section grafana")
    made = files(desired_state(settings, settings.grafana))
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    say(f"{folder}: {len(made)} files; docs/grafana.md says where Grafana looks for them")
