"""Users and sessions in their file."""

import hashlib
import secrets
import time
from collections.abc import Callable
from pathlib import Path

import apsw

from collector.access.access_store import AccessStore
from collector.access.passwords import NOBODY, hashed, is_outdated, is_right
from collector.errors import EntryRefused
from collector.storage.file.sql import one, rows, value
from models.access.desk_access import Session
from models.access.password_rule import fault_of
from models.access.user import User, UserRole

SESSION_NS = 12 * 3600 * 10**9
"""A shift of twelve hours: who signs in at its begin is asked again after it."""
SESSIONS_A_USER = 20
"""Browsers in which one user is signed in at once; the oldest is signed out."""
STEP_NS = 300 * 10**9
"""How far a clock that is put right may step back without signing anybody out."""


class AccessFile:
    """Fulfils `models.access.desk_access.DeskAccess`. A file that does not exist yet has no users."""

    def __init__(self, folder: Path, clock_ns: Callable[[], int] = time.time_ns) -> None:
        self._store = AccessStore(folder, clock_ns)
        self._clock_ns = clock_ns

    def users(self) -> list[User]:
        """Everybody, by name."""
        with self._store.reading() as connection:
            return [] if connection is None else [_user(row) for row in rows(connection, f"{_USER} ORDER BY name")]

    def has_users(self) -> bool:
        """Whether there is any, disabled or not: to disable the last one must not open the desk to everybody."""
        return bool(self.users())

    def user_of(self, token: str) -> User | None:
        """Whose session that is."""
        with self._store.reading() as connection:
            if connection is None:
                return None
            sql = "SELECT user, begun_ns, expires_ns FROM session WHERE digest = ?"
            session = one(connection, sql, (_digest(token),))
            # One that begins in the future is of a clock that was ahead, and would last until long after its shift.
            if session is None or not session[1] - STEP_NS <= self._clock_ns() < session[2]:
                return None
            user = _found(connection, session[0])
            return None if user is None or user.disabled else user

    def sign_in(self, name: str, password: str) -> Session | None:
        """Compare the password, and begin a session. Takes some tenths of a second of a core, as is meant."""
        with self._store.reading() as connection:
            user = None if connection is None else _found(connection, name)
            stored = NOBODY if user is None or connection is None else _password(connection, user.name)
        right = is_right(stored, password)
        if user is None or user.disabled or not right:
            return None
        renewed = hashed(password) if is_outdated(stored) else stored
        with self._store.writing() as connection:
            now = _found(connection, user.name)
            if now is None or now.disabled or _password(connection, user.name) != stored:
                return None  # taken away while the password was compared
            if renewed != stored:
                connection.execute("UPDATE user SET password = ? WHERE name = ?", (renewed, user.name))
            return self._begun(connection, user)

    def begin(self, name: str) -> Session | None:
        """See `DeskAccess.begin`."""
        with self._store.reading() as connection:
            if connection is None:
                return None
        with self._store.writing() as connection:
            user = _found(connection, name)
            return None if user is None or user.disabled else self._begun(connection, user)

    def _begun(self, connection: apsw.Connection, user: User) -> Session:
        token, now_ns = secrets.token_urlsafe(32), self._clock_ns()
        session = Session(token, user, now_ns + SESSION_NS)
        connection.execute("DELETE FROM session WHERE expires_ns <= ? OR begun_ns > ?", (now_ns, now_ns + STEP_NS))
        connection.execute(
            "INSERT INTO session VALUES (?, ?, ?, ?)", (_digest(token), user.name, now_ns, session.expires_ns)
        )
        connection.execute(
            "DELETE FROM session WHERE user = ?1 AND digest NOT IN "
            "(SELECT digest FROM session WHERE user = ?1 ORDER BY begun_ns DESC LIMIT ?2)",
            (user.name, SESSIONS_A_USER),
        )
        return session

    def sign_out(self, token: str) -> None:
        """End a session."""
        with self._store.writing() as connection:
            connection.execute("DELETE FROM session WHERE digest = ?", (_digest(token),))

    def change_password(self, token: str, old: str, new: str) -> bool:
        """See `DeskAccess.change_password`."""
        user = self.user_of(token)
        if user is None:
            return False
        with self._store.reading() as connection:
            stored = NOBODY if connection is None else _password(connection, user.name)
        if not is_right(stored, old):
            return False
        fault = fault_of(new, user.name)
        if fault:
            raise ValueError(fault)
        secret = hashed(new)
        with self._store.writing() as connection:
            if _password(connection, user.name) != stored:
                return False  # reset while the old one was compared
            connection.execute("UPDATE user SET password = ? WHERE name = ?", (secret, user.name))
            connection.execute("DELETE FROM session WHERE user = ? AND digest <> ?", (user.name, _digest(token)))
            self._store.note(connection, user.author, ("password", user.name))
        return True

    def add(self, user: User, password: str | None, author: str) -> None:
        """A new user; None: one whom others sign in: no password is right. Raises EntryRefused: the name is taken."""
        secret = hashed(secrets.token_urlsafe(32) if password is None else password)
        with self._store.writing() as connection:
            if _found(connection, user.name) is not None:
                raise EntryRefused(
                    f"{user.name} is a user already: give another name, or a new password with tundish user reset"
                )
            connection.execute("INSERT INTO user VALUES (?, ?, ?, ?, ?, ?)", (*_columns(user), secret))
            self._store.note(connection, author, ("added", user.name), after=_told(user))

    def change(self, user: User, author: str) -> None:
        """Another full name, other roles or shops; disabled or not, which signs out at once. Raises EntryRefused."""
        with self._store.writing() as connection:
            before = self._known(connection, user.name)
            connection.execute(
                "UPDATE user SET full_name = ?2, roles = ?3, shops = ?4, disabled = ?5 WHERE name = ?1", _columns(user)
            )
            if user.disabled:
                connection.execute("DELETE FROM session WHERE user = ?", (user.name,))
            self._store.note(connection, author, ("changed", user.name), before=_told(before), after=_told(user))

    def reset(self, name: str, password: str, author: str) -> None:
        """Another password; the user is signed out everywhere. Raises EntryRefused."""
        secret = hashed(password)
        with self._store.writing() as connection:
            self._known(connection, name)
            connection.execute("UPDATE user SET password = ? WHERE name = ?", (secret, name))
            connection.execute("DELETE FROM session WHERE user = ?", (name,))
            self._store.note(connection, author, ("password", name))

    def known(self, name: str) -> User:
        """The user of that name. Raises EntryRefused."""
        with self._store.reading() as connection:
            if connection is None:
                raise EntryRefused("there are no users yet: add one with tundish user add")
            return self._known(connection, name)

    def changes(self, limit: int) -> list[tuple[int, str, str, str, str, str]]:
        """Who changed what, newest first: time (UTC ns), author, what, user, before, after."""
        sql = "SELECT time_ns, author, what, user, before, after FROM change ORDER BY id DESC LIMIT ?"
        with self._store.reading() as connection:
            return [] if connection is None else list(connection.execute(sql, (limit,)))

    def _known(self, connection: apsw.Connection, name: str) -> User:
        user = _found(connection, name)
        if user is None:
            raise EntryRefused(f"there is no user {name}: see tundish user list")
        return user


_USER = "SELECT name, full_name, roles, shops, disabled FROM user"


def _found(connection: apsw.Connection, name: str) -> User | None:
    row = one(connection, f"{_USER} WHERE name = ?", (name,))
    return None if row is None else _user(row)


def _user(row: tuple[str, str, str, str, int]) -> User:
    name, full_name, roles, shops, disabled = row
    return User(
        name=name,
        full_name=full_name,
        roles=tuple(UserRole(role) for role in roles.split()),
        shops=tuple(shops.split()),
        disabled=bool(disabled),
    )


def _columns(user: User) -> tuple[str, str, str, str, int]:
    return user.name, user.full_name, " ".join(user.roles), " ".join(user.shops), int(user.disabled)


def _told(user: User) -> str:
    state = "disabled" if user.disabled else "enabled"
    return f"{user.full_name}; {', '.join(user.roles)}; {', '.join(user.shops) or 'all shops'}; {state}"


def _password(connection: apsw.Connection, name: str) -> str:
    return str(value(connection, "SELECT password FROM user WHERE name = ?", (name,)))


def _digest(token: str) -> bytes:
    # The token has 256 random bits, so a plain hash keeps it: nobody can sign in with what the file holds.
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
