"""The description of the boards: every text in three languages, every figure in the tables."""

import re
from pathlib import Path

import pytest

from collector.config.load import load
from dashboards.panels import catalogue
from dashboards.panels.board import Board
from dashboards.panels.boards import boards
from dashboards.panels.quantity import Quantity
from dashboards.panels.texts import TEXTS
from models.works.localize import LANGUAGES

ROOT = Path(__file__).resolve().parents[3]
QUANTITIES = [value for value in vars(catalogue).values() if isinstance(value, Quantity)]


@pytest.fixture(scope="module")
def all_boards() -> tuple[Board, ...]:
    settings = load(ROOT / "deploy/plant.yaml")
    return boards(settings.plant, settings.declared)


def test_every_text_is_there_in_three_languages_and_only_names_stay_alike() -> None:
    for key, words in TEXTS.items():
        assert set(words) == set(LANGUAGES), key
        assert all(word.strip() for word in words.values()), key
        for language in ("ru", "kk"):
            letters = re.sub(r"\{.*?\}|SIMULATED|°C", "", words[language])
            assert not re.search(r"[A-Za-z]", letters), f"{key} has English left in {language}: {words[language]}"


def test_every_figure_is_a_field_that_the_tables_page_promises() -> None:
    promised = {}
    for line in (ROOT / "docs/tables.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        for name in re.findall(r"`(\w+)`", cells[2]) if len(cells) > 5 else []:
            promised[name] = line
    promised["output_shift"] = promised["output_hour"]
    for quantity in QUANTITIES:
        if quantity in (catalogue.PACE, *catalogue.IN_EACH_LANGUAGE):
            continue
        lines = promised[quantity.table] + (promised["output_hour"] if quantity.table == "output_day" else "")
        for field in quantity.fields:
            assert re.search(rf"\b{field}\b", lines), f"{quantity.table}.{field}"


def test_every_board_shows_figures_and_names_each_of_its_texts(all_boards: tuple[Board, ...]) -> None:
    assert [board.key for board in all_boards] == [
        "now",
        "unit",
        "plan",
        "growth",
        "heat",
        "safety",
        "modernisation",
        "health",
    ]
    for board in all_boards:
        assert board.key in TEXTS
        for row in board.rows:
            assert not row.title or row.title in TEXTS
            for panel in row.panels:
                assert not panel.title or panel.title in TEXTS
                assert all(quantity.text in TEXTS for quantity in panel.quantities)
                assert len({quantity.table for quantity in panel.quantities}) == 1


def test_works_now_fits_one_screen_of_a_wall(all_boards: tuple[Board, ...]) -> None:
    from dashboards.grafana.board import laid_out

    panels = all_boards[0].rows[0].panels
    bottom = max(place.y + place.h for _, place in laid_out(panels, 0))
    assert bottom * 38 <= 1080 - 80, "a line of Grafana's grid is 38 px high, its header 80 px"
