"""What the system or Python's arithmetic refuses, in a sentence for a person: what, where, the next step. Pure."""

import errno
import os
from collections.abc import Mapping

LONGEST_NAME = 120
"""A name of 5,000 letters is told by its two ends; the line stays one that is read."""

_NEXT_STEP: Mapping[int, str] = {
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EBADF: "give it a place to go",
    errno.ENOENT: "name one that is there",
    errno.ENOTDIR: "name a folder: a file stands in its place",
    errno.EISDIR: "name a file and not a folder",
    errno.EEXIST: "name another one",
    errno.EACCES: "give this user the right to it, or name another one",
    errno.EPERM: "give this user the right to it, or name another one",
    errno.EROFS: "name a place that can be written",
    errno.ENOSPC: "free some space, or name another place",
    errno.EDQUOT: "free some space, or name another place",
    errno.ELOOP: "mend the link that leads to itself",
    errno.EMFILE: "close what this user has open, or raise the limit (ulimit -n)",
    errno.ENFILE: "close what is open on this machine",
}
_USUAL_STEP = "see to that, then try again"

_OF_THE_MACHINE = (OSError, ArithmeticError, MemoryError, RecursionError, UnicodeError)
"""What the machine refuses whatever we do. All else that was not foreseen is a fault of ours, and is shown whole."""
_NUL = "null"
"""Python refuses a name with a NUL by a plain ValueError, "embedded null byte" or "embedded null character"."""


def is_of_the_machine(error: Exception) -> bool:
    """Whether it is the system or Python's arithmetic that refuses something, and not our code that is at fault."""
    return isinstance(error, _OF_THE_MACHINE) or (type(error) is ValueError and _NUL in str(error))


def refusal_text(error: Exception) -> str:
    """One line."""
    match error:
        case OSError():
            what = " and ".join(shortened(each) for each in (error.filename, error.filename2) if each is not None)
            said = error.strerror or str(error) or type(error).__name__
            return f"{what or 'the system'}: {said}; {_NEXT_STEP.get(error.errno or 0, _USUAL_STEP)}"
        case MemoryError():
            return "this machine's memory is not enough for that; give it less at once, or stop what else runs here"
        case RecursionError():
            return "something that was given is nested too deep; make it simpler"
        case UnicodeDecodeError() | UnicodeEncodeError():
            return f"a text cannot be read or written ({error.reason}); write it in UTF-8"
        case UnicodeError():
            return f"a name cannot be used ({error}); write another one"
        case ArithmeticError():
            return f"a number is beyond what can be reckoned with ({error}); give a smaller one"
        case _:
            return "a name holds a NUL character; write it without"


def shortened(name: object) -> str:
    """A name on one line, its middle left out where it is too long."""
    text = " ".join(os.fsdecode(name).split()) if isinstance(name, str | bytes | os.PathLike) else str(name)
    half = LONGEST_NAME // 2
    return text if len(text) <= LONGEST_NAME else f"{text[:half]}...{text[-half:]}"
