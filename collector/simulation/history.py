"""Two years of simulated output before the simulated works starts, whose January-August growth is the published one.

Pure: the same plant, end and seed give the same history.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import exp, pi, sqrt
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from collector.simulation.history_hours import Floats, Hours
from collector.simulation.history_stocks import cast_what_is_made
from collector.simulation.history_stops import PastStop, past_stops, share_running
from collector.simulation.nodes import CASTING
from collector.simulation.steelmaking import CONVERTERS, in_relining
from models.counting.increment import BUCKET_S, GRAMS_PER_TONNE, Increment
from models.works.codes import TagKind
from models.works.plant import Plant, Tag, Unit

# Growth year on year needs a month and the same month of the year before, for every month of a year back.
HISTORY_MONTHS = 24
# Four weeks: one transaction of the ledger is then some ten thousand increments, and the progress bar moves.
CHUNK_HOURS = 672
HOUR_S = 3600
YEAR_S = 365.25 * 86400
COMPARED_MONTHS = 8
_COUNTED = (TagKind.TOTALIZER, TagKind.RATE, TagKind.EVENT)
_EPOCH_DAY = 719_163  # 1970-01-01 as an ordinal

# January-August of a year against the same months of the year before: the growth that the demo shows, set exactly, so
# that a person can check the panels against these numbers.
GROWTH: Mapping[str, float] = {
    "coal_raw": 1.15,
    "coal_concentrate": 1.15,
    "coke_dry": 1.06,
    "sinter": 1.06,
    "pig_iron": 1.06,
    "steel_liquid": 1.069,
    "slab": 1.069,
    "rolled": 1.05,
}

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class HistorySpan:
    """Hours from start_s to end_s (UTC seconds), the last of which may be a part of one. `year` is the last one whose
    January-August lies in it whole."""

    start_s: int
    end_s: int
    year: int


def history_span(end_ns: int, zone: ZoneInfo) -> HistorySpan:
    """The history that ends with the last full five minutes at `end_ns` and holds at least 24 whole local months.

    It reaches back further if that is needed for two January-Augusts: to 1 January of the year before the last
    year whose January-August is over.
    """
    end_s = end_ns // 1_000_000_000 // BUCKET_S * BUCKET_S
    end = datetime.fromtimestamp(end_s, zone)
    year = end.year if end.month > COMPARED_MONTHS else end.year - 1
    month = end.year * 12 + end.month - 1 - HISTORY_MONTHS
    start = min(datetime(month // 12, month % 12 + 1, 1, tzinfo=zone), datetime(year - 1, 1, 1, tzinfo=zone))
    return HistorySpan(int(start.timestamp()), end_s, year)


@dataclass(frozen=True, slots=True)
class History:
    """What every tag that counts, of units with a daily target, gave in each hour: grams by the tag's name. `stops`: of
    these units, each unit's by begin."""

    hours: Hours
    tags: Sequence[Tag]
    grams: Mapping[str, NDArray[np.int64]]
    stops: Sequence[PastStop] = ()


def make_history(plant: Plant, end_ns: int, seed: int) -> History:
    """Make it up: each unit by itself, but for the casters, which cast what is made."""
    span = history_span(end_ns, plant.zone)
    hours = _hours(span, plant.zone)
    tags = [tag for tag in plant.tags if tag.kind in _COUNTED and _target_t(plant, tag) > 0]
    units = {tag.unit: plant.units[tag.unit] for tag in tags}
    working = {code: _working(plant, unit, hours, seed) for code, unit in units.items()}
    stops = {code: past_stops(code, unit.kind, hours, working[code] > 0, seed) for code, unit in units.items()}
    for code, found in stops.items():
        working[code] *= share_running(found, hours)
    tonnes = {tag.name: _tonnes(plant, tag, hours, seed) * working[tag.unit] for tag in tags}
    steel, slabs = ([tonnes[tag.name] for tag in tags if tag.product == each] for each in (CASTING.taken, CASTING.made))
    if steel and slabs:
        cast_what_is_made(steel, slabs, hours, seed)
    _set_growth(tags, tonnes, hours, span.year)
    return History(
        hours,
        tags,
        {name: _whole_kilograms(column) for name, column in tonnes.items()},
        [stop for found in stops.values() for stop in found],
    )


def made_t(history: History) -> dict[str, Floats]:
    """Tonnes of each hour by product."""
    made: dict[str, Floats] = {}
    for tag in history.tags:
        if tag.product is not None:
            made[tag.product] = made.get(tag.product, 0.0) + history.grams[tag.name] / GRAMS_PER_TONNE
    return made


def history_increments(plant: Plant, end_ns: int, seed: int) -> Iterator[list[Increment]]:
    """The history that `make_history` gives, as increments."""
    return increments_of(make_history(plant, end_ns, seed))


def increments_of(history: History) -> Iterator[list[Increment]]:
    """Four weeks' increments at a time.

    Each increment is one hour of one tag, or what there is of the last one, in whole kilograms, with as many readings
    as its cadence promises.
    """
    hours, tags, grams = history.hours, history.tags, history.grams
    for first in range(0, len(hours.start_s), CHUNK_HOURS):
        yield [
            Increment(
                tag=tag.name,
                unit=tag.unit,
                product=tag.product or "",
                start_s=start_s,
                end_s=start_s + length_s,
                grams=made,
                readings=round(length_s / tag.cadence_s),
            )
            for tag in tags
            for start_s, length_s, made in zip(
                hours.start_s[first : first + CHUNK_HOURS].tolist(),
                hours.length_s[first : first + CHUNK_HOURS].tolist(),
                grams[tag.name][first : first + CHUNK_HOURS].tolist(),
                strict=True,
            )
        ]


def _target_t(plant: Plant, tag: Tag) -> float:
    return plant.units[tag.unit].daily_target_t.get(tag.product or "", 0.0)


def _hours(span: HistorySpan, zone: ZoneInfo) -> Hours:
    start_s = np.arange(span.start_s, span.end_s, HOUR_S, dtype=np.int64)
    local = [datetime.fromtimestamp(int(second), UTC).astimezone(zone) for second in start_s]
    return Hours(
        start_s,
        np.minimum(HOUR_S, span.end_s - start_s),
        np.array([at.year for at in local]),
        np.array([at.month for at in local]),
        np.array([at.toordinal() - _EPOCH_DAY for at in local]),
        np.array([at.hour for at in local]),
    )


def _tonnes(plant: Plant, tag: Tag, hours: Hours, seed: int) -> Floats:
    """Tonnes of each hour in which the unit works all the time: the daily target now, less growth going back, by season
    and noise."""
    unit = plant.units[tag.unit]
    years_back = (hours.start_s[-1] - hours.start_s) / YEAR_S
    level = _target_t(plant, tag) / 24 * GROWTH.get(tag.product or "", 1.0) ** -years_back
    # Winter is the season of coal; the rest of a works hardly feels it. 20 January is about the coldest day.
    season = 1.0 + (0.06 if unit.kind == "mine" else 0.02) * np.cos(2 * pi * (hours.day % 365.25 - 20) / 365.25)
    noise = _autocorrelated(len(hours.start_s), Random(f"{seed}:history:{tag.name}"))
    made: Floats = level * season * noise * (hours.length_s / HOUR_S)
    return made


def _autocorrelated(count: int, random: Random, sigma: float = 0.07, memory_h: float = 8.0) -> Floats:
    keep = exp(-1 / memory_h)
    width = sigma * sqrt(1 - keep * keep)
    x = 0.0
    factors = np.empty(count)
    for index in range(count):
        x = keep * x + random.gauss(0.0, width)
        factors[index] = 1.0 + max(-3 * sigma, min(3 * sigma, x))
    return factors


def _working(plant: Plant, unit: Unit, hours: Hours, seed: int) -> Floats:
    """The share of its usual rate at which a unit works each hour, about 1 in the mean and 0 in a repair."""
    share = np.ones(len(hours.start_s))
    siblings = [other.code for other in plant.units.values() if other.kind == unit.kind]
    number = siblings.index(unit.code) + 1
    if unit.kind == "mine":
        repair_from = 8 if number % 2 else 14
        share *= np.where((hours.hour >= repair_from) & (hours.hour < repair_from + 6), 0.0, 24 / 18)
    elif unit.kind == "converter":
        out = np.array([in_relining(number, int(day)) for day in hours.day])
        share *= np.where(out, 0.0, CONVERTERS / (CONVERTERS - 1))
    elif unit.kind in ("blast_furnace", "hot_strip_mill"):
        share[_repair(unit, hours, seed)] = 0.0
    return share


def planned_standstill(unit: Unit, year: int, seed: int) -> tuple[int, int]:
    """The local days (ordinals, [first, end)) of the one planned repair of a furnace or mill in a year."""
    random = Random(f"{seed}:repair:{unit.code}:{year}")
    first = datetime(year, 1, 1, tzinfo=UTC).toordinal() + random.randint(60, 300)
    return first, first + random.randint(3, 10)


def _repair(unit: Unit, hours: Hours, seed: int) -> Bools:
    """Hours of one planned repair of 3 to 10 days a year, none of them in the last five days of the history."""
    standing = np.zeros(len(hours.start_s), dtype=np.bool_)
    for year in np.unique(hours.year):
        first, end = planned_standstill(unit, int(year), seed)
        standing |= (hours.day >= first - _EPOCH_DAY) & (hours.day < end - _EPOCH_DAY)
    # The simulated works that goes on from here knows no such repair: it would start in the middle of one.
    standing[hours.start_s >= hours.start_s[-1] - 5 * 86400] = False
    return standing


def _set_growth(tags: list[Tag], tonnes: dict[str, Floats], hours: Hours, year: int) -> None:
    """Scale the earlier January-August of each product so that the later one is above it by exactly its growth."""
    compared = hours.month <= COMPARED_MONTHS
    later, earlier = compared & (hours.year == year), compared & (hours.year == year - 1)
    for product, growth in GROWTH.items():
        columns = [tonnes[tag.name] for tag in tags if tag.product == product]
        before = sum(float(column[earlier].sum()) for column in columns)
        if before > 0:
            factor = sum(float(column[later].sum()) for column in columns) / growth / before
            for column in columns:
                column[earlier] *= factor


def _whole_kilograms(tonnes: Floats) -> NDArray[np.int64]:
    """Grams in whole kilograms; what is rounded off one hour goes to the next, so that no sum drifts."""
    kilograms = np.floor(np.cumsum(tonnes) * 1000 + 0.5).astype(np.int64)
    return np.diff(kilograms, prepend=0) * 1000
