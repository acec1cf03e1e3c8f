"""Limits that are too large to bound anything: a wrong reading would count, or a rollover would never be one."""

from collections.abc import Iterator
from decimal import Decimal

from collector.config.conversion import UnitError, conversion, grams_per_unit, grams_per_unit_h
from collector.config.problem import Path, Problems
from collector.config.unit_document import TagEntry
from models.counting.increment import GRAMS_PER_TONNE
from models.works.exact_number import written
from models.works.plant import Conversion

MOST_TONNES_PER_H = 1_000_000
"""The largest belts of the world carry some 40,000 t/h. A year of this stays below what one step may count."""
_WIDTHS = (15, 16, 31, 32, 63, 64)
"""Bits of the counters of controllers."""
_TYPES = {"uint16": 16, "uint32": 32, "uint64": 64, "int16": 15, "int32": 31, "int64": 63}
"""By the type of an address that has one (registers), the bits of its counts."""


def check_greatest(entry: TagEntry, address: object, path: Path, problems: Problems) -> None:
    """Refuse limits of a counter or a rate that would let any leap through, and a modulus that the counter never shows:
    one in the unit of the source, or beyond what the type of its `address` holds.

    Unknown units are told elsewhere.
    """
    try:
        given = list(_tonnes_per_h(entry))
        if entry.kind == "totalizer" and entry.modulus is not None:
            scale = conversion(entry.source_unit_of_measure or entry.unit_of_measure, entry.unit_of_measure)
            _check_modulus(entry, scale, path, problems)
            _check_type(entry, scale, getattr(address, "type", ""), path, problems)
    except UnitError:
        return
    for key, tonnes, what in given:
        if tonnes > MOST_TONNES_PER_H:
            problems.add(
                (*path, key),
                f"{getattr(entry, key):g} {entry.unit_of_measure} is {tonnes:,.0f} t, more than any works makes in an "
                f"hour, so a wrong reading would count as output; give {what}",
            )


def _check_modulus(entry: TagEntry, scale: Conversion, path: Path, problems: Problems) -> None:
    """A whole width of a counter, scaled, is hardly another number: it was meant in the unit of the source."""
    bits = next((bits for bits in _WIDTHS if entry.modulus == 2.0**bits), None)
    if bits is not None and scale.factor != 1.0:
        problems.add(
            (*path, "modulus"),
            f"{2**bits} {entry.source_unit_of_measure} is where a counter of {bits} bits starts again, but this key is "
            f"in {entry.unit_of_measure}; give {written(scale.applied(2**bits))}",
        )


def _check_type(entry: TagEntry, scale: Conversion, data_type: str, path: Path, problems: Problems) -> None:
    """A counter starts again where its type ends at the latest."""
    bits = _TYPES.get(data_type)
    if bits is None or entry.modulus is None or problems.under((*path, "modulus")):
        return
    end = scale.applied(2**bits)
    if entry.modulus > float(end):
        problems.add(
            (*path, "modulus"),
            f"{Decimal(repr(entry.modulus)):f} {entry.unit_of_measure} is more than {data_type} holds; give "
            f"{written(end)}, or correct type",
        )


def _tonnes_per_h(entry: TagEntry) -> Iterator[tuple[str, float, str]]:
    """(key, its tonnes, what to give) of each limit that bounds what is believed."""
    if entry.kind == "totalizer":
        tonnes_per_unit = grams_per_unit(entry.unit_of_measure) / GRAMS_PER_TONNE
        for key, what in (
            ("max_rate_per_h", "what the unit cannot exceed in an hour, such as the belt's capacity"),
            ("back_step", "the size of the scale's jitter"),
            ("resolution", "the step by which the counter moves"),
        ):
            yield key, (getattr(entry, key) or 0.0) * tonnes_per_unit, what
    if entry.kind == "rate" and entry.high is not None:
        tonnes_per_unit = grams_per_unit_h(entry.unit_of_measure, entry.density_t_per_m3) / GRAMS_PER_TONNE
        yield "high", entry.high * tonnes_per_unit, "the most that the belt can carry"
