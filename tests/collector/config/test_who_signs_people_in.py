"""The part of plant.yaml that says who signs people in: faults are told, and secrets come from files or variables."""

from pathlib import Path

import pytest

from collector.config.desk_settings import OidcSettings, ProxySettings
from tests.collector.config.conftest import Faults, Load

ADDRESS = "addresses: ['https://desk.works.example']"
OIDC = "oidc: {issuer: 'https://login.works.example', client_id: a, names: {en: A}}"
SECRETS = {"TUNDISH_OIDC_SECRET": "x", "TUNDISH_PROXY_SECRET": "0123456789abcdef"}


@pytest.mark.parametrize(
    ("desk", "secrets", "place", "words"),
    [
        (
            f"{ADDRESS}, {OIDC}",
            {},
            "desk.oidc:",
            "there is no secret; give client_secret_file, or set TUNDISH_OIDC_SECRET",
        ),
        (OIDC, SECRETS, "desk:", "the key addresses is missing; the sign-in service sends browsers back to the first"),
        (
            f"{ADDRESS}, {OIDC.replace('https', 'http')}",
            SECRETS,
            "desk.oidc.issuer:",
            "'http://login.works.example' is asked without TLS, so anybody on the way could sign in; use https://",
        ),
        (
            f"{ADDRESS}, {OIDC.replace('client_id: a', 'client_id: a, client_secret_file: none')}",
            {},
            "desk.oidc.client_secret_file:",
            "there is no such file",
        ),
        (
            "proxy: {header: X-Forwarded-User}",
            {},
            "desk.proxy:",
            "there is no secret, so any program of this host could be anybody",
        ),
        (
            "proxy: {header: X-Forwarded-User}",
            {"TUNDISH_PROXY_SECRET": "short"},
            "desk.proxy.secret_file:",
            "the secret is shorter than 16 letters; make one with openssl rand -hex 32",
        ),
        ("proxy: {header: 'X User'}", SECRETS, "desk.proxy.header:", "'X User' is no name of a header, such as X-Forw"),
    ],
)
def test_each_fault_is_told_with_the_step(
    faults: Faults, plant_text: str, desk: str, secrets: dict[str, str], place: str, words: str
) -> None:
    (line,) = faults(plant_text.replace("sources:", f"desk: {{{desk}}}\nsources:", 1), secrets)
    assert line.startswith(f"plant.yaml:39 {place}")
    assert words in line


def test_secrets_come_from_files_and_are_never_shown(load_text: Load, plant_text: str, tmp_path: Path) -> None:
    for name, secret in (("oidc.secret", "of the service"), ("proxy.secret", "of the proxy before it")):
        (tmp_path / name).write_text(f"{secret}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o600)
    oidc = OIDC.replace("client_id: a", "client_id: a, client_secret_file: oidc.secret, claim: upn")
    desk = f"desk: {{{ADDRESS}, {oidc}, proxy: {{header: Remote-User, secret_file: proxy.secret}}}}\nsources:"
    settings = load_text(plant_text.replace("sources:", desk, 1))
    assert settings.desk.oidc == OidcSettings(
        issuer="https://login.works.example",
        client_id="a",
        client_secret="of the service",
        claim="upn",
        names={"en": "A"},
    )
    assert settings.desk.proxy == ProxySettings(header="Remote-User", secret="of the proxy before it")
    assert "of the" not in repr(settings.desk)
