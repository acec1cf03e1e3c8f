"""The tables of a receipt in one language, as plain values: lines, counters, words, corrections, gaps, parts. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dashboards.web.address import receipt_link
from dashboards.web.month_parts import Linked, place_name
from dashboards.web.numbers import local, number, with_unit
from dashboards.web.receipt_words import kind_words
from dashboards.web.texts import text
from models.counting.increment import GRAMS_PER_TONNE, IncrementFlag
from models.tables.receipt_record import AskedReceipt, ReceiptRecord
from models.works.localize import Language, localize_day, localize_month
from models.works.place import ALL

Cells = tuple[Linked, ...]
MOST_LISTED = 400
"""A mill rolls some hundred coils a day, and a year has more lines than anybody reads: so many stand on the page, and
all of them in the JSON."""


@dataclass(frozen=True, slots=True)
class ReceiptTable:
    """A table of the receipt: `name` and `columns` are keys of texts; `numbers` are the columns that hold numbers."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]
    numbers: frozenset[str] = frozenset(("tonnes", "rows", "readings"))
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptTables:
    """One receipt in one language."""

    record: ReceiptRecord
    language: Language

    def exact(self, grams: int | None) -> str:
        """Tonnes to the gram, with their unit."""
        tonnes = None if grams is None else Decimal(grams) / GRAMS_PER_TONNE
        return with_unit(tonnes, text("unit_t", self.language), self.language, 6)

    def tonnes(self, grams: int | None, *, signed: bool = False) -> str:
        """The same in a column of tonnes."""
        shown = number(None if grams is None else Decimal(grams) / GRAMS_PER_TONNE, self.language, 6)
        return f"+{shown}" if signed and grams is not None and grams > 0 else shown

    def at(self, at_ns: int) -> str:
        """An instant on the clocks of the site, to the second."""
        moment = local(at_ns, self.record.plant.zone)
        return f"{localize_day(moment.date(), self.language)} {moment:%H:%M:%S}"

    def span(self, start_ns: int, end_ns: int) -> str:
        """A span on the clocks of the site, to the minute."""
        begin, end = (local(at_ns, self.record.plant.zone) for at_ns in (start_ns, end_ns))
        return (
            f"{localize_day(begin.date(), self.language)} {begin:%H:%M} - "
            f"{localize_day(end.date(), self.language)} {end:%H:%M}"
        )

    def name(self, unit: str) -> str:
        """What people call a unit."""
        units = self.record.plant.units
        return units[unit].name(self.language) if unit in units else unit

    def lines(self) -> ReceiptTable:
        """The lines with their sum."""
        receipt = self.record.receipt
        rows: list[Cells] = [
            (
                Linked(place_name(self.record.plant, line.place, self.language)),
                Linked(kind_words(line, self.language)),
                Linked(self.span(line.start_ns, line.end_ns)),
                Linked(text(f"status_{int(line.status)}", self.language) if line.grams is not None else ""),
                Linked(self.tonnes(line.grams)),
            )
            for line in receipt.lines
        ]
        found = self._listed("lines", ("place", "what", "span", "figure_status", "tonnes"), rows)
        empty = Linked("")
        total = (Linked(text("sum", self.language)), empty, empty, empty, Linked(self.tonnes(receipt.grams)))
        return replace(found, rows=(*found.rows, total)) if rows else found

    def counters(self) -> ReceiptTable:
        """What was counted, counter by counter."""
        plant = self.record.plant
        found = [item for number in sorted(self.record.counters) for item in self.record.counters[number]]
        rows = tuple(
            (
                Linked(plant.source_name(item.source, self.language) if item.source else ""),
                Linked(item.tag),
                Linked(number(item.increments, self.language)),
                Linked(number(item.readings, self.language)),
                Linked(self.at(item.start_ns)),
                Linked(self.at(item.end_ns)),
                Linked(self.flags(item.flags)),
                Linked(self.tonnes(item.grams)),
            )
            for item in found
        )
        columns = ("source", "signal", "rows", "readings", "first_at", "last_at", "remark", "tonnes")
        return self._listed("counters", columns, rows)

    def flags(self, flags: IncrementFlag) -> str:
        """What is remarkable of what was counted."""
        named = [flag for flag in IncrementFlag if flag and flag in flags]
        return ", ".join(text(f"flag_{str(flag.name).lower()}", self.language) for flag in named)

    def words_of_people(self) -> ReceiptTable:
        """Every word on the stated figures."""
        rows = []
        for number_, words in sorted(self.record.words.items()):
            line = self.record.receipt.lines[number_]
            for word in words:
                shown = text("withdrawn", self.language) if word.grams is None else self.tonnes(word.grams)
                rows.append(
                    (
                        Linked(place_name(self.record.plant, line.place, self.language)),
                        Linked(self.span(line.start_ns, line.end_ns)),
                        Linked(word.origin),
                        Linked("" if word.import_number is None else str(word.import_number)),
                        Linked(self.at(word.recorded_ns)),
                        Linked(shown),
                    )
                )
        columns = ("place", "span", "origin", "import_number", "recorded", "tonnes")
        return self._listed("stated_figures", columns, rows)

    def corrections(self) -> ReceiptTable:
        """Those in the figure, and those by which it is restated."""
        inside = {line.correction for line in self.record.receipt.lines}
        rows = tuple(
            (
                Linked(item.name),
                Linked(localize_day(date.fromordinal(item.day), self.language)),
                Linked(localize_month(date.fromordinal(item.booked_month), self.language)),
                Linked(item.author),
                Linked(item.reason),
                Linked(self.at(item.recorded_ns)),
                Linked(text("in_figure" if item.name in inside else "in_restated", self.language)),
                Linked(self.tonnes(item.grams, signed=True)),
            )
            for item in self.record.corrections.values()
        )
        columns = (
            *("event_key", "production_date", "booked_month", "author", "reason", "recorded"),
            *("counts_here", "tonnes"),
        )
        return ReceiptTable("corrections_of_figure", columns, rows)

    def plans(self) -> ReceiptTable:
        """Whose the target is."""
        rows = tuple(
            (
                Linked(localize_month(date.fromordinal(plan.month), self.language)),
                Linked(self.name(plan.unit) if plan.unit != ALL else text("total", self.language)),
                Linked(plan.author),
                Linked(self.at(plan.recorded_ns)),
                Linked(self.tonnes(plan.grams)),
            )
            for plan in self.record.plans
        )
        return ReceiptTable("plan", ("month", "drop_unit", "author", "recorded", "tonnes"), rows)

    def gaps(self) -> ReceiptTable:
        """Where counters say nothing certain."""
        rows = []
        for item in self.record.gaps:
            name = text("any_unit", self.language) if item.unit == ALL else self.name(item.unit)
            most = "" if item.most_t is None else number(Decimal(item.most_t), self.language, 1)
            said = text("at_most", self.language).format(tonnes=most) if most else ""
            rows.append((Linked(name), Linked(self.span(item.gap.start_ns, item.gap.end_ns)), Linked(said)))
        return ReceiptTable("gaps_of_figure", ("drop_unit", "span", "remark"), tuple(rows))

    def events(self) -> ReceiptTable:
        """Heats, taps or coils of a day, the newest first."""
        found = sorted(self.record.events, key=lambda event: -event.end_ns)
        rows = tuple(
            (
                Linked(self.at(event.end_ns)),
                Linked(event.key),
                Linked(self.name(event.unit)),
                Linked(self.tonnes(event.grams)),
            )
            for event in found
        )
        columns = ("event_end", "event_key", "drop_unit", "tonnes")
        return self._listed("events_of_figure", columns, rows)

    def parts(self) -> ReceiptTable:
        """What a total adds, and what none of its parts has."""
        receipt, asked = self.record.receipt, self.record.asked
        rows = [
            (
                Linked(place_name(self.record.plant, part, self.language)),
                Linked(
                    self.tonnes(grams),
                    receipt_link(AskedReceipt(part, receipt.first, receipt.end, asked.known_ns), self.language),
                ),
            )
            for part, grams in receipt.parts
        ]
        rest = (receipt.grams or 0) - sum(grams or 0 for _, grams in receipt.parts)
        if rows and receipt.grams is not None and rest:
            rows.append((Linked(text("no_part_has", self.language)), Linked(self.tonnes(rest))))
        return ReceiptTable("parts_of_figure", ("place", "tonnes"), tuple(rows))

    def _listed(self, name: str, columns: tuple[str, ...], rows: Sequence[Cells]) -> ReceiptTable:
        """The table with as many rows as a page takes."""
        more = text("shown_of", self.language).format(shown=MOST_LISTED, count=len(rows))
        return ReceiptTable(name, columns, tuple(rows[:MOST_LISTED]), remark=more if len(rows) > MOST_LISTED else "")
