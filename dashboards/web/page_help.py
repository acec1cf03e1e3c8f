"""What a page is for and how it is used, beside it. The sections of help/*.md are the documents of the desk."""

import re
from functools import lru_cache
from pathlib import Path

from nicegui import ui

from dashboards.web.texts import text
from models.works.localize import Language

START = "start"
"""The section of first steps, which stands below that of every page."""
UNIT = "unit"
"""The section of every unit's page."""
_MARK = re.compile(r"<!-- ([a-z_]+) -->\n")


@lru_cache(maxsize=8)
def sections(language: Language) -> dict[str, str]:
    """By page, its section as Markdown."""
    words = (Path(__file__).parent / "help" / f"{language}.md").read_text(encoding="utf-8")
    _, *parts = _MARK.split(words)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def page_help(page: str, language: Language) -> None:
    """The help of a page, and the button that opens it. The browser opens and closes it, by Escape too."""
    found = sections(language)
    name = text("help", language)
    opener = ui.element("button").classes("help-button")
    with ui.element("div").classes("page-help").props("popover=auto role=dialog") as panel:
        panel.props["aria-label"] = name
        with ui.element("button").classes("help-close").props("type=button popovertargetaction=hide") as closer:
            ui.label(text("close", language))
        ui.markdown(found.get(page, found[UNIT]), sanitize=False)  # our own words
        ui.markdown(found[START], sanitize=False)
    with opener.props("type=button"):
        opener.props["aria-label"] = name
        ui.label("?")
    for button in (opener, closer):
        button.props["popovertarget"] = panel.html_id
