"""Where the desk's reports come from: the wiring makes them, from the ledger, as `tundish report` does."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from dashboards.report.document import ReportDocument
from models.briefing.document import Briefing
from models.stated.project_progress import ProjectsAsKnown
from models.tables.growth_span import Days
from models.works.localize import Language
from models.works.span import WorksSpan

KEPT_S = 30.0
"""Who opens the PDF of a page has the figures of the page; who loads the page anew later has newer ones."""
MOST_KEPT = 16
"""A document of a large works is some hundred kilobytes."""


class ReportSource(Protocol):
    """Raises ReportRefused where there is no such report; its text is in the reader's language."""

    def span(self, kind: str, period: str, language: Language) -> WorksSpan:
        """The span that is named; "" names the last completed one. At once: nothing is read."""
        ...

    def document(self, span: WorksSpan, language: Language) -> ReportDocument:
        """Its report as it is known now. Reads the ledger, which may take seconds; safe to call from any thread."""
        ...


class BriefingSource(Protocol):
    """Raises ReportRefused where there is no such briefing; its text is in the reader's language."""

    def months(self, period: str, language: Language) -> Days:
        """The production dates [first, end) (ordinals) of the months that are named, such as 2026-01..2026-08; ""
        names January to the last complete month. At once: nothing is read."""
        ...

    def briefing(self, months: Days, language: Language) -> Briefing:
        """The briefing of these months as it is known now. Reads the ledger; safe to call from any thread."""
        ...

    def projects(self, known: date | None, language: Language) -> ProjectsAsKnown:
        """Projects and indicators as they were known at the end of that day; None: now. Reads the ledger; safe to call
        from any thread."""
        ...


@dataclass(slots=True)
class SharedReports:
    """Makes reports beside the event loop: one at a time, and each once for all who ask for it meanwhile."""

    source: ReportSource
    monotonic: Callable[[], float] = time.monotonic
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)
    _made: dict[tuple[WorksSpan, Language], tuple[float, asyncio.Task[ReportDocument]]] = field(default_factory=dict)

    async def document(self, span: WorksSpan, language: Language) -> ReportDocument:
        """The report, at most `KEPT_S` old. Raises what the source raises."""
        now_s, key = self.monotonic(), (span, language)
        self._made = {
            each: made
            for each, made in list(self._made.items())[-MOST_KEPT:]
            if not made[1].done() or now_s < made[0] + KEPT_S
        }
        if key not in self._made:
            self._made[key] = now_s, asyncio.create_task(self._make(span, language))
        task = self._made[key][1]
        try:
            # Whoever leaves takes the report from nobody else.
            return await asyncio.shield(task)
        except Exception:
            self._made.pop(key, None)
            raise

    def forget(self) -> None:
        """Make each report anew from now on: somebody signed one of them."""
        self._made.clear()

    async def _make(self, span: WorksSpan, language: Language) -> ReportDocument:
        async with self._one:
            return await asyncio.to_thread(self.source.document, span, language)

    async def file(self, form: Callable[[ReportDocument], bytes], document: ReportDocument) -> bytes:
        """The document as a file, made beside the event loop too."""
        async with self._one:
            return await asyncio.to_thread(form, document)
