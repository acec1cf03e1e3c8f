"""Measures in the languages of the page."""

import pytest

from models.works.units_of_measure import measure


@pytest.mark.parametrize(
    ("configured", "russian", "kazakh"),
    [
        ("t/h", "т/ч", "т/сағ"),
        ("m3/h", "м³/ч", "м³/сағ"),
        ("m3/min", "м³/мин", "м³/мин"),
        ("m/s", "м/с", "м/с"),
        ("Gcal/h", "Гкал/ч", "Гкал/сағ"),
        ("degC", "°C", "°C"),
    ],
)
def test_the_measures_of_a_works_are_written_in_russian_and_kazakh(configured: str, russian: str, kazakh: str) -> None:
    assert (measure(configured, "ru"), measure(configured, "kk"), measure(configured, "en")) == (
        russian,
        kazakh,
        configured,
    )


def test_a_number_without_a_dimension_has_no_measure() -> None:
    assert [measure("1", language) for language in ("en", "ru", "kk")] == ["", "", ""]


@pytest.mark.parametrize("configured", ["furlong/h", "m**3/h", "rpm", ""])
def test_a_measure_without_a_word_stays_whole_as_it_is_configured(configured: str) -> None:
    assert measure(configured, "ru") == configured
