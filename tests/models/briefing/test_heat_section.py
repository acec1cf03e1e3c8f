"""Heat supply in the briefing: in three languages, with its note, and never silent about what is not known."""

import pytest

from models.briefing.heat import heat_section
from models.heat.network import HeatSource
from models.heat.report import HeatReport
from models.heat.standby import SourceNow, SourceReadiness, standby
from models.works.localize import LANGUAGES, Language
from tests.models.heat.test_heat_words import ALMATY, reported


def told(language: Language, *, outdoor: bool = True, lasts: bool = False) -> tuple[list[str], list[bool]]:
    network = reported(outdoor=outdoor)
    boilers = standby([SourceNow(HeatSource("b", 80.0), SourceReadiness.WORKING)], network.demand_gcal_h)
    report = HeatReport(zone=ALMATY, until_s=0, networks=(network,), boilers=boilers)
    section = heat_section(report, "Source: the ledger.", language, lasts=lasts)
    assert all((line.note is None) == line.missing for line in section.lines)
    return [line.words.replace("\xa0", " ") for line in section.lines], [line.missing for line in section.lines]


def test_the_months_are_told_in_russian_as_a_reader_of_the_briefing_knows_them() -> None:
    words, missing = told("ru")
    assert words == [
        "Town: отпущено 4 224 Гкал при потребности по графику 5 376 Гкал (78,6 %).",
        "Недогрев: 1 из 2 суток, в среднем на 12 °C ниже графика; 24 из 48 ч.",
    ]
    assert missing == [False, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_is_said_and_counts_as_missing(language: Language) -> None:
    assert told(language, outdoor=False)[1] == [True, True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_boilers_of_now_belong_to_months_that_run(language: Language) -> None:
    assert len(told(language, lasts=True)[0]) == 5
