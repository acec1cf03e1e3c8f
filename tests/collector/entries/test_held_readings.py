"""What a person decides at the desk about readings that were not believed."""

from pathlib import Path

import pytest

from collector.config.load import load
from collector.entries.desk_actions import DeskEntries
from collector.entries.entry_file import EntryFile
from collector.entries.held_readings import as_number
from collector.errors import EntryRefused
from collector.storage.quarantine import records as quarantine
from collector.storage.quarantine.browser import QuarantineBrowser
from models.access.desk_actions import ActionRefused
from models.access.user import User, UserRole
from models.counting.reading import Rejection
from models.works.codes import Quality, Reason
from tests.collector.service.works_document import COAL, NOON_NS, works_settings

CHIEF = User(name="chief", full_name="Serik A.", roles=(UserRole.SHOP_CHIEF,))


def refused(tag: str, value: str, reason: Reason = Reason.OUT_OF_RANGE) -> Rejection:
    return Rejection("plc", tag, value, NOON_NS, Quality.GOOD, reason, "above high")


@pytest.fixture
def desk(tmp_path: Path) -> DeskEntries:
    """Two readings of a mine's belt were not believed, and a row was refused by the database."""
    works_settings(tmp_path)
    entries = EntryFile(load(tmp_path / "plant.yaml"), lambda: NOON_NS)
    held = [
        refused(COAL, "1e9"),
        refused(COAL, "-5", Reason.RATE_TOO_HIGH),
        refused("output_hour unit=mine1", "{}", Reason.DATABASE_REFUSED),
    ]
    entries.write(lambda connection: quarantine.add(connection, held, NOON_NS))
    return DeskEntries(entries)


def browser(desk: DeskEntries) -> QuarantineBrowser:
    return QuarantineBrowser(desk._entries.settings.data_dir, lambda: NOON_NS)


def test_a_chief_has_one_taken_in_as_another_value_and_the_record_says_who(desk: DeskEntries) -> None:
    desk.replay(CHIEF, "L1", "1 234,5")
    record = browser(desk).shown("L1").record
    assert (record.state, record.replay_value, record.changed_by) == ("replay", "1234.5", "Serik A. (chief)")
    assert [held.name for held in desk.held_readings(settled=False)] == ["L3", "L2"]
    (settled,) = desk.held_readings(settled=True)
    assert (settled.name, settled.corrected) == ("L1", "1234.5")


def test_one_is_taken_in_as_it_came_and_one_is_dropped(desk: DeskEntries) -> None:
    desk.replay(CHIEF, "L1", "")
    desk.drop(CHIEF, "L2")
    assert browser(desk).shown("L1").record.replay_value == "1e9"
    assert browser(desk).shown("L2").record.state == "dropped"


def test_of_two_who_decide_the_second_is_told_who_was_first(desk: DeskEntries) -> None:
    desk.drop(CHIEF, "L1")
    other = User(name="second", full_name="", roles=(UserRole.SHOP_CHIEF,))
    for late in (lambda: desk.replay(other, "L1", "5"), lambda: desk.drop(other, "L1")):
        with pytest.raises(ActionRefused, match=r"L1 was settled meanwhile, by Serik A. \(chief\)"):
            late()
    assert browser(desk).shown("L1").record.state == "dropped"


@pytest.mark.parametrize("role", sorted(set(UserRole) - {UserRole.SHOP_CHIEF}))
def test_what_a_role_does_not_allow_changes_nothing(desk: DeskEntries, role: UserRole) -> None:
    user = User(name="x", full_name="", roles=(role,))
    for act in (lambda: desk.replay(user, "L1", "5"), lambda: desk.drop(user, "L1")):
        with pytest.raises(ActionRefused, match="your roles do not allow this"):
            act()
    assert browser(desk).shown("L1").record.state == "open"


def test_a_chief_of_another_shop_may_not(desk: DeskEntries) -> None:
    elsewhere = User(name="x", full_name="", roles=(UserRole.SHOP_CHIEF,), shops=("elsewhere",))
    with pytest.raises(ActionRefused, match="your roles do not allow this"):
        desk.drop(elsewhere, "L1")


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("L1", "a lot", "'a lot' is no number"),
        ("L1", "1,2,3", "is no number"),
        ("L1", "=1+1", "is no number"),
        ("L1", "nan", "is no number"),
        ("L1", "9" * 400, "is no number"),
        ("L3", "5", "its value is not corrected here"),
        ("L9", "5", "there is no record L9 any more"),
        ("../x", "5", "there is no record"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(desk: DeskEntries, name: str, value: str, why: str) -> None:
    with pytest.raises(ActionRefused, match=why):
        desk.replay(CHIEF, name, value)
    assert len(desk.held_readings(settled=False)) == 3


@pytest.mark.parametrize(
    ("typed", "number"), [("12,5", "12.5"), ("1\u00a0234.5", "1234.5"), ("-3", "-3"), ("1e6", "1e6"), ("007", "007")]
)
def test_a_number_is_read_as_people_type_it(typed: str, number: str) -> None:
    assert as_number(typed) == number


def test_a_word_is_refused_in_each_language() -> None:
    with pytest.raises(EntryRefused) as refusal:
        as_number("много")
    assert "не число" in refusal.value.told("ru")
