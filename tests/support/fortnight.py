"""A fixed fortnight of the simulated works, through everything that a collector does, to be compared to the byte;
or the first days of it.

What the instruments show comes from the simulated works; what people enter, by the command `tundish`. The clock is
moved by hand, so two runs of the same code give the same bytes, and a run of changed code shows what it changed.
"""

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from collector.config.load import load
from collector.service.alerting import Alerting
from collector.service.detection import Detection
from collector.service.intake import Intake
from collector.service.ledger_consumer import LedgerConsumer
from collector.service.ledger_step import Posting
from collector.service.observer import Observer
from collector.service.preparation import Preparation
from collector.service.publishing import Publishing
from collector.service.replays import Replays
from collector.service.roll_up import RollUp
from collector.service.source_stamps import Stamping, stamp_rule
from collector.simulation.plant_config import plant_yaml
from collector.storage.file.sql import rows
from collector.storage.journal.journal import Journal
from collector.storage.journal.rows import LEDGER, SINK
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.outbox_queue import OutboxQueue
from models.counting.output_plan import OutputPlan
from models.detection.watched import watched_units
from models.works.table import Row
from tests.support.fortnight_instruments import DAY_S, DAYS, HOUR_S, NS, START_S, STEP_S, Instruments
from tests.support.fortnight_people import Command, People

ROLL_UP_S = 6 * HOUR_S
LANGUAGES = ("en", "ru", "kk")


@dataclass(frozen=True)
class Periods:
    """What the reports are asked for at the end."""

    day: str
    whole_day: str
    growth: str
    known: str
    plans: str


PERIODS = Periods("2026-03-04", "2026-02-27", "2026-02..2026-03", "2026-03-01 12:00", "2026-03")
FIRST_PERIODS = Periods("2026-02-21", "2026-02-20", "2026-01..2026-02", "2026-02-21 12:00", "2026-02")


@dataclass
class Written:
    """What the fortnight leaves: rows as they wait for the database, messages, telemetry, what commands said."""

    rows: list[str]
    messages: list[str]
    telemetry: str
    said: dict[str, str]


class Clock:
    """The host's clock, moved by hand."""

    def __init__(self) -> None:
        self.now_ns = START_S * NS

    def __call__(self) -> int:
        return self.now_ns


def write_plant(folder: Path) -> Path:
    """plant.yaml of the fortnight; nothing of it is sent anywhere."""
    mail = {"type": "email", "to": ["d@works.example"]}
    relay = {"host": "127.0.0.1", "port": 1, "starttls": "none-on-loopback", "from": "t@works.example"}
    roles = ("dispatcher", "shop_chief", "production_director", "shop", "digest", "instruments")
    alerts = {"language": "ru", "smtp": relay, "roles": {role: [mail] for role in roles}}
    file = folder / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1", sections={"alerts": alerts}), encoding="utf-8")
    return file


async def fortnight(file: Path, clock: Clock, run: Command, days: int = DAYS) -> Written:
    """Live through so many days of it. `run` is the command `tundish` on this plant, by this clock."""
    settings = load(file)
    plant = settings.plant
    ledger = Ledger.open(settings.data_dir, clock_ns=clock, demo=True)
    journal = Journal.open(
        settings.data_dir, settings.journal, consumers=frozenset({LEDGER, SINK}), clock_ns=clock, ledger=ledger.mark()
    )

    def broken(error: Exception) -> None:
        raise error

    observer = Observer(plant, watched_units(plant, plant.detection))
    limit_s = settings.future_tolerance_s
    rules = {name: stamp_rule(source.config, limit_s) for name, source in settings.sources.items()}
    stamping = Stamping(plant, rules, lambda _source: None)
    preparation = Preparation(plant, stamping, telemetry=True, future_tolerance_s=limit_s)
    intake = Intake(journal, preparation, broken, observer.taken)
    posting = Posting(plant, ledger, longest_gap_s=settings.longest_gap_s)
    consumer = LedgerConsumer(journal, ledger, posting, observer.posted)
    publishing = Publishing(to_outbox=True)
    roll_up = RollUp(ledger, OutputPlan(plant), publishing, clock, refreshed_ns=ledger.mark().recorded_ns)
    alerting = Alerting(plant, settings.alerts, ledger, clock)
    detection = Detection.of(plant, ledger, observer, alerting, publishing, clock)
    replays = Replays(plant, intake, journal, ledger)
    instruments = Instruments(plant.tags)
    people = People(run, file.parent, instruments.works.surveys)
    people.due(0)
    detection.asleep_s = 2 * STEP_S
    await detection.warm_up()
    telemetry = hashlib.sha256()
    lines = 0
    try:
        for second in range(STEP_S, days * DAY_S + 1, STEP_S):
            clock.now_ns = (START_S + second) * NS
            delivery = instruments.delivery(second)
            if delivery is not None:
                await intake.accept(delivery.source)(delivery)
            await consumer.catch_up()
            clock.now_ns += 2 * NS
            await detection.run()
            people.due(second)
            if second % ROLL_UP_S == 0:
                await replays.run(clock())
                await roll_up.run()
                await roll_up.refresh()
                for entry in await journal.read(SINK, after=0, max_lines=10**9):
                    text = gzip.decompress(entry.entry.lines or b"")
                    telemetry.update(text)
                    lines += text.count(b"\n")
                    await journal.done(SINK, [entry.seq])
        await roll_up.run()
        items = await OutboxQueue(ledger).take(10**9)
        messages = ledger.read(
            lambda connection: list(
                rows(
                    connection,
                    "SELECT queued_s, incident, kind, role, shop, channel, urgent, state, subject, body, document "
                    "FROM alert_message ORDER BY id",
                )
            )
        )
    finally:
        await journal.close()
        await ledger.close()
    said = {"entries.txt": "\n".join(people.said)} | dict(_reports(run, PERIODS if days == DAYS else FIRST_PERIODS))
    return Written(
        sorted(_line(item.row) for item in items if item.row is not None),
        [" | ".join(str(cell) for cell in message) for message in messages],
        f"{lines} lines, sha256 {telemetry.hexdigest()}",
        said,
    )


def _line(row: Row) -> str:
    tags = ",".join(f"{name}={value}" for name, value in row.key.tags)
    fields = ",".join(f"{name}={value!r}" for name, value in sorted(row.fields.items()))
    return f"{row.key.table} {tags} {row.key.time_ns} {fields}"


def _reports(run: Command, asked_for: Periods) -> Iterator[tuple[str, str]]:
    wanted: dict[str, tuple[str, ...]] = {}
    for kind, period in (("day", asked_for.day), ("month", "2026-02"), ("growth", asked_for.growth)):
        for lang in LANGUAGES:
            asked = ("report", kind, "--period", period, "--lang", lang)
            wanted[f"{kind}-{lang}.txt"] = asked
            wanted[f"{kind}-{lang}.html"] = (*asked, "--html")
        wanted[f"{kind}-ru.csv"] = ("report", kind, "--period", period, "--lang", "ru", "--csv", "--excel")
        wanted[f"{kind}.json"] = ("report", kind, "--period", period, "--json")
    wanted["growth-as-known.json"] = (
        *("report", "growth", "--period", "2026-02", "--json"),
        *("--as-known-on", asked_for.known),
    )
    wanted["balance.txt"] = ("report", "balance", "--period", asked_for.whole_day)
    wanted["balance.json"] = ("report", "balance", "--period", asked_for.whole_day, "--json")
    wanted["completeness.txt"] = ("completeness", "--day", asked_for.whole_day)
    wanted["completeness-kk.txt"] = ("completeness", "--day", asked_for.whole_day, "--unit", "bf3", "--lang", "kk")
    wanted["plans.txt"] = ("plan", "show", "--days", "--month", asked_for.plans)
    wanted["alerts.json"] = ("alert", "list", "--all", "--json")
    for name, arguments in wanted.items():
        answer = run(*arguments)
        assert answer.code == 0, (arguments, answer.err)
        yield name, answer.out
