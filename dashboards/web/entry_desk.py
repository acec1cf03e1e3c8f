"""Feeds the page of entry, checks what is typed, stores it once, and takes it back."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import structlog
from nicegui import ui
from nicegui.events import GenericEventArguments

from dashboards.report.incident_line import shop_name
from dashboards.web.acting import Acting, hint_for, sentence
from dashboards.web.confirm_dialog import confirm
from dashboards.web.correction_panel import CorrectionPanel
from dashboards.web.elements import page_head
from dashboards.web.entry_dialog import EntryDialog
from dashboards.web.entry_message import typed_sheet
from dashboards.web.entry_page import EntryPage, latest_day
from dashboards.web.entry_view import ChangeView, Entering, SaveView, change_views, fault_texts, grid_view, save_views
from dashboards.web.misread_address import is_date, misread, say_misread
from dashboards.web.texts import text
from dashboards.web.viewer import Viewer, viewer
from models.access.entry_desk import CheckedSheet, EntryDesk, EntrySheet, ListedSave, TypedCell, TypedSheet, right_for
from models.access.user import Right, User
from models.stated.adjustment import Adjustment
from models.stated.entry_sheet import AskedSheet, SheetKind
from models.works.calendar import production_day
from models.works.localize import Language, localize_day
from models.works.plant import Plant

log = structlog.get_logger(__name__)

OLDEST_DAY = date(1990, 1, 1).toordinal()
CORRECTED = (SheetKind.SHIFTS, SheetKind.SURVEYS)
"""Sheets of output: a correction is one of output."""
MOST_FAULTS = 10
"""Cells that are named at once; a person corrects some, and checks again."""


async def build_entry(plant: Plant, entry: EntryDesk, query: Mapping[str, str], language: Language) -> None:
    """Build the page inside a NiceGUI page function. `query`: as the address has it."""
    looking = viewer()
    now_ns = time.time_ns()
    today = today_of(plant)
    asked = asked_sheet(plant, looking.user, query, today)
    page_head(text("entry_title", language), language)
    desk = _EntryPageDesk(entry, looking, Entering(plant, looking.user, now_ns, language), asked)
    desk.page = EntryPage(asked, desk.of, today, desk.ask_undo)
    await desk.refresh()
    say_misread_sheet(plant, query, asked, language)
    ui.on("entry_check", desk.check)
    ui.on("entry_draft", desk.look_at_draft)


def say_misread_sheet(plant: Plant, query: Mapping[str, str], asked: AskedSheet, language: Language) -> None:
    """What the address has that names no sheet, shop or day, and the shop and day that are shown."""
    kinds = {kind.value for kind in SheetKind}
    given = misread(query, {"sheet": kinds.__contains__, "shop": plant.shops.__contains__, "day": is_date})
    shown = f"{shop_name(plant, asked.shop, language)}, {localize_day(date.fromordinal(asked.day), language)}"
    say_misread(given, shown, language)


def today_of(plant: Plant) -> int:
    """The production date that runs, the latest of any shop."""
    now_ns = time.time_ns()
    return max(production_day(shop.calendar, now_ns) for shop in plant.shops.values()).toordinal()


def asked_sheet(plant: Plant, user: User | None, query: Mapping[str, str], today: int) -> AskedSheet:
    """The sheet that the address names; what it does not name is what the viewer most likely enters: the last shift
    that is over lies on the day that runs, or on the one before."""
    kind = query.get("sheet", "")
    known = SheetKind(kind) if kind in {each.value for each in SheetKind} else SheetKind.SHIFTS
    shop = query.get("shop", "")
    if shop not in plant.shops:
        own = [code for code in plant.shops if user is not None and user.may(right_for(known), code)]
        by_hand = [unit.shop for unit in plant.units.values() if unit.by_hand]
        shop = next((code for code in by_hand if code in own), (own or by_hand or list(plant.shops))[0])
    try:
        day = date.fromisoformat(query.get("day", "")).toordinal()
    except ValueError:
        day = production_day(plant.shops[shop].calendar, time.time_ns()).toordinal()
    return AskedSheet(known, shop, max(OLDEST_DAY, min(day, latest_day(known, today))))


@dataclass(slots=True)
class _EntryPageDesk:
    """One page of one viewer."""

    entry: EntryDesk
    looking: Viewer
    of: Entering
    asked: AskedSheet
    page: EntryPage | None = None
    asking: bool = False

    @property
    def acting(self) -> Acting:
        return Acting(self.looking, self.of.language)

    async def refresh(self) -> None:
        """Read the sheet and the list anew."""
        of, warning = replace(self.of, now_ns=time.time_ns()), ""
        sheet, saves = EntrySheet(self.asked, (), closed=False), list[ListedSave]()
        corrections = list[Adjustment]()
        try:
            sheet = await asyncio.to_thread(self.entry.sheet, self.asked)
            saves = list(await asyncio.to_thread(self.entry.saves, self.asked))
            if sheet.closed:
                corrections = list(await asyncio.to_thread(self.entry.corrections, self.asked))
        except Exception as error:  # whatever the reader meets, the page says that it shows nothing of now
            log.warning("desk_read_failed", error=str(error))
            warning = text("read_failed_at_start", of.language)
        if sheet.closed:
            key = "entry_closed" if self.asked.kind in CORRECTED else f"entry_closed_{self.asked.kind.value}"
            warning = warning or text(key, of.language)
        keys = ("sign_in_to_enter", "add_users_to_enter")
        right = right_for(self.asked.kind)
        hint = "" if self.looking.user is not None else hint_for(self.looking, right, keys, of.language)
        if not hint and not of.may_enter(self.asked):
            hint = text("entry_whose_plans" if right is Right.PLAN else "entry_whose", of.language)
        assert self.page is not None  # noqa: S101 - it is made before anything is read
        self.page.show(grid_view(sheet, of), save_views(saves, self.asked, of), warning, hint)
        corrected = sheet.closed and self.asked.kind in CORRECTED
        self.page.corrections.set_visibility(corrected)
        if corrected:
            panel = CorrectionPanel(self.page.corrections, self.entry, self.acting, self.asked, self._corrected)
            panel.show(sheet.rows, corrections, of)

    async def _corrected(self, words: str) -> None:
        _say(words)
        await self.refresh()

    async def look_at_draft(self, event: GenericEventArguments) -> None:
        """The answer to a save may have been lost: then the draft is no draft any more."""
        _, checked = await self._checked(event.args)
        if checked is not None and checked.accepted:
            await self._accepted(event.args, text("entry_accepted_before", self.of.language), checked.accepted)

    async def check(self, event: GenericEventArguments) -> None:
        """Show what a save would do, and ask."""
        if self.asking:
            return
        typed, checked = await self._checked(event.args)
        if typed is None or checked is None:
            return
        language = self.of.language
        _script("entryFault", [fault.cell for fault in checked.faults])
        if checked.accepted:
            await self._accepted(event.args, text("entry_accepted_before", language), checked.accepted)
        elif checked.faults:
            _say(_faults(fault_texts(checked, self.asked, self.of), language))
        elif not checked.changes:
            await self._accepted(event.args, text("entry_stands", language), 0)
        else:
            self._ask(event.args, typed, checked)

    def ask_undo(self, save: SaveView) -> None:
        """Ask whether a save is to be taken back."""
        language = self.of.language

        async def undo() -> str:
            later: list[int] = []
            said = await self.acting.do(lambda user: later.append(self.entry.undo(user, save.number)))
            if not said:
                key = "entry_undone_but" if later[0] else "entry_undone"
                _say(text(key, language).format(number=save.number, count=later[0]))
                await self.refresh()
            return said

        title = text("entry_undo_title", language).format(number=save.number)
        confirm(title, text("entry_undo_what", language), text("entry_undo", language), undo, language)

    def _ask(self, sent: object, typed: TypedSheet, checked: CheckedSheet) -> None:
        seen = [checked]

        async def save() -> tuple[str, Sequence[ChangeView]]:
            numbers: list[int] = []
            told = _as_told(typed, seen[0])
            said = await self.acting.do(lambda user: numbers.append(self.entry.save(user, told)))
            if not said:
                await self._accepted(sent, text("entry_accepted", self.of.language), numbers[0])
                return "", ()
            _, again = await self._checked(sent)
            if again is None or not again.changes:
                return said, ()
            seen[0] = again
            return said, change_views(again, replace(self.of, now_ns=time.time_ns()))

        def closed() -> None:
            self.asking = False

        self.asking = True
        remarks = [sentence(told(self.of.language)) for told in checked.remarks]
        changes = change_views(checked, replace(self.of, now_ns=time.time_ns()))
        EntryDialog(remarks, save, closed, self.of.language).open(changes)

    async def _checked(self, sent: object) -> tuple[TypedSheet | None, CheckedSheet | None]:
        """What was typed, and what a save of it would do; None, and it is said why, where nobody can tell."""
        try:
            typed = typed_sheet(sent, self.asked, self.of.language)
        except ValueError:
            _say(text("entry_not_understood", self.of.language))
            return None, None
        found: list[CheckedSheet] = []
        said = await self.acting.do(lambda user: found.append(self.entry.check(user, typed)))
        if said:
            _say(said)
        return typed, found[0] if found else None

    async def _accepted(self, sent: object, words: str, number: int) -> None:
        """The browser may forget its draft."""
        request = sent.get("request") if isinstance(sent, dict) else ""
        _script("entryAccepted", request, words.format(number=number))
        await self.refresh()


def _as_told(typed: TypedSheet, checked: CheckedSheet) -> TypedSheet:
    """What was typed by somebody who has been told what stands."""
    versions = {change.cell: change.version for change in checked.changes}
    cells = tuple(TypedCell(cell.id, cell.text, versions.get(cell.id, cell.seen)) for cell in typed.cells)
    return replace(typed, cells=cells)


def _faults(told: Sequence[str], language: Language) -> str:
    rest = len(told) - MOST_FAULTS
    more = [text("entry_more_faults", language).format(count=rest)] if rest > 0 else []
    return " ".join([text("entry_faulty", language), *map(sentence, told[:MOST_FAULTS]), *more])


def _say(words: str) -> None:
    _script("entrySay", words)


def _script(name: str, *arguments: object) -> None:
    # Nothing of it can be more than the text that it is.
    ui.run_javascript(f"{name}({', '.join(json.dumps(argument) for argument in arguments)})")
