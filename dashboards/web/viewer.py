"""Who looks at a page, and whether that still holds when something is done."""

import asyncio
from dataclasses import dataclass

from nicegui import ui
from starlette.requests import Request

from models.access.desk_access import DeskAccess
from models.access.user import User


@dataclass(frozen=True, slots=True)
class Viewer:
    """`user` None: somebody who may only read. `can_sign_in`: there are users, and this is none of them. `guarded`: who
    has not signed in may not even read, unless `open_to_read`. `unknown`: whom a proxy named, and who is no user."""

    access: DeskAccess
    user: User | None = None
    token: str = ""
    can_sign_in: bool = False
    open_to_read: bool = False
    guarded: bool = False
    unknown: str = ""

    @property
    def may_read(self) -> bool:
        """Whether the pages may be shown."""
        return self.user is not None or self.open_to_read or not self.guarded

    async def may_still_read(self) -> bool:
        """Whether a page that was opened may go on: the session lasts, or there is still nobody who could sign in."""
        if self.user is not None:
            return await self.now() is not None
        return self.open_to_read or not await asyncio.to_thread(self.access.has_users)

    async def now(self) -> User | None:
        """The user, if the session has not ended and nobody took the rights away since the page was opened."""
        return await asyncio.to_thread(self.access.user_of, self.token) if self.token else None


def viewer_of(request: Request) -> Viewer:
    """Who sent that request, as `SignIn` found out."""
    found: Viewer = request.state.viewer
    return found


def viewer() -> Viewer:
    """Who looks at the page that is being built."""
    return viewer_of(ui.context.client.request)
