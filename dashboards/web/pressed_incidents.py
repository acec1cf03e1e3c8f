"""What is pressed at a card of an incident."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from dashboards.web.acting import Acting
from models.access.desk_actions import DeskActions


@dataclass(frozen=True, slots=True)
class PressedIncidents:
    """Fulfils `IncidentActions`. `refresh`: shows at once what became of it."""

    actions: DeskActions
    acting: Acting
    refresh: Callable[[], Awaitable[None]]

    async def acknowledge(self, number: int, note: str) -> str:
        """See `IncidentActions`."""
        said = await self.acting.do(lambda user: self.actions.acknowledge(user, number, note))
        await self.refresh()
        return said

    async def mute(self, number: int, hours: int, reason: str) -> str:
        """See `IncidentActions`."""
        said = await self.acting.do(lambda user: self.actions.mute(user, number, hours, reason))
        await self.refresh()
        return said

    async def unmute(self, number: int) -> str:
        """See `IncidentActions`."""
        said = await self.acting.do(lambda user: self.actions.unmute(user, number))
        await self.refresh()
        return said
