"""Words agree with their numbers as people say them."""

from datetime import date
from decimal import Decimal

import pytest

from models.briefing import kazakh
from models.briefing.months_named import months_compared, months_named
from models.briefing.russian import DAYS, HURT, PERCENT, counted, killed
from models.works.localize import Language
from models.works.month import shifted


def month(year: int, number: int) -> int:
    return date(year, number, 1).toordinal()


@pytest.mark.parametrize(
    ("number", "percent", "days"),
    [
        ("0", "процентов", "суток"),
        ("1", "процент", "сутки"),
        ("2", "процента", "суток"),
        ("5", "процентов", "суток"),
        ("11", "процентов", "суток"),
        ("21", "процент", "сутки"),
        ("111", "процентов", "суток"),
        ("1.5", "процента", "суток"),
    ],
)
def test_a_russian_word_agrees_with_its_number(number: str, percent: str, days: str) -> None:
    assert (counted(Decimal(number), PERCENT), counted(Decimal(number), DAYS)) == (percent, days)


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "погибших нет"), (1, "погиб 1"), (2, "погибли 2"), (5, "погибли 5"), (11, "погибли 11"), (21, "погиб 21")],
)
def test_the_dead_agree_with_their_number(count: int, said: str) -> None:
    assert killed(count).replace("\N{NO-BREAK SPACE}", " ") == said
    assert counted(Decimal(1), HURT) == "пострадал"
    assert counted(Decimal(5), HURT) == "пострадали"


@pytest.mark.parametrize(
    ("number", "word", "dative", "ablative"),
    [
        ("0", "нөл", "ге", "ден"),
        ("1", "бір", "ге", "ден"),
        ("2", "екі", "ге", "ден"),
        ("3", "үш", "ке", "тен"),
        ("4", "төрт", "ке", "тен"),
        ("5", "бес", "ке", "тен"),
        ("6", "алты", "ға", "дан"),
        ("7", "жеті", "ге", "ден"),
        ("8", "сегіз", "ге", "ден"),
        ("9", "тоғыз", "ға", "дан"),
        ("10", "он", "ға", "нан"),
        ("11", "бір", "ге", "ден"),
        ("15", "бес", "ке", "тен"),
        ("20", "жиырма", "ға", "дан"),
        ("21", "бір", "ге", "ден"),
        ("30", "отыз", "ға", "дан"),
        ("40", "қырық", "қа", "тан"),
        ("50", "елу", "ге", "ден"),
        ("60", "алпыс", "қа", "тан"),
        ("70", "жетпіс", "ке", "тен"),
        ("80", "сексен", "ге", "нен"),
        ("90", "тоқсан", "ға", "нан"),
        ("100", "жүз", "ге", "ден"),
        ("110", "он", "ға", "нан"),
        ("2500", "жүз", "ге", "ден"),
        ("4000", "мың", "ға", "нан"),
        ("3000000", "миллион", "ға", "нан"),
        ("1.5", "бес", "ке", "тен"),
        ("6.9", "тоғыз", "ға", "дан"),
        ("2.30", "үш", "ке", "тен"),
        ("7.25", "бес", "ке", "тен"),
        ("-6", "алты", "ға", "дан"),
    ],
)
def test_a_kazakh_ending_follows_the_last_word_that_is_spoken(
    number: str, word: str, dative: str, ablative: str
) -> None:
    spoken = kazakh.last_spoken(Decimal(number))
    assert (spoken, kazakh.dative(spoken), kazakh.ablative(spoken)) == (word, dative, ablative)


@pytest.mark.parametrize(
    ("word", "dative", "ablative", "instrumental"),
    [("пайыз", "ға", "дан", "бен"), ("тонна", "ға", "дан", "мен"), ("қыркүйек", "ке", "тен", "пен"),
     ("наурыз", "ға", "дан", "бен"), ("қазан", "ға", "нан", "мен"), ("қараша", "ға", "дан", "мен"),
     ("миллиард", "қа", "тан", "пен")],
)  # fmt: skip
def test_a_kazakh_word_takes_its_endings(word: str, dative: str, ablative: str, instrumental: str) -> None:
    assert (kazakh.dative(word), kazakh.ablative(word), kazakh.instrumental(word)) == (dative, ablative, instrumental)


@pytest.mark.parametrize(
    ("language", "named", "compared", "one"),
    [
        ("en", "January–August 2025", "January–August 2025", "March 2025"),
        ("ru", "январь–август 2025 года", "январю–августу 2025 года", "марту 2025 года"),
        ("kk", "2025 жылғы қаңтар–тамыз", "2025 жылғы қаңтар–тамызбен", "2025 жылғы наурызбен"),
    ],
)
def test_months_are_named_and_compared_in_their_case(language: Language, named: str, compared: str, one: str) -> None:
    days = month(2025, 1), month(2025, 9)
    march = month(2025, 3)
    assert (months_named(days, language), months_compared(days, language)) == (named, compared)
    assert months_compared((march, shifted(march, 1)), language) == one


def test_every_month_has_its_russian_dative() -> None:
    months = [month(2025, at) for at in range(1, 13)]
    named = [months_compared((first, shifted(first, 1)), "ru").split()[0] for first in months]
    assert " ".join(named) == ("январю февралю марту апрелю маю июню июлю августу сентябрю октябрю ноябрю декабрю")
