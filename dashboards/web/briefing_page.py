"""The page of the briefing as NiceGUI elements: which months, as which file, and the sentences with their notes."""

from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from nicegui import ui

from dashboards.report.briefing.html import briefing_body
from dashboards.web.address import receipt_link
from dashboards.web.elements import box, heading, label, page_footer, page_header
from dashboards.web.texts import text
from models.briefing.document import Briefing
from models.tables.growth_span import Days
from models.works.localize import Language
from models.works.month import month_of, period_text, shifted, year_start
from models.works.plant import Plant

_STYLE = "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("report.css", "briefing.css"))
FILES = ("pdf", "docx", "html")


def briefing_path(months: Days, language: Language, form: str = "") -> str:
    """The address of a briefing; `form`: pdf, docx or html, or "" for the page."""
    first, last = period_text(months[0]), period_text(month_of(months[1] - 1))
    query = urlencode({"period": first if first == last else f"{first}..{last}", "lang": language}, safe=".")
    return f"/briefing{f'.{form}' if form else ''}?{query}"


class BriefingPage:
    """Everything on the page. Make it inside a NiceGUI page function; the briefing comes by `show` or `refuse`."""

    def __init__(self, plant: Plant, months: Days | None, today: date, language: Language) -> None:
        """`months`: what was asked for; None: it is refused. `today`: no month that begins later is offered."""
        self._language = language
        ui.add_head_html(f"<style>{_STYLE}</style>")
        site = plant.site_names.get(language) or plant.site_names["en"]
        page_header(site, simulated=plant.simulated, page="briefing", language=language)
        with box("desk report-page briefing-page"):
            with box("report-bar"):
                if months is None:
                    ui.link(text("briefing_usual", language), f"/briefing?lang={language}")
                else:
                    _choice(months, today, language)
                    with box("report-files"):
                        ui.link(text("region_title", language), f"/region?lang={language}")
                        for form in FILES:
                            ui.link(form.upper(), briefing_path(months, language, form))
            self._state = label("panel report-state", text("briefing_making", language)).props("role=status")
            self._paper = box("panel report briefing", "section")
            self._paper.set_visibility(False)
            page_footer(simulated=plant.simulated, language=language)

    def show(self, briefing: Briefing) -> None:
        """Show the briefing."""
        self._state.set_visibility(False)
        self._paper.set_visibility(True)
        with self._paper:
            heading(briefing.title)
            body = briefing_body(briefing, 3, partial(receipt_link, language=self._language))
            ui.html(body, sanitize=False)  # briefing_body escapes

    def refuse(self, why: str) -> None:
        """Say why there is none."""
        self._state.classes(replace="warning").set_text(why)


def _choice(months: Days, today: date, language: Language) -> None:
    """A month earlier and later, the month alone, and since January."""
    last = month_of(months[1] - 1)
    alone = months[0] == last
    ways: list[tuple[str, Days, bool]] = [("briefing_earlier", _ending(shifted(last, -1), alone=alone), False)]
    ways += [
        ("briefing_since_january", _ending(last, alone=False), months[0] == year_start(last)),
        ("briefing_month_alone", _ending(last, alone=True), alone),
    ]
    if shifted(last, 1) <= today.toordinal():
        ways.append(("briefing_later", _ending(shifted(last, 1), alone=alone), False))
    with box("report-choice", "nav").props(f'aria-label="{text("briefing_months", language)}"'):
        for key, way, current in ways:
            link = ui.link(text(key, language), briefing_path(way, language))
            link.props(f'aria-current="{"page" if current else "false"}"')


def _ending(month: int, *, alone: bool) -> Days:
    return month if alone else year_start(month), shifted(month, 1)
