"""A ledger with known figures, and what is asked of everybody who reads it after its disk damaged it."""

import contextlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import apsw

from collector.errors import CollectorError, QueueFileTooNew
from collector.service.scrub import Scrub
from collector.storage.file.backup import back_up
from collector.storage.file.opening import check_readable
from collector.storage.file.sqlite_file import open_reader
from collector.storage.ledger import damage, outbox
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.schema import LEDGER
from models.stated.figure import Figure
from models.stated.plan import PlanEntry
from models.works.month import month_of
from tests.collector.storage.ledger import ledgers
from tests.support.ledger_calls import commit, publish, record

DAY_S = 86_400
START_S = ledgers.START_S // DAY_S * DAY_S
DAYS = 3
Figures = Mapping[tuple[object, ...], object]


@dataclass(slots=True)
class Stand:
    """`now`: the files; `before`: as they were some commits earlier; `truth`: the figures in them."""

    now: Path
    before: Path
    truth: Figures


async def built(folder: Path, *, closed: bool) -> Stand:
    """Three days of two counters, with events and what people stated; a backup in the middle; seals of what is over."""
    data = folder / "data"
    clock = [START_S * 10**9]
    ledger = ledgers.opened(data, clock_ns=lambda: clock[0])
    scrub = Scrub(ledger, lambda: clock[0])
    for part in range(DAYS * 12):
        clock[0] = (START_S + (part + 1) * 7200) * 10**9
        spans = range(part * 24, part * 24 + 24)
        first = (START_S - ledgers.START_S) // 300
        increments = [
            ledgers.increment(first + number, 900_000 + 1000 * number + len(tag), tag=tag)
            for number in spans
            for tag in ("mine1.coal_total", "mine2.coal_total")
        ]
        seq = part + 1
        event = ledgers.event(f"H{part}", 250_000_000 + part, sequence=part + 1, end_ns=clock[0] - 60 * 10**9)
        states = {"mine1.coal_total": f"state {seq}".encode() * 20}
        await commit(ledger, LedgerChanges(journal_seq=seq, increments=increments, events=[event], states=states))
        await publish(ledger, [ledgers.row(part, actual_t=part * 1.5)], to_outbox=True)
        if part % 6 == 5:
            day = 719163 + START_S // DAY_S
            plan = PlanEntry(
                month=month_of(day),
                shop="mines",
                unit="mine1",
                product="coal_raw",
                grams=10**12 + part,
                author="planner",
            )
            start_ns = (START_S + part * 7200) * 10**9
            figure = Figure(
                start_ns=start_ns, end_ns=start_ns + 10**12, shop="mines", unit="mine2", product="coal_raw", grams=part
            )
            await record(ledger, [plan, figure])
            await scrub.run()
        if part == 20:
            back_up(data, folder / "backup")
        if part == DAYS * 12 - 4:
            shutil.copytree(data, folder / "before", ignore=shutil.ignore_patterns("*-shm"))
    truth = ledger.read(figures)
    now = folder / "now"
    if not closed:
        shutil.copytree(data, now, ignore=shutil.ignore_patterns("*-shm"))
    await ledger.close()
    if closed:
        shutil.copytree(data, now)
    return Stand(now, folder / "before", truth)


def figures(connection: apsw.Connection) -> dict[tuple[object, ...], object]:
    """Everything that a command or a page could show as a figure, each under what it is the figure of."""
    found: dict[tuple[object, ...], object] = {}
    for item in ledger_reads.buckets(connection, 0, 2**40, None):
        key = ("counted", item.tag, item.start_s // 7200)
        found[key] = int(found.get(key, 0)) + item.grams  # type: ignore[call-overload]
    for event in ledger_reads.events(connection):
        found["event", event.key] = (event.grams, event.end_ns)
    facts = ledger_statements.read(connection)
    for plan in facts.plans:
        found["plan", plan.month, plan.unit] = plan.grams
    for figure in facts.figures:
        found["figure", figure.start_ns, figure.unit] = figure.grams
    for row in outbox.published(connection, "output_hour", 0, 2**62):
        found["published", row.key.time_ns] = tuple(sorted(row.fields.items()))
    return found


def asked(folder: Path) -> list[Figures]:
    """The answers of whoever reads beside a service; who is told of damage answers nothing."""
    path = folder / LEDGER.name
    answers: list[Figures] = []
    with contextlib.suppress(apsw.Error, UnicodeDecodeError), contextlib.closing(open_reader(path)) as connection:
        try:
            check_readable(connection, path, LEDGER)
        except QueueFileTooNew as error:
            raise AssertionError(f"damage is told as another version: {error}") from error
        except CollectorError:
            return answers
        connection.execute("BEGIN")
        answers.append(figures(connection))
    return answers


@dataclass(frozen=True, slots=True)
class Outcome:
    """`silent`: what any reader shows otherwise than it is, untold; "" if nothing. `end`: right, gap or refused, of a
    service that starts on the files."""

    silent: str
    end: str = "right"


def outcome(folder: Path, truth: Figures) -> Outcome:
    """Ask everybody."""
    for answer in asked(folder):
        odd = _odd(answer, truth)
        if odd:
            return Outcome(f"before the start: {odd[:3]}")
    clock_ns = (START_S + DAYS * DAY_S) * 10**9
    try:
        ledger = Ledger.open(folder, clock_ns=lambda: clock_ns, demo=None)
    except QueueFileTooNew as error:
        return Outcome(f"told as another version: {error}")
    except CollectorError:
        return Outcome("", "refused")
    try:
        answer = ledger.read(figures)
        odd = _odd(answer, truth)
        gaps = ledger.read(ledger_reads.gaps)
        lost = [item for item in ledger.read(partial(damage.listed, limit=100)) if item.lost]
    except CollectorError:
        return Outcome("", "refused")
    finally:
        ledger.close_now()
    untold = [
        key
        for key in odd
        if not lost
        or (
            key[0] == "counted"
            and not any(
                gap.start_ns < (int(key[2]) + 1) * 7200 * 10**9 and gap.end_ns >= int(key[2]) * 7200 * 10**9  # type: ignore[call-overload]
                for gap in gaps
            )
        )
    ]
    silent = f"after the start: {untold[:3]}, gaps {gaps}, {lost}" if untold else ""
    return Outcome(silent, "gap" if lost else "right")


def _odd(answer: Figures, truth: Figures) -> list[tuple[object, ...]]:
    return [key for key in {**truth, **answer} if answer.get(key) != truth.get(key)]
