"""The section about the group: figures cross a network encrypted only, and each fault is told with its fix."""

from collections.abc import Callable
from pathlib import Path

import pytest

from collector.config.settings import Settings

Faults = Callable[..., list[str]]
Load = Callable[..., Settings]


def test_a_works_without_the_section_has_no_group(load_text: Load, plant_text: str) -> None:
    assert load_text(plant_text).group is None


def test_brokers_on_this_host_are_reached_in_the_clear(load_text: Load, plant_text: str) -> None:
    group = load_text(plant_text + "group: {bootstrap: ['127.0.0.1:9092', '[::1]:9092', 'localhost:9093']}\n").group
    assert group is not None
    settings = group.for_client("tundish-works")
    assert settings["security.protocol"] == "PLAINTEXT"
    assert settings["bootstrap.servers"] == "127.0.0.1:9092,[::1]:9092,localhost:9093"
    assert not [key for key in settings if key.startswith(("ssl", "sasl"))]


def test_a_line_with_user_and_certificate_is_encrypted_and_no_secret_is_shown(
    load_text: Load, plant_text: str, tmp_path: Path
) -> None:
    for name in ("ca.pem", "own.pem", "own.key"):
        (tmp_path / name).write_text("x")
    section = (
        "group: {bootstrap: ['k1.group:9094'], tls: {ca_file: ca.pem, cert_file: own.pem, key_file: own.key}, "
        "sasl: {user: works}}\n"
    )
    loaded = load_text(plant_text + section, {"TUNDISH_GROUP_PASSWORD": "hunter2"})
    assert loaded.group is not None
    settings = loaded.group.for_client("tundish-works")
    assert settings["security.protocol"] == "SASL_SSL"
    assert settings["ssl.ca.location"] == str(tmp_path / "ca.pem")
    assert settings["ssl.certificate.location"] == str(tmp_path / "own.pem")
    assert settings["ssl.key.location"] == str(tmp_path / "own.key")
    assert (settings["sasl.mechanism"], settings["sasl.username"], settings["sasl.password"]) == (
        "SCRAM-SHA-512", "works", "hunter2",
    )  # fmt: skip
    assert "hunter2" not in repr(loaded)


@pytest.mark.parametrize(
    ("section", "place", "words"),
    [
        ("{}", "group.bootstrap:", "is missing"),
        ("{bootstrap: []}", "group.bootstrap:", ""),
        ("{bootstrap: ['k1']}", "group.bootstrap[0]:", "'k1'"),
        ("{bootstrap: ['k1.group:9092']}", "group:", "tls is missing, and k1.group is another host"),
        ("{bootstrap: ['127.0.0.1:9092'], tls: {ca_file: no.pem}}", "group.tls.ca_file:", "there is no such file"),
        ("{bootstrap: ['127.0.0.1:9092'], tls: {key_file: plant.yaml}}", "group.tls:", "cert_file and key_file"),
        ("{bootstrap: ['127.0.0.1:9092'], sasl: {user: works}}", "group.sasl:", "or set TUNDISH_GROUP_PASSWORD"),
        (
            "{bootstrap: ['127.0.0.1:9092'], sasl: {user: works, password_file: no}}",
            "group.sasl.password_file:",
            "there is no such file",
        ),
        ("{bootstrap: ['127.0.0.1:9092'], sasl: {user: w, password: x}}", "group.sasl.password:", "as password_file"),
        ("{bootstrap: ['127.0.0.1:9092'], topic: x}", "group.topic:", "unknown"),
    ],
)
def test_each_fault_of_the_section_is_one_line_with_its_fix(
    faults: Faults, plant_text: str, section: str, place: str, words: str
) -> None:
    (line,) = faults(f"{plant_text}group: {section}\n", {})
    assert f" {place}" in line
    assert words in line


def test_two_faults_of_the_section_are_told_in_one_round(faults: Faults, plant_text: str) -> None:
    lines = faults(plant_text + "group: {bootstrap: ['k1.group:9092'], sasl: {user: works}}\n", {})
    assert len(lines) == 2
