"""Viewers of the desk as their browsers speak: the page, then a socket that gets what changes on it.

python -m benchmarks.viewers.client URL COUNT FOLDER

A viewer fetches the page and opens the socket that the page's script would open (engine.io 4, socket.io 5), with the
query that stands in the page; it answers pings and says which messages it has, as the script does. Nothing is drawn.
Once all are there, the file FOLDER/ready appears; then a visitor opens and leaves the page every half second. When
FOLDER/stop appears, FOLDER/seen.json has seconds of each page, and by figure when each viewer was told of it.
"""

import ast
import asyncio
import json
import re
import sys
import time
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    ClientWebSocketResponse,
    TCPConnector,
    WSMessageTypeError,
    WSMsgType,
)

from benchmarks.desk_stand import FIRST_MARK

OPENED_AT_ONCE = 4
VISIT_EVERY_S = 0.5
ACK_EVERY_S = 3.0
AGAIN_S = 1.0
UNSEEN = (ClientError, WSMessageTypeError, AssertionError, OSError, TimeoutError, RuntimeError)
"""What a viewer meets whose page or socket does not come."""
_QUERY = re.compile(r"query: (\{.*?\}),")
_MARK = re.compile(rf'"({FIRST_MARK}\.\d{{3}})"')
_NUMBER = re.compile(r'"_id":(\d+)')


@dataclass
class Seen:
    """What the viewers saw. `pages`: seconds from asking to a socket that is open; `told`: instants by figure."""

    pages: list[float] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)
    told: dict[str, list[float]] = field(default_factory=dict)
    messages: int = 0
    received: int = 0
    lost: int = 0
    refused: int = 0
    kinds: dict[str, int] = field(default_factory=dict)


@dataclass
class Viewers:
    """All of them, in one loop."""

    url: str
    session: ClientSession
    seen: Seen = field(default_factory=Seen)

    async def opened(self) -> tuple[ClientWebSocketResponse, dict[str, Any], float]:
        """A page with its socket: (the socket, the query that it was opened with, the seconds that it took)."""
        began = time.monotonic()
        async with self.session.get(f"{self.url}/?lang=en") as answer:
            page = await answer.text()
            assert answer.status == 200, page[:500]  # noqa: S101 - a benchmark
        own = {"document_id": uuid4().hex, "tab_id": uuid4().hex}
        query = {**_query_of(page), **own, "EIO": "4", "transport": "websocket"}
        return await self.connected(query), query, time.monotonic() - began

    async def let_in(self) -> tuple[ClientWebSocketResponse, dict[str, Any], float]:
        """The same; a page that did not come is asked for again, as a person does."""
        while True:
            try:
                return await self.opened()
            except UNSEEN as error:
                print("not let in:", repr(error)[:300], flush=True)
                self.seen.refused += 1
                await asyncio.sleep(AGAIN_S)

    async def connected(self, query: dict[str, Any]) -> ClientWebSocketResponse:
        """The socket of a page."""
        address = f"{self.url}/_nicegui_ws/socket.io/?{urllib.parse.urlencode(query)}"
        socket = await self.session.ws_connect(address, max_msg_size=0, compress=15, origin=self.url)
        await socket.receive_str()
        await socket.send_str("40")
        while not (said := await socket.receive_str()).startswith("40"):
            if said.startswith("44"):
                raise RuntimeError(f"the desk refused the socket: {said}")
        return socket

    async def watch(self, socket: ClientWebSocketResponse, query: dict[str, Any]) -> None:
        """Take what comes; a socket that ends is opened anew, as the page's script does."""
        while True:
            await self._taken(socket, query)
            self.seen.lost += 1
            await asyncio.sleep(AGAIN_S)
            try:
                socket = await self.connected(query)
            except UNSEEN:  # the page is gone on the server: it is loaded anew
                socket, query, _ = await self.let_in()

    async def _taken(self, socket: ClientWebSocketResponse, query: dict[str, Any]) -> None:
        acknowledged = time.monotonic()
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            now, said = time.monotonic(), str(message.data)
            if said == "2":
                await socket.send_str("3")
                continue
            self.seen.messages += 1
            self.seen.received += len(said)
            kind = said[4 : said.find('"', 4)]
            self.seen.kinds[kind] = self.seen.kinds.get(kind, 0) + 1
            for mark in set(_MARK.findall(said)):
                self.seen.told.setdefault(mark, []).append(now)
            if now - acknowledged > ACK_EVERY_S and (number := _NUMBER.search(said)):
                acknowledged = now
                next_id = int(number[1]) + 1
                query["next_message_id"] = next_id
                told = json.dumps(["ack", {"client_id": query["client_id"], "next_message_id": next_id}])
                await socket.send_str(f"42{told}")

    async def visit(self) -> None:
        """Open and leave the page again and again."""
        while True:
            socket, _, took = await self.let_in()
            self.seen.visits.append(took)
            await socket.close()
            await asyncio.sleep(VISIT_EVERY_S)


def _query_of(page: str) -> dict[str, Any]:
    found = _QUERY.search(page)
    if found is None:
        raise RuntimeError(f"no query in the page: {page[-3000:]}")
    query: dict[str, Any] = ast.literal_eval(found[1])
    return {name: "true" if value is True else value for name, value in query.items()}


async def main(url: str, count: int, folder: Path) -> None:
    """Look until told to stop."""
    async with ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(total=None)) as session:
        viewers, turn = Viewers(url, session), asyncio.Semaphore(OPENED_AT_ONCE)
        watching: list[asyncio.Task[None]] = []

        async def come() -> None:
            async with turn:
                socket, query, took = await viewers.let_in()
            viewers.seen.pages.append(took)
            watching.append(asyncio.create_task(viewers.watch(socket, query)))

        await asyncio.gather(*(come() for _ in range(count)))
        (folder / "ready").touch()
        visits = asyncio.create_task(viewers.visit())
        while not (folder / "stop").exists():  # noqa: ASYNC110 - another process makes it
            await asyncio.sleep(0.1)
        visits.cancel()
        found = json.dumps(vars(viewers.seen))
        (folder / "seen.new").write_text(found, encoding="utf-8")
        (folder / "seen.new").replace(folder / "seen.json")
        for task in watching:
            task.cancel()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])))
