"""The receipt of a figure in one language, as plain values. Every amount is written to the gram. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboards.web.address import month_link, receipt_link
from dashboards.web.month_parts import place_name
from dashboards.web.numbers import with_unit
from dashboards.web.receipt_tables import ReceiptTable, ReceiptTables
from dashboards.web.receipt_words import formula_words
from dashboards.web.texts import text
from models.tables.receipt_record import AskedReceipt, ReceiptRecord
from models.works.localize import Language, localize_day, localize_month
from models.works.month import month_of


@dataclass(frozen=True, slots=True)
class KnownChoice:
    """A time at which the figure changed: how it is said, what the figure was from then on, and its receipt."""

    at: str
    what: str
    who: str
    tonnes: str
    link: str


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """The whole page. `facts`: (what, amount) of the figure. `words`: how it comes about. `chosen`: the number of the
    choice that is shown; behind the last one stands the present."""

    title: str
    span: str
    exact: str
    grams: int | None
    status: str
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    words: tuple[str, ...]
    tables: tuple[ReceiptTable, ...]
    choices: tuple[KnownChoice, ...]
    chosen: int
    more_changes: bool
    now_link: str
    json_link: str
    month_link: str


def receipt_view(record: ReceiptRecord, language: Language) -> ReceiptView:
    """The page of a receipt."""
    page = _Receipt(record, language)
    receipt = record.receipt
    product = record.plant.products.get(receipt.place.product)
    name = receipt.place.product if product is None else product.name(language)
    tables = (
        page.lines(), page.counters(), page.words_of_people(), page.corrections(), page.plans(), page.gaps(),
        page.events(), page.parts(),
    )  # fmt: skip
    choices = tuple(page.choices())
    return ReceiptView(
        title=f"{place_name(record.plant, receipt.place, language)}, {name}",
        span=page.days(),
        exact=page.exact(receipt.grams),
        grams=receipt.grams,
        status=text(f"status_{int(receipt.status)}", language) if receipt.grams is not None else "",
        facts=tuple(page.facts()),
        warnings=tuple(page.warnings()),
        words=tuple(formula_words(record, language)),
        tables=tuple(table for table in tables if table.rows),
        choices=choices,
        chosen=page.chosen(),
        more_changes=record.more_changes,
        now_link=receipt_link(AskedReceipt(receipt.place, receipt.first, receipt.end), language),
        json_link=receipt_link(record.asked, language, "/receipt.json"),
        month_link=month_link(month_of(receipt.first), receipt.place.product, language),
    )


class _Receipt(ReceiptTables):
    """The parts of the page beside its tables."""

    def days(self) -> str:
        receipt = self.record.receipt
        first, last = (localize_day(date.fromordinal(day), self.language) for day in (receipt.first, receipt.end - 1))
        return first if first == last else f"{first} - {last}"

    def facts(self) -> Iterator[tuple[str, str]]:
        receipt = self.record.receipt
        complete = Decimal(str(round(100 * receipt.completeness, 6)))
        yield text("completeness", self.language), with_unit(complete, "%", self.language, 1)
        yield text("target", self.language), self.exact(receipt.target_g)
        if receipt.grams is not None and receipt.target_g is not None:
            shown = self.exact(receipt.grams - receipt.target_g)
            yield text("deviation_to_plan", self.language), f"+{shown}" if receipt.grams > receipt.target_g else shown
        for close in self.record.closings:
            month = localize_month(date.fromordinal(close.month), self.language)
            said = text("closed_by", self.language)
            yield (
                text("closing", self.language),
                said.format(month=month, author=close.author, at=self.at(close.recorded_ns)),
            )

    def warnings(self) -> Iterator[str]:
        receipt = self.record.receipt
        if receipt.grams is None:
            yield text("nothing_known", self.language)
        elif not receipt.whole:
            yield text("not_whole", self.language)
        if receipt.unexplained_g:
            yield text("unexplained", self.language).format(tonnes=self.tonnes(receipt.unexplained_g))

    def choices(self) -> Iterator[KnownChoice]:
        receipt = self.record.receipt
        for change in self.record.changes:
            asked = AskedReceipt(receipt.place, receipt.first, receipt.end, change.at_ns)
            yield KnownChoice(
                at=self.at(change.at_ns),
                what=text(f"change_{change.kind.value}", self.language),
                who=change.who,
                tonnes=self.tonnes(change.grams),
                link=receipt_link(asked, self.language),
            )

    def chosen(self) -> int:
        """The last change by the time that is shown; behind all of them if that is the present."""
        known_ns = self.record.asked.known_ns
        if known_ns is None:
            return len(self.record.changes)
        return max(sum(change.at_ns <= known_ns for change in self.record.changes) - 1, 0)
