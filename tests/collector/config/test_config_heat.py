"""Heat supply: a graph that is one, gauges that are the right ones, and rules that name their clause and approver."""

from collections.abc import Callable

import pytest

from collector.config.settings import Settings
from models.counting.derived import NOTHING_HELD, DerivedTags
from models.counting.reading import ReadingBatch

Load = Callable[..., Settings]
Faults = Callable[..., list[str]]

SHOP = """\
  - code: power
    names: {en: Power}
    units:
      - code: chp
        kind: chp
        names: {en: CHP}
        tags:
          - {signal: outdoor, kind: gauge, source: plc, node: o, unit_of_measure: degC}
          - {signal: t1, kind: gauge, source: plc, node: t1, unit_of_measure: degC}
          - {signal: t2, kind: gauge, source: plc, node: t2, unit_of_measure: degC}
          - {signal: flow, kind: gauge, source: plc, node: g, unit_of_measure: t/h, source_unit_of_measure: kg/s}
          - {signal: meter, kind: gauge, source: plc, node: q, unit_of_measure: Gcal/h, source_unit_of_measure: MW}
      - {code: boiler1, kind: boiler, names: {en: Boiler 1}}
"""
HEAT = """\
heat_supply:
  networks:
    - code: town
      names: {en: Town, kk: Қала}
      outdoor: chp.outdoor
      supply: chp.t1
      return: chp.t2
      flow: chp.flow
      graph:
        - {outdoor: -30, supply: 110, return: 65}
        - {outdoor: 8, supply: 65, return: 45}
      regime_flow: 4000
      limits: {clause: item 547, approver: chief engineer, frost_outdoor: -20}
  boilers: [{unit: boiler1, gcal_h: 80}]
  coal: coal_raw
"""


@pytest.fixture
def heated(plant_text: str) -> str:
    return plant_text.replace("sources:\n", f"{SHOP}{HEAT}sources:\n")


def test_a_network_has_its_graph_its_limits_and_a_heat_that_is_made_for_it(load_text: Load, heated: str) -> None:
    settings = load_text(heated)
    (network,) = settings.heat.networks
    assert network.graph.at(-11).supply == 87.5
    assert (network.limits.deviation_pct, network.limits.low_by, network.limits.frost_supply) == (3, 3, 80)
    assert (network.limits.clause, network.limits.approver) == ("item 547", "chief engineer")
    assert network.outdoor_hours == 12
    assert network.tags.all == ("chp.outdoor", "chp.t1", "chp.t2", "chp.flow", "chp.town_heat")
    (heat,) = (tag for tag in settings.plant.tags if tag.name == network.tags.heat)
    assert (heat.unit_of_measure, heat.formula, heat.signal_names["kk"]) == (
        "Gcal/h",
        "flow * (t1 - t2) / 1000",
        "жылу, Қала",
    )
    assert [boiler.unit for boiler in settings.heat.boilers] == ["boiler1"]
    assert settings.heat.coal == "coal_raw"


def test_what_is_made_of_a_reading_of_4000_t_h_at_95_and_60_is_140_gcal_h(load_text: Load, heated: str) -> None:
    settings = load_text(heated)
    place = {tag.name: index for index, tag in enumerate(settings.plant.tags)}
    flow = settings.plant.tags[place["chp.flow"]].conversion.applied(4000 / 3.6)
    values = {"chp.flow": float(flow), "chp.t1": 95.0, "chp.t2": 60.0}
    now = 1_790_751_600 * 10**9
    batch = ReadingBatch.of("plc", now, [(place[name], value, now, 2) for name, value in values.items()])
    made, _ = DerivedTags.of(settings.plant.tags).compute(batch, NOTHING_HELD, (), ())
    assert made.values[-1] == pytest.approx(140)
    assert made.tags[-1] == place["chp.town_heat"]


def test_a_heat_meter_in_megawatts_is_taken_as_it_is(load_text: Load, heated: str) -> None:
    settings = load_text(heated.replace("      flow: chp.flow\n", "      flow: chp.flow\n      heat: chp.meter\n"))
    (network,) = settings.heat.networks
    assert network.tags.heat == "chp.meter"
    assert [tag.name for tag in settings.plant.tags if tag.formula] == []
    (meter,) = (tag for tag in settings.plant.tags if tag.name == "chp.meter")
    assert meter.conversion.applied(162.82) == pytest.approx(140)


def test_hours_of_a_load_are_kept_with_the_value_above_which_a_boiler_works(load_text: Load, heated: str) -> None:
    settings = load_text(heated.replace("gcal_h: 80}", "gcal_h: 80, load: chp.meter, works_above: 4}"))
    (boiler,) = settings.heat.boilers
    assert (boiler.load, boiler.works_above) == ("chp.meter", 4.0)
    assert settings.plant.measured["chp.meter"].limits == (4.0,)
    assert load_text(heated).heat.boilers[0].load == ""


def test_without_the_section_there_is_no_heat_supply(load_text: Load, plant_text: str) -> None:
    assert load_text(plant_text).heat.networks == ()


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("supply: 65, return: 45", "supply: 111, return: 45", "graph[1]:", ["T1 is 111 degC here"]),
        ("supply: 65, return: 45", "supply: 65, return: 66", "graph[1]:", ["T2, 66 degC, is not below T1, 65 degC"]),
        ("{outdoor: 8, supply", "{outdoor: -30, supply", "graph[1]:", ["of one outdoor temperature, -30"]),
        ("        - {outdoor: 8, supply: 65, return: 45}\n", "", "graph[0]:", ["one point", "two or more"]),
        ("clause: item 547, ", "", "limits.clause:", ["is missing", "the clause of the technical rules"]),
        ("approver: chief engineer, ", "", "limits.approver:", ["is missing", "who approved"]),
        (", frost_outdoor: -20", "", "limits.frost_outdoor:", ["is missing"]),
        ("frost_outdoor: -20", "frost_outdoor: 0", "limits.frost_supply:", ["asks for 74.4737 degC alone"]),
        ("frost_outdoor: -20", "frost_outdoor: -20, very_low_by: 2", "limits.very_low_by:", ["not above low_by, 3"]),
        ("supply: chp.t1", "supply: chp.t11", "supply:", ["not a tag of this plant", "did you mean chp.t1?"]),
        ("supply: chp.t1", "supply: mine1.coal", "supply:", ["'mine1.coal' is a totalizer; name a gauge"]),
        ("supply: chp.t1", "supply: chp.t2", "return:", ["'chp.t2' is already the supply of this network"]),
        ("flow: chp.flow", "flow: bf3.blast", "flow:", ["kept in m3/h, and not in t/h"]),
        ("t/h, source_unit_of_measure: kg/s", "kg/s", "flow:", ["source_unit_of_measure: kg/s"]),
        ("signal: meter", "signal: town_heat", "heat:", ["chp.town_heat exists already"]),
        ("node: t1, unit_of_measure", 'formula: "outdoor + t2", unit_of_measure', "supply:", ["has a formula itself"]),
        ("{unit: boiler1,", "{unit: boiler2,", "heat_supply.boilers[0].unit:", ["did you mean boiler1?"]),
        ("[{unit: boiler1,", "[{unit: boiler1, gcal_h: 8}, {unit: boiler1,", "boilers[1].unit:", ["given twice"]),
        ("gcal_h: 80}", "gcal_h: 80, load: chp.t11}", "boilers[0].load:", ["did you mean chp.t1?"]),
        ("gcal_h: 80}", "gcal_h: 80, load: mine1.coal}", "boilers[0].load:", ["is a totalizer; name a gauge"]),
        ("coal: coal_raw", "coal: coal", "heat_supply.coal:", ["'coal' is not a product", "did you mean coal_raw?"]),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place_and_the_next_step(
    faults: Faults, heated: str, old: str, new: str, place: str, words: list[str]
) -> None:
    assert old in heated
    found = faults(heated.replace(old, new, 1))
    assert len(found) == 1, found
    (line,) = found
    assert place in line
    assert all(word in line for word in words), line


def test_all_faults_are_found_at_once(faults: Faults, heated: str) -> None:
    wrong = (
        heated.replace("supply: 65, return: 45", "supply: 111, return: 45")
        .replace("supply: chp.t1", "supply: chp.x")
        .replace("gcal_h: 80", "gcal_h: -1")
        .replace("coal: coal_raw", "coal: tea")
    )
    assert len(faults(wrong)) == 4


def test_a_shape_that_is_wrong_hides_no_other_fault(faults: Faults, heated: str) -> None:
    text = heated
    for old, new in (
        ("regime_flow: 4000", "regime_flow: much"),
        ("limits: {clause: item 547, ", "limits: {very_low_by: 2, "),
        ("outdoor: chp.outdoor", "outdoor: chp.gone"),
        ("supply: chp.t1", "supply: chp.flow"),
        (
            "- {outdoor: 8, supply: 65, return: 45}",
            "- {outdoor: 8, supply: 120, return: 45}\n        - {outdoor: 10, supply: warm, return: 40}",
        ),
        ("coal: coal_raw", "coal: coal_gone"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    told = "\n".join(faults(text))
    for words in (
        *("regime_flow", "limits.clause", "2 is not above low_by, 3", "'chp.gone' is not a tag", "T1 is 120 degC here"),
        *("graph[2].supply", "'chp.flow' is kept in t/h, and not in degC", "'coal_gone' is not a product"),
    ):
        assert words in told, told
