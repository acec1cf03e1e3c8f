"""What is backfilled after an outage counts to the gram as if it had come in time: in ledger, rows and telemetry."""

import asyncio
import gzip
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from collector.sources.base import Delivery
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.certificate_reads import reading_rows
from models.counting.increment import IncrementFlag
from models.counting.reading import Backfill
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, WorksParts, batch_of, delivery_of, opened_parts, tap
from tests.collector.service.works_document import COAL, NOON_NS, NS, ORE, TAPS, node, works_settings, works_yaml
from tests.support.budget import examples
from tests.support.ledger_calls import buckets, published

CADENCE_S = 10
WHEEL, FLOW, BELT = "mine3.wheel", "mine4.flow", "mine1.belt"
OVERLAP = 12
STEPS = 150


def works(folder: Path) -> Plant:
    """The small works with a counter that is set to 0 at 12:10 and a rate."""
    document: dict[str, Any] = works_yaml()
    total = {"source": "plc", "unit_of_measure": "t", "max_rate_per_h": 3600, "cadence": "10s", "product": "iron_ore"}
    rate = {"kind": "rate", "source": "plc", "unit_of_measure": "t/h", "high": 4000, "cadence": "10s"}
    wheel = {**total, "signal": "wheel", "kind": "totalizer", "node": node("wheel"), "resets": ["12:10"]}
    flow = {**rate, "signal": "flow", "node": node("flow"), "product": "iron_ore"}
    for code, tag in (("mine3", wheel), ("mine4", flow)):
        unit = {"code": code, "kind": "mine", "names": {"en": code}, "tags": [tag]}
        document["shops"][0]["units"].append(unit)
    return works_settings(folder, shops=document["shops"]).plant


@dataclass(frozen=True)
class Shown:
    """What the works showed: by tag a value each step, and the taps that ended at a step."""

    values: dict[str, list[float]]
    taps: dict[int, float]


def shown(seed: int, *, resets_at: int) -> Shown:
    chance = random.Random(seed)
    values: dict[str, list[float]] = {COAL: [1000.0], ORE: [9_000.0], WHEEL: [700.0], FLOW: [720.0], BELT: [900.0]}
    for step in range(1, STEPS):
        works_now = chance.random() < 0.9 or not 40 < step < 90
        grown = round(chance.choice([0.0, chance.uniform(0, 9.9)]) if works_now else 0.0, 2)
        values[COAL].append(values[COAL][-1] + grown)
        values[ORE].append((values[ORE][-1] + grown) % 10_000)
        values[WHEEL].append(grown / 2 if step == resets_at else values[WHEEL][-1] + grown)
        values[FLOW].append(round(chance.uniform(0, 1400), 1))
        values[BELT].append(round(chance.uniform(0, 1400), 1))
    taps = {step: 300.0 + step for step in range(5, STEPS, 30)}
    return Shown(values, taps)


def live(plant: Plant, what: Shown, step: int, events: Sequence[int] | None = None) -> Delivery:
    at_s = step * CADENCE_S
    rows = [(name, at_s, values[step]) for name, values in what.values.items()]
    told = [step] if events is None else events
    taps = tuple(tap(str(n), n * CADENCE_S, what.taps[n], sequence=n) for n in told if n in what.taps)
    return delivery_of(batch_of(plant, *rows), events=taps, coverage={TAPS: 1})


def past(plant: Plant, what: Shown, first: int, end: int, seed: int) -> list[Delivery]:
    """Tag by tag, in answers of chance sizes, as a history gives it: with an overlap."""
    chance, found = random.Random(seed), []
    asked_ns = NOON_NS + end * CADENCE_S * NS
    for name in chance.sample(sorted(what.values), len(what.values)):
        step = max(0, first - OVERLAP)
        while step < end:
            until = min(end, step + chance.randint(1, 60))
            rows = [(name, at * CADENCE_S, what.values[name][at]) for at in range(step, until)]
            batch = batch_of(plant, *rows, received_ns=asked_ns)
            found.append(Delivery("plc", asked_ns, batch, backfilled=Backfill.SAMPLES))
            step = until
    return found


async def feed(parts: WorksParts, deliveries: Sequence[Delivery]) -> None:
    assert isinstance(parts.clock, Clock)
    for delivery in deliveries:
        parts.clock.now_ns = max(parts.clock.now_ns, delivery.received_ns)
        await parts.take(delivery)
    await parts.settle()


async def book(parts: WorksParts) -> dict[str, Any]:
    """Everything that anybody will ever read of it."""
    lines = sorted(
        line
        for stored in await parts.journal.read_sink(10**6, newest_first=False)
        if stored.entry.lines
        for line in gzip.decompress(stored.entry.lines).splitlines()
    )
    sums: dict[tuple[str, int], list[int]] = {}
    for bucket in buckets(parts.ledger, 0, 2**60):
        known = sums.setdefault((bucket.tag, bucket.start_s), [0, 0])
        known[0], known[1] = known[0] + bucket.grams, known[1] + bucket.readings
    # Nobody looked at the ring meanwhile, and so it says itself; its events are compared.
    return {
        "sums": {key: value for key, value in sums.items() if key[0] != TAPS},
        "events": sorted((event.key, event.grams, event.end_ns) for event in parts.ledger.read(ledger_reads.events)),
        "gaps": sorted((gap.tag, gap.start_ns, gap.end_ns, gap.cause) for gap in parts.ledger.read(ledger_reads.gaps)),
        "states": {
            name: state for name, state in parts.ledger.read(ledger_reads.totalizer_states).items() if name != TAPS
        },
        "hours": [row for row in published(parts.ledger, "output_hour") if ("product", "pig_iron") not in row.key.tags],
        "lines": list(dict.fromkeys(lines)),
    }


async def compared(first: int, end: int, seed: int, *, resets_at: int) -> tuple[dict[str, Any], dict[str, Any]]:
    what = shown(seed, resets_at=resets_at)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        plant = works(Path(folder))
        always = [live(plant, what, step) for step in range(STEPS)]
        back = live(plant, what, end, events=range(first, end + 1))
        given = past(plant, what, first, end, seed)
        # A kill in the midst of it: what was given comes again, in other answers.
        given = [*given[: len(given) // 2], *past(plant, what, first, end, seed + 1)]
        away = [*always[:first], *given, back, *always[end + 1 :]]
        for name, deliveries in (("always", always), ("away", away)):
            async with opened_parts(Path(folder) / name, plant, clock=Clock(), telemetry=True) as parts:
                await feed(parts, deliveries)
                found.append(await book(parts))
    return found[0], found[1]


# Each example is two works on real files: a failing one is not made smaller.
@pytest.mark.long
@settings(max_examples=examples(12), phases=(Phase.explicit, Phase.generate))
@given(
    first=st.integers(1, STEPS - 20),
    length=st.integers(1, 100),
    seed=st.integers(0, 10**6),
    resets_at=st.integers(58, 62),
)
def test_away_and_backfilled_is_to_the_gram_what_always_there_is(
    first: int, length: int, seed: int, resets_at: int
) -> None:
    always, away = asyncio.run(compared(first, min(first + length, STEPS - 2), seed, resets_at=resets_at))
    for part in always:
        assert away[part] == always[part], part


async def test_without_a_history_the_same_outage_costs_tonnes_and_leaves_gaps(tmp_path: Path) -> None:
    what, plant = shown(7, resets_at=60), works(tmp_path)
    always = [live(plant, what, step) for step in range(STEPS)]
    async with opened_parts(tmp_path / "data", plant, clock=Clock()) as parts:
        await feed(parts, [*always[:50], *always[100:]])
        assert {gap.tag for gap in parts.ledger.read(ledger_reads.gaps)} == {WHEEL, FLOW}


async def test_what_was_backfilled_is_marked_and_what_came_live_is_not(tmp_path: Path) -> None:
    what, plant = shown(7, resets_at=60), works(tmp_path)
    always = [live(plant, what, step) for step in range(STEPS)]
    async with opened_parts(tmp_path / "data", plant, clock=Clock()) as parts:
        # Whole buckets of five minutes.
        await feed(parts, [*always[:30], *past(plant, what, 30, 120, 1), *always[120:]])
        marked = {
            bucket.start_s - NOON_NS // NS
            for bucket in buckets(parts.ledger, 0, 2**60)
            if bucket.flags & IncrementFlag.BACKFILLED and bucket.tag == COAL
        }
    # What grew up to the first of it grew in the bucket that ends there.
    assert {300, 600, 900} <= marked <= {0, 300, 600, 900, 1200}


@pytest.mark.parametrize(("first", "end"), [(12, 14), (3, 25), (30, 61), (70, 71), (29, 31)])
async def test_a_reading_that_came_live_is_live_for_ever_where_a_history_fills_its_bucket(
    tmp_path: Path, first: int, end: int
) -> None:
    """The outage and both its sides lie in buckets, and in five minutes of recording, that they share."""
    what, plant = shown(7, resets_at=60), works(tmp_path)
    always = [live(plant, what, step) for step in range(STEPS)]
    async with opened_parts(tmp_path / "data", plant, clock=Clock()) as parts:
        await feed(parts, [*always[:first], *past(plant, what, first, end, 1), *always[end:]])
        found = parts.ledger.read(lambda connection: reading_rows(connection, 0, 2**40))
        known_now = parts.ledger.read(
            lambda connection: ledger_reads.buckets(connection, 0, 2**40, NOON_NS + STEPS * CADENCE_S * NS)
        )
        assert sum(one.grams for one in known_now) == sum(one.grams for one in buckets(parts.ledger, 0, 2**40))
    for tag in (COAL, ORE, FLOW, WHEEL):
        by_history = sum(row.readings for row in found[tag] if row.flags & IncrementFlag.BACKFILLED)
        assert (tag, by_history) == (tag, end - first)
        assert sum(row.readings for row in found[tag]) == STEPS


async def test_a_history_of_changes_stands_between_them_and_one_of_samples_does_not(tmp_path: Path) -> None:
    """A rate that stood for eight minutes at 720 t/h, and was 0 then."""
    plant = works(tmp_path)
    made: dict[Backfill, int] = {}
    gaps: dict[Backfill, int] = {}
    readings: dict[Backfill, int] = {}
    for keeps in (Backfill.SAMPLES, Backfill.CHANGES):
        async with opened_parts(tmp_path / keeps.name, plant, clock=Clock()) as parts:
            began = [delivery_of(batch_of(plant, (FLOW, 10.0 * n, 720.0 + n % 2))) for n in range(3)]
            history = batch_of(plant, (FLOW, 30, 720.0), (FLOW, 510, 0.0), received_ns=NOON_NS + 600 * NS)
            asked = Delivery("plc", NOON_NS + 600 * NS, history, backfilled=keeps)
            stood = replace(asked, readings=None, coverage={FLOW: 1})
            await feed(parts, [*began, asked, stood, delivery_of(batch_of(plant, (FLOW, 610, 0.0)))])
            made[keeps] = sum(bucket.grams for bucket in buckets(parts.ledger, 0, 2**60) if bucket.tag == FLOW)
            readings[keeps] = sum(item.readings for item in buckets(parts.ledger, 0, 2**60) if item.tag == FLOW)
            gaps[keeps] = len(parts.ledger.read(ledger_reads.gaps))
    assert made[Backfill.SAMPLES] == pytest.approx(6e6, rel=0.01)
    # As a look each ten seconds would have seen it: 720 t/h to 12:08:20, and half of it for the ten seconds then.
    assert made[Backfill.CHANGES] == pytest.approx(720e6 * (500 + 5) / 3600, rel=0.001)
    assert gaps == {Backfill.SAMPLES: 2, Backfill.CHANGES: 0}
    # It was watched all the time: a reading each ten seconds.
    assert readings[Backfill.CHANGES] == 62
    assert readings[Backfill.SAMPLES] < 10


async def test_the_past_says_nothing_of_the_clock_of_its_source(tmp_path: Path) -> None:
    what, plant = shown(3, resets_at=60), works(tmp_path)
    always = [live(plant, what, step) for step in range(STEPS)]
    async with opened_parts(tmp_path / "data", plant, clock=Clock()) as parts:
        await feed(parts, [*always[:10], *past(plant, what, 10, 140, 1), *always[140:]])
        assert parts.intake.clock_faults.get("plc", ()) == ()


async def test_a_history_of_a_clock_that_is_off_is_left_out_and_told(tmp_path: Path) -> None:
    what, plant = shown(3, resets_at=60), works(tmp_path)
    late = [
        replace(live(plant, what, step), received_ns=NOON_NS + (step * CADENCE_S + 600) * NS) for step in range(STEPS)
    ]
    late = [
        replace(one, readings=None if one.readings is None else replace(one.readings, received_ns=one.received_ns))
        for one in late
    ]
    async with opened_parts(tmp_path / "data", plant, clock=Clock()) as parts:
        await feed(parts, late[:20])
        before = sum(bucket.grams for bucket in buckets(parts.ledger, 0, 2**60))
        assert parts.intake.clock_faults["plc"]
        with structlog.testing.capture_logs() as logs:
            await feed(parts, past(plant, what, 20, 60, 1))
        assert sum(bucket.grams for bucket in buckets(parts.ledger, 0, 2**60)) == before
    assert "history_not_taken" in {entry["event"] for entry in logs}
