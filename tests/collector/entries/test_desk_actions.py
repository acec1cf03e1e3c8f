"""What people do at the desk: each action asked as every role, and as somebody of another shop."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collector.config.load import load
from collector.entries.desk_actions import LONGEST, DeskEntries
from collector.entries.entry_file import EntryFile
from models.access.desk_actions import ActionRefused
from models.access.user import Right, User, UserRole
from models.works.localize import LANGUAGES
from tests.collector.entries.beside import STOP, Beside
from tests.collector.service.works_document import NOON_NS

Command = Callable[..., Any]
ACTIONS: dict[str, Callable[[DeskEntries, User], None]] = {
    "acknowledge": lambda desk, user: desk.acknowledge(user, 1, "looking"),
    "mute": lambda desk, user: desk.mute(user, 1, 8, "known"),
    "unmute": lambda desk, user: desk.unmute(user, 1),
}
ALLOWED = {UserRole.DISPATCHER, UserRole.SHOP_CHIEF, UserRole.DIRECTOR}


async def desk_beside(folder: Path, tundish: Command) -> DeskEntries:
    """A desk over one open incident at BF 3."""
    beside = Beside(folder, tundish)
    await beside.alerting.update([STOP], NOON_NS)
    await beside.ledger.close()
    return DeskEntries(EntryFile(load(folder / "plant.yaml"), lambda: NOON_NS + 10**9))


def audit(desk: DeskEntries) -> list[str]:
    (record,) = desk.incidents(ended=False)
    return [f"{item.event.kind.value} {item.event.author} {item.event.detail}" for item in record.events]


@pytest.mark.parametrize("action", ACTIONS)
async def test_what_a_role_does_not_allow_changes_nothing(tmp_path: Path, tundish: Command, action: str) -> None:
    desk = await desk_beside(tmp_path, tundish)
    before = audit(desk)
    for role in set(UserRole) - ALLOWED:
        with pytest.raises(ActionRefused, match="your roles do not allow this"):
            ACTIONS[action](desk, User(name="x", full_name="", roles=(role,)))
    for user in (
        User(name="x", full_name="", roles=(UserRole.DISPATCHER,), shops=("elsewhere",)),
        User(name="x", full_name="", roles=(UserRole.DISPATCHER,), disabled=True),
        User(name="x", full_name="", roles=()),
    ):
        with pytest.raises(ActionRefused, match="your roles do not allow this"):
            ACTIONS[action](desk, user)
    assert audit(desk) == before


@pytest.mark.parametrize("role", sorted(ALLOWED))
async def test_who_may_act_is_recorded_by_name(tmp_path: Path, tundish: Command, role: UserRole) -> None:
    desk = await desk_beside(tmp_path, tundish)
    user = User(name="d.a", full_name="Dana A.", roles=(role,))
    for act in ACTIONS.values():
        act(desk, user)
    assert [line.split(" Dana A. (d.a)")[0] for line in audit(desk)[-3:]] == ["acknowledged", "muted", "unmuted"]


async def test_words_of_any_length_and_any_signs_become_one_line(tmp_path: Path, tundish: Command) -> None:
    desk = await desk_beside(tmp_path, tundish)
    user = User(name="d", full_name="", roles=(UserRole.DISPATCHER,))
    desk.acknowledge(user, 1, "a\nb\x1b[31m\u202ec" + "x" * 10_000)
    note = audit(desk)[-1].partition(" d ")[2]
    assert note.startswith("a b [31m c")
    assert len(note) == LONGEST
    assert note.isprintable()


async def test_a_refusal_is_told_in_each_language(tmp_path: Path, tundish: Command) -> None:
    desk = await desk_beside(tmp_path, tundish)
    user = User(name="d", full_name="", roles=(UserRole.DISPATCHER,))
    for action, number in (("acknowledge", 99), ("mute", 1)):
        with pytest.raises(ActionRefused) as refused:
            desk.acknowledge(user, number, "") if action == "acknowledge" else desk.mute(user, number, 8, " ")
        assert len({refused.value.told(language) for language in LANGUAGES}) == len(LANGUAGES)


async def test_a_mute_needs_a_reason_that_can_be_read(tmp_path: Path, tundish: Command) -> None:
    desk = await desk_beside(tmp_path, tundish)
    user = User(name="d", full_name="", roles=(UserRole.DISPATCHER,))
    before = audit(desk)
    for reason in ("", " ", "\u202e", "\u200b\x00\n"):
        with pytest.raises(ActionRefused, match="reason"):
            desk.mute(user, 1, 8, reason)
    assert audit(desk) == before


def test_every_right_belongs_to_a_role() -> None:
    everything = User(name="x", full_name="", roles=tuple(UserRole))
    assert all(everything.may(right) for right in Right)
