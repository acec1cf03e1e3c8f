"""Corrections that are posted beside a sheet whose month is closed: dated, signed, with a reason."""

from collections.abc import Sequence

import apsw

from collector.entries.corrections import PostedAdjustment, correct, post_adjustment, repeated
from collector.entries.entry_file import EntryFile
from collector.entries.sheet_texts import sheet_text
from collector.entries.typed_number import typed_grams
from collector.errors import EntryRefused
from collector.sentence import FilledText
from collector.storage.ledger import statements as ledger_statements
from models.access.typed_correction import CheckedCorrection, TypedCorrection
from models.access.user import User
from models.stated.adjustment import Adjustment
from models.stated.entry_sheet import AskedSheet

MINUS = "-\N{MINUS SIGN}\N{EN DASH}"


def check_correction(entries: EntryFile, user: User, typed: TypedCorrection) -> CheckedCorrection:
    """What posting it would do; nothing is stored. Raises EntryRefused."""
    wanted = _wanted(entries, user, typed)

    def post(connection: apsw.Connection) -> tuple[Adjustment | None, PostedAdjustment]:
        facts = ledger_statements.read(connection, span_ns=None)
        return repeated(facts, wanted), post_adjustment(entries, connection, facts, wanted, confirm=True)

    known, posted = entries.try_out(post)
    remarks = [remark.told for remark in posted.remarks]
    if known is not None:
        names = {"name": known.name, "author": known.author, "reason": known.reason}
        remarks.insert(0, sheet_text("correction_repeated", **names).told)
    return CheckedCorrection(posted.adjustment, tuple(remarks), known is not None or posted.large)


def post_correction(entries: EntryFile, user: User, typed: TypedCorrection, *, confirmed: bool) -> str:
    """Post it, and return its name. Raises EntryRefused."""
    return correct(entries, _wanted(entries, user, typed), None, confirm=confirmed).adjustment.name


def corrections_of(entries: EntryFile, asked: AskedSheet) -> Sequence[Adjustment]:
    """Those that concern the days and the shop of a sheet, the newest first."""
    facts = entries.look(lambda connection: ledger_statements.read(connection, span_ns=None))
    first, end = asked.days
    found = [item for item in facts.adjustments if item.shop == asked.shop and first <= item.day < end]
    return sorted(found, key=lambda item: item.recorded_ns, reverse=True)


def shop_of_correction(entries: EntryFile, name: str) -> str:
    """The shop whose output it corrects; "" if there is none of this name."""
    facts = entries.look(lambda connection: ledger_statements.read(connection, span_ns=None))
    return next((item.shop for item in facts.adjustments if item.name == name), "")


def _wanted(entries: EntryFile, user: User, typed: TypedCorrection) -> Adjustment:
    said = typed.text.strip()
    less = said[:1] != "" and said[0] in MINUS
    grams = typed_grams(said.lstrip(MINUS + "+ "), typed.language)
    if isinstance(grams, FilledText):
        raise EntryRefused(grams)
    if not grams:
        raise EntryRefused(sheet_text("correction_of_nothing"))
    if not typed.reason:
        raise EntryRefused(sheet_text("correction_without_reason"))
    unit = entries.plant.units.get(typed.unit)
    if unit is None or unit.shop != typed.asked.shop:
        raise EntryRefused(sheet_text("cell_gone"))
    return Adjustment(
        day=typed.asked.days[1] - 1,
        booked_month=0,
        shop=unit.shop,
        unit=unit.code,
        product=typed.product,
        grams=-grams if less else grams,
        author=user.author,
        reason=typed.reason,
    )
