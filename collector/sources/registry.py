"""Finds the source types: every module or package of `collector.sources` that has a `SOURCE`."""

import importlib
import pkgutil
from collections.abc import Mapping
from types import ModuleType

import collector.sources
from collector.errors import ConfigurationError
from collector.sources.base import SourceType


def source_types(package: ModuleType = collector.sources) -> Mapping[str, SourceType]:
    """The source types of `package` by their `type`, in alphabetical order.

    Raises:
        ConfigurationError: a module cannot be imported, or two claim the same type.
    """
    found: dict[str, tuple[str, SourceType]] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        full_name = f"{package.__name__}.{name}"
        try:
            source = getattr(importlib.import_module(full_name), "SOURCE", None)
        except ImportError as error:
            raise ConfigurationError(
                f"source module {full_name} cannot be imported: {error}; install what it needs, or remove it"
            ) from error
        if not isinstance(source, SourceType):
            continue
        if source.type in found:
            raise ConfigurationError(
                f"source type {source.type!r} is defined by {found[source.type][0]} and by {full_name}; remove one"
            )
        found[source.type] = (full_name, source)
    return {name: source for name, (_, source) in sorted(found.items())}
