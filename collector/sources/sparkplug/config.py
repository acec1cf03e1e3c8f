"""The keys of a Sparkplug source and of its tags in `plant.yaml`."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from collector.sources.mqtt.config import BrokerConfig
from collector.sources.rows import RowAddress

STAMP = "$stamp"
"""The column with the time that a metric says of itself."""
Edge = Annotated[str, StringConstraints(pattern=r"^[^+#/\x00]+/[^+#/\x00]+$", max_length=512)]
Device = Annotated[str, StringConstraints(pattern=r"^[^+#/\x00]+$", max_length=256)]


class SparkplugConfig(BrokerConfig):
    """A broker of MQTT 5 to which edge nodes publish by Sparkplug B."""

    type: Literal["sparkplug"] = Field(description="sparkplug")
    rebirth: bool = Field(
        default=False,
        description="whether an edge node is asked to say its birth again when what it sends cannot be told apart; "
        "nothing else is ever published",
    )


class SparkplugAddress(RowAddress):
    """The keys of a tag that is read from metrics; value, key, tonnes and end are names of metrics."""

    edge: Edge = Field(description="the group and the edge node, such as mine3/belts")
    device: Device | None = Field(
        default=None, description="its device; the metrics of the edge node itself if missing"
    )

    def place(self, config: SparkplugConfig) -> str:
        """Where the tag is read, as deliveries say it."""
        device = "" if self.device is None else f"/{self.device}"
        return f"sparkplug://{config.host}:{config.port}/{self.edge}{device} {self.value or self.tonnes}"

    @model_validator(mode="before")
    @classmethod
    def _with_time(cls, given: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        """Every metric has a time: what names no other metric for it is of that time."""
        if not isinstance(given, dict):
            return given
        return {"end" if {"key", "tonnes"} & given.keys() else "time": STAMP, **given}
