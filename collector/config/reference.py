"""Writes the reference of every key of plant.yaml from its schema, so that docs/configuration.md cannot drift.

`python -m collector.config.reference docs/configuration.md` renews the part of that file below its marker.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from collector.config.schema import plant_schema

# A heading is one line; the key names of a repeated section are few and the places many.
_MOST_PLACES = 4
MARKER = "<!-- Below here: made by `python -m collector.config.reference docs/configuration.md` -->\n"


def reference(schema: Mapping[str, Any]) -> str:
    """Markdown: a table of keys for every kind of mapping in the schema, headed by its places in the file."""
    places: dict[str, list[str]] = {}
    parts: dict[str, Mapping[str, Any]] = {}
    for place, identity, part in _mappings(schema, "", "", schema["$defs"]):
        places.setdefault(identity, []).append(place)
        parts[identity] = part
    return "\n".join(_section(places[identity], part) for identity, part in parts.items())


def _mappings(
    part: Mapping[str, Any], place: str, identity: str, definitions: Mapping[str, Any]
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """(place, identity, schema) of every mapping with keys of its own, the outer first."""
    if "$ref" in part:
        name = part["$ref"].removeprefix("#/$defs/").replace("%20", " ")
        kind = definitions[name].get("properties", {}).get("type", {}).get("const")
        yield from _mappings(definitions[name], f"{place} (type {kind})" if kind else place, name, definitions)
    elif "properties" in part:
        yield place, identity, part
        for key, value in part["properties"].items():
            yield from _mappings(value, f"{place}.{key}".lstrip("."), identity, definitions)
    for option in (*part.get("anyOf", ()), *part.get("oneOf", ())):
        yield from _mappings(option, place, identity, definitions)
    if "items" in part:
        yield from _mappings(part["items"], f"{place}[]", identity, definitions)
    for value in part.get("patternProperties", {}).values():
        yield from _mappings(value, f"{place}.NAME", identity, definitions)


def _section(places: list[str], part: Mapping[str, Any]) -> str:
    heading = ", ".join(f"`{place}`" for place in places[:_MOST_PLACES]) if places != [""] else "The top of the file"
    if len(places) > _MOST_PLACES:
        heading += f" and {len(places) - _MOST_PLACES} more of that kind"
    lines = [f"### {heading}", ""]
    if description := part.get("description"):
        lines += [" ".join(description.split()), ""]
    lines += ["| key | value | default | meaning |", "|---|---|---|---|"]
    required = part.get("required", [])
    for key, value in part["properties"].items():
        default = "required" if key in required else _default(value)
        lines.append(f"| `{key}` | {_kind(value)} | {default} | {_cell(value.get('description', ''))} |")
    return "\n".join(lines) + "\n"


def _default(part: Mapping[str, Any]) -> str:
    default = part.get("default")
    if "$ref" in part:
        return "those of its keys"
    if default in (None, [], {}):
        return "none"
    return f"`{default}`" if isinstance(default, str) else f"`{json.dumps(default)}`"


def _kind(part: Mapping[str, Any]) -> str:
    members = (*part.get("anyOf", ()), *part.get("oneOf", ()))
    options = [option for option in members if option.get("type") != "null"]
    if options:
        return " or ".join(dict.fromkeys(_kind(option) for option in options))
    if "const" in part:
        return f"`{part['const']}`"
    if "enum" in part:
        return ", ".join(f"`{value}`" for value in part["enum"])
    if part.get("format") == "duration-text":
        return f"duration from {part['formatMinimum']} to {part['formatMaximum']}"
    if "$ref" in part:
        return "mapping"
    if part.get("type") == "array":
        return f"list of {_kind(part.get('items', {}))}"
    names = {"string": "text", "integer": "whole number", "boolean": "true or false", "object": "mapping"}
    limits = {"exclusiveMinimum": ">", "minimum": ">=", "maximum": "<=", "exclusiveMaximum": "<"}
    bounds = [f"{sign} {part[name]}" for name, sign in limits.items() if name in part]
    return " ".join([names.get(part.get("type", ""), part.get("type", "any")), " and ".join(bounds)]).strip()


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def renew(file: Path) -> None:
    """Rewrite the part of `file` below the marker."""
    head, _, _ = file.read_text(encoding="utf-8").partition(MARKER)
    file.write_text(f"{head}{MARKER}\n{reference(plant_schema())}", encoding="utf-8")


if __name__ == "__main__":
    renew(Path(sys.argv[1]))
