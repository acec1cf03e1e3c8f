"""What a password has to be: long. Rules of letters and signs make people write it down (NIST SP 800-63B)."""

SHORTEST = 10
LONGEST = 200
"""Longer ones only cost time to hash."""


def fault_of(password: str, name: str) -> str:
    """What is wrong with it, as a key of texts; "" if nothing is."""
    if len(password) < SHORTEST:
        return "password_short"
    if len(password) > LONGEST:
        return "password_long"
    if len(set(password)) < 4 or password.lower() in (name.lower(), name.lower()[::-1]):
        return "password_plain"
    return ""
