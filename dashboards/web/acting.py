"""Doing something at the desk: by who has signed in, as long as that holds, with an answer in the user's language."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import structlog

from dashboards.web.texts import text
from dashboards.web.viewer import Viewer
from models.access.desk_actions import ActionRefused
from models.access.user import Right, User
from models.works.localize import Language

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """`refused`: why nothing was stored; "" if it was. `fields`: the same of fields of a form, by name. `asks`: it is
    stored once the user confirms that it is so."""

    refused: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Acting:
    """What one viewer does on one page."""

    viewer: Viewer
    language: Language

    async def do(self, action: Callable[[User], None]) -> str:
        """Do it in a thread, in the name of the user who is signed in now. Why it was refused; "" if it is done."""
        return (await self.answer(action)).refused

    async def answer(self, action: Callable[[User], None]) -> FormAnswer:
        """The same of what was typed into a form."""
        user = None
        try:
            user = await self.viewer.now()
            if user is None:
                return FormAnswer(text("session_ended", self.language))
            await asyncio.to_thread(action, user)
        except ActionRefused as refused:
            by_field = {name: sentence(told(self.language)) for name, told in refused.by_field.items()}
            return FormAnswer(sentence(refused.told(self.language)), by_field, refused.asks)
        except Exception as error:  # a person waits for an answer, whatever happened
            log.error("desk_action_failed", user=user and user.name, error=str(error), exc_info=True)
            return FormAnswer(text("action_failed", self.language))
        return FormAnswer()


def hint_for(viewer: Viewer, right: Right, keys: tuple[str, str], language: Language) -> str:
    """Why the viewer can do nothing here, with the next step; "" for who can. `keys`: of the texts for who has not
    signed in, and for where nobody can."""
    if viewer.user is not None:
        return "" if viewer.user.may_somewhere(right) else text("not_for_you", language)
    return text(keys[0] if viewer.can_sign_in else keys[1], language)


def sentence(words: str) -> str:
    """With a capital letter and a full stop: refusals of the command line have neither."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")
