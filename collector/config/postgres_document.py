"""The section of plant.yaml about PostgreSQL, as a strict pydantic model."""

from typing import Annotated, Literal

from pydantic import Field

from collector.config.duration import Kept, Wait
from collector.config.fields import Text
from models.works.strict import StrictModel


class PostgresEntry(StrictModel):
    """The PostgreSQL that dashboards read instead of InfluxDB, or beside one for telemetry."""

    host: Text = Field(
        description="the host of the server, or the folder of its local socket, such as /var/run/postgresql"
    )
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=5432, description="the port of the server")
    database: Text = Field(default="tundish", description="the database; the tables are in its schema tundish")
    user: Text = Field(
        default="tundish", description="the role with which the collector writes; Grafana reads with <user>_reader"
    )
    password_file: Text | None = Field(
        default=None,
        description="the file that holds the password; provision makes it; or set TUNDISH_POSTGRES_PASSWORD; "
        "missing if the server asks for none",
    )
    tls: Literal["off", "encrypt", "verify"] | None = Field(
        default=None,
        description="off, encrypt, or verify (the server's certificate too); if missing, verify to other hosts, and on "
        "this host what the server offers",
    )
    ca_file: Text | None = Field(
        default=None, description="the PEM file of the authority whose certificates are trusted, for verify"
    )
    # A reading takes 230 bytes with its index (docs/tables.md): 100 a second fill 28 GB in a fortnight. A judgement.
    raw_retention: Kept = Field(
        default=14 * 86400.0,
        description="how long telemetry is kept, if there is no influxdb; older rows are deleted, and not sent",
    )
    timeout: Wait = Field(default=10.0, description="the longest wait for one answer from the database")
    batch_lines: Annotated[int, Field(ge=1, le=50_000)] = Field(
        default=5000, description="the readings in one transaction"
    )
