"""E-mail over the relay of the works, by aiosmtplib: encrypted, or in the clear to this machine alone."""

import asyncio
import mimetypes
import socket
from email.header import Header
from email.message import EmailMessage
from email.utils import formatdate

import aiosmtplib

from collector.alerts.channel import LazyTls, Outgoing
from collector.alerts.mail_reason import reason
from collector.alerts.settings import MailSettings
from collector.errors import ChannelFailed

LIMIT_S = 15.0
"""A relay on the works' network answers within a second; one that takes longer than this is down for us. The message is
kept and tried again."""


class MailChannel:
    """One message to all its addresses."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._tls = LazyTls(settings.ca_file)

    @property
    def name(self) -> str:
        """See `Channel`."""
        return self._settings.name

    async def send(self, message: Outgoing) -> str:
        """See `Channel`. If the relay refuses some of the addresses, the others get it, and the remark says so."""
        settings = self._settings
        context = await self._tls.context() if settings.starttls else None
        try:
            async with asyncio.timeout(LIMIT_S):
                refused, _ = await aiosmtplib.send(
                    composed(message, settings),
                    hostname=settings.host,
                    port=settings.port,
                    username=settings.user,
                    password=settings.password,
                    start_tls=settings.starttls,
                    tls_context=context,
                    local_hostname=socket.gethostname(),
                    timeout=LIMIT_S,
                )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise ChannelFailed(f"{self.name}: {reason(error, settings, LIMIT_S)}") from error
        return "; ".join(f"{address} was refused: {answer.message}" for address, answer in refused.items())


def composed(message: Outgoing, settings: MailSettings) -> EmailMessage:
    """The mail. Its Message-ID is the same at each try, so a mail server drops a repetition."""
    mail = EmailMessage()
    # A line end in a head would begin another head: the library refuses it, and the message would wait for ever.
    subject = " ".join("".join(each if each.isprintable() else " " for each in message.subject).split())
    # As it is, for the library's own folding drops spaces between words of which only some are ASCII.
    mail.set_raw("Subject", Header(subject, "utf-8", header_name="Subject").encode())
    mail["From"] = settings.sender
    mail["To"] = ", ".join(settings.to)
    mail["Date"] = formatdate(localtime=False)
    mail["Message-ID"] = f"<{message.id}@{settings.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    for attached in message.attachments:
        kind, _ = mimetypes.guess_type(attached.name)
        main, _, sub = (kind or "application/octet-stream").partition("/")
        mail.add_attachment(attached.content, maintype=main, subtype=sub, filename=attached.name)
    return mail
