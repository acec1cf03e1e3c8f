"""The two data sources of a plant, calculated and raw, each over InfluxDB or PostgreSQL. Pure."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dashboards.grafana.sources import INFLUX_TYPE, OWN_NAME, sql_type
from dashboards.grafana.uids import calculated_uid, raw_uid
from models.works.plant import Plant

DIGEST = 16
"""Characters of a fingerprint: 64 bits tell two versions of a document apart, and nobody guards anything with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """The InfluxDB as Grafana reaches it, and the login with which it reads. `authorization` is a whole header."""

    url: str
    calculated: str
    raw: str
    authorization: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlDatabase:
    """The PostgreSQL as Grafana reaches it, and the role with which it reads.

    `address` is host:port or the folder of a local socket; `tls` is a mode of libpq; `ca` is the text of a PEM file.
    """

    address: str
    database: str
    user: str
    password: str = field(repr=False)
    tls: str = "disable"
    ca: str = ""


@dataclass(frozen=True, slots=True)
class DataSource:
    """One data source: its uid, its title, its document, and the settings that Grafana never shows again."""

    uid: str
    title: str
    document: Mapping[str, object]
    secret: Mapping[str, str] = field(repr=False)


def data_sources(
    plant: Plant, influx: Database | None, postgres: SqlDatabase | None, version: tuple[int, int]
) -> Iterator[DataSource]:
    """Calculated tables in PostgreSQL if there is one, raw ones in InfluxDB if there is one."""
    places = (
        (calculated_uid(plant), f"Tundish {plant.site}", influx.calculated if influx else "", postgres is not None),
        (raw_uid(plant), f"Tundish {plant.site}, raw", influx.raw if influx else "", influx is None),
    )
    for uid, title, bucket, in_sql in places:
        if in_sql and postgres is not None:
            yield _over_postgres(uid, title, postgres, version)
        elif influx is not None:
            yield _over_influx(uid, title, influx, bucket)


def digest(*texts: str) -> str:
    """A short fingerprint."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:DIGEST]


def _over_influx(uid: str, title: str, database: Database, bucket: str) -> DataSource:
    document: dict[str, object] = {
        "uid": uid,
        "name": title,
        "type": INFLUX_TYPE,
        "access": "proxy",
        "url": database.url,
        "database": bucket,
        "jsonData": {
            "dbName": bucket,
            "httpMode": "GET",
            "httpHeaderName1": "Authorization",
            # Grafana never shows a secret again: this tells whether the one that it has is still ours.
            "tundishLogin": digest(database.authorization),
        },
    }
    return DataSource(uid, title, document, {"httpHeaderValue1": database.authorization})


def _over_postgres(uid: str, title: str, database: SqlDatabase, version: tuple[int, int]) -> DataSource:
    verified = database.tls.startswith("verify")
    document: dict[str, object] = {
        "uid": uid,
        "name": title,
        "type": sql_type(version),
        "access": "proxy",
        "url": database.address,
        "user": database.user,
        "jsonData": {
            "database": database.database,
            "sslmode": database.tls,
            **({"tlsConfigurationMethod": "file-content"} if verified else {}),
            "tundishLogin": digest(database.password, database.ca),
        },
    }
    if version < OWN_NAME:
        document["database"] = database.database  # where 9.3 looks for it
    certificate = {"tlsCACert": database.ca} if verified else {}
    return DataSource(uid, title, document, {"password": database.password, **certificate})
