"""What a group is: its sites, and which of their products make up each of its own."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSite:
    """`late_after_s`: a site that has said nothing for longer is late."""

    code: str
    names: Mapping[str, str]
    late_after_s: float

    def name(self, language: str) -> str:
        """The name in `language`; English if that one is not given."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupProduct:
    """`parts`: (site, product of that site), each of which is added once."""

    code: str
    names: Mapping[str, str]
    definition: str
    parts: tuple[tuple[str, str], ...]

    def name(self, language: str) -> str:
        """The name in `language`; English if that one is not given."""
        return self.names.get(language) or self.names["en"]
