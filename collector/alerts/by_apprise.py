"""Telegram and the other services that the library apprise knows. It blocks, so each message is sent in a thread."""

import asyncio
import logging
import threading

from collector.alerts.channel import Outgoing
from collector.alerts.settings import AppriseSettings
from collector.errors import ChannelFailed

LIMIT_S = 20.0
"""Longer than apprise's own timeouts for connecting and reading together, so that its reason is seen and not just
ours."""
_LOGGER = logging.getLogger("apprise")


class AppriseChannel:
    """One service. If a thread has not ended by its limit, the next message waits for it."""

    def __init__(self, settings: AppriseSettings) -> None:
        self._settings = settings
        self._busy = threading.Lock()

    @property
    def name(self) -> str:
        """See `Channel`."""
        return self._settings.name

    async def send(self, message: Outgoing) -> str:
        """See `Channel`."""
        try:
            async with asyncio.timeout(LIMIT_S):
                reason = await asyncio.to_thread(self._notify, message)
        except TimeoutError as error:
            raise ChannelFailed(f"{self.name}: no answer within {LIMIT_S:g} s") from error
        if reason is not None:
            raise ChannelFailed(f"{self.name}: {reason.replace(self._settings.url, '***')}")
        return ""

    def _notify(self, message: Outgoing) -> str | None:
        """Why the message was not taken; None if it was."""
        if not self._busy.acquire(blocking=False):
            return "the message before it has not ended yet"
        try:
            import apprise

            # apprise returns yes or no; the reason of a failure goes to its log alone.
            heard = _Heard()
            _LOGGER.addHandler(heard)
            _LOGGER.propagate = False
            try:
                service = apprise.Apprise.instantiate(self._settings.url)
                if service is None:
                    return "; ".join(heard.said) or "apprise does not understand its URL"
                if service.notify(body=message.body, title=message.subject, body_format=apprise.NotifyFormat.TEXT):
                    return None
                return "; ".join(heard.said) or "the service did not take the message"
            finally:
                _LOGGER.removeHandler(heard)
        finally:
            self._busy.release()


class _Heard(logging.Handler):
    """What apprise warns of in this thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.said.append(record.getMessage())
