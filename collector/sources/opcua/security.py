"""What secures a connection: our certificate, the server's pinned one, the password. They are read before each attempt,
so that replacing a file needs no restart. Nothing here ever chooses weaker security than configured."""

import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asyncua import ua
from asyncua.crypto import security_policies
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_der_x509_certificate

from collector.config.secret import SecretError, read_secret, variable
from collector.errors import SourceRefused
from collector.sources.opcua.certificate import describe, read_certificate, read_private_key
from collector.sources.opcua.clock import datetime_to_ns
from collector.sources.opcua.config import OpcUaConfig

_POLICIES: dict[str, type[security_policies.SecurityPolicy]] = {
    "None": security_policies.SecurityPolicyNone,
    "Basic256Sha256": security_policies.SecurityPolicyBasic256Sha256,
    "Aes128_Sha256_RsaOaep": security_policies.SecurityPolicyAes128Sha256RsaOaep,
    "Aes256_Sha256_RsaPss": security_policies.SecurityPolicyAes256Sha256RsaPss,
}
_MODES = {
    "None": ua.MessageSecurityMode.None_,
    "Sign": ua.MessageSecurityMode.Sign,
    "SignAndEncrypt": ua.MessageSecurityMode.SignAndEncrypt,
}

_MOST_LISTED, _LONGEST_POLICY = 12, 40
"""Of what a server says that it offers: there are ten pairs of policy and mode."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Everything read from files for one attempt. Certificates are None exactly if the policy is None.

    `expires_ns` is when the first of the two certificates expires (UTC ns)."""

    policy: type[security_policies.SecurityPolicy]
    mode: ua.MessageSecurityMode
    certificate: Certificate | None
    private_key: rsa.RSAPrivateKey | None
    server_certificate: Certificate | None
    password: str | None
    expires_ns: int | None

    @property
    def secured(self) -> bool:
        """Whether messages are at least signed."""
        return self.mode != ua.MessageSecurityMode.None_

    def new_policy(self) -> security_policies.SecurityPolicy:
        """A fresh policy object; it keeps the keys of one connection."""
        if not self.secured:
            return security_policies.SecurityPolicyNone()  # type: ignore[no-untyped-call]
        return self.policy(self.server_certificate, self.certificate, self.private_key, self.mode)


def load_credentials(config: OpcUaConfig, folder: Path, now: datetime) -> Credentials:
    """Read and check the files that `config` names.

    Raises:
        SourceRefused: one is missing, unreadable, expired, or does not fit the others; the text names it.
    """
    security = config.security
    password = _read_password(config, folder)
    if security.policy == "None":
        return Credentials(_POLICIES["None"], _MODES["None"], None, None, None, password, None)
    ours_path = folder / str(security.certificate_file)
    key_path = folder / str(security.private_key_file)
    server_path = folder / str(security.server_certificate_file)
    ours, key, server = read_certificate(ours_path), read_private_key(key_path), read_certificate(server_path)
    if ours.public_key() != key.public_key():
        raise SourceRefused(f"{key_path} is not the key of {ours_path}; give the pair that belongs together")
    ours_until = _valid_until(
        ours, ours_path, now, "make a new one with `tundish cert make` and have the server trust it"
    )
    server_until = _valid_until(server, server_path, now, "renew it on the server, export it, and replace this file")
    uris = describe(ours, now).uris
    if config.application_uri not in uris:
        raise SourceRefused(
            f"{ours_path} is for {', '.join(uris) or 'no application URI'}, not for {config.application_uri};"
            " set application_uri to the certificate's, or make a certificate for it: tundish cert make"
        )
    return Credentials(
        _POLICIES[security.policy],
        _MODES[security.mode],
        ours,
        key,
        server,
        password,
        datetime_to_ns(min(ours_until, server_until)),
    )


def _read_password(config: OpcUaConfig, folder: Path) -> str | None:
    try:
        return read_secret(folder, config.password_file, variable(config.name, "password"), os.environ)
    except SecretError as error:
        raise SourceRefused(f"source {config.name}, password_file {config.password_file}: {error}") from error


def _valid_until(certificate: Certificate, path: Path, now: datetime, next_step: str) -> datetime:
    facts = describe(certificate, now)
    if facts.days_left < 0:
        raise SourceRefused(f"certificate {path} expired on {facts.not_after:%Y-%m-%d}; {next_step}")
    if facts.not_before > now:
        raise SourceRefused(
            f"certificate {path} is valid only from {facts.not_before:%Y-%m-%d %H:%M} UTC;"
            f" correct the clock, or {next_step}"
        )
    return facts.not_after


def check_endpoints(
    endpoints: Sequence[ua.EndpointDescription], credentials: Credentials, config: OpcUaConfig, folder: Path
) -> None:
    """Compare what the server offers with what is configured, before any credential is sent.

    Raises:
        SourceRefused: it shows another certificate than the pinned one, or does not offer the policy and mode.
    """
    if credentials.server_certificate is not None:
        pinned = credentials.server_certificate.public_bytes(Encoding.DER)
        shown = [first_certificate(endpoint.ServerCertificate) for endpoint in endpoints if endpoint.ServerCertificate]
        # Some servers show no certificate on an unprotected endpoint. Then the channel decides, which only the owner of
        # the pinned certificate's key can open.
        if shown and not any(hmac.compare_digest(one, pinned) for one in shown):
            raise SourceRefused(
                f"{config.url} shows a certificate (SHA-256 {_fingerprint(shown[0])}) that is not the one in"
                f" {folder / str(config.security.server_certificate_file)} (SHA-256 {_fingerprint(pinned)});"
                " if its certificate was renewed, compare the fingerprint there and replace the file; else"
                " suspect the network"
            )
    fits = (credentials.policy.URI, credentials.mode)
    offered = {(endpoint.SecurityPolicyUri, endpoint.SecurityMode) for endpoint in endpoints}
    if fits not in offered:
        names = sorted(
            f"{str(uri).rpartition('#')[2][:_LONGEST_POLICY]}/{mode.name.rstrip('_')}" for uri, mode in offered
        )
        listed = ", ".join(names[:_MOST_LISTED])
        raise SourceRefused(
            f"{config.url} does not offer {config.security.policy}/{config.security.mode}, only {listed or 'nothing'};"
            " enable it on the server, or choose another policy in security"
        )


def check_password_is_encrypted(policy: ua.UserTokenPolicy, credentials: Credentials, config: OpcUaConfig) -> None:
    """Refuse to send a password that neither the token's own policy nor the channel encrypts.

    Raises:
        SourceRefused: it would go over the line as plain text.
    """
    # A server may ask for the password in the clear on a signed channel: signing does not hide it.
    plain_token = policy.SecurityPolicyUri in (None, "", security_policies.SecurityPolicyNone.URI)
    if plain_token and credentials.mode != ua.MessageSecurityMode.SignAndEncrypt:
        raise SourceRefused(
            f"{config.url} would take the password of {config.user} as plain text;"
            " use mode SignAndEncrypt, or have the server ask for an encrypted user token"
        )


def first_certificate(der: bytes) -> bytes:
    """The first certificate of a DER chain: a SEQUENCE whose length is in its first bytes."""
    # Servers may send the whole chain; below 0x80 the length is in one byte, too short for a certificate.
    if len(der) < 4 or der[1] < 0x80:
        return der
    length_bytes = der[1] & 0x7F
    return der[: 2 + length_bytes + int.from_bytes(der[2 : 2 + length_bytes], "big")]


def _fingerprint(der: bytes) -> str:
    try:
        certificate = load_der_x509_certificate(der)
    except ValueError:
        return "unreadable"
    return describe(certificate, certificate.not_valid_after_utc).sha256
