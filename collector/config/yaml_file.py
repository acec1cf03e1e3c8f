"""Reads one YAML file, or a folder of them, into plain data and the line of every value.

Scalars are those of the YAML 1.2 core schema: `12:00`, `no` and `2025-01-01` are texts, and `1e6` is a number.
"""

import math
import re
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from collector.config.problem import Mark, Path, Problems, path_text
from collector.config.yaml_bounds import YamlTooLarge, check_text
from collector.errors import ConfigurationError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser reads a large plant ten times faster


class _Loader(_Base):  # type: ignore[misc] # the base is chosen when the module loads
    """Composes nodes; knows null, true/false, whole numbers and decimal numbers."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own protocol


_NULL, _BOOL, _INT = re.compile(r"^(null|~|)$"), re.compile(r"^(true|false)$"), re.compile(r"^[-+]?[0-9]+$")
_MOST_DIGITS = 20
"""Of 2^64, where a counter of 64 bits starts again."""
_FLOAT = re.compile(r"^[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?$")
for _tag, _pattern, _first in (
    ("null", _NULL, ["n", "~", ""]),
    ("bool", _BOOL, list("tf")),
    ("int", _INT, list("-+0123456789")),
    ("float", _FLOAT, list("-+.0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", _pattern, _first)


_DATA_FILES = ("ledger.db", "journal.db")
"""What people name by mistake: other commands take a data folder where this one takes a plant."""


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """`data` as one plain mapping; `marks` leads from the path of a value (or of its key) to its line. `unread`: why
    files of a folder could not be read."""

    data: dict[str, Any]
    marks: dict[Path, Mark]
    unread: list[str] = field(default_factory=list)


def read_document(path: FilePath, problems: Problems, option: str = "--plant or TUNDISH_PLANT") -> YamlDocument:
    """`read_readable`, if everything can be read.

    Raises:
        ConfigurationError: there is nothing to read, a file cannot be read, or its YAML cannot be parsed.
    """
    document = read_readable(path, problems, option)
    if document.unread:
        raise ConfigurationError("\n".join(document.unread))
    return document


def read_readable(path: FilePath, problems: Problems, option: str = "--plant or TUNDISH_PLANT") -> YamlDocument:
    """Read `path`: a file, or a folder whose *.yaml files are merged in the order of their names.

    Mappings are merged and lists joined; a value given by two files is a problem that names both. `option`: how the
    user names such a file.

    Raises:
        ConfigurationError: there is nothing to read, or no file of it can be read.
    """
    merged = YamlDocument({}, {})
    failures = merged.unread
    files = _files(path, option)
    for file in files:
        try:
            node = _compose(_regular(file, option))
        except ConfigurationError as error:
            failures.append(str(error))
            continue
        merged.marks.setdefault((), Mark(str(file), 1))
        if node is None:
            continue
        if not isinstance(node, yaml.MappingNode):
            failures.append(f"{file}:1 the file has no keys; start with `version: 1`")
            continue
        _merge_mapping(merged, (), merged.data, node, str(file), problems)
    if len(failures) == len(files):
        raise ConfigurationError("\n".join(failures))
    return merged


def _files(path: FilePath, option: str) -> list[FilePath]:
    try:
        is_folder = path.is_dir()
    except OSError as error:  # a name of 300 letters
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror}); name it with {option}") from error
    if is_folder:
        files = sorted(path.glob("*.yaml"))
        if not files:
            kept = [name for name in _DATA_FILES if (path / name).exists()]
            what = f"is a data folder (it holds {', '.join(kept)})" if kept else "the folder holds no *.yaml file"
            raise ConfigurationError(f"{path}: {what}; name plant.yaml with {option}")
        return files
    return [path]


def _regular(path: FilePath, option: str) -> FilePath:
    """The file itself. A pipe or a device is refused: reading it would wait for whoever writes to it."""
    if path.is_file():
        return path
    if path.is_symlink() or path.exists():
        raise ConfigurationError(f"{path}: is not a regular file; name a file with {option}")
    raise ConfigurationError(f"{path}: there is no such file; name it with {option}")


def _compose(file: FilePath) -> yaml.Node | None:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        if file.name in _DATA_FILES:
            raise ConfigurationError(f"{file}: is a file of a data folder, and no plant.yaml") from error
        raise ConfigurationError(f"{file}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read ({error.strerror}); check its permissions") from error
    loader = _Loader(text)
    try:
        check_text(text, _Loader)
        node: yaml.Node | None = loader.get_single_node()
    except YamlTooLarge as error:
        raise ConfigurationError(f"{file}:{error}") from error
    except yaml.MarkedYAMLError as error:
        # The parser's own snippet is not shown: the line may hold a secret.
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        about = " ".join(part for part in (error.context, error.problem) if part)
        raise ConfigurationError(f"{file}:{line} is not YAML: {about}; check indent, quotes and brackets") from error
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{file}:1 is not YAML: an unprintable character; remove it") from error
    else:
        return node
    finally:
        loader.dispose()


def _merge_mapping(
    document: YamlDocument, path: Path, into: dict[str, Any], node: yaml.MappingNode, file: str, problems: Problems
) -> None:
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        mark = Mark(file, key_node.start_mark.line + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            problems.add(path, "a key is itself a list or a mapping; give a plain word", mark)
            continue
        key = str(key_node.value)
        at = (*path, key)
        if key in seen:
            problems.add(at, f"the key is already given in line {seen[key]}; keep one of the two", mark)
            continue
        seen[key] = mark.line
        if key not in into:
            into[key] = _value(document, at, value_node, mark, problems)
        elif isinstance(into[key], dict) and isinstance(value_node, yaml.MappingNode):
            _merge_mapping(document, at, into[key], value_node, file, problems)
        elif isinstance(into[key], list) and isinstance(value_node, yaml.SequenceNode):
            _append(document, at, into[key], value_node, file, problems)
        else:
            problems.add(at, f"the key is already given in {document.marks[at]}; keep one of the two", mark)


def _append(
    document: YamlDocument, path: Path, into: list[Any], node: yaml.SequenceNode, file: str, problems: Problems
) -> None:
    for item in node.value:
        at = (*path, len(into))
        into.append(_value(document, at, item, Mark(file, item.start_mark.line + 1), problems))


def _value(document: YamlDocument, path: Path, node: yaml.Node, mark: Mark, problems: Problems) -> Any:  # noqa: ANN401
    document.marks[path] = mark
    # plant.yaml is about eight levels deep. Only an alias that refers to itself nests further, and does so forever.
    if len(path) > 40:
        raise ConfigurationError(
            f"{mark} {path_text(path[:3])}: is nested without end; remove the alias that refers to itself"
        )
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        _merge_mapping(document, path, mapping, node, mark.file, problems)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        items: list[Any] = []
        _append(document, path, items, node, mark.file, problems)
        return items
    return _scalar(str(node.value), node.tag.rpartition(":")[2])


def _scalar(text: str, tag: str) -> str | int | float | bool | None:
    match tag:
        case "null" if _NULL.fullmatch(text):
            return None
        case "bool" if _BOOL.fullmatch(text):
            return text == "true"
        # The tag may be written beside the value, which then need not look like it. What is none stays a text, which
        # the model refuses: what is beyond 64 bits is a slip of the hand.
        case "int" if len(text) <= _MOST_DIGITS and _INT.fullmatch(text) and abs(int(text)) <= 2**64:
            return int(text)
        case "float" if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
            return float(text)
        case _:
            return text
