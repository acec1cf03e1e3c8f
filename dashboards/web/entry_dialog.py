"""The dialog that shows what a save would do, and asks about what is unusual before anything is stored."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from dashboards.web.ask_dialog import button
from dashboards.web.elements import box, heading, label
from dashboards.web.entry_view import ChangeView
from dashboards.web.texts import text
from models.works.localize import Language

Save = Callable[[], Awaitable[tuple[str, Sequence[ChangeView]]]]
"""Why it was refused, or ""; and what a save would do by now, where that changed."""


class EntryDialog:
    """Open it with `open`. What was typed stays in the page, whatever is answered."""

    def __init__(self, remarks: Sequence[str], save: Save, closed: Callable[[], None], language: Language) -> None:
        """`remarks`: of figures that speak of the same tonnes. `closed` is called when it goes."""
        self._remarks, self._save, self._closed, self._language = remarks, save, closed, language

    def open(self, changes: Sequence[ChangeView]) -> None:
        """Show it."""
        with ui.context.client.content, ui.dialog().props("no-refocus") as self._dialog, box("ask panel entry-ask"):
            self._dialog.props["aria-label"] = text("entry_will_be", self._language)
            heading(text("entry_will_be", self._language))
            self._changes = box("entry-changes")
            for remark in self._remarks:
                label("quiet", remark)
            self._refusal = label("refusal").props("role=alert")
            self._refusal.set_visibility(False)
            with box("buttons"):
                self._button = button("", "act", self._press).props("autofocus")
                button(text("cancel", self._language), "quiet", self._dialog.close)
        self._dialog.on("hide", self._hidden)
        self._show(changes)
        self._dialog.open()

    def _show(self, changes: Sequence[ChangeView]) -> None:
        self._changes.clear()
        with self._changes:
            kind = ""
            for change in changes:
                if change.kind != kind:
                    kind = change.kind
                    heading(text(f"entry_{kind}", self._language), "h3")
                with box("entry-change meanwhile" if change.meanwhile else "entry-change"):
                    label("what", change.what)
                    label("value", change.value)
                    if change.said:
                        label("quiet", change.said)
                    for why in change.why:
                        label("why", why)
        asked = any(change.why for change in changes)
        self._button.text = text("entry_save_anyway" if asked else "save", self._language)

    async def _press(self) -> None:
        self._dialog.props("persistent")  # no second press, and no way out, while it is being stored
        self._button.disable()
        try:
            said, changes = await self._save()
        finally:
            self._button.enable()
            self._dialog.props(remove="persistent")
        self._refusal.text = said
        self._refusal.set_visibility(bool(said))
        if not said:
            self._dialog.close()
        elif changes:
            self._show(changes)

    def _hidden(self) -> None:
        self._dialog.delete()
        self._closed()
