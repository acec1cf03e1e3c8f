"""`tundish correct` and `tundish close`: adjustments, and months whose figures are final."""

from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.entry_options import entry_file
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile

if TYPE_CHECKING:
    from collector.entries.corrections import PostedAdjustment
    from collector.entries.entry_file import EntryFile
    from collector.files.places import NamedPlace
    from models.stated.adjustment import Adjustment

Author = Annotated[str, typer.Option("--by", help="author", show_default=False)]


def correct(
    day: Annotated[
        str, typer.Option(help="the production date to correct, such as 2025-08-31", show_default=False)
    ] = "",
    product: Annotated[str, typer.Option(help="code or name", show_default=False)] = "",
    tonnes: Annotated[str, typer.Option(help="tonnes to add; negative to subtract", show_default=False)] = "",
    by: Author = "",
    reason: Annotated[str, typer.Option(help="why", show_default=False)] = "",
    shop: Annotated[str, typer.Option(help="code or name")] = "all",
    unit: Annotated[str, typer.Option(help="code or name")] = "all",
    booked: Annotated[
        str,
        typer.Option(
            help="the month that books it; if missing, the month of --day, or the current month if that one is closed"
        ),
    ] = "",
    undo: Annotated[str, typer.Option(help="post the inverse of this adjustment, such as A3", show_default=False)] = "",
    listed: Annotated[bool, typer.Option("--list", help="list all adjustments")] = False,
    plant: PlantFile = DEFAULT_PLANT,
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
        _list(entries)
        return
    if not by.strip() or not reason.strip():
        raise ConfigurationError("a correction needs its author and its reason: give --by and --reason")
    if undo:
        posted = corrections.undo(entries, undo, by.strip(), reason.strip())
    else:
        if not day or not product or not tonnes:
            raise ConfigurationError("a correction needs --day, --product and --tonnes; see --help")
        place = named_place(entries.plant, shop, unit, product)
        adjustment = _adjustment(day, place, tonnes, by.strip(), reason.strip())
        posted = corrections.correct(entries, adjustment, parsed_month(booked) if booked else None)
    _show(posted)


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
        raise ConfigurationError(f"--tonnes {tonnes}: write it with a decimal point, like 1234.5 ({error})") from error
    if not amount:
        raise ConfigurationError("--tonnes is 0: there is nothing to correct")
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


def _show(posted: "PostedAdjustment") -> None:
    from datetime import date

    from models.counting.increment import GRAMS_PER_TONNE
    from models.works.month import month_of, period_text

    entry = posted.adjustment
    typer.echo(
        f"{entry.name}: {entry.grams / GRAMS_PER_TONNE:+,.3f} t of {entry.product} at {entry.shop}/{entry.unit} on "
        f"{date.fromordinal(entry.day)}, concerns {period_text(month_of(entry.day))}, "
        f"booked in {period_text(entry.booked_month)}"
    )
    for remark in posted.remarks:
        typer.echo(f"  note: {remark}")


def _list(entries: "EntryFile") -> None:
    from datetime import date

    from rich.table import Column, Table

    from collector.cli.terminal import show as show_table
    from collector.storage.ledger import statements as ledger_statements
    from models.counting.increment import GRAMS_PER_TONNE
    from models.works.month import period_text

    number = Column("tonnes", justify="right")
    table = Table("name", "day", "booked in", "shop", "unit", "product", number, "author", "reason", "undoes")
    for entry in entries.read(ledger_statements.read).adjustments:
        table.add_row(
            entry.name,
            date.fromordinal(entry.day).isoformat(),
            period_text(entry.booked_month),
            entry.shop,
            entry.unit,
            entry.product,
            f"{entry.grams / GRAMS_PER_TONNE:+,.3f}",
            entry.author,
            entry.reason,
            entry.undoes,
        )
    if table.row_count:
        show_table(table)
    else:
        typer.echo("no adjustments")


def close(
    month: Annotated[str, typer.Argument(help="such as 2025-08", show_default=False)],
    by: Author,
    confirm: Annotated[bool, typer.Option("--confirm", help="close despite missing days")] = False,
    reopen: Annotated[
        bool, typer.Option("--reopen", help="open a month again that was closed by mistake; both stay on record")
    ] = False,
    reason: Annotated[str, typer.Option(help="why it is reopened", show_default=False)] = "",
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """Close the books of a month: its figures are final, and later changes are posted as adjustments.

    Raises:
        ConfigurationError: the configuration has faults, or the month is not valid.
        CollectorError: the month is not over, is closed, or has days without figures; or is not closed (--reopen).
    """
    from collector.cli.places import parsed_month
    from collector.entries.closing import close_month, reopen_month
    from collector.errors import ConfigurationError

    if not by.strip():
        raise ConfigurationError("--by is empty: a closed month needs its author")
    if reopen:
        if not reason.strip():
            raise ConfigurationError("a month is reopened for a reason: give --reason")
        reopen_month(entry_file(plant), parsed_month(month), by.strip(), reason.strip())
        typer.echo(f"{month} is open again, by {by}: {reason}; its closing stays on record")
        return
    if reason:
        raise ConfigurationError("--reason says why a month is reopened: give --reopen too, or leave it out")
    count = close_month(entry_file(plant), parsed_month(month), by.strip(), confirm=confirm)
    typer.echo(f"{month} is closed by {by}: {count} figures stand")
