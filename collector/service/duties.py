"""What a service does with what it collects: figures, states, alerts, sending, and saying how it is."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial

from collector.alerts.duty_roster import DutyRoster
from collector.group.publisher import GroupPublisher, without_group
from collector.host_clock import clock_fault
from collector.reports.report_mailer import ReportMailer
from collector.service.alerting import Alerting
from collector.service.clock_watch import ClockWatch
from collector.service.collecting import Collecting
from collector.service.databases import Databases
from collector.service.detection import Detection
from collector.service.freshness import readiness
from collector.service.health import HealthReport
from collector.service.heat_findings import HeatFindings
from collector.service.http import HttpServer, Readiness
from collector.service.jobs import Job, Jobs
from collector.service.ledger_findings import LedgerFindings
from collector.service.loop_lag import LoopLag
from collector.service.metrics.output_families import read_figures
from collector.service.metrics.service_metrics import ServiceMetrics
from collector.service.mine_watch import MineWatch
from collector.service.parts import Parts
from collector.service.publishing import Publishing
from collector.service.replays import Replays
from collector.service.roll_up import RollUp
from collector.service.scrub import Scrub
from collector.service.sending import Sending
from collector.service.start_remarks import log_remarks
from collector.service.stated_subjects import stated_tables
from collector.service.stated_tables import StatedTables
from collector.service.within import within
from models.counting.output_plan import OutputPlan
from models.detection.finding import Finding

# Of the 8 s of a stop (`service`): what is not done in its share is done at the next start; nothing is lost by it.
STOP_ROLL_UP_S, STOP_SENDING_S = 1.5, 1.5


class Duties:
    """Built when the sources collect already."""

    def __init__(self, collecting: Collecting) -> None:
        settings, clock_ns, ledger = collecting.settings, collecting.clock_ns, collecting.ledger
        self._collecting, self._clock_ns, plant = collecting, clock_ns, settings.plant
        self._ledger_findings = LedgerFindings(plant, ledger, clock_ns)
        self._heat = HeatFindings(plant, ledger, settings.heat, clock_ns)
        self._mines = MineWatch(plant, settings.workings, ledger)
        sending = _sending(collecting)
        self.parts = parts = Parts(
            clock_ns=clock_ns,
            sources=collecting.sources,
            journal=collecting.journal,
            ledger=ledger,
            intake=collecting.intake,
            freshness=collecting.freshness,
            consumer=collecting.consumer,
            alerting=Alerting(
                plant,
                settings.alerts,
                ledger,
                clock_ns,
                self._more_findings,
                roster=DutyRoster(plant, settings.alerts, settings.data_dir),
            ),
            sending=sending,
            loop_lag=LoopLag(),
            group=_group(collecting),
        )
        publishing = Publishing() if sending is None else Publishing(to_outbox=True, wake=sending.outbox.wake)
        refreshed_ns = collecting.mark.recorded_ns
        self._roll_up = RollUp(ledger, OutputPlan(plant), publishing, clock_ns, refreshed_ns=refreshed_ns)
        self._stated = StatedTables(ledger, publishing, stated_tables(settings), clock_ns)
        self._detection = Detection.of(plant, ledger, collecting.observer, parts.alerting, publishing, clock_ns)

    async def start(self, stack: AsyncExitStack) -> int:
        """Ask the database whether it is the right one, then begin; the port of the metrics. Raises CannotStart."""
        parts, tasks, settings = self.parts, self._collecting.tasks, self._collecting.settings
        if parts.sending is not None:
            await parts.sending.check()
        jobs = tuple(replace(job, run=partial(tasks.or_fail, job.run)) for job in self._timetable())
        self._jobs = Jobs(jobs)
        self._metrics = ServiceMetrics(parts, self._jobs)
        http = HttpServer(settings.metrics.host, settings.metrics.port, self._metrics.text, self.readiness)
        await http.open()
        stack.push_async_callback(http.close)
        tasks.watch("loop_lag", parts.loop_lag.run)
        tasks.watch("detection_warm_up", self._detection.warm_up)
        tasks.watch("start_remarks", self._remark)
        if parts.sending is not None:
            tasks.watch("sending", parts.sending.run)
        if parts.group is not None:
            tasks.watch("group", parts.group.run)
        else:
            tasks.watch("without_group", partial(without_group, parts.ledger))
        self._jobs.start()
        stack.callback(self._jobs.stop)
        return http.port

    async def settle(self) -> None:
        """Roll up once more and try to send, each within its share of the time."""
        await within(STOP_ROLL_UP_S, "roll_up", self._roll_up.run())
        if self.parts.sending is not None:
            await within(STOP_SENDING_S, "sending", self.parts.sending.drain())

    async def close(self) -> None:
        """Close the connections to the database and to the group."""
        if self.parts.sending is not None:
            await self.parts.sending.close()
        if self.parts.group is not None:
            await self.parts.group.close()

    def readiness(self) -> Readiness:
        """Ready: every source answers, and what it says can be kept. A database that is away does not count."""
        parts = self.parts
        now_ns, refused = self._clock_ns(), parts.sending.refused if parts.sending is not None else ""
        clocks = dict.fromkeys((clock_fault(now_ns), self._collecting.clock_ns.fault, parts.intake.storage_full))
        ours = (*clocks, parts.consumer.failing, parts.consumer.lag(), refused, *self._jobs.overdue())
        lacking, ahead = (*parts.intake.clock_troubles(now_ns), *ours), self._ledger_findings.record_ahead
        return readiness(parts.sources.items(), parts.freshness, now_ns, lacking, (ahead,))

    async def _remark(self) -> None:
        await asyncio.to_thread(log_remarks, self.parts.ledger, self._collecting.settings)

    def _more_findings(self, now_s: int) -> list[Finding]:
        data = (*self.parts.intake.clock_findings(now_s), *self._ledger_findings.findings())
        return [*data, *self._heat.found, *self._mines.findings(now_s)]

    def _timetable(self) -> tuple[Job, ...]:
        parts, clock_ns, settings = self.parts, self._clock_ns, self._collecting.settings
        answers = {name: source.type.answer for name, source in settings.sources.items()}
        report = HealthReport(settings.plant, settings.collector, parts, answers)
        replays = Replays(settings.plant, parts.intake, parts.journal, parts.ledger)
        # The page shows the moment as it was two seconds ago at most; what a long roll-up left, the next one takes up.
        jobs: tuple[Job, ...] = (
            Job("status", 2.0, 2.0, lambda: report.show(clock_ns())),
            Job("host_clock", 1.0, 1.0, ClockWatch(clock_ns, parts.intake.clock_was_set).run),
            Job("roll_up", 2.0, 60.0, self._roll_up.run),
            Job("refresh", 60.0, 30.0, self._roll_up.refresh),
            Job("stated_tables", 5.0, 30.0, self._stated.run),
            Job("replays", 5.0, 30.0, lambda: replays.run(clock_ns())),
            Job("ledger_findings", 30.0, 10.0, self._ledger_findings.run),
            Job("heat_findings", 60.0, 10.0, self._heat.run),
            Job("mine_safety", 5.0, 10.0, self._mines.run),
            Job("detection", 2.0, 10.0, self._detection.run),
            Job("past_drops", 30.0, 300.0, self._detection.take_past),
            Job("alert_messages", 5.0, 60.0, parts.alerting.send),
            Job("metric_figures", 5.0, 5.0, self._read_figures),
            Job("scrub", 300.0, 900.0, Scrub(parts.ledger, clock_ns).run),
        )
        if settings.report_mails:
            # One report after the other, each within its own limit.
            mailer = ReportMailer(settings.plant, settings.report_mails, settings.file, parts.ledger, clock_ns)
            jobs = (*jobs, Job("report_mails", 30.0, 900.0, mailer.run))
        if parts.sending is None:
            return jobs
        return (*jobs, Job("source_health", 10.0, 5.0, lambda: report.record(clock_ns())))

    async def _read_figures(self) -> None:
        read = partial(read_figures, now_ns=self._clock_ns())
        self._metrics.figures = await asyncio.to_thread(self.parts.ledger.read, read)


def _sending(collecting: Collecting) -> Sending | None:
    settings, plant = collecting.settings, collecting.settings.plant
    if not settings.sends:
        return None
    site, simulated = plant.site, plant.simulated
    where = (collecting.journal, collecting.ledger)
    if settings.diode is not None:
        databases = Databases.behind_diode(settings.diode, settings.data_dir, site=site, simulated=simulated)
        return Sending.to(databases, *where)
    return Sending.of(settings.influx, *where, site=site, simulated=simulated, postgres=settings.postgres)


def _group(collecting: Collecting) -> GroupPublisher | None:
    """The library behind it is loaded only where there is a group."""
    settings = collecting.settings
    if settings.group is None:
        return None
    from collector.group.line import GroupLine

    line = GroupLine(settings.group, settings.plant.site)
    return GroupPublisher(settings.plant, collecting.ledger, line, collecting.clock_ns)
