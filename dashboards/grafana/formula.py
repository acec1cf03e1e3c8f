"""What a quantity is made of, in the arithmetic that InfluxQL and SQL share."""

from collections.abc import Callable

from dashboards.panels.board import Panel
from dashboards.panels.quantity import Balance, Graded, Measure, Quantity, Renamed, Share, Times

Named = Callable[[str], str]
"""A field as an identifier of the language."""


def arithmetic(quantity: Quantity, named: Named, divisor: Named) -> str:
    """The expression of a quantity, without its name. `divisor`: a field by which is divided."""
    match quantity.formula:
        case Share(part, whole):
            return f"100 * {named(part)} / {divisor(whole)}"
        case Balance(plus, minus):
            return " - ".join([" + ".join(map(named, plus)), *map(named, minus)])
        case Renamed(amount):
            return named(amount)
        case Times(amount, factor):
            return f"{named(amount)} * {factor:g}"
        case Graded(state, severity, own):
            return f"{named(state)} + 10 * {named(severity)} * {named(own)}"
        case None:
            return named(quantity.field)


def scaled(shown: str, quantity: Quantity, panel: Panel) -> str:
    """An expression in the unit in which the panel shows it: thousands where tonnes are shown as kilotonnes, and money
    in millions."""
    if quantity.measure is Measure.MONEY:
        return f"{shown} / 1000000"
    in_kilotonnes = panel.display_unit == "kt" and quantity.measure.startswith("tonnes")
    return f"({shown}) / 1000" if in_kilotonnes else shown


def check_level(panel: Panel) -> None:
    """Raises ValueError for a table with levels of which none is fixed: its totals would be added to their parts."""
    table = panel.quantities[0].table
    if table.startswith(("output_", "fuel_")) and "level" not in panel.where:
        raise ValueError(f"a query on {table} fixes no level")
