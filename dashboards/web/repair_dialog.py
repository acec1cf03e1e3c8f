"""The dialog in which a person enters or moves a repair; what is unusual is asked before it is stored."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from nicegui import ui

from dashboards.web.ask_dialog import LONGEST, button
from dashboards.web.elements import box, heading, label
from dashboards.web.texts import text
from models.stated.plan import Repair, RepairKind
from models.works.calendar import NS, wall_ns
from models.works.localize import Language

Answer = Callable[[Repair, bool], Awaitable[tuple[str, Sequence[str]]]]
"""Gets the repair, and whether what is unusual was confirmed. Why it was refused, or ""; else what is asked."""


@dataclass(slots=True)
class _Typed:
    """What is being typed; times as the browser's field gives them: 2026-11-30T08:00."""

    unit: str | None
    begin: str
    end: str
    kind: str
    approved_by: str


class RepairDialog:
    """Open it with `open`. What was typed stays until it is accepted or given up."""

    def __init__(self, units: Mapping[str, str], zone: ZoneInfo, answer: Answer, language: Language) -> None:
        """`units`: code and name of each."""
        self._units, self._zone, self._answer, self._language = units, zone, answer, language
        self._confirmed: tuple[str, ...] | None = None

    def open(self, repair: Repair | None) -> None:
        """Show it, for a new repair or for one that stands."""
        language, self._repair = self._language, repair
        self._typed = typed = _typed(repair, self._units, self._zone)
        with ui.context.client.content, ui.dialog().props("no-refocus") as self._dialog, box("ask panel repair-ask"):
            title = text("repair_enter" if repair is None else "repair_change", language)
            self._dialog.props["aria-label"] = title
            heading(title)
            ui.select(dict(self._units), label=text("repair_unit", language)).classes("repair-unit").props(
                "outlined dense"
            ).bind_value(typed, "unit")
            for name, key in (("begin", "repair_from"), ("end", "repair_to")):
                field = ui.input(text(key, language)).props("outlined dense type=datetime-local stack-label")
                field.classes(f"repair-{name}").bind_value(typed, name)
            kinds = {kind.value: text(f"repair_{kind.value}", language) for kind in RepairKind}
            ui.select(kinds, label=text("repair_kind", language)).classes("repair-kind").props(
                "outlined dense"
            ).bind_value(typed, "kind")
            approved = ui.input(text("repair_approved", language)).props(f"outlined dense maxlength={LONGEST}")
            approved.classes("repair-approved").bind_value(typed, "approved_by")
            self._refusal = label("refusal").props("role=alert")
            self._refusal.set_visibility(False)
            with box("buttons"):
                self._button = button(text("save", language), "act", self._save)
                button(text("cancel", language), "quiet", self._dialog.close)
        self._dialog.on("hide", self._dialog.delete)
        self._dialog.open()

    async def _save(self) -> None:
        repair = self._read()
        if repair is None:
            return
        content = tuple(str(getattr(self._typed, name)) for name in _Typed.__slots__)
        self._dialog.props("persistent")  # no second press, and no way out, while it is being stored
        self._button.disable()
        try:
            said, asked = await self._answer(repair, self._confirmed == content)
        finally:
            self._button.enable()
            self._dialog.props(remove="persistent")
        # Who types something else after having been asked is asked anew.
        self._confirmed = content if asked and not said else None
        self._button.text = text("entry_save_anyway" if self._confirmed else "save", self._language)
        unusual = [text("entry_unusual", self._language).format(why=why) for why in asked]
        self._refuse(said or " ".join(unusual))
        if not said and not asked:
            self._dialog.close()

    def _read(self) -> Repair | None:
        typed, before = self._typed, self._repair
        if not typed.unit:
            self._refuse(text("repair_unit_missing", self._language))
            return None
        begin_ns, end_ns = (_instant(words, self._zone) for words in (typed.begin, typed.end))
        if begin_ns is None or end_ns is None:
            self._refuse(text("repair_time_missing", self._language))
            return None
        return Repair(
            name="" if before is None else before.name,
            unit=typed.unit,
            start_ns=begin_ns,
            end_ns=end_ns,
            kind=RepairKind(typed.kind),
            approved_by=typed.approved_by,
            recorded_ns=0 if before is None else before.recorded_ns,
        )

    def _refuse(self, said: str) -> None:
        self._refusal.text = said
        self._refusal.set_visibility(bool(said))


def _typed(repair: Repair | None, units: Mapping[str, str], zone: ZoneInfo) -> _Typed:
    if repair is None:
        return _Typed(next(iter(units)) if len(units) == 1 else None, "", "", RepairKind.CURRENT.value, "")
    begin, end = _field(repair.start_ns, zone), _field(repair.end_ns, zone)
    return _Typed(repair.unit, begin, end, repair.kind.value, repair.approved_by)


def _field(instant_ns: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(instant_ns // NS, UTC).astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def _instant(words: str, zone: ZoneInfo) -> int | None:
    """By the clocks of the shop, whatever zone the browser is in; None for what is no time between 1990 and 2200."""
    try:
        local = datetime.strptime(words, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - a wall time
    except ValueError:
        return None
    return wall_ns(zone, local.date(), local.time()) if 1990 <= local.year < 2200 else None
