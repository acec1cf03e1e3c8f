"""The documents that a sentence rests on, in words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from models.briefing.shown_numbers import day_shown
from models.briefing.texts import briefing_text
from models.works.localize import Language

Documents = list[tuple[str, int, str]]
"""What a sentence rests on: the name of a document, its date (an ordinal), and who entered it."""


def documents_named(used: Iterable[tuple[str, int, str]], language: Language) -> str:
    """By their name, of several of one name the first and the last date, and who entered them; "" for none."""
    days: dict[str, set[int]] = defaultdict(set)
    authors: set[str] = set()
    for source, stated_on, author in used:
        days[source].add(stated_on)
        authors.add(author)
    if not days:
        return ""
    named = "; ".join(_documents(source, sorted(dates), language) for source, dates in sorted(days.items()))
    return briefing_text("note_documents", language).format(documents=named, authors=", ".join(sorted(authors)))


def _documents(source: str, days: Sequence[int], language: Language) -> str:
    first, last = day_shown(days[0], language), day_shown(days[-1], language)
    if len(days) == 1:
        return f"{source} ({first})"
    return briefing_text("documents", language).format(source=source, count=len(days), first=first, last=last)
