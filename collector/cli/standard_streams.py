"""Standard output and error of a command: there whatever the caller closed, and a failure of theirs is told."""

import errno
import io
import os
import sys
from typing import TYPE_CHECKING

from collector.cli.system_refusal import refusal_text

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_OUTPUT, _ERROR = 1, 2


class _Output(io.FileIO):
    """Tells a failure of standard output from one of a file, however it was written to."""

    def write(self, content: "ReadableBuffer", /) -> int:
        """See io."""
        try:
            return super().write(content)
        except OSError as error:
            said = "It is closed" if error.errno == errno.EBADF else error.strerror
            raise OSError(error.errno, said, "standard output") from error


def open_streams() -> None:
    """Take the places of streams that the caller closed, before a file of ours gets their numbers.

    What is then printed fails as on any stream that cannot be written; what is said on a closed stderr is said to
    nobody. A letter that the terminal has not is shown as a mark.
    """
    ours = sys.stdout is sys.__stdout__
    encoding = "utf-8" if sys.stdout is None else sys.stdout.encoding
    if sys.stdout is None:
        _occupy(_OUTPUT, os.O_RDONLY)  # so each write fails, and a command that prints nothing runs
    if sys.stderr is None:
        _occupy(_ERROR, os.O_WRONLY)
        sys.stderr = open(_ERROR, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as the process
    if ours and (sys.stdout is None or os.name == "posix"):
        # A console of Windows takes text, and no bytes: there it stays as it is, as does what was put in its place.
        buffer = io.BufferedWriter(_Output(_OUTPUT, "w", closefd=False))
        at_once = sys.stdout is not None and sys.stdout.isatty()
        sys.stdout = io.TextIOWrapper(buffer, encoding=encoding, errors="replace", line_buffering=at_once)


def refused_output() -> str | None:
    """Why what was printed did not get out; "" where its reader went away, which needs no word; None: it got out."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # What it still holds would be tried once more at the end of the process, and fail there with a traceback.
        _occupy(_OUTPUT, os.O_WRONLY)
        return "" if error.errno == errno.EPIPE else refusal_text(error)
    return None


def _occupy(number: int, flags: int) -> None:
    nowhere = os.open(os.devnull, flags)
    if nowhere != number:
        os.dup2(nowhere, number)
        os.close(nowhere)
