"""The settings of a group as its program uses them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from collector.group.kafka_settings import KafkaSettings
from models.group.group_plan import GroupProduct, GroupSite


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSettings:
    """`sites` by code. `data_dir`: the folder of the ledger. `file`: where all this stands."""

    code: str
    names: Mapping[str, str]
    kafka: KafkaSettings
    sites: Mapping[str, GroupSite]
    products: tuple[GroupProduct, ...]
    data_dir: Path
    file: Path

    def name(self, language: str) -> str:
        """The name of the group in `language`; English if that one is not given."""
        return self.names.get(language) or self.names["en"]
