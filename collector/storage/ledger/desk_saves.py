"""Which request of a browser became which import: a save that comes twice is stored once. SQL, no threads."""

from hashlib import blake2b

import apsw

from collector.storage.file.sql import one

SCHEMA = """
CREATE TABLE desk_save (request TEXT PRIMARY KEY, content TEXT NOT NULL, import_id INTEGER NOT NULL) WITHOUT ROWID
"""
TABLES = ("desk_save",)


def digest(*words: str) -> str:
    """Of what a request says: no other request may have its name."""
    return blake2b("\x00".join(words).encode(), digest_size=16).hexdigest()


def add(connection: apsw.Connection, request: str, content: str, number: int) -> None:
    """Keep it, in the transaction in which its figures are recorded."""
    connection.execute(
        "INSERT INTO desk_save (request, content, import_id) VALUES (?, ?, ?)", (request, content, number)
    )


def found(connection: apsw.Connection, request: str) -> tuple[str, int] | None:
    """The digest and the import of a request; None for one that was not stored."""
    row = one(connection, "SELECT content, import_id FROM desk_save WHERE request = ?", (request,))
    return None if row is None else (str(row[0]), int(row[1]))
