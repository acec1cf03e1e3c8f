"""What an error of PostgreSQL means for the rows that were sent. Pure: the library's error to one of ours."""

import psycopg

from collector.errors import CollectorError, SinkRejected, SinkUnavailable
from collector.postgres.settings import PostgresSettings

LONGEST_SENTENCE = 500
"""PostgreSQL quotes the value that it refuses, which may be a whole page; cut, so that a log line stays one."""
# Only these say that the rows themselves are wrong: 22 is a value that the type does not hold, 23 a broken rule of the
# table, 54 a limit such as the longest entry of an index (PostgreSQL's manual, Appendix A, "Error Codes").
_REFUSALS = ("22", "23", "54")
# By what the code, or the server's own words while connecting (it gives no code then), begins with or holds.
_NEXT_STEPS = (
    (("42P01", "42703", "3F000"), "run `tundish provision`, which makes what is missing"),
    (("42501",), "run `tundish provision`, which gives the rights that are missing"),
    (("password authentication failed", "no password supplied", "28P01"), "check postgres.user and its password_file"),
    (("no pg_hba.conf entry",), "have its administrator let this host, user and database in (pg_hba.conf)"),
    (("does not exist",), "run `tundish provision`, or check postgres.database and postgres.user"),
    (("certificate", "SSL", "ssl"), "check postgres.tls and postgres.ca_file"),
    (("too many",), "have its administrator raise max_connections"),
    (
        ("could not translate", "not known", "refused", "timeout", "No such file"),
        "check postgres.host and postgres.port",
    ),
)


def failure(settings: PostgresSettings, error: psycopg.Error) -> CollectorError:
    """SinkRejected if the rows are at fault, else SinkUnavailable: then they are kept."""
    said = _sentence(error)
    code = error.sqlstate or ""
    at_fault = code[:2] in _REFUSALS if code else isinstance(error, psycopg.DataError)
    if at_fault:
        return SinkRejected(f"{settings.where}: {said}", refused=said)
    return SinkUnavailable(f"{settings.where}: {said}{_next_step(code, said)}")


def _sentence(error: psycopg.Error) -> str:
    """The server's own words, without the statement and the place in it."""
    text = error.diag.message_primary or str(error)
    text = " ".join(text.split()) or type(error).__name__
    return text if len(text) <= LONGEST_SENTENCE else text[:LONGEST_SENTENCE] + "..."


def _next_step(code: str, said: str) -> str:
    for signs, step in _NEXT_STEPS:
        if any(code == sign or sign in said for sign in signs):
            return f"; the rows are kept: {step}"
    return ""
