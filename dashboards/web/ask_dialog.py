"""A dialog that asks for a few words, and then does something with them."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from dashboards.web.elements import box, heading, label
from dashboards.web.texts import text
from models.works.localize import Language

LONGEST = 500
"""Letters; the records keep no more."""

Answer = Callable[[str], Awaitable[str]]
"""Gets what was typed; returns why it was refused, or ""."""


def ask(title: str, question: str, answers: Sequence[tuple[str, Answer]], language: Language) -> None:
    """Open it. `answers`: buttons that take the words. What was typed stays until it is accepted or given up."""
    # Not where the button stands: the page may build that anew meanwhile.
    with ui.context.client.content, ui.dialog().props("no-refocus") as dialog, box("ask panel"):
        dialog.props["aria-label"] = title
        heading(title)
        words = ui.input(question).props(f"outlined autofocus maxlength={LONGEST}").classes("words")
        refusal = label("refusal").props("role=alert")
        refusal.set_visibility(False)
        with box("buttons"):
            for name, answer in answers:
                button(name, "act", _taken(dialog, words, refusal, answer))
            button(text("cancel", language), "quiet", dialog.close)
    dialog.on("hide", dialog.delete)
    dialog.open()


def button(name: str, classes: str, pressed: Callable[[], object]) -> ui.button:
    """A plain button of ours."""
    return ui.button(name, on_click=pressed, color=None).props("flat no-caps").classes(f"button {classes}")


def _taken(dialog: ui.dialog, words: ui.input, refusal: ui.label, answer: Answer) -> Callable[[], Awaitable[None]]:
    async def take() -> None:
        dialog.props("persistent")  # no second press, and no way out, while it is being stored
        try:
            said = await answer(words.value or "")
        finally:
            dialog.props(remove="persistent")
        refusal.text = said
        refusal.set_visibility(bool(said))
        if not said:
            dialog.close()

    return take
