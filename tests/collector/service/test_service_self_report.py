"""What the service says of itself: rows of source_health, the desk's status, and the metrics."""

import gzip
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from prometheus_client.parser import text_string_to_metric_families

from collector.alerts.settings import AlertSettings
from collector.config.settings import Settings
from collector.errors import StorageFull
from collector.influx.settings import InfluxSettings
from collector.service.alerting import Alerting
from collector.service.freshness import TagFreshness
from collector.service.health import HealthReport
from collector.service.jobs import Job, Jobs
from collector.service.loop_lag import LoopLag
from collector.service.metrics.output_families import read_figures
from collector.service.metrics.service_metrics import ServiceMetrics
from collector.service.parts import Parts
from collector.service.sending import Sending
from collector.service.trusted_clock import TrustedClock
from collector.sources.base import Accept, Source, SourceHealth
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger.desk_reader import LedgerDesk
from collector.storage.ledger.schema import LEDGER
from models.alerts.policy import Policy
from models.detection.state_row import UnitNow
from models.tables.source_error import SourceError
from models.works.codes import UnitState
from models.works.plant import Plant
from tests.collector.service.steel_works import WorksParts, delivery_of, opened_parts, tap
from tests.collector.service.works_document import BELT, COAL, NOON_NS, NS, TAPS
from tests.support.faulty_disk import faulty_disk

NEVER_ASKED = InfluxSettings(url="http://127.0.0.1:1", dialect="v1", bucket="works", raw_bucket="works_raw")
NOBODY = AlertSettings(notifier="tundish", policy=Policy(sends=False, zone=ZoneInfo("UTC")), channels={})
SINCE = NOON_NS - 5 * NS


@dataclass
class Told:
    """A source of which only its health matters."""

    name: str
    health: SourceHealth = field(default_factory=SourceHealth)

    async def run(self, accept: Accept) -> None:
        raise NotImplementedError


def _sources() -> dict[str, Source]:
    up = SourceHealth(
        up=True,
        last_success_ns=SINCE,
        poll_s=0.02,
        overflows=2,
        reconnects=1,
        clock_offset_s=-0.5,
        cert_expires_ns=NOON_NS + 300 * 3600 * NS,
        bad_nodes={TAPS: "BadNodeIdUnknown"},
    )
    return {"plc": Told("plc", up), "dcs": Told("dcs", SourceHealth(last_error="no answer in time"))}


def _live(parts: WorksParts, sources: Mapping[str, Source]) -> Parts:
    return Parts(
        clock_ns=TrustedClock.over(lambda: NOON_NS),
        sources=sources,
        journal=parts.journal,
        ledger=parts.ledger,
        intake=parts.intake,
        freshness=TagFreshness(parts.plant, NOON_NS),
        consumer=parts.consumer,
        alerting=Alerting(parts.plant, NOBODY, parts.ledger, parts.clock),
        sending=None,
        loop_lag=LoopLag(),
    )


def _report(parts: WorksParts, sources: Mapping[str, Source]) -> HealthReport:
    return HealthReport(parts.plant, "hall-3", _live(parts, sources))


async def test_the_desk_is_told_of_every_source_and_of_what_each_unit_did_last(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        desk = LedgerDesk(plant, tmp_path / "data" / LEDGER.name)
        await parts.take(
            delivery_of(parts.batch((COAL, -120, 1.0), (BELT, -120, 9e9)), received_ns=SINCE),
            delivery_of(parts.batch((COAL, -60, 2.0)), events=(tap("1", -600),), received_ns=SINCE),
        )
        await parts.settle()
        await _report(parts, _sources()).show(NOON_NS)
        dcs, plc = desk.sources()
        assert (plc.source, plc.up, plc.age_s, plc.readings, plc.rejected) == ("plc", True, 5.0, 3, 1)
        assert plc.last_error == f"{TAPS}: BadNodeIdUnknown"
        assert plc.error_kind is SourceError.SIGNALS
        assert (dcs.source, dcs.up, dcs.age_s, dcs.last_error) == ("dcs", False, None, "no answer in time")
        by_unit = {each.unit: (each.last_reading_ns, each.last_output_ns) for each in desk.activity()}
        assert by_unit == {"mine1": (SINCE, NOON_NS - 60 * NS), "bf3": (None, NOON_NS - 600 * NS)}


async def test_a_full_disk_stands_in_the_status_of_the_source_it_holds_up(plant: Plant, tmp_path: Path) -> None:
    with faulty_disk("full-status") as disk:
        async with opened_parts(tmp_path / "data", plant, vfs="full-status") as parts:
            disk.full = True
            with pytest.raises(StorageFull):
                await parts.take(delivery_of(parts.batch((COAL, 0, 1.0))))
            disk.full = False
            await _report(parts, {"plc": Told("plc", SourceHealth(up=True))}).show(NOON_NS)
            (plc,) = LedgerDesk(plant, tmp_path / "data" / LEDGER.name).sources()
            assert "free space" in plc.last_error


async def test_a_row_of_source_health_a_source_waits_for_the_database(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
        await _report(parts, _sources()).record(NOON_NS)
        (stored,) = await parts.journal.read_sink(100)
        assert stored.entry.lines is not None
        lines = gzip.decompress(stored.entry.lines).decode().splitlines()
        assert [line.partition(" ")[0] for line in lines] == [
            "source_health,collector=hall-3,site=works,source=plc",
            "source_health,collector=hall-3,site=works,source=dcs",
        ]
        assert all(line.endswith(f" {NOON_NS}") for line in lines)
        plc, dcs = (set(line.split(" ")[1].split(",")) for line in lines)
        assert {"up=1i", "age_s=5.0", "readings=0i", "clock_offset_s=-0.5", "cert_days_left=12.5"} <= plc
        assert "up=0i" in dcs
        assert not any(part.startswith(("age_s", "clock_offset_s", "cert_days_left")) for part in dcs)


async def test_a_standing_source_stamp_does_not_make_a_source_old(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        await parts.take(delivery_of(parts.batch((BELT, -7200, 0.0)), received_ns=SINCE))
        await _report(parts, _sources()).show(NOON_NS)
        desk = LedgerDesk(plant, tmp_path / "data" / LEDGER.name)
        assert [each.age_s for each in desk.sources() if each.source == "plc"] == [5.0]
        assert [each.last_reading_ns for each in desk.activity()] == [SINCE]


ALWAYS = {
    "tundish_build_info",
    "tundish_source_up",
    "tundish_source_last_answer_timestamp_seconds",
    "tundish_source_poll_duration_seconds",
    "tundish_source_clock_offset_seconds",
    "tundish_source_certificate_expiry_timestamp_seconds",
    "tundish_source_unreadable_nodes",
    "tundish_source_stale_tags",
    "tundish_readings",
    "tundish_readings_rejected",
    "tundish_deliveries_held",
    "tundish_source_reconnects",
    "tundish_source_queue_overflows",
    "tundish_journal_entries",
    "tundish_journal_size_bytes",
    "tundish_journal_oldest_unsent_timestamp_seconds",
    "tundish_journal_lines_dropped",
    "tundish_journal_losses",
    "tundish_ledger_damage",
    "tundish_ledger_entries_behind",
    "tundish_outbox_rows",
    "tundish_event_loop_lag_seconds",
    "tundish_day_output_tonnes",
    "tundish_day_target_tonnes",
    "tundish_day_completeness_ratio",
    "tundish_month_output_tonnes",
    "tundish_month_target_tonnes",
    "tundish_unit_state",
    "tundish_unit_state_since_timestamp_seconds",
    "tundish_unit_judged_timestamp_seconds",
    "tundish_job_runs",
    "tundish_job_failures",
    "tundish_job_overruns",
    "tundish_job_late_starts",
    "tundish_job_last_success_timestamp_seconds",
    "tundish_incidents",
    "tundish_alert_messages",
    "tundish_alert_messages_waiting",
}
WITH_A_DATABASE = {
    "tundish_database_up",
    "tundish_database_retry_timestamp_seconds",
    "tundish_rows_sent",
    "tundish_rows_refused",
    "tundish_sending_retries",
    "tundish_rows_beyond_retention",
}


async def _nothing() -> None:
    pass


@pytest.mark.parametrize("database", [False, True])
async def test_the_metrics_parse_and_are_the_families_that_are_promised(
    plant: Plant, settings: Settings, tmp_path: Path, database: bool
) -> None:
    async with opened_parts(tmp_path / "data", plant, telemetry=database) as parts:
        await parts.take(delivery_of(parts.batch((COAL, 0, 1.0), (BELT, 0, 9e9)), received_ns=SINCE))
        sending = (
            Sending.of(NEVER_ASKED, parts.journal, parts.ledger, site="works", simulated=False) if database else None
        )
        jobs = Jobs((Job("roll_up", 1, 1, _nothing),))
        alerting = Alerting(plant, settings.alerts, parts.ledger, lambda: NOON_NS)
        alerting.open_by_severity, alerting.sent = {1: 2, 4: 0}, 7
        metrics = ServiceMetrics(replace(_live(parts, _sources()), sending=sending, alerting=alerting), jobs)
        families = {each.name: each for each in text_string_to_metric_families(metrics.text().decode())}
        assert set(families) == ALWAYS | (WITH_A_DATABASE if database else set())
        values = {
            (sample.name, *sample.labels.values()): sample.value
            for family in families.values()
            for sample in family.samples
        }
        assert values["tundish_source_up", "plc"] == 1
        assert values["tundish_source_up", "dcs"] == 0
        assert values["tundish_source_last_answer_timestamp_seconds", "plc"] == SINCE / NS
        assert ("tundish_source_last_answer_timestamp_seconds", "dcs") not in values
        assert values["tundish_source_certificate_expiry_timestamp_seconds", "plc"] == NOON_NS / NS + 300 * 3600
        assert values["tundish_readings_total", "plc"] == 1
        assert values["tundish_readings_rejected_total", "plc"] == 1
        assert values["tundish_ledger_entries_behind",] == 1
        assert values["tundish_job_runs_total", "roll_up"] == 0
        assert (values["tundish_incidents", "P1"], values["tundish_incidents", "P4"]) == (2, 0)
        assert values["tundish_alert_messages_total", "sent"] == 7
        if sending is not None:
            await sending.close()


async def test_tonnes_and_states_in_the_metrics_are_those_of_the_published_rows(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        await parts.take(delivery_of(events=(tap("1", -600, 400.0), tap("2", -60, 250.5)), received_ns=SINCE))
        await parts.settle()
        stopped = UnitNow(
            unit="bf3",
            shop="furnaces",
            product="pig_iron",
            at_s=NOON_NS // NS,
            since_s=NOON_NS // NS - 60,
            state=UnitState.STOPPED,
            severity=1,
            expected_t_per_h=None,
            actual_t_per_h=None,
            drop_pct=None,
            cause_unit="",
            evidence={},
        )
        await parts.ledger.write(lambda connection: ledger_detection.put_now(connection, [stopped]))
        figures = parts.ledger.read(lambda connection: read_figures(connection, NOON_NS))
        metrics = ServiceMetrics(_live(parts, _sources()), Jobs(()), figures)
        found = {
            (sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(metrics.text().decode())
            for sample in family.samples
        }
        assert found["tundish_day_output_tonnes", "unit", "pig_iron", "furnaces", "bf3"] == 650.5
        assert found["tundish_day_output_tonnes", "site", "pig_iron", "all", "all"] == 650.5
        month = ("tundish_month_output_tonnes", "site", "pig_iron", "all", "all")
        assert month not in found, "the days before are not known, so neither is the month"
        assert 0 <= found["tundish_day_completeness_ratio", "site", "pig_iron", "all", "all"] <= 1
        assert found["tundish_unit_state", "furnaces", "stopped", "bf3"] == 1
        assert found["tundish_unit_state", "furnaces", "ok", "bf3"] == 0
        assert found["tundish_unit_state_since_timestamp_seconds", "furnaces", "bf3"] == NOON_NS / NS - 60
        assert _lint(metrics.text()) == ""


def _lint(text: bytes) -> str:
    """What Prometheus itself has to say about names and help texts."""
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, check=False)
    assert checked.returncode in (0, 3), checked.stderr
    return checked.stdout.decode() + checked.stderr.decode()


def test_the_lint_finds_what_is_against_the_conventions() -> None:
    assert "abbreviated" in _lint(b"# HELP tundish_lag_ms Lag.\n# TYPE tundish_lag_ms gauge\ntundish_lag_ms 3\n")
