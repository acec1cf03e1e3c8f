"""A real SMTP server and a real receiver of webhooks, with what arrived there."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.support.ports import free_port

USER, PASSWORD = "tundish", "hot-metal"


@dataclass
class Mailbox:
    """What an SMTP server took. `refuses`: addresses that it does not know. `answer`: its reply to a message."""

    port: int = 0
    mails: list[Any] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    answer: str = "250 taken"

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self,
        _server: object,
        _session: object,
        envelope: Any,  # noqa: ANN401 - aiosmtpd
        address: str,
        _options: object,
    ) -> str:
        if address in self.refuses:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: object, session: Any, envelope: Any) -> str:  # noqa: ANN401, N802 - aiosmtpd
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients.append(list(envelope.rcpt_tos))
            self.encrypted.append(session.ssl is not None)
        return self.answer

    @property
    def subjects(self) -> list[str]:
        """As a person reads them."""
        return [str(mail["Subject"]) for mail in self.mails]


@contextmanager
def mail_server(tls: tuple[Path, Path] | None = None, *, login: bool = False, port: int = 0) -> Iterator[Mailbox]:
    """A server on loopback. `tls`: certificate and key; with them it takes nothing before STARTTLS."""
    box = Mailbox(port=port or free_port())
    context = None
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*tls)
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=box.port,
        tls_context=context,
        require_starttls=tls is not None,
        authenticator=_check if login else None,
        auth_required=login,
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def _check(_server: object, _session: object, _envelope: object, _mechanism: str, data: object) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=data == LoginPassword(USER.encode(), PASSWORD.encode()), handled=False)


@dataclass
class Hook:
    """What a receiver of webhooks took. `answers`: the status of each POST in turn, then 200."""

    url: str = ""
    posts: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@contextmanager
def hook_server(tls: tuple[Path, Path] | None = None) -> Iterator[Hook]:
    """A receiver on loopback, by HTTPS if `tls` (certificate and key) is given."""
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            hook.posts.append(json.loads(body))
            hook.headers.append(dict(self.headers))
            self.send_response(hook.answers.pop(0) if hook.answers else 200)
            self.end_headers()
            self.wfile.write(b"the receiver's own words")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    hook.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}/alerts"
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
