"""A receipt in words: which lines make the figure, by which rule, who said what, and when it changed."""

from datetime import date

import pytest

from dashboards.web.receipt_view import ReceiptView, receipt_view
from models.books.receipt import BookedElsewhere, FigureReceipt, LineKind, ReceiptLine
from models.counting.increment import EventRevision, IncrementFlag, UncertainGap
from models.counting.tag_gap import TagGap
from models.stated.adjustment import Adjustment
from models.stated.closed_month import MonthClose
from models.stated.figure import Figure
from models.stated.plan import PlanEntry
from models.tables.receipt_document import receipt_document
from models.tables.receipt_record import (
    AskedReceipt,
    ChangeKind,
    CounterRows,
    FigureChange,
    FigureWord,
    ReceiptRecord,
)
from models.works.calendar import HOUR_NS, stamp_ns
from models.works.codes import FigureStatus
from models.works.localize import LANGUAGES, NO_BREAK_SPACE, Language
from models.works.place import ALL, Place
from tests.models.tables.test_hour_rows import ALMATY, PLANT

JUNE = date(2026, 6, 1).toordinal()
START, END = stamp_ns(ALMATY, date(2026, 6, 1)), stamp_ns(ALMATY, date(2026, 6, 2))
BF3, SHOP = Place("unit", "iron", "bf3", "pig_iron"), Place("shop", "iron", ALL, "pig_iron")
WORD = Figure(start_ns=START, end_ns=END, shop="iron", unit="bf3", product="pig_iron", grams=5 * 10**9, key="K7")


def line(kind: LineKind, grams: int | None, **more: object) -> ReceiptLine:
    plain = {"kind": kind, "place": BF3, "start_ns": START, "end_ns": END, "grams": grams}
    return ReceiptLine(**{**plain, **more})  # type: ignore[arg-type]


LINES = (
    line(LineKind.COUNTED, 4_000_000_001),
    line(LineKind.STATED, 5_000_000_000, counted_g=4_900_000_000, figure=WORD),
    line(LineKind.CORRECTED, -500_000_000, correction="A1"),
    line(LineKind.UNKNOWN, None),
)
A1, A2 = (
    Adjustment(
        day=JUNE,
        booked_month=JUNE,
        shop="iron",
        unit="bf3",
        product="pig_iron",
        grams=grams,
        author="Ivanova",
        reason="survey",
        name=name,
        recorded_ns=END,
    )
    for name, grams in (("A1", -500_000_000), ("A2", 7))
)


def record(known_ns: int | None = None, lines: tuple[ReceiptLine, ...] = LINES, **more: object) -> ReceiptRecord:
    known = [item.grams for item in lines if item.grams is not None]
    receipt = FigureReceipt(
        place=SHOP,
        first=JUNE,
        end=JUNE + 1,
        bounds=(START, END),
        grams=sum(known) if known else None,
        whole=False,
        status=FigureStatus.OPERATIONAL,
        completeness=0.875,
        target_g=9_000_000_000,
        lines=lines,
        elsewhere=[BookedElsewhere(correction="A2", grams=7)],
        parts=[(BF3, 8_000_000_000)],
    )
    rows = CounterRows(
        tag="bf3.taps",
        source="plc",
        increments=12,
        readings=345,
        grams=4_000_000_001,
        start_ns=START,
        end_ns=START + HOUR_NS,
        flags=IncrementFlag.BACKFILLED | IncrementFlag.UNCERTAIN,
    )
    filled: dict[str, object] = {
        "counters": {0: [rows]},
        "words": {
            1: [
                FigureWord(grams=None, origin="Petrov: old.xlsx", recorded_ns=START, import_number=None),
                FigureWord(grams=5 * 10**9, origin="Ivanova: new.xlsx", recorded_ns=END, import_number=12),
            ]
        },
        "corrections": {"A1": A1, "A2": A2},
        "closings": [MonthClose(month=JUNE, author="Chief", recorded_ns=END)],
        "plans": [PlanEntry(month=JUNE, shop="iron", unit="bf3", product="pig_iron", grams=10**9, author="Planner")],
        "gaps": [TagGap(UncertainGap("bf3.taps", START, START + HOUR_NS, "reset"), "bf3", "pig_iron", 12.34)],
        "events": [EventRevision("bf3.taps", "bf3", "pig_iron", 2026, "T1", 300_000_000, START + HOUR_NS, 1)],
        "changes": [
            FigureChange(at_ns=START, kind=ChangeKind.COUNTED, who="", grams=4_000_000_001),
            FigureChange(at_ns=END, kind=ChangeKind.STATED, who="Ivanova: new.xlsx", grams=8_500_000_001),
        ],
    }
    return ReceiptRecord(
        asked=AskedReceipt(SHOP, JUNE, JUNE + 1, known_ns),
        plant=PLANT,
        read_ns=END,
        receipt=receipt,
        **{**filled, **more},  # type: ignore[arg-type]
    )


def plain(view: ReceiptView, table: str) -> list[list[str]]:
    (found,) = (each for each in view.tables if each.name == table)
    return [[cell.shown.replace(NO_BREAK_SPACE, " ") for cell in row] for row in found.rows]


def test_the_lines_stand_to_the_gram_with_their_sum_and_say_in_whose_place_a_figure_stands() -> None:
    view = receipt_view(record(), "en")
    lines = plain(view, "lines")
    assert [row[-1] for row in lines] == ["4,000.000001", "5,000.000000", "-500.000000", "no data", "8,500.000001"]
    assert lines[1][1] == "stated, in place of 4,900.000000 t from counters or finer figures"
    assert lines[2][1] == "correction A1"
    assert view.exact.replace(NO_BREAK_SPACE, " ") == "8,500.000001 t"
    assert "Not every day of it is known: this is the sum of what is known." in view.warnings


def test_the_formula_names_each_rule_that_was_applied() -> None:
    words = [said.replace(NO_BREAK_SPACE, " ") for said in receipt_view(record(), "en").words]
    assert words[0] == "The figure is the sum of 4 lines."
    assert words[1].startswith("Counters gave 4,000.000001 t in 1 lines")
    assert "Corrections add -500.000000 t, on top of whatever was counted or stated." in words
    assert "Restated, with each correction in the time that it concerns, it would be 8,500.000008 t." in words


def test_who_said_what_and_from_which_file_stands_with_its_time() -> None:
    view = receipt_view(record(), "ru")
    words = plain(view, "stated_figures")
    assert [row[2:4] for row in words] == [["Petrov: old.xlsx", ""], ["Ivanova: new.xlsx", "12"]]
    assert words[0][-1] == "отозвано"
    assert plain(view, "counters")[0][6] == "рядом с пробелом, из архива источника"
    assert [row[-2] for row in plain(view, "corrections_of_figure")] == ["в цифре", "только в пересчёте"]
    assert plain(view, "parts_of_figure")[-1] == ["не в частях", "500,000001"]
    assert ("Закрытие", "06.2026: закрыт 02.06.2026 00:00:00, Chief") in view.facts


@pytest.mark.parametrize(("known_ns", "chosen"), [(None, 2), (END, 1), (END - 1, 0), (START - 1, 0)])
def test_the_choice_stands_at_the_last_change_by_the_time_that_is_shown(known_ns: int | None, chosen: int) -> None:
    view = receipt_view(record(known_ns), "en")
    assert view.chosen == chosen
    assert [choice.who for choice in view.choices] == ["", "Ivanova: new.xlsx"]
    assert "known=2026-06-01T19%3A00%3A00Z" in view.choices[1].link


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_what_nobody_knows_the_receipt_says_the_next_step(language: Language) -> None:
    view = receipt_view(record(lines=(), changes=(), counters={}, words={}), language)
    assert view.grams is None
    assert "tundish import" in view.warnings[0]


def test_lines_that_do_not_sum_to_the_figure_are_never_hidden() -> None:
    whole = record()
    spoilt = record(lines=LINES[1:], counters={}, words={})
    object.__setattr__(spoilt.receipt, "grams", whole.receipt.grams)
    assert any("do not sum to the figure: 4,000.000001 t" in said for said in receipt_view(spoilt, "en").warnings)
    assert receipt_document(spoilt)["unexplained_grams"] == 4_000_000_001


def test_the_document_holds_the_same_to_the_gram() -> None:
    document = receipt_document(record())
    assert document["grams"] == sum(each["grams"] or 0 for each in document["lines"])
    assert document["lines"][0]["counters"][0]["flags"] == ["uncertain", "backfilled"]
    assert document["lines"][1]["instead_of_grams"] == 4_900_000_000
    assert document["lines"][1]["words"][1]["import"] == 12
    assert document["changes"][1] == {
        "at": "2026-06-01T19:00:00Z",
        "kind": "stated",
        "who": "Ivanova: new.xlsx",
        "grams": 8_500_000_001,
    }
    assert document["gaps"][0]["cause"] == "reset"
