"""A works whose time starts when somebody reads of it."""

import asyncio

from asyncua.client.client import Client

from collector.simulation.catalogue import NAMESPACE
from collector.simulation.options import SimulationOptions
from collector.simulation.simulated_works import SimulatedWorks
from tests.collector.simulation.hand_clock import START_NS, HandClock

SECOND = 1_000_000_000


async def test_a_works_that_waits_for_its_reader_makes_nothing_that_nobody_sees(clock: HandClock) -> None:
    options = SimulationOptions(seed=11, start_ns=START_NS, speed=60, tick_s=0.02, waits_for_reader=True)
    async with SimulatedWorks(options, host_ns=clock.host_ns, elapsed_ns=clock.elapsed_ns) as works:
        begins_ns = works.time_ns
        clock.elapsed_ns_now += 20 * SECOND
        async with Client(works.url, timeout=30) as client:
            blast = client.get_node(f"ns={await client.get_namespace_index(NAMESPACE)};s=BF3.Blast")
            await asyncio.sleep(0.2)
            assert works.time_ns == begins_ns, "whoever connects has not read yet"
            await blast.read_value()
            await asyncio.sleep(0.1)
            await clock.pass_s(works, 5)
            assert works.time_ns == begins_ns + 300 * SECOND, "time starts with the first read"
