"""What must hold for reports that are mailed, and what they come to."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import time
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from collector.config.alerts_document import AlertsEntry, EmailChannelEntry
from collector.config.check_alerts import resolve_mail
from collector.config.problem import Problems
from collector.config.reports_document import ReportMailEntry
from collector.reports.scheduled_report import MailedReport, ScheduledReport

_FORMS = {True: ("pdf", "docx", "html"), False: ("pdf", "xlsx", "html")}
"""By whether it is a briefing."""


def resolve_reports(
    data: Mapping[str, Any],
    alerts: AlertsEntry,
    folder: FilePath,
    environment: Mapping[str, str],
    problems: Problems,
) -> tuple[ScheduledReport, ...]:
    """The schedules of a document, with secrets read; what is missing, twice or not to be had goes to `problems`.

    One whose shape is wrong is told already, and left out.
    """
    found: list[ScheduledReport] = []
    seen: set[str] = set()
    for path, entry in _entries(data):
        if entry.code in seen:
            problems.add((*path, "code"), f"'{entry.code}' is given twice; choose another: a schedule is known by it")
        seen.add(entry.code)
        report = MailedReport(entry.report)
        possible = _FORMS[report is MailedReport.BRIEFING]
        for form in entry.forms:
            if form not in possible:
                said = f"a {entry.report} report is not written as {form}; give {', '.join(possible)}"
                problems.add((*path, "as"), said)
        readers = EmailChannelEntry(type="email", to=entry.to, smtp=entry.smtp)
        mail = resolve_mail(readers, alerts, path, (folder, environment), problems)
        if mail is not None:
            at = tuple(sorted({time.fromisoformat(clock) for clock in entry.at}))
            forms = tuple(dict.fromkeys(entry.forms))
            found.append(
                ScheduledReport(code=entry.code, report=report, at=at, language=entry.language, forms=forms, mail=mail)
            )
    return tuple(found)


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, int], ReportMailEntry]]:
    given = data.get("report_mails")
    for number, each in enumerate(given if isinstance(given, list) else ()):
        with suppress(ValidationError):
            yield ("report_mails", number), ReportMailEntry.model_validate(each)
