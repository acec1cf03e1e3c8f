"""The tables of the group's ledger: `group.db`, of the same make as a site's.

`site` says which stream of a site counts, and why it stands if it does. `stream` keeps how far each was taken. `image`
holds the rows of streams: those of the stream that counts, and those of one whose first image is not whole yet. A row
that was withdrawn stays with its revision and without fields. `read_to` is how far the topic was read, `refused` what
was not taken and why.
"""

from collector.storage.file.file_kind import FileKind

GROUP_LEDGER = FileKind(
    name="group.db",
    what="a ledger of a group",
    application_id=0x54444750,  # "TDGP"
    version=1,
    summed_since=1,
    schema="""
CREATE TABLE meta (key TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE site (
    site TEXT PRIMARY KEY, stream TEXT NOT NULL, stopped TEXT NOT NULL, stopped_ns INTEGER NOT NULL,
    rival TEXT NOT NULL, rival_number INTEGER NOT NULL, rival_beside INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE stream (
    site TEXT NOT NULL, stream TEXT NOT NULL, state TEXT NOT NULL, number INTEGER NOT NULL, began_ns INTEGER NOT NULL,
    made_ns INTEGER NOT NULL, heard_ns INTEGER NOT NULL, hole_ns INTEGER, hole_at INTEGER, catalogue TEXT,
    PRIMARY KEY (site, stream)
) WITHOUT ROWID;
CREATE TABLE image (
    site TEXT NOT NULL, stream TEXT NOT NULL, row_table TEXT NOT NULL, time_ns INTEGER NOT NULL, tags TEXT NOT NULL,
    fields TEXT, revision INTEGER NOT NULL, PRIMARY KEY (site, stream, row_table, time_ns, tags)
) WITHOUT ROWID;
CREATE TABLE read_to (
    partition INTEGER PRIMARY KEY, next_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL,
    looked_ns INTEGER NOT NULL, topic TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE refused (
    id INTEGER PRIMARY KEY AUTOINCREMENT, site TEXT NOT NULL, why TEXT NOT NULL, times INTEGER NOT NULL,
    first_ns INTEGER NOT NULL, last_ns INTEGER NOT NULL, partition INTEGER NOT NULL, place INTEGER NOT NULL,
    UNIQUE (site, why)
)
""",
    migrations={},
    tables=("site", "stream", "image", "read_to", "refused"),
    commit_number=(
        "INSERT INTO meta (key, number) VALUES ('commits', 1) ON CONFLICT DO UPDATE SET number = number + 1 "
        "RETURNING number"
    ),
)
