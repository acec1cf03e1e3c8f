"""A real Grafana over a real database with everything provisioned; a relay and a webhook take its messages."""

import asyncio
import json
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from collector.config.load import load
from collector.influx.client import InfluxClient
from collector.influx.line_protocol import encode_rows
from collector.influx.packing import gzip_member
from collector.postgres.client import PostgresClient
from collector.postgres.columns import row_values
from collector.postgres.row_tables import RowChange, carry_out
from collector.postgres.settings import PostgresSettings
from dashboards.grafana.adapter import GrafanaAdapter, GrafanaLogin
from dashboards.grafana.data_sources import Database, SqlDatabase
from dashboards.grafana.desired_state import DesiredState, Notify
from dashboards.grafana.provision import ProvisionOptions, provision
from dashboards.grafana.store import GrafanaStore
from dashboards.panels.places import counting_units
from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.detection.watched import watched_units
from models.stated.facts import Facts
from models.tables.event_rows import plant_event_rows
from models.works.codes import UnitState
from models.works.plant import Plant
from models.works.table import FieldValue, Row, RowKey
from tests.support.certificates import authority_and_server
from tests.support.grafana import PASSWORD, USER, real_grafana, served
from tests.support.history_works import HistoryWorks
from tests.support.influxd import TOKEN, InfluxServer
from tests.support.ports import free_port
from tests.support.postgres import PASSWORD as PG_PASSWORD
from tests.support.postgres import PostgresServer
from tests.support.unit_states import state_row

LANGUAGES = ("ru", "kk", "en")
Told = tuple[UnitState, int, str]
"""A state, its severity, and the unit that it follows from ("": its own)."""
OK: Told = (UnitState.OK, 0, "")
STOPPED_BACK_S = (100_000, 300_000)
"""How long ago stops of an hour ended."""


@dataclass
class Post:
    """What arrived by e-mail and by webhook."""

    mails: list[tuple[str, str]] = field(default_factory=list)
    hooks: list[dict[str, Any]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_DATA(self, _server: object, session: Any, envelope: Any) -> str:  # noqa: ANN401, N802 - aiosmtpd
        mail = message_from_bytes(envelope.content)
        body = "".join(
            part.get_payload(decode=True).decode()  # type: ignore[union-attr]
            for part in mail.walk()
            if part.get_content_maintype() == "text"
        )
        if "dispatcher@works.example" not in envelope.rcpt_tos:
            return "250 not for us: from before Grafana took the new routes"
        self.mails.append((str(make_header(decode_header(mail["Subject"]))), body))
        self.encrypted.append(session.ssl is not None)
        return "250 taken"


@dataclass(frozen=True)
class Stand:
    """A Grafana with everything provisioned."""

    address: str
    plant: Plant
    works: HistoryWorks
    post: Post
    store: GrafanaStore
    desired: DesiredState

    def write_states(self, told: Mapping[str, Told]) -> None:
        """What is told of all units now; those that are not named are OK."""
        now_s = int(time.time()) // 10 * 10
        units = watched_units(self.plant, self.plant.detection)
        rows = [state_row(self.plant, self.plant.units[code], now_s, *told.get(code, OK)) for code in units]
        write(self.works, "works", rows)


def _row(table: str, at_s: int, tags: dict[str, str], fields: dict[str, FieldValue]) -> Row:
    return Row(RowKey.of(table, at_s * 10**9, tags), fields)


def write(works: HistoryWorks, bucket: str, rows: list[Row]) -> None:
    async def send() -> None:
        if isinstance(works.database, PostgresServer):
            await write_rows(works.database.settings("works"), rows)
            return
        client = InfluxClient(works.database.settings("works"))
        try:
            await client.write(bucket, gzip_member(encode_rows(rows).data))
        finally:
            await client.close()

    # The browser keeps a loop in this thread.
    thread = threading.Thread(target=lambda: asyncio.run(send()))
    thread.start()
    thread.join()


async def write_rows(settings: PostgresSettings, rows: Sequence[Row]) -> None:
    """Rows of any tables in a PostgreSQL."""
    client = PostgresClient(settings)
    try:
        for start in range(0, len(rows), 5000):
            some = [RowChange(row.key.table, row_values(row) or []) for row in rows[start : start + 5000]]
            async with client.transaction() as connection:
                await carry_out(connection, some)
    finally:
        await client.close()


def past(plant: Plant) -> tuple[list[Row], list[Row]]:
    """A week of states and signals, two stops of a furnace and a day of health, made up: (calculated, raw)."""
    now_s = int(time.time()) // 600 * 600
    states, raw = plant_event_rows(plant, Facts(), stops(plant, now_s)), []
    for code in watched_units(plant, plant.detection):
        for back in range(0, 7 * 86_400, 600):
            told = OK
            if code == "bf3" and 30_000 < back < 40_000:
                told = (UnitState.SLOW, 2, "")
            if code == "bf3" and any(ended <= back < ended + 3600 for ended in STOPPED_BACK_S):
                told = (UnitState.STOPPED, 1, "")
            if code == "bof2" and back < 50_000:
                told = (UnitState.PLANNED, 0, "")
            states.append(state_row(plant, plant.units[code], now_s - back, *told))
    for unit in counting_units(plant):
        tags = {"site": plant.site, "shop": unit.shop, "unit": unit.code}
        for signal, level in (("blast", 420_000.0), ("blast_temperature", 1180.0), ("oxygen", 38_000.0)):
            raw += [
                _row(
                    "telemetry",
                    now_s - back,
                    {**tags, "signal": signal},
                    {"value": level * (1 + back % 7000 / 100_000)},
                )
                for back in range(0, 7 * 86_400, 1800)
            ]
    source = next(iter(plant.source_names))
    for back in range(0, 86_400, 60):
        health: dict[str, FieldValue] = {
            "up": 1,
            "age_s": 0.4 + back % 300 / 600,
            "rejected": max(0, 86_400 - back) // 9000,
        }
        health |= {"queue_rows": back % 17, "queue_age_s": 0.2, "loop_lag_ms": 2.5, "clock_offset_s": 0.01}
        at_s = int(time.time()) - back
        raw.append(
            _row("source_health", at_s, {"site": plant.site, "source": source, "collector": "tundish-1"}, health)
        )
    return [*states, *_running_hour(plant, now_s)], raw


def _running_hour(plant: Plant, now_s: int) -> list[Row]:
    """The hour that runs, in which two thirds of what is due were made: the history ends with a whole hour."""
    start_s = now_s // 3600 * 3600
    rows = []
    for reported in plant.reported:
        targets = {
            code: plant.units[code].daily_target_t.get(reported.product, 0.0) / 24 for code in reported.counted_at
        }
        places = {("unit", plant.units[code].shop, code): target_t for code, target_t in targets.items()}
        for (level, shop, unit), target_t in {**places, ("site", "all", "all"): sum(targets.values())}.items():
            tags = {"site": plant.site, "shop": shop, "unit": unit, "product": reported.product, "level": level}
            made_t = target_t * 2 / 3 * max(600, now_s - start_s) / 3600
            fields: dict[str, FieldValue] = {"actual_t": made_t, "target_t": target_t, "completeness_pct": 100.0}
            if target_t:
                fields["attainment_pct"] = 100 * made_t / target_t
            rows.append(_row("output_hour", start_s, tags, fields))
    return rows


def stops(plant: Plant, now_s: int) -> list[OutputDrop]:
    """The stops of furnace 3 that `past` has states of."""
    found = []
    for back_s in STOPPED_BACK_S:
        fields = state_row(plant, plant.units["bf3"], now_s - back_s, UnitState.STOPPED, 1).fields
        found.append(
            OutputDrop(
                unit="bf3",
                product="pig_iron",
                kind=FindingKind.STOP,
                severity=1,
                start_s=now_s - back_s - 3600,
                end_s=now_s - back_s,
                evidence={language: str(fields[f"evidence_{language}"]) for language in LANGUAGES},
            )
        )
    return found


def reached(database: InfluxServer | PostgresServer) -> dict[str, Any]:
    """The database as Grafana reaches it, for a desired state."""
    if isinstance(database, PostgresServer):
        address = f"127.0.0.1:{database.port}"
        return {"postgres": SqlDatabase(address=address, database="works", user="works_reader", password=PG_PASSWORD)}
    secret = f"Token {TOKEN}" if database.dialect == "v2" else database.basic_header()
    return {"database": Database(url=database.url, calculated="works", raw="works_raw", authorization=secret)}


@contextmanager
def grafana_stand(works: HistoryWorks, folder: Path) -> Iterator[Stand]:
    """Everything that a works has, running; its files in `folder`."""
    authority, certificate, key = authority_and_server(folder, "127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    post = Post()
    mail = Controller(post, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True)

    def hook(_method: str, _path: str, body: bytes, _headers: object) -> tuple[int, bytes]:
        post.hooks.append(json.loads(body))
        return 200, b"{}"

    plant = load(works.file).plant
    mail.start()
    smtp = {
        "GF_SMTP_ENABLED": "true",
        "GF_SMTP_HOST": f"127.0.0.1:{mail.port}",
        "GF_SMTP_FROM_ADDRESS": "grafana@works.example",
        "GF_SMTP_STARTTLS_POLICY": "MandatoryStartTLS",
        "SSL_CERT_FILE": str(authority),
        "GF_UNIFIED_ALERTING_ALERTMANAGER_CONFIG_POLL_INTERVAL": "5s",
    }
    try:
        with served(hook) as webhook, real_grafana(folder / "grafana", **smtp) as address:
            notify = Notify(language="ru", email=("dispatcher@works.example",), webhook=webhook)
            desired = DesiredState(plant=plant, languages=LANGUAGES, notify=notify, **reached(works.database))
            store = GrafanaStore(GrafanaAdapter(GrafanaLogin(url=address, user=USER, password=PASSWORD)), plant)
            states, raw = past(plant)
            write(works, "works", states)
            write(works, "works_raw", raw)
            made = Stand(address, plant, works, post, store, desired)
            made.write_states({})
            provision(store, desired, ProvisionOptions(manage_policies=True))
            yield made
    finally:
        mail.stop()
