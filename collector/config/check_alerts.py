"""What must hold for the section about alerts, and who is notified through which channels."""

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path as FilePath
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from collector.alerts.settings import (
    AlertSettings,
    AppriseSettings,
    ChannelSettings,
    MailSettings,
    Notifier,
    PersonSettings,
    WebhookSettings,
)
from collector.config.alerts_document import (
    AlertsEntry,
    AppriseChannelEntry,
    ChannelEntry,
    EmailChannelEntry,
    RelayEntry,
    ShopRolesEntry,
    TelegramChannelEntry,
    WebhookChannelEntry,
)
from collector.config.check_services import loopback
from collector.config.entries import Entries
from collector.config.problem import Path, Problems
from collector.config.secret import SecretError, read_secret, variable
from collector.config.sentences import did_you_mean
from models.alerts.incident import Recipient, Role
from models.alerts.policy import Policy

HERE: Path = ("alerts",)


def resolve_alerts(
    entries: Entries, entry: AlertsEntry, folder: FilePath, environment: Mapping[str, str], problems: Problems
) -> AlertSettings:
    """Who is notified, with secrets read; what is missing, misplaced or unsafe goes to `problems`."""
    resolving = _Resolving(entry, folder, environment, problems)
    channels = {}
    for path, shop, roles in _roles(entry):
        if shop and shop not in entries.known("shop"):
            problems.add(path, f"'{shop}' is not a shop of this plant; {did_you_mean(shop, entries.known('shop'))}")
        for role in Role:
            listed: list[ChannelEntry] = getattr(roles, role.value, [])
            if listed:
                found = [resolving.channel(channel, (*path, role.value, index)) for index, channel in enumerate(listed)]
                channels[Recipient(role, shop)] = tuple(channel for channel in found if channel is not None)
    people = {}
    for code, person in entry.people.items():
        at = (*HERE, "people", code, "channels")
        ways = [resolving.channel(channel, (*at, index)) for index, channel in enumerate(person.channels)]
        people[code] = PersonSettings(name=person.name, channels=tuple(way for way in ways if way is not None))
    notifier = _notifier(entries, entry, channels, problems)
    _check_times(entry, problems)
    policy = _policy(entries, entry, notifier, channels)
    return AlertSettings(notifier=notifier, policy=policy, channels=channels, people=people)


def resolve_mail(
    entry: EmailChannelEntry,
    alerts: AlertsEntry,
    path: Path,
    secrets: tuple[FilePath, Mapping[str, str]],
    problems: Problems,
) -> MailSettings | None:
    """The relay and the addresses of one channel; None if it has a fault, which goes to `problems`. `secrets`: the
    folder of their files, and the environment."""
    return _Resolving(alerts, *secrets, problems).mail(entry, path)


def _roles(entry: AlertsEntry) -> Iterator[tuple[Path, str, ShopRolesEntry]]:
    yield (*HERE, "roles"), "", entry.roles
    for shop, roles in entry.shops.items():
        yield (*HERE, "shops", shop), shop, roles


def _notifier(
    entries: Entries, entry: AlertsEntry, channels: Mapping[Recipient, object], problems: Problems
) -> Notifier:
    by_grafana = entries.grafana is not None and entries.grafana.notify is not None
    if entry.notifier is None and by_grafana and channels:
        problems.add(
            HERE,
            "grafana.notify and roles are both given, but only one may notify people; choose with notifier: grafana "
            "or notifier: tundish",
        )
    if entry.notifier == "grafana" and not by_grafana:
        problems.add((*HERE, "notifier"), "Grafana has nobody to notify; give grafana.notify, or notifier: tundish")
    notifier = entry.notifier or ("grafana" if by_grafana else "tundish")
    # Only if somebody configured alerts at all: a plant without the section is valid and notifies nobody.
    if notifier == "tundish" and (channels or entry.notifier) and Recipient(Role.DISPATCHER) not in channels:
        problems.add(
            (*HERE, "roles"), "the key dispatcher is missing; give a channel for P1, or nobody is notified of a stop"
        )
    return notifier


def _check_times(entry: AlertsEntry, problems: Problems) -> None:
    wait = entry.escalate_after
    if wait.production_director < wait.shop_chief:
        problems.add(
            (*HERE, "escalate_after", "production_director"),
            "the director would be notified before the chief of the shop; give a time that is not shorter",
        )


def _policy(entries: Entries, entry: AlertsEntry, notifier: Notifier, channels: Mapping[Recipient, object]) -> Policy:
    try:
        zone = ZoneInfo(entries.site.zone if entries.site else "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):  # reported with the site
        zone = ZoneInfo("UTC")
    return Policy(
        sends=notifier == "tundish" and bool(channels),
        zone=zone,
        language=entry.language,
        recipients=frozenset(channels),
        escalate_after_s={
            Role.SHOP_CHIEF: round(entry.escalate_after.shop_chief),
            Role.PRODUCTION_DIRECTOR: round(entry.escalate_after.production_director),
        },
        digest_at=time.fromisoformat(entry.digest_at),
        messages_per_hour=entry.messages_per_hour,
        reopen_within_s=round(entry.reopen_within),
    )


@dataclass(frozen=True, slots=True)
class _Resolving:
    entry: AlertsEntry
    folder: FilePath
    environment: Mapping[str, str]
    problems: Problems

    def channel(self, entry: ChannelEntry, path: Path) -> ChannelSettings | None:
        """The channel; None if it has a fault, which goes to `problems`."""
        if isinstance(entry, EmailChannelEntry):
            return self.mail(entry, path)
        if isinstance(entry, WebhookChannelEntry):
            return self._webhook(entry, path)
        if isinstance(entry, TelegramChannelEntry):
            return self._telegram(entry, path)
        return self._apprise(entry, path)

    def mail(self, entry: EmailChannelEntry, path: Path) -> MailSettings | None:
        """The mail; None if it has a fault, which goes to `problems`."""
        relay, at = (entry.smtp, (*path, "smtp")) if entry.smtp is not None else (self.entry.smtp, (*HERE, "smtp"))
        if relay is None:
            self.problems.add((*path, "smtp"), "the key is missing; give the relay in alerts.smtp, or here")
            return None
        password = self._relay_password(relay, at)
        return MailSettings(
            to=tuple(entry.to),
            sender=relay.sender,
            host=relay.host,
            port=relay.port,
            starttls=relay.starttls == "required",
            user=relay.user,
            password=password,
            ca_file=self._ca_file(relay.ca_file, (*at, "ca_file")),
        )

    def _relay_password(self, relay: RelayEntry, at: Path) -> str | None:
        # Within this host nobody else reads the line; anywhere else the password would be readable.
        if relay.starttls != "required" and not loopback(relay.host):
            self.problems.add(
                (*at, "starttls"),
                f"'{relay.host}' is another host, and messages and password would go there in the clear; give required",
            )
        if relay.user is None:
            if relay.password_file is not None:
                self.problems.add((*at, "user"), "the key is missing; a user and a password go together")
            return None
        password = self._secret(relay.password_file, (*at, "password_file"), ("alerts", "smtp", "password"))
        if password is None and not self.problems.under((*at, "password_file")):
            self.problems.add(at, "there is no password; give password_file, or set TUNDISH_ALERTS_SMTP_PASSWORD")
        return password

    def _webhook(self, entry: WebhookChannelEntry, path: Path) -> WebhookSettings:
        parts = urlsplit(entry.url)
        if parts.username is not None:
            self.problems.add((*path, "url"), "the address holds a login; give token_file instead")
        if entry.token_file is not None and parts.scheme == "http" and not loopback(parts.hostname or ""):
            self.problems.add((*path, "url"), "the token would go to another host in the clear; give an https address")
        token = None
        if entry.token_file is not None:
            token = self._secret(entry.token_file, (*path, "token_file"), ("alerts", "webhook", "token"))
        return WebhookSettings(url=entry.url, token=token, ca_file=self._ca_file(entry.ca_file, (*path, "ca_file")))

    def _telegram(self, entry: TelegramChannelEntry, path: Path) -> AppriseSettings | None:
        at = (*path, "bot_token_file")
        token = self._secret(entry.bot_token_file, at, ("telegram", "token"))
        if token is None:
            if not self.problems.under(at):
                self.problems.add(at, "the key is missing; give it, or set TUNDISH_TELEGRAM_TOKEN")
            return None
        chat = quote(entry.chat_id, safe="@-:")
        return AppriseSettings(name=f"telegram {entry.chat_id}", url=f"tgram://{quote(token, safe=':')}/{chat}/")

    def _apprise(self, entry: AppriseChannelEntry, path: Path) -> AppriseSettings | None:
        url = self._secret(entry.url_file, (*path, "url_file"), ("alerts", "apprise", "url"))
        return None if url is None else AppriseSettings(name=f"apprise {url.partition(':')[0]}", url=url)

    def _secret(self, file: str | None, path: Path, words: tuple[str, ...]) -> str | None:
        try:
            return read_secret(self.folder, file, variable(*words), self.environment)
        except SecretError as error:
            self.problems.add(path, str(error))
            return None

    def _ca_file(self, file: str | None, path: Path) -> FilePath | None:
        if file is None:
            return None
        try:
            ssl.create_default_context(cafile=self.folder / file)
        except (OSError, ValueError) as error:
            self.problems.add(path, f"'{file}' does not hold certificates: {error}; give a file of PEM certificates")
        return self.folder / file
