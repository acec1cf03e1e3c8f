"""The boards: one file each, a function of the plant."""

from dashboards.panels.board import Board
from dashboards.panels.boards.data_health import data_health
from dashboards.panels.boards.month_against_plan import month_against_plan
from dashboards.panels.boards.monthly_growth import monthly_growth
from dashboards.panels.boards.unit import unit
from dashboards.panels.boards.works_now import works_now
from models.works.plant import Plant


def boards(plant: Plant) -> tuple[Board, ...]:
    """All boards of a plant, in the order in which they are linked."""
    return tuple(make(plant) for make in (works_now, unit, month_against_plan, monthly_growth, data_health))
