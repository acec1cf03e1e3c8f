"""The units that steel works write every day, as exact numbers. pint knows the rest (`conversion`), and takes half a
second to load, which each start of the service would wait for."""

import re
from dataclasses import dataclass
from fractions import Fraction

from collector.config.unit_words import NORMAL, THOUSANDS

Dimensions = tuple[int, int, int]
"""Exponents of mass, length and time."""
_NOTHING = (0, 0, 0)
_MASS, _LENGTH, _AREA, _VOLUME, _TIME = (1, 0, 0), (0, 1, 0), (0, 2, 0), (0, 3, 0), (0, 0, 1)
_PRESSURE, _POWER, _ENERGY = (1, -1, -2), (1, 2, -3), (1, 2, -2)
_CALORIE = Fraction("4.1868")
"""Joules of the international calorie, in which heat is sold (see `unit_words`)."""

_GROUPS: tuple[tuple[Dimensions, dict[str, Fraction | int]], ...] = (
    (_MASS, {"g": Fraction(1, 1000), "г": Fraction(1, 1000), "kg": 1, "кг": 1, "t": 1000, "т": 1000}),
    (_MASS, {"kt": 10**6, "Mt": 10**9}),
    (_LENGTH, {"mm": Fraction(1, 1000), "мм": Fraction(1, 1000), "m": 1, "м": 1, "km": 1000}),
    (_AREA, {"m2": 1, "м2": 1}),
    (_VOLUME, {"m3": 1, "м3": 1}),
    (_TIME, {"s": 1, "с": 1, "min": 60, "мин": 60, "h": 3600, "ч": 3600, "d": 86_400, "сут": 86_400}),
    (_PRESSURE, {"Pa": 1, "kPa": 1000, "кПа": 1000, "MPa": 10**6, "МПа": 10**6, "bar": 10**5}),
    (_POWER, {"W": 1, "kW": 1000, "кВт": 1000, "MW": 10**6, "МВт": 10**6}),
    (_ENERGY, {"Gcal": _CALORIE * 10**9, "Гкал": _CALORIE * 10**9, "MJ": 10**6, "GJ": 10**9}),
    (_NOTHING, {"1": 1, "pcs": 1, "шт": 1, "%": Fraction(1, 100)}),
)
_USUAL = {symbol: (Fraction(scale), dimensions) for dimensions, group in _GROUPS for symbol, scale in group.items()}
TEMPERATURES = frozenset({"degC", "°C"})
"""No number times a unit: only into itself is it converted here."""


@dataclass(frozen=True, slots=True)
class UsualUnit:
    """`scale`: how many of the base units kg, m and s, by their exponents in `dimensions`, one of it is."""

    scale: Fraction
    dimensions: Dimensions


def usual_unit(text: str) -> UsualUnit | None:
    """What a text means; None if any part of it is not one of the usual ones."""
    scale, words = Fraction(1), text.strip()
    for word, thousands in THOUSANDS.items():
        if words.startswith(word):
            scale, words = Fraction(thousands), words.removeprefix(word).strip()
            break
    first, *more = re.split(r"([/*·.])", words)
    found = _USUAL.get(NORMAL.sub("", first.strip()))
    if found is None:
        return None
    scale, dimensions = scale * found[0], found[1]
    for sign, piece in zip(more[::2], more[1::2], strict=True):
        found = _USUAL.get(NORMAL.sub("", piece.strip()))
        if found is None:
            return None
        power = -1 if sign == "/" else 1
        scale *= found[0] ** power
        mass, length, time = (a + power * b for a, b in zip(dimensions, found[1], strict=True))
        dimensions = (mass, length, time)
    return UsualUnit(scale, dimensions)
