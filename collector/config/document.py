"""The shape of plant.yaml, as strict pydantic models. Meaning across entries is checked in `checks`.

Every description says what to give: it appears in the JSON Schema, in docs/configuration.md, and in error messages.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from collector.config.accidents_document import AccidentsEntry
from collector.config.alerts_document import AlertsEntry
from collector.config.balance_document import BalanceEntry
from collector.config.desk_document import DeskEntry, Port
from collector.config.detection_document import DetectionEntry, LimitsEntry
from collector.config.diode_document import DiodeEntry
from collector.config.duration import Kept, Lapse, Wait
from collector.config.fields import Clock, Names, Text, Translations
from collector.config.fuel_document import FuelUseEntry
from collector.config.grafana_document import GrafanaEntry
from collector.config.heat_document import HeatSupplyEntry
from collector.config.imports_document import ImportEntry
from collector.config.measures_document import MOST, IndicatorEntry, ProjectEntry
from collector.config.mine_safety_document import MineSafetyEntry
from collector.config.postgres_document import PostgresEntry
from collector.config.reports_document import MOST_MAILS, ReportMailEntry
from collector.config.unit_document import UnitEntry
from collector.config.url import Host, WebUrl
from collector.group.kafka_document import KafkaEntry
from collector.sources.base import Code
from models.works.strict import StrictModel


class SiteEntry(StrictModel):
    """The works."""

    code: Code = Field(description="the short code of the works, in lower case")
    names: Names = Field(description="the name of the works")
    zone: Text = Field(description="the time zone of the works, such as Asia/Almaty")
    simulated: bool = Field(
        default=False, description="true only if every figure is simulated: all outputs then say so"
    )


class ProductEntry(StrictModel):
    """One material with exactly one definition and basis."""

    code: Code = Field(description="the short code of the product")
    names: Names = Field(description="the name of the product")
    definition: Text = Field(description="how and where it is measured, in words")
    definition_in: Translations = Field(default=Translations(), description="the same in other languages")
    basis: Text = Field(description="the basis of its tonnes, such as liquid, solid, dry, wet, gross or net")
    display_unit: Literal["t", "kt"] = Field(default="t", description="the unit in which totals are shown")
    made_from: list[Code] = Field(default=[], description="the products that it is made from; no total adds both")
    part_of: list[Code] = Field(default=[], description="the products that it is a part of; no total adds both")


class ReportedEntry(StrictModel):
    """A product that the works reports."""

    product: Code = Field(description="the code of the product that is counted")
    counted_at: list[Code] = Field(min_length=1, description="the units whose counters make up the figure")


class CalendarEntry(StrictModel):
    """The production day and the shifts of a shop."""

    zone: Text | None = Field(default=None, description="the time zone of the shop; the zone of the site if missing")
    day_start: Clock = Field(default="00:00", description="the local time at which the production day starts")
    shift_starts: list[Clock] = Field(
        default=["00:00", "12:00"], min_length=1, description="the local times at which shifts start, in their order"
    )


class ShopEntry(StrictModel):
    """An area of the works with its own production calendar."""

    code: Code = Field(description="the short code of the shop")
    names: Names = Field(description="the name of the shop")
    renamed_from: list[Code] = Field(default=[], description="the codes that it had before")
    calendar: CalendarEntry = Field(
        default=CalendarEntry(), description="the production day and the shifts; midnight and 12 h shifts if missing"
    )
    units: list[UnitEntry] = Field(default=[], description="the units of the shop")


class InfluxEntry(StrictModel):
    """The InfluxDB that dashboards read. Without a database everything is kept in the ledger alone."""

    url: WebUrl = Field(description="the address of the database, such as http://127.0.0.1:8086")
    dialect: Literal["v1", "v2", "v3"] = Field(
        default="v2",
        description="v2 for InfluxDB 2, v1 for InfluxDB 1.x, v3 for telemetry alone in InfluxDB 3, beside a postgres",
    )
    org: Text | None = Field(default=None, description="the organisation, for v2")
    bucket: Text = Field(
        default="tundish", description="the bucket of calculated tables; telemetry goes to <bucket>_raw"
    )
    token_file: Text | None = Field(
        default=None, description="the file that holds the token, for v2 and v3; or set TUNDISH_INFLUXDB_TOKEN"
    )
    user: Text | None = Field(default=None, description="the user, for v1")
    password_file: Text | None = Field(
        default=None, description="the file that holds the password, for v1; or set TUNDISH_INFLUXDB_PASSWORD"
    )
    # A quarter to look back at single signals; what reports need is in the calculated tables, which stay. A judgement.
    raw_retention: Kept = Field(
        default=90 * 86400.0, description="how long <bucket>_raw keeps rows; older rows are counted and not sent"
    )
    timeout: Wait = Field(default=10.0, description="the longest wait for one answer from the database")
    # InfluxData advises batches of 5,000 lines; benchmarks/line_protocol.py measures such batches.
    batch_lines: Annotated[int, Field(ge=1, le=50_000)] = Field(default=5000, description="the lines in one request")


MOST_BYTES = 10**15
"""A petabyte: more than any disk of a server, and within what SQLite counts in."""


class JournalLimitsEntry(StrictModel):
    """Bounds of the disk queue."""

    # Weeks of an outage for thousands of tags a second, on a disk of any server of today. A judgement.
    max_bytes: Annotated[int, Field(ge=1_000_000, le=MOST_BYTES)] = Field(
        default=20_000_000_000, description="the most bytes that the queue may take"
    )
    # Telemetry that is a month late is of no use for watching. What the ledger has to count is never dropped by age.
    max_age_days: Annotated[float, Field(gt=0, le=36_500)] = Field(
        default=30.0, description="the most days that unsent telemetry waits"
    )
    # The ledger has to be able to write its next steps, and a person to log in, on a disk that is filling.
    min_free_bytes: Annotated[int, Field(ge=0, le=MOST_BYTES)] = Field(
        default=1_000_000_000, description="the least bytes that the queue leaves free on the disk"
    )


class CollectorEntry(StrictModel):
    """The collector itself."""

    name: Text | None = Field(
        default=None, description="the name of this collector in source_health; the host's name if missing"
    )
    # Within an hour an even spread is near the truth; over longer ones a stop may lie in the gap (docs/counting.md).
    longest_gap: Lapse = Field(
        default=3600.0, description="the longest gap over which a counter's increase is spread evenly over time"
    )
    # A device that is a minute ahead has a wrong clock: its output would be booked to a time that has not come.
    future_tolerance: Lapse = Field(
        default=60.0,
        description="how far stamps may be off the host's clock, either way, before the source's clock key decides",
    )


class MetricsEntry(StrictModel):
    """Where /metrics, /healthz and /readyz are served."""

    host: Host = Field(default="127.0.0.1", description="the address to listen on")
    port: Port = Field(default=8687, description="the port to listen on; 0 picks a free port")


class KindOfReasonEntry(StrictModel):
    """A kind of a reason of stops."""

    code: Code = Field(description="the short code of the reason, which records keep")
    names: Names = Field(description="the name of the reason")


class StopReasonEntry(KindOfReasonEntry):
    """A reason of stops, with its kinds."""

    kinds: list[KindOfReasonEntry] = Field(default=[], description="its kinds, if people are to choose one of them")


class PlantFile(StrictModel):
    """plant.yaml: one works, where its figures come from, and where they go."""

    version: Literal[1] = Field(description="the version of this file's shape: 1")
    site: SiteEntry = Field(description="the works")
    data_dir: Text = Field(
        default="./data", description="the folder of the journal and the ledger, relative to the file"
    )
    products: list[ProductEntry] = Field(default=[], description="the catalogue of products")
    reported: dict[Code, ReportedEntry] = Field(default={}, description="the products that the works reports, by name")
    shops: list[ShopEntry] = Field(min_length=1, description="the shops with their units and tags")
    disowned: list[Text] = Field(
        default=[],
        description="former units and tags whose tonnes in the ledger are nobody's output, such as a meter on trial; "
        "without this they stay in the totals as unclaimed",
    )
    stop_reasons: list[StopReasonEntry] = Field(
        default=[], description="why units stand, as people choose it at the desk; a usual list of twelve if missing"
    )
    accidents: AccidentsEntry = Field(default=AccidentsEntry(), description="how accidents are named")
    mine_safety: MineSafetyEntry = Field(
        default=MineSafetyEntry(), description="workings of mines with their sensors, and the limits of methane"
    )
    indicators: list[IndicatorEntry] = Field(
        default=[], max_length=MOST, description="published series that stand beside the output of the works"
    )
    projects: list[ProjectEntry] = Field(default=[], max_length=MOST, description="the projects of modernisation")
    heat_supply: HeatSupplyEntry | None = Field(default=None, description="the heat that the works gives to towns")
    fuel: FuelUseEntry | None = Field(default=None, description="the fuels that the works burns and flares")
    balance: list[BalanceEntry] = Field(default=[], description="the nodes of the mass balance")
    imports: list[ImportEntry] = Field(
        default=[], description="how the files of figures and plans of this works are laid out"
    )
    sources: list[dict[str, Any]] = Field(default=[], description="the sources that tags are read from")
    influxdb: InfluxEntry | None = Field(default=None, description="the database for dashboards")
    postgres: PostgresEntry | None = Field(
        default=None,
        description="a PostgreSQL for the calculated tables, instead of InfluxDB; beside one, telemetry goes there",
    )
    diode: DiodeEntry | None = Field(
        default=None, description="files for a database on the other side of a data diode, in place of a database here"
    )
    group: KafkaEntry | None = Field(
        default=None, description="the Kafka through which the group of this works gets its figures (docs/group.md)"
    )
    grafana: GrafanaEntry | None = Field(default=None, description="the Grafana that `tundish provision` fills")
    alerts: AlertsEntry = Field(default=AlertsEntry(), description="who is notified of what, how, and when")
    report_mails: list[ReportMailEntry] = Field(
        default=[], max_length=MOST_MAILS, description="the reports that go to their readers by mail on schedule"
    )
    limits: LimitsEntry = Field(default=LimitsEntry(), description="where output counts as low")
    detection: DetectionEntry = Field(default=DetectionEntry(), description="when output counts as dropped")
    journal: JournalLimitsEntry = Field(default=JournalLimitsEntry(), description="the bounds of the disk queue")
    collector: CollectorEntry = Field(default=CollectorEntry(), description="the collector itself")
    metrics: MetricsEntry = Field(default=MetricsEntry(), description="where self-metrics are served")
    desk: DeskEntry = Field(default=DeskEntry(), description="where the web desk is served")
