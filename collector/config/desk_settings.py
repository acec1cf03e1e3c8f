"""The desk as its command uses it: where it listens, and who signs people in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcSettings:
    """See `collector.config.desk_document.OidcEntry`."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    claim: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProxySettings:
    """See `collector.config.desk_document.ProxyEntry`."""

    header: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSettings:
    """Where the desk listens, how browsers call it beside the loopback names, the files of its certificate and key
    (None: no TLS), whether who has not signed in may read, and who signs people in beside their passwords."""

    host: str
    port: int
    addresses: tuple[str, ...]
    tls: tuple[Path, Path] | None
    open_to_read: bool
    oidc: OidcSettings | None
    proxy: ProxySettings | None
