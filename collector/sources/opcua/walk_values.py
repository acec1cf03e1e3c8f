"""Steps over values and structures, each as the library would read it.

The steps over structures are made from the library's own classes, by the rules by which it makes its decoders: so what
was walked is what it reads. A structure of a type that it does not know stays bytes.
"""

import functools
import math
from collections.abc import Sequence
from dataclasses import fields
from enum import Enum, IntFlag
from typing import Any

from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import (
    _resolve_type_in_dataclass_context,
    get_safe_type_hints,
    nodeid_from_binary,
    resolve_uatype,
)
from asyncua.ua.uatypes import (
    type_allow_subclass,
    type_from_list,
    type_from_optional,
    type_is_list,
    type_is_optional,
    type_is_union,
    types_or_list_from_union,
)

from collector.sources.opcua.ceilings import FIELDS_A_PART, MOST_DIMENSIONS
from collector.sources.opcua.walk import (
    Fixed,
    Records,
    Step,
    Undecodable,
    Walk,
    array,
    localized_text,
    node_id,
    qualified_name,
    text,
)

_AFTER_VALUE = tuple(
    sum(size for bit, size in ((2, 4), (4, 8), (8, 8), (16, 2), (32, 2)) if mask & bit) for mask in range(256)
)
"""By the first byte of a DataValue, the bytes of status, two stamps and their picoseconds."""
_HAS_DIMENSIONS, _IS_ARRAY = 0x40, 0x80


def data_value(walk: Walk, at: int) -> int:
    """Over a DataValue."""
    mask, at = walk.byte(at), at + 1
    if mask & 1:
        at = variant(walk, at)
    return walk.skip(at, _AFTER_VALUE[mask])


def variant(walk: Walk, at: int) -> int:
    """Over a Variant: a value of any type, or an array of them."""
    encoding, at = walk.byte(at), at + 1
    step = _BY_NUMBER[encoding & 0x3F]
    if isinstance(step, Fixed) and encoding < _HAS_DIMENSIONS:
        return walk.skip(at, step.size)
    walk.deeper()
    if encoding & _IS_ARRAY:
        length = walk.length(at)
        at = array(lambda: step)(walk, at)
        if encoding & _HAS_DIMENSIONS:
            at = _dimensions(walk, at, length)
    elif encoding & _HAS_DIMENSIONS:
        raise Undecodable("a single value with the dimensions of an array")
    else:
        at = step(walk, at)
    walk.depth += 1
    return at


def _dimensions(walk: Walk, at: int, length: int) -> int:
    """Over the dimensions of an array, which the library fills up to their product and takes apart level by level."""
    count, at = walk.length(at), at + 4
    if not 1 <= count <= MOST_DIMENSIONS:
        raise Undecodable(f"an array of {count} dimensions")
    after = walk.skip(at, 4 * count)
    sizes = [int.from_bytes(walk.body[place : place + 4], "little", signed=True) for place in range(at, after, 4)]
    # Of each level by itself, too: where the first dimension is 0, the library still fills up those below it.
    claimed = math.prod(size or 1 for size in sizes)
    if min(sizes) < 0 or claimed > max(1, length):
        raise Undecodable(f"dimensions {sizes} of an array of {length}")
    return after


def extension_object(walk: Walk, at: int) -> int:
    """Over a structure of whatever type: into it where the library knows the type, else over its bytes."""
    behind_type = node_id(walk, at)
    kind = nodeid_from_binary(Buffer(walk.body, at, behind_type - at))
    has_body, at = walk.byte(behind_type) & 1, behind_type + 1
    is_none = kind.Identifier == 0
    known = None if is_none else ua.extension_objects_by_typeid.get(kind)
    if not has_body:
        if known is not None:
            raise Undecodable(f"a {known.__name__} without its parts")
        return at
    length, at = walk.length(at), at + 4
    walk.deeper()
    if length == -1:  # left out by old servers: the library reads on, and what it does not know to the end
        after = step_of(known)(walk, at) if known is not None else at if is_none else walk.end
    else:
        after, end = walk.skip(at, length), walk.end
        if known is not None:
            walk.end = after
            step_of(known)(walk, at)
            walk.end = end
    walk.depth += 1
    return after


def diagnostic_info(walk: Walk, at: int) -> int:
    """Over a DiagnosticInfo. The library decodes the one inside it as an ExtensionObject, so that is what is walked."""
    return _structure(ua.DiagnosticInfo)(walk, at)


def _size_by_head(mask: int, encoding: int) -> int:
    """The size of a DataValue that holds a single number, from its first two bytes; 0 if it holds anything else."""
    if not mask & 1 or encoding >= _HAS_DIMENSIONS:
        return 0
    step = _BY_NUMBER[encoding]
    return 2 + step.size + _AFTER_VALUE[mask] if isinstance(step, Fixed) else 0


BUILT_IN: dict[str, Step] = {
    "Null": Fixed(0),
    "Boolean": Fixed(1, numbers=True),
    "SByte": Fixed(1, numbers=True),
    "Byte": Fixed(1, numbers=True),
    "Int16": Fixed(2, numbers=True),
    "UInt16": Fixed(2, numbers=True),
    "Int32": Fixed(4, numbers=True),
    "UInt32": Fixed(4, numbers=True),
    "Int64": Fixed(8, numbers=True),
    "UInt64": Fixed(8, numbers=True),
    "Float": Fixed(4, numbers=True),
    "Double": Fixed(8, numbers=True),
    "String": text,
    "DateTime": Fixed(8),
    "Guid": Fixed(16),
    "ByteString": text,
    "XmlElement": text,
    "NodeId": node_id,
    "ExpandedNodeId": node_id,
    "StatusCode": Fixed(4),
    "QualifiedName": qualified_name,
    "LocalizedText": localized_text,
    "ExtensionObject": extension_object,
    "DataValue": Records(data_value, 0, _size_by_head),
    "Variant": variant,
    "DiagnosticInfo": diagnostic_info,
}
_OTHERS: dict[str, Step] = {"Bytes": text, "CharArray": text, "Char": Fixed(1, numbers=True)}
_BY_NUMBER = tuple(
    BUILT_IN[ua.VariantType(number).name] if number in ua.VariantType._value2member_map_ else text
    for number in range(64)
)


@functools.cache
def step_of(kind: Any, owner: Any = None) -> Step:  # noqa: ANN401 - types, as the library's classes name them
    """The step over a value of a type of the library. `owner`: the class whose part it is."""
    kind, is_optional = resolve_uatype(kind)
    if not is_optional and type_is_union(kind):
        is_array, kind = types_or_list_from_union(kind)
        if not is_array:
            return step_of(kind, kind)
    if type_is_list(kind):
        element = _resolve_type_in_dataclass_context(type_from_list(kind), owner)
        return array(lambda: _element(element))
    name = kind.__name__
    known = BUILT_IN.get(name) or _OTHERS.get(name)
    # Named when it is walked: a class may hold itself.
    return known or (lambda walk, at: _structure(kind)(walk, at))


@functools.cache
def _element(kind: Any) -> Step:  # noqa: ANN401 - a type, as the library's classes name it
    """The step over an element of an array, which is walked now: nothing need be named late."""
    found, _ = resolve_uatype(kind)
    if isinstance(found, type) and found.__name__ not in BUILT_IN.keys() | _OTHERS.keys():
        return _structure(found)
    return step_of(kind)


@functools.cache
def _structure(kind: Any) -> Step:  # noqa: ANN401 - one of the library's classes
    """The step over a structure, enumeration or union."""
    if kind is ua.MonitoredItemNotification:
        handle: Step = Fixed(4)
        return Records(_sequence((handle, data_value)), 4, _size_by_head)
    if issubclass(kind, Enum):
        number = kind.datatype() if issubclass(kind, IntFlag) and hasattr(kind, "datatype") else "UInt32"
        return BUILT_IN[number]
    if issubclass(kind, ua.UaUnion):
        return _union(kind)
    hints = get_safe_type_hints(kind, {"ua": ua})
    parts: list[tuple[int, Step]] = []
    mask_size, optional = 0, 0
    for field in fields(kind):
        hint, bit = hints[field.name], 0
        if type_is_optional(hint):
            bit, optional, hint = 1 << optional, optional + 1, type_from_optional(hint)
        step = extension_object if type_allow_subclass(hint) else step_of(hint, kind)
        if field.name == "Encoding" and isinstance(step, Fixed):
            mask_size = step.size
        parts.append((bit, step))
    names = [field.name for field in fields(kind)]
    if optional and "Encoding" in names:
        return _optional_parts(parts, names.index("Encoding"), mask_size)
    # Without the field that says which parts there are, the library reads none of them.
    return _sequence(_merged([step for bit, step in parts if not bit]), len(parts) // FIELDS_A_PART)


def _merged(steps: Sequence[Step]) -> list[Step]:
    """The same steps, neighbours of fixed size as one."""
    merged: list[Step] = []
    for step in steps:
        if merged and isinstance(step, Fixed) and isinstance(merged[-1], Fixed):
            merged[-1] = Fixed(merged[-1].size + step.size)
        else:
            merged.append(step)
    return merged


def _sequence(steps: Sequence[Step], weight: int = 0) -> Step:
    if len(steps) == 1 and isinstance(steps[0], Fixed):
        return steps[0]

    def walk_sequence(walk: Walk, at: int) -> int:
        walk.deeper()
        walk.count(weight)
        for step in steps:
            at = step(walk, at)
        walk.depth += 1
        return at

    return walk_sequence


def _optional_parts(parts: Sequence[tuple[int, Step]], mask_place: int, mask_size: int) -> Step:
    weight = len(parts) // FIELDS_A_PART

    def walk_optional(walk: Walk, at: int) -> int:
        walk.deeper()
        walk.count(weight)
        mask = 0
        for place, (bit, step) in enumerate(parts):
            if bit and not mask & bit:
                continue
            before, at = at, step(walk, at)
            if place == mask_place:
                mask = int.from_bytes(walk.body[before : before + mask_size], "little")
        walk.depth += 1
        return at

    return walk_optional


def _union(kind: Any) -> Step:  # noqa: ANN401 - one of the library's classes
    choices = [step_of(choice, kind) for choice in kind._union_types]

    def walk_union(walk: Walk, at: int) -> int:
        after = walk.skip(at, 4)
        chosen = int.from_bytes(walk.body[at:after], "little")
        if not 1 <= chosen <= len(choices):
            return after
        walk.deeper()
        after = choices[chosen - 1](walk, after)
        walk.depth += 1
        return after

    return walk_union
