"""Where the database is and how to reach it, as the configuration resolved it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Dialect = Literal["v1", "v2", "v3"]

NOT_EXACT = (
    "InfluxDB 3 cannot keep the calculated tables: a row that is written again is not surely replaced, and rows cannot "
    "be deleted"
)
"""Why, for a configuration and for a server that turns out to be one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InfluxSettings:
    """One database server, and the two buckets (InfluxDB 1.x: databases) that Tundish writes there.

    `dialect` v2 writes to /api/v2/write with `org` and `token`; v1 writes to /write, with `user` and `password` where
    the server asks for them; v3 writes to /api/v3/write_lp with `token`, telemetry alone. Secrets are resolved here and
    never shown by repr. `raw_retention_days` is the age beyond which telemetry is not sent (None: the raw bucket keeps
    everything). `timeout_s` limits one whole request; `batch_lines` is about how many lines one request carries.
    `secret_file` is where token or password stand, or would.
    """

    url: str
    dialect: Dialect
    bucket: str
    raw_bucket: str
    org: str = ""
    token: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    raw_retention_days: float | None = 90.0
    timeout_s: float = 10.0
    batch_lines: int = 5000
    secret_file: Path | None = None
