"""Elements that the pages share."""

import json
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

from nicegui import ui
from nicegui.element import Element

from dashboards.panels.texts import LANGUAGE_NAMES
from dashboards.web.page_help import page_help
from dashboards.web.texts import LANGUAGE_TITLES, text
from dashboards.web.viewer import viewer
from models.works.localize import LANGUAGES, Language

PAGES = {
    "today": "/",
    "alerts": "/alerts",
    "stops": "/stops",
    "entry": "/entry",
    "month": "/month",
    "growth": "/growth",
    "report": "/report",
    "data": "/data",
}
TITLES = {
    "today": "title",
    "alerts": "alerts_title",
    "stops": "stops_title",
    "entry": "entry_title",
    "month": "month_title",
    "growth": "growth_title",
    "report": "report_title",
    "data": "data_title",
    "receipt": "receipt_title",
    "files": "files_title",
    "changes": "changes_title",
    "digest": "digest_title",
    "roster": "roster_title",
    "briefing": "briefing_title",
    "projects": "projects_title",
    "heat": "heat_title",
    "fuel": "fuel_title",
    "why": "why_title",
    "losses": "losses_title",
    "recovery": "recovery_title",
    "safety": "safety_title",
    "region": "region_title",
}
WITHIN = {
    "files": "entry",
    "changes": "data",
    "digest": "alerts",
    "roster": "alerts",
    "briefing": "report",
    "projects": "report",
    "heat": "report",
    "fuel": "report",
    "why": "growth",
    "losses": "stops",
    "recovery": "month",
    "safety": "report",
    "region": "report",
}
"""Pages to which the head has no link of their own, by that of which they are a part."""
PATHS = {**PAGES, "digest": "/alerts/digest", "roster": "/alerts/roster"}
"""Where pages are whose address is not their name."""
SESSION_LOOK_S = 10.0
"""Who was disabled sees figures for no longer than that; a script that does not leave, for twice as long."""
THEMES = ("system", "light", "dark")
_HERE = Path(__file__).parent
_STYLE = "".join((_HERE / name).read_text(encoding="utf-8") for name in ("colours.css", "style.css"))
_THEME = (_HERE / "theme.js").read_text(encoding="utf-8")
_LEAVE = (_HERE / "leave.js").read_text(encoding="utf-8")
_ADDRESS = (_HERE / "address.js").read_text(encoding="utf-8")


def page_head(title: str, language: Language) -> None:
    """What stands in the head of a page: its title, language, style and theme."""
    ui.page_title(f"{title} - Tundish")
    ui.add_head_html(
        f"<style>{_STYLE}</style><script>document.documentElement.lang = {language!r};\n{_THEME}\n{_LEAVE}\n"
        f"{_ADDRESS}</script>{_lost_connection(language)}"
    )
    # The first connection has NiceGUI's limit of time. A later one has none: at its end the page would be loaded
    # anew, and of a server that hangs there is nothing to load.
    ui.run_javascript("showTheme(); window.socket.io.timeout(false)")
    _leave_with_the_session()


def _leave_with_the_session() -> None:
    """An open page whose user may no longer see it goes to the sign-in page, and comes back from there. One that does
    not go gets nothing more: a script in place of a browser does not do as it is told."""
    client, looking = ui.context.client, viewer()
    told = False

    async def look() -> None:
        nonlocal told
        if not client.has_socket_connection or await looking.may_still_read():
            return
        if told:
            client.delete()
        else:
            told = True
            ui.run_javascript("signInAndBack()")

    ui.timer(SESSION_LOOK_S, look)


def _sign_in_and_back() -> str:
    """The form to sign in, which leads back to this page with all that its address chose."""
    url = ui.context.client.request.url
    return f"/sign-in?next={quote(url.path + (f'?{url.query}' if url.query else ''))}"


def box(classes: str, tag: str = "div") -> Element:
    """A block."""
    return ui.element(tag).classes(classes)


def label(classes: str, content: str = "") -> ui.label:
    """A line of text."""
    return ui.label(content).classes(classes)


def heading(content: str, tag: str = "h2", classes: str = "") -> Element:
    """A heading: h1 of the page, h2 of a panel, h3 of a part of it."""
    with ui.element(tag).classes(classes) as made:
        ui.label(content)
    return made


def cell(tag: str, content: str, *, number: bool = False) -> Element:
    """A cell of a table; `tag` is td or th."""
    with ui.element(tag).classes("number" if number else "") as made:
        ui.label(content)
    return made


def scroll(name: str) -> Element:
    """A part that may scroll, by keyboard too. `name` is said to those who cannot see it."""
    made = box("scroll").props("tabindex=0 role=region")
    made.props["aria-label"] = name
    return made


def figures_html(about: str, lines: Iterable[Sequence[str]]) -> str:
    """What the tooltips of a chart say, for those who have no mouse: a line for each bar, below what is counted."""
    items = "".join(
        f"<li><b>{escape(first)}</b> {'; '.join(escape(other) for other in others)}</li>" for first, *others in lines
    )
    return f"<p>{escape(about)}</p><ol>{items}</ol>"


class BarsInWords:
    """The bars of a chart in words, below it, opened by a click, a touch or a key."""

    def __init__(self, name: str) -> None:
        with box("figures", "details"):
            with ui.element("summary"):
                ui.label(name)
            self._lines = ui.html("", sanitize=False)  # figures_html escapes

    def show(self, about: str, lines: Iterable[Sequence[str]]) -> None:
        """Bring it up to date."""
        self._lines.content = figures_html(about, lines)


def page_header(site: str, *, simulated: bool, page: str, language: Language, address: str = "") -> Element:
    """The head of a page: what it shows, and the ways to the other pages, language and theme. What is made inside the
    element that it returns stands at its right end. `page`: a key of TITLES, or the path of a unit's page. `address`:
    of this very page, if it says more than its path."""
    with ui.header(fixed=False, wrap=False, add_scroll_padding=False).classes("head"):
        with box("head-line"):
            with ui.element("h1"):
                label("site", site)
                label("title", text(TITLES.get(page, "unit_title"), language))
            if simulated:
                label("badge", text("simulated", language))
            box("space")
            moment = box("moment")
            with box("choices"):
                _languages(address or PATHS.get(page, f"/{page}"), language)
                _theme(language)
                page_help(page, language)
                _who(language)
        _pages(page, language)
    return moment


def page_footer(*, simulated: bool, language: Language) -> None:
    """What has to be known of every figure."""
    if simulated:
        label("foot", text("simulated_why", language))


def _languages(path: str, language: Language) -> None:
    """Links to the same page in the other languages."""
    with box("languages", "nav").props(f'aria-label="{text("language", language)}"'):
        for other in LANGUAGES:
            link = ui.link(LANGUAGE_NAMES[other], in_language(path, other))
            current = str(other == language).lower()
            link.props(f'title="{LANGUAGE_TITLES[other]}" aria-current="{current}" lang="{other}"')


def in_language(address: str, language: Language) -> str:
    """The address with that language in place of the one that it may have."""
    path, _, query = address.partition("?")
    kept = [(name, content) for name, content in parse_qsl(query) if name != "lang"]
    return f"{path}?{urlencode([*kept, ('lang', language)])}"


def _pages(current: str, language: Language) -> None:
    """Links to the pages of the desk."""
    with box("pages", "nav").props(f'aria-label="{text("pages", language)}"'):
        for name, path in PAGES.items():
            link = ui.link(text(name, language), f"{path}?lang={language}")
            link.props(f'aria-current="{"page" if name == WITHIN.get(current, current) else "false"}"')


def _theme(language: Language) -> None:
    """The choice of the theme; theme.js keeps it."""
    choices = "".join(
        f'<option value="{theme}">{escape(text(f"theme_{theme}", language))}</option>' for theme in THEMES
    )
    ui.html(choices, sanitize=False, tag="select").classes("theme").props(f'aria-label="{text("theme", language)}"')


def _who(language: Language) -> None:
    """Who has signed in, with the way out; or the way in."""
    looking = viewer()
    if looking.user is not None:
        name = escape(looking.user.full_name or looking.user.name)
        password, leave = escape(text("change_password", language)), escape(text("sign_out", language))
        ui.html(
            f'<a href="/password?lang={language}" title="{password}">{name}</a>'
            f'<form method="post" action="/sign-out?lang={language}" data-leaves="{escape(looking.user.name)}" '
            f'data-asks="{escape(text("leave_drafts", language))}"><button>{leave}</button></form>',
            sanitize=False,
        ).classes("who")
    elif looking.can_sign_in:
        ui.link(text("do_sign_in", language), f"{_sign_in_and_back()}&lang={language}").classes("who")


def _lost_connection(language: Language) -> str:
    """The words that the page shows by itself if its server is gone. NiceGUI has them in English alone."""
    # "<" escaped: no text can end the script.
    words = json.dumps([text("connection_lost", language), text("reconnecting", language)]).replace("<", "\\u003c")
    return (
        "<script>addEventListener('DOMContentLoaded', () => "
        f"document.querySelectorAll('#popup span').forEach((line, number) => line.textContent = {words}[number]))"
        "</script>"
    )
