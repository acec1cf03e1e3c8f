"""Natural gas in the briefing: amount, share and flare against a year before, and silence nowhere."""

from datetime import date

import pytest

from models.briefing.document import BriefingLine
from models.briefing.gas import GasOfMonths, gas_section
from models.counting.measured_hour import MeasuredHour
from models.heat.fuel_report import fuel_hours, fuel_whole
from models.heat.fuel_span import FuelSpan
from models.works.calendar import NS, date_bounds
from models.works.localize import LANGUAGES, Language
from models.works.month import shifted
from tests.models.heat.fuel_works import FLOWS, USE, hours
from tests.models.heat.test_fuel import ALMATY

MONTH = date(2026, 9, 1).toordinal()
MONTHS = MONTH, shifted(MONTH, 1)
BASE = shifted(MONTH, -12), shifted(MONTH, -11)


def span(days: tuple[int, int], measured: dict[str, list[MeasuredHour]] | None = None, **flows: float) -> FuelSpan:
    start_s, end_s = (date_bounds(ALMATY, date.fromordinal(day))[0] // NS for day in days)
    found = hours(start_s, (end_s - start_s) // 3600, **flows) if measured is None else measured
    return fuel_whole(USE, fuel_hours(USE, found, end_s), ALMATY, days, end_s)


def told(now: FuelSpan, base: FuelSpan, language: Language) -> list[BriefingLine]:
    of_months = GasOfMonths(use=USE, months=MONTHS, base_months=BASE, now=now, base=base)
    return list(gas_section(of_months, "Source: the ledger.", language).lines)


def words(lines: list[BriefingLine]) -> list[str]:
    return [line.words.replace("\xa0", " ") for line in lines]


def test_the_months_are_told_against_those_of_the_year_before() -> None:
    lines = told(span(MONTHS), span(BASE, gas=8_000.0, flare=25_000.0), "ru")
    assert words(lines)[:3] == [
        "Сожжено природного газа: 7,2 млн нм³, рост на 25 процентов к сентябрю 2025 года.",
        "Его доля в энергии сожжённого топлива: 12,9 %; годом раньше 10,6 %.",
        "Сожжено газа на факелах: 14,4 млн нм³, снижение на 20 процентов к сентябрю 2025 года.",
    ]
    assert not any(line.missing for line in lines)
    notes = [line.note.words for line in lines if line.note is not None]
    assert len(notes) == 4
    assert all(note.endswith("Source: the ledger.") for note in notes)
    assert "топливо gas (CHP): по расходомеру." in notes[0]
    assert "теплота сгорания 18 МДж/кг (laboratory)" in notes[1].replace("\xa0", " ")
    assert "flare" not in notes[1]
    assert "94,6 кг/ГДж (approved method)" in notes[3].replace("\xa0", " ")


def test_the_same_in_english_and_kazakh() -> None:
    english = words(told(span(MONTHS), span(BASE, gas=8_000.0), "en"))
    assert english[0] == "Natural gas burned: 7.2 million Nm³, up 25 % on September 2025."
    assert english[2] == "Gas flared: 14.4 million Nm³, as much as in September 2025."
    kazakh = words(told(span(MONTHS), span(BASE, gas=8_000.0), "kk"))
    assert kazakh[0] == ("Жағылған табиғи газ: 7,2 млн нм³, 2025 жылғы қыркүйекпен салыстырғанда 25 пайызға көп.")


def test_a_base_that_burned_none_gives_no_growth_in_percent() -> None:
    found = words(told(span(MONTHS), span(BASE, gas=0.0), "ru"))
    assert found[0] == "Сожжено природного газа: 7,2 млн нм³; за сентябрь 2025 года его не было."
    assert found[1].endswith("12,9 %; годом раньше 0 %.")


def test_a_base_that_nobody_measured_gives_no_growth() -> None:
    found = words(told(span(MONTHS), span(BASE, {}), "en"))
    assert "there is no growth" in found[0]
    assert found[1] == "Its share in the energy of burned fuel: 12.9 %."


def test_months_of_which_a_tenth_is_missing_are_told_and_not_compared() -> None:
    measured = hours(date_bounds(ALMATY, date.fromordinal(MONTH))[0] // NS, 30 * 24, **FLOWS)
    del measured["chp.gas"][:72]
    found = words(told(span(MONTHS, measured), span(BASE), "en"))
    assert found[0].startswith("Natural gas burned: 6.5 million Nm³, known for 648 of 720 h; there is no growth")
    assert "(in the 648 of 720 h in which each fuel is known)" in found[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_is_said_and_counts_as_missing(language: Language) -> None:
    lines = told(span(MONTHS, {}), span(BASE), language)
    assert [line.missing for line in lines] == [True] * 4
    assert all(line.note is None for line in lines)
