"""Works on OPC UA servers that we did not write, each in a process of its own; see tests/support/foreign/README.md."""

import asyncio
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.ports import free_port

FOREIGN = Path(sys.prefix) / "foreign"
ANSWER_LIMIT_S = 40.0
"""A Java server takes ten seconds to start on a busy machine."""


class ForeignServer:
    """One works, which can be ended and started again on its port. `kind`: node_opcua or milo."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.port = free_port()
        self._folder = folder
        self._began_ms: int | None = None
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, namespaces_before: int = 0) -> None:
        """Start it; with other namespaces before its own, the index of that moves."""
        arguments = [str(self.port), str(self._folder / "pki"), str(namespaces_before)]
        if self._began_ms is not None:
            arguments.append(str(self._began_ms))
        log = (self._folder / f"{self.kind}.log").open("ab")
        self._process = await asyncio.create_subprocess_exec(
            *_command(self.kind),
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            limit=1 << 20,
        )
        log.close()
        await self._answer()

    async def say(self, words: str) -> dict[str, Any]:
        """One command; its answer."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(f"{words}\n".encode())
        answer = await self._answer()
        self._began_ms = answer.get("began_ms", self._began_ms)
        return answer

    async def stop(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None:
            process, self._process = self._process, None
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def _answer(self) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        async with asyncio.timeout(ANSWER_LIMIT_S):
            while line := await self._process.stdout.readline():
                if line.startswith(b"{"):
                    return dict(json.loads(line))
        raise AssertionError(f"{self.kind} ended: {(self._folder / f'{self.kind}.log').read_text()[-2000:]}")


def _command(kind: str) -> list[str]:
    """Fails the test where the server, or what runs it, is missing."""
    program = shutil.which("node" if kind == "node_opcua" else "java")
    if program is None or not (FOREIGN / "ready").exists():
        pytest.fail(f"no {kind} on this machine; install it with: sh deploy/setup/foreign-servers.sh")
    if kind == "node_opcua":
        return [program, str(FOREIGN / "node_opcua" / "server.js")]
    return [program, "-cp", f"{FOREIGN / 'milo' / 'lib'}/*:{FOREIGN / 'milo' / 'classes'}", "WorksServer"]
