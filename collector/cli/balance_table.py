"""The mass balance as a table for a terminal, and as rows."""

from collections.abc import Sequence

from rich.table import Table

from models.tables.balance import NodeBalance
from models.works.plant import Plant


def balance_table(nodes: Sequence[NodeBalance]) -> Table:
    """Each node with its terms and, below them, what they leave."""
    table = Table("node", "what", "product", "where", "t", "sigma, t")
    for column in table.columns[4:]:
        column.justify = "right"
    for node in nodes:
        for number, term in enumerate(node.terms):
            name = node.node if number == 0 else ""
            table.add_row(name, term.kind, term.product, term.where, _tonnes(term.tonnes), f"{term.sigma_t:,.1f}")
        table.add_row("", "residual", "", "", _tonnes(node.residual_t), f"{node.sigma_t:,.1f}", style="bold")
        table.add_section()
    return table


def balance_rows(plant: Plant, period: str, nodes: Sequence[NodeBalance]) -> list[dict[str, object]]:
    """The rows of the table `balance` with the terms that feed each; what is not known is left out."""
    found = []
    for node in nodes:
        row: dict[str, object] = {"site": plant.site, "node": node.node, "period": period}
        if node.residual_t is not None:
            row |= {"residual_t": round(node.residual_t, 6), "sigma_t": round(node.sigma_t, 6)}
        row["terms"] = [
            {
                "kind": term.kind,
                "product": term.product,
                "where": term.where,
                "tonnes": term.tonnes,
                "sigma_t": term.sigma_t,
            }
            for term in node.terms
        ]
        found.append(row)
    return found


def _tonnes(value: float | None) -> str:
    return "no data" if value is None else f"{value:+,.1f}"
