"""Promises 1 to 5 of journal, ledger and outbox on a disk that fails at each call in turn, and then loses its power.

After every prefix of what they wrote: what was acknowledged is there, once; what was told as sent does not wait, and
what was not told as sent does; what was rejected is kept; sums are those of the steps up to the cursor.
"""

import asyncio
import contextlib
import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from collector.errors import CollectorError
from tests.support.budget import examples
from tests.support.forgetful_disk import forgetful_disk
from tests.support.promising_works import PromisingWorks

_NAMES = (f"forgetful-{number}" for number in itertools.count())


@contextmanager
def works() -> Iterator[PromisingWorks]:
    with tempfile.TemporaryDirectory() as folder, forgetful_disk(next(_NAMES)) as disk:
        yield PromisingWorks(Path(folder), disk)


async def scenario(works: PromisingWorks) -> None:
    """A life with a restart in it, and so with both checkpoints."""
    await works.append(3)
    await works.step()
    await works.publish(1, 5.0)
    await works.send()
    await works.publish(2, 7.0)
    await works.settle()
    await works.publish(1, 6.0)
    await works.close()
    await works.open()
    await works.append(2)
    await works.step()
    await works.settle()
    await works.publish(2, 8.0)


async def failing_at(first: int, count: int, *, full: bool, seed: int) -> int:
    """Live through the scenario while `count` calls from the `first` on fail, then lose the power. All calls made."""
    with works() as now:
        await now.open()
        await now.close()
        await now.open()
        begun = now.disk.calls
        now.disk.full = full
        now.disk.failing = range(begun + first, begun + first + count)
        with contextlib.suppress(CollectorError):  # told, so nothing was promised
            await scenario(now)
        calls = now.disk.calls - begun
        await now.power_cut(Random(seed))
        # And it goes on.
        await scenario(now)
        await now.power_cut(Random(seed + 1))
        await now.close()
        return calls


def every(step: int, offset: int) -> None:
    calls = asyncio.run(failing_at(10**9, 1, full=False, seed=0))
    assert calls > 200
    for first in range(1 + offset, calls + 1, step):
        # One call alone, a spell of them, and everything from there on.
        count = (1, 7, 10**6)[first % 3]
        asyncio.run(failing_at(first, count, full=first % 2 == 0, seed=first))


@pytest.mark.long
def test_whatever_call_fails_and_whatever_is_forgotten_the_promises_hold() -> None:
    every(23, 0)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_each_call_may_fail_in_turn() -> None:
    every(1, 0)


def test_a_disk_that_does_not_sync_is_found_out() -> None:
    """That the question above is sharp: of such a disk the promises do not hold."""

    async def lives() -> None:
        with works() as now:
            now.disk.lies = True
            await now.open()
            await scenario(now)
            await now.power_cut(Random(3))

    with pytest.raises((AssertionError, CollectorError)):
        asyncio.run(lives())


class StorageMachine(RuleBasedStateMachine):
    """Any order of everything, with calls that fail and power cuts in between."""

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.context = works()
        self.works = self.context.__enter__()
        self.runner.run(self.works.open())

    def attempt(self, call: object) -> None:
        try:
            self.runner.run(call)  # type: ignore[arg-type]
        except CollectorError:
            # It was told. What a file broke over shows at the next start, as in a service that ends.
            self.works.disk.failing = range(0)
            self.runner.run(self.works.check())

    @rule(count=st.integers(1, 3))
    def append(self, count: int) -> None:
        self.attempt(self.works.append(count))

    @rule()
    def step(self) -> None:
        self.attempt(self.works.step())

    @rule()
    def send(self) -> None:
        self.attempt(self.works.send())

    @rule(number=st.integers(0, 4), value=st.integers(0, 50))
    def publish(self, number: int, value: int) -> None:
        self.attempt(self.works.publish(number, float(value)))

    @rule()
    def settle(self) -> None:
        self.attempt(self.works.settle())

    @rule(ahead=st.integers(1, 60), count=st.sampled_from((1, 4, 1000)), full=st.booleans())
    def break_the_disk(self, ahead: int, count: int, full: bool) -> None:
        self.works.disk.full = full
        self.works.disk.failing = range(self.works.disk.calls + ahead, self.works.disk.calls + ahead + count)

    @rule()
    def restart(self) -> None:
        self.works.disk.failing = range(0)
        self.runner.run(self.works.check())

    @rule(seed=st.integers(0, 2**32))
    def power_cut(self, seed: int) -> None:
        self.runner.run(self.works.power_cut(Random(seed)))

    def teardown(self) -> None:
        if hasattr(self, "works"):
            self.works.disk.failing = range(0)
            self.runner.run(self.works.close())
            self.runner.close()
            self.context.__exit__(None, None, None)


TestStorageOnAForgetfulDisk = StorageMachine.TestCase
TestStorageOnAForgetfulDisk.settings = settings(max_examples=examples(10), stateful_step_count=20, deadline=None)
