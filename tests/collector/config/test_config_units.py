"""Units of measure and durations as they are written in a works."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.config.conversion import UnitError, check_unit, conversion, grams_per_unit, grams_per_unit_h
from collector.config.duration import duration_text, parse_duration


@pytest.mark.parametrize(
    ("source_unit", "unit", "value", "wanted"),
    [
        ("m3/min", "m3/h", 5000.0, 300_000.0),
        ("kg", "t", 1500.0, 1.5),
        ("kt", "t", 2.0, 2000.0),
        ("тыс. т", "t", 1.5, 1500.0),
        ("мың т", "kt", 3.0, 3.0),
        ("т/ч", "t/h", 7.0, 7.0),
        ("degF", "degC", 212.0, 100.0),
        ("K", "degC", 273.15, 0.0),
        ("%", "1", 50.0, 0.5),
        ("Gcal/h", "MW", 1.0, 1.163),
        ("Гкал/ч", "MW", 100.0, 116.3),
        ("m/min", "m/s", 60.0, 1.0),
        ("нм3/ч", "m3/h", 3.0, 3.0),
        ("kPa", "bar", 100.0, 1.0),
        ("kW.h", "MWh", 1000.0, 1.0),
    ],
)
def test_values_are_converted_as_the_works_means_its_units(
    source_unit: str, unit: str, value: float, wanted: float
) -> None:
    how = conversion(source_unit, unit)
    assert value * how.factor + how.offset == pytest.approx(wanted, rel=1e-12, abs=1e-9)


def test_factors_that_are_whole_numbers_are_exactly_so() -> None:
    assert conversion("m3/min", "m3/h").factor == 60.0
    assert conversion("kt", "t").factor == 1000.0
    assert [grams_per_unit(unit) for unit in ("g", "kg", "t", "kt", "тыс. т")] == [1.0, 1e3, 1e6, 1e9, 1e9]


def test_a_rate_of_mass_or_of_volume_with_a_density_is_grams_an_hour() -> None:
    assert grams_per_unit_h("t/h", None) == 1e6
    assert grams_per_unit_h("т/ч", None) == 1e6
    assert grams_per_unit_h("kg/s", None) == 3.6e6
    assert grams_per_unit_h("t/d", None) == pytest.approx(1e6 / 24)
    assert grams_per_unit_h("m3/h", 1.25) == 1.25e6
    with pytest.raises(UnitError, match="not a flow of mass; give t/h or kg/s, or m3/h with density_t_per_m3"):
        grams_per_unit_h("t", None)
    with pytest.raises(UnitError, match="not a flow of volume; give m3/h, or leave density_t_per_m3 out"):
        grams_per_unit_h("t/h", 1.25)


@pytest.mark.parametrize("unit", ["", "xyz", "t/", "t h", "m3/h; import os", "__import__", "1e5", "t//h"])
def test_what_is_no_unit_is_refused_with_examples(unit: str) -> None:
    with pytest.raises(UnitError, match="write it like t, kg, t/h"):
        check_unit(unit)


@pytest.mark.parametrize(("source_unit", "unit"), [("t", "m3"), ("degC", "t/h"), ("degC/min", "degC"), ("knot", "kt")])
def test_units_of_different_things_do_not_convert(source_unit: str, unit: str) -> None:
    with pytest.raises(UnitError):
        conversion(source_unit, unit)


@given(st.integers(1, 36_500), st.sampled_from(["ms", "s", "m", "h", "d"]))
def test_a_duration_that_is_written_and_read_again_is_the_same(count: int, unit: str) -> None:
    seconds = parse_duration(f"{count}{unit}")
    assert parse_duration(duration_text(seconds)) == seconds


@pytest.mark.parametrize("text", ["", "10", "10 s", "-1s", "0s", "1w", "s", "1e3s", "1,5s", 10, None, "0ms"])
def test_what_is_no_duration_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match=r"is not (a duration|above zero)"):
        parse_duration(text)
