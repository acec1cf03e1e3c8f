"""Passwords as argon2id hashes (RFC 9106), by the library's own recommended parameters."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
NOBODY = _HASHER.hash("nobody")
"""Verified where there is no such user, so that an answer takes as long as for a wrong password."""


def hashed(password: str) -> str:
    """The hash, with its salt and parameters."""
    return _HASHER.hash(password)


def is_right(stored: str, password: str) -> bool:
    """Whether it is the password of that hash."""
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether it was made by weaker parameters than today's."""
    return _HASHER.check_needs_rehash(stored)
