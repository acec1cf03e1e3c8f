"""The keys of a Kafka source and of its tags in `plant.yaml`. The password is in a file or the environment only."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from collector.config.duration import Span, Wait
from collector.config.fields import LOOPBACK, Text, Zone
from collector.sources.base import Clock, SourceConfig
from collector.sources.mqtt.config import RECEIVED
from collector.sources.row_times import TimeFormat
from collector.sources.rows import RowAddress

Server = Annotated[str, StringConstraints(pattern=r"^(\[[0-9A-Fa-f:]+\]|[^\s,:\[\]/]+):\d{1,5}$", max_length=300)]
Topic = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,249}$")]
Mechanism = Literal["plain", "scram-sha-256", "scram-sha-512"]


class KafkaConfig(SourceConfig):
    """A cluster of Kafka with topics of readings or weighings. Give it a user that may read these and its group."""

    type: Literal["kafka"] = Field(description="kafka")
    clock: Clock = Field(
        default="trust",
        description="what is done with times that are off: trust (if missing; records wait for us), correct, refuse",
    )
    servers: list[Server] = Field(min_length=1, description="some of its brokers, each as host:port")
    group: Text | None = Field(
        default=None,
        description="the name under which the cluster keeps how far was read; tundish-<name> if missing. No other "
        "program may read with it",
    )
    tls: bool = Field(default=True, description="whether the line is encrypted; false on this host or a closed network")
    ca_file: Text | None = Field(
        default=None,
        description="the PEM file of the authority whose certificates are trusted; the system's if missing",
    )
    cert_file: Text | None = Field(default=None, description="the PEM file of our own certificate, if one is asked for")
    key_file: Text | None = Field(default=None, description="the PEM file of its key")
    user: Text | None = Field(default=None, description="the user, with the right to read alone")
    password_file: Text | None = Field(
        default=None, description="the file that holds the password; or set TUNDISH_<NAME>_PASSWORD"
    )
    mechanism: Mechanism = Field(default="scram-sha-512", description="how user and password are checked (SASL)")
    zone: Zone | None = Field(
        default=None, description="the time zone of times without an offset; the zone of the site if missing"
    )
    time_format: TimeFormat | None = None
    first: Span = Field(default=86_400.0, description="how far back is read when nothing was read yet")
    timeout: Wait = Field(default=10.0, description="the longest wait for one answer")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        hosts = {server.rpartition(":")[0].strip("[]") for server in self.servers}
        if self.user is not None and not self.tls and not hosts <= set(LOOPBACK):
            raise ValueError("a password is not sent over a line in the clear; leave tls on, or remove user")
        if (self.cert_file is None) != (self.key_file is None):
            raise ValueError("give cert_file and key_file together")
        return self


class KafkaAddress(RowAddress):
    """The keys of a tag that is read from records: JSON, whose inner keys are joined by points, or a bare number.

    `$received` is the record's own time, and `$key` its key.
    """

    topic: Topic = Field(description="the topic")

    @model_validator(mode="before")
    @classmethod
    def _with_time(cls, given: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        """A reading that says no time is of the time of its record; a bare number is the column value."""
        if isinstance(given, dict) and not {"key", "tonnes", "end"} & given.keys():
            return {"time": RECEIVED, "value": "value", **given}
        return given
