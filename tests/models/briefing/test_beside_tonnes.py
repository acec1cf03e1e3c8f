"""Projects and indicators in sentences: growth as published beside that of the values, currencies apart."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models.briefing.document import BriefingSection
from models.briefing.modernisation import modernisation_section
from models.briefing.region import region_section
from models.stated.measure import Indicator, MeasureKind, Milestone, Project, StatedMeasure, newest
from models.stated.milestone_word import MilestoneWord, days_late, newest_words
from models.stated.project_progress import StatedOfProjects
from models.works.localize import LANGUAGES, Language
from models.works.month import shifted

JANUARY = date(2025, 1, 1).toordinal()
MONTHS = JANUARY, date(2025, 9, 1).toordinal()
OUTPUT = Indicator(
    code="output",
    names={"en": "Industrial output", "ru": "Промышленное производство", "kk": "Өнеркәсіп өндірісі"},
    unit_of_measure={"en": "bn tenge", "ru": "млрд тенге", "kk": "млрд теңге"},
    definition="all industry of the region",
)
MILL = Project(
    code="mill", names={"en": "Section mill", "ru": "Сортовой стан", "kk": "Сорттық стан"}, owner="A. B.",
    contractor="C. D.", currency="KZT", amounts_in=10**6, budget=Decimal(95_000),
)  # fmt: skip
LINE = Project(code="line", names={"en": "Line"}, owner="E. F.", currency="USD", amounts_in=10**6)


def stated(
    kind: MeasureKind, value: str, subject: str, span: tuple[int, int] = MONTHS, **more: object
) -> StatedMeasure:
    given: dict[str, object] = {"growth_pct": None, "source": "act", "stated_on": span[1] + 10, "author": "P."} | more
    return StatedMeasure(
        subject=subject,
        kind=kind,
        start=span[0],
        end=span[1],
        value=Decimal(value),
        **given,  # type: ignore[arg-type]
    )


def month(number: int) -> tuple[int, int]:
    first = shifted(JANUARY, number - 1)
    return first, shifted(first, 1)


def of(projects: list[Project], known: list[StatedMeasure], language: Language) -> BriefingSection:
    return modernisation_section(projects, StatedOfProjects(known, {}), MONTHS, MONTHS[1], language)


def words(section: BriefingSection) -> list[str]:
    return [line.words.replace("\xa0", " ") for line in section.lines]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Industrial output: 3,200 bn tenge in January–August 2025, up 7 % as published."),
        (
            "ru",
            "Промышленное производство: 3 200 млрд тенге за январь–август 2025 года, "
            "по публикации рост на 7 процентов.",
        ),
        (
            "kk",
            "Өнеркәсіп өндірісі: 2025 жылғы қаңтар–тамыз 3 200 млрд теңге, жарияланған дерек бойынша 7 пайызға өсті.",
        ),
    ],
)
def test_an_indicator_is_told_as_it_was_published(language: Language, said: str) -> None:
    value = stated(MeasureKind.VALUE, "3200", "output", growth_pct=Decimal(7), source="BNS")
    section = region_section([OUTPUT], [value], MONTHS, language)
    assert words(section) == [said]
    note = section.lines[0].note
    assert note is not None
    assert "all industry of the region" in note.words
    assert "BNS" in note.words


@pytest.mark.parametrize(
    ("growth", "before", "said"),
    [
        ("7", "2990.7", "up 7 % as published."),
        ("7", "2900", "up 7 % as published (+10.3 % by the published values)."),
        ("-1.5", "3200", "down 1.5 % as published (0 % by the published values)."),
        ("0", "3200", "unchanged as published."),
        (None, "2900", "+10.3 % by the published values."),
        (None, "0", "; there is no growth in percent, for the value of the year before is 0."),
        (None, None, "in January–August 2025."),
    ],
)
def test_where_published_and_computed_growth_differ_both_are_shown(
    growth: str | None, before: str | None, said: str
) -> None:
    known = [stated(MeasureKind.VALUE, "3200", "output", growth_pct=None if growth is None else Decimal(growth))]
    if before is not None:
        known.append(stated(MeasureKind.VALUE, before, "output", (shifted(MONTHS[0], -12), shifted(MONTHS[1], -12))))
    (line,) = words(region_section([OUTPUT], known, MONTHS, "en"))
    assert line.endswith(said)


def test_the_newest_months_of_the_year_stand_in_for_those_that_are_not_published_yet() -> None:
    july = stated(MeasureKind.VALUE, "2800", "output", (JANUARY, month(7)[1]))
    after = stated(MeasureKind.VALUE, "3600", "output", (JANUARY, month(9)[1]))
    assert "2,800 bn tenge in January–July 2025" in words(region_section([OUTPUT], [july, after], MONTHS, "en"))[0]
    section = region_section([OUTPUT], [after], MONTHS, "en")
    assert [line.missing for line in section.lines] == [True]


def test_a_newer_publication_stands_in_the_place_of_an_older_one_also_if_it_was_entered_before() -> None:
    old = stated(MeasureKind.VALUE, "1", "output", stated_on=10, recorded_ns=5)
    new = stated(MeasureKind.VALUE, "2", "output", stated_on=20, recorded_ns=3)
    assert [each.value for each in newest([new, old])] == [2]
    assert [each.value for each in newest([old, new], known_ns=4)] == [2]
    assert newest([old, new], known_ns=2) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Paid in January–August 2025: 5 bn tenge, planned 7 bn tenge.",
                "The growth of payments in tenge from January–August 2024 to January–August 2025 is not known: of no "
                "project each month of both is stated.",
                "Section mill: no payment is stated for February 2025.",
                "Section mill: 45.5 % ready; paid 5 bn tenge of 95 bn tenge; 2,700 jobs."]),
        ("ru", ["Оплачено за январь–август 2025 года: 5 млрд тенге, по плану 7 млрд тенге.",
                "Рост оплаты (тенге) за январь–август 2025 года к январю–августу 2024 года не определён: ни по одному "
                "проекту не внесены все месяцы обоих периодов.",
                "Сортовой стан: оплата не внесена за февраль 2025 года.",
                "Сортовой стан: готовность 45,5 процента; оплачено 5 млрд тенге из 95 млрд тенге; "
                "2 700 рабочих мест."]),
        ("kk", ["2025 жылғы қаңтар–тамыз бойынша төленді: 5 млрд теңге, жоспар бойынша 7 млрд теңге.",
                "2025 жылғы қаңтар–тамыз бойынша төлемнің (теңге) 2024 жылғы қаңтар–тамызбен салыстырғандағы өсімі "
                "анықталмады: бірде-бір жоба бойынша екі кезеңнің барлық айы енгізілмеген.",
                "Сорттық стан: 2025 жылғы ақпан бойынша төлем енгізілмеген.",
                "Сорттық стан: 45,5 пайызға дайын; 95 млрд теңге ішінен 5 млрд теңге төленді; 2 700 жұмыс орны."]),
    ],
)  # fmt: skip
def test_a_project_is_told_with_what_was_paid_of_its_budget(language: Language, said: list[str]) -> None:
    known = [
        stated(MeasureKind.PAID, "2000", "mill", month(1)),
        *(stated(MeasureKind.PAID, "500", "mill", month(each)) for each in range(3, 9)),
        stated(MeasureKind.PAID, "9000", "mill", month(9)),
        *(stated(MeasureKind.PAID_PLAN, "1000", "mill", month(each)) for each in (1, 3, 4, 5, 6, 7, 8)),
        stated(MeasureKind.PHYSICAL_PCT, "20", "mill", month(1)),
        stated(MeasureKind.PHYSICAL_PCT, "45.5", "mill", month(8)),
        stated(MeasureKind.JOBS, "2700", "mill", month(8)),
    ]
    section = of([MILL], known, language)
    assert words(section) == said
    note = section.lines[-1].note
    assert note is not None
    assert "A. B." in note.words
    assert "C. D." in note.words


def test_currencies_are_never_added_and_what_exceeds_its_budget_says_so() -> None:
    known = [
        stated(MeasureKind.PAID, "96000", "mill", month(8)),
        stated(MeasureKind.PAID, "1.5", "line", month(8)),
        stated(MeasureKind.PAID_PLAN, "70000", "mill", month(7)),
    ]
    assert words(of([MILL, LINE], known, "en")) == [
        "Paid in January–August 2025: 96 bn tenge.",
        "Paid in January–August 2025: 1.5 m US dollars.",
        *(
            f"The growth of payments in {currency} from January–August 2024 to January–August 2025 is not known: of no "
            "project each month of both is stated."
            for currency in ("tenge", "US dollars")
        ),
        "Section mill: paid 96 bn tenge, more than its budget of 95 bn tenge.",
        "Line: paid 1.5 m US dollars.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_of_which_nothing_is_entered_is_missing(language: Language) -> None:
    assert [line.missing for line in of([MILL], [], language).lines] == [True, True]


PLANNED = date(2025, 6, 30).toordinal()
FURNACE = Milestone(
    code="furnace", names={"en": "Furnace fired", "ru": "Розжиг печи", "kk": "Пешті тұтату"}, planned=PLANNED
)


def word(*, forecast: int | None = None, fact: int | None = None) -> MilestoneWord:
    return MilestoneWord(
        project="mill",
        milestone="furnace",
        forecast=forecast,
        fact=fact,
        source="Minutes 4",
        stated_on=PLANNED + 5,
        author="P.",
    )


@pytest.mark.parametrize(
    ("said", "today", "late"),
    [
        (None, PLANNED, 0),
        (None, PLANNED + 1, 1),
        (word(forecast=PLANNED + 30), PLANNED + 10, 30),
        (word(forecast=PLANNED + 30), PLANNED - 10, 30),
        (word(forecast=PLANNED + 30), PLANNED + 40, 40),
        (word(forecast=PLANNED - 5), PLANNED - 10, 0),
        (word(fact=PLANNED + 3), PLANNED + 90, 3),
        (word(fact=PLANNED - 3, forecast=PLANNED + 9), PLANNED + 90, 0),
    ],
)
def test_a_milestone_is_late_by_its_fact_or_its_forecast_or_by_today(
    said: MilestoneWord | None, today: int, late: int
) -> None:
    assert days_late(FURNACE, said, today) == late


@pytest.mark.parametrize(
    ("language", "with_date", "without", "reached"),
    [
        ("en", "Furnace fired is late by 31 d (planned 30 Jun 2025, expected 31 Jul 2025).",
         "Furnace fired is late by 1 d (planned 30 Jun 2025, no new date is given).", "45 % ready."),
        ("ru", "Розжиг печи: опоздание 31 сутки (план 30.06.2025, ожидается 31.07.2025).",
         "Розжиг печи: опоздание 1 сутки (план 30.06.2025, новый срок не назван).", "45 процентов."),
        ("kk", "Пешті тұтату: 31 тәулікке кешігуде (жоспар 30.06.2025, болжам 31.07.2025).",
         "Пешті тұтату: 1 тәулікке кешігуде (жоспар 30.06.2025, жаңа мерзімі айтылмаған).", "45 пайызға дайын."),
    ],
)  # fmt: skip
def test_a_late_milestone_is_told_and_one_that_was_reached_is_not(
    language: Language, with_date: str, without: str, reached: str
) -> None:
    def told(said: MilestoneWord | None) -> str:
        known = {} if said is None else {said.of: said}
        project = replace(MILL, milestones=(FURNACE,))
        all_stated = StatedOfProjects([stated(MeasureKind.PHYSICAL_PCT, "45", "mill", month(5))], known)
        return words(modernisation_section([project], all_stated, MONTHS, PLANNED + 1, language))[1]

    def at_the_end_of(months: tuple[int, int]) -> str:
        project = replace(MILL, milestones=(FURNACE,))
        expected = word(forecast=PLANNED + 5)
        all_stated = StatedOfProjects([stated(MeasureKind.JOBS, "1", "mill", month(1))], {expected.of: expected})
        return words(modernisation_section([project], all_stated, months, PLANNED + 500, "en"))[-1]

    assert told(word(forecast=PLANNED + 31)).endswith(with_date)
    assert told(None).endswith(without)
    assert told(word(fact=PLANNED + 1)).endswith(reached)
    assert "is late by 5 d" in at_the_end_of((JANUARY, month(5)[1]))
    assert "is late by 62 d (planned 30 Jun 2025; the date given later, 5 Jul 2025, has passed)" in at_the_end_of(
        MONTHS
    )


def test_a_newer_document_without_a_fact_takes_back_none() -> None:
    reached, later = word(fact=PLANNED), replace(word(forecast=PLANNED + 9), stated_on=PLANNED + 50)
    (holds,) = newest_words([reached, later]).values()
    assert (holds.fact, holds.forecast) == (PLANNED, PLANNED + 9)
