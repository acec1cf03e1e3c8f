"""The boards: one file each, a function of the plant."""

from collections.abc import Sequence

from dashboards.panels.board import Board
from dashboards.panels.boards.data_health import data_health
from dashboards.panels.boards.heat import heat
from dashboards.panels.boards.mine_safety import mine_safety
from dashboards.panels.boards.modernisation import modernisation
from dashboards.panels.boards.month_against_plan import month_against_plan
from dashboards.panels.boards.monthly_growth import monthly_growth
from dashboards.panels.boards.unit import unit
from dashboards.panels.boards.works_now import works_now
from models.heat.declared import Declared
from models.heat.fuel import Fuel
from models.heat.network import HeatNetwork
from models.stated.measure import Indicator, Project
from models.works.plant import Plant
from models.works.working import Working


def boards(plant: Plant, declared: Sequence[Declared] = ()) -> tuple[Board, ...]:
    """All boards of a plant, in the order in which they are linked. `declared`: what it has beside tonnes."""
    networks = [each for each in declared if isinstance(each, HeatNetwork)]
    fuels = [each for each in declared if isinstance(each, Fuel)]
    workings = [each for each in declared if isinstance(each, Working)]
    stated = [each for each in declared if isinstance(each, Project | Indicator)]
    beside = [
        *([heat(networks, fuels)] if networks or fuels else []),
        *([mine_safety(workings)] if workings else []),
        *([modernisation(stated)] if stated else []),
    ]
    of_tonnes = (works_now(plant), unit(plant), month_against_plan(plant), monthly_growth(plant))
    return (*of_tonnes, *beside, data_health(plant))
