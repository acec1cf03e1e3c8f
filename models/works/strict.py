"""The base of every pydantic model at an edge: strict, frozen, no unknown keys."""

from pydantic import BaseModel, ConfigDict


class StrictModel(BaseModel):
    """Refuses unknown keys and silent type coercion; instances do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
