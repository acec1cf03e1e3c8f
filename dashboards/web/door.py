"""Where the desk listens, and how it is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcDoor:
    """A service of the company that signs people in, by OpenID Connect.

    `claim`: what of its answer is the name of a desk user. `names`: what its button says. `desk_address`: how the
    service and browsers call the desk, such as https://desk.works.example.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    claim: str
    names: Mapping[str, str]
    desk_address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyDoor:
    """A proxy that signs people in. `header`: in which it names them. `secret`: what it proves itself by."""

    header: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDoor:
    """`addresses`: how browsers call the desk beside the loopback names, such as https://desk.works.example. `tls`: the
    files of certificate and key; None: it speaks plainly. `open_to_read`: who has not signed in may read. `oidc`,
    `proxy`: who else signs people in."""

    host: str
    port: int
    addresses: tuple[str, ...] = ()
    tls: tuple[str, str] | None = None
    open_to_read: bool = False
    oidc: OidcDoor | None = None
    proxy: ProxyDoor | None = None

    @property
    def encrypted(self) -> bool:
        """Whether browsers reach it by TLS alone, by its own or that of a proxy."""
        return self.tls is not None or (bool(self.addresses) and all(map(_is_https, self.addresses)))

    @property
    def reached_from_elsewhere(self) -> bool:
        """Whether browsers of other machines reach it, by itself or through a proxy."""
        return not is_loopback(self.host) or bool(self.addresses)

    @property
    def cookie(self) -> str:
        """The name of the cookie. Browsers take a name that begins so from this host alone, and over TLS alone."""
        return "__Host-tundish" if self.encrypted else "tundish"


def is_loopback(host: str) -> bool:
    """Whether it is this host alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_https(address: str) -> bool:
    return address.startswith("https://")
