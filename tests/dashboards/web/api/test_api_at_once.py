"""Several programs read at once: a slow export holds nobody up, and what is under way at once is bounded."""

import asyncio
import json
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from dashboards.web.api.answering import LARGE_AT_ONCE, QUICK_AT_ONCE, Answering, Listing
from dashboards.web.api.application import make_api
from dashboards.web.api.asked import AnswerForm, RowsQuery, is_long
from dashboards.web.api.asker import Asker
from dashboards.web.api.documents import FigureRow
from dashboards.web.problem import API
from dashboards.web.sign_in import SignIn
from models.tables.asked_figures import AskedFigures
from models.tables.desk_data import MonthPoint
from models.works.table import Row
from tests.dashboards.web.api.works_api import LOOPBACK, WorksApi, asked, unlimited, works

__all__ = ["unlimited", "works"]
pytestmark = pytest.mark.usefixtures("unlimited")

WITHIN_S = 60.0
TODAY = date(2026, 11, 30)


@dataclass
class Held:
    """Reads that wait until they are let go, and how many waited at once."""

    go: threading.Event = field(default_factory=threading.Event)
    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    most: int = 0
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self) -> None:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        self.begun.release()
        assert self.go.wait(WITHIN_S)
        with self._lock:
            self._now -= 1


@pytest.fixture
def held() -> Held:
    return Held()


def app_of(works: WorksApi, held: Held, *, months_too: bool = False) -> SignIn:
    """The desk, in which figures of more than a day wait, and months if asked."""
    parts = works.parts()

    class SlowFigures(type(parts.figures)):  # type: ignore[misc]
        def figures(self, wanted: AskedFigures) -> Sequence[Row]:
            if wanted.end - wanted.first > 1:
                held.wait()
            found: Sequence[Row] = super().figures(wanted)
            return found

    class SlowData(type(parts.data)):  # type: ignore[misc]
        def months(self, start_ns: int, end_ns: int) -> Sequence[MonthPoint]:
            if months_too:
                held.wait()
            found: Sequence[MonthPoint] = super().months(start_ns, end_ns)
            return found

    figures = SlowFigures(works.settings)
    data = SlowData(works.plant, works.settings.data_dir / "ledger.db")
    app = FastAPI()
    app.mount(API, make_api(replace(parts, figures=figures, data=data), time.time_ns))
    return SignIn(app, works.users, LOOPBACK)


async def waited(call: Callable[[], bool]) -> None:
    assert await asyncio.to_thread(call)


async def test_a_figure_is_answered_while_an_export_is_under_way_and_others_wait_for_their_turn(
    works: WorksApi, held: Held
) -> None:
    app, day = app_of(works, held), date.fromordinal(works.month.today - 1)
    export = f"/figures?grain=hour&format=csv&from={day - timedelta(days=20)}&to={day}"
    exports = [asyncio.create_task(asked(app, export)) for _ in range(5)]
    try:
        await waited(lambda: held.begun.acquire(timeout=WITHIN_S))
        for path in (f"/figures?from={day}&to={day}", "/states", "/growth", "/plans"):
            answer = await asyncio.wait_for(asked(app, path), WITHIN_S)
            assert (answer.status_code, bool(answer.json()["rows"])) == (200, True)
        assert not any(task.done() for task in exports)
    finally:
        held.go.set()
    assert {answer.status_code for answer in await asyncio.gather(*exports)} == {200}
    assert held.most == LARGE_AT_ONCE, "each large answer takes a hundred megabytes"


async def test_so_many_figures_are_read_at_once_and_no_more(works: WorksApi, held: Held) -> None:
    app = app_of(works, held, months_too=True)
    many = [asyncio.create_task(asked(app, "/growth")) for _ in range(4 * QUICK_AT_ONCE)]
    for _ in range(QUICK_AT_ONCE):
        await waited(lambda: held.begun.acquire(timeout=WITHIN_S))
    held.go.set()
    answers = await asyncio.gather(*many)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text.partition('"found"')[2] for answer in answers}) == 1
    assert held.most == QUICK_AT_ONCE


async def test_who_leaves_an_export_that_waits_its_turn_costs_no_reading(works: WorksApi, held: Held) -> None:
    app, day = app_of(works, held), date.fromordinal(works.month.today - 1)
    export = f"/figures?grain=hour&from={day - timedelta(days=20)}&to={day}"
    first = asyncio.create_task(asked(app, export))
    await waited(lambda: held.begun.acquire(timeout=WITHIN_S))
    left = [asyncio.create_task(asked(app, export)) for _ in range(3)]
    await asked(app, "/states")  # by then the others are in their line
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    held.go.set()
    assert (await first).status_code == 200
    assert (await asked(app, export)).status_code == 200
    assert held.begun.acquire(blocking=False)
    assert not held.begun.acquire(blocking=False), "nobody read for those who had left"


@pytest.mark.parametrize("form", [AnswerForm.JSON, AnswerForm.CSV, AnswerForm.XLSX, AnswerForm.PARQUET])
async def test_of_a_large_answer_one_row_is_in_memory_at_a_time(works: WorksApi, form: AnswerForm) -> None:
    listed = await asked(works.app(), "/figures")
    row = FigureRow.model_validate_json(json.dumps(listed.json()["rows"][0]))
    alive: weakref.WeakSet[BaseModel] = weakref.WeakSet()
    most = 0

    def made(number: int) -> BaseModel:
        nonlocal most
        new = row.model_copy(update={"grams": number})
        alive.add(new)
        most = max(most, len(alive))
        return new

    ours = Answering(works.parts().data, time.time_ns)
    answer = ours._formed(Asker("en"), RowsQuery(format=form), Listing("figures", FigureRow, range(2_000), made))
    assert len(answer.body) > 10_000
    assert 1 <= most <= 2


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("", "", False),
        ("2026-11-01", "", False),
        ("2026-09-01", "", True),
        ("2026-01-01", "2026-01-31", False),
        ("2024-01-01", "2026-11-30", True),
        ("2026-02-30", "2026-11-30", False),
        ("2026-11-30", "2026-11-01", False),
    ],
)
def test_what_is_large_is_said_by_its_days(first: str, last: str, *, found: bool) -> None:
    assert is_long(first, last, TODAY) is found
