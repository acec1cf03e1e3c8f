"""Where each counting tag is read, as its source said: another address is another counter. SQL, no threads.

Append-only: a row when a tag is read elsewhere than before.
"""

from collections.abc import Mapping

import apsw

from collector.storage.file.sql import rows, value

SCHEMA = """
CREATE TABLE address (
    id INTEGER PRIMARY KEY AUTOINCREMENT, tag TEXT NOT NULL, address TEXT NOT NULL, recorded_ns INTEGER NOT NULL
);
CREATE INDEX address_by_tag ON address (tag, id)
"""
TABLES = ("address",)


def put(connection: apsw.Connection, addresses: Mapping[str, str], recorded_ns: int) -> None:
    """Note where tags are read from now on."""
    connection.executemany(
        "INSERT INTO address (tag, address, recorded_ns) VALUES (?, ?, ?)",
        [(tag, address, recorded_ns) for tag, address in addresses.items()],
    )


def newest(connection: apsw.Connection) -> dict[str, str]:
    """By tag, where it was read last."""
    return {str(tag): str(address) for tag, address in rows(connection, "SELECT tag, address FROM address ORDER BY id")}


def known_places(connection: apsw.Connection, tag: str) -> int:
    """At how many addresses it was read, one after the other."""
    return int(value(connection, "SELECT count(*) FROM address WHERE tag = ?", (tag,)))
