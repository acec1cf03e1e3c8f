"""`tundish report briefing`: months of a year in sentences, on one page, each number with what it rests on."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.lang_option import Lang, LangOption
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.errors import ConfigurationError

if TYPE_CHECKING:
    from models.briefing.document import Briefing

PERIOD = "2025-01..2025-08 or 2025-08; January to the last complete month if missing"


class BriefingForm(StrEnum):
    """How a briefing is written; the value is the option, and the ending of a file."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"


class LeftOut(StrEnum):
    """A subject that may stay out."""

    MODERNISATION = "modernisation"
    GAS = "gas"
    SAFETY = "safety"
    HEAT = "heat"
    REGION = "region"


def briefing(
    period: Annotated[str | None, typer.Option("--period", help=PERIOD, show_default=False)] = None,
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    form: Annotated[BriefingForm, typer.Option("--form", help="how it is written")] = BriefingForm.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="refuse where a sentence has no data")] = False,
    without: Annotated[
        list[LeftOut] | None, typer.Option("--without", help="leave a subject out; may be repeated", show_default=False)
    ] = None,
    as_known_on: Annotated[
        str | None, typer.Option("--as-known-on", help="tell what was known at this local time", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="write to this file", show_default=False)] = None,
) -> None:
    """Print the briefing: months of a year against those of the year before, in sentences, each number with its source.

    Raises:
        ConfigurationError: the configuration has faults, the period is not one, or with --strict data are missing.
        CannotStart: there is no ledger yet.
    """
    from collector.cli.briefing_making import AskedBriefing, read_briefing
    from collector.cli.entry_options import entry_file
    from collector.cli.report_periods import briefing_months, known_at_ns
    from collector.cli.report_refusals import report_refusal
    from collector.cli.write_out import write_out

    if form in (BriefingForm.PDF, BriefingForm.DOCX) and out is None:
        raise ConfigurationError(f"--form {form.value} needs a file: give --out briefing.{form.value}")
    entries = entry_file(plant)
    now_ns = entries.clock_ns()
    asked = AskedBriefing(
        months=briefing_months(entries.plant, period, now_ns),
        language=lang.value,
        without=frozenset(each.value for each in without or ()),
        now_ns=now_ns,
        known_ns=known_at_ns(entries.plant, as_known_on, now_ns),
    )
    made = read_briefing(entries, asked)
    if strict and made.missing:
        missing = " ".join(dict.fromkeys(line.words for line in made.missing))
        raise ConfigurationError(report_refusal("briefing_lacks", missing=missing))
    write_out(_formed(made, form), out)


def _formed(made: "Briefing", form: BriefingForm) -> str | bytes:
    if form is BriefingForm.PDF:
        from dashboards.report.briefing.pdf import briefing_pdf

        return briefing_pdf(made)
    if form is BriefingForm.DOCX:
        from dashboards.report.briefing.docx import briefing_docx

        return briefing_docx(made)
    if form is BriefingForm.HTML:
        from dashboards.report.briefing.html import briefing_html

        return briefing_html(made)
    if form is BriefingForm.JSON:
        from dashboards.report.briefing.json import briefing_json

        return briefing_json(made)
    from dashboards.report.briefing.text import briefing_lines

    return briefing_lines(made)
