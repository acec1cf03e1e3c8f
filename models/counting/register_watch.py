"""What the registers of a block are: numbers of 16 or 32 bits, whole or floating, in either order of words. Pure.

Each register and each pair of neighbours is watched in every reading at once; the reading that makes sense of what
moved is taken. A carry proves most: the low word starts again from 0, and the high word rises by one at that look.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from models.counting.shape_watch import (
    NumberShape,
    ProposedShape,
    Sureness,
    WatchedShape,
    is_seldom,
    moves_only_with,
    proposed,
)
from models.works.exact_number import Number

ReadingType = Literal["bit", "uint16", "int16", "uint32", "float32"]
WordOrder = Literal["big", "little"]
_DATA_TYPES = {"bit": "Boolean", "uint16": "UInt16", "int16": "Int16", "uint32": "UInt32", "float32": "Float"}
_WORD = 2**16
_HALF = _WORD // 2
_LEAST, _MOST = 1e-3, 1e7
"""What a scale shows in floating point, in kg or t: words that are none give numbers far beyond, nearly always."""
_LEAP = _WORD // 8
"""The low word of a float goes up and down over its width; one that moves by less may be a number of its own."""
_TOLD_FLOATS = 3
"""Of three numbers that are none, all lie within the bounds above once in five hundred times."""


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A way to read a register, or it and the next: `words` says which is the higher, as plant.yaml does."""

    first: int
    type: ReadingType
    words: WordOrder = "big"

    @property
    def registers(self) -> tuple[int, ...]:
        """The registers that it takes, the high word first."""
        if self.type in ("uint32", "float32"):
            return (self.first, self.first + 1) if self.words == "big" else (self.first + 1, self.first)
        return (self.first,)

    @property
    def data_type(self) -> str:
        """As OPC UA calls such a number."""
        return _DATA_TYPES[self.type]

    def __str__(self) -> str:
        return f"{self.first} as {self.type}" + (f" {self.words} words" if len(self.registers) > 1 else "")


@dataclass(frozen=True, slots=True)
class RegisterFinding:
    """A reading that makes sense of what moved. `counter`: what rises by one whenever this one changes."""

    read_as: ReadAs
    seen: WatchedShape
    found: ProposedShape
    counter: ReadAs | None = None


def readings_of(words: Mapping[int, int]) -> Iterator[tuple[ReadAs, float]]:
    """Every reading of registers that were read in one request."""
    for register, word in words.items():
        yield ReadAs(register, "uint16"), float(word)
        yield ReadAs(register, "int16"), float(word - _WORD if word >= _HALF else word)
        if (after := words.get(register + 1)) is None:
            continue
        orders: tuple[tuple[WordOrder, int, int], ...] = (("big", word, after), ("little", after, word))
        for order, high, low in orders:
            yield ReadAs(register, "uint32", order), float(high * _WORD + low)
            yield ReadAs(register, "float32", order), struct.unpack(">f", struct.pack(">HH", high, low))[0]


def findings(seen: Mapping[ReadAs, WatchedShape]) -> list[RegisterFinding]:
    """What moved, each register in one reading alone, in the order of the registers."""
    found: list[RegisterFinding] = []
    taken: set[int] = set()
    for one in (*_carried(seen), *_floating(seen), *_single(seen)):
        if taken.isdisjoint(one.read_as.registers):
            taken.update(one.read_as.registers)
            found.append(one)
    with_hints = [_with_high_word(one, seen, taken) for one in found]
    return sorted((_with_counter(one, with_hints) for one in with_hints), key=lambda one: one.read_as.first)


def _carried(seen: Mapping[ReadAs, WatchedShape]) -> list[RegisterFinding]:
    """Counters of 32 bits whose carry was seen, those with the most of them first."""
    found: list[tuple[int, RegisterFinding]] = []
    for read_as, both in seen.items():
        if read_as.type != "uint32":
            continue
        high_at, low_at = read_as.registers
        high, low = (seen.get(ReadAs(at, "uint16"), WatchedShape()) for at in (high_at, low_at))
        if not (both.counts and _carries(high, low)):
            continue
        times = "once" if low.fallen == 1 else f"{low.fallen} times"
        reason = f"the low word {low_at} started again {times}, and the high word {high_at} rose by one with it"
        shape = proposed(both, read_as.data_type)
        once = low.fallen == 1 and shape.sureness is Sureness.SURE
        sureness = Sureness.LIKELY if once else shape.sureness
        shape = replace(shape, sureness=sureness, reasons=(reason, *shape.reasons))
        found.append((low.fallen, RegisterFinding(read_as, both, shape)))
    return [one for _, one in sorted(found, key=lambda pair: -pair[0])]


def _carries(high: WatchedShape, low: WatchedShape) -> bool:
    """Whether `high` rose by one as often as `low` fell by more than half of its width, and did nothing else."""
    fell_far = low.fallen > 0 and all(before - after > _HALF for _, before, after in low.falls)
    return fell_far and not high.fallen and high.rises == low.fallen and high.risen == high.rises


def _floating(seen: Mapping[ReadAs, WatchedShape]) -> Iterable[RegisterFinding]:
    for read_as, value in seen.items():
        if read_as.type != "float32" or len(value.values) < _TOLD_FLOATS:
            continue
        high, low = (seen.get(ReadAs(at, "uint16"), WatchedShape()) for at in read_as.registers)
        jumps = low.rises > 0 and low.fallen > 0 and low.most - low.least > _LEAP
        shown = (float(each) for each in (*value.values, value.least, value.most))
        bounded = all(not each or _LEAST <= abs(each) <= _MOST for each in shown)
        if jumps and bounded and value.looks == low.looks:
            shape = proposed(value, read_as.data_type)
            reason = f"as floating point it stays between {value.least:.6g} and {value.most:.6g}; its words alone leap"
            sureness = Sureness.LIKELY if high.moves else Sureness.PERHAPS
            yield RegisterFinding(read_as, value, replace(shape, sureness=sureness, reasons=(reason, *shape.reasons)))


def _single(seen: Mapping[ReadAs, WatchedShape]) -> Iterable[RegisterFinding]:
    for read_as, plain in seen.items():
        if read_as.type == "bit" and plain.moves:
            yield RegisterFinding(read_as, plain, proposed(plain, read_as.data_type))
        if read_as.type != "uint16" or not plain.moves:
            continue
        signed_as = ReadAs(read_as.first, "int16")
        signed = seen.get(signed_as, WatchedShape())
        if signed.rises and signed.fallen and plain.most - plain.least > _HALF > signed.most - signed.least:
            shape = proposed(signed, signed_as.data_type)
            reason = "it passes 0: a number with a sign"
            yield RegisterFinding(signed_as, signed, replace(shape, reasons=(reason, *shape.reasons)))
            continue
        shape = proposed(plain, read_as.data_type)
        if shape.shape is NumberShape.MODE:
            shape = replace(shape, reasons=(*shape.reasons, _bits_told(plain.values)))
        yield RegisterFinding(read_as, plain, shape)


def _bits_told(values: Sequence[Number]) -> str:
    changed = 0
    for value in values:
        changed |= int(value) ^ int(values[0])
    bits = [str(bit) for bit in range(16) if changed >> bit & 1]
    return f"bit {bits[0]} changed" if len(bits) == 1 else f"bits {', '.join(bits)} changed"


def _with_high_word(one: RegisterFinding, seen: Mapping[ReadAs, WatchedShape], taken: Iterable[int]) -> RegisterFinding:
    """With a word on the neighbours that may be its high word: no carry was seen yet, so nothing says so."""
    if one.read_as.type != "uint16" or not one.seen.counts or _numbers_events(one.seen):
        return one
    neighbours = {at: seen.get(ReadAs(at, "uint16")) for at in (one.read_as.first - 1, one.read_as.first + 1)}
    standing = [
        f"{at} (at {shape.last:.0f})"
        for at, shape in neighbours.items()
        if shape is not None and shape.looks and not shape.moves and at not in taken
    ]
    moved_s = one.seen.last_move_s - one.seen.first_move_s
    if not standing or moved_s <= 0:
        return one
    pace_per_s = one.seen.risen / one.seen.rises * (one.seen.rises - 1) / moved_s  # the first move began before it
    left_s = (_WORD - one.seen.last) / pace_per_s
    reason = (
        f"{' or '.join(standing)} stood: the high word of 32 bits rises by one when this one passes 65,535, at this "
        f"pace in {_lapse(left_s)}; watch for that long before you give modulus 65,536"
    )
    return replace(one, found=replace(one.found, reasons=(*one.found.reasons, reason)))


def _lapse(seconds: float) -> str:
    return (
        f"{seconds:.0f} s"
        if seconds < 120
        else f"{seconds / 60:.0f} min"
        if seconds < 7200
        else (f"{seconds / 3600:.0f} h")
    )


def _numbers_events(seen: WatchedShape) -> bool:
    """Whether it rose by one, more than once, with pauses: it numbers single events."""
    return seen.counts and seen.rises > 1 and seen.risen == seen.rises and is_seldom(seen)


def _with_counter(one: RegisterFinding, others: Sequence[RegisterFinding]) -> RegisterFinding:
    """A weight that changes only when a counter of events does is the newest one's, whatever it looked like alone."""
    many = len(one.seen.values) > 2
    if one.found.shape not in (NumberShape.LAST_VALUE, NumberShape.MODE) or not many:
        return one
    counters = [
        other.read_as for other in others if _numbers_events(other.seen) and moves_only_with(one.seen, other.seen)
    ]
    if not counters:
        return one
    nearest = min(counters, key=lambda other: abs(other.first - one.read_as.first))
    reason = f"it changed {one.seen.moves} times, only when {nearest.first} rose by one: that counts the events"
    sureness = Sureness.LIKELY if one.seen.moves > 2 else Sureness.PERHAPS
    return replace(one, found=ProposedShape(NumberShape.LAST_VALUE, sureness, (reason,)), counter=nearest)
