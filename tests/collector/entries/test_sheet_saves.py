"""Figures that are typed into a sheet of the desk: looked at, stored once and whole, and taken back."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
import yaml

from collector.config.load import load
from collector.entries import closing
from collector.entries.entry_desk import LedgerEntryDesk
from collector.entries.entry_file import EntryFile
from models.access.desk_actions import ActionRefused
from models.access.entry_desk import CheckedSheet, TypedCell, TypedSheet
from models.access.user import User, UserRole
from models.stated.entry_sheet import AskedSheet, SheetKind
from models.works.localize import LANGUAGES
from tests.collector.entries.conftest import Command

ZONE = ZoneInfo("Asia/Almaty")
DAY = date(2026, 10, 15).toordinal()
NOW_NS = int(datetime(2026, 10, 16, 9, tzinfo=ZONE).timestamp()) * 10**9
SHEET = AskedSheet(SheetKind.SHIFTS, "mines", DAY)
FIRST, SECOND = "mine1/coal_raw//0", "mine1/coal_raw//1"
CLERK = User(name="clerk", full_name="Aigul S.", roles=(UserRole.CLERK,), shops=("mines",))
OTHER = User(name="other", full_name="Oleg P.", roles=(UserRole.CLERK,), shops=("mines",))


class AtTheDesk(NamedTuple):
    """The desk, and the time that passes."""

    desk: LedgerEntryDesk
    entries: EntryFile
    clock: list[int]


@pytest.fixture
def at(works: Path) -> AtTheDesk:
    clock = [NOW_NS]

    def now_ns() -> int:
        clock[0] += 10**9
        return clock[0]

    entries = EntryFile(load(works), now_ns)
    return AtTheDesk(LedgerEntryDesk(entries), entries, clock)


def typed(request: str, *cells: tuple[str, str, int], sheet: AskedSheet = SHEET, note: str = "") -> TypedSheet:
    return TypedSheet(sheet, request, tuple(TypedCell(*cell) for cell in cells), "en", note)


def standing(at: AtTheDesk, sheet: AskedSheet = SHEET) -> dict[str, float]:
    """Tonnes by cell."""
    return {
        cell.id: (cell.standing.grams or 0) / 1e6
        for row in at.desk.sheet(sheet).rows
        for cell in row.cells
        if cell.standing is not None
    }


def version(at: AtTheDesk, cell: str) -> int:
    return next(each.version for row in at.desk.sheet(SHEET).rows for each in row.cells if each.id == cell)


def why(checked: CheckedSheet) -> list[str]:
    return [told("en") for change in checked.changes for told in change.unusual]


def test_a_sheet_has_the_units_and_shifts_of_its_shop_before_anything_was_ever_stored(at: AtTheDesk) -> None:
    rows = at.desk.sheet(SHEET).rows
    assert [(row.line.unit, row.line.product, len(row.cells)) for row in rows] == [
        ("mine1", "coal_raw", 2),
        ("mine2", "coal_raw", 2),
    ]
    assert rows[0].target == 1000 * 10**6


def test_figures_are_stored_with_their_author_and_note_and_stand_then(at: AtTheDesk) -> None:
    number = at.desk.save(CLERK, typed("a", (FIRST, "512.5", 0), (SECOND, "498", 0), note="belt 2\n<b> =cmd"))
    assert standing(at) == {FIRST: 512.5, SECOND: 498.0}
    (save,) = at.desk.saves(SHEET)
    assert (save.number, save.author, save.count) == (number, "Aigul S. (clerk)", 2)
    assert save.figures[0].origin == "Aigul S. (clerk): belt 2 <b> =cmd"
    assert at.desk.saves(replace(SHEET, shop="iron")) == []


def test_the_same_request_is_accepted_once(at: AtTheDesk) -> None:
    sent = typed("a", (FIRST, "512", 0))
    first = at.desk.save(CLERK, sent)
    assert at.desk.save(CLERK, sent) == first
    assert at.desk.check(CLERK, sent).accepted == first
    assert len(at.desk.saves(SHEET)) == 1
    for other in (typed("a", (FIRST, "513", 0)), typed("a", (SECOND, "512", 0))):
        with pytest.raises(ActionRefused, match="has stored something else"):
            at.desk.save(CLERK, other)
    with pytest.raises(ActionRefused, match="has stored something else"):
        at.desk.save(OTHER, sent)


def test_of_two_on_one_figure_the_second_is_told_what_the_first_wrote(at: AtTheDesk) -> None:
    at.desk.save(CLERK, typed("a", (FIRST, "512", 0)))
    late = typed("b", (FIRST, "498", 0))
    (change,) = at.desk.check(OTHER, late).changes
    assert change.meanwhile
    assert change.old is not None
    assert (change.old.origin, change.old.grams) == ("Aigul S. (clerk)", 512 * 10**6)
    with pytest.raises(ActionRefused, match=r"Aigul S. \(clerk\) stated mines/mine1 .* 512.000 t meanwhile"):
        at.desk.save(OTHER, late)
    assert standing(at) == {FIRST: 512.0}
    at.desk.save(OTHER, typed("b", (FIRST, "498", change.version)))
    assert standing(at) == {FIRST: 498.0}


def test_a_clock_that_was_set_back_hides_nothing_that_was_said_meanwhile(at: AtTheDesk) -> None:
    at.desk.save(CLERK, typed("a", (FIRST, "512", 0)))
    seen = version(at, FIRST)
    at.clock[0] -= 3600 * 10**9
    undone = at.desk.save(CLERK, typed("b", (FIRST, "513", seen)))
    at.desk.undo(CLERK, undone)
    (change,) = at.desk.check(OTHER, typed("c", (FIRST, "498", seen))).changes
    assert change.meanwhile


def test_who_typed_what_another_has_stated_already_changes_nothing(at: AtTheDesk) -> None:
    at.desk.save(CLERK, typed("a", (FIRST, "512", 0)))
    again = typed("b", (FIRST, "512.000", 0))
    assert at.desk.check(OTHER, again) == CheckedSheet()
    with pytest.raises(ActionRefused, match="stands already"):
        at.desk.save(OTHER, again)


def test_one_bad_cell_keeps_all_others_from_being_stored(at: AtTheDesk) -> None:
    sent = typed("a", (FIRST, "512", 0), (SECOND, "5l2", 0), ("mine9/coal_raw//0", "1", 0), ("x", "1", 0))
    assert [fault.cell for fault in at.desk.check(CLERK, sent).faults] == [SECOND, "mine9/coal_raw//0", "x"]
    with pytest.raises(ActionRefused, match="nothing was stored") as refused:
        at.desk.save(CLERK, sent)
    assert len({refused.value.told(language) for language in LANGUAGES}) == len(LANGUAGES)
    assert standing(at) == {}


def test_a_shift_that_has_not_begun_is_refused_and_one_that_runs_is_asked_about(at: AtTheDesk) -> None:
    today = replace(SHEET, day=DAY + 1)
    running = at.desk.check(CLERK, typed("a", (FIRST, "100", 0), sheet=today))
    assert why(running) == ["its time is not over yet"]
    (fault,) = at.desk.check(CLERK, typed("a", (SECOND, "100", 0), sheet=today)).faults
    assert "has not begun" in fault.told("en")


def test_what_is_unusual_beside_the_last_shifts_is_asked_about_and_may_be_stored(at: AtTheDesk) -> None:
    for back, tonnes in enumerate(("500", "510", "480"), 1):
        sheet = replace(SHEET, day=DAY - back)
        at.desk.save(CLERK, typed(f"d{back}", (FIRST, tonnes, 0), (SECOND, "505", 0), sheet=sheet))
    asked = at.desk.check(CLERK, typed("a", (FIRST, "5050", 0), (SECOND, "470", 0)))
    told = why(asked)
    assert "10.0 times the usual 505 t" in told[0]
    assert "less than each of the last 6, which were 480 to 510 t" in told[1]
    row = at.desk.sheet(SHEET).rows[0]
    assert row.before == (500 * 10**6, 505 * 10**6)
    assert row.usual is not None
    at.desk.save(CLERK, typed("a", (FIRST, "5050", 0)))
    assert standing(at) == {FIRST: 5050.0}


def test_the_first_shift_that_anybody_states_is_asked_about_beside_its_share_of_the_target(at: AtTheDesk) -> None:
    day_t = at.entries.settings.plant.units["mine1"].daily_target_t["coal_raw"]
    told = why(at.desk.check(CLERK, typed("a", (FIRST, f"{day_t * 8:.0f}", 0))))
    assert "10 times" in told[0]
    assert why(at.desk.check(CLERK, typed("b", (FIRST, f"{day_t:.0f}", 0)))) == []


def test_a_figure_is_withdrawn_by_emptying_its_cell(at: AtTheDesk) -> None:
    at.desk.save(CLERK, typed("a", (FIRST, "512", 0)))
    at.desk.save(CLERK, typed("b", (FIRST, "", version(at, FIRST))))
    assert standing(at) == {}
    assert version(at, FIRST) > 0


def test_an_undo_puts_back_what_stood_and_both_stay_on_record(at: AtTheDesk) -> None:
    at.desk.save(CLERK, typed("a", (FIRST, "512", 0)))
    second = at.desk.save(CLERK, typed("b", (FIRST, "498", version(at, FIRST)), (SECOND, "7", 0)))
    assert at.desk.undo(OTHER, second) == 0
    assert standing(at) == {FIRST: 512.0}
    assert [save.undone_by for save in at.desk.saves(SHEET)] == ["Oleg P. (other)", ""]
    with pytest.raises(ActionRefused, match="undone already"):
        at.desk.undo(CLERK, second)


def test_a_clerk_of_one_shop_and_who_is_no_clerk_state_and_undo_nothing(at: AtTheDesk) -> None:
    number = at.desk.save(CLERK, typed("a", (FIRST, "512", 0)))
    strangers = [replace(CLERK, shops=("iron",)), replace(CLERK, disabled=True)]
    strangers += [User(name="x", full_name="", roles=(role,)) for role in UserRole if role not in (
        UserRole.CLERK, UserRole.SHOP_CHIEF)]  # fmt: skip
    for user in strangers:
        sent = typed("b", (SECOND, "1", 0))
        for act in (lambda: at.desk.check(user, sent), lambda: at.desk.save(user, sent)):  # noqa: B023
            with pytest.raises(ActionRefused, match="your roles do not allow this"):
                act()
        with pytest.raises(ActionRefused, match="your roles do not allow this"):
            at.desk.undo(user, number)
    with pytest.raises(ActionRefused, match="your roles do not allow this"):
        at.desk.save(CLERK, typed("b", (FIRST, "1", 0), sheet=replace(SHEET, shop="nowhere")))
    assert standing(at) == {FIRST: 512.0}


PLANNER = User(name="planner", full_name="", roles=(UserRole.PLANNER,), shops=("mines",))
NEXT_MONTH = AskedSheet(SheetKind.PLANS, "mines", date(2026, 11, 1).toordinal())
PLAN, OF_SHOP = "mine1/coal_raw/planned/0", "all/coal_raw/planned/0"


def test_a_planner_plans_a_month_to_come_and_takes_it_back(at: AtTheDesk, tundish: Command) -> None:
    rows = [(row.line.unit, row.line.product) for row in at.desk.sheet(NEXT_MONTH).rows]
    assert rows == [("mine1", "coal_raw"), ("mine2", "coal_raw"), ("all", "coal_raw")]
    number = at.desk.save(PLANNER, typed("a", (PLAN, "31 000", 0), sheet=NEXT_MONTH))
    assert at.desk.save(PLANNER, typed("a", (PLAN, "31 000", 0), sheet=NEXT_MONTH)) == number
    assert standing(at, NEXT_MONTH) == {PLAN: 31_000.0}
    assert "31,000" in tundish("plan", "show").out
    (save,) = at.desk.saves(NEXT_MONTH)
    assert (save.author, save.figures[0].grams) == ("planner", 31_000 * 10**6)
    for clerk in (CLERK, replace(CLERK, shops=())):
        with pytest.raises(ActionRefused, match="your roles do not allow this"):
            at.desk.undo(clerk, number)
    at.desk.undo(PLANNER, number)
    assert standing(at, NEXT_MONTH) == {}


def test_a_plan_far_off_the_usual_is_asked_about_and_a_total_beside_its_parts_is_remarked(at: AtTheDesk) -> None:
    asked = at.desk.check(PLANNER, typed("a", (PLAN, "310000", 0), (OF_SHOP, "50000", 0), sheet=NEXT_MONTH))
    assert "10 times or more away from the usual 30,000" in why(asked)[0]
    at.desk.save(PLANNER, typed("b", (PLAN, "30000", 0), ("mine2/coal_raw/planned/0", "20", 0), sheet=NEXT_MONTH))
    (remark,) = at.desk.check(PLANNER, typed("c", (OF_SHOP, "50000", 0), sheet=NEXT_MONTH)).remarks
    assert "is not what its parts come to: 30,020" in remark("en")


def test_figures_are_no_matter_of_planners_nor_plans_one_of_clerks(at: AtTheDesk) -> None:
    with pytest.raises(ActionRefused, match="your roles do not allow this"):
        at.desk.save(PLANNER, typed("a", (FIRST, "1", 0)))
    with pytest.raises(ActionRefused, match="your roles do not allow this"):
        at.desk.save(CLERK, typed("a", (PLAN, "1", 0), sheet=NEXT_MONTH))
    assert (standing(at), standing(at, NEXT_MONTH)) == ({}, {})


def test_a_closed_month_takes_no_figure(at: AtTheDesk) -> None:
    september = replace(SHEET, day=date(2026, 9, 30).toordinal())
    at.desk.save(CLERK, typed("a", (FIRST, "512", 0), sheet=september))
    closing.close_month(at.entries, date(2026, 9, 1).toordinal(), "chief", confirm=True)
    assert at.desk.sheet(september).closed
    (fault,) = at.desk.check(CLERK, typed("b", (SECOND, "1", 0), sheet=september)).faults
    assert "the books of 2026-09 are closed" in fault.told("en")
    with pytest.raises(ActionRefused, match="are closed"):
        at.desk.save(CLERK, typed("b", (SECOND, "1", 0), sheet=september))


def test_a_survey_far_from_what_the_books_have_is_asked_about(at: AtTheDesk) -> None:
    survey = AskedSheet(SheetKind.SURVEYS, "mines", date(2026, 9, 1).toordinal())
    cell = "mine1/coal_raw//0"
    for back in range(1, 31):
        sheet = replace(SHEET, day=date(2026, 9, back).toordinal())
        at.desk.save(CLERK, typed(f"d{back}", (FIRST, "500", 0), (SECOND, "500", 0), sheet=sheet))
    asked = at.desk.check(CLERK, typed("s", (cell, "33000", 0), sheet=survey))
    assert why(asked) == ["10.0 % away from what the books have (30,000 t), over 3 %"]
    assert "60" in asked.remarks[0]("en")
    at.desk.save(CLERK, typed("s", (cell, "30500", 0), sheet=survey))
    assert standing(at, survey) == {cell: 30_500.0}


def test_a_stock_lies_at_the_end_of_the_day(at: AtTheDesk, works: Path) -> None:
    document = yaml.safe_load(works.read_text(encoding="utf-8"))
    document["balance"] = [
        {
            "node": "coal_yard",
            "inputs": [{"product": "coal_raw", "at": ["mine1"]}],
            "outputs": [{"product": "pig_iron", "at": ["bf3"]}],
            "stock": [{"product": "coal_raw", "shop": "mines"}],
        }
    ]
    works.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    desk = LedgerEntryDesk(EntryFile(load(works), lambda: at.clock[0]))
    sheet = AskedSheet(SheetKind.STOCKS, "mines", DAY)
    cells = {"all/coal_raw/stock/0": "12000", "all/coal_raw/received/0": "30", "all/coal_raw/shipped/0": "0"}
    desk.save(CLERK, typed("a", *((cell, tonnes, 0) for cell, tonnes in cells.items()), sheet=sheet))
    stock = desk.sheet(sheet).rows[0].cells[0].standing
    assert stock is not None
    assert stock.start_ns == stock.end_ns == int(datetime(2026, 10, 16, 8, tzinfo=ZONE).timestamp()) * 10**9
