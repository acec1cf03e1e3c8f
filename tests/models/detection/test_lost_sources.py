"""A lost source is reported once, by its name. A unit that is silent alone is reported by its own."""

from dataclasses import replace

from models.detection.finding import FindingKind
from models.detection.judgement import Basis
from models.works.codes import UnitState
from tests.models.detection.minutes_of import ALL, Line, Works, furnace, hours, line, mine

CUT = line(1, (1, 0))
STALE = (UnitState.STALE, Basis.SILENT)


def test_data_of_a_whole_source_that_is_lost_name_it_and_those_of_one_unit_do_not() -> None:
    cut = line(1, (1, 0))
    lost = Works(bf3=furnace(heard=cut), bf2=furnace(heard=cut), mine1=mine()).until(2)
    assert {episode.finding.unit: episode.finding.source for episode in lost.episodes()} == {
        "bf3": "furnaces_plc",
        "bf2": "furnaces_plc",
    }
    alone = Works(bf3=furnace(heard=cut), bf2=furnace()).until(2)
    assert [episode.finding.source for episode in alone.episodes()] == [""]


def test_a_source_that_is_lost_is_named_though_one_of_its_units_stands_by_plan() -> None:
    cut = line(1, (1, 0))
    relined = furnace(line(0), heard=cut)
    works = Works(bf3=furnace(heard=cut), bf2=relined, windows={"bf2": [(0, 48)]}).until(2)
    assert works.state("bf2") == (UnitState.PLANNED, Basis.REPAIR)
    assert [(episode.finding.unit, episode.finding.source) for episode in works.episodes()] == [("bf3", "furnaces_plc")]


def read_seldom(bf2: Line, bf3: Line) -> Works:
    """Two furnaces of one source: BF 3 is read every 10 s, BF 2 every two minutes."""
    faces = {"bf3": furnace(heard=bf3), "bf2": furnace(heard=bf2, every_s=120)}
    return Works(step_s=10, cadences={"bf2": 120.0}, **faces)


def test_a_source_whose_units_are_read_at_different_cadences_is_lost_in_one_finding_for_all() -> None:
    works = read_seldom(bf2=CUT, bf3=CUT).until(1.09)
    assert works.state("bf3") == STALE, "the page shows at once that nothing is heard"
    assert works.episodes() == [], "BF 2 has not been overdue for long"
    works.until(1.2)
    found = [episode.finding for episode in works.episodes()]
    assert {finding.unit: (finding.kind, finding.source) for finding in found} == {
        "bf3": (FindingKind.STALE, "furnaces_plc"),
        "bf2": (FindingKind.STALE, "furnaces_plc"),
    }
    assert len(found) == 2
    assert {hours(finding.found_s) for finding in found} == {1.011, 1.103}


def test_a_unit_that_is_silent_alone_is_told_when_the_other_of_its_source_is_heard_next() -> None:
    works = read_seldom(bf2=ALL, bf3=CUT).until(1.03)
    assert works.episodes() == []
    works.until(1.05)
    assert [(episode.finding.unit, episode.finding.source) for episode in works.episodes()] == [("bf3", "")]


def test_of_a_unit_that_is_read_by_two_ways_that_one_is_lost_which_others_fell_silent_with() -> None:
    cut = line(1, (1, 0))
    works = Works(bf3=furnace(heard=cut), bf2=furnace(heard=cut), mine1=mine())
    watched = works.watch.units["bf3"]
    watched.unit = replace(watched.unit, sources=("a_drop_folder", *watched.unit.sources))
    works.until(2)
    assert {episode.finding.source for episode in works.episodes()} == {"furnaces_plc"}
