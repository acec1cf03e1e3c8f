"""What is not weighed in the simulated works: its projects month by month, and the indicators of its region.

The sizes are those of the works that the simulation is made after (110 bn tenge paid in eight months; the region's
output up 7 %, its investment up 11.1 %); every number is made up.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from collector.simulation.beside.fuels import NEXT_IN_DAYS, SWITCHED_DAYS
from models.stated.measure import MeasureKind, StatedMeasure
from models.stated.milestone_word import MilestoneWord
from models.works.month import month_of, shifted, year_start

AUTHOR = "simulated planner"
GASIFICATION = "gasification"
PUBLISHED_AFTER_DAYS = 14
"""A month is published in the middle of the next one."""
INVESTMENT_GROWS = Decimal("1.111")
"""What is paid in a year to what was paid in the year before."""
_ACTS = "simulated acts of completed work"
_MINUTES = "simulated minutes of the project office"
_STATISTICS = "simulated statistics of the region"
_PROJECTS = (
    # code, names, paid a month (million tenge), budget, ready at the begin of the history and percent a month, jobs a
    # month
    ("casting_rolling", ("Casting and rolling complex", "Литейно-прокатный комплекс", "Құю-илемдеу кешені"),
     5900, 420_000, (8, 2), 22),
    ("coke_batteries", ("Coke batteries 8 and 9", "Коксовые батареи № 8 и 9", "№ 8 және 9 кокс батареялары"),
     4750, 260_000, (15, 3), 9),
    ("section_mill", ("Section rolling mill", "Сортопрокатный стан", "Сорттық илемдеу станы"),
     2500, 95_000, (20, 3), 14),
    (GASIFICATION, ("Gasification of the CHP plant", "Газификация ТЭЦ", "ЖЭО-ны газдандыру"), 600, 48_000, (20, 2), 3),
)  # fmt: skip
_STEPS = (
    # code, names, planned so many days ago, reached or expected so many days after that, project
    ("foundations", ("Foundations laid", "Фундаменты готовы", "Іргетас құйылды"), 200, 10, "casting_rolling"),
    ("caster", ("Caster installed", "МНЛЗ смонтирована", "ҮҚМ орнатылды"), 20, 75, "casting_rolling"),
    ("battery_8", ("Battery 8 heated up", "Разогрев батареи № 8", "№ 8 батарея қыздырылды"), 90, 5, "coke_batteries"),
    (
        "boiler_1",
        ("Boiler 1 on gas", "Котёл № 1 на газе", "№ 1 қазанды газға көшіру"),
        SWITCHED_DAYS[0] + 12,
        12,
        GASIFICATION,
    ),
    (
        "boiler_2",
        ("Boiler 2 on gas", "Котёл № 2 на газе", "№ 2 қазанды газға көшіру"),
        SWITCHED_DAYS[1],
        0,
        GASIFICATION,
    ),
    (
        "boiler_3",
        ("Boiler 3 on gas", "Котёл № 3 на газе", "№ 3 қазанды газға көшіру"),
        SWITCHED_DAYS[2] + 25,
        25,
        GASIFICATION,
    ),
    (
        "boiler_4",
        ("Boiler 4 on gas", "Котёл № 4 на газе", "№ 4 қазанды газға көшіру"),
        -NEXT_IN_DAYS + 20,
        20,
        GASIFICATION,
    ),
    ("stands", ("Stands installed", "Клети смонтированы", "Клеттер орнатылды"), 40, 0, "section_mill"),
)
_CAPACITY = {
    # project: product, tonnes a year, the step from which it is there
    "casting_rolling": ("rolled", 1_500_000, "caster"),
    "coke_batteries": ("coke_dry", 1_000_000, "battery_8"),
}
_SERIES = (
    # code, names, a month of this year (billion tenge), growth to the same months of last year (percent)
    ("industrial_output", ("Industrial output", "Промышленное производство", "Өнеркәсіп өндірісі"), "400", "7"),
    ("fixed_investment", ("Investment in fixed capital", "Инвестиции в основной капитал",
                          "Негізгі капиталға инвестициялар"), "80.6", "11.1"),
)  # fmt: skip


def measures_sections(today: date) -> dict[str, list[dict[str, Any]]]:
    """The sections `indicators` and `projects` of the configuration; the steps of projects lie around `today`."""
    return {
        "indicators": [
            {
                "code": code,
                "names": _names(names),
                "unit_of_measure": {"en": "bn tenge", "ru": "млрд тенге", "kk": "млрд теңге"},
                "definition": "SIMULATED: cumulative since January, in prices of the year",
                "definition_in": {
                    "ru": "ИМИТАЦИЯ: нарастающим итогом с января, в ценах года",
                    "kk": "ИМИТАЦИЯ: қаңтардан бері өсу қорытындысымен, жыл бағасымен",
                },
            }
            for code, names, _, _ in _SERIES
        ],
        "projects": [
            {
                "code": code,
                "names": _names(names),
                "owner": "SIMULATED: head of capital construction",
                "currency": "KZT",
                "budget": budget,
                "milestones": [
                    {"code": step, "names": _names(called), "planned": today - timedelta(days=before)}
                    for step, called, before, _, of in _STEPS
                    if of == code
                ],
            }
            | _adds_capacity(code)
            for code, names, _, budget, _, _ in _PROJECTS
        ],
    }


def _adds_capacity(project: str) -> dict[str, Any]:
    if project not in _CAPACITY:
        return {}
    product, t_per_year, step = _CAPACITY[project]
    return {"adds_capacity": {"product": product, "t_per_year": t_per_year, "from_milestone": step}}


def history_measures(first: int, last: int) -> Iterator[StatedMeasure]:
    """What had been published by the date `last` (an ordinal) of the months since `first`."""
    month, passed = month_of(first), 0
    while shifted(month, 1) + PUBLISHED_AFTER_DAYS <= last:
        years_ago = date.fromordinal(last).year - date.fromordinal(month).year
        yield from _projects(month, passed, years_ago)
        yield from _indicators(month, years_ago)
        month, passed = shifted(month, 1), passed + 1


def history_milestones(today: int) -> Iterator[MilestoneWord]:
    """What had been said of the steps of projects by that date (an ordinal): all but one were reached."""
    for step, _, before, after, project in _STEPS:
        due = today - before + after
        yield MilestoneWord(
            project=project,
            milestone=step,
            forecast=due if due > today else None,
            fact=due if due <= today else None,
            source=_MINUTES,
            stated_on=min(due, today),
            author=AUTHOR,
        )


def _projects(month: int, passed: int, years_ago: int) -> Iterator[StatedMeasure]:
    # Builders are paid somewhat later in some months and catch up in the next.
    late = Decimal("0.1") if date.fromordinal(month).month % 2 else Decimal("-0.1")
    for code, _, this_year, _, (ready, progress), jobs in _PROJECTS:
        monthly = (this_year / INVESTMENT_GROWS**years_ago).quantize(Decimal(1))
        numbers = {
            MeasureKind.WORK_PLAN: monthly,
            MeasureKind.WORK_DONE: monthly * (1 - late / 2),
            MeasureKind.PAID_PLAN: monthly,
            MeasureKind.PAID: monthly * (1 - late),
            MeasureKind.PHYSICAL_PCT: Decimal(min(ready + progress * passed, 99)),
            MeasureKind.JOBS: Decimal(jobs * (passed + 1)),
        }
        for kind, number in numbers.items():
            yield _stated(code, kind, (month, shifted(month, 1)), number, None)


def _indicators(month: int, years_ago: int) -> Iterator[StatedMeasure]:
    months = date.fromordinal(month).month
    for code, _, monthly, growth in _SERIES:
        value = Decimal(monthly) * months / (1 + Decimal(growth) / 100) ** years_ago
        span = year_start(month), shifted(month, 1)
        yield _stated(code, MeasureKind.VALUE, span, value.quantize(Decimal("0.1")), Decimal(growth))


def _stated(
    subject: str, kind: MeasureKind, span: tuple[int, int], value: Decimal, growth_pct: Decimal | None
) -> StatedMeasure:
    return StatedMeasure(
        subject=subject,
        kind=kind,
        start=span[0],
        end=span[1],
        value=value,
        growth_pct=growth_pct,
        source=_ACTS if growth_pct is None else _STATISTICS,
        stated_on=span[1] + PUBLISHED_AFTER_DAYS,
        author=AUTHOR,
    )


def _names(names: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("en", "ru", "kk"), names, strict=True))
