"""A receipt of a real ledger adds up to what the reports say, to the gram, also as it was known at an earlier time."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from collector.config.load import load
from collector.entries.report_rows import ReportRow, read_day, read_months
from collector.simulation.plant_config import plant_yaml
from collector.storage.file.sqlite_file import open_reader
from collector.storage.ledger.desk_reader import LedgerDesk
from collector.storage.ledger.schema import LEDGER
from models.books.receipt import LineKind
from models.counting.increment import IncrementFlag
from models.counting.output_plan import OutputPlan
from models.tables.receipt_record import AskedReceipt, ChangeKind, ReceiptRecord
from models.works.month import shifted
from models.works.place import ALL, UNALLOCATED, Place
from tests.support.receipt_works import AUTHOR, COAL, FILE, OCTOBER, REASON, SEPTEMBER, ReceiptWorks

MINE1, MINE2 = Place("unit", "mines", "mine1", COAL), Place("unit", "mines", "mine2", COAL)
SHOP, SITE = Place("shop", "mines", ALL, COAL), Place("site", ALL, ALL, COAL)
DAYS = 12
"""Of October are over."""


class Filled:
    """The works with its October under way."""

    def __init__(self, folder: Path, seed: int) -> None:
        file = folder / "plant.yaml"
        file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
        self.plant = load(file).plant
        self.works = ReceiptWorks(self.plant, folder)
        asyncio.run(self._fill(seed))
        self.now_ns = max(self.works.now_ns, self.works.at(OCTOBER + DAYS, 3))
        self.desk = LedgerDesk(self.plant, folder / LEDGER.name)
        self._path = folder / LEDGER.name

    async def _fill(self, seed: int) -> None:
        await self.works.fill(seed, OCTOBER + DAYS)
        await self.works.close_september(123_456_789_012)
        await self.works.ledger.close()

    def receipt(self, place: Place, first: int, end: int, known_ns: int | None = None) -> ReceiptRecord:
        found = self.desk.receipt(AskedReceipt(place, first, end, known_ns), self.now_ns)
        assert found is not None
        assert found.receipt.unexplained_g == 0, found
        for number, counted in found.counters.items():
            assert sum(item.grams for item in counted) == found.receipt.lines[number].grams, (found, number)
        return found

    def reported(self, kind: str, period: int, known_ns: int | None = None) -> list[ReportRow]:
        with closing(open_reader(self._path)) as connection:
            return list(self._rows(connection, kind, period, known_ns))

    def _rows(self, connection: apsw.Connection, kind: str, period: int, known_ns: int | None) -> list[ReportRow]:
        plan = OutputPlan(self.plant)
        if kind == "day":
            return read_day(connection, plan, period, now_ns=self.now_ns, known_ns=known_ns).rows
        return read_months(connection, plan, period, period, now_ns=self.now_ns, known_ns=known_ns).rows


@pytest.fixture(scope="module", params=range(2))
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    return Filled(tmp_path_factory.mktemp("receipts"), request.param)


def place_of(row: ReportRow) -> Place:
    return Place(str(row["level"]), str(row["shop"]), str(row["unit"]), str(row["product"]))


def agrees(filled: Filled, kind: str, period: int, end: int, known_ns: int | None = None) -> int:
    """How many rows of a report were compared with their receipts."""
    seen = 0
    for row in filled.reported(kind, period, known_ns):
        if row["unit"] == UNALLOCATED:
            continue
        found = filled.receipt(place_of(row), period, end, known_ns).receipt
        assert found.grams == (None if "actual_t" not in row else round(float(row["actual_t"]) * 1e6)), row
        assert int(found.status) == row["status"], row
        assert round(100 * found.completeness, 6) == row["completeness_pct"], row
        target = row.get("target_t")
        assert found.target_g == (None if target is None else round(float(target) * 1e6)), row
        seen += 1
    return seen


def test_every_month_of_the_report_has_a_receipt_that_says_the_same_to_the_gram(filled: Filled) -> None:
    for month in (SEPTEMBER, OCTOBER):
        assert agrees(filled, "month", month, shifted(month, 1)) >= 4


def test_every_day_of_the_report_has_a_receipt_that_says_the_same_to_the_gram(filled: Filled) -> None:
    for day in (SEPTEMBER + 17, OCTOBER, OCTOBER + 2, OCTOBER + 5, OCTOBER + DAYS - 1):
        assert agrees(filled, "day", day, day + 1) >= 3


def test_a_receipt_as_known_on_an_instant_says_what_the_report_said_then(filled: Filled) -> None:
    seen = 0
    for known_ns in filled.works.said_ns[-7::4]:
        seen += agrees(filled, "month", OCTOBER, shifted(OCTOBER, 1), known_ns)
        seen += agrees(filled, "day", OCTOBER + 1, OCTOBER + 2, known_ns)
    assert seen > 10


def test_each_change_is_the_figure_as_it_was_known_from_then_on(filled: Filled) -> None:
    found = filled.receipt(MINE1, OCTOBER, shifted(OCTOBER, 1))
    assert [change.at_ns for change in found.changes] == sorted(change.at_ns for change in found.changes)
    assert found.changes[-1].grams == found.receipt.grams
    for change in found.changes:
        assert filled.receipt(MINE1, OCTOBER, shifted(OCTOBER, 1), change.at_ns).receipt.grams == change.grams
    said = {(change.kind, change.who) for change in found.changes}
    assert (ChangeKind.CORRECTED, AUTHOR) in said
    assert (ChangeKind.COUNTED, "") in said


def test_a_corrected_day_names_its_counter_its_correction_and_the_late_hour(filled: Filled) -> None:
    found = filled.receipt(MINE1, OCTOBER, OCTOBER + 2)
    corrected = [line for line in found.receipt.lines if line.kind is LineKind.CORRECTED]
    assert [line.correction for line in corrected] == ["A1"]
    assert (found.corrections["A1"].author, found.corrections["A1"].reason) == (AUTHOR, REASON)
    counted = [item for items in found.counters.values() for item in items]
    assert {(item.tag, item.source) for item in counted} <= {("mine1.coal_total", "simulated_plc")}
    of_day = filled.receipt(MINE1, OCTOBER, OCTOBER + 1)
    (rows,) = (items for items in of_day.counters.values() if items)
    assert rows[0].flags & IncrementFlag.BACKFILLED
    assert rows[0].start_ns >= of_day.receipt.bounds[0]
    assert rows[0].end_ns <= of_day.receipt.bounds[1]
    assert [gap.gap.cause for gap in of_day.gaps] == ["reset"]


def test_a_figure_over_days_names_its_file_and_every_word_on_it(filled: Filled) -> None:
    found = filled.receipt(MINE2, OCTOBER, shifted(OCTOBER, 1))
    (number,) = (at for at, line in enumerate(found.receipt.lines) if line.grams == 24_500_500_000)
    assert [word.origin for word in found.words[number]] == [f"{AUTHOR}: {FILE}", f"Petrov: {FILE}"]
    assert [word.grams for word in found.words[number]] == [24_000_000_000, 24_500_500_000]


def test_a_signed_month_names_who_signed_it_and_what_was_corrected_since(filled: Filled) -> None:
    found = filled.receipt(SITE, SEPTEMBER, OCTOBER)
    assert [(line.kind, line.grams) for line in found.receipt.lines] == [(LineKind.SIGNED, 123_456_789_017)]
    assert [close.author for close in found.closings] == ["Chief"]
    assert [(item.correction, item.grams) for item in found.receipt.elsewhere] == [("A2", 250_250_000)]
    assert (ChangeKind.SIGNED, "Chief") in {(change.kind, change.who) for change in found.changes}


def test_the_taps_of_a_day_are_listed_and_make_up_nothing_but_their_own_figure(filled: Filled) -> None:
    found = filled.receipt(Place("unit", "blast_furnaces", "bf3", "pig_iron"), OCTOBER, OCTOBER + 1)
    assert [event.key for event in found.events] == [f"T{OCTOBER}"]
    before = filled.works.at(OCTOBER, 2)
    known = filled.desk.receipt(AskedReceipt(found.asked.place, OCTOBER, OCTOBER + 1, before), filled.now_ns)
    assert known is None or not known.events


def test_a_place_that_the_books_do_not_have_has_no_receipt(filled: Filled) -> None:
    nowhere = Place("unit", "mines", "mine9", COAL)
    assert filled.desk.receipt(AskedReceipt(nowhere, OCTOBER, OCTOBER + 1), filled.now_ns) is None
