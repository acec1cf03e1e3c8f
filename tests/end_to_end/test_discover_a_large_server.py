"""`tundish discover` on a server that shows very many nodes: all of them are looked at, within bounded memory, and who
waits hears how it goes."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from collector.cli.watching import TELL_EVERY_S
from tests.support.collector_process import ROOT
from tests.support.large_server import IN_A_FOLDER, NAMESPACE, node_name

pytestmark = pytest.mark.long

MEMORY_MB = 500
"""For 100,000 nodes; 267 were seen."""


@contextmanager
def large_server(count: int, folder: Path) -> Iterator[str]:
    """The address of a server of so many variables, in a process of its own."""
    file = folder / "url"
    command = [sys.executable, "-m", "tests.support.large_server", str(count), str(file)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        while not file.exists():
            assert process.poll() is None
            time.sleep(0.1)
        yield file.read_text(encoding="utf-8")
    finally:
        process.kill()
        process.wait()


def peak_mb(pid: int) -> float:
    """The most memory that a process has had so far; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


@pytest.mark.parametrize(
    ("count", "seconds"),
    [
        (3_000, TELL_EVERY_S + 5),
        pytest.param(100_000, 6 * TELL_EVERY_S, marks=[pytest.mark.slow, pytest.mark.timeout(1800)]),
    ],
)
def test_all_nodes_are_watched_within_bounded_memory_and_with_a_word_on_how_it_goes(
    count: int, seconds: float, tmp_path: Path
) -> None:
    words: list[tuple[float, str]] = []
    with large_server(count, tmp_path) as url, (tmp_path / "proposal.yaml").open("wb") as out:
        command = [sys.executable, "-m", "collector", "discover", url, "--seconds", str(seconds)]
        began_s, most_mb = time.monotonic(), 0.0
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.PIPE, encoding="utf-8")
        assert process.stderr is not None
        lines = process.stderr

        def listen() -> None:
            words.extend((time.monotonic() - began_s, line) for line in lines)

        listening = threading.Thread(target=listen)
        listening.start()
        while process.poll() is None:
            most_mb = max(most_mb, peak_mb(process.pid))
            time.sleep(0.2)
        took_s = time.monotonic() - began_s
        listening.join()
    assert process.returncode == 0, words
    text = (tmp_path / "proposal.yaml").read_text(encoding="utf-8")
    assert f"# {count // IN_A_FOLDER} of {count} numbers rose in " in text
    proposed = [entry["node"] for entry in yaml.load(text, Loader=yaml.CSafeLoader)["tags"]]
    assert proposed == [f"nsu={NAMESPACE};s={node_name(index)}" for index in range(0, count, IN_A_FOLDER)]
    assert any(f"{count} numbers watched, " in line for _, line in words)
    assert most_mb < MEMORY_MB
    print(f"{count} nodes: {took_s:.0f} s, {most_mb:.0f} MB, {len(words)} words")
    # A look at all of them lies between two words at most.
    heard_s = [0.0, *(at_s for at_s, _ in words), took_s]
    assert max(after - before for before, after in pairwise(heard_s)) < 4 * TELL_EVERY_S
