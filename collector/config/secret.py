"""Secrets: only from a file that others cannot read, or from the environment. Their text is never shown."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

ENVIRONMENT_PREFIX = "TUNDISH_"


class SecretError(ValueError):
    """The secret is not there or is not safe. The text says what to do, and never holds the secret."""


def variable(*words: str) -> str:
    """The name of the environment variable of a secret: `variable("influxdb", "token")` is TUNDISH_INFLUXDB_TOKEN."""
    return ENVIRONMENT_PREFIX + "_".join(word.upper() for word in words)


def read_secret(folder: Path, file: str | None, name: str, environment: Mapping[str, str]) -> str | None:
    """The secret in the environment variable `name`, else the first line of `file` (relative to `folder`).

    None where neither is given.

    Raises:
        SecretError: the file is missing, empty, or open to others.
    """
    if environment.get(name):
        return environment[name].strip()
    if file is None:
        return None
    # The text of `file` is not repeated: people have been seen to paste the secret itself there.
    path = folder / file
    try:
        mode = path.stat().st_mode
        # Windows keeps permissions elsewhere and shows every file as open to all.
        if os.name == "posix" and mode & (stat.S_IROTH | stat.S_IWOTH | stat.S_IWGRP):
            raise SecretError("the file is open to other users; run chmod 600 on it")
        text = path.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise SecretError(
            f"there is no such file, seen from {folder}; write the secret there, or set {name}"
        ) from error
    except (OSError, UnicodeDecodeError, ValueError) as error:
        if isinstance(error, SecretError):
            raise
        raise SecretError(f"the file cannot be read; make it readable to this user, or set {name}") from error
    if not text:
        raise SecretError(f"the file is empty; write the secret there, or set {name}")
    return text.splitlines()[0].strip()
