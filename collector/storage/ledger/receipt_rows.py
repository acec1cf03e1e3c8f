"""The rows of the ledger behind the lines of a receipt. SQL, no threads."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import apsw

from collector.storage.file.sql import rows
from collector.storage.ledger.book_reader import read_as_of
from collector.storage.ledger.days import recorded_until_s
from collector.storage.ledger.statements import EVER
from models.books.book import Book
from models.books.receipt import LineKind, ReceiptLine
from models.counting.increment import IncrementFlag
from models.stated.figure import Figure
from models.tables.receipt_record import CounterRows, FigureWord
from models.works.calendar import NS
from models.works.month import month_of
from models.works.place import ALL
from models.works.plant import Plant

Counted = dict[tuple[str, str, str], CounterRows]
"""By (tag, unit, product) as they were recorded."""


@dataclass
class LineRows:
    """What was counted in the lines of a receipt of `book`; each production day is looked up once for all units."""

    connection: apsw.Connection
    book: Book
    known_ns: int | None
    _found: dict[tuple[int, int, int | None], Counted] = field(default_factory=dict)

    def of(self, line: ReceiptLine) -> list[CounterRows]:
        """The counters of a line, by tag. Of a line of days the rows that lie whole in one of its days."""
        by_tag: dict[str, CounterRows] = {}
        for start_ns, end_ns, known_ns in self._spans(line):
            for key, item in self._counted(start_ns, end_ns, known_ns).items():
                current = self.book.claims.counter(*key)
                if current is None or current[1:] != (line.place.unit, line.place.product):
                    continue
                before = by_tag.get(item.tag)
                source = self._source(current[0])
                by_tag[item.tag] = replace(item if before is None else _added(before, item), source=source)
        return [by_tag[tag] for tag in sorted(by_tag)]

    def _spans(self, line: ReceiptLine) -> Iterable[tuple[int, int, int | None]]:
        """The line cut into production days, each with the instant as of which it is read."""
        if line.kind is LineKind.OVER_DAYS:
            yield line.start_ns, line.end_ns, self.known_ns
            return
        for day in range(self.book.first, self.book.end):
            start_ns, end_ns = self.book.bounds(line.place, day)
            low, high = max(start_ns, line.start_ns), min(end_ns, line.end_ns)
            if low < high:
                yield low, high, read_as_of(self.book.facts, month_of(day), self.known_ns)

    def _counted(self, start_ns: int, end_ns: int, known_ns: int | None) -> Counted:
        key = start_ns, end_ns, known_ns
        if key not in self._found:
            self._found[key] = _counter_rows(self.connection, start_ns // NS, end_ns // NS, known_ns)
        return self._found[key]

    def _source(self, tag: str) -> str:
        return next((item.source for item in self.book.plant.tags if item.name == tag), "")


def figure_words(connection: apsw.Connection, plant: Plant, figure: Figure, known_ns: int | None) -> list[FigureWord]:
    """Every revision of a figure that had been recorded by `known_ns` (None: now), the newest last.

    It may have been recorded under a code that its unit or shop has no more.
    """
    known = EVER if known_ns is None else known_ns
    unit, shop = plant.units.get(figure.unit), plant.shops.get(figure.shop)
    units = {figure.unit, *(unit.renamed_from if unit is not None else ())}
    shops = {figure.shop, *(shop.renamed_from if shop is not None else ())}
    found = []
    for word_unit, word_shop, *word in rows(
        connection,
        "SELECT unit, shop, grams, origin, recorded_ns, import_id FROM figure WHERE recorded_ns <= ? AND product = ? "
        "AND basis = ? AND definition = ? AND key = ? AND (key <> '' OR start_ns = ? AND end_ns = ?) ORDER BY id",
        (known, figure.product, figure.basis, figure.definition, figure.key, figure.start_ns, figure.end_ns),
    ):
        if figure.key or (word_unit in units and (word_unit != ALL or word_shop in shops)):
            grams, origin, recorded_ns, number = word
            found.append(FigureWord(grams=grams, origin=origin, recorded_ns=recorded_ns, import_number=number))
    return found


def _counter_rows(connection: apsw.Connection, start_s: int, end_s: int, known_ns: int | None) -> Counted:
    found: Counted = {}
    for tag, unit, product, first_s, last_s, increments, readings, grams, flags in rows(
        connection,
        "SELECT tag, unit, product, min(start_s), max(end_s), count(*), sum(readings), sum(grams), flags "
        "FROM increment JOIN counter ON counter.id = counter WHERE start_s >= ? AND start_s < ? AND end_s <= ? "
        "AND recorded_s <= ? GROUP BY counter, flags",
        (start_s, end_s, end_s, recorded_until_s(known_ns)),
    ):
        item = CounterRows(
            tag=str(tag),
            source="",
            increments=int(increments),
            readings=int(readings),
            grams=int(grams),
            start_ns=int(first_s) * NS,
            end_ns=int(last_s) * NS,
            flags=IncrementFlag(flags),
        )
        key = str(tag), str(unit), str(product)
        found[key] = _added(found[key], item) if key in found else item
    return found


def _added(one: CounterRows, other: CounterRows) -> CounterRows:
    return replace(
        one,
        increments=one.increments + other.increments,
        readings=one.readings + other.readings,
        grams=one.grams + other.grams,
        start_ns=min(one.start_ns, other.start_ns),
        end_ns=max(one.end_ns, other.end_ns),
        flags=one.flags | other.flags,
    )
