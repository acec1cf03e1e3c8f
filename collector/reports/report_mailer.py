"""Sends reports when they are due: each once, and again until the relay took it or a day went by."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from uuid import uuid4

import structlog

from collector.alerts.channel import Outgoing
from collector.alerts.mail import MailChannel
from collector.errors import ChannelFailed, ReportNotMade
from collector.reports.parcel import made
from collector.reports.scheduled_report import MailedReport, ScheduledReport, last_due_ns
from collector.storage.ledger import report_mails as ledger_mails
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.report_mails import MailState, ReportMail
from models.works.calendar import NS, production_day
from models.works.month import period_text
from models.works.plant import Plant
from models.works.span import SpanKind, span_holding

log = structlog.get_logger(__name__)

RETRY_S = (60, 300, 900)
"""Pauses after the first tries; the last of them from then on. A relay that restarts is back within minutes."""
AHEAD_S = 2 * 86_400
"""A clock that is off by a day, or by a time zone, repeats no report; one that was a year ahead stops none."""
GIVEN_UP_AFTER_S = 86_400
"""A report of yesterday's day that comes after today's is of no use to its readers. A judgement."""


@dataclass(slots=True)
class ReportMailer:
    """`run` is called by one job. `file`: the configuration by which reports are made."""

    plant: Plant
    scheduled: Sequence[ScheduledReport]
    file: Path
    ledger: Ledger
    clock_ns: Callable[[], int]
    sent: int = 0
    failed: int = 0

    async def run(self) -> None:
        """Send what is due. Raises StorageFull: nothing is sent that could not be noted."""
        known = await asyncio.to_thread(self.ledger.read, ledger_mails.newest)
        for scheduled in self.scheduled:
            mail = await self._due(scheduled, known.get(scheduled.code))
            if mail is not None:
                await self._try(scheduled, mail)

    async def _due(self, scheduled: ScheduledReport, newest: ReportMail | None) -> ReportMail | None:
        """What is to be sent now; what became due is noted first, so that a kill changes nothing."""
        now_ns = self.clock_ns()
        now_s, due_ns = now_ns // NS, last_due_ns(scheduled, self.plant.zone, now_ns)
        # What a clock that was ahead noted says nothing: else no report would go until then.
        if newest is not None and newest.due_s > now_s + AHEAD_S:
            newest = None
        period = period_at(self.plant, scheduled.report, due_ns)
        if newest is None:
            await self._note(ReportMail(scheduled.code, period, due_ns // NS, MailState.PASSED, now_s))
            return None
        if due_ns // NS > newest.due_s and period != newest.period:
            newest = ReportMail(scheduled.code, period, due_ns // NS, MailState.WAITING, now_s)
            await self._note(newest)
        if newest.state is not MailState.WAITING or newest.next_s > now_s:
            return None
        if now_s - newest.due_s <= GIVEN_UP_AFTER_S:
            return newest
        reason = newest.reason or "the service did not run when it was due"
        log.warning("report_given_up", report=newest.code, period=newest.period, reason=reason)
        await self._note(replace(newest, state=MailState.GIVEN_UP, at_s=now_s, reason=reason))
        return None

    async def _try(self, scheduled: ScheduledReport, mail: ReportMail) -> None:
        try:
            remark = await deliver(scheduled, mail.period, self.plant.site, self.file)
        except (ReportNotMade, ChannelFailed) as error:
            self.failed += 1
            wait_s = RETRY_S[min(mail.tries, len(RETRY_S) - 1)]
            if not mail.tries:
                log.warning(
                    "report_not_sent", report=mail.code, period=mail.period, error=str(error), retry_in_s=wait_s
                )
            now_s = self.clock_ns() // NS
            await self._note(replace(mail, at_s=now_s, tries=mail.tries + 1, next_s=now_s + wait_s, reason=str(error)))
            return
        # A kill between the sending and this note sends it once more, with the same id: twice is better than never.
        self.sent += 1
        log.info("report_sent", report=mail.code, period=mail.period, remark=remark)
        await self._note(
            replace(mail, state=MailState.SENT, at_s=self.clock_ns() // NS, tries=mail.tries + 1, reason=remark)
        )

    async def _note(self, mail: ReportMail) -> None:
        await self.ledger.write(partial(ledger_mails.put, mail=mail))


async def deliver(scheduled: ScheduledReport, period: str, site: str, file: Path, *, trial: str = "") -> str:
    """Make it by the configuration in `file` and hand it to the relay; a remark ("": none). `trial`: what stands before
    the subject of one that is not the report itself, whose id it must not have.

    Raises ReportNotMade, ChannelFailed.
    """
    parcel = await made(scheduled, period, file)
    slug = "".join(each if each.isalnum() else "-" for each in (f"trial-{uuid4()}" if trial else period))
    outgoing = Outgoing(
        id=f"{site}-report-{scheduled.code}-{slug}",
        subject=f"{trial}{parcel.subject}",
        body=parcel.body,
        html=parcel.html,
        document={},
        attachments=parcel.attachments,
    )
    return await MailChannel(scheduled.mail).send(outgoing)


def period_at(plant: Plant, report: MailedReport, due_ns: int) -> str:
    """The last period that had ended by that instant (UTC ns) in every shop, as the command takes it."""
    from collector.cli.report_periods import briefing_months, usual_period

    if report is MailedReport.BRIEFING:
        first, end = briefing_months(plant, None, due_ns)
        return f"{period_text(first)}..{period_text(end - 1)}"
    if report in (MailedReport.SHIFT, MailedReport.DAY, MailedReport.GROWTH):
        return usual_period(plant, report.value, due_ns)
    running = min(production_day(shop.calendar, due_ns).toordinal() for shop in plant.shops.values())
    # What people look at in the morning is the month that runs; what is sent once has ended.
    span = span_holding(SpanKind(report.value), running - 1)
    return (span if span.end <= running else span_holding(span.kind, span.first - 1)).text
