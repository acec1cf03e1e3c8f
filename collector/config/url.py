"""Addresses of servers: taken apart in one place, and told in our words where they are none. Pure."""

import ipaddress
import re
from typing import Annotated

from pydantic import AfterValidator

LONGEST = 2000
"""More than any browser or server takes."""
_SHAPE = re.compile(r"(?P<scheme>[a-z.]+)://(?P<login>[^/?#]*@)?(?P<server>[^/?#]*)(?P<rest>.*)", re.DOTALL)
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_LONGEST_NAME = 253
"""By RFC 1035, as a label is of 63 letters."""
_NUMERIC = re.compile(r"[0-9.]+")
_PORT = re.compile(r"[0-9]{1,5}")


def web_url(text: str) -> str:
    """The address itself. Raises ValueError for what is no address of the web; says why and how to write it."""
    _check(text, ("http", "https"), "http://127.0.0.1:8086")
    return text


def opcua_url(text: str) -> str:
    """The address itself. Raises ValueError for what is no address of an OPC UA server, or holds a login."""
    if _check(text, ("opc.tcp",), "opc.tcp://10.0.0.5:4840")["login"]:
        raise ValueError("holds a login; user and password have their own keys")
    return text


def server_parts(text: str, schemes: tuple[str, ...], example: str) -> tuple[str, int | None, str]:
    """Host, port and what follows. Raises ValueError for what is no such address, or holds a login."""
    found = _check(text, schemes, example)
    if found["login"]:
        raise ValueError("holds a login, which others on this host can read; give --user and --password-file")
    host, port = _parted(found["server"])
    return host.strip("[]"), None if port is None else int(port), found["rest"]


def host_fault(host: str) -> str:
    """What is wrong with a name or an address of a host; "" for nothing."""
    if host.startswith("[") or ":" in host:
        inner = host[1:-1] if host.startswith("[") and host.endswith("]") else host
        return "" if _is_address(inner, 6) else f"{host!r} is no IPv6 address"
    if _NUMERIC.fullmatch(host):
        return "" if _is_address(host, 4) else f"{host!r} is no IPv4 address"
    labels = host.removesuffix(".").split(".")
    if len(host) > _LONGEST_NAME or not all(map(_LABEL.fullmatch, labels)):
        shown = host if len(host) < _LONGEST_NAME else f"{host[:40]}..."
        return f"{shown!r} is no name of a host" if host else "there is no host"
    return ""


def _check(text: str, schemes: tuple[str, ...], example: str) -> re.Match[str]:
    how = f"write it like {example}"
    if len(text) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} letters; {how}")
    if not text.isprintable() or any(each.isspace() for each in text):
        raise ValueError(f"holds a space or a control character; {how}")
    found = _SHAPE.fullmatch(text)
    if found is None or found["scheme"] not in schemes:
        raise ValueError(f"does not begin with {' or '.join(f'{each}://' for each in schemes)}; {how}")
    host, port = _parted(found["server"])
    fault = host_fault(host)
    if fault:
        raise ValueError(f"cannot be an address: {fault}; {how}")
    if port is not None and not (_PORT.fullmatch(port) and 1 <= int(port) <= 65535):
        raise ValueError(f"cannot be an address: {port!r} is no port from 1 to 65535; {how}")
    return found


def _parted(server: str) -> tuple[str, str | None]:
    """Host and port; an IPv6 address stands in brackets, and has colons of its own."""
    if server.startswith("["):
        host, bracket, port = server.partition("]")
        return host + bracket, port.removeprefix(":") if port else None
    host, colon, port = server.partition(":")
    return host, port if colon else None


def _is_address(text: str, version: int) -> bool:
    try:
        return ipaddress.ip_address(text).version == version
    except ValueError:
        return False


def host_name(text: str) -> str:
    """The name or address itself. Raises ValueError for what is none."""
    if fault := host_fault(text):
        raise ValueError(f"cannot be a host: {fault}; write it like 127.0.0.1 or collector.works.example")
    return text


Host = Annotated[str, AfterValidator(host_name)]
WebUrl = Annotated[str, AfterValidator(web_url)]
OpcUaUrl = Annotated[str, AfterValidator(opcua_url)]
