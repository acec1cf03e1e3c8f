"""The program of a group: reads its topic into its ledger, and answers each site with what is committed.

One transaction takes the messages of a look together with how far the topic was read, so a kill at any instant leaves
both or neither. An answer goes out after the commit; one that is lost is given again.
"""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

import structlog

from collector.backoff import Backoff
from collector.errors import SourceUnavailable
from collector.group.group_ledger import GroupLedger
from collector.group.group_settings import GroupSettings
from collector.group.group_take import HeardMessage, Outcome, TakenMessage, answers_due, take
from collector.group.message import GroupAnswer
from collector.group.reading_place import begin_reading, note_look
from collector.group.topic import FiguresTopic, TopicLost, TopicState
from collector.host import lock_file
from collector.storage.file.data_folder import LOCK_NAME

log = structlog.get_logger(__name__)
Found = TypeVar("Found")

_LOOK_EVERY_S = 5.0
"""How often the topic itself is looked at: whether it is the same, and how much waits."""
_ANSWER_EVERY_S = 30.0
"""How often every site is told how far it was taken, for an answer may have been lost with its broker."""
_ASK_EVERY_S = 10.0
"""How often a site is asked for the same again: what it sends takes a while, and comes twice if it is asked twice."""
_LONGEST_WAIT_S = 20.0
"""Between two attempts to reach the cluster: sites wait for its return, and one group does not overrun it."""
_CLOSE_S = 3.0
_MOST_TOLD = 2000
"""Keys of which the log tells: strangers may have any."""


class GroupConsumer:
    """One run of the program. `topic` makes the connection; what blocks in it, blocks in its thread."""

    def __init__(
        self,
        settings: GroupSettings,
        ledger: GroupLedger,
        topic: Callable[[], FiguresTopic],
        clock_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._settings, self._ledger, self._topic, self._clock_ns = settings, ledger, topic, clock_ns
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="group-kafka")
        self._waiting: dict[tuple[str, str], GroupAnswer] = {}
        self._asked_s: dict[tuple[str, str], float] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._state = TopicState("", {})

    async def run(self, stop: asyncio.Event) -> None:
        """Read until `stop`. A cluster that is away is waited for."""
        backoff = Backoff(random.uniform, longest_s=_LONGEST_WAIT_S)
        away = ""
        while not stop.is_set():
            try:
                reading = await self._connected()
                backoff.succeeded()
                log.info("group_reads", cluster=self._settings.kafka.where, after=away or "its start")
                away = ""
                await self._read(reading, stop)
            except SourceUnavailable as error:
                if not away:
                    log.warning("cluster_away", why=str(error), doing="it is tried again; sites keep what they have")
                away = str(error)
                with suppress(TimeoutError):
                    async with asyncio.timeout(backoff.next_s()):
                        await stop.wait()
        self._thread.shutdown(wait=False)

    async def _connected(self) -> FiguresTopic:
        """From where it is read is settled. Raises SourceUnavailable."""
        topic = await self._in_thread(self._topic)
        try:
            await self._begin(topic)
        except BaseException:
            await self._closed(topic)
            raise
        return topic

    async def _read(self, topic: FiguresTopic, stop: asyncio.Event) -> None:
        try:
            looked_s = answered_s = time.monotonic()
            while not stop.is_set():
                try:
                    await self._take(await self._in_thread(topic.next))
                    if time.monotonic() - looked_s >= _LOOK_EVERY_S:
                        looked_s = time.monotonic()
                        await self._look(topic)
                except TopicLost:
                    log.warning("topic_lost", next_step="what is there is read, and the sites are asked for the rest")
                    await self._begin(topic)
                if time.monotonic() - answered_s >= _ANSWER_EVERY_S:
                    answered_s = time.monotonic()
                    await self._answer_all()
                await self._send(topic)
        finally:
            await self._closed(topic)

    async def _begin(self, topic: FiguresTopic) -> None:
        """Read each partition from where the ledger is; of what is gone, ask the sites."""
        self._state = state = await self._in_thread(topic.look)
        now_ns = self._clock_ns()
        offsets, lost = await self._ledger.write(
            lambda connection: begin_reading(connection, state.identity, state.spans, now_ns)
        )
        await self._in_thread(partial(topic.read_from, offsets))
        await self._answer_all(resend=lost)

    async def _look(self, topic: FiguresTopic) -> None:
        """Raises TopicLost if it is another topic, or has other partitions."""
        state = await self._in_thread(topic.look)
        if state.identity != self._state.identity or state.spans.keys() != self._state.spans.keys():
            raise TopicLost
        now_ns = self._clock_ns()
        await self._ledger.write(lambda connection: note_look(connection, state.spans, now_ns))

    async def _take(self, heard: Sequence[HeardMessage]) -> None:
        if not heard:
            return
        now_ns, sites = self._clock_ns(), self._settings.sites.keys()
        taken = await self._ledger.write(
            lambda connection: [take(connection, sites, message, now_ns) for message in heard]
        )
        for message, found in zip(heard, taken, strict=True):
            self._tell(message, found)
            if found.answer is not None:
                self._due(found.answer)

    async def _answer_all(self, *, resend: bool = False) -> None:
        """`resend`: something was lost before we read it, and nobody knows of which site."""
        sites = list(self._settings.sites)
        due = await asyncio.to_thread(
            self._ledger.read,
            lambda connection: [answer for site in sites for answer in answers_due(connection, site)],
        )
        for answer in due:
            self._due(answer.model_copy(update={"resend": answer.resend or resend}))

    def _due(self, answer: GroupAnswer) -> None:
        key = answer.site, answer.stream
        if answer.resend:
            if time.monotonic() - self._asked_s.get(key, -_ASK_EVERY_S) < _ASK_EVERY_S:
                return
            self._asked_s[key] = time.monotonic()
        self._waiting.pop(key, None)
        self._waiting[key] = answer

    async def _send(self, topic: FiguresTopic) -> None:
        if self._waiting:
            due, self._waiting = list(self._waiting.values()), {}
            for answer in await self._in_thread(partial(topic.answer, due)):
                self._waiting.setdefault((answer.site, answer.stream), answer)

    def _tell(self, message: HeardMessage, found: TakenMessage) -> None:
        """Of each site, when something else became of its messages than before."""
        site = message.key.decode("utf-8", "replace")[:100]
        before = self._outcomes.get(site, Outcome.APPLIED)
        if found.outcome is before or found.outcome is Outcome.REPEATED or len(self._outcomes) > _MOST_TOLD:
            return
        self._outcomes[site] = found.outcome
        if found.outcome is Outcome.APPLIED:
            log.info("site_goes_on", site=site)
        else:
            log.warning("message_not_taken", site=site, why=found.outcome.name.lower(), see="tundish group status")

    async def _closed(self, topic: FiguresTopic) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_S):
                await self._in_thread(topic.close)

    async def _in_thread(self, call: Callable[[], Found]) -> Found:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)


async def serve_group(settings: GroupSettings, stop: asyncio.Event) -> None:
    """Run the group until `stop`. Raises CannotStart if its folder is in use or its ledger cannot be opened."""
    lock = lock_file(settings.data_dir / LOCK_NAME)
    try:
        ledger = await asyncio.to_thread(GroupLedger.open, settings.data_dir, time.time_ns)
        try:
            await GroupConsumer(settings, ledger, partial(FiguresTopic, settings.kafka)).run(stop)
        finally:
            await ledger.close()
    finally:
        lock.release()
