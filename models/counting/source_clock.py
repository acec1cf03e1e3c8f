"""Compares the stamps of a source with this host's clock, and with the server's: what is steadily wrong is corrected.

Only a stamp that has just moved says something of a clock: the value changed since the source was read before, so its
true age is known to be less. An unchanged value keeps its stamp for hours, and that is right. A clock is off if such
stamps differ from the receipt by more than the limit; three that differ by the same are a steady offset, and so is one
that differs as the server's own clock does. Stamps that catch up with the receipt are of a backlog, and right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from models.counting.counter_step import JITTER_POLLS
from models.counting.near_stamps import UNKNOWN, after_near_stamps, differs, newest_rows, residues_after
from models.counting.reading import ReadingBatch, joined
from models.counting.stamp_rule import ClockPolicy, StampFault, StampRule, StampState
from models.counting.validation import NO_STAMP_UNTIL_NS
from models.counting.waiting_stamps import Row, Settled, Waiting, settle_all, without
from models.works.calendar import NS
from models.works.codes import Quality
from models.works.exact_number import Number, exact
from models.works.plant import Tag

Times = NDArray[np.int64]
Rows = NDArray[np.bool_]

_STEADY_WITHIN_NS = 2 * NS
"""Leads of a steady clock differ by the time between two polls, and by what the network adds: two seconds at least."""


@dataclass(frozen=True, slots=True)
class SourceClock:
    """What is known of the stamps of one source, in columns indexed by `Plant.tags`. A value: judging gives a new one.

    `stamp`: the newest stamp (0: none yet), `value` and `quality` what came first under it, `since_ns` when that was
    received, `shown_ns` the time that it was given. `leads`: stamp minus receipt of the last three that moved and were
    off, the newest last. `proved`: a stamp of it moved, or was near. `received_ns`: the last delivery. `waiting`: by
    tag, readings of counters that came before their offset was known. `residues`: by tag, what `value` lacks.
    """

    stamp: Times
    value: NDArray[np.float64]
    quality: NDArray[np.uint8]
    since_ns: Times
    shown_ns: Times
    leads: Times
    offset_ns: Times
    state: NDArray[np.uint8]
    off_since_ns: Times
    proved: Rows
    received_ns: int = 0
    waiting: Waiting = field(default_factory=dict)
    residues: Mapping[int, float] = field(default_factory=dict)

    @staticmethod
    def of(tags: int) -> "SourceClock":
        """Nothing is known yet of a plant of so many tags."""

        def zeros() -> Times:
            return np.zeros(tags, dtype=np.int64)

        return SourceClock(
            stamp=zeros(),
            value=np.full(tags, np.nan),
            quality=np.zeros(tags, dtype=np.uint8),
            since_ns=zeros(),
            shown_ns=zeros(),
            leads=np.full((3, tags), UNKNOWN, dtype=np.int64),
            offset_ns=zeros(),
            state=np.zeros(tags, dtype=np.uint8),
            off_since_ns=zeros(),
            proved=np.zeros(tags, dtype=np.bool_),
        )

    def faults(self, source: str, tags: Sequence[Tag], rule: StampRule) -> tuple[StampFault, ...]:
        """The tags of which the stamps are wrong now."""
        wrong = np.flatnonzero((self.state != StampState.RIGHT) & (self.state != StampState.HELD))
        return tuple(
            StampFault(
                source=source,
                tag=tags[index].name,
                state=StampState(int(self.state[index])),
                offset_s=int(self.offset_ns[index]) / NS,
                since_ns=int(self.off_since_ns[index]),
                refused=_refuses(rule, StampState(int(self.state[index])), tags[index]),
            )
            for index in wrong.tolist()
        )

    def is_unsettled(self) -> bool:
        """Whether the next stamps will tell if the device is off."""
        return bool(((self.state == StampState.HELD) | _is_new(self.state, self.leads[0])).any())

    def number(self, tag: int) -> Number:
        """The value that came first under the newest stamp of a tag, exactly."""
        return exact(float(self.value[tag]), self.residues.get(tag))

    def source_offset_ns(self) -> int | None:
        """By how much the device is off, if all its tags that say something of it agree that it is."""
        known = self.proved & (self.state != StampState.FROZEN)
        if not known.any() or not (self.state[known] == StampState.CORRECTED).all():
            return None
        return int(np.median(self.offset_ns[known]))


@dataclass(frozen=True, slots=True)
class JudgedStamps:
    """`batch` with the times that count; `behind` and `frozen` are its rows to refuse, `held` how many wait."""

    batch: ReadingBatch
    behind: Rows
    frozen: Rows
    clock: SourceClock
    held: int = 0


@dataclass(frozen=True, slots=True)
class _Learned:
    """What a batch says: `newest` are the rows to learn from; the rest is by those rows, `moved` with a new stamp and
    `proved` with one that says something of the clock."""

    newest: NDArray[np.intp]
    moved: Rows
    proved: Rows
    leads: Times
    offset: Times
    state: NDArray[np.uint8]


class StampJudge:
    """Judges batches of a plant's tags. Holds nothing that changes."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self._size = len(tags)
        cadence_ns = np.array([round(tag.cadence_s * NS) for tag in tags], dtype=np.int64)
        self._patience_ns = JITTER_POLLS * cadence_ns
        self._is_counter = np.array([tag.is_metered for tag in tags], dtype=np.bool_)

    def new_clock(self) -> SourceClock:
        """A clock of which nothing is known."""
        return SourceClock.of(self._size)

    def judge(self, clock: SourceClock, batch: ReadingBatch, rule: StampRule, server_ns: int | None) -> JudgedStamps:
        """The batch with corrected times. `server_ns`: the server's clock minus ours, if it was measured."""
        none = np.zeros(len(batch), dtype=np.bool_)
        if not rule.judges or not len(batch):
            return JudgedStamps(batch, none, none, clock)
        said = (batch.quality > Quality.BAD) & (batch.times_ns > NO_STAMP_UNTIL_NS)
        newest = newest_rows(batch, said)
        near = after_near_stamps(clock, batch, newest, rule)
        if near is not None:
            return JudgedStamps(batch, none, none, near)
        after = self._learn(clock, batch, newest, rule, server_ns)
        waits, settled, waiting = self._wait(clock, after, batch, said, rule)
        rest = batch.take(~waits) if waits.any() else batch
        judged = self._apply(clock, replace(after, waiting=waiting), rest, said[~waits], rule)
        return _joined(judged, settled, int(waits.sum()))

    def _wait(
        self, before: SourceClock, clock: SourceClock, batch: ReadingBatch, said: Rows, rule: StampRule
    ) -> tuple[Rows, list[Settled], Waiting]:
        """Which rows wait, what becomes of those that waited, and what waits then."""
        state = clock.state[batch.tags]
        unsettled = said & self._is_counter[batch.tags]
        new = _is_new(state, clock.leads[0, batch.tags]) & rule.corrects
        waits = unsettled & ((state == StampState.HELD) | new)
        if not waits.any() and not before.waiting:
            return waits, [], before.waiting
        rows = np.flatnonzero(waits | (unsettled & np.isin(batch.tags, list(before.waiting)))).tolist()
        known = state if rule.corrects else np.where(state == StampState.CORRECTED, StampState.UNSTEADY, state)
        states = {row: None if waits[row] else StampState(int(known[row])) for row in rows}
        settled, waiting = settle_all(before.waiting, batch, states, clock.offset_ns)
        return waits, settled, waiting

    def confirmed(self, clock: SourceClock, tags: Sequence[int]) -> tuple[SourceClock, list[Row]]:
        """Tags that the source confirmed as unchanged: those that were held stand, and are given now."""
        standing = [tag for tag in tags if clock.state[tag] == StampState.HELD]
        if not standing:
            return clock, []
        state = clock.state.copy()
        state[standing] = StampState.RIGHT
        rows = [(tag, clock.number(tag), int(clock.stamp[tag]), Quality(int(clock.quality[tag]))) for tag in standing]
        return replace(clock, state=state, waiting=without(clock.waiting, standing)), rows

    def _learn(
        self, clock: SourceClock, batch: ReadingBatch, newest: NDArray[np.intp], rule: StampRule, server_ns: int | None
    ) -> SourceClock:
        tags, stamps = batch.tags[newest], batch.times_ns[newest]
        leads, received = stamps - batch.received_ns, batch.received_ns
        first, moved = clock.stamp[tags] == 0, stamps != clock.stamp[tags]
        since_last = received - clock.received_ns if clock.received_ns else 0
        tolerance = np.maximum(_STEADY_WITHIN_NS, self._patience_ns[tags])
        ahead, behind = leads > rule.limit_ns, leads < -(rule.limit_ns + np.where(first, 0, since_last))
        server_off = server_ns is not None and abs(server_ns) > rule.limit_ns
        near = np.abs(leads - (server_ns or 0)) <= tolerance + since_last if server_off else np.zeros_like(first)
        old = first & behind & ~near
        off = moved & (ahead | behind) & ~old
        before = clock.leads[:, tags]
        window = np.vstack((before[1:], leads))
        spread = window.max(axis=0) - window.min(axis=0)
        steady = off & ((window[0] != UNKNOWN) & (spread <= tolerance) | near)
        nearing = (before[2] != UNKNOWN) & (before[2] >= before[1])
        nearing &= leads - np.where(nearing, before[2], 0) >= received - clock.since_ns[tags]
        backlog = off & behind & nearing & ~steady
        state = np.where(
            steady, StampState.CORRECTED, np.where(off & ~backlog, StampState.UNSTEADY, StampState.RIGHT)
        ).astype(np.uint8)
        state[old & self._is_counter[tags]] = StampState.HELD
        unmoved = clock.state[tags]
        unmoved[unmoved == StampState.HELD] = StampState.RIGHT  # seen twice: it stands
        state = np.where(moved, state, unmoved)
        frozen = ~moved & differs(clock, batch, newest)
        frozen &= received - clock.since_ns[tags] > self._patience_ns[tags]
        state[frozen] = StampState.FROZEN
        offset = np.where(moved, np.where(near & off, server_ns or 0, window.max(axis=0)), clock.offset_ns[tags])
        leads_now = np.where(off, window, UNKNOWN)
        return _with(clock, batch, _Learned(newest, moved, moved & ~old, leads_now, offset, state))

    def _apply(
        self, before: SourceClock, clock: SourceClock, batch: ReadingBatch, said: Rows, rule: StampRule
    ) -> JudgedStamps:
        state = np.where(said, clock.state[batch.tags], StampState.RIGHT)
        if not state.any():
            return JudgedStamps(batch, said & False, said & False, clock)
        corrected = (state == StampState.CORRECTED) & (rule.policy is ClockPolicy.CORRECT)
        # An unmoved stamp is given the time that it was given before: a repetition must look like one.
        times = np.where(corrected, batch.times_ns - clock.offset_ns[batch.tags], batch.times_ns)
        again = corrected & (batch.times_ns == before.stamp[batch.tags])
        times = np.where(again, before.shown_ns[batch.tags], times)
        frozen = state == StampState.FROZEN
        # The server stamps what it reads when it reads it, so the receipt is as good. A device's stamp may be older.
        by_receipt = frozen & (rule.from_server | ~self._is_counter[batch.tags])
        times = np.where(by_receipt, batch.received_ns, times)
        marked = corrected | by_receipt
        quality = np.where(marked, np.minimum(batch.quality, np.uint8(Quality.UNCERTAIN)), batch.quality)
        refused = (state == StampState.UNSTEADY) | ((state == StampState.CORRECTED) & ~corrected)
        behind = refused & (batch.times_ns < batch.received_ns)  # what is ahead is refused by its limit
        shown = clock.shown_ns.copy()
        shown[batch.tags[said]] = times[said]
        judged = replace(batch, times_ns=times, quality=quality)
        return JudgedStamps(judged, behind, frozen & ~by_receipt, replace(clock, shown_ns=shown))


def _is_new(state: NDArray[np.uint8], first_lead: Times) -> Rows:
    """Off, and not yet by three stamps: these may be steady by the third."""
    new: Rows = (state == StampState.UNSTEADY) & (first_lead == UNKNOWN)
    return new


def _joined(judged: JudgedStamps, settled: Sequence[Settled], held: int) -> JudgedStamps:
    """With the rows that need not wait any more: what is given comes first, for it is older."""
    given = [row for done in settled for row in done.given]
    refused = [row for done in settled for row in done.refused]
    if not given and not refused:
        return replace(judged, held=held)
    batch, received_ns = judged.batch, judged.batch.received_ns
    first, last = (ReadingBatch.of(batch.source, received_ns, rows) for rows in (given, refused))
    no_first, no_last = np.zeros(len(given), dtype=np.bool_), np.zeros(len(refused), dtype=np.bool_)
    return JudgedStamps(
        joined(first, batch, last),
        np.concatenate((no_first, judged.behind, last.times_ns < received_ns)),
        np.concatenate((no_first, judged.frozen, no_last)),
        judged.clock,
        held,
    )


def _refuses(rule: StampRule, state: StampState, tag: Tag) -> bool:
    if state is StampState.CORRECTED:
        return rule.policy is not ClockPolicy.CORRECT
    return state is StampState.UNSTEADY or (tag.is_metered and not rule.from_server)


def _with(clock: SourceClock, batch: ReadingBatch, learned: _Learned) -> SourceClock:
    """The clock after a batch."""
    names = ("stamp", "value", "quality", "since_ns", "leads", "offset_ns", "state", "off_since_ns", "proved")
    columns = {name: getattr(clock, name).copy() for name in names}
    tags, state, rows = batch.tags[learned.newest], learned.state, learned.newest[learned.moved]
    new = batch.tags[rows]
    columns["stamp"][new] = batch.times_ns[rows]
    columns["value"][new] = batch.values[rows]
    columns["quality"][new] = batch.quality[rows]
    columns["since_ns"][new] = batch.received_ns
    columns["proved"][tags] |= learned.proved
    columns["leads"][:, new] = learned.leads[:, learned.moved]
    columns["offset_ns"][tags] = np.where(state == StampState.RIGHT, 0, learned.offset)
    right = (state == StampState.RIGHT) | (state == StampState.HELD)
    began = ~right & (columns["off_since_ns"][tags] == 0)
    columns["off_since_ns"][tags[began]] = batch.received_ns
    columns["off_since_ns"][tags[right]] = 0
    columns["state"][tags] = state
    return replace(clock, **columns, residues=residues_after(clock, batch, rows), received_ns=batch.received_ns)
