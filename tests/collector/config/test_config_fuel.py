"""Fuel: gauges that are the right ones, calorific values that can be, and factors of CO2 that name whose they are."""

from collections.abc import Callable

import pytest

from collector.config.settings import Settings
from models.heat.fuel import FuelKind

Load = Callable[..., Settings]
Faults = Callable[..., list[str]]

SHOP = """\
  - code: power
    names: {en: Power, ru: Энергетика}
    units:
      - code: chp
        kind: chp
        names: {en: CHP}
        tags:
          - {signal: gas, kind: gauge, source: plc, node: g, unit_of_measure: Nm3/h, source_unit_of_measure: тыс. нм3/ч,
             low: 0, high: 60000}
          - {signal: coal, kind: gauge, source: plc, node: c, unit_of_measure: t/h, low: 0, high: 300}
          - {signal: flare, kind: gauge, source: plc, node: f, unit_of_measure: Nm3/h, low: 0, high: 400000}
          - {signal: gas_value, kind: gauge, source: plc, node: v, unit_of_measure: MJ/Nm3, low: 30, high: 40}
"""
FUEL = """\
fuel:
  fuels:
    - code: chp_gas
      names: {en: natural gas of the CHP, ru: газ ТЭЦ}
      kind: natural_gas
      burned_at: chp
      flow: chp.gas
      calorific_value: {tag: chp.gas_value, source: chromatograph of the supplier}
      co2: {kg_per_gj: 56.1, source: approved method}
    - code: chp_coal
      names: {en: coal of the CHP}
      kind: coal
      burned_at: chp
      flow: chp.coal
      calorific_value: {value: 18.5, source: laboratory}
      co2: {kg_per_gj: 94.6, source: approved method}
    - code: bf_flare
      names: {en: flare of the furnaces}
      kind: blast_furnace_gas
      burned_at: power
      flared: true
      flow: chp.flare
      calorific_value: {value: 3.4, source: laboratory}
      co2: {kg_per_gj: 260, source: approved method}
  per_tonne_of: [pig_iron]
"""


@pytest.fixture
def fuelled(plant_text: str) -> str:
    return plant_text.replace("sources:\n", f"{SHOP}{FUEL}sources:\n")


def test_a_fuel_has_its_gauges_its_values_and_whose_numbers_they_are(load_text: Load, fuelled: str) -> None:
    settings = load_text(fuelled)
    gas, coal, flare = settings.fuel.fuels
    assert (gas.kind, gas.flow, gas.calorific.tag) == (FuelKind.NATURAL_GAS, "chp.gas", "chp.gas_value")
    assert (coal.calorific.value, coal.calorific.source) == (18.5, "laboratory")
    assert coal.emission is not None
    assert (coal.emission.kg_per_gj, coal.emission.source) == (94.6, "approved method")
    assert (flare.flared, flare.place_name("ru")) == (True, "Энергетика")
    assert settings.fuel.counts_co2
    assert settings.fuel.per_tonne_of == ("pig_iron",)
    assert {"chp.gas", "chp.gas_value", "chp.coal", "chp.flare"} <= settings.plant.measured.keys()
    (tag,) = (tag for tag in settings.plant.tags if tag.name == "chp.gas")
    assert tag.conversion.applied(12.5) == pytest.approx(12_500)


def test_without_the_section_there_is_no_fuel(load_text: Load, plant_text: str) -> None:
    assert load_text(plant_text).fuel.fuels == ()


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("value: 18.5", "value: 4420", "fuels[1].calorific_value.value:", ["4420 MJ/kg", "5 to 36", "1 kcal"]),
        ("value: 3.4", "value: 18", "fuels[2].calorific_value.value:", ["18 MJ/Nm3", "no blast furnace gas is"]),
        ("value: 18.5, ", "", "fuels[1].calorific_value:", ["give a value or a tag"]),
        ("low: 30, high: 40", "low: 0, high: 40", "fuels[0].calorific_value.tag:", ["between 25 and 50 MJ/Nm3"]),
        ("MJ/Nm3, low: 30", "t/h, low: 30", "fuels[0].calorific_value.tag:", ["kept in t/h, and not in MJ/Nm3"]),
        (", low: 0, high: 300", "", "fuels[1].flow:", ["no low and high", "give that tag low: 0"]),
        ("t/h, low: 0, high: 300", "t/h, low: -5, high: 300", "fuels[1].flow:", ["may fall to -5", "low: 0"]),
        ("kg_per_gj: 94.6, source: approved method", "kg_per_gj: 94.6", "co2.source:", ["is missing", "whose number"]),
        ("      co2: {kg_per_gj: 94.6, source: approved method}\n", "", "fuels[1].co2:", ["no factor", "lack it"]),
        ("kg_per_gj: 94.6", "kg_per_gj: 0.0946", "co2.kg_per_gj:", ["0.0561 is in t", "56100 for each TJ"]),
        ("flow: chp.coal", "flow: chp.coals", "fuels[1].flow:", ["not a tag of this plant", "did you mean chp.coal?"]),
        ("flow: chp.coal", "flow: mine1.coal", "fuels[1].flow:", ["'mine1.coal' is a totalizer; name a gauge"]),
        ("flow: chp.coal", "flow: chp.gas", "fuels[1].flow:", ["already the flow of chp_gas"]),
        ("flow: chp.flare", "flow: bf3.blast", "fuels[2].flow:", ["kept in m3/h, and not in Nm3/h", "corrects for"]),
        ("source_unit_of_measure: тыс. нм3/ч", "source_unit_of_measure: m3/h", "fuels[0].flow:",
         ["'chp.gas' comes in m3/h", "no normal ones"]),
        ("burned_at: power", "burned_at: powr", "fuels[2].burned_at:", ["did you mean power?"]),
        ("code: chp_coal", "code: chp_gas", "fuels[1].code:", ["given twice"]),
        ("      burned_at: chp\n      flow: chp.coal", "      burned_at: chp\n      flared: true\n      flow: chp.coal",
         "fuels[1].flared:", ["coal is not flared"]),
        ("[pig_iron]", "[iron]", "per_tonne_of[0]:", ["did you mean pig_iron?"]),
        ("[pig_iron]", "[pig_iron, pig_iron]", "per_tonne_of[1]:", ["given twice"]),
        ("  per_tonne_of", "  gasification: gas\n  per_tonne_of", "fuel.gasification:", ["not a project"]),
        ("kind: coal", "kind: peat", "fuels[1].kind:", ["natural_gas"]),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place_and_the_next_step(
    faults: Faults, fuelled: str, old: str, new: str, place: str, words: list[str]
) -> None:
    assert old in fuelled
    found = [line for line in faults(fuelled.replace(old, new, 1)) if place in line]
    assert len(found) == 1, faults(fuelled.replace(old, new, 1))
    assert all(word in found[0] for word in words), found


def test_all_faults_are_found_at_once(faults: Faults, fuelled: str) -> None:
    wrong = (
        fuelled.replace("value: 18.5", "value: 4420")
        .replace("value: 3.4", "value: 900")
        .replace("burned_at: power", "burned_at: powr")
        .replace("[pig_iron]", "[tea]")
    )
    assert len(faults(wrong)) == 4
