"""The page of reports as NiceGUI elements: the choice of the span, and the report as it is printed."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from nicegui import ui

from dashboards.report.document import ReportDocument
from dashboards.report.html import report_body
from dashboards.web.elements import box, heading, label, page_footer, page_header
from dashboards.web.texts import text
from models.tables.shifts import most_shifts
from models.works.localize import Language
from models.works.plant import Plant
from models.works.span import SpanKind, WorksSpan, next_to, span_holding

_STYLE = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")


def report_path(span: WorksSpan, language: Language, form: str = "") -> str:
    """The address of a report; `form`: pdf or xlsx, or "" for the page."""
    query = urlencode({span.kind.value: span.text, "lang": language}, safe="/")
    return f"/report{f'.{form}' if form else ''}?{query}"


class ReportPage:
    """Everything on the page. Make it inside a NiceGUI page function; the report comes by `show` or `refuse`."""

    def __init__(self, plant: Plant, span: WorksSpan, today: date, language: Language, beside: Sequence[str]) -> None:
        """`today`: no span that begins later is offered. `beside`: pages of what the works declares,
        such as heat."""
        self._language = language
        ui.add_head_html(f"<style>{_STYLE}</style>")
        site = plant.site_names.get(language) or plant.site_names["en"]
        page_header(site, simulated=plant.simulated, page="report", language=language)
        with box("desk report-page"):
            with box("report-bar"):
                _kinds(span, language)
                _choice(plant, span, today, language)
                with box("report-files"):
                    ui.link(text("briefing_title", language), f"/briefing?lang={language}")
                    ui.link(text("projects_title", language), f"/projects?lang={language}")
                    for page in beside:
                        ui.link(text(f"{page}_title", language), f"/{page}?lang={language}")
                    ui.link(text("safety_title", language), f"/safety?lang={language}")
                    for form in ("pdf", "xlsx"):
                        ui.link(text(f"report_{form}", language), report_path(span, language, form))
            self._state = label("panel report-state", text("report_making", language)).props("role=status")
            self.before_paper = box("report-before")
            self._paper = box("panel report", "section")
            self._paper.set_visibility(False)
            page_footer(simulated=plant.simulated, language=language)

    def show(self, document: ReportDocument) -> None:
        """Show the report, in place of one that was shown."""
        self._state.set_visibility(False)
        self._paper.set_visibility(True)
        self._paper.clear()
        with self._paper:
            heading(document.title)
            ui.html(report_body(document), sanitize=False)  # report_body escapes

    def refuse(self, why: str) -> None:
        """Say why there is none."""
        self._state.classes(replace="warning").set_text(why)


def build_refusal(plant: Plant, why: str, language: Language) -> None:
    """The page of a span that cannot be, inside a NiceGUI page function: it says why, and leads to one that can."""
    ui.add_head_html(f"<style>{_STYLE}</style>")
    site = plant.site_names.get(language) or plant.site_names["en"]
    page_header(site, simulated=plant.simulated, page="report", language=language)
    with box("desk report-page"):
        label("warning", why)
        with box("report-files"):
            ui.link(text("report_usual", language), f"/report?lang={language}")
        page_footer(simulated=plant.simulated, language=language)


def _kinds(span: WorksSpan, language: Language) -> None:
    """Links to the other spans that hold the same day."""
    with box("languages report-kinds", "nav").props(f'aria-label="{text("report_span", language)}"'):
        for kind in SpanKind:
            other = span if kind is span.kind else span_holding(kind, span.end - 1, 1)
            link = ui.link(text(f"period_{kind.value}", language), report_path(other, language))
            link.props(f'aria-current="{"page" if kind is span.kind else "false"}"')


def _choice(plant: Plant, span: WorksSpan, today: date, language: Language) -> None:
    """The span before and after, the shifts of the day, and a date whose span is shown."""
    shifts = most_shifts(plant)
    with box("report-choice", "nav").props(f'aria-label="{text("report_choice", language)}"'):
        ui.link(text("report_before", language), report_path(next_to(span, later=False, shifts=shifts), language))
        chosen = ui.element("input").classes("report-date").props("type=date")
        chosen.props["value"] = date.fromordinal(min(span.end - 1, today.toordinal())).isoformat()
        chosen.props["max"] = today.isoformat()
        chosen.props["aria-label"] = text("report_date", language)
        chosen.on(
            "change",
            lambda event: _go(str(event.args), span, today, language),
            js_handler="(event) => emit(event.target.value)",
        )
        if span.kind is SpanKind.SHIFT:
            for number in range(1, shifts + 1):
                link = ui.link(str(number), report_path(span_holding(span.kind, span.first, number), language))
                link.props(f'aria-current="{"page" if number == span.shift else "false"}"')
                link.props["aria-label"] = f"{text('period_shift', language)} {number}"
        after = next_to(span, later=True, shifts=shifts)
        if after.first <= today.toordinal():
            ui.link(text("report_after", language), report_path(after, language))


def _go(day: str, span: WorksSpan, today: date, language: Language) -> None:
    """To the span of the same kind that holds a date; one that is half typed leads nowhere."""
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        return
    if date(1900, 1, 1) <= chosen <= today:
        ui.navigate.to(report_path(span_holding(span.kind, chosen.toordinal(), span.shift or 1), language))
