"""What is said of heat: in three languages, with its numbers, and never as a verdict where there is none."""

import re
from dataclasses import replace
from datetime import date
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from models.heat.heat_hour import HeatDoubt, HeatVerdict, heat_hour
from models.heat.heat_rows import VERDICT_CODES, heat_row
from models.heat.heat_span import heat_span
from models.heat.network import HeatSource
from models.heat.report import HeatReport, NetworkReport, hours_needed, network_report
from models.heat.sentences import (
    hour_sentences,
    network_note,
    number,
    span_sentence,
    standby_sentences,
    under_sentence,
)
from models.heat.standby import SourceNow, SourceReadiness, standby
from models.heat.texts import HEAT_TEXTS
from models.tables.shapes import CALCULATED, by_name
from models.works.localize import LANGUAGES, Language
from tests.models.heat.heat_works import HOUR_S, NETWORK, by_graph, measured, read

ALMATY = ZoneInfo("Asia/Almaty")
FIRST = date(2025, 12, 1).toordinal()
DAYS = (FIRST, FIRST + 2)


def reported(*, short_by: float = 12.0, outdoor: bool = True) -> NetworkReport:
    """Two days, of which T1 is too low in the second."""
    start_s, end_s = hours_needed(NETWORK, ALMATY, DAYS)
    found: dict[str, dict[int, object]] = {tag: {} for tag in ("outdoor", "t1", "t2", "g", "q")}
    for at in range(start_s, end_s, HOUR_S):
        if outdoor:
            found["outdoor"][at] = read("outdoor", at, -10.0)
        for tag, hour in by_graph(at, 80.0 - (short_by if at >= end_s - 24 * HOUR_S else 0.0)).items():
            found[tag][at] = hour
    return network_report(NETWORK, found, ALMATY, DAYS, end_s)  # type: ignore[arg-type]


def test_under_heating_is_told_as_towns_report_it() -> None:
    said = {language: under_sentence(reported(), language).words for language in LANGUAGES}
    assert said["en"] == "Under-heating: 1 of 2 days, 12\u00a0°C below the graph in the mean; 24 of 48\u00a0h."
    assert said["ru"] == "Недогрев: 1 из 2 суток, в среднем на 12\u00a0°C ниже графика; 24 из 48\u00a0ч."
    assert said["kk"].startswith("Жылу жетіспеген тәулік: 1, барлығы 2; графиктен орта есеппен 12\u00a0°C төмен;")


def test_the_heat_of_days_stands_beside_what_was_due() -> None:
    assert span_sentence(reported(), "ru").words == (
        "Town: отпущено 4\u00a0224\u00a0Гкал при потребности по графику 5\u00a0376\u00a0Гкал (78,6\u00a0%)."
    )


def test_heat_of_hours_without_a_demand_is_told_and_compared_with_nothing() -> None:
    report = reported()
    first = report.hours[0]
    until_s = first.start_s + 10 * HOUR_S
    hours = [replace(hour, demand_gcal=None) if hour.start_s < until_s else hour for hour in report.hours]
    part = replace(report, whole=heat_span(hours, len(hours)))
    assert part.whole.both_known_h == 38
    assert span_sentence(part, "ru").words == (
        "Town: отпущено 4\u00a0224\u00a0Гкал. За 38\u00a0ч, для которых известна потребность: 3\u00a0104\u00a0Гкал из "
        "4\u00a0256\u00a0Гкал по графику (72,9\u00a0%)."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_outdoor_temperature_there_is_no_verdict_and_the_words_say_why(language: Language) -> None:
    report = reported(outdoor=False)
    assert under_sentence(report, language).missing
    assert span_sentence(report, language).missing
    assert report.last is not None
    (said,) = hour_sentences(NETWORK, report.last, language)
    assert said.missing
    assert "3\u00a0" in said.words
    assert (report.under.judged, report.demand_gcal_h) == (0, None)


def test_an_hour_says_what_was_read_what_was_due_and_the_verdict() -> None:
    last = reported().last
    assert last is not None
    said, short = hour_sentences(NETWORK, last, "en")
    assert "the supply is cooler, 68\u00a0°C where 80\u00a0°C is due (-48\u00a0Gcal/h)" in short.words
    assert said.words == (
        "T1 68\u00a0°C, due 80\u00a0°C at -10\u00a0°C outside, the mean of 3\u00a0h: 12\u00a0°C below the graph, far "
        "too low."
    )


def test_beyond_the_end_of_the_graph_the_words_say_so() -> None:
    hour = heat_hour(NETWORK, 0, measured(0, outdoor=-35.0, **by_graph(0, 110.0, 65.0)))
    assert [said.words for said in hour_sentences(NETWORK, hour, "en")][1] == (
        "The graph has no point for -35\u00a0°C; what is due at its end holds."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("doubt", HeatDoubt)
def test_every_reason_has_words(doubt: HeatDoubt, language: Language) -> None:
    hour = replace(heat_hour(NETWORK, 0, measured(0, **by_graph(0))), no_heat=doubt)
    said = list(hour_sentences(NETWORK, hour, language))
    assert len(said) == 2
    assert said[1].missing
    assert not re.search(r"[{}]", said[1].words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_boilers_are_told_by_what_they_are_good_for(language: Language) -> None:
    report = reported()
    boilers = [SourceNow(HeatSource(f"b{n}", 80.0), SourceReadiness.WORKING) for n in range(4)]
    told = HeatReport(
        zone=ALMATY, until_s=0, networks=(report,), boilers=standby(boilers, report.demand_gcal_h), turbines=None
    )
    counts, failure = (said.words for said in standby_sentences(told, language))
    assert "4" in counts
    assert "112" in failure
    short = replace(told, boilers=standby(boilers[:1], report.demand_gcal_h))
    assert "32" in list(standby_sentences(short, language))[-1].words
    unknown = replace(told, boilers=standby([SourceNow(HeatSource("b", 1), SourceReadiness.UNKNOWN)], None))
    assert all(said.missing for said in standby_sentences(unknown, language))


def test_the_note_names_the_clause_and_who_approved_it() -> None:
    assert "item 547" in network_note(NETWORK, "en")
    assert "chief engineer" in network_note(NETWORK, "kk")


def test_numbers_have_no_zeros_at_their_end() -> None:
    assert (number(10.0, "ru", 1), number(9.5, "ru", 1), number(9.96, "en", 1)) == ("10", "9,5", "10")


def test_every_text_is_there_in_each_language_with_the_same_parameters() -> None:
    for key, texts in HEAT_TEXTS.items():
        fields = [{name for _, name, _, _ in Formatter().parse(texts[language]) if name} for language in LANGUAGES]
        assert fields[0] == fields[1] == fields[2], key
        for language in ("ru", "kk"):
            bare = re.sub(r"\{\w+\}|Q = G|°C", "", texts[language])
            assert re.findall("[A-Za-z]+", bare) == [], key


def test_a_row_has_what_is_known_and_fits_its_table() -> None:
    shape = by_name(CALCULATED)["heat_hour"]
    row = heat_row("works", heat_hour(NETWORK, 7200, measured(7200, **by_graph(7200))))
    assert row.key.time_ns == 7200 * 10**9
    assert {tag for tag, _ in row.key.tags} == set(shape.tags)
    assert row.fields.keys() <= shape.fields.keys()
    assert (row.fields["heat_gcal"], row.fields["demand_gcal"], row.fields["verdict"]) == (112, 112, 0)
    silent = heat_row("works", heat_hour(NETWORK, 7200, {}))
    assert silent.fields == {"no_verdict": "no_outdoor", "no_heat": "no_flow"}
    assert set(VERDICT_CODES) == set(HeatVerdict)
