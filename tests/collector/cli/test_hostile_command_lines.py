"""Whatever stands on a command line, in the environment or behind a pipe: a sentence and an exit code, no traceback."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from collector.cli.main import app
from tests.support.collector_process import ROOT
from tests.support.forked_commands import RAN_ON, Ran, run_all

pytestmark = pytest.mark.long

PLANT = """
version: 1
site: {code: temirtau, names: {en: Temirtau}, zone: Asia/Almaty}
products:
  - {code: pig_iron, names: {en: Pig iron}, definition: hot metal weighed in the ladle, basis: liquid}
shops:
  - code: bf
    names: {en: Blast furnaces}
    calendar: {zone: Asia/Almaty, day_start: "00:00", shift_starts: ["00:00", "12:00"]}
    units: [{code: bf3, kind: blast_furnace, names: {en: Furnace 3}, by_hand: [pig_iron]}]
"""
TWENTY_DIGITS = "9" * 20
LONG = "x" * 5000
UNDECODABLE = "a\udcffb"
REFUSED = (
    ["alert", "ack", TWENTY_DIGITS, "--by", "A"],
    ["alert", "ack", "0", "--by", "A"],
    ["alert", "mute", TWENTY_DIGITS, "--by", "A", "--reason", "r", "--for", "2h"],
    ["alert", "mute", "--unit", "bf3", "--by", "A", "--reason", "r", "--for", "99999999999999d"],
    ["alert", "mute", "--unit", "bf3", "--by", "A", "--reason", "r", "--until", "9999-12-31 23:00"],
    ["alert", "unmute", TWENTY_DIGITS, "--by", "A"],
    ["import", "list", "--limit", TWENTY_DIGITS],
    ["import", "undo", TWENTY_DIGITS],
    ["import", "undo", "9" * 5000],
    ["import", "files", "--watch", LONG],
    ["import", "files", LONG],
    ["import", "files", "/dev/full"],
    ["quarantine", "list", "--limit", TWENTY_DIGITS],
    ["quarantine", "show", f"J{TWENTY_DIGITS}"],
    ["quarantine", "drop", f"L{TWENTY_DIGITS}"],
    ["correct", "--undo", f"A{TWENTY_DIGITS}", "--by", "A", "--reason", "r"],
    *(
        ["correct", "--day", "2026-10-01", "--product", "pig_iron", "--by", "A", "--reason", "r", f"--tonnes={amount}"]
        for amount in ("nan", "inf", "1e400", TWENTY_DIGITS, "9" * 5000, "")
    ),
    ["correct", "--day", "0001-01-01", "--product", "pig_iron", "--by", "A", "--reason", "r", "--tonnes", "5"],
    ["close", "9999-12", "--by", "A"],
    ["repair", "add", "--unit", "bf3", "--from", "0001-01-01", "--to", "9999-12-31", "--approved-by", "A"],
    ["repair", "add", "--unit", "bf3", "--from", "2026-12-01", "--to", "2026-12-05", "--approved-by", UNDECODABLE],
    ["repair", "add", "--unit", "bf3", "--from", "2026-12-01", "--to", "2026-12-05", "--approved-by", LONG],
    [
        "repair",
        "add",
        "--unit",
        "bf3",
        "--from",
        "2026-12-01",
        "--to",
        "2026-12-05",
        "--approved-by",
        "A",
        "--by",
        LONG,
    ],
    [
        "repair",
        "add",
        "--unit",
        "bf3",
        "--from",
        "2026-12-01",
        "--to",
        "2026-12-05",
        "--approved-by",
        "A",
        "--name",
        LONG,
    ],
    ["alert", "ack", "1", "--by", LONG],
    ["alert", "mute", "--unit", "bf3", "--by", "A", "--for", "2h", "--reason", LONG],
    ["close", "2026-10", "--by", LONG],
    ["report", "day", "--period", "9999-12-31"],
    ["report", "day", "--dispatcher", UNDECODABLE],
    ["report", "day", "--out", LONG],
    ["report", "day", "--out", "/dev/full"],
    ["report", "day", "--out", "folder"],
    ["report", "month", "--period", "0001-01..9999-12"],
    ["rehearse", "--rules", "/dev/full"],
    ["rehearse", "--rules", "plant.yaml", "--from", "0001-01-01"],
    *(["discover", "plc", "--seconds", seconds] for seconds in ("nan", "inf")),
    ["discover", "modbus://127.0.0.1:1/1", "--registers", LONG],
    ["discover", f"modbus://{LONG}/1"],
    *(["discover", f"opc.tcp://{at}"] for at in ("", f"{LONG}:4840", "user:word@127.0.0.1:1")),
    ["discover", f"modbus://127.0.0.1/{TWENTY_DIGITS}"],
    ["simulate", "--speed", "nan"],
    ["simulate", "--speed", "1e400"],
    ["simulate", "--speed", "0"],
    ["simulate", "--start", "0001-01-01T00:00"],
    ["simulate", "--start", "0001-01-01T00:00+05:00"],
    ["simulate", "--start", "9999-12-31T23:59-05:00"],
    ["simulate", "--start", "99999999999h"],
    ["simulate", "--start", "36500d"],
    ["simulate", "--port", "-1"],
    ["simulate", "--port", "65536"],
    ["simulate", "--extra-doubles", TWENTY_DIGITS],
    ["simulate", "--book", LONG],
    ["simulate", "--write-config", "/proc/x"],
    ["simulate", "--data-dir", LONG, "--write-config", "w.yaml"],
    ["demo", "--fault", "bf3-stop@+99999999999999s"],
    ["demo", "--fault", "bf3-stop@+10s:99999999999999s"],
    ["demo", "--folder", LONG],
    ["demo", "--folder", "/dev/null"],
    ["demo", "--sections", "/dev/full"],
    ["demo", "--sections", "tagged.yaml"],
    ["backup", "--to", "/dev/null"],
    ["backup", "--to", "/proc/x"],
    ["backup", "--to", "file"],
    ["backup", "--to", LONG],
    ["backup", "--to", UNDECODABLE],
    ["restore", "/dev/null"],
    ["restore", LONG],
    ["cert", "make", LONG],
    ["cert", "make", "/dev/full"],
    ["cert", "make", "--host", LONG, "certs1"],
    ["cert", "make", "--host", "", "certs2"],
    ["cert", "make", "--host", UNDECODABLE, "certs3"],
    ["cert", "show", "/dev/zero"],
    ["cert", "show", "folder"],
    ["dashboards", "build", "--to", LONG],
    ["dashboards", "build", "--to", "/dev/null"],
    ["browse", "opc.tcp://"],
    ["browse", "opc.tcp://[::1"],
    ["browse", "opc.tcp://a..b:4840"],
    ["browse", f"opc.tcp://{LONG}:4840"],
    ["browse", "opc.tcp://127.0.0.1:99999"],
    ["browse", "opc.tcp://127.0.0.1:x"],
    ["browse", "opc.tcp://127.0.0.1:1", "--out", LONG],
    ["browse", "opc.tcp://127.0.0.1:1", "--password-file", "/dev/zero", "--user", "u"],
    *([*command, "--plant", "long.yaml"] for command in (["status"], ["verify"], ["run"], ["queue", "status"])),
    *([*command, "--plant", "nul.yaml"] for command in (["status"], ["verify"], ["run"], ["backup", "--to", "b"])),
    ["check", "--plant", "tagged.yaml"],
    ["check", "--plant", LONG],
    ["check", "--plant", "/dev/full"],
    ["check", UNDECODABLE],
)
"""What is refused."""
VALUES = ("", LONG, "nan", "-1", TWENTY_DIGITS, UNDECODABLE, "/dev/full", "/dev/null", "/proc/x", "folder", "file")
RUN_ON = frozenset({"run", "desk", "demo", "simulate"})
"""They serve until they are ended: only what is refused is asked of them."""
SOUND = {
    "to": "copy",
    "url": "opc.tcp://127.0.0.1:1",
    "number": "1",
    "unit": "bf3",
    "start": "2026-12-01",
    "end": "2026-12-05",
    "month": "2026-10",
    "product": "pig_iron",
    "files": "file",
    "names": "J1",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("made")
    (place / "folder").mkdir()
    (place / "file").write_text("hello\n")
    (place / "plant.yaml").write_text(PLANT, encoding="utf-8")
    (place / "long.yaml").write_text(f"{PLANT}data_dir: {LONG}\n", encoding="utf-8")
    (place / "nul.yaml").write_text(f'{PLANT}data_dir: "a\\0b"\n', encoding="utf-8")
    (place / "tagged.yaml").write_text("version: !!int abc\n", encoding="utf-8")
    repair = ["repair", "add", "--unit", "bf3", "--from", "2026-12-01", "--to", "2026-12-05", "--approved-by", "A"]
    command = [sys.executable, "-m", "collector", *repair, "--plant", str(place / "plant.yaml")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return place


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def open_folder(made: Path) -> Iterator[Path]:
    """One that another user gets to: those of tests are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copytree(made, place, dirs_exist_ok=True)
        for each in (place, place / "data"):
            each.chmod(0o777)
        yield place


def _faults(results: list[Ran], *, refused: bool) -> list[str]:
    return [
        f"{[word[:40] for word in each.arguments]!a} -> {each.code}: {each.output[-300:]!a}"
        for each in results
        if "Traceback" in each.output
        or each.code not in ((1, 2) if refused else (0, 1, 2, RAN_ON))
        or (each.code and not each.output.strip())
    ]


def test_what_cannot_be_done_is_refused_in_words(folder: Path) -> None:
    assert _faults(run_all([list(line) for line in REFUSED], folder), refused=True) == []


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_no_value_of_any_option_of_any_command_ends_in_a_traceback(folder: Path) -> None:
    lines = list(_lines(typer.main.get_command(app), []))
    assert len(lines) > 1000
    assert _faults(run_all(lines, folder), refused=False) == []


def _lines(command: Any, words: list[str]) -> Iterator[list[str]]:  # noqa: ANN401 - the library keeps its classes
    for name, child in sorted(getattr(command, "commands", {}).items()):
        yield from _lines(child, [*words, name])
    if hasattr(command, "commands") or words[0] in RUN_ON:
        return
    for varied in (each for each in command.params if not getattr(each, "is_flag", False) and each.name != "help"):
        for value in VALUES:
            if varied.name == "watch" and value in ("folder", ""):
                continue
            given = {each.name: SOUND.get(each.name, "x") for each in command.params if each.required}
            given[varied.name] = value
            named = [f"{each.opts[0]}={given[each.name]}" for each in command.params if _is_named(each, given)]
            rest = [given[each.name] for each in command.params if each.name in given and not _is_named(each, given)]
            yield [*words, *named, "--", *rest]


def _is_named(parameter: Any, given: dict[str, str]) -> bool:  # noqa: ANN401 - see above
    return parameter.param_type_name == "option" and parameter.name in given


PRINTING = [
    *(["schema"], ["check"], ["status"], ["report", "day"], ["report", "day", "--json"], ["report", "month", "--html"]),
    *(["report", "balance"], ["alert", "list", "--json"], ["repair", "list"], ["plan", "show"], ["import", "list"]),
    *(["quarantine", "list"], ["demo", "--faults"], ["--version"], ["--help"]),
]


@pytest.mark.parametrize("output", ["/dev/full", "closed"])
def test_what_cannot_be_printed_is_told_and_is_no_success(folder: Path, output: str) -> None:
    results = run_all([list(line) for line in PRINTING], folder, stdout=output)
    assert _faults(results, refused=True) == []
    words = "standard output: It is closed" if output == "closed" else "standard output: No space left on device; free"
    assert [each.arguments for each in results if words not in each.output] == []


def test_a_command_that_prints_nothing_needs_no_standard_output(folder: Path) -> None:
    (made,) = run_all([["backup", "--to", "quiet"]], folder, stdout="closed")
    assert "Traceback" not in made.output
    assert (folder / "quiet" / "ledger.db").exists(), "it was copied; only the words about it are lost"


@pytest.mark.parametrize("shell", ["report day --json | head -c 1", "schema | true", "schema 2>&-", "status <&- 2>&-"])
def test_a_reader_that_goes_away_and_streams_that_are_closed_need_no_word(folder: Path, shell: str) -> None:
    line = f"{sys.executable} -m collector {shell}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(["sh", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("hidden", ["plant.yaml", "data"])
@pytest.mark.parametrize("command", [["check"], ["status"], ["report", "day"], ["verify"], ["backup", "--to", "copy"]])
def test_what_this_user_may_not_read_is_told(open_folder: Path, hidden: str, command: list[str]) -> None:
    (open_folder / hidden).chmod(0)
    as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    line = [*as_nobody, sys.executable, "-m", "collector", *command, "--plant", str(open_folder / "plant.yaml")]
    ran = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    if command == ["check"] and hidden == "data":
        assert "the ledger was not looked at" in ran.stdout
        return
    assert ran.returncode in (1, 2)
    assert "Traceback" not in ran.stderr
    assert re.search(r"readable|Permission denied|cannot be (read|opened)|unable to open", ran.stderr), ran.stderr
