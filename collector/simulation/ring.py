"""The ring in which a PLC keeps its newest heats, taps, coils or pushes, so that they outlive a reader's outage."""

from datetime import UTC, datetime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class PlcRing:
    """`slots` places; the event with sequence s is in place s % slots, until s + slots overwrites it.

    `head` is the sequence of the newest event, 0 while there is none; an empty place has sequence 0.
    """

    def __init__(self, slots: int) -> None:
        self.head = 0
        self.sequences = [0] * slots
        self.keys = [""] * slots
        self.tonnes = [0.0] * slots
        self.ends = [EPOCH] * slots

    def add(self, key: str, grams: int, end_s: int) -> int:
        """Put the next event (end_s: UTC seconds) in and return its sequence."""
        self.head += 1
        slot = self.head % len(self.sequences)
        self.sequences[slot] = self.head
        self.keys[slot] = key
        self.tonnes[slot] = grams / 1e6
        self.ends[slot] = datetime.fromtimestamp(end_s, UTC)
        return self.head
