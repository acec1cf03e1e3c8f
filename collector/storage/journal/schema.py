"""The journal's file: its tables, and the two blobs' checksums."""

import struct
import zlib

from collector.storage.file.file_kind import FileKind
from collector.storage.quarantine import records as quarantine

# `facts` stands before `lines`, so that reading facts does not walk over the pages of lines.
# `lines` is telemetry that the database has not acknowledged yet; `unsent` is 1 as long as it waits.
# `damaged`: the facts did not survive; what they held is an uncertain gap.
_ENTRY = """
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    received_ns INTEGER NOT NULL,
    oldest_ns INTEGER NOT NULL,
    newest_ns INTEGER NOT NULL,
    line_count INTEGER NOT NULL,
    unsent INTEGER NOT NULL,
    damaged INTEGER NOT NULL,
    facts_crc INTEGER NOT NULL,
    lines_crc INTEGER NOT NULL,
    facts BLOB NOT NULL,
    lines BLOB
);
CREATE INDEX entry_unsent ON entry (unsent, seq)
"""

_CURSOR = "CREATE TABLE cursor (consumer TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID"

# One row a source and hour: a queue that overflows for a week does not fill the file with notes of it.
_DROPPED = """
CREATE TABLE dropped (
    source TEXT NOT NULL,
    hour_ns INTEGER NOT NULL,
    cause TEXT NOT NULL,
    oldest_ns INTEGER NOT NULL,
    newest_ns INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    PRIMARY KEY (source, hour_ns, cause)
) WITHOUT ROWID
"""

_DAMAGED = """
CREATE TABLE damaged (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    seq INTEGER NOT NULL,
    part TEXT NOT NULL,
    recorded_ns INTEGER NOT NULL,
    content BLOB NOT NULL
)
"""

_GAP = """
CREATE TABLE gap (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    start_ns INTEGER NOT NULL,
    end_ns INTEGER NOT NULL,
    part TEXT NOT NULL,
    cause TEXT NOT NULL,
    recorded_ns INTEGER NOT NULL
)
"""

JOURNAL = FileKind(
    name="journal.db",
    what="a journal",
    application_id=0x54444A4C,  # "TDJL"
    version=1,
    schema=";".join((_ENTRY, _CURSOR, _DROPPED, _DAMAGED, _GAP, quarantine.SCHEMA)),
    migrations={},
    tables=("entry", "cursor", "dropped", "damaged", "gap", "quarantine"),
    commit_number="SELECT seq FROM sqlite_sequence WHERE name = 'entry'",
    read_in_turn=("entry",),
)

_HEAD = struct.Struct("<qqqq")


def checksum(source: str, received_ns: int, oldest_ns: int, newest_ns: int, line_count: int, blob: bytes | None) -> int:
    """CRC-32 over a blob and what stands beside it in its row; SQLite itself has no checksums in its file."""
    head = zlib.crc32(_HEAD.pack(received_ns, oldest_ns, newest_ns, line_count), zlib.crc32(source.encode()))
    return head if blob is None else zlib.crc32(blob, head)
