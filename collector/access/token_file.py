"""Tokens of the API in the file of users: made, listed, ended, and known again by their secret."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw

from collector.access.access_store import AccessStore
from collector.errors import EntryRefused
from collector.storage.file.sql import one, pragma, rows
from models.access.api_token import ApiToken, TokenScope
from models.works.calendar import NS

MARK = "tundish"
"""What every secret begins with, so that people and programs that look for leaked secrets know one when they see it."""
WITH_TOKENS = 2
"""The version of the file from which on it has tokens; an older one is upgraded by the next change."""
_NOBODY = hashlib.sha256(b"").digest()


class TokenFile:
    """Fulfils `models.access.api_token.TokenAccess`. Of a secret the file has the digest alone."""

    def __init__(self, folder: Path, clock_ns: Callable[[], int] = time.time_ns) -> None:
        self._store = AccessStore(folder, clock_ns)

    def tokens(self) -> list[ApiToken]:
        """All that were ever made, by name, the newest of a name first."""
        with self._store.reading() as connection:
            if connection is None or pragma(connection, "user_version") < WITH_TOKENS:
                return []
            return [_token(row) for row in rows(connection, f"{_ROWS} ORDER BY name, made_ns DESC")]

    def token_of(self, secret: str) -> ApiToken | None:
        """See `TokenAccess.token_of`."""
        mark, _, rest = secret.partition("_")
        number, _, key = rest.partition("_")
        with self._store.reading() as connection:
            if connection is None or pragma(connection, "user_version") < WITH_TOKENS:
                return None
            found = one(connection, "SELECT digest FROM token WHERE id = ?", (number[:40],)) if key else None
            # Whether it is the secret takes the same time however much of it is right, and for no token, too.
            right = hmac.compare_digest(_NOBODY if found is None else found[0], _digest(secret))
            if not right or mark != MARK:
                return None
            row = one(connection, f"{_ROWS} WHERE id = ?", (number,))
        token = None if row is None else _token(row)
        return token if token is not None and token.holds(self._store.clock_ns()) else None

    def add(self, token: ApiToken) -> str:
        """A new token; its secret, which is nowhere else. `id` and `made_ns` are given here.

        Raises EntryRefused for a name that a token has which holds, and for an end that has passed.
        """
        number, now_ns = secrets.token_hex(4), self._store.clock_ns()
        secret = f"{MARK}_{number}_{secrets.token_urlsafe(32)}"
        if token.expires_ns <= now_ns:
            raise EntryRefused(f"the token would have expired before it was made: give a later day than {_day(now_ns)}")
        with self._store.writing() as connection:
            if any(each.holds(now_ns) for each in _named(connection, token.name)):
                raise EntryRefused(
                    f"there is a token {token.name} already: give another name, or end it with tundish token end"
                )
            scopes, shops = " ".join(token.scopes), " ".join(token.shops)
            values = (number, token.name, _digest(secret), scopes, shops, token.author, now_ns, token.expires_ns)
            connection.execute("INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", values)
            self._store.note(connection, token.author, ("token added", token.name), after=_told(token))
        return secret

    def end(self, name: str, author: str) -> None:
        """End the token of that name at once. Raises EntryRefused if none holds."""
        with self._store.writing() as connection:
            now_ns = self._store.clock_ns()
            held = next((each for each in _named(connection, name) if each.holds(now_ns)), None)
            if held is None:
                raise EntryRefused(f"there is no token {name} that holds: see tundish token list")
            connection.execute("UPDATE token SET ended_ns = ? WHERE id = ?", (now_ns, held.id))
            self._store.note(connection, author, ("token ended", name), before=_told(held))


_ROWS = "SELECT id, name, scopes, shops, author, made_ns, expires_ns, ended_ns FROM token"


def _named(connection: apsw.Connection, name: str) -> list[ApiToken]:
    return [_token(row) for row in rows(connection, f"{_ROWS} WHERE name = ?", (name,))]


def _token(row: tuple[Any, ...]) -> ApiToken:
    number, name, scopes, shops, author, made_ns, expires_ns, ended_ns = row
    return ApiToken(
        id=number,
        name=name,
        # A scope of a newer version is none of ours, and gives no right.
        scopes=tuple(TokenScope(scope) for scope in scopes.split() if scope in list(TokenScope)),
        shops=tuple(shops.split()),
        author=author,
        made_ns=made_ns,
        expires_ns=expires_ns,
        ended_ns=ended_ns,
    )


def _told(token: ApiToken) -> str:
    return f"{', '.join(token.scopes)}; {', '.join(token.shops) or 'all shops'}; until {_day(token.expires_ns)}"


def _day(at_ns: int) -> str:
    return datetime.fromtimestamp(at_ns // NS, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _digest(secret: str) -> bytes:
    # 256 random bits: a plain hash keeps them, and nobody reads with what the file holds.
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
