"""Several people at one ledger in the same second: each has an entry of their own, and nothing is undone twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest

from collector.config.load import load
from collector.entries import corrections, mutes
from collector.entries.entry_file import EntryFile
from collector.entries.plans import put_repair
from collector.errors import EntryRefused
from collector.storage.ledger import statements as ledger_statements
from models.stated.adjustment import Adjustment
from models.stated.plan import Repair, RepairKind
from models.works.calendar import NS
from tests.collector.entries.conftest import Command
from tests.collector.files.forms import csv_file

PEOPLE = 8
DAY_NS = 86_400 * NS


def at_once(works: Path, call: Callable[[EntryFile, int], object]) -> list[object]:
    """What each of them got, or why it was refused."""
    together = Barrier(PEOPLE)

    def person(number: int) -> object:
        entries = EntryFile(load(works))
        together.wait()
        try:
            return call(entries, number)
        except EntryRefused as error:
            return str(error)

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(person, range(PEOPLE)))


def test_repairs_that_are_named_for_people_never_replace_each_other(works: Path) -> None:
    def enter(entries: EntryFile, number: int) -> str:
        start_ns = 1_800_000_000 * NS + number * DAY_NS
        span = {"start_ns": start_ns, "end_ns": start_ns + DAY_NS}
        repair = Repair(name="", unit="bf3", **span, kind=RepairKind.CURRENT, approved_by="A", author="B")
        return put_repair(entries, repair).name

    assert sorted(at_once(works, enter)) == [f"R{number}" for number in range(1, PEOPLE + 1)]
    repairs = EntryFile(load(works)).read(ledger_statements.read).repairs
    assert len({repair.start_ns for repair in repairs}) == PEOPLE


def test_a_name_that_a_person_gave_is_not_given_again(tundish: Command) -> None:
    add = ("repair", "add", "--unit", "bf3", "--approved-by", "Aigul")
    assert tundish(*add, "--name", "R2", "--from", "2027-01-01", "--to", "2027-01-02").code == 0
    assert "R3" in tundish(*add, "--from", "2027-02-01", "--to", "2027-02-02").out
    listed = tundish("repair", "list").out
    assert "R2" in listed
    assert "R3" in listed


def test_a_correction_is_undone_once_whoever_asks_at_once(works: Path, tundish: Command, tmp_path: Path) -> None:
    figures = "start,end,unit,product,tonnes\n2026-08-01,2026-09-01,bf3,pig_iron,150000\n"
    assert tundish("import", csv_file(tmp_path, figures)).code == 0
    day = date(2026, 8, 31).toordinal()
    wanted = Adjustment(
        day=day, booked_month=0, shop="iron", unit="bf3", product="pig_iron", grams=-(10**9), author="A", reason="r"
    )
    assert corrections.correct(EntryFile(load(works)), wanted, None).adjustment.name == "A1"
    found = at_once(works, lambda entries, number: corrections.undo(entries, "A1", f"person {number}", "slip"))
    assert sum("undone already" in str(said) for said in found) == PEOPLE - 1
    adjustments = EntryFile(load(works)).read(ledger_statements.read).adjustments
    assert [item.grams for item in adjustments] == [-(10**9), 10**9]


def test_a_mute_is_ended_once(works: Path, tundish: Command) -> None:
    assert tundish("repair", "add", "--unit", "bf3", "--approved-by", "A", "--from", "2027-01-01", "--to", "2027-01-02")
    entries = EntryFile(load(works))
    mutes.mute_unit(entries, "bf3", 4_000_000_000, by="Aigul", reason="trial")
    found = at_once(works, lambda entries, number: mutes.unmute_unit(entries, "bf3", by=f"person {number}"))
    assert sum(said is None for said in found) == 1
    assert sum("is not muted" in str(said) for said in found) == PEOPLE - 1
    with pytest.raises(EntryRefused, match="not muted"):
        mutes.unmute_unit(entries, "bf3", by="Aigul")
