"""The JSON Schema of plant.yaml, for editors, with the entries and addresses of every type of source."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from collector.config.document import PlantFile
from collector.config.duration import duration_text
from collector.sources.base import SourceType
from collector.sources.registry import source_types

if TYPE_CHECKING:
    from pydantic import BaseModel

_HERE = "#/$defs/"


def plant_schema(types: Mapping[str, SourceType] | None = None) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one whole plant.yaml; `types` are the known types of source (default: all)."""
    types = source_types() if types is None else types
    models: list[type[BaseModel]] = [PlantFile]
    models += [model for source in types.values() for model in (source.config, source.address)]
    references, schema = models_json_schema([(model, "validation") for model in models])
    definitions: dict[str, Any] = schema["$defs"]

    def named(model: type[Any]) -> str:
        return str(references[model, "validation"]["$ref"]).removeprefix(_HERE)

    # A tag's address depends on the type of its source, so the schema has one kind of tag for each type.
    tag = definitions.pop("TagEntry")
    for name, source in types.items():
        config, address = definitions[named(source.config)], definitions[named(source.address)]
        kind = {"const": name, "description": f"the type of the source: {name}"}
        definitions[f"source of {name}"] = {**config, "properties": {**config["properties"], "type": kind}}
        definitions[f"tag of {name}"] = {
            "type": "object",
            "description": f"One signal of one unit, read by a source of type {name}.",
            "properties": {**tag["properties"], **address.get("properties", {})},
            "required": [*tag["required"], *address.get("required", [])],
            "additionalProperties": False,
        }
    for model in {named(model) for source in types.values() for model in (source.config, source.address)}:
        del definitions[model]
    definitions["UnitEntry"]["properties"]["tags"]["items"] = _one_of(f"tag of {name}" for name in types)
    plant = definitions.pop(named(PlantFile))
    plant["properties"]["sources"]["items"] = _one_of(f"source of {name}" for name in types)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **plant, "title": "plant.yaml"}
    whole["$defs"] = dict(sorted(definitions.items()))
    _write_durations(whole)
    return whole


def _one_of(names: Iterator[str]) -> dict[str, Any]:
    options = [{"$ref": _HERE + name.replace(" ", "%20")} for name in names]
    return options[0] if len(options) == 1 else {"anyOf": options}


def _write_durations(part: object) -> None:
    """Write defaults of durations as in a file: 10.0 becomes "10s". Those of whole mappings are at their keys."""
    if isinstance(part, dict):
        if "$ref" in part:
            part.pop("default", None)
        options = [part, *part.get("anyOf", ())] if isinstance(part.get("anyOf", ()), list | tuple) else [part]
        timed = any(isinstance(option, dict) and option.get("format") == "duration-text" for option in options)
        if timed and isinstance(part.get("default"), int | float):
            part["default"] = duration_text(part["default"])
        for value in part.values():
            _write_durations(value)
    elif isinstance(part, list):
        for value in part:
            _write_durations(value)
