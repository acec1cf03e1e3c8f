"""Feeds the page of files: looks at what was handed in, takes it, forgets it, and takes it back."""

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from nicegui import ui
from nicegui.events import GenericEventArguments

from dashboards.web.acting import Acting, hint_for
from dashboards.web.confirm_dialog import confirm
from dashboards.web.elements import page_head
from dashboards.web.entry_desk import asked_sheet, today_of
from dashboards.web.entry_view import Entering
from dashboards.web.files_page import FilesPage
from dashboards.web.files_routes import may_hand_in
from dashboards.web.files_screen import FilesActions
from dashboards.web.files_view import StatementView, look_view, statement_views
from dashboards.web.parts import DeskParts
from dashboards.web.texts import text
from dashboards.web.viewer import Viewer, viewer
from models.access.file_desk import FileChoice, FileLook, ListedStatement
from models.access.user import Right, User
from models.works.localize import Language

log = structlog.get_logger(__name__)

LISTED = 50
"""Statements that are shown: a week of a works whose mines state their shifts."""
READ_AT_ONCE = 2
"""Files that are read at once: the largest takes 350 MB and a core."""
_UPLOAD = re.compile(r"[0-9a-f]{32}")
_reading = asyncio.Semaphore(READ_AT_ONCE)


async def build_files(parts: DeskParts, query: Mapping[str, str], language: Language) -> None:
    """Build the page inside a NiceGUI page function. `query`: as the address has it."""
    looking, plant = viewer(), parts.data.plant()
    of = Entering(plant, looking.user, time.time_ns(), language)
    keys = ("sign_in_to_hand_in", "add_users_to_hand_in")
    hint = hint_for(looking, Right.STATE_FIGURES, keys, language) if looking.user is None else ""
    if not hint and not may_hand_in(looking.user):
        hint = text("files_whose", language)
    page_head(text("files_title", language), language)
    desk = _FilesPageDesk(parts, looking, of, FileChoice(plans=_plans_alone(looking.user)))
    actions = FilesActions(desk.say, desk.take, desk.give_up, desk.ask_undo)
    desk.page = page = FilesPage(asked_sheet(plant, looking.user, query, today_of(plant)), of, actions, hint)
    page.warn("")
    if not hint:
        page.show_kind(plans=desk.choice.plans)
        ui.on("file_there", desk.look_at_upload)
        ui.context.client.on_delete(desk.forget)
    await desk.refresh()


def _plans_alone(user: User | None) -> bool:
    """Whether a person states nothing but plans."""
    return user is not None and not user.may_somewhere(Right.STATE_FIGURES) and user.may_somewhere(Right.PLAN)


@dataclass(slots=True)
class _FilesPageDesk:
    """One page of one viewer. `upload` "": there is no file."""

    parts: DeskParts
    looking: Viewer
    of: Entering
    choice: FileChoice
    page: FilesPage | None = None
    upload: str = ""
    look: FileLook | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def acting(self) -> Acting:
        return Acting(self.looking, self.of.language)

    @property
    def shown(self) -> FilesPage:
        assert self.page is not None  # noqa: S101 - it is made before anything is done
        return self.page

    async def refresh(self) -> None:
        """Read the list anew."""
        self.of = replace(self.of, now_ns=time.time_ns())
        found: list[ListedStatement] = []
        try:
            found = list(await asyncio.to_thread(self.parts.files.statements, LISTED))
            self.shown.warn("")
        except Exception as error:  # whatever the reader meets, the page says that it shows nothing of now
            log.warning("desk_read_failed", error=str(error))
            self.shown.warn(text("read_failed_at_start", self.of.language))
        self.shown.show_statements(statement_views(found, self.of))

    async def look_at_upload(self, event: GenericEventArguments) -> None:
        """A file has arrived. What was said of another holds for it no more."""
        sent = event.args.get("upload") if isinstance(event.args, dict) else ""
        if not isinstance(sent, str) or not _UPLOAD.fullmatch(sent):
            return
        async with self._turn:
            await self._forget()
            self.upload, self.choice = sent, FileChoice(plans=self.choice.plans)
            await self._look()

    async def say(self, name: str, value: object) -> None:
        """Something is said of the file: it is read anew."""
        async with self._turn:
            said: dict[str, Any] = {name: value}
            self.choice = replace(self.choice, **said)
            if name == "plans":  # the layouts of figures are none of plans
                self.choice = FileChoice(plans=value is True)
                self.shown.show_kind(plans=self.choice.plans)
            if self.upload:
                await self._look()

    async def take(self) -> None:
        """State what the file states, once."""
        async with self._turn:
            look = self.look
            if not self.upload or look is None:
                return
            numbers: list[int] = []
            choice, upload = self.choice, self.upload

            def take(user: User) -> None:
                numbers.append(self.parts.files.take(user, upload, choice, look.seen_ns))

            async with _reading:
                said = await self.acting.do(take)
            if said:
                # Somebody may have stated one of its figures meanwhile: that is shown.
                await self._look(since_ns=look.seen_ns)
                self.shown.say(said)
                return
            self.upload, self.look = "", None
            self.shown.clear_look()
            key = "files_taken" if numbers[0] else "files_stood"
            self.shown.say(text(key, self.of.language).format(number=numbers[0]))
            await self.refresh()

    async def give_up(self) -> None:
        """Forget the file."""
        async with self._turn:
            await self._forget()
            self.shown.clear_look()
            self.shown.say(text("files_given_up", self.of.language))

    async def forget(self) -> None:
        """The page is gone, and with it who looked."""
        await self._forget()

    def ask_undo(self, statement: StatementView) -> None:
        """Ask whether it is to be taken back."""
        language = self.of.language

        async def undo() -> str:
            later: list[int] = []
            said = await self.acting.do(lambda user: later.append(self.parts.entry.undo(user, statement.number)))
            if not said:
                key = "entry_undone_but" if later[0] else "entry_undone"
                self.shown.say(text(key, language).format(number=statement.number, count=later[0]))
                await self.refresh()
            return said

        title = text("entry_undo_title", language).format(number=statement.number)
        confirm(title, text("entry_undo_what", language), text("entry_undo", language), undo, language)

    async def _look(self, *, since_ns: int = 0) -> None:
        found: list[FileLook] = []
        layouts: list[str] = []
        upload, choice = self.upload, self.choice

        def look(user: User) -> None:
            found.append(self.parts.files.look(user, upload, choice, since_ns))
            layouts.extend(self.parts.files.layouts(plans=found[0].plans))

        async with _reading:
            said = await self.acting.do(look)
        self.shown.say(said)
        if said:
            self.upload, self.look = "", None
            self.shown.clear_look()
            return
        self.look = found[0]
        if self.look.plans is not self.choice.plans:  # a learned layout knows what the file is about
            self.choice = replace(self.choice, plans=self.look.plans)
            self.shown.show_kind(plans=self.look.plans)
        view = look_view(self.look, self.choice, replace(self.of, now_ns=time.time_ns()))
        self.shown.show_look(self.look, view, self.choice, layouts)

    async def _forget(self) -> None:
        upload, user = self.upload, self.looking.user
        self.upload, self.look = "", None
        if upload and user is not None:
            try:
                await asyncio.to_thread(self.parts.files.drop, user, upload)
            except Exception as error:  # it goes by itself after a while
                log.info("upload_not_dropped", error=str(error))
