"""The parts of a demo start wherever it is called."""

from pathlib import Path

import pytest

from collector.simulation.processes import Processes

pytestmark = pytest.mark.long


async def test_a_file_that_is_called_as_a_module_of_python_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('this is the file of the caller')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    async with Processes(tmp_path, print) as processes:
        await processes.start("schema")
        await processes._running["schema"].wait()
    assert '"$defs"' in (tmp_path / "schema.log").read_text(encoding="utf-8")
