"""Who looks at a page, and whether that still holds when something is done."""

import asyncio
from dataclasses import dataclass

from nicegui import ui
from starlette.requests import Request

from models.access.desk_access import DeskAccess
from models.access.user import User


@dataclass(frozen=True, slots=True)
class Viewer:
    """`user` None: somebody who may only read. `can_sign_in`: there are users, and this is none of them."""

    access: DeskAccess
    user: User | None = None
    token: str = ""
    can_sign_in: bool = False

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
