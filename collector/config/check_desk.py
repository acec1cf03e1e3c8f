"""What must hold for the desk: where it listens, and who signs people in."""

from collections.abc import Mapping
from pathlib import Path as FilePath
from urllib.parse import urlsplit

from collector.config.check_services import loopback, place_of, secret_of
from collector.config.desk_document import DeskEntry, OidcEntry, ProxyEntry
from collector.config.desk_settings import DeskSettings, OidcSettings, ProxySettings
from collector.config.fields import names_of
from collector.config.problem import Path, Problems

_HEADER_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
SHORTEST_SECRET = 16
"""Of a proxy: other programs of the host can try as many as they like. 16 letters by chance cannot be guessed."""


def resolve_desk(desk: DeskEntry, folder: FilePath, environment: Mapping[str, str], problems: Problems) -> DeskSettings:
    """The desk with its secrets read; what is missing or misplaced goes to `problems`."""
    check_desk(desk, folder, problems)
    certificate, key = place_of(folder, desk.certificate_file), place_of(folder, desk.key_file)
    return DeskSettings(
        host=desk.host,
        port=desk.port,
        addresses=tuple(desk.addresses),
        tls=None if certificate is None or key is None else (certificate, key),
        open_to_read=desk.open_to_read,
        oidc=_oidc(desk, desk.oidc, folder, environment, problems) if desk.oidc else None,
        proxy=_proxy(desk.proxy, folder, environment, problems) if desk.proxy else None,
    )


def _oidc(
    desk: DeskEntry, entry: OidcEntry, folder: FilePath, environment: Mapping[str, str], problems: Problems
) -> OidcSettings:
    path: Path = ("desk", "oidc")
    at = (*path, "client_secret_file")
    secret = secret_of(entry.client_secret_file, at, ("oidc", "secret"), folder, environment, problems)
    if secret is None and not problems.under(at):
        problems.add(path, "there is no secret; give client_secret_file, or set TUNDISH_OIDC_SECRET")
    parts = urlsplit(entry.issuer)
    if parts.scheme != "https" and not loopback(parts.hostname or ""):
        problems.add(
            (*path, "issuer"),
            f"'{entry.issuer}' is asked without TLS, so anybody on the way could sign in; use https://",
        )
    if not desk.addresses:
        problems.add(
            ("desk",),
            "the key addresses is missing; the sign-in service sends browsers back to the first of them, such as "
            "https://desk.works.example",
        )
    return OidcSettings(
        issuer=entry.issuer,
        client_id=entry.client_id,
        client_secret=secret or "",
        claim=entry.claim,
        names=names_of(entry.names),
    )


def _proxy(entry: ProxyEntry, folder: FilePath, environment: Mapping[str, str], problems: Problems) -> ProxySettings:
    path: Path = ("desk", "proxy")
    at = (*path, "secret_file")
    secret = secret_of(entry.secret_file, at, ("proxy", "secret"), folder, environment, problems)
    if secret is None and not problems.under(at):
        problems.add(
            path,
            "there is no secret, so any program of this host could be anybody; give secret_file, or set "
            "TUNDISH_PROXY_SECRET",
        )
    elif secret is not None and len(secret) < SHORTEST_SECRET:
        problems.add(at, f"the secret is shorter than {SHORTEST_SECRET} letters; make one with openssl rand -hex 32")
    if not set(entry.header) <= _HEADER_LETTERS:
        problems.add((*path, "header"), f"'{entry.header}' is no name of a header, such as X-Forwarded-User")
    return ProxySettings(header=entry.header, secret=secret or "")


def check_desk(desk: DeskEntry, folder: FilePath, problems: Problems) -> None:
    """Beyond this host the desk speaks TLS alone, and knows the names that it is called by."""
    for key in ("certificate_file", "key_file"):
        file = place_of(folder, getattr(desk, key))
        if file is not None and not file.is_file():
            problems.add(("desk", key), f"there is no file {file}; write it there, or correct the path")
    if (desk.certificate_file is None) != (desk.key_file is None):
        missing = "certificate_file" if desk.certificate_file is None else "key_file"
        problems.add(("desk",), f"the key {missing} is missing; a certificate and its key go together")
    for number, address in enumerate(desk.addresses):
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.netloc or address != f"{parts.scheme}://{parts.netloc}":
            problems.add(("desk", "addresses", number), f"'{address}' is no address such as https://desk.works.example")
    if loopback(desk.host):
        return
    if desk.certificate_file is None:
        problems.add(
            ("desk", "host"),
            f"'{desk.host}' can be reached from other hosts, where passwords would be read on the way; give "
            "certificate_file and key_file, or 127.0.0.1 behind a proxy that encrypts",
        )
    if not desk.addresses:
        problems.add(
            ("desk",), "the key addresses is missing; name how browsers call the desk, such as https://desk.works:8686"
        )
