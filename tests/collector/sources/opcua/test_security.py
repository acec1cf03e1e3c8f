"""Certificates, policies and passwords: what is refused, in which words, and what is never sent."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asyncua import ua
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.crypto.truststore import TrustStore
from asyncua.crypto.validator import CertificateValidator, CertificateValidatorOptions
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pydantic import ValidationError

from collector.config.application_uri import DEFAULT_APPLICATION_URI
from collector.sources.opcua import SOURCE
from collector.sources.opcua.certificate import make_certificate
from tests.support.opcua_works import Recorder, RunSource, Works

BELT = {"u.belt": "nsu=urn:test:plant;s=belt"}
POLICIES = {
    "Basic256Sha256": "Basic256Sha256",
    "Aes128_Sha256_RsaOaep": "Aes128Sha256RsaOaep",
    "Aes256_Sha256_RsaPss": "Aes256Sha256RsaPss",
}
NOW = datetime.now(UTC)


def pair(folder: Path, name: str, uri: str, *, days: int = 30, now: datetime = NOW) -> None:
    certificate, key = make_certificate(uri, ["127.0.0.1"], days, now)
    (folder / f"{name}.pem").write_bytes(certificate)
    (folder / f"{name}.key.pem").write_bytes(key)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with the pairs `client`, `server` and `stranger`."""
    pair(tmp_path, "client", DEFAULT_APPLICATION_URI)
    pair(tmp_path, "server", "urn:freeopcua:python:server")
    pair(tmp_path, "stranger", DEFAULT_APPLICATION_URI)
    return tmp_path


def secured(works: Works, files: Path, *kinds: str) -> None:
    works.policies = [getattr(ua.SecurityPolicyType, kind) for kind in kinds]

    async def prepare(server: Any) -> None:  # noqa: ANN401 - the library's server is untyped
        await server.load_certificate(files / "server.pem")
        await server.load_private_key(files / "server.key.pem")

    works.prepare = prepare


def security(policy: str = "Basic256Sha256", mode: str = "SignAndEncrypt", **keys: str) -> dict[str, str]:
    return {
        "policy": policy,
        "mode": mode,
        "certificate_file": "client.pem",
        "private_key_file": "client.key.pem",
        "server_certificate_file": "server.pem",
    } | keys


@pytest.mark.parametrize("mode", ["Sign", "SignAndEncrypt"])
@pytest.mark.parametrize("policy", list(POLICIES))
async def test_every_policy_reads_with_signed_and_encrypted_messages(
    works: Works, run_source: RunSource, files: Path, policy: str, mode: str
) -> None:
    secured(works, files, f"{POLICIES[policy]}_{mode}")
    await works.start(belt=4.0)
    async with run_source(works.url, BELT, security=security(policy, mode)) as running:
        await running.until(lambda: len(running.deliveries) >= 3)
    assert running.latest() == {0: 4.0}
    expires_ns = running.source.health.cert_expires_ns
    assert expires_ns is not None
    assert (expires_ns - time.time_ns()) / 86_400e9 == pytest.approx(30, abs=0.1)


async def test_a_server_with_another_certificate_is_refused_before_a_session_is_asked_for(
    works: Works, run_source: RunSource, files: Path, recorder: Recorder
) -> None:
    secured(works, files, "Basic256Sha256_SignAndEncrypt")
    await works.start(belt=4.0)
    pinned = security(server_certificate_file="stranger.pem")
    async with run_source(works.url, BELT, security=pinned) as running:
        await running.until(lambda: running.source.health.reconnects >= 2)
        assert "stranger.pem" in running.source.health.last_error
        assert "replace the file" in running.source.health.last_error
    assert recorder.names() == {"GetEndpointsRequest"}
    assert not running.deliveries


@pytest.mark.parametrize("offered", ["NoSecurity", "Basic256Sha256_Sign"])
async def test_a_server_without_the_needed_policy_is_refused_and_nothing_weaker_is_tried(
    works: Works, run_source: RunSource, files: Path, recorder: Recorder, offered: str
) -> None:
    secured(works, files, offered)
    await works.start(belt=4.0)
    async with run_source(works.url, BELT, security=security("Aes256_Sha256_RsaPss")) as running:
        await running.until(lambda: running.source.health.reconnects >= 2)
        assert "does not offer Aes256_Sha256_RsaPss/SignAndEncrypt" in running.source.health.last_error
    assert recorder.names() == {"GetEndpointsRequest"}


async def test_a_server_that_does_not_trust_our_certificate_is_reported_as_such(
    works: Works, run_source: RunSource, files: Path
) -> None:
    secured(works, files, "Basic256Sha256_SignAndEncrypt")
    load, trusted = works.prepare, files / "trusted"
    trusted.mkdir()

    async def prepare(server: Any) -> None:  # noqa: ANN401 - the library's server is untyped
        assert load is not None
        await load(server)
        (trusted / "stranger.der").write_bytes(
            x509.load_pem_x509_certificate((files / "stranger.pem").read_bytes()).public_bytes(Encoding.DER)
        )
        store = TrustStore([trusted], [])
        await store.load()
        server.set_certificate_validator(CertificateValidator(CertificateValidatorOptions.TRUSTED_VALIDATION, store))

    works.prepare = prepare
    await works.start(belt=4.0)
    async with run_source(works.url, BELT, security=security()) as running:
        await running.until(lambda: running.source.health.reconnects >= 1)
        assert "trust our certificate" in running.source.health.last_error
    assert not running.deliveries


@pytest.mark.parametrize("expired", ["client", "server"])
async def test_an_expired_certificate_is_refused_by_name_and_nothing_is_sent(
    works: Works, run_source: RunSource, files: Path, recorder: Recorder, expired: str
) -> None:
    uri = DEFAULT_APPLICATION_URI if expired == "client" else "urn:freeopcua:python:server"
    pair(files, expired, uri, days=10, now=NOW - timedelta(days=20))
    secured(works, files, "Basic256Sha256_SignAndEncrypt")
    await works.start(belt=4.0)
    async with run_source(works.url, BELT, security=security()) as running:
        await running.until(lambda: running.source.health.reconnects >= 1)
        assert f"{expired}.pem expired on" in running.source.health.last_error
        assert recorder.requests == []
        # A person puts a new pair there: no restart is needed.
        if expired == "client":
            pair(files, "client", DEFAULT_APPLICATION_URI)
            await running.until(lambda: running.deliveries)


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda files: (files / "client.pem").unlink(), "client.pem cannot be read"),
    "no certificate": (
        lambda files: (files / "server.pem").write_text("hello"),
        "does not hold a certificate",
    ),
    "no key": (lambda files: (files / "client.key.pem").write_text("hello"), "client.key.pem does not hold a readable"),
    "not a pair": (
        lambda files: (files / "client.key.pem").write_bytes((files / "stranger.key.pem").read_bytes()),
        "is not the key of",
    ),
    "other URI": (lambda files: pair(files, "client", "urn:somebody:else"), "urn:somebody:else, not for"),
    "not yet valid": (
        lambda files: pair(files, "client", DEFAULT_APPLICATION_URI, now=NOW + timedelta(days=3)),
        "is valid only from",
    ),
}


@pytest.mark.parametrize("fault", list(BROKEN))
async def test_files_that_do_not_fit_are_named_with_the_next_step(
    run_source: RunSource, files: Path, fault: str
) -> None:
    spoil, sentence = BROKEN[fault]
    spoil(files)
    async with run_source("opc.tcp://127.0.0.1:9", BELT, security=security()) as running:
        await running.until(lambda: running.source.health.last_error)
    assert sentence in running.source.health.last_error
    assert ";" in running.source.health.last_error


class Users:
    """A server's users: reader, with one password. Remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[str | None, str | None]] = []

    def get_user(
        self, iserver: object, username: str | None = None, password: str | None = None, certificate: object = None
    ) -> User | None:
        self.given.append((username, password))
        return User(role=UserRole.User) if (username, password) == ("reader", "right") else None


def password_file(folder: Path, text: str) -> None:
    (folder / "password").write_text(text)
    (folder / "password").chmod(0o600)


async def test_a_user_signs_in_with_the_password_from_the_file(
    works: Works, run_source: RunSource, files: Path
) -> None:
    works.users = Users()
    secured(works, files, "Basic256Sha256_SignAndEncrypt")
    await works.start(belt=4.0)
    password_file(files, "right\n")
    keys = {"security": security(), "user": "reader", "password_file": "password"}
    async with run_source(works.url, BELT, **keys) as running:
        await running.until(lambda: running.deliveries)
    assert works.users.given == [("reader", "right")]


async def test_a_wrong_password_is_reported_as_such_and_never_repeated_in_the_text(
    works: Works, run_source: RunSource, files: Path
) -> None:
    works.users = Users()
    secured(works, files, "Basic256Sha256_SignAndEncrypt")
    await works.start(belt=4.0)
    password_file(files, "wrong-one")
    keys = {"security": security(), "user": "reader", "password_file": "password"}
    async with run_source(works.url, BELT, **keys) as running:
        await running.until(lambda: running.source.health.last_error)
        assert "check user reader and its password_file" in running.source.health.last_error
        assert "wrong-one" not in running.source.health.last_error
        password_file(files, "right")
        await running.until(lambda: running.deliveries)


async def test_a_password_is_not_sent_where_neither_token_nor_channel_encrypts_it(
    works: Works, run_source: RunSource, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from asyncua.client.client import Client

    works.users = Users()
    secured(works, files, "Basic256Sha256_Sign")
    await works.start(belt=4.0)
    password_file(files, "right")
    # A server that asks for plain tokens cannot be had from the library: its answer is changed on the way in.
    plain = ua.UserTokenPolicy(PolicyId="username", TokenType=ua.UserTokenType.UserName)
    monkeypatch.setattr(Client, "server_policy", lambda self, kind: plain)
    keys = {"security": security(mode="Sign"), "user": "reader", "password_file": "password"}
    async with run_source(works.url, BELT, **keys) as running:
        await running.until(lambda: running.source.health.last_error)
        assert "as plain text" in running.source.health.last_error
    assert works.users.given == []


def entry(**keys: object) -> dict[str, object]:
    return {"name": "plc", "type": "opcua", "url": "opc.tcp://127.0.0.1:4840", "security": {"policy": "None"}} | keys


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"security": {}}, "Field required"),
        ({"security": {"policy": "None", "mode": "Sign"}}, "policy None takes no mode"),
        ({"security": {"policy": "Basic256Sha256", "mode": "None"}}, "needs mode Sign or SignAndEncrypt"),
        ({"security": {"policy": "Basic256Sha256", "mode": "Sign"}}, "needs certificate_file"),
        ({"security": {"policy": "Basic256", "mode": "Sign"}}, "Input should be"),
        ({"user": "reader", "password_file": "p"}, "a password is not sent over security policy None"),
        ({"user": "reader"}, "user and password_file go together"),
        ({"url": "opc.tcp://reader:secret@127.0.0.1:4840"}, "holds a login; user and password have"),
        ({"url": "http://127.0.0.1"}, "does not begin with opc.tcp://"),
        ({"stale_after": "1s"}, "stale_after (1 s) must be at least twice the interval"),
        ({"poll": 1}, "is not a duration"),
        ({"quality": {"Sometimes": "bad"}}, "match pattern"),
        ({"polling": "1s"}, "Extra inputs are not permitted"),
    ],
)
def test_a_configuration_that_cannot_be_meant_is_refused(keys: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        SOURCE.config.model_validate(entry(**keys))
    assert sentence in str(refusal.value)
