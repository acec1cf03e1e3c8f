"""The tree of errors is whole: every class of it stands in one module, and in that module's first lines."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from collector import errors

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("models", "collector", "dashboards")
HOME = "collector/errors.py"
BRANCH = re.compile(r"^(?P<bars>[│├└ ]*)[├└]── (?P<name>\w+)", re.MULTILINE)
INDENT = 4


def classes() -> Iterator[tuple[str, str, list[str]]]:
    """(file, class, names of its bases) of everything that the rooms define."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    bases = [ast.unparse(base).rpartition(".")[2] for base in node.bases]
                    yield path.relative_to(ROOT).as_posix(), node.name, bases


def descendants(root: str) -> dict[str, tuple[str, str]]:
    """By class: (file, its parent), of every class below `root`."""
    found: dict[str, tuple[str, str]] = {}
    known = list(classes())
    parents = [root]
    while parents:
        parent = parents.pop()
        for file, name, bases in known:
            if parent in bases and name not in found:
                found[name] = (file, parent)
                parents.append(name)
    return found


def drawn() -> dict[str, str]:
    """By class: its parent, as the tree in the first lines of the module shows it."""
    found: dict[str, str] = {}
    path = ["CollectorError"]
    for match in BRANCH.finditer(errors.__doc__ or ""):
        depth = 1 + len(match["bars"]) // INDENT
        path[depth:] = [match["name"]]
        found[match["name"]] = path[depth - 1]
    return found


def test_every_foreseen_error_is_defined_in_one_module() -> None:
    assert {name: file for name, (file, _) in descendants("CollectorError").items() if file != HOME} == {}


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    assert drawn() == {name: parent for name, (_, parent) in descendants("CollectorError").items()}


def test_errors_that_stay_beside_their_code_are_listed() -> None:
    local = {name for name, (file, _) in descendants("ValueError").items() if file.startswith("collector/")}
    assert {name for name in local if not re.search(rf"\b{name}\b", errors.__doc__ or "")} == set()
