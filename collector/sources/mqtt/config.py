"""The keys of an MQTT source and of its tags in `plant.yaml`. The password is in a file or the environment only."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from collector.config.duration import Kept, Lapse, Pause, Wait
from collector.config.fields import LOOPBACK, Text, Zone
from collector.sources.base import Clock, SourceConfig
from collector.sources.row_times import TimeFormat
from collector.sources.rows import RowAddress

RECEIVED = "$received"
"""The column with the time of receipt, for messages that say none."""
Topic = Annotated[str, StringConstraints(pattern=r"^[^+#\x00]+$", max_length=1024)]


class BrokerConfig(SourceConfig):
    """The keys of every source that listens to a broker of MQTT 5."""

    clock: Clock = Field(
        default="trust",
        description="what is done with times that are off: trust (if missing; a session gives what waited), correct, "
        "refuse",
    )
    host: Text = Field(description="the name or address of the broker")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=8883, description="its port; 1883 without tls")
    tls: bool = Field(default=True, description="whether the line is encrypted; false on this host or a closed network")
    ca_file: Text | None = Field(
        default=None,
        description="the PEM file of the authority whose certificates are trusted; the system's if missing",
    )
    user: Text | None = Field(default=None, description="the user, with the right to subscribe alone")
    password_file: Text | None = Field(
        default=None, description="the file that holds the password; or set TUNDISH_<NAME>_PASSWORD"
    )
    client_id: Text | None = Field(
        default=None, description="the name of our session at the broker; tundish-<name> if missing"
    )
    session_expiry: Kept = Field(
        default=7 * 86_400.0, description="how long the broker keeps messages for us while we are away"
    )
    keepalive: Pause = Field(default=30.0, description="the silence after which the broker is asked whether it lives")
    timeout: Wait = Field(default=10.0, description="the longest wait for the broker's answer to a connection")
    stale_after: Lapse = Field(
        default=300.0, description="the time without any message after which events count as not watched"
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.user is not None and not self.tls and self.host not in LOOPBACK:
            raise ValueError("a password is not sent over a line in the clear; leave tls on, or remove user")
        return self

    def beside(self) -> Self:
        """The same for a person who looks: no session is taken from the service, and none is left behind."""
        name = f"{self.client_id or f'tundish-{self.name}'}-look"
        return self.model_copy(update={"client_id": name, "session_expiry": 0.0})


class MqttConfig(BrokerConfig):
    """A broker of MQTT 5 to which devices publish. The session is kept by the broker while we are away."""

    type: Literal["mqtt"] = Field(description="mqtt")
    zone: Zone | None = Field(
        default=None, description="the time zone of times without an offset; the zone of the site if missing"
    )
    time_format: TimeFormat | None = None


class MqttAddress(RowAddress):
    """The keys of a tag that is read from messages: JSON, whose inner keys are joined by points, or a bare number."""

    topic: Topic = Field(description="the topic, without wildcards, such as works/mine3/belt")

    def place(self, config: MqttConfig) -> str:
        """Where the tag is read, as deliveries say it."""
        return f"mqtt://{config.host}:{config.port}/{self.topic} {self.value or self.tonnes}"

    @model_validator(mode="before")
    @classmethod
    def _with_time(cls, given: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        """A reading that says no time is of when it came; a bare number is the column value."""
        if isinstance(given, dict) and not {"key", "tonnes", "end"} & given.keys():
            return {"time": RECEIVED, "value": "value", **given}
        return given
