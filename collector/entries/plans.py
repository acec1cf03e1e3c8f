"""Plans and repairs into the ledger, each revision kept with author and time."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import apsw

from collector.entries import spans
from collector.entries.entry_file import EntryFile
from collector.entries.entry_texts import entry_text
from collector.entries.figure_text import ToldPlace, ToldProduct
from collector.entries.figures import ImportChoice, Imported, Replacement, refuse_or_keep
from collector.entries.plan_sums import PlansBefore, plan_remarks, plan_sums, unusual_plans
from collector.entries.sheet_texts import sheet_text
from collector.errors import EntryRefused
from collector.files.refusal import FileRefusal, RefusalCode
from collector.files.result import FileResult, RowRejection
from collector.sentence import NamedMonth
from collector.storage.ledger import book_reader, imports
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.changes import after_all
from models.stated.facts import Facts, newest_by, plan_identity
from models.stated.plan import PlanEntry, Repair
from models.works.calendar import local_date
from models.works.month import month_of, months_between, shifted
from models.works.plant import Plant


def import_plans(entries: EntryFile, result: FileResult[PlanEntry], file: str, choice: ImportChoice) -> Imported:
    """Post the plans of a file as an import with a number.

    Raises ImportRefused if a row is refused and nobody chose to keep the good ones.
    """

    def post(connection: apsw.Connection) -> Imported:
        return post_plans(connection, entries, result, file, choice)

    return entries.try_out(post) if choice.dry_run else entries.write(post)


def post_plans(
    connection: apsw.Connection, entries: EntryFile, result: FileResult[PlanEntry], file: str, choice: ImportChoice
) -> Imported:
    """The same in a transaction that was begun."""
    facts = ledger_statements.read(connection, span_ns=None)
    plans = [located.entry for located in result.entries]
    before = plans_before(connection, entries, facts, plans)
    reasons = {
        index: FileRefusal(RefusalCode.PLAN_OF_CLOSED_MONTH, {"month": NamedMonth(plan.month)})
        for index, plan in enumerate(plans)
        if plan.month in facts.closed_months
    }
    if before is not None and not choice.confirm:
        reasons = unusual_plans(before, plans) | reasons
    good = [plan for index, plan in enumerate(plans) if index not in reasons]
    ours = ((result.entries[index], reason) for index, reason in reasons.items())
    rejections = [
        *result.rejections,
        *(RowRejection(file, located.sheet, located.row, reason) for located, reason in ours),
    ]
    rejections.sort(key=lambda item: (item.sheet, item.row))
    refuse_or_keep(rejections, len(good), file, keep_good=choice.keep_good)
    stored = {plan_identity(plan): plan for plan in facts.plans}
    posted = _changed(facts, good)
    replaced = [Replacement(stored[plan_identity(plan)], plan) for plan in posted if plan_identity(plan) in stored]
    number, clock_ns = None, after_all(connection, entries.clock_ns())
    if posted:
        dirty = [spans.of_plan(entries.plant, plan) for plan in posted]
        number = imports.begin(connection, imports.PLANS, file, choice.author, len(posted), clock_ns)
        ledger_statements.add(connection, posted, dirty, clock_ns, number)
    sums = plan_sums(before, good) if before is not None else []
    told = plan_remarks(before, good) if before is not None else []
    return Imported(number, len(posted) - len(replaced), len(good) - len(posted), replaced, rejections, sums, told)


def plans_before(
    connection: apsw.Connection, entries: EntryFile, facts: Facts, plans: Sequence[PlanEntry]
) -> PlansBefore | None:
    """What is known beside these plans; None if there are none."""
    if not plans:
        return None
    first = min(plan.month for plan in plans)
    days = shifted(first, -1), first
    return PlansBefore(facts, book_reader.read_span(connection, entries.plan, days, now_ns=entries.clock_ns()))


def withdraw_plan(entries: EntryFile, plan: PlanEntry) -> None:
    """Take a plan back: its targets go. Raises EntryRefused if there is none."""

    def post(connection: apsw.Connection) -> None:
        facts = ledger_statements.read(connection, span_ns=None)
        if plan.month in facts.closed_months:
            raise EntryRefused(entry_text("plan_stands", month=NamedMonth(plan.month)))
        if plan_identity(plan) not in {plan_identity(known) for known in facts.plans}:
            month, product = NamedMonth(plan.month), ToldProduct(entries.plant, plan.product)
            place = ToldPlace(entries.plant, plan.shop, plan.unit)
            raise EntryRefused(entry_text("no_plan", product=product, place=place, month=month))
        withdrawn = replace(plan, grams=None)
        ledger_statements.add(connection, [withdrawn], [spans.of_plan(entries.plant, plan)], entries.clock_ns())

    entries.write(post)


def put_repair(entries: EntryFile, repair: Repair) -> Repair:
    """Enter a repair, or replace the one of the same name; without a name it is given one. Raises EntryRefused."""

    def post(connection: apsw.Connection) -> Repair:
        facts = ledger_statements.read(connection, span_ns=None)
        # The name is taken in the transaction that stores it: of two people at once, one replaced the other's repair.
        named = replace(repair, name=repair.name or _next_repair_name(facts))
        former = [item for item in facts.repairs if item.name == named.name]
        _put_repair(entries, connection, facts, named, [named, *former])
        return named

    return entries.write(post)


def withdraw_repair(entries: EntryFile, name: str, author: str) -> None:
    """Take a repair back: its time counts as available again. Raises EntryRefused."""

    def post(connection: apsw.Connection) -> None:
        facts = ledger_statements.read(connection, span_ns=None)
        known = {item.name: item for item in facts.repairs}
        if name not in known:
            raise EntryRefused(entry_text("no_repair", name=name))
        withdrawn = replace(known[name], withdrawn=True, author=author)
        _put_repair(entries, connection, facts, withdrawn, [withdrawn])

    entries.write(post)


def enter_repair(entries: EntryFile, repair: Repair) -> Repair:
    """Enter, move or withdraw a repair as somebody saw it: its `recorded_ns` is that of the word which was seen, 0 for
    a new repair. What stands already is not entered again.

    Raises EntryRefused: it is gone or was changed meanwhile, or a month is closed.
    """

    def post(connection: apsw.Connection) -> Repair:
        facts = ledger_statements.read(connection, span_ns=None)
        same = next((item for item in facts.repairs if not repair.withdrawn and _is_same_repair(item, repair)), None)
        if same is not None:
            return same
        former = [item for item in facts.repairs if item.name == repair.name]
        if repair.name and not former:
            raise EntryRefused(entry_text("no_repair", name=repair.name))
        if former and former[0].recorded_ns != repair.recorded_ns:
            raise EntryRefused(sheet_text("repair_meanwhile", name=former[0].author))
        named = replace(repair, name=repair.name or _next_repair_name(facts), recorded_ns=0)
        _put_repair(entries, connection, facts, named, [named, *former])
        return named

    return entries.write(post)


def _is_same_repair(one: Repair, other: Repair) -> bool:
    fields = ("unit", "start_ns", "end_ns", "kind", "approved_by")
    return other.name in ("", one.name) and all(getattr(one, name) == getattr(other, name) for name in fields)


def _put_repair(
    entries: EntryFile, connection: apsw.Connection, facts: Facts, repair: Repair, touched: Sequence[Repair]
) -> None:
    for item in touched:
        closed = _closed(entries.plant, facts, item)
        if closed:
            raise EntryRefused(entry_text("repairs_stand", month=NamedMonth(closed[0])))
    dirty = [spans.of_repair(entries.plant, item) for item in touched]
    ledger_statements.add(connection, [repair], dirty, after_all(connection, entries.clock_ns()))


def _next_repair_name(facts: Facts) -> str:
    """A name that no repair has or had: R1, R2, ...; people give such names too."""
    names = {repair.name for repair in facts.all_repairs}
    return next(name for number in count(len(names) + 1) if (name := f"R{number}") not in names)


def _changed(facts: Facts, plans: Sequence[PlanEntry]) -> list[PlanEntry]:
    stored = {plan_identity(plan): plan.grams for plan in newest_by(facts.all_plans, plan_identity)}
    return [plan for plan in plans if plan_identity(plan) not in stored or stored[plan_identity(plan)] != plan.grams]


def _closed(plant: Plant, facts: Facts, repair: Repair) -> list[int]:
    first = local_date(plant.zone, repair.start_ns).toordinal()
    last = local_date(plant.zone, repair.end_ns).toordinal()
    months = [month_of(low) for low, _ in months_between(first, last + 1)]
    return [month for month in months if month in facts.closed_months]
