"""Makes the answers of the API beside the event loop: what is read, what is said of it, and the form that was asked."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, Generic, TypeVar

import structlog
from pydantic import BaseModel
from starlette.responses import Response

from dashboards.web.acting import sentence
from dashboards.web.api.asked import MOST_ROWS, AnswerForm, RowsQuery
from dashboards.web.api.asker import Asker
from dashboards.web.api.documents import RowList
from dashboards.web.api.named import WorksNames
from dashboards.web.api.table_forms import ColumnedRows, columned, to_csv, to_parquet, to_xlsx
from dashboards.web.errors import AddressFault, ReadRefused, ReportRefused
from dashboards.web.problem import ApiProblem
from dashboards.web.texts import text
from models.access.desk_actions import ActionRefused
from models.alerts.not_known import collector_silent_since_s
from models.tables.desk_data import DeskData
from models.works.calendar import NS
from models.works.localize import Language

log = structlog.get_logger(__name__)

Item = TypeVar("Item")
Result = TypeVar("Result")

QUICK_AT_ONCE = 3
"""Answers that are made at once beside a large one. Most take some tenths of a second of a core, and the pages want the
core, too."""
LARGE_AT_ONCE = 1
"""Large answers have a line of their own: 50,000 rows take three to six seconds of a core and 70 to 110 MB (measured),
and who asks for one figure waits for none of it."""
MOST_IN_A_SHEET = 10_000
"""A sheet of that many rows takes five seconds of a core (measured)."""
_FILES: dict[AnswerForm, tuple[Callable[[ColumnedRows], bytes], str, int]] = {
    AnswerForm.CSV: (to_csv, "text/csv; charset=utf-8", MOST_ROWS),
    AnswerForm.XLSX: (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", MOST_IN_A_SHEET),
    AnswerForm.PARQUET: (to_parquet, "application/vnd.apache.parquet", MOST_ROWS),
}
MEDIA_TYPES = tuple(media_type.partition(";")[0] for _, media_type, _ in _FILES.values())
"""Of the forms that are files."""
NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """A list that was read: its name, of which rows it is, its items, and how one becomes a row. Only rows that are
    given are made. `known_ns`: as of when it was asked for (UTC ns; None: now)."""

    name: str
    kind: type[BaseModel]
    items: Sequence[Item]
    row: Callable[[Item], BaseModel]
    known_ns: int | None = None


def _threads(most: int, name: str) -> Callable[[], ThreadPoolExecutor]:
    return lambda: ThreadPoolExecutor(most, name)


@dataclass(slots=True)
class Answering:
    """Blocking reads go to threads of their own, some at a time; pages have theirs. Each has a connection of its own
    that only reads."""

    data: DeskData
    clock_ns: Callable[[], int]
    _quick: ThreadPoolExecutor = field(default_factory=_threads(QUICK_AT_ONCE, "api-quick"))
    _large: ThreadPoolExecutor = field(default_factory=_threads(LARGE_AT_ONCE, "api-large"))

    @property
    def today(self) -> date:
        """By UTC: near enough to say which answers are large."""
        return datetime.fromtimestamp(self.clock_ns() // NS, UTC).date()

    async def rows(
        self, asker: Asker, query: RowsQuery, make: Callable[[], Listing[Item]], *, large: bool = False
    ) -> Response:
        """The answer with what `make` reads. Raises ApiProblem."""
        return await self.read(asker, lambda: self._formed(asker, query, make()), large=large)

    async def read(self, asker: Asker, call: Callable[[], Result], *, large: bool = False) -> Result:
        """What `call` gives, in its turn: behind other `large` ones, or beside them. Raises ApiProblem for whatever it
        meets."""
        language = asker.language
        try:
            # Whoever leaves while waiting loses the turn, and costs nothing.
            return await asyncio.get_running_loop().run_in_executor(self._large if large else self._quick, call)
        except ApiProblem:
            raise
        except AddressFault as fault:
            detail = text(fault.text, language).format(given=fault.given)
            raise ApiProblem(400, "bad_parameter", detail) from fault
        except ReportRefused as refused:
            raise ApiProblem(400, "bad_parameter", sentence(str(refused))) from refused
        except (ActionRefused, ReadRefused) as refused:
            raise ApiProblem(503, "not_readable", sentence(refused.told(language))) from refused
        except Exception as error:  # whatever the reader meets, the answer says that there are no figures
            log.warning("api_read_failed", error=str(error), exc_info=True)
            raise ApiProblem(503, "not_readable", text("read_failed_now", language)) from error

    def _formed(self, asker: Asker, query: RowsQuery, listing: Listing[Item]) -> Response:
        plant, found = self.data.plant(), len(listing.items)
        if query.format is not AnswerForm.JSON:
            make, media_type, most = _FILES[query.format]
            if found > most:
                raise too_many_rows(found, asker.language)
            table = columned(listing.name, map(listing.row, listing.items), listing.kind, plant)
            file = f"{plant.site}-{listing.name}.{query.format.value}"
            headers = {"Content-Disposition": f'attachment; filename="{file}"', **NO_STORE}
            return Response(make(table), 200, headers, media_type)
        names, now_ns = WorksNames(plant, asker.language), self.clock_ns()
        silent_s = collector_silent_since_s(self.data.sources(), now_ns) if plant.tags else None
        listed = RowList[Any](
            site=plant.site,
            site_name=names.site(),
            simulated=plant.simulated,
            read=names.at(now_ns // NS * NS),
            known=None if listing.known_ns is None else names.at(listing.known_ns),
            collector="reports" if silent_s is None else "silent" if silent_s else "never reported",
            collector_silent_since=names.at_s(silent_s or None),
            found=found,
            cut=found > query.limit,
            rows=(),
        )
        # Each row was checked when it was made; it is text before the next one is made, and they come last.
        head, rows = listed.model_dump_json().removesuffix("]}"), islice(listing.items, query.limit)
        body = f"{head}{','.join(listing.row(item).model_dump_json() for item in rows)}]}}"
        return Response(body, 200, NO_STORE, "application/json")


def too_many_rows(found: int, language: Language) -> ApiProblem:
    """A file says nothing of rows that it lacks, so none are left out of it."""
    return ApiProblem(400, "too_many_rows", text("api_too_many_rows", language).format(given=str(found)))


def as_it_is(row: BaseModel) -> BaseModel:
    """How an item that is a row already becomes one."""
    return row
