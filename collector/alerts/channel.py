"""What every channel does: take a message, or say in one sentence why not."""

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from collector.errors import ChannelFailed


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail; the ending of its name says what it is."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message as channels take it. `id` is the same at each try, so a receiver can recognize a repetition.
    `html` and `attachments`: of a mail, the same words with their tables, and files."""

    id: str
    subject: str
    body: str
    document: Mapping[str, Any]
    html: str = ""
    attachments: Sequence[Attachment] = ()


class Channel(Protocol):
    """One way to people."""

    @property
    def name(self) -> str:
        """Its name in errors and lists."""
        ...

    async def send(self, message: Outgoing) -> str:
        """Hand the message over. Returns a remark about it ("": none). Raises ChannelFailed."""
        ...


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Certificates and names are verified, against `ca_file` alone if one is given. Blocks for some 20 ms.

    Raises ChannelFailed if the file cannot be used.
    """
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise ChannelFailed(f"{ca_file} cannot be used as ca_file: {error}; give a file of PEM certificates") from error


class LazyTls:
    """The context of one channel, made at its first use in a thread, because reading certificates blocks."""

    def __init__(self, ca_file: Path | None) -> None:
        self._ca_file = ca_file
        self._context: ssl.SSLContext | None = None

    async def context(self) -> ssl.SSLContext:
        """See `tls_context`."""
        if self._context is None:
            self._context = await asyncio.to_thread(tls_context, self._ca_file)
        return self._context


def tls_reason(error: BaseException) -> str | None:
    """The sentence for a certificate that is not trusted, anywhere in the causes of `error`; None for other errors."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            why = getattr(seen, "verify_message", None) or str(seen)
            return f"its certificate is not trusted ({why}); give the authority's as ca_file"
        seen = seen.__cause__ or seen.__context__
    return None
