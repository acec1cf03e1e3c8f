"""Signs in whom a proxy before the desk names, if it is that proxy that says so."""

from hmac import compare_digest

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Scope, Send

from dashboards.web.door import ProxyDoor

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Tundish-Proxy-Secret"  # noqa: S105 - a header's name


def named_by_proxy(scope: Scope, proxy: ProxyDoor | None) -> str:
    """The user whom the proxy names; "" where it names none, or somebody else wrote the header.

    Every program of this host can reach the desk and write any header: the secret tells the proxy from them.
    """
    if proxy is None:
        return ""
    headers = Headers(scope=scope)
    names, secrets = headers.getlist(proxy.header), headers.getlist(SECRET_HEADER)
    if not names:
        return ""
    proven = len(secrets) == 1 and compare_digest(secrets[0].encode("latin-1"), proxy.secret.encode("utf-8"))
    if not proven or len(names) != 1:
        log.warning("proxy_not_proven", header=proxy.header, user=names[0][:200])
        return ""
    # Servers hand bytes on as Latin-1; proxies write names as UTF-8.
    return names[0].encode("latin-1").decode("utf-8", "replace").strip()[:200]


def setting_cookie(send: Send, cookie: str) -> Send:
    """A `send` that adds a Set-Cookie to the answer."""

    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("Set-Cookie", cookie)
        await send(message)

    return send_with_cookie
