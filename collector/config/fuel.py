"""Fuel of a configuration: the fuels as they are counted, and the gauges whose hours are kept for them."""

from collector.config.document import PlantFile
from collector.config.fields import names_of
from collector.config.fuel_document import FuelEntry
from models.heat.fuel import CalorificValue, EmissionFactor, Fuel, FuelKind, FuelUse
from models.works.measured_tag import MeasuredTag
from models.works.plant import Plant


def fuel_of(file: PlantFile, plant: Plant) -> FuelUse:
    """What the configuration says of fuel; without a fuel if nothing."""
    if file.fuel is None:
        return FuelUse()
    return FuelUse(
        fuels=tuple(_fuel(each, plant) for each in file.fuel.fuels),
        per_tonne_of=tuple(file.fuel.per_tonne_of),
        gasification=file.fuel.gasification or "",
    )


def fuel_tags(use: FuelUse) -> dict[str, MeasuredTag]:
    """The gauges whose hours are kept, by name."""
    return {tag: MeasuredTag(tag) for tag in use.tags}


def _fuel(entry: FuelEntry, plant: Plant) -> Fuel:
    place = plant.units.get(entry.burned_at) or plant.shops[entry.burned_at]
    return Fuel(
        code=entry.code,
        names=names_of(entry.names),
        kind=FuelKind(entry.kind),
        place=entry.burned_at,
        place_names=place.names,
        flared=entry.flared,
        flow=entry.flow,
        calorific=CalorificValue(
            source=entry.calorific_value.source,
            value=entry.calorific_value.value,
            tag=entry.calorific_value.tag or "",
        ),
        emission=None if entry.co2 is None else EmissionFactor(entry.co2.kg_per_gj, entry.co2.source),
        stuck_s=entry.stuck,
    )
