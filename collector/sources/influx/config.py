"""The keys of an InfluxDB source and of its tags in `plant.yaml`. Secrets are in files or the environment only."""

import re
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints, model_validator

from collector.config.duration import Lapse, Pause, Span, Wait
from collector.config.fields import LOOPBACK, Text, Zone
from collector.config.url import WebUrl
from collector.sources.base import Clock, Code, SourceConfig
from collector.sources.row_times import TimeFormat
from collector.sources.rows import RowAddress

_SELECT = re.compile(r"^\s*select\b", re.IGNORECASE)
_INTO = re.compile(r"\binto\b", re.IGNORECASE)
_TO = re.compile(r"\bto\s*\(")
_IMPORT = re.compile(r'\bimport\s+(?:\w+\s+)?"([^"]*)"')
_READING = {"date", "influxdata/influxdb/schema", "math", "regexp", "strings", "timezone", "types"}
"""Packages of Flux that reach nothing else: others write to buckets, sockets and services."""


class InfluxConfig(SourceConfig):
    """A database of InfluxDB that has readings or events. Give it a user or token that may read and nothing else."""

    type: Literal["influx"] = Field(description="influx")
    clock: Clock = Field(
        default="trust",
        description="what is done with times that are off: trust (if missing; rows come when they come), correct, "
        "refuse",
    )
    url: WebUrl = Field(description="the address of the database, such as https://historian.works.example:8086")
    database: Text | None = Field(default=None, description="the database, for queries in InfluxQL")
    org: Text | None = Field(default=None, description="the organization, for queries in Flux")
    user: Text | None = Field(default=None, description="the user, with the right to read alone (InfluxQL)")
    password_file: Text | None = Field(
        default=None, description="the file that holds the password; or set TUNDISH_<NAME>_PASSWORD"
    )
    token_file: Text | None = Field(
        default=None, description="the file that holds a token in place of user and password; or TUNDISH_<NAME>_TOKEN"
    )
    ca_file: Text | None = Field(
        default=None,
        description="the PEM file of the authority whose certificates are trusted; the system's if missing",
    )
    queries: dict[Code, Annotated[str, StringConstraints(min_length=1, max_length=20_000)]] = Field(
        min_length=1,
        description="by name, a query of rows from :since to before :until, such as SELECT total FROM belt WHERE "
        "time >= :since AND time < :until",
    )
    zone: Zone | None = Field(
        default=None, description="the time zone of times without an offset; the zone of the site if missing"
    )
    time_format: TimeFormat | None = None
    poll: Pause = Field(default=10.0, description="the time between two polls")
    overlap: Lapse = Field(default=600.0, description="how far before the newest row it is asked again, for late rows")
    first: Span = Field(default=86_400.0, description="how far back it is asked when nothing is known yet")
    timeout: Wait = Field(default=20.0, description="the longest wait for one answer")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.database is None) == (self.org is None):
            raise ValueError("give database (for InfluxQL) or org (for Flux), one of the two")
        if self.org is not None and self.user is not None:
            raise ValueError("Flux is asked with a token; give token_file in place of user")
        url = urlsplit(self.url)
        if url.username is not None:
            raise ValueError("the address holds a login; give user and password_file (or token_file) instead")
        has_secret = self.user is not None or self.token_file is not None
        if has_secret and url.scheme == "http" and url.hostname not in LOOPBACK:
            raise ValueError("a password is not sent over a line in the clear; give an address with https://")
        for name, text in self.queries.items():
            self._check(name, text)
        return self

    def _check(self, name: str, text: str) -> None:
        for word in (":since", ":until"):
            if word not in text:
                raise ValueError(f"query {name} has no {word}: it would read everything at each poll")
        if self.database is not None:
            if not _SELECT.match(text) or ";" in text.rstrip().rstrip(";") or _INTO.search(text):
                raise ValueError(f"query {name} is not one SELECT: only reading is allowed")
            return
        foreign = [package for package in _IMPORT.findall(text) if package not in _READING]
        if _TO.search(text) or foreign:
            what = f"imports {foreign[0]}" if foreign else "has to()"
            raise ValueError(f"query {name} {what}: only reading is allowed")


class InfluxAddress(RowAddress):
    """The keys of a tag that is read from InfluxDB. `time` is the time of a row in InfluxQL and Flux alike."""

    query: Code = Field(description="the name of the query whose rows it is in")

    @model_validator(mode="before")
    @classmethod
    def _with_time(cls, given: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        """Every row has a time."""
        if not isinstance(given, dict):
            return given
        return {"end" if {"key", "tonnes"} & given.keys() else "time": "time", **given}
