"""The mass balance as a table for a terminal, and as rows."""

from collections.abc import Sequence
from math import sqrt

from rich.table import Table

from models.tables.balance import NodeBalance
from models.works.plant import Plant


def balance_table(nodes: Sequence[NodeBalance]) -> Table:
    """Each node with its terms and, below them, what they leave."""
    table = Table("node", "what", "product", "where", "t", "sigma, t", "sigma by")
    for column in table.columns[4:6]:
        column.justify = "right"
    for node in nodes:
        for number, term in enumerate(node.terms):
            name = node.node if number == 0 else ""
            table.add_row(name, term.kind, term.product, term.where, _tonnes(term.tonnes), f"{term.sigma_t:,.1f}", "")
        if node.in_process_t:
            table.add_row("", "in process", "", "", "", f"{sqrt(2.0) * node.in_process_t:,.1f}", "")
        if node.spread is not None:
            table.add_row("", "", "", "", "", f"{node.declared_sigma_t:,.1f}", "declared")
        sigma = (f"{node.sigma_t:,.1f}", _told(node))
        table.add_row("", "residual", "", "", _tonnes(node.residual_t), *sigma, style="bold")
        table.add_section()
    return table


def balance_rows(plant: Plant, period: str, nodes: Sequence[NodeBalance]) -> list[dict[str, object]]:
    """The rows of the table `balance` with the terms that feed each; what is not known is left out."""
    found = []
    for node in nodes:
        row: dict[str, object] = {"site": plant.site, "node": node.node, "period": period}
        if node.residual_t is not None:
            row |= {
                "residual_t": round(node.residual_t, 6),
                "sigma_t": round(node.sigma_t, 6),
                "declared_sigma_t": round(node.declared_sigma_t, 6),
                "sigma_learned_days": 0 if node.spread is None else node.spread.days,
            }
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


def _told(node: NodeBalance) -> str:
    """Whose sigma it is."""
    return "declared" if node.spread is None else f"learned, {node.spread.days} days"


def _tonnes(value: float | None) -> str:
    return "no data" if value is None else f"{value:+,.1f}"
