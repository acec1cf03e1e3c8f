"""`tundish correct` and `tundish close`: adjustments, and months whose figures are final."""

from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.command_texts import command_text, headings
from collector.cli.entry_options import entry_file
from collector.cli.lang_option import Lang, LangOption, errors_in_language
from collector.cli.option_bounds import words
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.say import say

if TYPE_CHECKING:
    from collector.entries.corrections import PostedAdjustment
    from collector.entries.entry_file import EntryFile
    from collector.files.places import NamedPlace
    from models.stated.adjustment import Adjustment
    from models.works.localize import Language
    from models.works.plant import Plant

Author = Annotated[str, typer.Option("--by", callback=words, help="author", show_default=False)]


@errors_in_language
def correct(
    day: Annotated[
        str, typer.Option(help="the production date to correct, such as 2025-08-31", show_default=False)
    ] = "",
    product: Annotated[str, typer.Option(help="code or name", show_default=False)] = "",
    tonnes: Annotated[str, typer.Option(help="tonnes to add; negative to subtract", show_default=False)] = "",
    by: Author = "",
    reason: Annotated[str, typer.Option(callback=words, help="why", show_default=False)] = "",
    shop: Annotated[str, typer.Option(help="code or name")] = "all",
    unit: Annotated[str, typer.Option(help="code or name")] = "all",
    booked: Annotated[
        str,
        typer.Option(
            help="the month that books it; if missing, the month of --day, or the current month if that one is closed"
        ),
    ] = "",
    confirm: Annotated[
        bool, typer.Option("--confirm", help="book a large correction, or the same one once more")
    ] = False,
    undo: Annotated[str, typer.Option(help="post the inverse of this adjustment, such as A3", show_default=False)] = "",
    listed: Annotated[bool, typer.Option("--list", help="list all adjustments")] = False,
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
) -> None:
    """Post a dated adjustment with its author and reason. Earlier entries are not changed.

    Raises:
        ConfigurationError: the configuration has faults, or an option is missing.
        CollectorError: there is nothing to correct, or the month that should book it is closed.
    """
    from collector.cli.places import named_place, parsed_month
    from collector.entries import corrections
    from collector.errors import ConfigurationError

    entries = entry_file(plant)
    if listed:
        _list(entries, lang.value)
        return
    if not by.strip() or not reason.strip():
        raise ConfigurationError(command_text("needs_author_and_reason"))
    if undo:
        posted = corrections.undo(entries, undo, by.strip(), reason.strip())
    else:
        if not day or not product or not tonnes:
            raise ConfigurationError(command_text("needs_day_product_tonnes"))
        place = named_place(entries.plant, shop, unit, product)
        adjustment = _adjustment(day, place, tonnes, by.strip(), reason.strip())
        posted = corrections.correct(entries, adjustment, parsed_month(booked) if booked else None, confirm=confirm)
    _show(entries.plant, posted, lang.value)


def _adjustment(day: str, place: "NamedPlace", tonnes: str, author: str, reason: str) -> "Adjustment":
    """What the options ask for; the month that books it is chosen when it is posted. Raises ConfigurationError."""
    from collector.cli.places import parsed_day
    from collector.errors import ConfigurationError
    from collector.files.number import UnreadableNumber, grams
    from models.stated.adjustment import Adjustment

    concerned = parsed_day(day)
    # Files refuse a minus, as output is never negative; here it is the sign of the correction, also as printers set it.
    negative = tonnes.strip().startswith(("-", "\u2212"))
    try:
        # On a command line a point is a decimal point; a comma may mean either, so it is refused.
        plain = tonnes.strip().lstrip("-+\u2212")
        amount = grams(plain, "t", None if "," in plain else "1234.5")
    except UnreadableNumber as error:
        raise ConfigurationError(command_text("tonnes_unreadable", tonnes=tonnes, why=error)) from error
    if not amount:
        raise ConfigurationError(command_text("tonnes_nothing"))
    return Adjustment(
        day=concerned,
        booked_month=0,
        shop=place.shop,
        unit=place.unit,
        product=place.product,
        grams=-amount if negative else amount,
        author=author,
        reason=reason,
    )


def _show(plant: "Plant", posted: "PostedAdjustment", language: "Language") -> None:
    from datetime import date

    from collector.entries.figure_text import ToldPlace, ToldProduct
    from collector.sentence import NamedMonth
    from models.works.month import month_of

    entry = posted.adjustment
    said = command_text(
        "posted",
        name=entry.name,
        tonnes=_signed(entry.grams, language),
        product=ToldProduct(plant, entry.product),
        place=ToldPlace(plant, entry.shop, entry.unit),
        day=date.fromordinal(entry.day),
        concerned=NamedMonth(month_of(entry.day)),
        booked=NamedMonth(entry.booked_month),
    )
    say(said.told(language))
    for remark in posted.remarks:
        say(command_text("note", remark=remark).told(language))


def _signed(grams: int, language: "Language") -> str:
    """Tonnes with their sign, a plus too: they are added."""
    from collector.entries.figure_text import shown_tonnes
    from collector.sentence import shown

    return f"{'-' if grams < 0 else '+'}{shown(shown_tonnes(abs(grams)), language)}"


def _list(entries: "EntryFile", language: "Language") -> None:
    from datetime import date

    from rich.table import Column, Table

    from collector.cli.terminal import show as show_table
    from collector.sentence import NamedMonth, shown
    from collector.storage.ledger import statements as ledger_statements

    before = headings(("name", "day", "booked_in", "shop", "unit", "product"), language)
    number, *after = headings(("tonnes", "author", "reason", "undoes"), language)
    table = Table(*before, Column(number, justify="right"), *after)
    for entry in entries.read(ledger_statements.read).adjustments:
        table.add_row(
            entry.name,
            shown(date.fromordinal(entry.day), language),
            shown(NamedMonth(entry.booked_month), language),
            entry.shop,
            entry.unit,
            entry.product,
            _signed(entry.grams, language),
            entry.author,
            entry.reason,
            entry.undoes,
        )
    if table.row_count:
        show_table(table)
    else:
        say(command_text("no_adjustments").told(language))


@errors_in_language
def close(
    month: Annotated[str, typer.Argument(help="such as 2025-08", show_default=False)],
    by: Author,
    confirm: Annotated[bool, typer.Option("--confirm", help="close despite missing days")] = False,
    reopen: Annotated[
        bool, typer.Option("--reopen", help="open a month again that was closed by mistake; both stay on record")
    ] = False,
    reason: Annotated[str, typer.Option(callback=words, help="why it is reopened", show_default=False)] = "",
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
) -> None:
    """Close the books of a month: its figures are final, and later changes are posted as adjustments.

    Raises:
        ConfigurationError: the configuration has faults, or the month is not valid.
        CollectorError: the month is not over, is closed, or has days without figures; or is not closed (--reopen).
    """
    from collector.cli.places import parsed_month
    from collector.entries.closing import close_month, reopen_month
    from collector.errors import ConfigurationError
    from collector.sentence import NamedMonth

    if not by.strip():
        raise ConfigurationError(command_text("close_needs_author"))
    if reopen:
        if not reason.strip():
            raise ConfigurationError(command_text("reopen_needs_reason"))
        reopen_month(entry_file(plant), parsed_month(month), by.strip(), reason.strip())
        named = NamedMonth(parsed_month(month))
        say(command_text("reopened", month=named, by=by, reason=reason).told(lang.value))
        return
    if reason:
        raise ConfigurationError(command_text("reason_without_reopen"))
    count = close_month(entry_file(plant), parsed_month(month), by.strip(), confirm=confirm)
    named = NamedMonth(parsed_month(month))
    say(command_text("closed", month=named, by=by, count=count).told(lang.value))
