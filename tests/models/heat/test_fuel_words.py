"""What is said of fuel: in three languages, with its numbers, and with how much of the time they are of."""

import re
from dataclasses import replace
from datetime import date
from string import Formatter

import pytest

from models.briefing.gas_texts import GAS_TEXTS
from models.heat.fuel import FuelUse
from models.heat.fuel_hour import FuelDoubt
from models.heat.fuel_sentences import (
    amount_words,
    fuel_note,
    share_sentence,
    span_sentences,
)
from models.heat.fuel_span import FuelSpan
from models.heat.fuel_texts import FUEL_TEXTS, fuel_text
from models.heat.gas_phases import gas_phases, phases_sentence
from models.heat.specific_use import SpecificDoubt
from models.stated.measure import Milestone, Project
from models.stated.milestone_word import MilestoneWord
from models.stated.project_progress import StatedOfProjects
from models.works.localize import LANGUAGES, Language
from tests.models.heat.fuel_works import BY_GAUGE, FLARE, GAS, USE, hours
from tests.models.heat.test_fuel import FIRST, START_S, report

NO_LANGUAGE = re.compile(r"\{\w+\}")


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def said(span: FuelSpan, language: Language, use: FuelUse = USE) -> list[str]:
    return [plain(each.words) for each in span_sentences(span, use, language)]


def test_a_day_is_told_as_a_dispatcher_would() -> None:
    span = report(hours(START_S, 24)).days[FIRST]
    assert said(span, "ru") == [
        "Сожжено топлива: 63 360 ГДж.",
        "Доля природного газа в энергии топлива: 12,9 %.",
        "Сожжено на факелах: 480 000 нм³.",
        "Углекислый газ по заданным коэффициентам: 11 674 т.",
    ]
    assert said(span, "en") == [
        "Fuel burned: 63,360 GJ.",
        "Natural gas: 12.9 % of the energy burned.",
        "Flared: 480,000 Nm³.",
        "CO₂ by the declared factors: 11,674 t.",
    ]
    assert said(span, "kk")[1] == "Отын энергиясындағы табиғи газдың үлесі: 12,9 %."


def test_what_is_known_in_part_says_of_how_many_hours_it_is() -> None:
    measured = hours(START_S, 24)
    del measured["chp.gas"][5:7]
    words = said(report(measured).days[FIRST], "en")
    assert words[0] == "Fuel burned: 62,680 GJ, known for 22 of 24 h."
    assert words[1] == "Natural gas: 12.9 % of the energy burned (in the 22 of 24 h in which each fuel is known)."
    assert words[3].endswith(", known for 22 of 24 h.")


def test_a_share_that_is_not_told_names_the_fuel_and_the_reason() -> None:
    measured = hours(START_S, 24)
    del measured["chp.coal"][2:]
    found = share_sentence(report(measured).days[FIRST], "ru")
    assert found is not None
    assert found.missing
    assert plain(found.words) == (
        "Доля природного газа не определена: топливо coal, известно 2 из 24 ч (нет показаний расхода)."
    )


def test_a_works_without_natural_gas_says_nothing_of_its_share() -> None:
    use = replace(USE, fuels=USE.fuels[1:])
    assert share_sentence(report(hours(START_S, 24), use=use).days[FIRST], "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_nothing_known_each_sentence_says_so(language: Language) -> None:
    found = list(span_sentences(report({}).days[FIRST], USE, language))
    assert len(found) == 4
    assert all(each.missing for each in found)


def test_amounts_are_whole_below_a_million_and_in_millions_above() -> None:
    assert plain(amount_words(999_999.4, "Nm3", "ru")) == "999 999 нм³"
    assert plain(amount_words(1_250_000, "Nm3", "ru")) == "1,3 млн нм³"
    assert plain(amount_words(1_250_000, "Nm3", "en")) == "1.3 million Nm³"
    assert plain(amount_words(82_000, "t", "kk")) == "82 000 т"


def test_a_fuel_says_on_whose_numbers_it_rests() -> None:
    assert plain(fuel_note(GAS, "en")) == (
        "gas (CHP): by its flow meter; calorific value 34 MJ/Nm³ (laboratory); CO₂ 56.1 kg/GJ (approved method)."
    )
    assert "по прибору (chromatograph)" in fuel_note(BY_GAUGE, "ru")
    assert "на факел" in fuel_note(FLARE, "ru")


PROJECT = Project(
    code="gasification",
    names={"en": "Gasification"},
    owner="A. B.",
    currency="KZT",
    amounts_in=1,
    budget=None,
    milestones=tuple(
        Milestone(code=code, names={"en": code}, planned=date(2026, month, 1).toordinal())
        for code, month in (("pipe", 3), ("boilers", 9), ("furnaces", 12))
    ),
)


def word(milestone: str, *, forecast: date | None = None, fact: date | None = None) -> MilestoneWord:
    return MilestoneWord(
        project="gasification",
        milestone=milestone,
        forecast=None if forecast is None else forecast.toordinal(),
        fact=None if fact is None else fact.toordinal(),
        source="minutes",
        stated_on=1,
        author="C.",
    )


def test_phases_are_the_milestones_of_the_project_with_their_dates() -> None:
    words = {
        ("gasification", each.milestone): each
        for each in (word("pipe", fact=date(2026, 3, 11)), word("boilers", forecast=date(2026, 11, 1)))
    }
    day = date(2026, 10, 1).toordinal()
    phases = gas_phases("gasification", [PROJECT], StatedOfProjects([], words), day)
    assert [plain(phase.when("en")) for phase in phases] == [
        "reached 11 Mar 2026, 10 d after its plan",
        "planned 1 Sep 2026, expected 1 Nov 2026, late by 61 d",
        "planned 1 Dec 2026",
    ]
    assert plain(phases_sentence(phases, "ru")) == (
        "Этапы перехода на природный газ: выполнено 1 из 3; следующий: boilers, план 01.09.2026, ожидается 01.11.2026, "
        "опоздание 61 сут."
    )
    assert phases_sentence(gas_phases("", [PROJECT], StatedOfProjects([], words), day), "ru") == ""


ALL = [*FUEL_TEXTS.items(), *GAS_TEXTS.items()]


@pytest.mark.parametrize(("key", "texts"), ALL, ids=[key for key, _ in ALL])
def test_each_text_is_there_in_each_language_with_the_same_parameters(key: str, texts: dict[Language, str]) -> None:
    assert tuple(texts) == LANGUAGES
    named = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts.values()]
    assert named[0] == named[2]
    assert named[1] - named[0] <= {"percent"}, key
    for language in ("ru", "kk"):
        assert not re.findall("[A-Za-z]+", NO_LANGUAGE.sub("", texts[language])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: Language) -> None:
    assert all(fuel_text(f"doubt_{doubt.value}", language) for doubt in FuelDoubt)
    assert all(fuel_text(f"lacks_{doubt.value}", language) for doubt in SpecificDoubt)
