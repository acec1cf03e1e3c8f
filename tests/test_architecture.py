"""The rooms and what each may import; the order of the domain; names and parameters; how long a file may be."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("models", "collector", "dashboards")
FOLDERS = {".ci", "benchmarks", "collector", "dashboards", "deploy", "docs", "models", "tests"}
PURE_THIRD_PARTY = {"babel", "numpy", "pydantic", "scipy"}
IMPURE = {
    "asyncio", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "queue", "random", "secrets",
    "select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib",
}  # fmt: skip
"""Standard library that reaches sockets, files, clocks, environment or chance: not for models."""
LIFE_OF_A_FIGURE = (
    *(
        "works",
        "counting",
        "stated",
        "books",
        "detection",
        "tables",
        "group",
        "heat",
        "briefing",
        "why",
        "recovery",
        "rehearsal",
        "alerts",
        "access",
    ),
)
"""The folders of models/, in the order in which a figure passes them, and last who may do something about it: each
imports itself and those before it."""
WIRING = ("collector/cli/", "collector/service/")
ONE_SYSTEM = {"fcntl", "msvcrt", "pwd", "grp", "resource", "termios", "winreg"}
IMPURE_CALLS = {"open", "input", "datetime.now", "datetime.utcnow", "date.today"}
ONE_SYSTEM_CALLS = {"os.fsync", "os.kill", "loop.add_signal_handler"}
MOST_LINES = 300
MOST_PARAMETERS = 6
LONGER = {
    "tests/collector/config/test_config_faults.py": "one table of faults, a row each",
}


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def nodes(text: str) -> tuple[ast.AST, ...]:
    """Of a source; each file is looked at by several tests."""
    return tuple(ast.walk(ast.parse(text)))


def imports(text: str) -> Iterator[str]:
    """The full names of the modules that a source imports, also inside functions and for types alone."""
    for node in nodes(text):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def forbidden(room: str, path: str, text: str) -> list[str]:
    """What a file of this room imports or calls and may not."""
    found = []
    for name in imports(text):
        top = name.split(".")[0]
        if room == "models":
            allowed = (
                top == "models" or top in PURE_THIRD_PARTY or (top in sys.stdlib_module_names and top not in IMPURE)
            )
        elif room == "dashboards":
            allowed = top not in ("collector", "tests", "benchmarks")
        else:
            allowed = top not in ("dashboards", "tests", "benchmarks") or (
                top == "dashboards" and path.startswith(WIRING)
            )
        if not allowed or top == ".":
            found.append(name)
        if top in ONE_SYSTEM and path != "collector/host.py":
            found.append(name)
    if room == "models":
        found += [
            call for call in calls(text) if call in ("open", "input", "datetime.now", "date.today", "datetime.utcnow")
        ]
    if path != "collector/host.py":
        found += [call for call in calls(text) if call in ONE_SYSTEM_CALLS]
    return found


def calls(text: str) -> Iterator[str]:
    for node in nodes(text):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.long
@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    found = {
        name: wrong
        for path in sources(room)
        if (wrong := forbidden(room, name := path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("room", "path", "text"),
    [
        ("models", "models/x.py", "import socket"),
        ("models", "models/x.py", "def f():\n    from collector import host"),
        ("models", "models/x.py", "from datetime import datetime\ndatetime.now()"),
        ("models", "models/x.py", "import structlog"),
        ("models", "models/x.py", "from . import codes"),
        ("dashboards", "dashboards/x.py", "from collector.storage import ledger"),
        ("collector", "collector/storage/x.py", "import dashboards.web.app"),
        ("collector", "collector/storage/x.py", "import fcntl"),
        ("collector", "collector/storage/x.py", "import os\nos.fsync(1)"),
        ("collector", "collector/x.py", "import tests.support"),
    ],
)
def test_the_check_above_can_fail(room: str, path: str, text: str) -> None:
    assert forbidden(room, path, text)


def backwards(path: str, text: str) -> list[str]:
    """What a file of models/ imports from a folder after its own."""
    own = LIFE_OF_A_FIGURE.index(path.split("/")[1])
    folders = [name.split(".")[1] for name in imports(text) if name.startswith("models.")]
    return [folder for folder in folders if folder not in LIFE_OF_A_FIGURE[: own + 1]]


def test_the_domain_stands_in_the_order_of_the_life_of_a_figure() -> None:
    assert {path.name for path in (ROOT / "models").iterdir() if path.is_dir() and path.name != "__pycache__"} == set(
        LIFE_OF_A_FIGURE
    )
    assert [path.name for path in (ROOT / "models").glob("*.py")] == ["__init__.py"]
    found = {
        name: wrong
        for path in (ROOT / "models").glob("*/**/*.py")
        if (wrong := backwards(name := path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_the_check_of_the_order_can_fail() -> None:
    assert backwards("models/books/x.py", "from models.tables.kpi import growth_pct") == ["tables"]
    assert backwards("models/books/x.py", "import models.works.plant\nimport models.books.book") == []


def classes(*folders: str) -> Iterator[tuple[str, str]]:
    """(name, file) of every class."""
    for path in sources(*folders):
        for node in nodes(path.read_text(encoding="utf-8")):
            if isinstance(node, ast.ClassDef):
                yield node.name, path.relative_to(ROOT).as_posix()


def test_a_class_name_is_used_once() -> None:
    """Whoever looks a name up finds one thing. A private class is known in its own file only, and may be named so."""
    found: dict[str, list[str]] = {}
    for name, file in classes(*ROOMS, "benchmarks"):
        if not name.startswith("_"):
            found.setdefault(name, []).append(file)
    assert {name: files for name, files in found.items() if len(files) > 1} == {}


def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [argument.arg for argument in given if argument.arg not in ("self", "cls")]


def is_command(name: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return name.startswith("collector/cli/") and "typer." in ast.unparse(node.args)


def test_no_function_takes_more_than_six_parameters() -> None:
    """Commands apart: their parameters are the options that people type, and stand in docs/commands.md."""
    found = {}
    for path in sources(*ROOMS, "benchmarks"):
        name = path.relative_to(ROOT).as_posix()
        for node in nodes(path.read_text(encoding="utf-8")):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            many = parameters(node)
            if len(many) > MOST_PARAMETERS and not is_command(name, node):
                found[f"{name}:{node.name}"] = len(many)
    assert found == {}


def test_nothing_waits_in_a_way_that_swallows_its_own_cancellation() -> None:
    """Before Python 3.12 `asyncio.wait_for` returns a result that came in the same turn as a cancellation, and the task
    lives on: a source that was to be stopped polled for ever. `asyncio.timeout` does not."""
    found = [
        path.relative_to(ROOT).as_posix()
        for path in sources(*ROOMS)
        if "asyncio.wait_for(" in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_wiring_may_import_the_dashboards() -> None:
    assert forbidden("collector", "collector/cli/desk.py", "from dashboards.web.app import run") == []


def test_the_top_level_is_as_described() -> None:
    there = {path.name for path in ROOT.iterdir() if path.is_dir() and any(path.rglob("*.*"))}
    ours = {name for name in there if not name.startswith(".") or name == ".ci"}
    assert ours - {"dist", "demo", "__pycache__"} <= FOLDERS | {name for name in ours if name.endswith(".egg-info")}
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_tests_mirror_the_rooms() -> None:
    for path in sources("tests"):
        parts = path.relative_to(ROOT / "tests").parts
        if len(parts) == 1:
            continue
        if parts[0] in ("end_to_end", "support", "cases"):
            continue
        assert parts[0] in ROOMS, path
        room = ROOT.joinpath(*parts[:-1])
        assert room.is_dir(), f"{path} mirrors {room}, which is not there"


def test_a_file_holds_one_idea_and_no_more_lines_than_that_needs() -> None:
    long = {
        name: lines
        for path in sources(*ROOMS, "tests", "benchmarks")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
        and (name := path.relative_to(ROOT).as_posix()) not in LONGER
    }
    assert long == {}
    assert [name for name in LONGER if len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= MOST_LINES] == []
