"""A webhook: the message's document by POST, as JSON, with its id as Idempotency-Key."""

import json

import aiohttp

from collector.alerts.channel import LazyTls, Outgoing, tls_reason
from collector.alerts.settings import WebhookSettings
from collector.errors import ChannelFailed

LIMIT_S = 15.0
"""As for a mail relay: a receiver that takes longer is down for us."""
_SHOWN = 200
"""Bytes of an answer that are shown with an error: the first sentence, and not a whole page of HTML."""


_LEAST_PART = 6
"""So many characters of a secret's beginning are taken for it: the answer is cut, and may end within the token."""


def without_secret(said: str, secret: str) -> str:
    """What was said, with three stars for the secret, and for a beginning of it at the end."""
    said = said.replace(secret, "***")
    for length in range(len(secret) - 1, _LEAST_PART - 1, -1):
        if said.endswith(secret[:length]):
            return f"{said[:-length]}***"
    return said


class WebhookChannel:
    """An answer of 200 to 299 takes the message. Redirects are not followed: the token must not travel with them."""

    def __init__(self, settings: WebhookSettings) -> None:
        self._settings = settings
        self._tls = LazyTls(settings.ca_file)

    @property
    def name(self) -> str:
        """See `Channel`."""
        return self._settings.name

    async def send(self, message: Outgoing) -> str:
        """See `Channel`."""
        settings = self._settings
        context = await self._tls.context() if settings.url.startswith("https:") else None
        headers = {"Content-Type": "application/json", "Idempotency-Key": message.id}
        if settings.token is not None:
            headers["Authorization"] = f"Bearer {settings.token}"
        body = json.dumps({"id": message.id, **message.document}, ensure_ascii=False).encode()
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=LIMIT_S)) as session,
                session.post(
                    settings.url, data=body, headers=headers, ssl=context or True, allow_redirects=False
                ) as answer,
            ):
                if 200 <= answer.status < 300:
                    return ""
                said = (await answer.content.read(_SHOWN)).decode("utf-8", "replace").strip()
                if settings.token is not None:
                    # A receiver that repeats the request in its answer must not bring the token into our log.
                    said = without_secret(said, settings.token)
        except TimeoutError as error:
            raise ChannelFailed(f"{self.name}: no answer within {LIMIT_S:g} s; see that the receiver runs") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise ChannelFailed(f"{self.name}: {tls_reason(error) or str(error) or type(error).__name__}") from error
        raise ChannelFailed(f"{self.name}: answered {answer.status} {said or answer.reason or ''}".rstrip())
