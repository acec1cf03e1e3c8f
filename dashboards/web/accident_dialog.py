"""The dialog in which a person enters or corrects an accident. What was typed is kept in the browser until it is stored
or given up."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, fields

from nicegui import ui

from dashboards.web.acting import FormAnswer
from dashboards.web.ask_dialog import LONGEST
from dashboards.web.asked_form import AskedForm
from dashboards.web.elements import box, heading, label
from dashboards.web.texts import text
from models.access.safety_desk import TypedAccident
from models.works.localize import Language

Answer = Callable[[TypedAccident, int, bool], Awaitable[FormAnswer]]
"""Gets what was typed, when the word was recorded that the person saw (0: none), and whether what was asked about it is
confirmed."""


@dataclass(frozen=True, slots=True)
class AccidentChoices:
    """Code and name of each: places, kinds and causes. `draft`: the name by which the browser keeps what is typed."""

    places: Mapping[str, str]
    kinds: Mapping[str, str]
    causes: Mapping[str, str]
    draft: str


class _Typing:
    """What is being typed."""

    def __init__(self, given: TypedAccident, seen_ns: int) -> None:
        self.seen_ns = seen_ns
        for name, words in given.fields.items():
            setattr(self, name, words)

    def typed(self) -> TypedAccident:
        """As it is now."""
        return TypedAccident(**{each.name: str(getattr(self, each.name) or "") for each in fields(TypedAccident)})


class AccidentDialog:
    """Open it with `open`."""

    def __init__(self, choices: AccidentChoices, answer: Answer, language: Language) -> None:
        self._choices, self._answer, self._language = choices, answer, language

    async def open(self, given: TypedAccident, seen_ns: int) -> None:
        """Show it: for a new accident (`seen_ns` 0), or for one that stands."""
        kept = await self._kept(given.number if seen_ns else "")
        self._typing = _Typing(*(kept or (given, seen_ns)))
        self._was = given
        language = self._language
        with ui.context.client.content, ui.dialog().props("no-refocus") as self._dialog, box("ask panel accident-ask"):
            title = text("safety_change" if seen_ns else "safety_enter", language)
            self._dialog.props["aria-label"] = title
            self._form = AskedForm(self._dialog, language)
            heading(title)
            if kept is not None:
                label("quiet draft", text("safety_draft", language))
            self._input("number", "safety_number", "" if not seen_ns else " readonly")
            self._input("at", "safety_at", " type=datetime-local stack-label")
            self._select("place", "safety_place", self._choices.places)
            self._select("kind", "safety_kind", self._choices.kinds)
            being = {"": text("safety_being_established", language)}
            self._select("cause", "safety_cause", being | dict(self._choices.causes))
            with box("counts-typed"):
                for name in ("victims", "fatal", "days_lost"):
                    self._input(name, f"safety_{name}", " inputmode=numeric")
            self._input("note", "safety_note", f" maxlength={LONGEST}")
            self._form.end(self._store, self._give_up, self._give_up)
        self._dialog.on("hide", self._dialog.delete)
        self._dialog.open()

    def _input(self, name: str, key: str, props: str) -> None:
        field = ui.input(text(key, self._language), on_change=self._keep).props(f"outlined dense{props}")
        field.classes(f"accident-{name.replace('_', '-')}").bind_value(self._typing, name)
        self._form.field(name, field)

    def _select(self, name: str, key: str, choices: Mapping[str, str]) -> None:
        if getattr(self._typing, name) not in choices:
            setattr(self._typing, name, None)
        field = ui.select(dict(choices), label=text(key, self._language), on_change=self._keep).props("outlined dense")
        field.classes(f"accident-{name}").bind_value(self._typing, name)
        self._form.field(name, field)

    async def _store(self, confirmed: bool) -> FormAnswer:
        return await self._answer(self._typing.typed(), self._typing.seen_ns, confirmed)

    def _give_up(self) -> None:
        self._forget()
        self._dialog.close()

    def _keep(self) -> None:
        typed = self._typing.typed()
        if typed == self._was:
            self._forget()
            return
        kept = json.dumps({"typed": typed.fields, "seen_ns": str(self._typing.seen_ns)}, ensure_ascii=False)
        _run(f"localStorage.setItem({json.dumps(self._choices.draft)}, {json.dumps(kept)})")

    def _forget(self) -> None:
        _run(f"localStorage.removeItem({json.dumps(self._choices.draft)})")

    async def _kept(self, number: str) -> tuple[TypedAccident, int] | None:
        """What was typed here and not stored, if it is of that accident; "": of a new one."""
        name = json.dumps(self._choices.draft)
        try:
            kept = await ui.run_javascript(f"(() => {{ try {{ return localStorage.getItem({name}) }} catch {{}} }})()")
            found = json.loads(kept)
            typed, seen_ns = TypedAccident(**{str(key): str(words) for key, words in found["typed"].items()}), found
        except (TypeError, ValueError, KeyError, AttributeError, TimeoutError):
            return None  # none is kept, or something else stands there
        seen = int(seen_ns["seen_ns"]) if str(seen_ns["seen_ns"]).isdigit() else 0
        of = typed.number if seen else ""
        return (typed, seen) if of == number else None


def _run(script: str) -> None:
    ui.run_javascript(f"try {{ {script} }} catch {{}}")
