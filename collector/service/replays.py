"""Replays of quarantined records that a person released: they enter by the same door as everything else."""

import math
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import structlog

from collector.service.intake import Intake
from collector.sources.base import Delivery
from collector.storage.journal.journal import Journal
from collector.storage.ledger import outbox
from collector.storage.ledger.ledger import Ledger
from collector.storage.quarantine import records as quarantine
from collector.storage.quarantine.records import Quarantined
from models.counting.reading import EventReading, ReadingBatch, Rejection
from models.works.codes import Quality, TagKind
from models.works.exact_number import Number, of_text
from models.works.plant import Plant

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Replays:
    """A job. A record of the ledger's file is marked as replayed after it is in the journal.

    A kill between the two takes it in twice, and it counts once: it carries its own time.
    """

    plant: Plant
    intake: Intake
    journal: Journal
    ledger: Ledger

    async def run(self, now_ns: int) -> None:
        """Take in everything that waits for it. Raises StorageFull: the rest goes on waiting."""
        for item in await self.journal.take_replays():
            await self.intake.replay(as_delivery(self.plant, item, now_ns), [item.id])
            log.info("replayed", record=f"J{item.id}", tag=item.rejection.tag)
        for item in await self.ledger.write(partial(outbox.take_replays, now_ns=self.ledger.clock_ns())):
            await self.intake.replay(as_delivery(self.plant, item, now_ns), [])
            await self.ledger.write(partial(quarantine.mark_replayed, numbers=[item.id], now_ns=self.ledger.clock_ns()))
            log.info("replayed", record=f"L{item.id}", tag=item.rejection.tag)


def as_delivery(plant: Plant, item: Quarantined, now_ns: int) -> Delivery:
    """The record as if it came now with its own time; BAD quality becomes UNCERTAIN, for a person vouches for it.

    What still cannot be read becomes a rejection again, under a number of its own.
    """
    record = item.rejection
    index = plant.tag_index().get(record.tag)
    value: Number = math.nan
    with suppress(ValueError):
        value = of_text(item.replay_value)
    quality = max(record.quality, Quality.UNCERTAIN)
    if index is None or math.isnan(value):
        return Delivery(record.source, now_ns, rejections=_again(record, item.replay_value, known=index is not None))
    tag = plant.tags[index]
    if tag.kind is TagKind.EVENT:
        event = EventReading(
            tag=tag.name,
            key=record.event_key or "",
            sequence=0,
            tonnes=float(value),
            end_ns=record.time_ns,
            received_ns=now_ns,
            quality=quality,
        )
        return Delivery(record.source, now_ns, events=(event,))
    batch = ReadingBatch.of(record.source, now_ns, [(index, value, record.time_ns, quality)])
    return Delivery(record.source, now_ns, readings=batch)


def _again(record: Rejection, value: str, *, known: bool) -> tuple[Rejection]:
    detail = f"replayed, but {value!r} is not a number" if known else "replayed, but plant.yaml has no such tag"
    return (
        Rejection(
            record.source,
            record.tag,
            value,
            record.time_ns,
            record.quality,
            record.reason,
            detail,
            record.event_key,
        ),
    )
