"""What the footer of a daily report says of methane: when it was above a limit, and what was made meanwhile. Pure."""

from collections.abc import Sequence

from dashboards.report.texts import report_text
from dashboards.web.numbers import number
from models.tables.above_lines import AboveLine, above_lines, above_together
from models.works.localize import Language
from models.works.table import Row
from models.works.working import Working

_NAMED = 4
"""Spans of minutes that a line names; of more it says how many."""


def methane_line(workings: Sequence[tuple[Working, Sequence[Row]]], language: Language) -> str:
    """Of each working with its hours, as `safety_hour` has them; empty where no working is declared."""
    told = []
    for working, rows in workings:
        passed = [_passed(line, language) for line in above_together(above_lines(rows))]
        told += passed or [_below(working, rows, language)]
    return "; ".join(told)


def made_words(line: AboveLine, language: Language) -> str:
    """What was made meanwhile, as far as that is known."""
    if line.made_t is None or line.minutes is None:
        return report_text("methane_made_unknown", language)
    tonnes = number(line.made_t, language, 1)
    if line.known == line.minutes:
        return report_text("methane_made", language).format(tonnes=tonnes)
    return report_text("methane_made_part", language).format(
        tonnes=tonnes, known=number(line.known, language), minutes=number(line.minutes, language)
    )


def _passed(line: AboveLine, language: Language) -> str:
    at = ", ".join(line.at[:_NAMED])
    if len(line.at) > _NAMED:
        at += " " + report_text("and_more", language).format(count=len(line.at) - _NAMED)
    return report_text("methane_above", language).format(
        working=line.name(language),
        limit="?" if line.limit_pct is None else number(line.limit_pct, language, 2),
        at=f" {at}" if at else "",
        minutes=number(line.above_min, language, 1),
        greatest=number(line.greatest_pct, language, 2),
        made=made_words(line, language),
    )


def _below(working: Working, rows: Sequence[Row], language: Language) -> str:
    """What is not known is not below a limit: how much is known is part of the sentence."""
    known = sum(float(row.fields["minutes_known"]) for row in rows)
    key = "methane_below" if known else "methane_not_known"
    return report_text(key, language).format(
        working=working.name(language), hours=number(known / 60, language, 1), of=len(rows)
    )
