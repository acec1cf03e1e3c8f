"""What the system or Python's arithmetic refuses is a line with the next step; a fault of ours is not taken for it."""

import errno

import pytest

from collector.cli.system_refusal import is_of_the_machine, refusal_text

LONG = "x" * 5000


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENAMETOOLONG, "File name too long", LONG), "...xxx"),
        (OSError(errno.ENOSPC, "No space left on device"), "the system: No space left on device; free some space"),
        (PermissionError(errno.EACCES, "Permission denied", b"\xff/x"), "Permission denied; give this user the right"),
        (OverflowError("int too big to convert"), "a number is beyond what can be reckoned with (int too big"),
        (MemoryError(), "this machine's memory is not enough"),
        (RecursionError("maximum recursion depth exceeded"), "nested too deep"),
        (
            UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates not allowed"),
            "(surrogates not allowed); write it in",
        ),
        (UnicodeError("label empty or too long"), "a name cannot be used (label empty or too long)"),
        (ValueError("embedded null byte"), "a name holds a NUL character"),
    ],
)
def test_what_the_machine_refuses_is_one_line_with_the_next_step(error: Exception, words: str) -> None:
    assert is_of_the_machine(error)
    text = refusal_text(error)
    assert words in text
    assert "; " in text or "make it simpler" in text
    assert len(text) < 300
    assert "\n" not in text


def test_a_fault_of_ours_is_not_taken_for_one_of_the_machine() -> None:
    assert not any(map(is_of_the_machine, (KeyError("x"), TypeError("x"), ValueError("x"), AssertionError())))
