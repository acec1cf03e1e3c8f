"""Who is notified of incidents and how, as the configuration resolved it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from models.alerts.incident import Recipient
from models.alerts.policy import Policy

Notifier = Literal["grafana", "tundish"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """E-mail over a relay. `starttls` False: in the clear, to this machine alone. `ca_file`: the authorities to trust
    instead of the system's."""

    to: tuple[str, ...]
    sender: str
    host: str
    port: int
    starttls: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None

    @property
    def name(self) -> str:
        """Its name in errors and lists."""
        return f"e-mail by {self.host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    """A POST of the message's document. `url` is never shown whole: some have a secret in their query."""

    url: str = field(repr=False)
    token: str | None = field(default=None, repr=False)
    ca_file: Path | None = None

    @property
    def name(self) -> str:
        """Its name in errors and lists."""
        return f"webhook {self.url.partition('?')[0]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppriseSettings:
    """A service that the library apprise knows, by its URL, which contains secrets."""

    name: str
    url: str = field(repr=False)


ChannelSettings = MailSettings | WebhookSettings | AppriseSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSettings:
    """Somebody who can have a duty, with the ways to that person, if there are any."""

    name: str
    channels: tuple[ChannelSettings, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSettings:
    """`notifier`: who notifies people; the other one only shows. `channels`: by recipient, at least one each. `people`:
    who can have a duty, by the name with which they sign in at the desk."""

    notifier: Notifier
    policy: Policy
    channels: Mapping[Recipient, tuple[ChannelSettings, ...]]
    people: Mapping[str, PersonSettings] = field(default_factory=dict)
