"""Tags of units that were renamed: what is remembered under their former names goes on under the present ones.

Without that, a counter would start anew without a gap, and a ring would be taken again from its beginning.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from collector.service.predecessors import carried_on
from models.counting.count_state import CountState
from models.works.plant import Plant, Tag

T = TypeVar("T")


def under_present_names(plant: Plant, tags: Iterable[Tag], kept: Mapping[str, T]) -> dict[str, T]:
    """What is kept by name of a tag, with a copy for each tag of which only a former name is there."""
    found = dict(kept)
    for tag in tags:
        if tag.name in kept:
            continue
        for unit in plant.units[tag.unit].renamed_from:
            former = f"{unit}.{tag.signal}"
            if former in kept:
                found[tag.name] = kept[former]
    return found


def inherited(plant: Plant, states: Mapping[str, CountState]) -> dict[str, CountState]:
    """The states of counters under their present names; their kept readings stay with the former ones."""
    found = under_present_names(plant, plant.tags, states)
    for name in found.keys() - states.keys():
        found[name] = carried_on(found[name])
    return found
