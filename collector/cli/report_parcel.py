"""A report as it is mailed: the program that the service runs for it. `parcel.json` in the folder names the files."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from collector.errors import CollectorError
from models.works.localize import Language

if TYPE_CHECKING:
    from collector.entries.entry_file import EntryFile
    from dashboards.report.document import ReportDocument
    from models.briefing.document import Briefing


@dataclass(frozen=True, slots=True)
class MailWords:
    """What a mail says: its subject, its text, and the same as HTML with its tables."""

    subject: str
    body: str
    html: str


WIDTH = 110
"""Columns of the text in the mail: what does not fit is in the files."""


def main(arguments: list[str]) -> int:
    """Make the files; 2 if that is not possible, with the reason as the last line of standard error."""
    plant_file, report, period, language, folder, *forms = arguments
    from collector.cli.entry_options import entry_file

    try:
        entries = entry_file(Path(plant_file))
        words, files = _made(entries, report, period, cast("Language", language), forms)
    except CollectorError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for name, content in files.items():
        (Path(folder) / name).write_bytes(content)
    told = {"subject": words.subject, "body": words.body, "html": words.html, "files": list(files)}
    (Path(folder) / "parcel.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return 0


def _made(
    entries: "EntryFile", report: str, period: str, language: Language, forms: list[str]
) -> tuple[MailWords, Mapping[str, bytes]]:
    from collector.reports.scheduled_report import MailedReport

    stem = f"{entries.plant.site}-{report}-{period.replace('/', '-').replace('..', '--')}"
    make = _briefing if report == MailedReport.BRIEFING else _report
    words, made = make(entries, report, period, language, forms)
    simulated = "SIMULATED: " if entries.plant.simulated else ""
    files = {f"{stem}.{form}": content.encode() if isinstance(content, str) else content for form, content in made}
    return replace(words, subject=simulated + words.subject), files


def _report(
    entries: "EntryFile", report: str, period: str, language: Language, forms: list[str]
) -> tuple[MailWords, list[tuple[str, str | bytes]]]:
    from collector.cli.report_making import Wanted, document_of, read_wanted
    from collector.cli.report_periods import asked_days
    from dashboards.report import forms as written
    from dashboards.report import html, pdf, xlsx

    now_ns = entries.clock_ns()
    wanted = Wanted(
        kind=report,
        days=asked_days(entries.plant, report, period, now_ns),
        lang=language,
        now_ns=now_ns,
        stop_reasons=entries.settings.stop_reasons,
    )
    document = document_of(wanted, read_wanted(entries, wanted))
    make: Mapping[str, Callable[[ReportDocument], str | bytes]] = {
        "pdf": pdf.to_pdf, "xlsx": xlsx.to_xlsx, "html": html.to_html,
    }  # fmt: skip
    named = document.header[0][1] if document.header else period
    words = MailWords(f"{document.title}, {named}", written.to_terminal(document, WIDTH), html.to_html(document))
    return words, [(form, make[form](document)) for form in forms]


def _briefing(
    entries: "EntryFile", _report_name: str, period: str, language: Language, forms: list[str]
) -> tuple[MailWords, list[tuple[str, str | bytes]]]:
    from collector.cli.briefing_making import AskedBriefing, read_briefing
    from collector.cli.report_periods import briefing_months
    from dashboards.report.briefing.docx import briefing_docx
    from dashboards.report.briefing.html import briefing_html
    from dashboards.report.briefing.pdf import briefing_pdf
    from dashboards.report.briefing.text import briefing_lines

    now_ns = entries.clock_ns()
    months = briefing_months(entries.plant, period, now_ns)
    made = read_briefing(entries, AskedBriefing(months=months, language=language, now_ns=now_ns))
    make: Mapping[str, Callable[[Briefing], str | bytes]] = {
        "pdf": briefing_pdf, "docx": briefing_docx, "html": briefing_html,
    }  # fmt: skip
    words = MailWords(f"{made.title}. {made.site}", briefing_lines(made), briefing_html(made))
    return words, [(form, make[form](made)) for form in forms]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
