"""What a works declares beside its tonnes, and has boards of."""

from models.heat.network import HeatNetwork
from models.stated.measure import Indicator, Project

Declared = Project | Indicator | HeatNetwork
