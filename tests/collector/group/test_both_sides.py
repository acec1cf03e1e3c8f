"""A site's ledger and its group's, message by message: whatever is lost at either of them, both end alike."""

import random
from functools import partial
from pathlib import Path

import pytest

from collector.group.message import GroupAnswer, decode_message
from collector.storage.ledger import group_queue, outbox
from collector.storage.ledger.ledger import Ledger
from models.works.table import Row, RowKey
from tests.collector.group.taking import ALL_TIME, TakingGroup
from tests.collector.storage.ledger.ledgers import START_NS, S, opened
from tests.support.group_catalogue import CATALOGUE
from tests.support.ledger_calls import publish

SITE = CATALOGUE.site


def row(number: int, grams: int) -> Row:
    tags = {"level": "site", "product": "coal_raw", "shop": "all", "site": SITE, "unit": "all"}
    table = "output_month" if number % 5 == 0 else "output_day"
    return Row(RowKey.of(table, START_NS + number * 86_400 * S, tags), {"actual_t": grams / 1e6, "status": 1})


class BothSides:
    """A line between the two on which messages are lost, and come twice."""

    def __init__(self, ledger: Ledger, chance: random.Random) -> None:
        self.ledger, self.chance = ledger, chance
        self.group = TakingGroup(sites=(SITE,))
        self.clock = self.streams = 0

    async def begin(self) -> None:
        """As at the first start, or when the ledger was brought back."""
        self.streams += 1
        await self.ledger.write(partial(group_queue.begin_stream, new_id=f"{self.streams:032x}"))

    async def change(self) -> None:
        rows = [row(self.chance.randrange(12), self.chance.randrange(10**13)) for _ in range(3)]
        unique = {each.key: each for each in rows}
        key = row(self.chance.randrange(12), 0).key
        gone = [] if key in unique else [key]
        await publish(self.ledger, list(unique.values()), gone, to_outbox=False)

    async def send(self, *, lossy: bool) -> None:
        """Form one message more, and send from what was answered last."""
        self.clock += 1
        await self.ledger.write(partial(group_queue.form, catalogue=CATALOGUE, now_ns=self.clock))
        under_way = self.ledger.read(group_queue.stream)
        assert under_way is not None
        for _, body in self.ledger.read(partial(group_queue.messages_above, number=under_way.taken)):
            for _ in range(self.chance.choice((0, 1, 2)) if lossy else 1):
                answer = self.group.take(decode_message(body)).answer
                if answer is not None and not (lossy and self.chance.random() < 0.3):
                    await self.answered(answer)

    async def answered(self, answer: GroupAnswer) -> None:
        if not await self.ledger.write(partial(group_queue.taken, answer=answer)):
            await self.begin()

    def image(self) -> dict[RowKey, dict[str, float | int | str]]:
        first, end = ALL_TIME
        return {
            each.key: dict(each.fields)
            for table in ("output_day", "output_month")
            for each in self.ledger.read(partial(outbox.published, table=table, start_ns=first, end_ns=end))
        }


@pytest.mark.parametrize("seed", range(8))
async def test_a_works_and_its_group_end_alike_whatever_was_lost_at_either(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    sides = BothSides(opened(tmp_path), chance)
    await sides.change()
    await sides.begin()
    for _ in range(60):
        await sides.change()
        await sides.send(lossy=True)
        if chance.random() < 0.05:
            await sides.begin()
        if chance.random() < 0.05:
            sides.group = TakingGroup(sites=(SITE,))
    for _ in range(12):
        await sides.change()
        await sides.send(lossy=False)
    assert sides.group.image(SITE) == sides.image()
    assert len(sides.image()) > 3
    await sides.ledger.close()
