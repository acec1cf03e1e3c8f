"""The mass balance as a table for a terminal, and as rows."""

from collections.abc import Sequence
from datetime import date
from math import sqrt

from rich.table import Table

from collector.entries.report_rows import BalanceData
from models.alerts.numbers import utc_text
from models.detection.referee.node_days import Accused
from models.detection.referee.referee import Named, Ruling
from models.detection.referee.referee_sentences import named_sentence
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
        if node.in_process_t:
            table.add_row("", "in process", "", "", "", f"{sqrt(2.0) * node.in_process_t:,.1f}")
        if node.spread is not None:
            table.add_row("", "sigma", "", "declared", "", f"{node.declared_sigma_t:,.1f}")
        table.add_row("", "residual", "", _told(node), _tonnes(node.residual_t), f"{node.sigma_t:,.1f}", style="bold")
        table.add_section()
    return table


def ruling_lines(plant: Plant, ruling: Ruling | None) -> list[str]:
    """What the referee says, a line for each that may be the cause."""
    if ruling is None:
        return ["no meter is found to err by the days until then (it takes 30 known days before a fault to tell)"]
    head = "the nodes say" if len(ruling.named) == 1 else "the nodes say that one of these holds"
    return [f"{head}:", *(f"  {named_sentence(plant, each, 'en')}" for each in ruling.named)]


def balance_rows(plant: Plant, period: str, data: BalanceData) -> list[dict[str, object]]:
    """The rows of the table `balance` with the terms that feed each; what is not known is left out."""
    found = []
    for node in data.nodes:
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
        unknown = [data.not_known_s[term.where] for term in node.terms if term.where in data.not_known_s]
        if unknown:
            row["not_known_since"] = utc_text(min(unknown))
        if data.ruling is not None:
            row["may_err"] = [_accused(each) for each in data.ruling.named if _touches(node, each.accused)]
        found.append(row)
    return found


def _touches(node: NodeBalance, accused: Accused) -> bool:
    own = {(term.where, term.product) for term in node.terms}
    return accused.node == node.node or (accused.unit, accused.product) in own


def _accused(named: Named) -> dict[str, object]:
    return {
        "unit": named.accused.unit,
        "product": named.accused.product,
        "yield_of": named.accused.node,
        "probability": named.probability,
        "bias_pct": named.bias_pct,
        "since": date.fromordinal(named.since_day).isoformat(),
        "tonnes": named.tonnes,
    }


def _told(node: NodeBalance) -> str:
    """Whose sigma it is: that of so many known days, or the declared one."""
    return "declared" if node.spread is None else f"{node.spread.days} days"


def _tonnes(value: float | None) -> str:
    return "no data" if value is None else f"{value:+,.1f}"
