"""Secrets: only from a file that others cannot read, or from the environment. Their text is never shown."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from collector.small_file import read_small

ENVIRONMENT_PREFIX = "TUNDISH_"
CONTAINER_SECRETS = Path("/run/secrets")
"""Where a container engine mounts secrets, with the rights that they have on the host; nobody else is in there."""


class SecretError(ValueError):
    """The secret is missing or is not safe. The text says what to do, and never holds the secret."""


def variable(*words: str) -> str:
    """The name of the environment variable of a secret: `variable("influxdb", "token")` is TUNDISH_INFLUXDB_TOKEN."""
    return ENVIRONMENT_PREFIX + "_".join(word.upper() for word in words)


def read_secret(folder: Path, file: str | None, name: str, environment: Mapping[str, str]) -> str | None:
    """The secret in the environment variable `name`, in the file that `name`_FILE names, or in `file`.

    The first line of a file counts; paths are relative to `folder`. None where none of them is given.

    Raises:
        SecretError: the file is missing, empty, or open to others.
    """
    if environment.get(name):
        return environment[name].strip()
    file = environment.get(f"{name}_FILE") or file
    if file is None:
        return None
    # The text of `file` is not repeated: people have been seen to paste the secret itself there.
    path = folder / file
    try:
        mode = path.stat().st_mode
        # Windows keeps permissions elsewhere and shows every file as open to all.
        # The group may read: service and administrators often share one. It may not write, and others may do neither.
        open_to_others = mode & (stat.S_IROTH | stat.S_IWOTH | stat.S_IWGRP)
        if os.name == "posix" and open_to_others and not path.is_relative_to(CONTAINER_SECRETS):
            raise SecretError("the file is open to other users; run chmod 600 on it")
        text = read_small(path).decode("utf-8").strip()
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
