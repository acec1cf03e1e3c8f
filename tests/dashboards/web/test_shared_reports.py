"""Reports are made beside the event loop: one at a time, and once for all who ask for the same meanwhile."""

import asyncio
import threading
import time
from dataclasses import dataclass, field

import pytest

from dashboards.report.document import ReportDocument
from dashboards.web.errors import ReportRefused
from dashboards.web.report_source import KEPT_S, SharedReports
from models.works.localize import Language
from models.works.span import SpanKind, WorksSpan, span_holding
from tests.dashboards.report.test_report_documents import documents

DAY = span_holding(SpanKind.DAY, 739_850)
MONTH = span_holding(SpanKind.MONTH, 739_850)


@dataclass
class SlowSource:
    """Takes a while for each report, and says how many it made at once at most."""

    takes_s: float = 0.2
    made: list[WorksSpan] = field(default_factory=list)
    at_once: int = 0
    most: int = 0
    refuses: bool = False

    def span(self, kind: str, period: str, language: Language) -> WorksSpan:
        return DAY

    def document(self, span: WorksSpan, language: Language) -> ReportDocument:
        assert threading.current_thread() is not threading.main_thread()
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        time.sleep(self.takes_s)
        self.at_once -= 1
        self.made.append(span)
        if self.refuses:
            raise ReportRefused("no ledger")
        return documents(language)[0]


async def test_the_loop_turns_while_a_report_is_made_and_all_get_the_one_that_was_made() -> None:
    source = SlowSource()
    reports = SharedReports(source)
    asked = [asyncio.create_task(reports.document(DAY, "ru")) for _ in range(20)]
    asked.append(asyncio.create_task(reports.document(MONTH, "ru")))
    turns = 0
    while not all(task.done() for task in asked):
        await asyncio.sleep(0.01)
        turns += 1
    assert turns > 10, "nothing held up the loop"
    assert source.made == [DAY, MONTH]
    assert source.most == 1
    assert len({id(task.result()) for task in asked[:20]}) == 1


async def test_a_report_is_kept_for_the_file_that_is_opened_from_its_page_and_then_made_anew() -> None:
    source, now_s = SlowSource(takes_s=0), [1000.0]
    reports = SharedReports(source, monotonic=lambda: now_s[0])
    first = await reports.document(DAY, "ru")
    now_s[0] += KEPT_S - 1
    assert await reports.document(DAY, "ru") is first
    assert await reports.document(DAY, "kk") is not first
    now_s[0] += 2
    assert await reports.document(DAY, "ru") is not first


async def test_who_leaves_takes_the_report_from_nobody_else() -> None:
    source = SlowSource()
    reports = SharedReports(source)
    leaves, stays = (asyncio.create_task(reports.document(DAY, "ru")) for _ in range(2))
    await asyncio.sleep(0.05)
    leaves.cancel()
    assert (await stays).columns
    assert source.made == [DAY]


async def test_a_refusal_is_told_to_all_and_asked_anew_the_next_time() -> None:
    source = SlowSource(takes_s=0.05, refuses=True)
    reports = SharedReports(source)
    told = await asyncio.gather(*(reports.document(DAY, "ru") for _ in range(3)), return_exceptions=True)
    assert [str(each) for each in told] == ["no ledger"] * 3
    source.refuses = False
    assert (await reports.document(DAY, "ru")).columns
    source.refuses = True
    with pytest.raises(ReportRefused):
        await reports.document(MONTH, "ru")
