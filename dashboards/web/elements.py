"""Elements that the pages share."""

from nicegui import ui
from nicegui.element import Element

from dashboards.panels.texts import LANGUAGE_NAMES
from dashboards.web.texts import LANGUAGE_TITLES, text
from models.works.localize import LANGUAGES, Language

PAGES = {"today": "/", "growth": "/growth"}


def box(classes: str) -> Element:
    """A block."""
    return ui.element("div").classes(classes)


def label(classes: str, content: str = "") -> ui.label:
    """A line of text."""
    return ui.label(content).classes(classes)


def heading(content: str) -> None:
    """The heading of a panel."""
    with ui.element("h2"):
        ui.label(content)


def cell(tag: str, content: str, *, number: bool = False) -> Element:
    """A cell of a table; `tag` is td or th."""
    with ui.element(tag).classes("number" if number else "") as made:
        ui.label(content)
    return made


def languages(path: str, language: Language) -> None:
    """Links to the same page in the other languages."""
    with ui.element("nav").classes("languages").props(f'aria-label="{text("language", language)}"'):
        for other in LANGUAGES:
            link = ui.link(LANGUAGE_NAMES[other], f"{path}?lang={other}")
            current = str(other == language).lower()
            link.props(f'title="{LANGUAGE_TITLES[other]}" aria-current="{current}" lang="{other}"')


def pages(current: str, language: Language) -> None:
    """Links to the pages of the desk."""
    with ui.element("nav").classes("languages pages"):
        for name, path in PAGES.items():
            link = ui.link(text(name, language), f"{path}?lang={language}")
            link.props(f'aria-current="{str(name == current).lower()}"')
