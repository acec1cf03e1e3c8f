"""Builds the channels of a configuration."""

from collections.abc import Mapping

from collector.alerts.by_apprise import AppriseChannel
from collector.alerts.channel import Channel
from collector.alerts.mail import MailChannel
from collector.alerts.settings import AlertSettings, ChannelSettings, MailSettings, WebhookSettings
from collector.alerts.webhook import WebhookChannel
from models.alerts.incident import Recipient


def build_channels(settings: AlertSettings) -> Mapping[Recipient, tuple[Channel, ...]]:
    """By recipient, its channels in their order. Nothing is connected yet."""
    return {recipient: tuple(map(_channel, channels)) for recipient, channels in settings.channels.items()}


def build_personal(settings: AlertSettings) -> Mapping[str, tuple[Channel, ...]]:
    """By person, the channels to that person. Nothing is connected yet."""
    return {code: tuple(map(_channel, person.channels)) for code, person in settings.people.items()}


def _channel(settings: ChannelSettings) -> Channel:
    if isinstance(settings, MailSettings):
        return MailChannel(settings)
    if isinstance(settings, WebhookSettings):
        return WebhookChannel(settings)
    return AppriseChannel(settings)
