"""The configuration as the service uses it: checked, resolved, with secrets read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collector.alerts.settings import AlertSettings
from collector.config.desk_settings import DeskSettings
from collector.config.grafana_document import GrafanaEntry
from collector.diode.settings import DiodeSettings
from collector.files.import_rule import ImportRule
from collector.group.kafka_settings import KafkaSettings
from collector.influx.settings import InfluxSettings
from collector.postgres.settings import PostgresSettings
from collector.reports.scheduled_report import ScheduledReport
from collector.sources.base import SourceConfig, SourceType
from models.heat.declared import Declared
from models.heat.fuel import FuelUse
from models.heat.network import HeatSupply
from models.stated.accident import AccidentTerms
from models.stated.measure import Indicator, Project
from models.stated.stop_reason import StopReason
from models.works.plant import Plant, Tag
from models.works.working import Working


@dataclass(frozen=True, slots=True)
class ConfiguredSource:
    """One source: its type, its parsed entry, and its tags as (index into Plant.tags, tag, parsed address)."""

    type: SourceType
    config: SourceConfig
    tags: tuple[tuple[int, Tag, Any], ...]


@dataclass(frozen=True, slots=True)
class JournalLimits:
    """Bounds of the disk queue: bytes it may take, days that unsent telemetry waits, bytes it leaves free."""

    max_bytes: int
    max_age_days: float
    min_free_bytes: int


@dataclass(frozen=True, slots=True)
class Listener:
    """Where to listen; port 0 picks a free one."""

    host: str
    port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that plant.yaml said.

    `file`: where it stands; `folder` resolves relative paths; `data_dir` is absolute. `longest_gap_s` is the longest
    gap over which growth of a counter is split by time; `future_tolerance_s` is how far a reading may be ahead of the
    host's clock. `collector` is the name of this collector in source_health. `influx`, `postgres` and `group` are
    None if they are not configured.
    `grafana` is as written: its secrets are read by the one command that needs them.
    """

    plant: Plant
    sources: Mapping[str, ConfiguredSource]
    imports: tuple[ImportRule, ...]
    influx: InfluxSettings | None
    postgres: PostgresSettings | None
    diode: DiodeSettings | None
    group: KafkaSettings | None
    grafana: GrafanaEntry | None
    alerts: AlertSettings
    journal: JournalLimits
    data_dir: Path
    metrics: Listener
    desk: DeskSettings
    stop_reasons: tuple[StopReason, ...]
    accidents: AccidentTerms
    workings: tuple[Working, ...]
    indicators: tuple[Indicator, ...]
    projects: tuple[Project, ...]
    report_mails: tuple[ScheduledReport, ...]
    file: Path
    heat: HeatSupply
    fuel: FuelUse
    folder: Path
    longest_gap_s: float
    future_tolerance_s: float
    collector: str

    @property
    def declared(self) -> tuple[Declared, ...]:
        """What is known beside tonnes: projects, indicators, heat networks, fuels and workings of mines."""
        return (*self.projects, *self.indicators, *self.heat.networks, *self.fuel.fuels, *self.workings)

    @property
    def codes(self) -> frozenset[str]:
        """Of these, with those that they had before."""
        return frozenset(self.renamed) | {each.code for each in self.declared}

    @property
    def renamed(self) -> Mapping[str, str]:
        """The codes of these, by those that they had before."""
        stated: tuple[Project | Indicator, ...] = (*self.projects, *self.indicators)
        return {old: each.code for each in stated for old in each.renamed_from}

    @property
    def sends(self) -> bool:
        """Whether there is a database for dashboards, here or on the other side of a diode."""
        return self.influx is not None or self.postgres is not None or self.diode is not None
