"""Turns what pydantic found into plain sentences with the bad value and the fix."""

import difflib
import functools
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from collector.config.problem import Path, Problems

M = TypeVar("M", bound=BaseModel)
MISSING = "the key is missing"

_SECRET = re.compile(r"(password|token|secret|passphrase|credential)(?!_file$)", re.IGNORECASE)
_LOGIN = re.compile(r"//[^/@\s]*@")
_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
}
_LIMITS = {
    "greater_than": ("gt", ">"),
    "greater_than_equal": ("ge", ">="),
    "less_than": ("lt", "<"),
    "less_than_equal": ("le", "<="),
}


_PATTERNS = {
    r"^[a-z0-9][a-z0-9_]{0,62}$": "in small letters a to z, digits and _",
    r"^([01]\d|2[0-3]):[0-5]\d$": "as a time of day, such as 08:00",
    r"^[^@\s,;]+@[^@\s,;]+$": "as an address for mail, such as chief@works.example",
    r"^((Good|Uncertain|Bad)\w*|0x[0-9A-Fa-f]{8})$": "as a status code, such as UncertainLastUsableValue or 0x40900000",
}
"""What each pattern of a field asks for, in words."""


def parse(model: type[M], data: object, at: Path, problems: Problems, *, also_known: Iterable[str] = ()) -> M | None:
    """`data` as a `model`; None if it is not one, and then every reason is in `problems`, with paths from `at`.

    `also_known` are keys that belong beside `data`: they are named if a key is unknown.
    `data` is parsed as JSON, in which strict models take a list for a tuple and a text for an enumeration.
    """
    try:
        return model.model_validate_json(json.dumps(data))
    except ValidationError as error:
        schema = _schema(model)
        reported = _misspelt(error.errors(), data, schema)
        for details in error.errors():
            path = _path(details, data)
            if path not in reported:  # a union reports the same fault once for each member: the first is enough
                reported.add(path)
                problems.add((*at, *path), sentence(details, path, schema, also_known))
        return None


@functools.cache
def _schema(model: type[BaseModel]) -> Mapping[str, Any]:
    """Made once for each model: making it takes longer than everything else that is done for a fault."""
    return model.model_json_schema()


def sentence(details: ErrorDetails, path: Path, schema: Mapping[str, Any], also_known: Iterable[str] = ()) -> str:
    """One sentence for one fault: the bad value, what is wrong with it, and what to give."""
    kind, context = details["type"], details.get("ctx", {})
    part = _part(schema, path, details["loc"])
    fix = _fix(part)
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        known = list(_part(schema, path[:-1])["discriminator"]["mapping"])
        if kind == "union_tag_not_found":
            return f"{MISSING}; give one of {', '.join(known)}"
        return f"'{context['tag']}' is not one of {', '.join(known)}{_nearest(context['tag'], {'enum': known})}"
    if kind == "missing":
        return f"{MISSING}{fix}"
    if kind == "extra_forbidden":
        beside = also_known if len(path) == 1 else ()
        around = _part(schema, path[:-1], details["loc"])
        return unknown_key(str(path[-1]), [*around.get("properties", {}), *beside])
    shown = show(details["input"], path)
    if kind in _WANTED:
        quoted = isinstance(details["input"], str) and _WANTED[kind] != "text"
        return f"{shown} is not {_WANTED[kind]}{', but text' if quoted else ''}{fix}"
    if kind in _LIMITS:
        name, sign = _LIMITS[kind]
        return f"{shown} is not {sign} {context[name]:g}{fix}"
    if kind in ("literal_error", "enum"):
        return f"{shown} is not one of {context['expected']}{_nearest(details['input'], part) or fix}"
    if kind == "string_pattern_mismatch":
        words = _PATTERNS.get(context["pattern"], f"as the pattern {context['pattern']} asks")
        return f"{shown} is not written {words}{fix}"
    if kind in ("too_short", "string_too_short"):
        return f"the {'list' if isinstance(details['input'], list) else 'text'} is empty{fix}"
    if kind in ("value_error", "assertion_error"):
        text = str(context["error"])
        # A validator that names the value itself, or that judges several keys together, has said everything.
        return text if isinstance(details["input"], dict | list) or text.startswith(shown) else f"{shown} {text}"
    return f"{shown} is wrong: {details['msg'][:1].lower()}{details['msg'][1:]}{fix}"


def unknown_key(key: str, known: Iterable[str]) -> str:
    """The sentence for a key that nobody reads. Its value is never shown: it may be a secret."""
    names = sorted(known)
    if _SECRET.search(key):
        place = f", and give its path as {key}_file" if f"{key}_file" in names else ""
        return f"a secret must not be in the configuration; put it into a file of its own{place}"
    near = difflib.get_close_matches(key, names, n=1)
    if near:
        return f"the key is unknown; did you mean {near[0]}?"
    return f"the key is unknown; known here: {', '.join(names)}" if names else "the key is unknown; remove it"


def _misspelt(errors: Iterable[ErrorDetails], data: object, schema: Mapping[str, Any]) -> set[Path]:
    """Paths of keys that are there misspelt, and need not be reported as missing too."""
    found: set[Path] = set()
    for details in errors:
        if details["type"] == "extra_forbidden":
            path = _path(details, data)
            known = _part(schema, path[:-1], details["loc"]).get("properties", {})
            found |= {(*path[:-1], near) for near in difflib.get_close_matches(str(path[-1]), known, n=1)}
    return found


def did_you_mean(value: object, known: Iterable[str]) -> str:
    """A hint at the nearest known word, or else the list of them."""
    names = sorted(known)
    near = difflib.get_close_matches(str(value), names, n=1)
    if near:
        return f"did you mean {near[0]}?"
    return f"known: {', '.join(names)}" if names else "none is defined"


def show(value: object, path: Path) -> str:
    """The value as text for a message: short, and never a secret."""
    if any(isinstance(step, str) and _SECRET.search(step) for step in path):
        return "the value (not shown)"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if value is None:
        return "no value"
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else f"'{_LOGIN.sub('//***@', value)}'"
    # One fault is one line on a terminal.
    return text if len(text) <= 80 else f"{text[:76]}...'"


def _nearest(value: object, part: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(str(value), [str(name) for name in part.get("enum", [])], n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _fix(part: Mapping[str, Any]) -> str:
    description = str(part.get("description", "")).split("\n")[0].rstrip(".")
    if not description:
        return ""
    given = re.match(r"(the|a|an|how|what|where|whose|which|true) ", description, re.IGNORECASE)
    return f"; give {description[0].lower()}{description[1:]}" if given else f"; meaning: {description}"


def _path(details: ErrorDetails, data: object) -> Path:
    """The steps of pydantic's location that lead through the data; those that name members of a union are left out."""
    path: list[str | int] = []
    here = data
    location = details["loc"]
    for number, step in enumerate(location):
        last = number == len(location) - 1
        if (isinstance(here, dict) and step in here) or (isinstance(here, list) and isinstance(step, int)):
            here = here[step]  # type: ignore[index] # the condition says that the step fits
        elif not (last and details["type"] == "missing"):
            continue
        path.append(step)
    if details["type"] in ("union_tag_not_found", "union_tag_invalid"):
        path.append(details["ctx"]["discriminator"].strip("'"))
    return tuple(path)


def _part(schema: Mapping[str, Any], path: Path, tags: Path = ()) -> Mapping[str, Any]:
    """The part of a JSON Schema that describes `path`, with its references and unions resolved; {} if none does.

    `tags` name the members of unions that a key tells apart; all members count if none of them does.
    """
    definitions = schema.get("$defs", {})
    part: Mapping[str, Any] = schema
    for step in path:
        part = _resolved(part, definitions, tags)
        if isinstance(step, int):
            part = part.get("items", {})
        else:
            others = [*part.get("patternProperties", {}).values(), part.get("additionalProperties")]
            part = part.get("properties", {}).get(step) or others[0] or {}
        if not isinstance(part, Mapping):
            return {}
    return _resolved(part, definitions, tags)


def _resolved(part: Mapping[str, Any], definitions: Mapping[str, Any], tags: Path) -> Mapping[str, Any]:
    members = part.get("anyOf", part.get("allOf", part.get("oneOf", [])))
    options = [option for option in members if option.get("type") != "null"]
    named = [tag for tag in part.get("discriminator", {}).get("mapping", {}) if tag in tags]
    if named:
        options = [{"$ref": part["discriminator"]["mapping"][named[0]]}]
    if options:
        resolved = [_resolved(option, definitions, tags) for option in options]
        properties = {key: value for option in resolved for key, value in option.get("properties", {}).items()}
        return {**resolved[0], **({"properties": properties} if properties else {}), **part}
    if "$ref" in part:
        return {**_resolved(definitions[part["$ref"].rpartition("/")[2]], definitions, tags), **part}
    return part
