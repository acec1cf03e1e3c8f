"""Event rings: heats, taps and coils that the PLC keeps in N slots, so that they outlive an outage of the reader.

A ring is read twice, and an event is taken when its slot gave the same sequence and key both times. What cannot be
taken yet is left for the next read; what was overwritten before we came is a gap. `resume` moves only once the
events are durable: a crash in between makes them come again, and never loses one.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from asyncua import ua
from asyncua.ua.uaerrors import UaStatusCodeError

from collector.sources.opcua.address import RingAddress
from collector.sources.opcua.clock import datetime_to_ns
from collector.sources.opcua.connection import Connection
from collector.sources.opcua.poll import NO_ANSWER, ONE_AT_FAULT, TOO_MUCH
from collector.sources.opcua.ring_image import RingImage, RingUnreadable, is_key, ring_image, ring_list
from collector.sources.opcua.ring_memory import LOOK_AGAIN_S, RingMemory, SlotContent
from collector.sources.opcua.short_text import short_repr
from collector.sources.opcua.status_quality import StatusQuality
from models.counting.reading import EventReading, Rejection
from models.works.codes import Quality, Reason
from models.works.plant import Tag


@dataclass(frozen=True, slots=True)
class RingTaken:
    """How far a ring was taken: the newest sequence, where it was read, and what was said of its events."""

    resume: int | None
    place: str | None = None
    events: Mapping[int, SlotContent] = field(default_factory=dict)


@dataclass(slots=True)
class RingRead:
    """What one read gave, and where the next one goes on once this is durable (`resume`, and the event there)."""

    resume: int
    last_key: str | None
    last_end_ns: int
    events: list[EventReading] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    gaps: list[tuple[str, int, int]] = field(default_factory=list)
    slots: Mapping[int, SlotContent] = field(default_factory=dict)


class EventRing:
    """One ring and how far it was taken.

    `resume`: sequence of the newest event known to be durable. None: nothing was ever taken, so all that the ring holds
    is taken, and what it held before is no gap. `taken`: what is known of the ring from before this process.
    """

    def __init__(self, source: str, tag: Tag, address: RingAddress, taken: RingTaken) -> None:
        self.tag = tag
        self.address = address
        self.resume = taken.resume
        self._source = source
        self._last_key: str | None = None
        self._last_end_ns = 0
        self._singly = False
        self._place = taken.place
        self._memory = RingMemory(taken.events)
        self._again_at_s = 0.0

    def read_at(self, place: str) -> None:
        """The ring is the one at `place` from now on. Of another one nothing was taken yet."""
        if self._place is not None and place != self._place:
            self.resume, self._last_key, self._last_end_ns = None, None, 0
            self._memory = RingMemory({})
        self._place = place

    def is_due(self, head: int, now_s: float) -> bool:
        """Whether a head says that something was not taken yet, or it is time to look for corrections."""
        if head == self.resume and now_s < self._again_at_s:
            return False
        self._again_at_s = now_s + LOOK_AGAIN_S
        return True

    async def read(self, connection: Connection, quality: StatusQuality, received_ns: int) -> RingRead:
        """Read the ring twice and take what is settled.

        Raises:
            RingUnreadable: a node of the ring is missing, Bad, of the wrong shape, or too large to be sent.
            UaError, OSError, TimeoutError: the server or the line failed as a whole.
        """
        try:
            nodes = [connection.resolve(text) for text in self.address.nodes()]
            image = ring_image(await self._values(connection, nodes), quality)
            # The PLC may write between two reads, as nothing locks the ring: a slot counts if it is the same twice.
            sequences, keys = (ring_list(data) for data in await self._values(connection, nodes[1:3]))
        except UaStatusCodeError as error:
            if error.code in TOO_MUCH or error.code in ONE_AT_FAULT:
                raise RingUnreadable(f"the server does not answer a read of it: {type(error).__name__}") from error
            raise
        except (ValueError, struct.error) as error:  # of ours, or the library's on bytes that it does not understand
            raise RingUnreadable(str(error)) from error
        return self.take(image, sequences, keys, received_ns)

    async def _values(self, connection: Connection, nodes: Sequence[ua.NodeId]) -> list[ua.DataValue]:
        """The values of nodes of the ring; one at a time, once they proved to be too much for one answer."""
        if not self._singly:
            try:
                return await connection.read(nodes)
            except TimeoutError:
                self._singly = True  # for the next time, if each is answered by itself
                raise
            except UaStatusCodeError as error:
                if error.code in NO_ANSWER:
                    self._singly = True
                    raise TimeoutError from error
                if error.code not in TOO_MUCH:
                    raise
                self._singly = True
        return [data for node in nodes for data in await connection.read((node,))]

    def take(self, image: RingImage, sequences: Sequence[object], keys: Sequence[object], received_ns: int) -> RingRead:
        """Take the settled events of an image, given sequences and keys as read after it. Changes nothing.

        A gap runs from the end of the event before it (0: not known to this process) to the end of the event after it,
        or to `received_ns` where none follows yet.

        Raises:
            RingUnreadable: the lists differ in length.
        """
        slots, head = len(image.sequences), image.head
        if not slots or {len(column) for column in (image.keys, image.tonnes, image.ends, sequences, keys)} != {slots}:
            raise RingUnreadable("its arrays are empty or differ in length")
        # Slot s % N holds the newest event with that remainder: whatever is older than N events is overwritten.
        held = [
            sequence
            for sequence in range(max(1, head - slots + 1), head + 1)
            if image.sequences[sequence % slots] == sequences[sequence % slots] == sequence
            and image.keys[sequence % slots] == keys[sequence % slots]
        ]
        now = self._contents(image, held)
        first, lost = self._first(image, now)
        oldest = max(first, head - slots + 1)
        lost = lost or (self.resume is not None and oldest > first)
        settled = [sequence for sequence in held if sequence >= oldest]
        # At the very first read, slots that were never filled are no gap.
        start = settled[0] if self.resume is None and settled else oldest
        ring_read = RingRead(start - 1, self._last_key, self._last_end_ns)
        # Slots are filled in order: an unsettled one before a settled one was overwritten, or will never be filled.
        for sequence in settled:
            slot = sequence % slots
            end_ns = datetime_to_ns(end) if isinstance(end := image.ends[slot], datetime) else 0
            if lost or sequence > ring_read.resume + 1:
                ring_read.gaps.append((self.tag.name, ring_read.last_end_ns, end_ns or received_ns))
                lost = False
            self._append(ring_read, image, slot, sequence, end_ns, received_ns)
            ring_read.resume, ring_read.last_key, ring_read.last_end_ns = (
                sequence,
                str(image.keys[slot]),
                end_ns or ring_read.last_end_ns,
            )
        if lost:
            ring_read.gaps.append((self.tag.name, ring_read.last_end_ns, received_ns))
        ring_read.slots = now
        if first == (self.resume or 0) + 1:
            self._correct(ring_read, image, received_ns)
        return ring_read

    def _correct(self, ring_read: RingRead, image: RingImage, received_ns: int) -> None:
        """Take the events again that say something else than when they were taken."""
        for sequence, before in self._memory.changed(ring_read.slots).items():
            content, slot = ring_read.slots[sequence], sequence % len(image.sequences)
            if sequence > (self.resume or 0):
                continue  # taken as it is now
            if content.key == before.key:
                self._append(ring_read, image, slot, sequence, content.end_ns or 0, received_ns)
                continue
            # To count it under the new number would leave the old one in the books too.
            ring_read.rejections.append(
                Rejection(
                    source=self._source,
                    tag=self.tag.name,
                    value=short_repr(image.tonnes[slot]),
                    time_ns=content.end_ns or received_ns,
                    quality=image.quality,
                    reason=Reason.KEY_REUSED,
                    detail=f"event {sequence} of the ring was {before.key}, and is {content.key} now: replay it to "
                    f"count it beside {before.key}",
                    event_key=content.key,
                )
            )

    def _contents(self, image: RingImage, settled: Sequence[int]) -> dict[int, SlotContent]:
        conversion, found = self.tag.conversion, {}
        for sequence in settled:
            slot = sequence % len(image.sequences)
            tonnes, end = image.tonnes[slot], image.ends[slot]
            is_number = isinstance(tonnes, int | float) and not isinstance(tonnes, bool)
            found[sequence] = SlotContent.of(
                image.keys[slot],
                float(tonnes) * conversion.factor + conversion.offset if is_number else None,  # type: ignore[arg-type]
                datetime_to_ns(end) if isinstance(end, datetime) else 0,
            )
        return found

    def commit(self, ring_read: RingRead) -> None:
        """The read is durable: go on behind it. Invariant: `resume` never passes an event that is not on disk."""
        self.resume, self._last_key, self._last_end_ns = ring_read.resume, ring_read.last_key, ring_read.last_end_ns
        self._memory.note(ring_read.slots)

    def _first(self, image: RingImage, now: Mapping[int, SlotContent]) -> tuple[int, bool]:
        """(the first sequence to take, whether the ring started again since the last read)."""
        if self.resume is None:
            return 1, False
        slot = self.resume % len(image.sequences)
        replaced = (
            self._last_key is not None
            and image.sequences[slot] == self.resume
            and str(image.keys[slot]) != self._last_key
            and self._memory.is_another(now)
        )
        # A PLC that was restarted or replaced counts from 0 again. If its head is already past ours, only other keys
        # in the slots of our events betray it.
        if image.head < self.resume or replaced:
            return 1, True
        return self.resume + 1, False

    def _append(
        self, ring_read: RingRead, image: RingImage, slot: int, sequence: int, end_ns: int, received_ns: int
    ) -> None:
        tonnes, key = image.tonnes[slot], image.keys[slot]
        if isinstance(tonnes, bool) or not isinstance(tonnes, int | float) or not is_key(key):
            text = f"key {short_repr(key)}, tonnes {short_repr(tonnes)}"
            ring_read.rejections.append(
                Rejection(
                    source=self._source,
                    tag=self.tag.name,
                    value=text,
                    time_ns=end_ns or received_ns,
                    quality=image.quality,
                    reason=Reason.WRONG_TYPE,
                    detail=f"an event needs a key and a number of tonnes, slot {slot} of the ring gives {text}",
                    event_key=str(key) if is_key(key) else short_repr(key),
                )
            )
            return
        conversion = self.tag.conversion
        ring_read.events.append(
            EventReading(
                tag=self.tag.name,
                key=str(key),
                sequence=sequence,
                tonnes=float(tonnes) * conversion.factor + conversion.offset,
                end_ns=end_ns,
                received_ns=received_ns,
                quality=image.quality if end_ns else min(image.quality, Quality.UNCERTAIN),
            )
        )
