"""A slot of a ring that is corrected in its place, under its sequence, is seen; its event is told anew."""

from collector.sources.opcua.ring import EventRing, RingTaken
from collector.sources.opcua.ring_memory import LOOK_AGAIN_S, SlotContent
from models.works.codes import Reason
from tests.collector.sources.opcua.test_event_rings import Plc, ring, take
from tests.support.opcua_works import RING_ADDRESS, RunSource, Works


def known(plc: Plc) -> EventRing:
    one = ring(0)
    one.commit(take(one, plc))
    return one


def test_corrected_tonnes_come_again_under_their_key_and_once() -> None:
    plc = Plc(4)
    plc.add(3)
    one = known(plc)
    plc.tonnes[2] = 250.0
    ring_read = take(one, plc)
    assert [(event.sequence, event.key, event.tonnes) for event in ring_read.events] == [(2, "H2", 250.0)]
    assert ring_read.resume == 3
    one.commit(ring_read)
    assert take(one, plc).events == []


def test_a_correction_beside_a_new_event_is_no_less_seen() -> None:
    plc = Plc(4)
    plc.add(3)
    one = known(plc)
    plc.ends[3] = plc.ends[2]
    plc.add(1)
    assert [event.sequence for event in take(one, plc).events] == [4, 3]


def test_a_corrected_number_waits_for_a_person_and_is_no_ring_that_began_anew() -> None:
    plc = Plc(4)
    plc.add(3)
    one = known(plc)
    plc.keys[3] = "H99"
    ring_read = take(one, plc)
    assert (ring_read.events, ring_read.gaps) == ([], [])
    (rejection,) = ring_read.rejections
    assert (rejection.reason, rejection.event_key) == (Reason.KEY_REUSED, "H99")
    assert "was H3, and is H99 now" in rejection.detail


def test_what_was_corrected_while_nobody_read_is_seen_at_the_next_start() -> None:
    plc = Plc(4)
    plc.add(3)
    one = ring(3)
    told = {1: SlotContent.of("H1", 301.0, None), 2: SlotContent.of("H2 (2)", 302.0, None)}
    one = EventRing("plc", one.tag, one.address, RingTaken(3, None, told))
    plc.tonnes[1] = 290.0
    plc.tonnes[3] = 1.0  # of this one nothing is known: it was refused, or is of before events were kept
    assert [(event.key, event.tonnes) for event in take(one, plc).events] == [("H1", 290.0)]


def test_a_ring_whose_head_stands_is_looked_at_once_a_minute() -> None:
    one = ring(3)
    assert one.is_due(3, 100.0), "at first"
    assert not one.is_due(3, 101.0)
    assert one.is_due(4, 102.0), "when its head moved"
    assert one.is_due(3, 102.0 + LOOK_AGAIN_S)


async def test_a_correction_is_read_from_a_server_though_the_head_stands(works: Works, run_source: RunSource) -> None:
    plc = Plc(8)
    plc.add(3)
    await works.start(**plc.variants())
    told = {"bof.heats": {2: ("H2", 250.0, 0)}}
    resume = {"bof.heats": 3}
    async with run_source(works.url, {"bof.heats": RING_ADDRESS}, resume=resume, told=told) as running:
        await running.until(lambda: running.events())
    assert running.events() == [(2, "H2", 302.0)]
