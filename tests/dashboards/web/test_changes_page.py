"""The page of who changed what: each act that people do at the desk or on the server, in their own names."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import apsw
import pytest
from playwright.sync_api import Browser, Page

from collector.access.access_file import AccessFile
from collector.access.roster_file import RosterFile
from collector.config.load import load
from collector.entries.changes_desk import RecordedChangesDesk
from collector.entries.entry_file import EntryFile
from collector.sentence import FilledText
from collector.storage.ledger import accidents as ledger_accidents
from collector.storage.ledger import imports, stop_reasons
from collector.storage.ledger import incidents as ledger_incidents
from collector.storage.ledger import measures as ledger_measures
from collector.storage.ledger import milestones as ledger_milestones
from collector.storage.ledger import signatures as ledger_signatures
from collector.storage.ledger import statements as ledger_statements
from collector.storage.quarantine import records as quarantine
from dashboards.web.texts import text
from models.access.recorded_change import ActKind, ChangedField, RecordedChange
from models.access.user import User, UserRole
from models.alerts.incident import AuditEvent, EventKind, Recipient, Role
from models.alerts.roster import DutyChange
from models.counting.reading import Rejection
from models.stated.accident import AccidentWord
from models.stated.adjustment import Adjustment
from models.stated.closed_month import MonthClose, MonthReopening
from models.stated.figure import Figure
from models.stated.measure import MeasureKind, StatedMeasure
from models.stated.milestone_word import MilestoneWord
from models.stated.plan import PlanEntry, Repair, RepairKind
from models.stated.signature import DaySignature
from models.stated.stop_reason import StopPart, StopStatement
from models.works.calendar import stamp_ns
from models.works.codes import FigureStatus, Quality, Reason
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_accessible import violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user
from tests.support.browser import page_of

pytestmark = pytest.mark.long

NS = 10**9
HOSTILE = '<img src=x onerror="document.title=1">& =cmd'
CLERK, CHIEF = "Aigul S. (clerk)", "Serik A. (chief)"
USERS = (
    User(name="clerk", full_name="Aigul S.", roles=(UserRole.CLERK,)),
    User(name="root", full_name="", roles=(UserRole.ADMIN,)),
)


def figure(day: date, grams: int | None, desk: Desk) -> Figure:
    start_ns = stamp_ns(desk.plant.zone, day)
    return Figure(
        start_ns=start_ns,
        end_ns=start_ns + 12 * 3600 * NS,
        shop="mines",
        unit="mine1",
        product="coal_raw",
        grams=grams,
        basis="output",
        status=FigureStatus.OPERATIONAL,
        origin=f"form {HOSTILE}",
    )


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk at which one of each kind was changed, and a figure twice."""
    folder = tmp_path_factory.mktemp("changed")
    access = AccessFile(folder / "data")
    for user in USERS:
        access.add(user, PASSWORD, "test")
    desk = Desk(folder)
    entries, plant = EntryFile(load(folder / "plant.yaml")), desk.plant
    day, month = date(2026, 10, 5), date(2026, 10, 1).toordinal()
    start_ns = stamp_ns(plant.zone, day)

    def state(connection: apsw.Connection) -> None:
        clock_ns = time.time_ns()
        for grams in (5_000_000_000, 5_010_500_000):
            number = imports.begin(connection, imports.FIGURES, "shift.csv", CLERK, 1, clock_ns)
            ledger_statements.add(connection, [figure(day, grams, desk)], [], clock_ns, number)
        imports.end_undone(connection, number, CHIEF, clock_ns)
        place = {"shop": "mines", "unit": "mine1", "product": "coal_raw"}
        ledger_statements.add(
            connection,
            [
                PlanEntry(month=month, grams=90_000_000_000, author=CHIEF, **place),
                Repair(
                    name="R1",
                    unit="bf3",
                    start_ns=start_ns,
                    end_ns=start_ns + 8 * 3600 * NS,
                    kind=RepairKind.CURRENT,
                    approved_by="director",
                    author=CHIEF,
                ),
                Adjustment(
                    day=day.toordinal(),
                    booked_month=month,
                    grams=-12_500_000,
                    author=CHIEF,
                    reason="a wagon twice",
                    name="A1",
                    **place,
                ),
                MonthClose(month=month, author=CHIEF),
                MonthReopening(month=month, author=CHIEF, reason="a late survey"),
            ],
            [],
            clock_ns,
        )
        for reason in ("mechanical", "electrical"):
            parts = (StopPart(start_ns // NS, reason, "tuyere"),)
            stop_reasons.add(connection, StopStatement(0, "bf3", start_ns // NS, parts, CHIEF), clock_ns)
        acts = [AuditEvent(7, EventKind.ACKNOWLEDGED, "looking", CLERK), AuditEvent(7, EventKind.RAISED, "", "")]
        ledger_incidents.add_events(connection, acts, clock_ns)
        tag = plant.tags[0].name
        held = Rejection("simulated_plc", tag, "987", clock_ns, Quality.GOOD, Reason.RATE_TOO_HIGH, "too fast", None)
        quarantine.add(connection, [held], clock_ns)
        connection.execute("UPDATE quarantine SET state = 'dropped', changed_by = ?, changed_ns = ?", (CHIEF, clock_ns))
        signed = DaySignature(
            day=day.toordinal(),
            scope="mines",
            user="chief",
            full_name="Serik A.",
            note="",
            recorded_ns=0,
            lines=(),
            shops=(),
        )
        ledger_signatures.add(connection, signed, clock_ns)
        paid = StatedMeasure(
            subject="mill",
            kind=MeasureKind.PAID,
            start=month,
            end=month + 31,
            value=Decimal("2500.50"),
            growth_pct=None,
            source="Act 17",
            stated_on=month + 40,
            author=CHIEF,
        )
        ledger_measures.add(connection, [paid], clock_ns)
        step = MilestoneWord(
            project="mill",
            milestone="furnace",
            forecast=date(2026, 11, 30).toordinal(),
            fact=None,
            source="Minutes 4",
            stated_on=month + 40,
            author=CHIEF,
        )
        ledger_milestones.add(connection, [step], clock_ns)
        hurt = AccidentWord(
            number="7/2026", at_ns=start_ns, shop="mines", unit="mine1", kind="gas", cause="", victims=2, fatal=1,
            days_lost=None, note=HOSTILE, author=CHIEF,
        )  # fmt: skip
        ledger_accidents.add(connection, [hurt], clock_ns)
        ledger_accidents.add(connection, [replace(hurt, days_lost=4)], clock_ns)
        ledger_measures.add(connection, [replace(paid, value=Decimal(2600), stated_on=month + 41)], clock_ns)

    duty = Recipient(Role.DISPATCHER)
    roster = RosterFile(folder / "data")
    for seen, person in enumerate(("dana", "")):
        roster.enter([DutyChange(duty, start_ns // NS, person, seen)], CHIEF, lambda _: FilledText({}, {}))
    try:
        entries.write(state)
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def newest(desk: Desk, kind: ActKind | None = None, author: str = "") -> list[RecordedChange]:
    reads = RecordedChangesDesk(EntryFile(load(desk.folder / "plant.yaml")), AccessFile(desk.folder / "data"))
    return list(reads.newest(100, kind=kind, author=author, users=True))


def test_each_kind_of_act_is_told_with_its_author_and_what_stood_before(changed: Desk) -> None:
    found = newest(changed)
    assert {change.kind for change in found} == set(ActKind)
    assert [change.recorded_ns for change in found] == sorted((each.recorded_ns for each in found), reverse=True)
    figures = newest(changed, ActKind.FIGURE)
    assert [(each.author, each.before_g, each.after_g) for each in figures] == [
        (CLERK, 5_000_000_000, 5_010_500_000),
        (CLERK, None, 5_000_000_000),
    ]
    (later, _) = newest(changed, ActKind.REASON)
    assert (later.before, later.after, later.note) == ("mechanical", "electrical", "tuyere")
    (alert,) = newest(changed, ActKind.ALERT)
    assert (alert.author, alert.done) == (CLERK, "acknowledged")
    (replaced, _) = newest(changed, ActKind.MEASURE)
    assert replaced.fields == (ChangedField("paid", "2500.50", "2600"),)
    assert (replaced.subject, replaced.note, replaced.done) == ("mill", "Act 17", "holds")
    (step,) = newest(changed, ActKind.MILESTONE)
    assert (step.subject, step.part, step.note) == ("mill", "furnace", "Minutes 4")
    assert step.fields == (ChangedField("forecast", "", "2026-11-30"),)
    (corrected, entered) = newest(changed, ActKind.ACCIDENT)
    assert (corrected.done, corrected.fields) == ("corrected", (ChangedField("days_lost", "", "4"),))
    assert (entered.done, entered.fields) == (
        *("entered", (ChangedField("victims", "", "2"), ChangedField("fatal", "", "1"))),
    )
    (undone,) = newest(changed, ActKind.UNDOING)
    assert (undone.author, undone.before) == (CHIEF, "2")
    assert {change.author for change in newest(changed, author=CLERK)} == {CLERK}
    assert [change.note for change in newest(changed, ActKind.USER)] == ["root", "clerk"]
    emptied, given = newest(changed, ActKind.DUTY)
    assert (given.before, given.after, given.author, given.done) == ("", "dana", CHIEF, "dispatcher")
    assert (emptied.before, emptied.after) == ("dana", "")


def lines(page: Page) -> list[str]:
    return [" | ".join(row.split("\t")) for row in page.inner_text(".changes-page table").splitlines()[1:]]


def test_a_person_finds_what_somebody_changed_and_only_who_manages_users_sees_theirs(
    changed: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        as_user(page, changed, "clerk", "/data")
        page.get_by_role("link", name="Who changed what").click()
        page.wait_for_selector(".changes-page table")
        said = lines(page)
        assert any(
            "Figure" in line and CLERK in line and "5,000.000" in line and "5,010.500" in line and HOSTILE in line
            for line in said
        )
        assert any("Correction: A1" in line and "-12.500" in line.replace("−", "-") for line in said)
        assert any("Reason of a stop" in line and "Mechanical" in line and "Electrical" in line for line in said)
        assert any("Step of a project: holds" in line and "Expected: 30 Nov 2026" in line for line in said)
        assert any("Duty: dispatcher" in line and "dana" in line and "nobody is entered" in line for line in said)
        assert any("Accident: corrected" in line and "Days lost: 4" in line for line in said)
        assert not any(line.startswith("User") or "| User" in line for line in said)
        page.click(f".changes-page td a >> text={CHIEF} >> nth=0")
        page.wait_for_selector(f"text=By {CHIEF} alone.")
        assert all(CHIEF in line for line in lines(page))
        page.get_by_role("link", name="Signature").click()
        page.wait_for_function("document.querySelectorAll('.changes-page tbody tr').length === 1")
        page.goto(f"{changed.url}/changes?kind=user")
        assert not any("added" in line for line in lines(page))
        assert page.title() == "Who changed what - Tundish"
    with page_of(browser) as page:
        as_user(page, changed, "root", "/changes?kind=user")
        assert any("User: added" in line and "clerk" in line for line in lines(page))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, changed: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, changed, "clerk", f"/changes?lang={language}")
        page.wait_for_selector(".changes-page table")
        assert text("changes_title", language) in page.title()
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        assert violations(page) == []
