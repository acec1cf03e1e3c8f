"""What a works declares beside its tonnes, and has boards of."""

from models.heat.fuel import Fuel
from models.heat.network import HeatNetwork
from models.stated.measure import Indicator, Project
from models.works.working import Working

Declared = Project | Indicator | HeatNetwork | Fuel | Working
