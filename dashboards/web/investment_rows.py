"""Growth of investment as rows of a table: what was paid in months against what was paid in others."""

from collections.abc import Iterator
from decimal import Decimal

from dashboards.web.month_parts import Linked
from dashboards.web.texts import text
from models.briefing.months_named import months_compared, months_named
from models.briefing.shown_numbers import money, signed
from models.stated.investment import (
    InvestmentGrowth,
    early_payments,
    investment_growth,
    investment_spans,
    newest_paid_month,
)
from models.stated.project_progress import ProjectsAsKnown
from models.works.localize import Language
from models.works.month import shifted


def investment_rows(known: ProjectsAsKnown, language: Language) -> Iterator[tuple[Linked, ...]]:
    """Months compared, paid, paid before, growth, remark: of the newest month of which most projects state payments and
    since January, for each currency; then the months that some state early. Nothing where no payment is stated."""
    codes = {project.code for project in known.projects}
    numbers = [each for each in known.stated.numbers if each.subject in codes]
    month = newest_paid_month(numbers)
    if month is None:
        return
    for span, base in investment_spans(month):
        for growth in investment_growth(known.projects, numbers, span, base):
            yield _row(growth, known, language)
    for early, paying in early_payments(numbers, month).items():
        names = ", ".join(project.name(language) for project in known.projects if project.code in paying)
        remark = Linked(text("investment_early", language).format(names=names), tone="unknown")
        yield Linked(months_named((early, shifted(early, 1)), language)), Linked(""), Linked(""), Linked(""), remark


def _row(growth: InvestmentGrowth, known: ProjectsAsKnown, language: Language) -> tuple[Linked, ...]:
    months = text("investment_compared", language).format(
        months=months_named(growth.span, language), base=months_compared(growth.base, language)
    )
    paid, before = (
        money(amount, growth.currency, language) if growth.of else "" for amount in (growth.paid, growth.before)
    )
    names = ", ".join(each.name(language) for each in known.projects if each.code in growth.without)
    remark = text("investment_without", language).format(names=names) if names else ""
    if growth.of and growth.pct is None:
        remark = f"{text('investment_on_nothing', language)}. {remark}".strip()
    return Linked(months), Linked(paid), Linked(before), growth_cell(growth.pct, language), Linked(remark)


def growth_cell(growth: Decimal | None, language: Language) -> Linked:
    """Growth in percent with its sign and colour; empty where there is none."""
    if growth is None:
        return Linked("")
    tone = "up" if growth > 0 else "down" if growth < 0 else ""
    return Linked(f"{signed(growth, language)}\N{NO-BREAK SPACE}%", tone=tone)
