"""Makes the answers of the API beside the event loop: what is read, what is said of it, and the form that was asked."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

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

Result = TypeVar("Result")

AT_ONCE = 2
"""Answers that are made at once: each takes a core for some tenths of a second, and the pages want theirs."""
MOST_IN_A_SHEET = 10_000
"""A sheet of that many rows takes seconds to write; CSV and Parquet take less for all of them."""
_FILES: dict[AnswerForm, tuple[Callable[[ColumnedRows], bytes], str, int]] = {
    AnswerForm.CSV: (to_csv, "text/csv; charset=utf-8", MOST_ROWS),
    AnswerForm.XLSX: (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", MOST_IN_A_SHEET),
    AnswerForm.PARQUET: (to_parquet, "application/vnd.apache.parquet", MOST_ROWS),
}
MEDIA_TYPES = tuple(media_type.partition(";")[0] for _, media_type, _ in _FILES.values())
"""Of the forms that are files."""
NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class ListOf:
    """What a list is called, of which rows it is, and as of when it was asked for (UTC ns; None: now)."""

    name: str
    kind: type[BaseModel]
    known_ns: int | None = None


@dataclass(slots=True)
class Answering:
    """Blocking reads go to threads, some at a time."""

    data: DeskData
    clock_ns: Callable[[], int]
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def rows(
        self, asker: Asker, query: RowsQuery, make: Callable[[], tuple[ListOf, Iterable[BaseModel]]]
    ) -> Response:
        """The answer with the rows that `make` reads. Raises ApiProblem."""
        return await self.read(asker, lambda: self._formed(asker, query, *make()))

    async def read(self, asker: Asker, call: Callable[[], Result]) -> Result:
        """What `call` gives, in its turn. Raises ApiProblem for whatever it meets."""
        language = asker.language
        async with self._turn:
            try:
                return await asyncio.to_thread(call)
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

    def _formed(self, asker: Asker, query: RowsQuery, of: ListOf, found: Iterable[BaseModel]) -> Response:
        rows, plant = list(found), self.data.plant()
        if query.format is not AnswerForm.JSON:
            make, media_type, most = _FILES[query.format]
            if len(rows) > most:
                raise too_many_rows(len(rows), asker.language)
            file = f"{plant.site}-{of.name}.{query.format.value}"
            headers = {"Content-Disposition": f'attachment; filename="{file}"', **NO_STORE}
            return Response(make(columned(of.name, rows, of.kind, plant)), 200, headers, media_type)
        names, now_ns = WorksNames(plant, asker.language), self.clock_ns()
        silent_s = collector_silent_since_s(self.data.sources(), now_ns) if plant.tags else None
        listed = RowList[
            Any
        ](  # each row was checked when it was made
            site=plant.site,
            site_name=names.site(),
            simulated=plant.simulated,
            read=names.at(now_ns // NS * NS),
            known=None if of.known_ns is None else names.at(of.known_ns),
            collector="reports" if silent_s is None else "silent" if silent_s else "never reported",
            collector_silent_since=names.at_s(silent_s or None),
            found=len(rows),
            cut=len(rows) > query.limit,
            rows=tuple(rows[: query.limit]),
        )
        return Response(listed.model_dump_json(), 200, NO_STORE, "application/json")


def too_many_rows(found: int, language: Language) -> ApiProblem:
    """A file says nothing of rows that it lacks, so none are left out of it."""
    return ApiProblem(400, "too_many_rows", text("api_too_many_rows", language).format(given=str(found)))
