"""The file of users, their sessions, the tokens of programs, and who has which duty.

It is not the ledger's: a restored ledger must not bring back a password of last week, a ledger that is damaged must not
keep people out, and a copy of the ledger for a question must not carry hashes of passwords.
"""

from collector.storage.file.file_kind import FileKind

_TOKENS = """
CREATE TABLE token (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, digest BLOB NOT NULL, scopes TEXT NOT NULL, shops TEXT NOT NULL,
    author TEXT NOT NULL, made_ns INTEGER NOT NULL, expires_ns INTEGER NOT NULL, ended_ns INTEGER
) WITHOUT ROWID
"""
_DUTIES = """
CREATE TABLE duty (
    id INTEGER PRIMARY KEY AUTOINCREMENT, role TEXT NOT NULL, shop TEXT NOT NULL, start_s INTEGER NOT NULL,
    person TEXT NOT NULL, author TEXT NOT NULL, recorded_ns INTEGER NOT NULL
);
CREATE INDEX duty_of_shift ON duty (start_s)
"""

ACCESS = FileKind(
    name="access.db",
    what="the users of the desk",
    application_id=0x54444143,
    version=3,
    schema=f"""
CREATE TABLE user (
    name TEXT PRIMARY KEY, full_name TEXT NOT NULL, roles TEXT NOT NULL, shops TEXT NOT NULL, disabled INTEGER NOT NULL,
    password TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE session (
    digest BLOB PRIMARY KEY, user TEXT NOT NULL, begun_ns INTEGER NOT NULL, expires_ns INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT, time_ns INTEGER NOT NULL, author TEXT NOT NULL, what TEXT NOT NULL,
    user TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL
);
{_TOKENS};{_DUTIES}""",
    migrations={1: _TOKENS, 2: _DUTIES},
    tables=("user", "change", "token", "duty"),
    commit_number="SELECT 0",
)
