"""The plant tree as a document that is kept beside its figures, so that old figures are read as it was then."""

from typing import Any

from pydantic import TypeAdapter

from models.works.plant import Plant

_PLANT = TypeAdapter(Plant)
_NOT_KEPT: Any = {
    "detection": True,
    "limits": True,
    "units": {"__all__": {"alarms", "nameplate_t_per_day", "quality_ratio", "quality_source"}},
    "balance": {"__all__": {"stock": {"__all__": {"least_t", "most_t"}}}},
}
"""Rules of detection, limits of colours and alarms make no figure, nor does what could be made, is good or may lie in
stock; a later version may have other ones."""


def plant_to_json(plant: Plant) -> str:
    """The tree without what makes no figure. Equal trees give equal texts."""
    return _PLANT.dump_json(plant, exclude=_NOT_KEPT).decode()


def plant_from_json(text: str) -> Plant:
    """The tree of `plant_to_json`, with detection and limits as they are by default.

    Raises ValueError: it is none, or of a version that is not known.
    """
    return _PLANT.validate_json(text)
