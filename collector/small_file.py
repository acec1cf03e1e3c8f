"""Small files that a person names: secrets, certificates. A device or a pipe in their place is refused."""

import errno
from pathlib import Path

MOST_BYTES = 1024 * 1024
"""A chain of certificates has some kilobytes."""


def read_small(path: Path) -> bytes:
    """The whole file. Raises OSError; also for what is no file, and for one that is far too long."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.EINVAL, "It is a device or a pipe, and no file", str(path))
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise OSError(errno.EFBIG, "It is over a megabyte", str(path))
    return content
