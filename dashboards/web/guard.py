"""Keeps other web sites out: only a browser that asked for this very address, from this very page, is answered."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.web.files_routes import UPLOAD
from dashboards.web.problem import ApiProblem, is_api
from dashboards.web.sign_in import FORMS

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
SOCKET_PATH = "/_nicegui_ws/"
"""The socket of NiceGUI. If a proxy blocks WebSockets, it polls with POST, the one writing method that must pass."""

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""NiceGUI compiles its templates in the browser and writes scripts and styles into the page, hence the two unsafe
words. Nothing may be loaded from anywhere but here, and no other page may frame this one. Without any referrer, a
browser would send our own forms with the Origin "null"."""


class Guard:
    """ASGI middleware for a server at `port`, which people call by a loopback name or by one of `addresses`.

    A request whose Host is none of these is answered 403: a stranger's name that was rebound to 127.0.0.1 still stands
    in it. The same goes for a foreign Origin, and for a WebSocket or a form without one. Only reading methods pass, but
    for forms, files and the page's own socket.
    """

    def __init__(self, app: ASGIApp, port: int, addresses: Sequence[str], *, tls: bool) -> None:
        """`addresses`: such as https://desk.works.example. `tls`: the server itself speaks it."""
        self._app = app
        scheme, usual = ("https", 443) if tls else ("http", 80)
        self._hosts = {f"{name}:{port}" for name in LOOPBACK_NAMES}
        if port == usual:  # browsers leave the default port out of Host and Origin
            self._hosts |= set(LOOPBACK_NAMES)
        self._origins = {f"{scheme}://{host}" for host in self._hosts} | {address.lower() for address in addresses}
        self._hosts |= {urlsplit(address).netloc.lower() for address in addresses}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 or 405, or pass the request on and add the security headers to its answer."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, _with_security_headers(send))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": refusal[1]})
        else:
            status, reason = refusal
            answer: Response = PlainTextResponse(reason, status)
            if is_api(scope["path"]):
                code, allowed = ("only_reads", {"Allow": "GET"}) if status == 405 else ("wrong_address", {})
                answer = ApiProblem(status, code, reason, allowed).answer()
            await answer(scope, receive, _with_security_headers(send))

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return 403, "The desk answers only at its own address: see desk.addresses in plant.yaml."
        if any(origin.lower() not in self._origins for origin in origins):
            return 403, "The desk does not answer requests from other sites."
        if scope["type"] == "websocket":
            return None if origins else (403, "A WebSocket must name the page that it came from.")
        if scope["method"] in ("GET", "HEAD") or scope["path"].startswith(SOCKET_PATH):
            return None
        if scope["method"] == "POST" and scope["path"] in (*FORMS, UPLOAD):
            return None if origins else (403, "A form must name the page that it came from.")
        return 405, "This cannot be done here."


def _with_security_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            added = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
            message = {**message, "headers": [*message.get("headers", []), *added]}
        await send(message)

    return send_with_headers
