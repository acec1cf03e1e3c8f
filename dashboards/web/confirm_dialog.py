"""A dialog that says what will be done, and does it once it is confirmed."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from dashboards.web.ask_dialog import button
from dashboards.web.elements import box, heading, label
from dashboards.web.texts import text
from models.works.localize import Language


def confirm(title: str, what: str, name: str, act: Callable[[], Awaitable[str]], language: Language) -> None:
    """Open it. `what` may have several lines. `name`: of the button that calls `act`, which returns why it was refused,
    or ""."""
    # Not where the button stands: the page may build that anew meanwhile.
    with ui.context.client.content, ui.dialog().props("no-refocus") as dialog, box("ask panel"):
        dialog.props["aria-label"] = title
        heading(title)
        label("", what).style("white-space: pre-line")
        refusal = label("refusal").props("role=alert")
        refusal.set_visibility(False)

        async def press() -> None:
            dialog.props("persistent")  # no second press, and no way out, while it is being stored
            try:
                refusal.text = await act()
            finally:
                dialog.props(remove="persistent")
            refusal.set_visibility(bool(refusal.text))
            if not refusal.text:
                dialog.close()

        with box("buttons"):
            button(name, "act", press).props("autofocus")
            button(text("cancel", language), "quiet", dialog.close)
    dialog.on("hide", dialog.delete)
    dialog.open()
