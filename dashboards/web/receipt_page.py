"""The receipt of a figure as NiceGUI elements. It is read once: what it says is of the time that stands in it."""

import json

from nicegui import ui

from dashboards.web.elements import box, heading, label, page_footer, page_header, scroll
from dashboards.web.linked_table import show_table
from dashboards.web.month_parts import Linked
from dashboards.web.receipt_tables import ReceiptTable
from dashboards.web.receipt_view import ReceiptView
from dashboards.web.texts import text
from models.works.localize import Language

_CHANGES = ("changed_at", "what", "changed_by", "tonnes")
_COPY = """(event) => {
  const said = event.currentTarget.querySelector("div") ?? event.currentTarget;
  const words = %s;
  const tell = (key) => { said.textContent = words[key]; };
  if (!navigator.clipboard) { tell("copy_failed"); return; }
  navigator.clipboard.writeText(location.href).then(() => tell("copied"), () => tell("copy_failed"));
}"""


def build_receipt_page(
    head: tuple[str, bool], view: ReceiptView, read_at: str, warning: str, address: str, language: Language
) -> None:
    """Build the page inside a NiceGUI page function. `head`: the name of the works, and whether it is simulated.
    `read_at`: of which time it is; `warning` stands above it, or is ""."""
    site, simulated = head
    page_header(site, simulated=simulated, page="receipt", language=language, address=address)
    with box("desk receipt-page stale" if warning else "desk receipt-page"):
        for said in (warning, *view.warnings):
            if said:
                label("warning", said)
        with box("panel growth-card", "section"):
            _figure(view, read_at, language)
        with box("panel listed", "section"):
            heading(text("formula", language))
            for sentence in view.words:
                label("month-words", sentence)
            if not view.words:
                label("empty", text("no_changes", language))
        with box("panel listed known", "section"):
            _known(view, language)
        for table in view.tables:
            _table(table, language)
        page_footer(simulated=simulated, language=language)


def build_no_receipt(head: tuple[str, bool], fault: str, address: str, language: Language) -> None:
    """The page where there is no receipt, with the reason and the next step."""
    site, simulated = head
    page_header(site, simulated=simulated, page="receipt", language=language, address=address)
    with box("desk"):
        label("warning", fault)
        page_footer(simulated=simulated, language=language)


def _figure(view: ReceiptView, read_at: str, language: Language) -> None:
    with box("top"):
        with box("named"):
            heading(view.title, classes="name")
            label("when", view.span)
        if view.status:
            label("status", view.status)
    label("actual", view.exact).props(f'data-grams="{"" if view.grams is None else view.grams}"')
    label("when", text("read_at", language).format(at=read_at))
    with box("facts"):
        for what, amount in view.facts:
            with box(""):
                label("what", what)
                label("value", amount)
    with box("receipt-ways"):
        button = ui.element("button").classes("plain-button").props("type=button")
        with button:
            ui.label(text("copy_link", language))
        words = json.dumps({key: text(key, language) for key in ("copied", "copy_failed")})
        button.on("click", js_handler=_COPY % words.replace("<", "\\u003c"))
        ui.link(text("as_json", language), view.json_link)
        ui.link(text("month", language), view.month_link)


def _known(view: ReceiptView, language: Language) -> None:
    """The times at which the figure changed: a slider over them, any other time, and who changed it."""
    heading(text("known_on", language))
    links = [*(choice.link for choice in view.choices), view.now_link]
    said = [*(f"{choice.at}: {choice.tonnes}" for choice in view.choices), text("known_now", language)]
    with box("period-choice"):
        slider = ui.element("input").props(f"type=range min=0 max={len(links) - 1} step=1 value={view.chosen}")
        slider.props["aria-label"] = text("known_choice", language)
        slider.props["aria-valuetext"] = said[view.chosen]
        ways = json.dumps(links).replace("<", "\\u003c")
        slider.on("change", js_handler=f"(event) => location.assign({ways}[Number(event.target.value)])")
        with box("period-field", "label"):
            label("what", text("known_at_time", language))
            field = ui.element("input").props("type=datetime-local step=1")
        button = ui.element("button").classes("plain-button").props("type=button")
        with button:
            ui.label(text("known_show", language))
        base = json.dumps(view.now_link).replace("<", "\\u003c")
        button.on(
            "click",
            js_handler=f"() => {{ const to = new URL({base}, location); "
            f"to.searchParams.set('known', document.getElementById({json.dumps(field.html_id)}).value); "
            "location.assign(to); }",
        )
    label("when", said[view.chosen])
    if view.more_changes:
        label("empty", text("more_changes", language))
    if not view.choices:
        label("empty", text("no_changes", language))
        return
    rows = [
        (Linked(choice.at, choice.link), Linked(choice.what), Linked(choice.who), Linked(choice.tonnes))
        for choice in reversed(view.choices)
    ]
    with box("said"), scroll(text("known_choice", language)):
        show_table(_CHANGES, rows, frozenset(("tonnes",)), language)


def _table(table: ReceiptTable, language: Language) -> None:
    with box("panel listed", "section") as panel:
        panel.props(f"data-table={table.name}")
        heading(text(table.name, language))
        with box("said"), scroll(text(table.name, language)):
            show_table(table.columns, table.rows, table.numbers, language)
        if table.remark:
            label("empty", table.remark)
