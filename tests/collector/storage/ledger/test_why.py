"""The simulated works lived through twice with one thing changed: the split gives that thing the tonnes by which the
books differ, within what a run of other chance makes of as many hours."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from collector.config.settings import Settings
from collector.simulation.history import History
from collector.storage.ledger import configurations
from collector.storage.ledger.ledger import Ledger
from models.stated.plan import Repair, RepairKind
from models.stated.stop_reason import StopPart, StopStatement
from models.why.change_part import STOPS, ChangePart
from models.why.product_why import ProductWhy
from models.works.calendar import NS
from models.works.plant import Plant
from tests.support.why_works import (
    OCTOBER,
    OCTOBER_BEFORE,
    PRODUCT,
    Changed,
    end_ns,
    fill,
    hour_of,
    octobers,
    settings_in,
    why_of,
    works_of,
)

pytestmark = pytest.mark.long
T = 1_000_000
UNIT = "bf3"
STOOD_H = 6


class Lived:
    """The run that nothing was changed in, and how the others differ by chance alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plant = settings_in(folder / "plant").plant
        self.history = octobers(self.plant, 7)
        self.why = why_of(works_of(folder / "as_it_was", self.history, Changed()))
        self._other = octobers(self.plant, 11)
        self._number = 0

    def at(self, day: int, hour: int) -> int:
        return hour_of(self.plant, OCTOBER[0] + day - 1, hour)

    def changed(self, changed: Changed) -> ProductWhy:
        self._number += 1
        return why_of(works_of(self.folder / f"run{self._number}", self.history, changed))

    def noise_g(self, hours: int) -> float:
        """By how much so many hours of a third run differ from as many at its mean pace, at the most; with half of
        what the pace of the two Octobers differs by."""
        tags = [tag.name for tag in self._other.tags if tag.unit == UNIT]
        per_hour = sum(self._other.grams[name] for name in tags)
        half = len(per_hour) // 2
        paces, worst = [], 0.0
        for october in (per_hour[:half], per_hour[half:]):
            ran = october[october > 0]
            paces.append(float(ran.mean()))
            sums = np.convolve(ran, np.ones(hours), "valid")
            worst = max(worst, float(np.abs(sums - hours * ran.mean()).max()))
        return worst + hours * abs(paces[0] - paces[1]) / 2


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return Lived(tmp_path_factory.mktemp("why"))


def moved(lived: Lived, other: ProductWhy, parts: Sequence[ChangePart]) -> tuple[int, int, int]:
    """By how much the books of the other run differ, how much of that those parts have, and how much all others."""
    before, after = lived.why.found, other.found
    assert sum(after.parts.values()) == after.change_g
    by_part = {part: after.parts.get(part, 0) - before.parts.get(part, 0) for part in ChangePart}
    given = sum(by_part[part] for part in parts)
    return after.change_g - before.change_g, given, sum(by_part.values()) - given


def test_the_hours_are_known_so_nothing_is_left_without_a_reason(lived: Lived) -> None:
    found = lived.why.found
    assert found.whole
    assert not {ChangePart.REST, ChangePart.NOT_KNOWN, *STOPS} & found.parts.keys()
    assert found.parts
    assert sum(found.parts.values()) == found.change_g


@pytest.mark.parametrize(
    ("cause_unit", "reason", "part"),
    [
        ("", "", ChangePart.STOPS_OWN),
        ("sinter", "", ChangePart.STOPS_UPSTREAM),
        ("sinter", "downstream", ChangePart.STOPS_DOWNSTREAM),
    ],
)
def test_a_stop_has_the_tonnes_that_the_book_lacks(
    lived: Lived, cause_unit: str, reason: str, part: ChangePart
) -> None:
    start_s = lived.at(12, 9)
    said = [StopStatement(0, UNIT, start_s, (StopPart(start_s, reason),), "chief")] if reason else []
    stands = [(UNIT, start_s, start_s + STOOD_H * 3600)]
    other = lived.changed(Changed(stands=stands, cause_unit=cause_unit, said=said))
    lost, given, _ = moved(lived, other, [part])
    assert lost < 0
    assert abs(given - lost) <= lived.noise_g(STOOD_H)
    (key,) = (each for each in other.receipts if each[0] is part)
    (line,) = other.receipts[key].lines
    assert (key[1].unit, line.start_ns // NS, line.end_ns // NS) == stands[0]
    assert (line.grams, line.name, line.cause_unit) == (other.found.parts[part], reason, cause_unit)


def test_an_approved_repair_has_them(lived: Lived) -> None:
    start_s, end_s = lived.at(12, 0), lived.at(14, 0)
    repair = Repair(
        name="R1",
        unit=UNIT,
        start_ns=start_s * NS,
        end_ns=end_s * NS,
        kind=RepairKind.CURRENT,
        approved_by="chief",
    )
    other = lived.changed(Changed(stands=[(UNIT, start_s, end_s)], repairs=[repair]))
    lost, given, _ = moved(lived, other, [ChangePart.REPAIRS])
    assert lost < 0
    assert abs(given - lost) <= lived.noise_g(48)
    names = {line.name for key, each in other.receipts.items() if key[0] is ChangePart.REPAIRS for line in each.lines}
    assert "R1" in names


def test_a_slower_furnace_is_slower(lived: Lived) -> None:
    grams = {name: column.copy() for name, column in lived.history.grams.items()}
    later = lived.history.hours.start_s >= hour_of(lived.plant, OCTOBER[0], 0)
    for tag in lived.history.tags:
        if tag.unit == UNIT:
            grams[tag.name][later] = grams[tag.name][later] * 9 // 10
    slower = History(lived.history.hours, lived.history.tags, grams)
    other = why_of(works_of(lived.folder / "slower", slower, Changed()))
    lost, given, others = moved(lived, other, [ChangePart.SLOWER, ChangePart.FASTER])
    # Repairs and days are valued at the mean of both paces, of which one is a tenth slower: by a twentieth less.
    valued = sum(abs(other.found.parts.get(part, 0)) for part in (ChangePart.REPAIRS, ChangePart.CALENDAR))
    assert abs(given - lost) <= valued // 10 + T
    assert abs(others) == abs(given - lost)


def test_one_more_day_has_its_tonnes(lived: Lived) -> None:
    settings = works_of(lived.folder / "days", lived.history, Changed())
    short, whole = (why_of(settings, (OCTOBER[0], OCTOBER[1] - cut), OCTOBER_BEFORE).found for cut in (1, 0))
    made = whole.now_g - short.now_g
    assert made > 0
    given = whole.parts.get(ChangePart.CALENDAR, 0) - short.parts.get(ChangePart.CALENDAR, 0)
    units = len(lived.history.tags)
    assert abs(given - made) <= units * lived.noise_g(24)


def test_where_nobody_watched_a_known_stop_counts_and_pace_stays_with_stops_that_nobody_saw(lived: Lived) -> None:
    start_s = lived.at(12, 9)
    stands = [(UNIT, start_s, start_s + STOOD_H * 3600)]
    other = why_of(works_of(lived.folder / "unseen", lived.history, Changed(stands=stands, watched=False)))
    assert not {ChangePart.SLOWER, ChangePart.FASTER} & other.found.parts.keys()
    lost, given, _ = moved(lived, other, [ChangePart.STOPS_OWN])
    assert abs(given - lost) <= lived.noise_g(STOOD_H)
    seen = lived.why.found.parts
    paces = seen.get(ChangePart.SLOWER, 0) + seen.get(ChangePart.FASTER, 0)
    assert abs(other.found.parts[ChangePart.REST] - paces) <= lived.noise_g(STOOD_H)


def test_a_day_that_nobody_watched_leaves_the_others_divided(lived: Lived) -> None:
    day = frozenset(lived.at(5, hour) for hour in range(24))
    other = lived.changed(Changed(unwatched=day))
    assert ChangePart.REST in other.found.parts
    assert {ChangePart.SLOWER, ChangePart.FASTER} & other.found.parts.keys()
    lines = [line for key, each in other.receipts.items() if key[0] is ChangePart.REST for line in each.lines]
    assert {line.time_ns // NS for line in lines} == {86_400}
    assert abs(other.found.parts[ChangePart.REST]) <= len(lived.history.tags) * lived.noise_g(24)


def test_what_was_counted_by_another_definition_then_is_compared_with_nothing(lived: Lived) -> None:
    folder = lived.folder / "redefined"
    settings = settings_in(folder)
    plant = settings.plant
    iron = replace(plant.products[PRODUCT], definition="as it was defined before")
    before = replace(plant, products={**plant.products, PRODUCT: iron})
    asyncio.run(keep_then_fill(settings, before, lived.history))
    found = why_of(settings).found
    assert found.redefined is not None
    assert "as it was defined before" in found.redefined[0]
    assert set(found.parts) == {ChangePart.NOT_KNOWN}
    assert sum(found.parts.values()) == found.change_g


async def keep_then_fill(settings: Settings, before: Plant, history: History) -> None:
    """The configuration of then was kept in the base; that of now since."""
    then_ns = hour_of(settings.plant, OCTOBER_BEFORE[0] + 10, 0) * NS
    for plant, clock_ns in ((before, then_ns), (None, end_ns(settings.plant))):
        ledger = Ledger.open(settings.data_dir, clock_ns=lambda at_ns=clock_ns: at_ns, demo=True)
        try:
            if plant is None:
                await fill(ledger, settings.plant, history, Changed())
            else:
                await ledger.write(partial(configurations.keep, plant=plant, clock_ns=clock_ns))
        finally:
            await ledger.close()
