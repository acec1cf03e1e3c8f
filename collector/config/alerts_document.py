"""The section of plant.yaml about alerts: who is notified of what, how, and when; as strict pydantic models."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from collector.config.duration import Span
from collector.config.fields import Clock, Text
from collector.config.grafana_document import MailAddress, TelegramEntry
from collector.config.url import Host, WebUrl
from collector.sources.base import Code
from models.works.strict import StrictModel

PersonCode = Annotated[str, StringConstraints(pattern=r"^[\w.@-]{1,64}$")]
"""As names of users at the desk."""
Port = Annotated[int, Field(ge=1, le=65535)]


class RelayEntry(StrictModel):
    """The relay that takes e-mail."""

    host: Host = Field(description="the name or address of the relay")
    port: Port = Field(default=587, description="the port of the relay")
    starttls: Literal["required", "none-on-loopback"] = Field(
        default="required", description="required; or none-on-loopback for a relay on this host that has no encryption"
    )
    sender: MailAddress = Field(alias="from", description="the address from which messages come")
    user: Text | None = Field(default=None, description="the user, if the relay asks for one")
    password_file: Text | None = Field(
        default=None, description="the file that holds the user's password; or set TUNDISH_ALERTS_SMTP_PASSWORD"
    )
    ca_file: Text | None = Field(
        default=None, description="the certificates to trust instead of the system's, if the works has its own"
    )


class EmailChannelEntry(StrictModel):
    """Messages by e-mail."""

    type: Literal["email"] = Field(description="the type of the channel: email")
    to: list[MailAddress] = Field(min_length=1, description="the addresses that get the messages")
    smtp: RelayEntry | None = Field(default=None, description="the relay, if it is not the one in alerts.smtp")


class WebhookChannelEntry(StrictModel):
    """Messages as JSON documents by POST; docs/alerts.md describes the document."""

    type: Literal["webhook"] = Field(description="the type of the channel: webhook")
    url: WebUrl = Field(description="the address that gets the documents")
    token_file: Text | None = Field(
        default=None,
        description="the file that holds the token for the header Authorization; TUNDISH_ALERTS_WEBHOOK_TOKEN takes "
        "precedence",
    )
    ca_file: Text | None = Field(
        default=None, description="the certificates to trust instead of the system's, if the works has its own"
    )


class TelegramChannelEntry(TelegramEntry):
    """Messages to a chat of Telegram."""

    type: Literal["telegram"] = Field(description="the type of the channel: telegram")


class AppriseChannelEntry(StrictModel):
    """Messages through any other service that the library apprise knows."""

    type: Literal["apprise"] = Field(description="the type of the channel: apprise")
    url_file: Text = Field(
        description="the file that holds the service's URL, as apprise writes it; "
        "TUNDISH_ALERTS_APPRISE_URL takes precedence"
    )


ChannelEntry = Annotated[
    EmailChannelEntry | WebhookChannelEntry | TelegramChannelEntry | AppriseChannelEntry, Field(discriminator="type")
]


class ShopRolesEntry(StrictModel):
    """Who is notified about one shop, by role, instead of the people of the whole works; each is a list of channels."""

    dispatcher: list[ChannelEntry] = Field(default=[], description="the channels for P1, at once")
    shop_chief: list[ChannelEntry] = Field(default=[], description="the channels for P1 that nobody acknowledged")
    production_director: list[ChannelEntry] = Field(
        default=[], description="the channels for P1 that nobody acknowledged even then"
    )
    shop: list[ChannelEntry] = Field(default=[], description="the channels for P2, output that has dropped")
    instruments: list[ChannelEntry] = Field(default=[], description="the channels for P4, faults of data")
    mine_safety: list[ChannelEntry] = Field(
        default=[],
        description="the channels for methane above a limit and for its sensors, at once; the dispatcher's if missing",
    )


class RolesEntry(ShopRolesEntry):
    """Who is notified, by role; each is a list of channels."""

    digest: list[ChannelEntry] = Field(default=[], description="the channels for the daily list of trends, P3")


class PersonEntry(StrictModel):
    """Somebody who can have a duty in the roster that is kept at the desk."""

    name: Text = Field(description="how messages and pages call the person")
    channels: list[ChannelEntry] = Field(
        default=[], description="the ways to the person; without one, the receivers of the role are notified"
    )


class EscalateEntry(StrictModel):
    """How long a P1 waits to be acknowledged before it is escalated to the next role."""

    # Time to walk to the panel and look; then to the next one. The works may know better: a judgement.
    shop_chief: Span = Field(default=15 * 60.0, description="the time until the chief of the shop is notified")
    production_director: Span = Field(default=30 * 60.0, description="the time until the director is notified")


class AlertsEntry(StrictModel):
    """Who is notified of what. Incidents are kept and shown with or without this section."""

    notifier: Literal["grafana", "tundish"] | None = Field(
        default=None,
        description="who notifies people, grafana or tundish; grafana if grafana.notify is given, else tundish",
    )
    language: Literal["en", "ru", "kk"] = Field(default="en", description="the language of the messages")
    smtp: RelayEntry | None = Field(default=None, description="the relay for e-mail")
    roles: RolesEntry = Field(default=RolesEntry(), description="who is notified, by role")
    shops: dict[Code, ShopRolesEntry] = Field(
        default={}, description="by shop, the roles that have people of their own there"
    )
    people: dict[PersonCode, PersonEntry] = Field(
        default={},
        description="who can have a duty in the roster of the desk, by the name with which the person signs in there; "
        "a role without a person in a shift goes to its receivers",
    )
    escalate_after: EscalateEntry = Field(
        default=EscalateEntry(), description="how long a P1 waits before each escalation"
    )
    # Before the morning meeting of most works.
    digest_at: Clock = Field(default="07:30", description="the local time of the daily list of trends")
    # Somebody who gets more than one message in six minutes stops reading them; the rest is summed up in one.
    messages_per_hour: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=10,
        description="the most messages an hour to one role; messages about P1 have the same limit of their own",
    )
    # A furnace that is stopped and started several times in half an hour has one trouble, not several.
    reopen_within: Span = Field(
        default=30 * 60.0,
        description="the time within which an incident that comes back is the same one, without a new message",
    )
