"""The receiver of a demo's alerts, with the channel that the service sends over."""

import json

from collector.alerts.channel import Outgoing
from collector.alerts.settings import WebhookSettings
from collector.alerts.webhook import WebhookChannel
from collector.config.alerts_document import AlertsEntry
from collector.simulation.inbox import Inbox


def message(number: int) -> Outgoing:
    document = {"role": "dispatcher", "subject": f"BF {number}: остановка", "text": "стоит\nс 04:34"}
    return Outgoing(id=f"works-{number}", subject="", body="", document=document)


async def test_every_role_of_a_demo_is_notified_here_and_a_message_that_comes_twice_is_shown_once() -> None:
    shown: list[tuple[str, str, str]] = []
    async with Inbox(lambda *message: shown.append(message)) as inbox:
        roles = AlertsEntry.model_validate_json(json.dumps(inbox.section())).roles
        urls = {channel.url for role in type(roles).model_fields for channel in getattr(roles, role)}
        (url,) = urls
        channel = WebhookChannel(WebhookSettings(url=url))
        for number in (3, 3, 4):
            await channel.send(message(number))
    assert all(getattr(roles, role) for role in type(roles).model_fields)
    assert shown == [("dispatcher", f"BF {number}: остановка", "стоит\nс 04:34") for number in (3, 4)]
