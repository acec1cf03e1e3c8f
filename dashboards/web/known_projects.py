"""Projects and indicators as they were known on the day that an address names, for the pages that show them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from time import time_ns
from typing import Generic, TypeVar

import structlog
from fastapi import Request

from dashboards.web.errors import ReportRefused
from dashboards.web.parts import DeskParts
from dashboards.web.texts import text
from models.stated.project_progress import ProjectsAsKnown
from models.works.calendar import local_date
from models.works.localize import Language

log = structlog.get_logger(__name__)
View = TypeVar("View")


@dataclass(frozen=True, slots=True)
class KnownProjects(Generic[View]):
    """`known`, and the `view` that a page makes of it: None if there is none. `fault`: what was wrong, or "".
    `day`: the day of which it is known; today where the address names none, or none that can be."""

    known: ProjectsAsKnown | None
    view: View | None
    fault: str
    day: date
    today: date


async def known_projects(
    request: Request, parts: DeskParts, view_of: Callable[[ProjectsAsKnown], View], language: Language
) -> KnownProjects[View]:
    """Read what the address asks for."""
    today = local_date(parts.data.plant().zone, time_ns())
    asked = request.query_params.get("known", "")[:20]
    day, fault = asked_day(asked, today), ""
    if day is None:
        fault = text("projects_bad_day", language).format(given=asked)
    known: ProjectsAsKnown | None = None
    view: View | None = None
    try:
        known = await asyncio.to_thread(parts.briefings.projects, None if day in (None, today) else day, language)
        view = await asyncio.to_thread(view_of, known)
    except ReportRefused as refusal:
        fault = str(refusal)
    except Exception as error:  # whatever the reader meets, the page says that there are no figures
        log.warning("desk_read_failed", error=str(error))
        fault = text("projects_failed", language)
    return KnownProjects(known, view, fault, day or today, today)


def asked_day(asked: str, today: date) -> date | None:
    """The day that the address names; today if it names none. None: it cannot be."""
    if not asked:
        return today
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return None
    return day if date(1970, 1, 2) <= day <= today else None
