"""The usual units are exact, and mean what pint means by them."""

import itertools
import math
import subprocess
import sys

import pytest

from collector.config import conversion as by_pint
from collector.config.conversion import UnitError, conversion
from collector.config.usual_units import usual_unit

SYMBOLS = [
    *("g", "г", "kg", "кг", "t", "т", "kt", "Mt", "mm", "мм", "m", "м", "km", "m2", "м2", "m3", "м3", "Nm3", "нм3"),
    *("s", "с", "min", "мин", "h", "ч", "d", "сут", "Pa", "kPa", "кПа", "MPa", "МПа", "bar", "W", "kW", "кВт", "MW"),
    *("МВт", "Gcal", "Гкал", "MJ", "GJ", "1", "pcs", "шт", "%", "тыс. т", "мың т", "млн м3"),
]
TEXTS = [*SYMBOLS, *(f"{symbol}/{per}" for symbol in SYMBOLS for per in ("h", "мин", "d", "t", "m2"))]


def pints_factor(source_unit: str, unit: str) -> float:
    scale, source = by_pint._parsed(source_unit)
    target_scale, target = by_pint._parsed(unit)
    return float(by_pint._registry().Quantity(scale, source).to(target).magnitude) / target_scale


def test_each_usual_unit_converts_as_pint_has_it() -> None:
    groups: dict[object, list[str]] = {}
    for text in TEXTS:
        unit = usual_unit(text)
        assert unit is not None, text
        groups.setdefault(unit.dimensions, []).append(text)
    pairs = [pair for group in groups.values() for pair in itertools.permutations(group, 2)]
    assert len(pairs) > 4000
    for source_unit, unit in pairs:
        how = conversion(source_unit, unit)
        assert how.offset == 0
        assert math.isclose(how.factor, pints_factor(source_unit, unit), rel_tol=1e-12), (source_unit, unit)


@pytest.mark.parametrize(("source_unit", "unit"), [("t", "m3"), ("t/h", "t"), ("Gcal", "MW"), ("kPa", "%")])
def test_usual_units_of_different_things_do_not_convert(source_unit: str, unit: str) -> None:
    with pytest.raises(UnitError, match="measure different things"):
        conversion(source_unit, unit)


@pytest.mark.parametrize("text", ["degC", "A", "kV", "rpm", "t t", "", "t/", "cal"])
def test_what_is_not_usual_is_left_to_pint(text: str) -> None:
    assert usual_unit(text) is None


def test_a_works_of_usual_units_is_read_without_pint() -> None:
    code = (
        "import sys; from collector.config.conversion import *; "
        "check_unit('degC'); check_unit('t/h'); conversion('m3/min', 'm3/h'); grams_per_unit('kt'); "
        "print('pint' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
