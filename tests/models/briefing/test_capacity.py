"""What a project adds to capacity: its date means the same in the sentence of the briefing, on the page, in the row."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

import pytest

from models.briefing.capacity import capacity_line, capacity_shown
from models.briefing.modernisation import modernisation_section
from models.stated.measure import AddedCapacity, Milestone, Project
from models.stated.milestone_word import MilestoneWord
from models.stated.project_progress import StatedOfProjects
from models.tables.project_rows import project_rows
from models.works.localize import Language
from models.works.month import shifted
from models.works.plant import Product

if TYPE_CHECKING:
    from models.works.plant import Plant

PLANNED = date(2025, 6, 30).toordinal()
TODAY = date(2025, 6, 10).toordinal()
ROLLED = Product(
    code="rolled", names={"en": "Rolled steel", "ru": "Прокат", "kk": "Прокат"}, definition="by weighbridge",
    basis="finished",
)  # fmt: skip
ADDED = AddedCapacity(product=ROLLED, t_per_year=Decimal(1_500_000), milestone="furnace")
MILL = Project(
    code="mill", names={"en": "Section mill", "ru": "Сортовой стан", "kk": "Сорттық стан"}, owner="A. B.",
    currency="KZT", amounts_in=10**6, capacity=ADDED,
    milestones=(Milestone(code="furnace", names={"en": "Furnace fired", "ru": "Розжиг печи"}, planned=PLANNED),),
)  # fmt: skip
PLANT = cast("Plant", SimpleNamespace(site="works", zone=ZoneInfo("Asia/Almaty")))


def said(forecast: int | None = None, fact: int | None = None) -> dict[tuple[str, str], MilestoneWord]:
    word = MilestoneWord(
        project="mill", milestone="furnace", forecast=forecast, fact=fact, source="Minutes 4", stated_on=TODAY,
        author="P.",
    )  # fmt: skip
    return {word.of: word}


def told(
    project: Project, words: dict[tuple[str, str], MilestoneWord], today: int = TODAY, language: Language = "en"
) -> str:
    line = capacity_line(project, words, today, language)
    assert line is not None
    return line.words.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Section mill adds to capacity 1,500 kt a year (Rolled steel), "
               "expected from 30 Jun 2025 (Furnace fired)."),
        ("ru", "Сортовой стан: прирост мощности 1 500 тыс. т в год (Прокат), ожидается с 30.06.2025 (Розжиг печи)."),
        ("kk", "Сорттық стан: қуат өсімі жылына 1 500 мың тонна (Прокат), күтілетін күні 30.06.2025 (Furnace fired)."),
    ],
)  # fmt: skip
def test_it_is_one_sentence_of_the_briefing_whose_note_says_what_is_counted_and_that_no_target_follows(
    language: Language, sentence: str
) -> None:
    assert told(MILL, {}, TODAY, language) == sentence
    months = date(2025, 5, 1).toordinal(), date(2025, 6, 1).toordinal()
    section = modernisation_section([MILL], StatedOfProjects([], said(PLANNED + 9)), months, TODAY, "en")
    note = section.lines[-1].note
    assert "expected from 9 Jul 2025" in section.lines[-1].words.replace("\xa0", " ")
    assert note is not None
    for words in ("by weighbridge", "Minutes 4", "only by a plan that a planner states"):
        assert words in note.words


@pytest.mark.parametrize(
    ("words", "today", "start", "day"),
    [
        ({}, PLANNED, "expected from 30 Jun 2025 (Furnace fired)", "2025-06-30"),
        ({}, PLANNED + 1, "the date by which it was expected has passed (Furnace fired)", None),
        (said(PLANNED + 9), PLANNED + 5, "expected from 9 Jul 2025 (Furnace fired)", "2025-07-09"),
        (said(PLANNED + 9), PLANNED + 10, "the date by which it was expected has passed (Furnace fired)", None),
        (said(fact=PLANNED + 3), PLANNED + 3, "since 3 Jul 2025 (Furnace fired)", "2025-07-03"),
        (said(fact=PLANNED + 3), PLANNED, "from 3 Jul 2025 (Furnace fired)", "2025-07-03"),
    ],
)
def test_it_counts_from_when_its_milestone_is_reached_or_expected_and_a_date_that_passed_is_none(
    words: dict[tuple[str, str], MilestoneWord], today: int, start: str, day: str | None
) -> None:
    assert told(MILL, words, today) == f"Section mill adds to capacity 1,500 kt a year (Rolled steel), {start}."
    assert capacity_shown(MILL, words, today, "en").replace("\xa0", " ") == f"1,500 kt a year: Rolled steel, {start}"
    newest = project_rows(PLANT, [MILL], StatedOfProjects([], words), today)[-1].fields
    assert (newest["capacity_t_per_year"], newest.get("capacity_from")) == (1_500_000.0, day)
    assert newest["capacity_product_ru"] == "Прокат"


def test_it_counts_from_a_date_that_is_declared_and_what_adds_nothing_says_nothing() -> None:
    start = shifted(date(2025, 6, 1).toordinal(), 1)
    dated = replace(MILL, capacity=AddedCapacity(product=ROLLED, t_per_year=Decimal("950.5"), start=start))
    assert told(dated, {}) == "Section mill adds to capacity 950.5 t a year (Rolled steel), from 1 Jul 2025."
    assert told(dated, {}, start) == "Section mill adds to capacity 950.5 t a year (Rolled steel), since 1 Jul 2025."
    bare = replace(MILL, capacity=None)
    assert capacity_line(bare, {}, TODAY, "en") is None
    assert capacity_shown(bare, {}, TODAY, "en") == ""
    fields = project_rows(PLANT, [bare], StatedOfProjects([], {}), TODAY)[-1].fields
    assert not [name for name in fields if name.startswith("capacity")]
