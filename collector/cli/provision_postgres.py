"""The part of `tundish provision` about PostgreSQL."""

import os
from typing import TYPE_CHECKING

from collector.cli.say import say
from collector.config.secret import read_secret, variable
from collector.errors import ConfigurationError, ProvisioningFailed, SinkUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collector.config.settings import Settings
    from collector.influx.set_up import SetUpStep
    from collector.postgres.set_up import DatabaseRole
    from collector.postgres.settings import PostgresSettings

ADMIN = "TUNDISH_POSTGRES_ADMIN"


def set_up_postgres(settings: "Settings", administrator: str | None, *, dry_run: bool) -> None:
    """Make tables and roles with an administrator's connection; without one say how. Raises ProvisioningFailed."""
    import asyncio

    if settings.postgres is None:
        return
    if not administrator:
        say(
            f"postgres: left as it is; set {ADMIN} to an administrator's connection to set it up, or have its "
            "administrator run what `tundish provision --sql` prints"
        )
        return
    asyncio.run(_set_up(settings.postgres, administrator, _roles(settings, settings.postgres), dry_run=dry_run))


def sql_script(settings: "Settings") -> str:
    """What sets the database up, as SQL. Raises ConfigurationError if there is none."""
    from collector.postgres.definitions import script

    if settings.postgres is None:
        raise ConfigurationError("the configuration has no section postgres; there is nothing to print")
    return script(settings.postgres)


def _roles(settings: "Settings", postgres: "PostgresSettings") -> "list[DatabaseRole]":
    from collector.cli.grafana_wiring import postgres_reader_file
    from collector.postgres.set_up import DatabaseRole

    # What `load` read may be the administrator's, which stands in at the first time.
    given = read_secret(settings.folder, None, variable("postgres", "password"), os.environ)
    roles = [DatabaseRole(postgres.user, writes=True, password=given, file=None if given else postgres.secret_file)]
    if settings.grafana is not None:
        given = read_secret(settings.folder, None, variable("postgres", "reader"), os.environ)
        file = None if given else postgres_reader_file(settings, settings.grafana)
        roles.append(DatabaseRole(postgres.reader, writes=False, password=given, file=file))
    return roles


async def _set_up(
    postgres: "PostgresSettings", administrator: str, roles: "Sequence[DatabaseRole]", *, dry_run: bool
) -> None:
    from collector.postgres.set_up import PostgresSetUp

    def report(step: "SetUpStep") -> None:
        say(f"postgres: {step.deed}: {step.what}")

    try:
        await PostgresSetUp(postgres, administrator, dry_run=dry_run, report=report).run(roles)
    except SinkUnavailable as error:
        # The second half is advice for a sender whose rows wait; here a person waits.
        reason = str(error).partition("; the rows are kept")[0]
        step = f"check {ADMIN} (an administrator who may make roles), postgres.host and postgres.port"
        raise ProvisioningFailed(f"the database was not set up: {reason}; {step}") from error
