"""The choice of one period or two as NiceGUI elements: dates that stand in the address, and the usual ones as links."""

import json
from collections.abc import Sequence

from nicegui import ui

from dashboards.web.elements import box, label
from dashboards.web.month_parts import Linked
from dashboards.web.texts import text
from models.works.localize import Language

_NAMES = ("from", "to", "base_from", "base_to")


def period_choice(
    dates: Sequence[str], address: str, presets: Sequence[Linked], language: Language, button: str = "compare_now"
) -> None:
    """`dates`: from and to of one period or both, as ISO dates or ""; `address`: of the page without periods; `button`:
    the key of what it says."""
    with box("period-choice"):
        fields = []
        names, groups = _NAMES[: len(dates)], ("period", "period", "base_period", "base_period")[: len(dates)]
        for name, date, group in zip(names, dates, groups, strict=True):
            key = "from_day" if name.endswith("from") else "to_day"
            with box("period-field", "label"):
                label("what", f"{text(group, language)}, {text(key, language)}")
                field = ui.element("input").props("type=date")
                field.props["value"] = date
                fields.append(field)
        pressed = ui.element("button").classes("plain-button").props("type=button")
        with pressed:
            ui.label(text(button, language))
        # The page is asked for anew by its address, so that what is compared can be copied as a link.
        ids = json.dumps({name: field.html_id for name, field in zip(names, fields, strict=True)})
        base = json.dumps(address).replace("<", "\\u003c")
        pressed.on(
            "click",
            js_handler=f"() => {{ const to = new URL({base}, location); "
            f"for (const [name, id] of Object.entries({ids})) "
            "to.searchParams.set(name, document.getElementById(id).value); location.assign(to); }",
        )
        if presets:
            with box("presets"):
                for preset in presets:
                    ui.link(preset.shown, preset.link)
