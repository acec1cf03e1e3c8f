"""The keys of an SQL source and of its tags in `plant.yaml`. The password is in a file or the environment only."""

import re
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from collector.config.duration import Lapse, Pause, Span, Wait
from collector.config.fields import Text, Zone
from collector.sources.base import Clock, Code, SourceConfig
from collector.sources.row_times import TimeFormat
from collector.sources.rows import RowAddress

Driver = Literal["postgresql", "mssql", "oracle", "firebird", "sqlite"]
_READS = re.compile(r"^\s*(select|with)\b", re.IGNORECASE)
_ORDERS = re.compile(r"\border\s+by\b", re.IGNORECASE)


class SqlConfig(SourceConfig):
    """A database that has weighings, heats or analyses in rows. Give it a user that may read and nothing else."""

    type: Literal["sql"] = Field(description="sql")
    clock: Clock = Field(
        default="trust",
        description="what is done with times that are off: trust (if missing; rows come when they come), correct, "
        "refuse",
    )
    driver: Driver = Field(description="the kind of database; mssql, oracle and firebird need their extra package")
    host: Text | None = Field(default=None, description="the host of the server; sqlite has none")
    port: Annotated[int, Field(ge=1, le=65535)] | None = Field(
        default=None, description="its port; that of the driver if missing"
    )
    database: Text = Field(description="the database (the service name for oracle, the file for sqlite)")
    user: Text | None = Field(default=None, description="the user, with the right to read alone")
    password_file: Text | None = Field(
        default=None, description="the file that holds the password; or set TUNDISH_<NAME>_PASSWORD"
    )
    options: dict[Text, Text] = Field(
        default={}, description="further parameters of the driver, such as {sslmode: verify-full}"
    )
    queries: dict[Code, Annotated[str, StringConstraints(min_length=1, max_length=20_000)]] = Field(
        min_length=1,
        description="by name, a SELECT whose rows are of a time after :since, such as SELECT heat, tonnes, tapped_at "
        "FROM heats WHERE tapped_at >= :since ORDER BY tapped_at",
    )
    zone: Zone | None = Field(
        default=None,
        description="the time zone of times without an offset, which :since has none of either then; if missing, the "
        "zone of the site, and :since has an offset",
    )
    time_format: TimeFormat | None = None
    # A laboratory enters a heat within the hour: it is soon enough, and a small question twice a minute costs nothing.
    poll: Pause = Field(default=30.0, description="the time between two polls")
    overlap: Lapse = Field(
        default=3600.0, description="how far before the newest row it is asked again, for rows that come late or change"
    )
    first: Span = Field(default=86_400.0, description="how far back it is asked when nothing is known yet")
    timeout: Wait = Field(default=20.0, description="the longest wait for one answer")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.driver == "sqlite") != (self.host is None):
            raise ValueError("sqlite has no host" if self.host else "the key host is missing; give the server's host")
        for name, text in self.queries.items():
            if not _READS.match(text) or ";" in text.rstrip().rstrip(";"):
                raise ValueError(f"query {name} is not one SELECT: only reading is allowed; write SELECT or WITH ...")
            if ":since" not in text:
                raise ValueError(f"query {name} has no :since: it would read the whole table at each poll")
            if not _ORDERS.search(text):
                raise ValueError(f"query {name} has no ORDER BY: rows must come in the order of their times")
        return self


class SqlAddress(RowAddress):
    """The keys of a tag that is read by SQL."""

    query: Code = Field(description="the name of the query whose rows it is in")
