"""The part of plant.yaml that says where the desk is served, and who signs people in."""

from typing import Annotated

from pydantic import Field

from collector.config.fields import Names, Text
from collector.config.url import Host, WebUrl
from models.works.strict import StrictModel

Port = Annotated[int, Field(ge=0, le=65535)]


class OidcEntry(StrictModel):
    """A service that signs people in by OpenID Connect, such as Keycloak, AD FS or Entra ID."""

    issuer: WebUrl = Field(description="the address of the service as it writes it itself, with https://")
    client_id: Text = Field(description="how the service calls the desk")
    client_secret_file: Text | None = Field(
        default=None, description="the file of the secret that the service gave for the desk, or TUNDISH_OIDC_SECRET"
    )
    claim: Text = Field(
        default="preferred_username",
        description="what of its answer is the name of a desk user; take one that people cannot change themselves",
    )
    names: Names = Field(description="what the button to sign in there says")


class ProxyEntry(StrictModel):
    """A proxy that names in a header who asks, as authenticating proxies do."""

    header: Text = Field(description="the header in which it gives the name of a desk user, such as X-Forwarded-User")
    secret_file: Text | None = Field(
        default=None,
        description="the file of the secret that it sends as X-Tundish-Proxy-Secret, or TUNDISH_PROXY_SECRET",
    )


class DeskEntry(StrictModel):
    """Where the web desk is served, and to whom."""

    host: Host = Field(default="127.0.0.1", description="the address to listen on, which must be on this host")
    port: Port = Field(default=8686, description="the port to listen on; 0 picks a free port")
    addresses: list[Text] = Field(
        default=[],
        description="how browsers call the desk beside 127.0.0.1 and localhost, such as https://desk.works.example; "
        "also that of a proxy before it",
    )
    certificate_file: Text | None = Field(default=None, description="the certificate for TLS, as PEM, with its chain")
    key_file: Text | None = Field(default=None, description="the private key of the certificate, as PEM")
    open_to_read: bool = Field(
        default=False, description="whether who has not signed in may read the pages, once there are users"
    )
    oidc: OidcEntry | None = Field(
        default=None, description="the company's own sign-in service, beside the passwords of the desk"
    )
    proxy: ProxyEntry | None = Field(
        default=None, description="a proxy before the desk that signs people in, beside the passwords of the desk"
    )
