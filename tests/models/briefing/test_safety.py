"""Industrial safety in sentences of three languages: who was hurt, the two rates, and days without an accident."""

import pytest

from models.briefing.document import BriefingLine
from models.briefing.months_named import months_listed
from models.briefing.safety import safety_section
from models.stated.measure import MeasureKind
from models.tables.accident_rates import StatedSafety
from models.works.localize import LANGUAGES, Language
from models.works.month import shifted
from tests.models.tables.test_accident_rates import EMPLOYED, HOURS, JANUARY, PLANT, YEAR_TO_AUGUST, hurt, people

TODAY = YEAR_TO_AUGUST[1] + 20
EVER = [*EMPLOYED, *HOURS, *people(MeasureKind.EMPLOYED, dict.fromkeys(range(-11, 1), "9000"))]
"""People and hours of the year, and people of the year before."""


def lines(stated: StatedSafety, language: Language, months: tuple[int, int] = YEAR_TO_AUGUST) -> list[BriefingLine]:
    return list(safety_section(PLANT, stated, months, TODAY, language).lines)


def words(line: BriefingLine) -> str:
    return line.words.replace("\xa0", " ")


def test_the_section_says_who_was_hurt_the_rates_and_the_days_without_an_accident() -> None:
    accidents = [
        hurt("4/2024", "2024-03-03 10:00", 7, fatal=2), hurt("1/2025", "2025-02-03 10:00", 2, fatal=1),
        hurt("2/2025", "2025-08-19 10:00", 3), hurt("3/2025", "2025-09-02 10:00"),
    ]  # fmt: skip
    said = {
        language: [words(line) for line in lines(StatedSafety(accidents, EVER), language)] for language in LANGUAGES
    }
    assert said["en"] == [
        "Hurt at work in January–August 2025: 5 people, fatally: 1. In January–August 2024: 7 people, fatally: 2.",
        "Hurt in 1,000 employed: 0.5.",
        "LTIFR (injuries in a million hours worked): 0.42.",
        "On 31 Aug 2025 the works had 12 days without an accident.",
    ]
    assert said["ru"] == [
        "Пострадали на производстве за январь–август 2025 года: 5 человек, погиб 1. "
        "За январь–август 2024 года: 7 человек, погибли 2.",
        "Пострадавших на 1000 работающих: 0,5.",
        "LTIFR (травм на миллион отработанных часов): 0,42.",
        "На 31.08.2025 без несчастных случаев: 12 суток.",
    ]
    assert said["kk"] == [
        "2025 жылғы қаңтар–тамыз өндірісте зардап шеккендер: 5 адам, қаза тапқаны: 1. "
        "2024 жылғы қаңтар–тамыз: 7 адам, қаза тапқаны: 2.",
        "1000 қызметкерге шаққанда зардап шеккендер: 0,5.",
        "LTIFR (миллион жұмыс істелген сағатқа жарақат саны): 0,42.",
        "31.08.2025 жағдай бойынша жазатайым оқиғасыз: 12 тәулік.",
    ]
    hurt_note, per_1000, ltifr, _ = (line.note for line in lines(StatedSafety(accidents, EVER), "en"))
    assert hurt_note is not None
    assert "1/2025 (3 Feb 2025), 2/2025 (19 Aug 2025); entered by S." in hurt_note.words
    assert per_1000 is not None
    assert "5 / 10,000. Source: form 7" in per_1000.words
    assert ltifr is not None
    assert "5 / 12,000,000\xa0h. Source: form 7" in ltifr.words


@pytest.mark.parametrize(
    ("victims", "russian", "english"),
    [
        (1, "1 человек,", "1 person,"), (2, "2 человека,", "2 people,"), (5, "5 человек,", "5 people,"),
        (11, "11 человек,", "11 people,"), (21, "21 человек,", "21 people,"), (22, "22 человека,", "22 people,"),
    ],
)  # fmt: skip
def test_people_agree_with_their_number(victims: int, russian: str, english: str) -> None:
    stated = StatedSafety([hurt("1", "2025-02-03 10:00", victims)], EVER)
    assert russian in words(lines(stated, "ru")[0])
    assert english in words(lines(stated, "en")[0])


@pytest.mark.parametrize(
    ("day", "russian", "english"),
    [("31", "0 суток", "0 days"), ("30", "1 сутки", "1 day "), ("10", "21 сутки", "21 d")],
)
def test_days_agree_with_their_number(day: str, russian: str, english: str) -> None:
    stated = StatedSafety([hurt("1", f"2025-08-{day} 10:00")], EVER)
    assert russian in words(lines(stated, "ru")[-1])
    assert english in words(lines(stated, "en")[-1])


def test_months_of_which_nothing_is_stated_are_named_and_zero_is_told_only_of_stated_months() -> None:
    nobody, *_ = lines(StatedSafety([], EVER), "en")
    assert words(nobody) == (
        "Nobody is on record as hurt at work in January–August 2025. In January–August 2024 nobody."
    )
    assert not nobody.missing
    (known, no_rate, no_ltifr, days) = lines(StatedSafety([hurt("1", "2025-02-03 10:00")], EMPLOYED[:3]), "en")
    assert known.missing
    assert "Of April–August 2025 nothing is stated" in words(known)
    assert no_rate.missing
    assert words(no_rate).endswith("is not stated for April–August 2025.")
    assert no_ltifr.missing
    assert words(no_ltifr).endswith("are not stated for January–August 2025.")
    assert not days.missing
    (without_base, *_) = lines(StatedSafety([], [*EMPLOYED, *HOURS]), "en")
    assert "There is no comparison, for nothing is stated of January–August 2024." in words(without_base)


@pytest.mark.parametrize("language", LANGUAGES)
def test_zero_people_or_hours_give_no_rate(language: Language) -> None:
    zero = people(MeasureKind.EMPLOYED, {2: "0"}) + people(MeasureKind.HOURS_WORKED, {2: "0"})
    february = shifted(JANUARY, 1), shifted(JANUARY, 2)
    _, per_1000, ltifr, _ = lines(StatedSafety([], zero), language, february)
    assert per_1000.missing
    assert ltifr.missing
    assert not any(character.isdigit() for character in words(ltifr))


def test_months_are_listed_as_spans_of_a_year() -> None:
    firsts = [shifted(JANUARY, at) for at in (-2, -1, 0, 1, 5)]
    assert months_listed(firsts, "en") == "November–December 2024, January–February 2025, June 2025"


def test_a_note_names_eight_accidents_and_how_many_more() -> None:
    many = [hurt(str(number), f"2025-02-{number:02} 10:00", days_lost=None) for number in range(1, 12)]
    note = lines(StatedSafety(many, EVER), "en")[0].note
    assert note is not None
    assert "8 (8 Feb 2025) and 3 more" in note.words
