"""The lower part of a form in a dialog: each fault at its field, what is asked to be confirmed, and the buttons."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.validation_element import ValidationElement

from dashboards.web.acting import FormAnswer
from dashboards.web.ask_dialog import button
from dashboards.web.elements import box, label
from dashboards.web.texts import text
from models.works.localize import Language

Store = Callable[[bool], Awaitable[FormAnswer]]
"""Stores what was typed; whether the user confirmed what was asked about it."""


class AskedForm:
    """Of one dialog: name its fields with `field` as they are made, then make the rest with `end`."""

    def __init__(self, dialog: ui.dialog, language: Language) -> None:
        self._dialog, self._language = dialog, language
        self._fields: dict[str, ValidationElement[Any]] = {}
        self._asks = False

    def field(self, name: str, made: ValidationElement[Any]) -> None:
        """`name`: as refusals have it. What was asked is asked again once something is changed."""
        self._fields[name] = made
        made.on_value_change(self._changed)

    def end(
        self, store: Store, stored: Callable[[], None], give_up: Callable[[], object], name: str | None = None
    ) -> None:
        """The line of the refusal and the buttons. `name`: of the one that stores; Save if None, none if ""."""
        self._name = text("save", self._language) if name is None else name
        self._refusal = label("refusal").props("role=alert")
        self._refusal.set_visibility(False)

        async def save() -> None:
            answer = await self._stored(store)
            if not answer.refused:
                stored()

        with box("buttons"):
            self._button = button(self._name, "act", save)
            self._button.set_visibility(bool(self._name))
            button(text("cancel", self._language), "quiet", give_up)

    async def _stored(self, store: Store) -> FormAnswer:
        self._dialog.props("persistent")  # no second press, and no way out, while it is being stored
        self._button.disable()
        try:
            answer = await store(self._asks)
        finally:
            self._button.enable()
            self._dialog.props(remove="persistent")
        for name, made in self._fields.items():
            made.error = answer.fields.get(name)
        elsewhere = [said for name, said in answer.fields.items() if name not in self._fields]
        self._refusal.text = " ".join([answer.refused, *elsewhere])
        self._refusal.set_visibility(bool(answer.refused))
        self._ask(answer.asks)
        return answer

    def _changed(self) -> None:
        if self._asks:
            self._refusal.set_visibility(False)
            self._ask(False)

    def _ask(self, asks: bool) -> None:
        self._asks = asks
        self._button.text = text("form_confirm", self._language) if asks else self._name
