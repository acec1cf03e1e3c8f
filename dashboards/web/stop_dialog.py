"""The dialog in which a person says why a unit stood, for the whole stop or for parts of it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from nicegui import ui

from dashboards.web.ask_dialog import LONGEST, button
from dashboards.web.elements import box, heading, label
from dashboards.web.numbers import moment
from dashboards.web.stops_view import StopView, moment_within
from dashboards.web.texts import text
from models.stated.stop_reason import StopPart
from models.works.calendar import NS
from models.works.localize import Language

MOST_PARTS = 12
"""A stop of more causes is one that nobody reads."""


Field = TypeVar("Field", ui.input, ui.select)


@dataclass(slots=True)
class _Row:
    """What is being typed of one part; `begin` "": the first, which begins with the stop."""

    begin: str
    reason: str | None
    comment: str


class StopDialog:
    """Open it with `open`. What was typed stays until it is accepted or given up."""

    def __init__(
        self,
        stop: StopView,
        reasons: Sequence[tuple[str, str]],
        state: Callable[[tuple[StopPart, ...]], Awaitable[str]],
        zone: ZoneInfo,
        language: Language,
    ) -> None:
        """`reasons`: code and name of each. `state` returns why it was refused, or ""."""
        self._stop, self._state, self._zone, self._language = stop, state, zone, language
        self._reasons = dict(reasons)
        self._rows = [
            _Row("" if number == 0 else moment(part.from_s * NS, stop.start_s * NS, zone), part.reason, part.comment)
            for number, part in enumerate(stop.stated)
        ] or [_Row("", None, "")]

    def open(self) -> None:
        """Show it."""
        stop, language = self._stop, self._language
        with ui.context.client.content, ui.dialog().props("no-refocus") as self._dialog, box("ask panel stop-reasons"):
            self._dialog.props["aria-label"] = text("name_reason", language)
            heading(f"{stop.name}: {stop.when} ({stop.lasted})")
            label("quiet", stop.evidence)
            self._parts = box("parts")
            self._refusal = label("refusal").props("role=alert")
            self._refusal.set_visibility(False)
            with box("buttons"):
                button(text("save", language), "act", self._save)
                button(text("split_stop", language), "quiet", self._split)
                button(text("cancel", language), "quiet", self._dialog.close)
        self._dialog.on("hide", self._dialog.delete)
        self._show_rows()
        self._dialog.open()

    def _show_rows(self) -> None:
        language = self._language
        self._parts.clear()
        with self._parts:
            for number, row in enumerate(self._rows):
                with box("part"):
                    if number:
                        begin = ui.input(text("part_from", language), value=row.begin).props("maxlength=12")
                        _plain(begin, "begin").bind_value_to(row, "begin")
                    known = row.reason if row.reason in self._reasons else None
                    reason = ui.select(self._reasons, label=text("reason_is", language), value=known)
                    _plain(reason, "reason").bind_value_to(row, "reason")
                    comment = ui.input(text("comment", language), value=row.comment).props(f"maxlength={LONGEST}")
                    _plain(comment, "comment").bind_value_to(row, "comment")
                    if number:
                        button(text("merge_stop", language), "quiet", partial(self._join, number))

    def _split(self) -> None:
        if len(self._rows) < MOST_PARTS:
            self._rows.append(_Row("", None, ""))
            self._show_rows()

    def _join(self, number: int) -> None:
        del self._rows[number]
        self._show_rows()

    async def _save(self) -> None:
        parts: list[StopPart] = []
        for number, row in enumerate(self._rows):
            span_s = (self._stop.start_s, self._stop.end_s)
            at_s = self._stop.start_s if number == 0 else moment_within(row.begin, span_s, self._zone)
            if at_s is None:
                key = "time_not_understood" if row.begin.strip() else "time_missing"
                self._refuse(text(key, self._language).format(value=row.begin))
                return
            parts.append(StopPart(at_s, row.reason or "", row.comment))
        said = await self._state(tuple(parts))
        self._refuse(said)
        if not said:
            self._dialog.close()

    def _refuse(self, said: str) -> None:
        self._refusal.text = said
        self._refusal.set_visibility(bool(said))


def _plain(field: Field, classes: str) -> Field:
    field.props("outlined dense")
    return field.classes(classes)
