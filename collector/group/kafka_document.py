"""How a site and its group reach their Kafka, as a strict pydantic model: one section for both."""

from typing import Self

from pydantic import Field, model_validator

from collector.config.duration import Wait
from collector.config.fields import Text
from collector.sources.kafka.config import Mechanism, Server
from models.works.strict import StrictModel


class KafkaTls(StrictModel):
    """An encrypted line, whose brokers prove who they are."""

    ca_file: Text | None = Field(
        default=None,
        description="the PEM file of the authority whose certificates are trusted; the system's if missing",
    )
    cert_file: Text | None = Field(default=None, description="the PEM file of our own certificate, if one is asked for")
    key_file: Text | None = Field(default=None, description="the PEM file of its key")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.cert_file is None) != (self.key_file is None):
            raise ValueError("give cert_file and key_file together")
        return self


class KafkaSasl(StrictModel):
    """Who we are, where the cluster asks for a user and a password."""

    user: Text = Field(description="the user; give a site one that may write under its own key alone")
    password_file: Text | None = Field(
        default=None, description="the file that holds the password; or set TUNDISH_GROUP_PASSWORD"
    )
    mechanism: Mechanism = Field(default="scram-sha-512", description="how user and password are checked (SASL)")


class KafkaEntry(StrictModel):
    """The Kafka through which figures of sites come together in their group."""

    bootstrap: list[Server] = Field(min_length=1, max_length=100, description="some of its brokers, each as host:port")
    tls: KafkaTls | None = Field(
        default=None,
        description="an encrypted line, {} with what the system trusts; only brokers on this host go without",
    )
    sasl: KafkaSasl | None = Field(default=None, description="user and password, if the cluster asks for them")
    timeout: Wait = Field(default=10.0, description="the longest wait for one answer")
