"""Which rows go where: calculated ones to PostgreSQL if there is one, telemetry to InfluxDB if there is one.

Behind a data diode both go into files.
"""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from collector.diode.outbox_folder import DiodeTables, OutboxFolder
from collector.diode.settings import DiodeSettings
from collector.errors import CannotStart
from collector.influx.client import InfluxClient
from collector.influx.delivery import Writer
from collector.influx.demo_mark import check_mark
from collector.influx.outbox_sender import Tables
from collector.influx.point_tables import PointTables
from collector.influx.settings import NOT_EXACT, InfluxSettings
from collector.influx.sink import RawSettings
from collector.postgres.client import PostgresClient
from collector.postgres.demo_mark import check_database, has_figures
from collector.postgres.raw_tables import RawRetention, RawTables
from collector.postgres.row_tables import RowTables
from collector.postgres.settings import PostgresSettings
from models.tables.influxql import identifier, literal

OF_EVERY_WORKS = ("output_day", "output_month")
"""Tables that have a row as soon as anything was counted or stated, and keep it."""


@dataclass(slots=True)
class Databases:
    """What the senders send to. `upkeep` are calls that run beside them. `new`: it had no figures of ours when it was
    asked.
    """

    site: str
    simulated: bool
    raw: Writer
    raw_settings: RawSettings
    tables: Tables
    upkeep: Sequence[Callable[[], Coroutine[None, None, None]]] = ()
    new: bool = False
    _influx: InfluxClient | None = None
    _postgres: list[PostgresClient] = field(default_factory=list)
    _outbox: OutboxFolder | None = None

    @staticmethod
    def of(
        influx: InfluxSettings | None, postgres: PostgresSettings | None, *, site: str, simulated: bool
    ) -> "Databases":
        """Call inside the running loop. Raises CannotStart if there is none."""
        client = InfluxClient(influx) if influx is not None else None
        if postgres is None:
            if client is None or influx is None:
                raise CannotStart("no database is configured; add the section influxdb or postgres")
            return Databases(site, simulated, client, influx, PointTables(client, influx.bucket), _influx=client)
        # A connection each: a backlog of telemetry must not hold the figures that people wait for.
        connections = [PostgresClient(postgres)]
        tables = RowTables(connections[0])
        if client is not None and influx is not None:
            return Databases(site, simulated, client, influx, tables, _influx=client, _postgres=connections)
        connections.append(PostgresClient(postgres))
        days = postgres.raw_retention_days
        upkeep = [RawRetention(connections[1], site, days).run] if days is not None else []
        raw = RawTables(connections[1])
        return Databases(site, simulated, raw, postgres, tables, upkeep, _postgres=connections)

    @staticmethod
    def behind_diode(settings: DiodeSettings, data_dir: Path, *, site: str, simulated: bool) -> "Databases":
        """Files for a database that is on the other side of a data diode."""
        outbox = OutboxFolder(settings, data_dir / "diode.json", site, simulated=simulated)
        return Databases(site, simulated, outbox, settings, DiodeTables(outbox), _outbox=outbox)

    async def check(self) -> None:
        """Ask whether they are for this kind of site, and mark empty ones of a simulated works.

        Raises CannotStart if one is not, and SinkUnavailable while one cannot tell.
        """
        if self._outbox is not None:
            await self._outbox.open()
            self.new = self._outbox.is_new
        if self._influx is not None:
            influx = self._influx.settings
            if not self._postgres:
                await _refuse_version_3(self._influx)
            buckets = (influx.raw_bucket,) if self._postgres else (influx.bucket, influx.raw_bucket)
            await check_mark(self._influx, influx, self.site, simulated=self.simulated, buckets=buckets)
        if self._postgres:
            client = self._postgres[0]
            await check_database(client, self.site, simulated=self.simulated)
            self.new = not await has_figures(client, self.site, OF_EVERY_WORKS)
        elif self._influx is not None:
            self.new = not await self._influx_has_figures(self._influx)

    async def _influx_has_figures(self, client: InfluxClient) -> bool:
        for table in OF_EVERY_WORKS:
            ours = f'"site" = {literal(self.site)}'
            query = f'SELECT "completeness_pct" FROM {identifier(table)} WHERE {ours} LIMIT 1'  # noqa: S608 - escaped
            if await client.query(client.settings.bucket, query):
                return True
        return False

    async def close(self) -> None:
        """Close the connections."""
        for client in self._postgres:
            await client.close()
        if self._influx is not None:
            await self._influx.close()


async def _refuse_version_3(client: InfluxClient) -> None:
    """Raises CannotStart if the server that is to keep the calculated tables cannot. SinkUnavailable: it is away."""
    version = await client.version()
    if version.removeprefix("v").startswith("3."):
        settings = client.settings
        raise CannotStart(
            f"InfluxDB at {settings.url} is version {version}: {NOT_EXACT}; add the section postgres and dialect: v3, "
            "or use InfluxDB 2"
        )
