"""What must hold for the Kafka of a group, in plant.yaml and in group.yaml."""

from collections.abc import Mapping
from pathlib import Path as FilePath

from collector.config.check_services import loopback, place_of, secret_of
from collector.config.problem import Path, Problems
from collector.config.secret import variable
from collector.group.kafka_document import KafkaEntry
from collector.group.kafka_settings import KafkaSettings

_PASSWORD = ("group", "password")


def resolve_kafka(
    entry: KafkaEntry, path: Path, folder: FilePath, environment: Mapping[str, str], problems: Problems
) -> KafkaSettings:
    """The cluster with its password read; what is missing or misplaced goes to `problems`."""
    far = [host for server in entry.bootstrap if not loopback(host := server.rpartition(":")[0].strip("[]"))]
    if entry.tls is None and far:
        problems.add(
            path, f"the key tls is missing, and {far[0]} is another host; figures do not cross a network in the clear"
        )
    files = {}
    for key in ("ca_file", "cert_file", "key_file"):
        files[key] = place_of(folder, getattr(entry.tls, key) if entry.tls else None)
        if (file := files[key]) is not None and not file.is_file():
            problems.add((*path, "tls", key), f"there is no such file, seen from {folder}; give the path of a PEM file")
    password = None
    if entry.sasl is not None:
        at: Path = (*path, "sasl", "password_file")
        password = secret_of(entry.sasl.password_file, at, _PASSWORD, folder, environment, problems)
        if password is None and not problems.under(at):
            problems.add((*path, "sasl"), f"there is no password; give password_file, or set {variable(*_PASSWORD)}")
    return KafkaSettings(
        bootstrap=tuple(entry.bootstrap),
        tls=entry.tls is not None,
        **files,
        user=entry.sasl.user if entry.sasl else None,
        password=password,
        mechanism=entry.sasl.mechanism if entry.sasl else "scram-sha-512",
        timeout_s=entry.timeout,
    )
