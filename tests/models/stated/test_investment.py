"""Growth of investment: the same projects in both spans, currencies apart, and nothing guessed."""

from datetime import date
from decimal import Decimal

import pytest

from dashboards.web.investment_rows import investment_rows
from models.briefing.investment import investment_lines
from models.stated.investment import early_payments, investment_growth, investment_spans, newest_paid_month
from models.stated.measure import MeasureKind, Project, StatedMeasure
from models.stated.project_progress import ProjectsAsKnown, StatedOfProjects
from models.works.localize import Language
from models.works.month import months_between, shifted


def first(year: int, month: int) -> int:
    return date(year, month, 1).toordinal()


MILL = Project(code="mill", names={"en": "Mill", "ru": "Стан"}, owner="A. B.", currency="KZT", amounts_in=10**9)
COKE = Project(code="coke", names={"en": "Coke", "ru": "Кокс"}, owner="C. D.", currency="KZT", amounts_in=10**9)
LINE = Project(code="line", names={"en": "Line"}, owner="E. F.", currency="USD", amounts_in=10**6)
EIGHT = (first(2025, 1), first(2025, 9))
BASE = (first(2024, 1), first(2024, 9))


def paid(code: str, months: tuple[int, int], each: str) -> list[StatedMeasure]:
    """The same payment in every month of a span."""
    return [
        StatedMeasure(
            subject=code, kind=MeasureKind.PAID, start=low, end=high, value=Decimal(each), growth_pct=None,
            source="act", stated_on=high + 9, author="P.",
        )
        for low, high in months_between(*months)
    ]  # fmt: skip


def test_payments_are_compared_for_the_projects_whose_months_are_all_stated_in_both_spans() -> None:
    numbers = paid("mill", EIGHT, "12") + paid("mill", BASE, "10") + paid("coke", EIGHT, "5")
    (growth,) = investment_growth([MILL, COKE], numbers, EIGHT, BASE)
    assert (growth.paid, growth.before, growth.pct) == (96 * 10**9, 80 * 10**9, Decimal("20.0"))
    assert (growth.of, growth.without) == (("mill",), ("coke",))
    (growth,) = investment_growth([MILL, COKE], numbers + paid("coke", BASE, "0"), EIGHT, BASE)
    assert (growth.paid, growth.pct, growth.without) == (136 * 10**9, Decimal("70.0"), ())


def test_a_month_that_nobody_stated_takes_its_project_out_of_both_sums() -> None:
    numbers = paid("mill", EIGHT, "12") + paid("mill", BASE, "10")
    (growth,) = investment_growth([MILL], numbers[1:], EIGHT, BASE)
    assert (growth.paid, growth.before, growth.pct, growth.without) == (0, 0, None, ("mill",))


def test_currencies_are_never_added() -> None:
    numbers = [
        *paid("mill", EIGHT, "12"),
        *paid("mill", BASE, "10"),
        *paid("line", EIGHT, "3"),
        *paid("line", BASE, "4"),
    ]
    found = investment_growth([MILL, LINE], numbers, EIGHT, BASE)
    assert [(each.currency, each.pct) for each in found] == [("KZT", Decimal("20.0")), ("USD", Decimal("-25.0"))]


def test_a_month_is_compared_with_the_one_before_with_that_of_last_year_and_since_january() -> None:
    january = first(2025, 1)
    assert investment_spans(january) == (
        ((january, first(2025, 2)), (first(2024, 12), january)),
        ((january, first(2025, 2)), (first(2024, 1), first(2024, 2))),
        ((january, first(2025, 2)), (first(2024, 1), first(2024, 2))),
    )
    assert investment_spans(first(2025, 8))[2] == (EIGHT, BASE)
    assert newest_paid_month(paid("mill", EIGHT, "12")) == first(2025, 8)
    assert newest_paid_month([]) is None


def test_one_early_payment_is_not_the_newest_month() -> None:
    august, september = first(2025, 8), (first(2025, 9), first(2025, 10))
    four = [number for code in ("mill", "coke", "line", "gas") for number in paid(code, EIGHT, "12")]
    early = [*four, *paid("mill", september, "5")]
    assert newest_paid_month(early) == august
    assert early_payments(early, august) == {september[0]: {"mill"}}
    # Two of four are no more than half; three are.
    early += paid("coke", september, "5")
    assert newest_paid_month(early) == august
    early += paid("gas", september, "0")
    assert newest_paid_month(early) == september[0]
    assert early_payments(early, september[0]) == {}
    # A new project counts only if it is one of those of the year before; the first month of all has none before it.
    assert newest_paid_month([*four, *paid("new", september, "5")]) == august
    assert newest_paid_month(paid("mill", september, "5")) == september[0]
    # One that stopped paying over a year ago is waited for no more.
    old = paid("mill", (first(2023, 1), first(2023, 9)), "1")
    assert newest_paid_month([*old, *paid("coke", (august, september[1]), "1")]) == september[0]


def test_the_page_compares_the_month_that_most_state_and_names_the_early_one() -> None:
    numbers = paid("mill", EIGHT, "12") + paid("coke", EIGHT, "5") + paid("mill", (EIGHT[1], first(2025, 10)), "3")
    known = ProjectsAsKnown([MILL, COKE], [], StatedOfProjects(numbers, {}), EIGHT[1] + 40)
    rows = list(investment_rows(known, "en"))
    assert "August 2025" in rows[0][0].shown
    assert (rows[-1][0].shown, rows[-1][1].shown) == ("September 2025", "")
    assert "Mill" in rows[-1][4].shown
    assert "Coke" not in rows[-1][4].shown


@pytest.mark.parametrize(
    ("language", "now", "before", "said"),
    [
        ("en", "1.1", "1", "Payments in January–August 2025 against January–August 2024: up 10 %, from 8 bn tenge "
         "to 8.8 bn tenge; without Coke, of which not all months are stated."),
        ("ru", "1.11", "1", "Оплата за январь–август 2025 года к январю–августу 2024 года: рост на 11 процентов, "
         "с 8 млрд тенге до 8,9 млрд тенге; без учёта: Кокс (внесены не все месяцы)."),
        ("ru", "1.01", "1", "Оплата за январь–август 2025 года к январю–августу 2024 года: рост на 1 процент, "
         "с 8 млрд тенге до 8,1 млрд тенге; без учёта: Кокс (внесены не все месяцы)."),
        ("kk", "1.06", "1", "2025 жылғы қаңтар–тамыз бойынша төлем 2024 жылғы қаңтар–тамызбен салыстырғанда "
         "6 пайызға өсті: бұрын 8 млрд теңге, енді 8,5 млрд теңге; мыналарсыз: Coke (барлық айы енгізілмеген)."),
        ("en", "1", "2", "Payments in January–August 2025 against January–August 2024: down 50 %, from 16 bn tenge "
         "to 8 bn tenge; without Coke, of which not all months are stated."),
        ("ru", "1", "1", "Оплата за январь–август 2025 года к январю–августу 2024 года: без изменений, "
         "8 млрд тенге; без учёта: Кокс (внесены не все месяцы)."),
        ("en", "1", "0", "Payments in January–August 2025: 8 bn tenge; there is no growth, for nothing was paid in "
         "January–August 2024; without Coke, of which not all months are stated."),
    ],
)  # fmt: skip
def test_the_briefing_says_how_payments_grew(language: Language, now: str, before: str, said: str) -> None:
    known = paid("mill", EIGHT, now) + paid("mill", BASE, before) + paid("coke", EIGHT, "1")
    (line,) = investment_lines([MILL, COKE], known, EIGHT, language)
    assert line.words.replace("\xa0", " ") == said
    assert line.note is not None
    assert ("act" in line.note.words, line.missing) == (True, before == "0")


def test_one_month_is_compared_with_the_month_before_too_and_what_is_not_known_says_so() -> None:
    august = (first(2025, 8), first(2025, 9))
    known = paid("mill", (shifted(august[0], -1), august[0]), "10") + paid("mill", august, "9")
    words = [line.words.replace("\xa0", " ") for line in investment_lines([MILL, LINE], known, august, "en")]
    assert words == [
        "Payments in August 2025 against July 2025: down 10 %, from 10 bn tenge to 9 bn tenge.",
        "The growth of payments in tenge from August 2024 to August 2025 is not known: of no project each month of "
        "both is stated.",
    ]
    assert investment_lines([MILL], known, (first(2026, 1), first(2026, 2)), "en") == []


@pytest.mark.parametrize(
    ("language", "compared", "early"),
    [
        ("en", "Payments in January–August 2025 against January–August 2024: up 20 %, from 80 bn tenge to 96 bn tenge",
         "Payments of September 2025 are stated so far for Mill only: they are compared when over half of the projects "
         "state them."),
        ("ru", "Оплата за январь–август 2025 года к январю–августу 2024 года: рост на 20 процентов",
         "Оплата за сентябрь 2025 года пока внесена только по проектам: Стан; сравнивается, когда внесут больше "
         "половины проектов."),
        ("kk", "2025 жылғы қаңтар–тамыз бойынша төлем 2024 жылғы қаңтар–тамызбен салыстырғанда 20 пайызға өсті",
         "2025 жылғы қыркүйек бойынша төлем әзірге тек мына жобалар бойынша енгізілген: Mill; жобалардың жартысынан "
         "көбі енгізгенде салыстырылады."),
    ],
)  # fmt: skip
def test_the_briefing_steps_back_to_the_month_that_most_state_as_the_page_does_and_names_the_early_one(
    language: Language, compared: str, early: str
) -> None:
    september = (EIGHT[1], first(2025, 10))
    known = [number for span in (EIGHT, BASE) for number in paid("coke", span, "1")]
    known += paid("mill", EIGHT, "11") + paid("mill", BASE, "9") + paid("mill", september, "3")
    lines = investment_lines([MILL, COKE], known, (EIGHT[0], september[1]), language)
    said = [line.words.replace("\xa0", " ") for line in lines]
    assert len(said) == 2
    assert said[0].startswith(compared)
    assert said[1] == early
    assert lines[1].missing
    page = investment_rows(ProjectsAsKnown([MILL, COKE], [], StatedOfProjects(known, {}), september[1] + 9), language)
    assert [row[3].shown for row in page if "–" in row[0].shown] == ["+20\xa0%"]
    # Of the early month alone nothing is compared yet.
    (only,) = investment_lines([MILL, COKE], known, september, language)
    assert only.words.replace("\xa0", " ") == early
