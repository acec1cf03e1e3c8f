"""Where the PostgreSQL is and how to reach it, as the configuration resolved it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

TlsMode = Literal["disable", "prefer", "require", "verify-full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresSettings:
    """One database. `host` is a name, an address, or the folder of a local socket.

    `password` is resolved here and never shown by repr (None: the server asks for none). `raw_retention_days` is the
    age beyond which telemetry is not sent, and is deleted. `timeout_s` limits one statement and one connecting;
    `batch_lines` is about how many readings one transaction carries. `secret_file` is where the password stands, or
    would.
    """

    host: str
    database: str
    user: str
    port: int = 5432
    password: str | None = field(default=None, repr=False)
    tls: TlsMode = "prefer"
    ca_file: Path | None = None
    raw_retention_days: float | None = 14.0
    timeout_s: float = 10.0
    batch_lines: int = 5000
    secret_file: Path | None = None

    @property
    def raw_bucket(self) -> str:
        """Where telemetry goes: the same database."""
        return self.database

    @property
    def where(self) -> str:
        """The database, for messages."""
        return f"PostgreSQL at {self.host}:{self.port}, database {self.database}"

    @property
    def reader(self) -> str:
        """The role with which Grafana reads: it belongs to this writer, so that works may share a server."""
        return f"{self.user}_reader"
