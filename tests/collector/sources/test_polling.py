"""What every source that asks its peer at an interval does, whatever it asks."""

import asyncio

import pytest

from collector.errors import SourceUnavailable
from collector.sources.base import Delivery
from collector.sources.polling import PollingSource


class Swallowing:
    """A reader on a library that takes a cancellation for itself when its answer came in the same turn."""

    def __init__(self, answers: bool) -> None:
        self.more = False
        self.reads = 0
        self.asked = asyncio.Event()
        self.closed = False
        self._answers = answers

    async def read(self) -> Delivery | None:
        self.reads += 1
        self.asked.set()
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            if not self._answers:
                raise OSError("the line was cut") from None
        return None

    async def taken(self) -> None:
        pass

    async def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("answers", [True, False])
@pytest.mark.timeout(20)
async def test_a_source_that_is_to_stop_does_also_where_a_library_swallowed_it(answers: bool) -> None:
    reader = Swallowing(answers)
    source = PollingSource(
        name="scales",
        poll_s=0.01,
        connect=lambda _: reader,
        say=lambda error: SourceUnavailable(str(error)),
        clock_ns=lambda: 0,
        addresses={},
    )

    async def accept(delivery: Delivery) -> None:
        raise AssertionError(delivery)

    task = asyncio.create_task(source.run(accept))
    await reader.asked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert reader.reads == 1
    assert reader.closed
