"""Users and sessions in their file."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from collector.access import access_file
from collector.access.access_file import SESSION_NS, SESSIONS_A_USER, STEP_NS, AccessFile
from collector.errors import CannotStart, EntryRefused
from models.access.user import User, UserRole

DANA = User(name="dana", full_name="Dana A.", roles=(UserRole.DISPATCHER,), shops=("bf",))
PASSWORD = "blast furnace 3"


class Clock:
    now_ns = 1_700_000_000 * 10**9

    def __call__(self) -> int:
        return self.now_ns


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path, clock: Clock) -> AccessFile:
    file = AccessFile(tmp_path, clock)
    file.add(DANA, PASSWORD, "root")
    return file


def token(file: AccessFile) -> str:
    session = file.sign_in("dana", PASSWORD)
    assert session is not None
    assert session.user == DANA
    return session.token


def test_without_a_file_there_are_no_users(tmp_path: Path) -> None:
    file = AccessFile(tmp_path)
    assert not file.has_users()
    assert file.sign_in("dana", PASSWORD) is None
    assert file.user_of("x") is None
    assert not (tmp_path / "access.db").exists()


def test_the_right_password_begins_a_session_and_no_other_does(file: AccessFile) -> None:
    assert file.user_of(token(file)) == DANA
    for name, password in (("dana", "blast furnace 4"), ("Dana", PASSWORD), ("ivan", PASSWORD), ("dana", "")):
        assert file.sign_in(name, password) is None
    assert file.user_of("") is None


def test_the_file_holds_neither_passwords_nor_tokens_and_is_the_owners_alone(file: AccessFile, tmp_path: Path) -> None:
    begun = token(file)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("access.db*"))
    assert b"argon2id" in kept
    assert PASSWORD.encode() not in kept
    assert begun.encode() not in kept
    assert (tmp_path / "access.db").stat().st_mode & 0o777 == 0o600


def test_a_session_ends_after_its_time_and_by_signing_out(file: AccessFile, clock: Clock) -> None:
    first, second = token(file), token(file)
    file.sign_out(first)
    assert file.user_of(first) is None
    clock.now_ns += SESSION_NS - 1
    assert file.user_of(second) == DANA
    clock.now_ns += 1
    assert file.user_of(second) is None


def test_a_session_of_a_clock_that_was_ahead_ends_when_the_clock_is_put_right(file: AccessFile, clock: Clock) -> None:
    begun = token(file)
    clock.now_ns -= STEP_NS
    assert file.user_of(begun) == DANA
    clock.now_ns -= 365 * 86_400 * 10**9
    assert file.user_of(begun) is None
    right = token(file)
    clock.now_ns += SESSION_NS - 1
    assert file.user_of(right) == DANA


def between(monkeypatch: pytest.MonkeyPatch, change: Callable[[], None]) -> None:
    """Make the change while a password is compared."""
    compare, changes = access_file.is_right, [change]

    def compared(stored: str, password: str) -> bool:
        right = compare(stored, password)
        while changes:
            changes.pop()()
        return right

    monkeypatch.setattr(access_file, "is_right", compared)


def test_who_is_reset_or_disabled_while_the_password_is_compared_is_not_let_in(
    file: AccessFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, lambda: file.change(replace(DANA, disabled=True), "root"))
    assert file.sign_in("dana", PASSWORD) is None
    file.change(DANA, "root")
    between(monkeypatch, lambda: file.reset("dana", "another furnace", "root"))
    assert file.sign_in("dana", PASSWORD) is None


def test_a_reset_wins_over_a_change_of_the_password_that_began_before_it(
    file: AccessFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    stolen = token(file)
    between(monkeypatch, lambda: file.reset("dana", "another furnace", "root"))
    assert not file.change_password(stolen, PASSWORD, "a thief's own one")
    assert file.sign_in("dana", "another furnace") is not None


def test_who_is_disabled_is_out_at_once_and_stays_out(file: AccessFile) -> None:
    begun = token(file)
    file.change(replace(DANA, disabled=True), "root")
    assert file.user_of(begun) is None
    assert file.sign_in("dana", PASSWORD) is None
    assert file.has_users(), "a desk whose only user is disabled is not open to everybody"
    file.change(DANA, "root")
    assert file.user_of(begun) is None
    assert file.user_of(token(file)) == DANA


def test_other_roles_hold_in_an_open_session(file: AccessFile) -> None:
    begun = token(file)
    file.change(replace(DANA, roles=(UserRole.VIEWER,)), "root")
    user = file.user_of(begun)
    assert user is not None
    assert user.roles == (UserRole.VIEWER,)


def test_a_new_password_signs_out_everywhere_else(file: AccessFile) -> None:
    here, elsewhere = token(file), token(file)
    assert not file.change_password(here, "wrong one here", "another furnace")
    with pytest.raises(ValueError, match="password_short"):
        file.change_password(here, PASSWORD, "short")
    assert file.user_of(elsewhere) == DANA
    assert file.change_password(here, PASSWORD, "another furnace")
    assert file.user_of(here) == DANA
    assert file.user_of(elsewhere) is None
    assert file.sign_in("dana", PASSWORD) is None
    file.reset("dana", PASSWORD, "root")
    assert file.user_of(here) is None
    token(file)


@pytest.mark.long
def test_a_user_is_signed_in_in_a_bounded_number_of_browsers(file: AccessFile, clock: Clock) -> None:
    tokens = []
    for _ in range(SESSIONS_A_USER + 1):
        clock.now_ns += 1
        tokens.append(token(file))
    assert [file.user_of(each) is None for each in tokens] == [True] + [False] * SESSIONS_A_USER


def test_every_change_of_a_user_is_recorded_with_before_and_after(file: AccessFile) -> None:
    file.change(replace(DANA, roles=(UserRole.CLERK,), shops=()), "admin")
    file.reset("dana", PASSWORD, "admin")
    told = [(author, what, user, before, after) for _, author, what, user, before, after in file.changes(10)]
    assert told == [
        ("admin", "password", "dana", "", ""),
        ("admin", "changed", "dana", "Dana A.; dispatcher; bf; enabled", "Dana A.; clerk; all shops; enabled"),
        ("root", "added", "dana", "", "Dana A.; dispatcher; bf; enabled"),
    ]


def test_a_name_is_taken_once_and_an_unknown_one_is_refused_with_the_next_step(file: AccessFile) -> None:
    with pytest.raises(EntryRefused, match="tundish user reset"):
        file.add(DANA, PASSWORD, "root")
    with pytest.raises(EntryRefused, match="tundish user list"):
        file.reset("ivan", PASSWORD, "root")


def test_a_damaged_file_lets_nobody_in_and_says_what_to_do(file: AccessFile, tmp_path: Path) -> None:
    for path in tmp_path.glob("access.db*"):
        path.write_bytes(b"\xff" * 8192)
    with pytest.raises(CannotStart, match="bring it back from a backup"):
        file.user_of("x")
