"""The configuration of a source from options of a command, with the faults in the words of plant.yaml."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collector.sources.base import SourceConfig

Config = TypeVar("Config", bound="SourceConfig")


def config_of(kind: type[Config], entry: Mapping[str, object], command: str) -> Config:
    """The configuration. Raises ConfigurationError: the options do not fit together."""
    from collector.config.problem import Problems, path_text
    from collector.config.sentences import parse
    from collector.errors import ConfigurationError

    problems = Problems()
    config = parse(kind, dict(entry), (), problems)
    if config is None:
        faults = "; ".join(f"{path_text(each.path) or 'options'}: {each.text}" for each in problems.found)
        raise ConfigurationError(f"{faults}; see tundish {command} --help")
    return config
