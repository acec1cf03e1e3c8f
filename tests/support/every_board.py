"""Every board that a works may have: also those of what the example works declares beside its tonnes."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from collector.config.load import load
from dashboards.grafana.documents import NEWEST, JsonObject, board_documents
from dashboards.grafana.sources import INFLUX, Sources
from models.heat.declared import Declared
from models.heat.fuel import Fuel
from models.heat.network import HeatNetwork
from models.stated.measure import Indicator, Project
from models.works.localize import Language
from models.works.plant import Plant
from models.works.working import Working

EXAMPLE = Path(__file__).resolve().parents[2] / "deploy/plant.yaml"


@cache
def declared() -> tuple[Declared, ...]:
    """What is declared beside tonnes by the example works."""
    return load(EXAMPLE, environment={"TUNDISH_INFLUXDB_TOKEN": "x"}).declared


def stated() -> tuple[Project | Indicator, ...]:
    """Its projects and indicators."""
    return tuple(each for each in declared() if isinstance(each, Project | Indicator))


def networks() -> tuple[HeatNetwork, ...]:
    """Its heat networks."""
    return tuple(each for each in declared() if isinstance(each, HeatNetwork))


def fuels() -> tuple[Fuel, ...]:
    """What it burns and flares."""
    return tuple(each for each in declared() if isinstance(each, Fuel))


def workings() -> tuple[Working, ...]:
    """Its workings of mines."""
    return tuple(each for each in declared() if isinstance(each, Working))


def every_board(
    plant: Plant, languages: Sequence[Language], version: tuple[int, int] = NEWEST, sources: Sources = INFLUX
) -> dict[tuple[Language, str], JsonObject]:
    """Their documents."""
    return board_documents(plant, languages, version, sources, declared())
