"""Tokens of the API in the file of users."""

from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from collector.access.access_file import AccessFile
from collector.access.schema import ACCESS
from collector.access.token_file import TokenFile
from collector.errors import EntryRefused
from models.access.api_token import ApiToken, TokenScope
from models.access.user import User, UserRole

DAY_NS = 86_400 * 10**9
MADE_NS = 1_700_000_000 * 10**9


class Clock:
    now_ns = MADE_NS

    def __call__(self) -> int:
        return self.now_ns


TOKEN = ApiToken(
    id="",
    name="excel",
    scopes=(TokenScope.FIGURES, TokenScope.STOPS),
    shops=("bf",),
    author="root",
    made_ns=0,
    expires_ns=MADE_NS + DAY_NS,
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path, clock: Clock) -> TokenFile:
    return TokenFile(tmp_path, clock)


def test_a_token_is_known_by_its_secret_and_by_nothing_else(file: TokenFile) -> None:
    secret = file.add(TOKEN)
    known = file.token_of(secret)
    assert known is not None
    assert replace(known, id="", made_ns=0) == TOKEN
    _, number, key = secret.split("_", 2)
    wrong = (
        "", "x", "_", "__", secret[:-1], f"{secret}A", secret.upper(), f"tundish_{number}_", f"tundish__{key}",
        f"other_{number}_{key}", f"tundish_00000000_{key}", f"{secret}\x00", "é" * 300,
    )  # fmt: skip
    assert [file.token_of(each) for each in wrong] == [None] * len(wrong)


def test_the_file_holds_no_secret(file: TokenFile, tmp_path: Path) -> None:
    secret = file.add(TOKEN)
    for path in tmp_path.iterdir():
        assert secret.split("_", 2)[2].encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0


def test_a_token_ends_when_it_is_ended_and_when_it_expires(file: TokenFile, clock: Clock) -> None:
    first = file.add(TOKEN)
    file.end("excel", "Dana")
    assert file.token_of(first) is None
    clock.now_ns += 1
    second = file.add(TOKEN)
    assert file.token_of(second) is not None
    clock.now_ns += DAY_NS
    assert file.token_of(second) is None
    listed = file.tokens()
    assert [(each.ended_ns is not None, each.holds(clock.now_ns)) for each in listed] == [(False, False), (True, False)]


def test_a_name_is_held_once_and_what_is_not_there_cannot_end(file: TokenFile, clock: Clock) -> None:
    with pytest.raises(EntryRefused, match="there is no token excel that holds"):
        file.end("excel", "Dana")
    file.add(TOKEN)
    with pytest.raises(EntryRefused, match="there is a token excel already"):
        file.add(TOKEN)
    clock.now_ns += DAY_NS
    with pytest.raises(EntryRefused, match="would have expired"):
        file.add(TOKEN)


def test_who_made_and_ended_a_token_is_recorded_beside_the_changes_of_users(
    file: TokenFile, tmp_path: Path, clock: Clock
) -> None:
    users = AccessFile(tmp_path, clock)
    users.add(User(name="dana", full_name="", roles=(UserRole.VIEWER,)), "blast furnace 3", "root")
    file.add(TOKEN)
    file.end("excel", "dana")
    ended, added, user = users.changes(10)
    assert ended[1:4] == ("dana", "token ended", "excel")
    assert added[1:4] == ("root", "token added", "excel")
    assert "read:figures, read:stops; bf; until 2023-11-15" in added[5]
    assert user[2] == "added"


def test_a_file_of_before_there_were_tokens_takes_them_and_keeps_its_users(tmp_path: Path, clock: Clock) -> None:
    users = AccessFile(tmp_path, clock)
    users.add(User(name="dana", full_name="", roles=(UserRole.VIEWER,)), "blast furnace 3", "root")
    older = apsw.Connection(str(tmp_path / ACCESS.name))
    older.execute("DROP TABLE token; DROP TABLE duty; PRAGMA user_version = 1")
    older.close()
    file = TokenFile(tmp_path, clock)
    assert file.tokens() == []
    assert file.token_of("tundish_00000000_x") is None
    assert users.sign_in("dana", "blast furnace 3") is not None, "it was upgraded by that, and nobody was kept out"
    secret = file.add(TOKEN)
    assert file.token_of(secret) is not None
    assert [user.name for user in users.users()] == ["dana"]
