"""The keys of an HTTP source and of its tags in `plant.yaml`. Passwords and tokens are in files or the environment."""

from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from collector.config.duration import Lapse, Pause, Span, Wait
from collector.config.fields import LOOPBACK, Text, Zone
from collector.config.url import WebUrl
from collector.sources.base import Clock, Code, SourceConfig
from collector.sources.http.cells import expression
from collector.sources.row_times import TimeFormat
from collector.sources.rows import RowAddress
from models.works.strict import StrictModel


def _expression(text: str) -> str:
    expression(text)
    return text


Expression = Annotated[str, AfterValidator(_expression)]
AUTHORIZATION = "Authorization"
SINCE = "{since}"
"""Stands in a parameter or a path for the time from which on rows are wanted."""


class HttpRequest(StrictModel):
    """One address that gives rows as JSON."""

    path: Text = Field(description="what follows the url of the source, such as /api/weighings")
    parameters: dict[Text, Text] = Field(
        default={}, description="what is asked, such as {from: '{since}', limit: '500'}; {since} is where we are"
    )
    since_format: Literal["iso", "unix", "unix_ms"] = Field(
        default="iso", description="how {since} is written: iso (2026-09-30T07:00:00+00:00), or since 1970 in s or ms"
    )
    rows: Expression = Field(default="@", description="where the list of rows is, as JMESPath, such as data.items")
    next: Expression | None = Field(
        default=None, description="where the address of the next page is (or its cursor), as JMESPath"
    )
    cursor: Text | None = Field(default=None, description="the parameter that takes what next gives, if it is a cursor")
    page: Text | None = Field(
        default=None, description="the parameter that counts pages, until one has no rows; in place of next"
    )
    first_page: Annotated[int, Field(ge=0, le=1)] = Field(default=1, description="the number of the first page")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.page is not None and self.next is not None:
            raise ValueError("pages are counted by page or lead on by next; give one of them")
        if self.cursor is not None and self.next is None:
            raise ValueError("the key next is missing; say where an answer has the cursor")
        return self


class HttpConfig(SourceConfig):
    """A web service that gives weighings, heats or readings as JSON. It is only read, by GET."""

    type: Literal["http"] = Field(description="http")
    clock: Clock = Field(
        default="trust",
        description="what is done with times that are off: trust (if missing; rows come when they come), correct, "
        "refuse",
    )
    url: WebUrl = Field(description="the address that all paths begin with, such as https://mes.works.example")
    ca_file: Text | None = Field(
        default=None,
        description="the PEM file of the authority whose certificates are trusted; the system's if missing",
    )
    user: Text | None = Field(default=None, description="the user, where the service asks for user and password")
    password_file: Text | None = Field(
        default=None, description="the file that holds the password; or set TUNDISH_<NAME>_PASSWORD"
    )
    token_file: Text | None = Field(
        default=None, description="the file that holds a token; or set TUNDISH_<NAME>_TOKEN; in place of user"
    )
    token_header: Text = Field(
        default=AUTHORIZATION, description="the header of the token; Authorization has Bearer before it, others not"
    )
    requests: dict[Code, HttpRequest] = Field(min_length=1, description="by name, what is asked for")
    zone: Zone | None = Field(
        default=None,
        description="the time zone of times without an offset, which {since} has none of either then; if missing, the "
        "zone of the site, and {since} has an offset",
    )
    time_format: TimeFormat | None = None
    poll: Pause = Field(default=30.0, description="the time between two polls")
    overlap: Lapse = Field(
        default=3600.0, description="how far before the newest row it is asked again, for rows that come late or change"
    )
    first: Span = Field(default=86_400.0, description="how far back it is asked when nothing is known yet")
    timeout: Wait = Field(default=20.0, description="the longest wait for one page")
    most_pages: Annotated[int, Field(ge=1, le=100_000)] = Field(
        default=1000, description="the pages of one poll; more are told as pages that never end"
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        parts = urlsplit(self.url)
        if parts.username is not None:
            raise ValueError("url holds a login; user and password have their own keys")
        if parts.query or parts.fragment:
            raise ValueError("url ends in parameters; give them to the requests")
        if self.user is not None and self.token_file is not None:
            raise ValueError("give user or token_file: one of them opens the service")
        secret = self.user or self.token_file
        if secret and parts.scheme == "http" and (parts.hostname or "") not in LOOPBACK:
            raise ValueError("a password or token is not sent over a line in the clear; give an address of https")
        return self


class HttpAddress(RowAddress):
    """The keys of a tag that is read from an answer; its columns are keys of its rows, or JMESPath."""

    request: Code = Field(description="the name of the request whose rows it is in")
