"""Units of measure: what a text such as "t/h" or "тыс. т" means, and how to turn one into another.

pint is imported when the first unit is looked at that is none of the usual ones, and nowhere else in the project.
"""

import re
from functools import cache
from typing import Any

from collector.config.unit_words import NORMAL, THOUSANDS
from collector.config.usual_units import TEMPERATURES, usual_unit
from models.works.plant import Conversion

# What steel works write, in words of pint. pint itself reads kt as knot and m3 not at all, and its calorie is the
# thermochemical one, while heat is sold in the international calorie (1 Gcal/h = 1.163 MW).
_SYMBOLS = {
    "t": "metric_ton",
    "kt": "(1000*metric_ton)",
    "Mt": "(1000000*metric_ton)",
    "г": "gram",
    "кг": "kilogram",
    "т": "metric_ton",
    "ktonne": "(1000*metric_ton)",
    "cal": "international_calorie",
    "kcal": "(1000*international_calorie)",
    "Mcal": "(1000000*international_calorie)",
    "Gcal": "(1000000000*international_calorie)",
    "кал": "international_calorie",
    "ккал": "(1000*international_calorie)",
    "Гкал": "(1000000000*international_calorie)",
    "кВт": "kilowatt",
    "МВт": "megawatt",
    "м": "meter",
    "м3": "meter**3",
    "м2": "meter**2",
    "мм": "millimeter",
    "с": "second",
    "мин": "minute",
    "ч": "hour",
    "сут": "day",
    "d": "day",
    "кПа": "kilopascal",
    "МПа": "megapascal",
    "°C": "degree_Celsius",
    "degC": "degree_Celsius",
    "°С": "degree_Celsius",  # with the Cyrillic letter, as it is typed on a Russian keyboard
    "%": "percent",
    "rpm": "(revolution/minute)",
    "об": "revolution",
    "pcs": "count",
    "шт": "count",
    "1": "dimensionless",
}


class UnitError(ValueError):
    """The unit of measure is unknown, or the two do not convert. The text says which, and what to write."""


def conversion(source_unit: str, unit: str) -> Conversion:
    """How to turn a value in `source_unit` into one in `unit`: value x factor + offset.

    Raises:
        UnitError: a unit is unknown, or the two measure different things.
    """
    if source_unit == unit:
        check_unit(unit)
        return Conversion()
    usual_source, usual = usual_unit(source_unit), usual_unit(unit)
    if usual_source is not None and usual is not None:
        if usual_source.dimensions != usual.dimensions:
            raise _differ(source_unit, unit)
        return Conversion(float(usual_source.scale / usual.scale))
    import pint

    source_scale, source = _parsed(source_unit)
    scale, target = _parsed(unit)
    registry = _registry()
    try:
        at_0 = registry.Quantity(0.0, source).to(target).magnitude / scale
        at_1 = registry.Quantity(source_scale, source).to(target).magnitude / scale
    except (pint.DimensionalityError, pint.OffsetUnitCalculusError) as error:
        raise _differ(source_unit, unit) from error
    return Conversion(_tidy(at_1 - at_0), _tidy(at_0))


def grams_per_unit(unit: str) -> float:
    """Grams in one `unit` of mass.

    Raises:
        UnitError: the unit is unknown or is not one of mass.
    """
    try:
        return conversion(unit, "g").factor
    except UnitError as error:
        raise UnitError(f"'{unit}' is not a unit of mass; give t, kg or kt") from error


def grams_per_unit_h(unit: str, density_t_per_m3: float | None) -> float:
    """Grams that a rate of one `unit` makes in an hour; `density_t_per_m3` is of a rate of volume.

    Raises:
        UnitError: the unit is unknown, is no flow of mass, or is one of volume without a density.
    """
    try:
        if density_t_per_m3 is not None:
            return conversion(unit, "m3/h").factor * density_t_per_m3 * 1e6
        return conversion(unit, "g/h").factor
    except UnitError as error:
        if density_t_per_m3 is not None:
            text = f"'{unit}' is not a flow of volume; give m3/h, or leave density_t_per_m3 out"
        else:
            text = f"'{unit}' is not a flow of mass; give t/h or kg/s, or m3/h with density_t_per_m3"
        raise UnitError(text) from error


def check_unit(unit: str) -> None:
    """Raises UnitError where `unit` is unknown."""
    if unit not in TEMPERATURES and usual_unit(unit) is None:
        _parsed(unit)


@cache
def _registry() -> Any:  # noqa: ANN401 - pint carries no types
    import pint

    return pint.UnitRegistry(autoconvert_offset_to_baseunit=False, on_redefinition="ignore")


@cache
def _parsed(text: str) -> tuple[float, Any]:
    """A number and a pint unit whose product is one `text`."""
    scale, words = 1.0, text.strip()
    for word, thousands in THOUSANDS.items():
        if words.startswith(word):
            scale, words = thousands, words.removeprefix(word).strip()
            break
    pieces = re.split(r"([/*·.])", words)
    expression = "".join(
        piece.replace("·", "*").replace(".", "*") if index % 2 else _symbol(piece.strip(), text)
        for index, piece in enumerate(pieces)
    )
    registry = _registry()
    if expression in ("degree_Celsius", "degree_Fahrenheit"):  # an offset unit is not a product of a number and a unit
        return scale, registry.Unit(expression)
    try:
        quantity = registry.parse_expression(expression)
        if isinstance(quantity, int | float):
            return scale * float(quantity), registry.Unit("dimensionless")
        return scale * float(quantity.magnitude), quantity.units
    except Exception as error:  # pint lets tokenizer and arithmetic errors of many kinds through
        raise UnitError(_unknown(text)) from error


def _symbol(piece: str, text: str) -> str:
    name = NORMAL.sub("", piece)
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    power = re.match(r"^([^\W\d_]+)\^?\*{0,2}([1-4])$", name)
    if power:
        return f"{_SYMBOLS.get(power[1], power[1])}**{power[2]}"
    if not re.match(r"^[^\W\d]\w*$", name):
        raise UnitError(_unknown(text))
    return name


def _differ(source_unit: str, unit: str) -> UnitError:
    return UnitError(f"'{source_unit}' cannot be converted to {unit}; they measure different things")


def _unknown(text: str) -> str:
    return f"{text!r} is not a known unit of measure; write it like t, kg, t/h, m3/h, degC, %, Gcal/h or MW"


def _tidy(number: float) -> float:
    """Without the last binary digits that only the arithmetic brought in: 60.00000000000001 is 60."""
    short = float(f"{number:.12g}")
    return short if abs(short - number) <= 1e-14 * abs(number) else number
