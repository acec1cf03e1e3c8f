"""The dialogs in which stops of a unit are counted as one, and taken apart again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from dashboards.web.confirm_dialog import confirm
from dashboards.web.stops_view import StopView
from dashboards.web.texts import text
from models.access.desk_actions import DeskActions
from models.access.user import User
from models.stated.stop_reason import StopSeen
from models.works.localize import Language


@dataclass(frozen=True, slots=True)
class JoinDialogs:
    """`settle` does it in the name of the viewer, and returns why it was refused, or ""."""

    actions: DeskActions
    settle: Callable[[Callable[[User], None]], Awaitable[str]]
    language: Language

    def join(self, stop: StopView) -> None:
        """Show a stop, the one before it and what the unit ran between them, and ask whether to count them as one."""
        before = stop.earlier
        if before is None:
            return
        first, second = StopSeen(stop.unit, before.start_s, before.statement), _seen(stop)
        one, other = (text("join_stop", self.language).format(when=it.when, lasted=it.lasted) for it in (before, stop))
        ran = text("join_ran" if before.ran else "join_ran_none", self.language)
        said = (one, ran.format(ran=before.ran, when=before.ran_when), other, text("join_means", self.language))

        async def act() -> str:
            return await self.settle(lambda user: self.actions.join_stops(user, first, second))

        title = text("join_stops_title", self.language).format(name=stop.name)
        confirm(title, "\n".join(said), text("join_now", self.language), act, self.language)

    def separate(self, stop: StopView, at_s: int) -> None:
        """Ask whether to take a joined stop apart before the one that began at `at_s` (UTC seconds)."""
        when = next((words for begin_s, words in stop.apart if begin_s == at_s), "")

        async def act() -> str:
            return await self.settle(lambda user: self.actions.separate_stop(user, _seen(stop), at_s))

        title = text("separate_title", self.language).format(name=stop.name, when=when)
        confirm(title, text("separate_means", self.language), text("separate_now", self.language), act, self.language)


def _seen(stop: StopView) -> StopSeen:
    return StopSeen(stop.unit, stop.start_s, stop.statement)
