"""Repairs that are entered at the desk: by who may plan, once, and never over what another entered meanwhile."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from collector.config.load import load
from collector.entries import closing
from collector.entries.entry_desk import LedgerEntryDesk
from collector.entries.entry_file import EntryFile
from collector.entries.repair_desk import DAY_NS, LONG_NS, LedgerRepairDesk
from models.access.desk_actions import ActionRefused
from models.access.entry_desk import TypedCell, TypedSheet
from models.access.user import User, UserRole
from models.stated.entry_sheet import AskedSheet, SheetKind
from models.stated.plan import Repair, RepairKind
from models.works.localize import LANGUAGES

NOW_NS = int(datetime(2026, 10, 16, 9, tzinfo=ZoneInfo("Asia/Almaty")).timestamp()) * 10**9
PLANNER = User(name="planner", full_name="Pavel R.", roles=(UserRole.PLANNER,), shops=("mines",))
REPAIR = Repair(
    name="",
    unit="mine1",
    start_ns=NOW_NS + DAY_NS,
    end_ns=NOW_NS + 3 * DAY_NS,
    kind=RepairKind.CURRENT,
    approved_by="chief engineer",
)


@pytest.fixture
def entries(works: Path) -> EntryFile:
    return EntryFile(load(works), lambda: NOW_NS)


@pytest.fixture
def desk(entries: EntryFile) -> LedgerRepairDesk:
    return LedgerRepairDesk(entries)


def test_a_repair_is_entered_once_moved_and_withdrawn_in_the_name_of_who_does_it(desk: LedgerRepairDesk) -> None:
    assert desk.repairs("mines") == []
    assert [desk.put(PLANNER, REPAIR), desk.put(PLANNER, REPAIR)] == ["R1", "R1"]
    (known,) = desk.repairs("mines")
    assert (known.author, known.approved_by) == ("Pavel R. (planner)", "chief engineer")
    assert desk.put(PLANNER, replace(known, end_ns=known.end_ns + DAY_NS)) == "R1"
    (moved,) = desk.repairs("mines")
    assert moved.end_ns == known.end_ns + DAY_NS
    assert desk.repairs("iron") == []
    desk.withdraw(PLANNER, moved)
    assert desk.repairs("mines") == []


def test_who_saw_an_older_word_is_told_who_changed_it_and_changes_nothing(desk: LedgerRepairDesk) -> None:
    desk.put(PLANNER, REPAIR)
    (seen,) = desk.repairs("mines")
    desk.put(replace(PLANNER, name="other", full_name=""), replace(seen, kind=RepairKind.CAPITAL))
    late = replace(seen, end_ns=seen.end_ns + DAY_NS)
    for act in (lambda: desk.put(PLANNER, late), lambda: desk.withdraw(PLANNER, seen)):
        with pytest.raises(ActionRefused, match="other changed this repair meanwhile") as refused:
            act()
        assert len({refused.value.told(language) for language in LANGUAGES}) == len(LANGUAGES)
    (stands,) = desk.repairs("mines")
    assert (stands.kind, stands.end_ns) == (RepairKind.CAPITAL, seen.end_ns)


@pytest.mark.parametrize(
    ("repair", "why"),
    [
        (replace(REPAIR, end_ns=REPAIR.start_ns), "ends before it begins"),
        (replace(REPAIR, end_ns=REPAIR.start_ns + 2000 * DAY_NS), "over three years"),
        (replace(REPAIR, approved_by=" \u200b\n"), "not said who approved it"),
        (replace(REPAIR, unit="mine9"), "your roles do not allow this"),
        (replace(REPAIR, unit="bf3"), "your roles do not allow this"),
        (replace(REPAIR, name="R7"), "there is no repair R7"),
    ],
)
def test_what_cannot_be_is_refused(desk: LedgerRepairDesk, repair: Repair, why: str) -> None:
    with pytest.raises(ActionRefused, match=why):
        desk.put(PLANNER, repair)
    assert desk.repairs("mines") == []


def test_no_other_role_and_no_planner_of_another_shop_enters_or_takes_one(desk: LedgerRepairDesk) -> None:
    desk.put(PLANNER, REPAIR)
    (known,) = desk.repairs("mines")
    strangers = [User(name="x", full_name="", roles=(role,)) for role in UserRole if role is not UserRole.PLANNER]
    of_iron = replace(PLANNER, shops=("iron",))
    for user in (*strangers, of_iron, replace(PLANNER, disabled=True)):
        for act in (desk.put, desk.withdraw):
            with pytest.raises(ActionRefused, match="your roles do not allow this"):
                act(user, known)
    with pytest.raises(ActionRefused, match="your roles do not allow this"):
        desk.put(of_iron, replace(known, unit="bf3"))
    assert desk.repairs("mines") == [known]


def test_what_is_long_over_or_lies_over_another_is_asked_about(desk: LedgerRepairDesk) -> None:
    desk.put(PLANNER, REPAIR)
    assert desk.unusual(replace(REPAIR, unit="mine2")) == []
    long = replace(REPAIR, end_ns=REPAIR.start_ns + LONG_NS + DAY_NS)
    assert [told("en") for told in desk.unusual(long)] == [
        "it lasts 61 days",
        "the unit is in repair in a part of this time already: R1, entered by Pavel R. (planner)",
    ]
    past = replace(REPAIR, unit="mine2", start_ns=NOW_NS - 2 * DAY_NS, end_ns=NOW_NS - DAY_NS)
    assert [told("en") for told in desk.unusual(past)] == ["it is over already"]


def test_the_repairs_of_a_closed_month_stand(desk: LedgerRepairDesk, entries: EntryFile) -> None:
    clerk = User(name="clerk", full_name="", roles=(UserRole.CLERK,))
    sheet = AskedSheet(SheetKind.SURVEYS, "mines", date(2026, 9, 1).toordinal())
    LedgerEntryDesk(entries).save(clerk, TypedSheet(sheet, "a", (TypedCell("mine1/coal_raw//0", "30000", 0),), "en"))
    closing.close_month(entries, date(2026, 9, 1).toordinal(), "chief", confirm=True)
    september = replace(REPAIR, start_ns=NOW_NS - 30 * DAY_NS, end_ns=NOW_NS - 29 * DAY_NS)
    with pytest.raises(ActionRefused, match="the books of 2026-09 are closed"):
        desk.put(PLANNER, september)
