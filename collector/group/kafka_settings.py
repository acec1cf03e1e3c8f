"""Where the Kafka of a group is and how to reach it, as the configuration resolved it."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class KafkaSettings:
    """`tls`: whether the line is encrypted; `password` is never shown by repr. `timeout_s` is of one answer."""

    bootstrap: tuple[str, ...]
    tls: bool
    ca_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    mechanism: str = "scram-sha-512"
    timeout_s: float = 10.0

    @property
    def where(self) -> str:
        """For people."""
        return f"Kafka at {', '.join(self.bootstrap)}"

    def for_client(self, name: str) -> dict[str, str | int]:
        """What librdkafka is told of any connection. A refused certificate stays refused: it falls back to nothing.

        `name`: what the brokers' own logs call us.
        """
        protocol = ("SASL_" if self.user is not None else "") + ("SSL" if self.tls else "PLAINTEXT")
        found: dict[str, str | int] = {
            "bootstrap.servers": ",".join(self.bootstrap),
            "client.id": name,
            "security.protocol": protocol,
            "socket.connection.setup.timeout.ms": max(1000, round(self.timeout_s * 1000)),
            "reconnect.backoff.ms": 500,
            "reconnect.backoff.max.ms": 2_000,
        }
        for key, file in (("ca", self.ca_file), ("certificate", self.cert_file), ("key", self.key_file)):
            if file is not None:
                found[f"ssl.{key}.location"] = str(file)
        if self.user is not None:
            found |= {
                "sasl.mechanism": self.mechanism.upper(),
                "sasl.username": self.user,
                "sasl.password": self.password or "",
            }
        return found
