"""Growth of the payments for projects, a sentence for each currency."""

from collections.abc import Container, Sequence

from models.briefing.document import BriefingLine, BriefingNote
from models.briefing.documents_named import documents_named
from models.briefing.months_named import months_compared, months_named
from models.briefing.russian import PERCENT, counted
from models.briefing.shown_numbers import currency_name, money, plain, shown
from models.briefing.texts import briefing_text
from models.stated.investment import InvestmentGrowth, early_payments, investment_growth, newest_paid_month
from models.stated.measure import MeasureKind, Project, StatedMeasure
from models.tables.growth_span import Days
from models.works.localize import Language
from models.works.month import shifted


def investment_lines(
    projects: Sequence[Project], known: Sequence[StatedMeasure], months: Days, language: Language
) -> list[BriefingLine]:
    """The months [first, end) against the same of the year before; one month against the month before, too. Of a
    currency in which nothing was paid in them, nothing.

    By the rule of the page of projects: months after the newest that most projects state are not compared yet, and are
    told with those that state them.
    """
    codes = {each.code for each in projects}
    paid = [each for each in known if each.kind is MeasureKind.PAID and each.subject in codes]
    newest = newest_paid_month(paid)
    if newest is None:
        return []
    compared = months[0], min(months[1], shifted(newest, 1))
    lines = _compared(projects, paid, compared, language) if compared[0] < compared[1] else []
    early = early_payments(paid, newest)
    return lines + [_early(month, early[month], projects, language) for month in early if month >= months[0]]


def _compared(
    projects: Sequence[Project], paid: Sequence[StatedMeasure], months: Days, language: Language
) -> list[BriefingLine]:
    bases = [(shifted(months[0], -12), shifted(months[1], -12))]
    if shifted(months[0], 1) == months[1]:
        bases.insert(0, (shifted(months[0], -1), months[0]))
    lines = []
    for base in bases:
        for growth in investment_growth(projects, paid, months, base):
            ours = {each.code for each in projects if each.currency == growth.currency}
            used = [each for each in paid if each.subject in ours and _is_within(each, months, base)]
            if any(_is_within(each, months) for each in used):
                lines.append(_line(growth, projects, used, language))
    return lines


def _early(month: int, paying: Container[str], projects: Sequence[Project], language: Language) -> BriefingLine:
    names = ", ".join(each.name(language) for each in projects if each.code in paying)
    words = briefing_text("investment_early", language)
    return BriefingLine(
        words.format(months=months_named((month, shifted(month, 1)), language), names=names), missing=True
    )


def _is_within(each: StatedMeasure, *spans: Days) -> bool:
    return any(first <= each.start < end for first, end in spans)


def _line(
    growth: InvestmentGrowth, projects: Sequence[Project], used: Sequence[StatedMeasure], language: Language
) -> BriefingLine:
    names = [each.name(language) for each in projects if each.code in growth.without]
    without = briefing_text("invested_without", language).format(names=", ".join(names)) if names else ""
    paid, before = (money(amount, growth.currency, language) for amount in (growth.paid, growth.before))
    said = {"months": months_named(growth.span, language), "base": months_compared(growth.base, language)}
    if not growth.of:
        said["currency"] = currency_name(growth.currency, language)
        return BriefingLine(briefing_text("investment_unknown", language).format(**said), missing=True)
    note = BriefingNote(
        documents_named(
            [(each.source, each.stated_on, each.author) for each in used if each.subject in growth.of], language
        )
    )
    said |= {"paid": paid, "before": before, "without": without}
    if growth.pct is None:
        said["base"] = months_named(growth.base, language)
        return BriefingLine(briefing_text("invested_on_nothing", language).format(**said), note, missing=True)
    pct = plain(abs(growth.pct))
    key = "invested_more" if growth.pct > 0 else "invested_less" if growth.pct < 0 else "invested_as_much"
    words = briefing_text(key, language).format(pct=shown(pct, language), percent=counted(pct, PERCENT), **said)
    return BriefingLine(words, note)
