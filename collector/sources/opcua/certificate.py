"""Application certificates: made for the collector, read from files, and described for a person."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from collector.errors import SourceRefused
from collector.small_file import read_small


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a person needs to know of a certificate. `days_left` is below 0 once it has expired."""

    subject: str
    uris: tuple[str, ...]
    hosts: tuple[str, ...]
    sha1: str
    sha256: str
    not_before: datetime
    not_after: datetime
    days_left: float


def make_certificate(
    application_uri: str, hosts: Sequence[str], days: int, now: datetime, key_bits: int = 2048
) -> tuple[bytes, bytes]:
    """(certificate PEM, private key PEM) of a self-signed application certificate as OPC UA part 6, 6.2.2 asks for.

    `hosts`: names and addresses of this host; a server that knows it by another one may refuse the certificate.
    2048 bits are the least that Basic256Sha256 allows, and small devices take no longer key.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=key_bits)
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, "Tundish"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tundish")]
    )
    names = x509.SubjectAlternativeName(
        [x509.UniformResourceIdentifier(application_uri), *(_general_name(host) for host in hosts)]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=True,
        data_encipherment=True,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # A server whose clock is a little behind ours would refuse a certificate that is not valid yet.
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return certificate.public_bytes(serialization.Encoding.PEM), private


def as_der(certificate: bytes) -> bytes:
    """A PEM certificate as DER, the only form that many engineering tools of servers import."""
    return x509.load_pem_x509_certificate(certificate).public_bytes(serialization.Encoding.DER)


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def write_new_file(path: Path, content: bytes, mode: int) -> None:
    """Write a file that must not exist yet, with its permissions from the first moment on.

    Raises:
        FileExistsError: it exists already.
    """
    # O_EXCL: two processes cannot both create it, and a key is at no moment open to others.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def read_certificate(path: Path) -> x509.Certificate:
    """The certificate in a PEM or DER file.

    Raises:
        SourceRefused: there is none.
    """
    content = _content(path, "certificate")
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificate(content)
        return x509.load_der_x509_certificate(content)
    except ValueError as error:
        raise SourceRefused(f"{path} does not hold a certificate; give a PEM or DER file") from error


def read_private_key(path: Path) -> rsa.RSAPrivateKey:
    """The RSA key in a PEM or DER file without a passphrase.

    Raises:
        SourceRefused: there is none.
    """
    content = _content(path, "private key")
    try:
        if b"-----BEGIN" in content:
            key = serialization.load_pem_private_key(content, password=None)
        else:
            key = serialization.load_der_private_key(content, password=None)
    except (ValueError, TypeError) as error:
        raise SourceRefused(
            f"{path} does not hold a readable private key ({type(error).__name__}); make one: tundish cert make"
        ) from None
    if not isinstance(key, rsa.RSAPrivateKey):
        raise SourceRefused(
            f"{path} holds a key that is not RSA; the security policies need an RSA key: make one: tundish cert make"
        )
    return key


def _content(path: Path, what: str) -> bytes:
    try:
        return read_small(path)
    except OSError as error:
        raise SourceRefused(
            f"{what} {path} cannot be read: {error.strerror}; put the file there, or correct the path"
        ) from error


def describe(certificate: x509.Certificate, now: datetime) -> CertificateFacts:
    """The facts of a certificate at `now` (aware)."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        uris = tuple(names.get_values_for_type(x509.UniformResourceIdentifier))
        hosts = (*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress)))
    except x509.ExtensionNotFound:
        uris, hosts = (), ()
    return CertificateFacts(
        subject=certificate.subject.rfc4514_string(),
        uris=uris,
        hosts=hosts,
        sha1=certificate.fingerprint(hashes.SHA1()).hex(),  # noqa: S303 - what servers show; never trusted
        sha256=certificate.fingerprint(hashes.SHA256()).hex(),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        days_left=(certificate.not_valid_after_utc - now).total_seconds() / 86400,
    )


def utc_from_ns(now_ns: int) -> datetime:
    """The moment as an aware datetime."""
    return datetime.fromtimestamp(now_ns / 1e9, UTC)
