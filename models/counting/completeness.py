"""How much of what should have been read was read, as a share of time.

A figure that was read in part looks like low output. The share beside it tells the two apart.
"""

from collections.abc import Mapping, Sequence

from models.counting.increment import BUCKET_S

# Polling drifts against the edges of slots, so a slot may hold one reading less although none was missed. One in ten or
# more is that drift; one in fewer may be a real loss. The number is a judgement: with 2, a slot half empty would pass.
ENOUGH_TO_LOSE_ONE = 10


def slot_share(readings: Mapping[int, int], cadence_s: float, start_s: int, end_s: int, now_ns: int) -> float:
    """The share (0 to 1) of the elapsed 5-minute slots of [start_s, end_s) that one counter's readings fill.

    `readings`: good readings by the slot's start (UTC s). A slot expects BUCKET_S / cadence_s readings and is filled by
    min(1, readings / expected), so a burst in one slot does not make up for an empty one. If ten or more are expected,
    one may be missing. 0 if nothing has elapsed.
    """
    elapsed_s = min(end_s, now_ns / 1e9) - start_s
    if elapsed_s <= 0:
        return 0.0
    if cadence_s > BUCKET_S:
        # Most slots are empty by design, so only the count over the whole span says anything.
        return _filled(sum(readings.values()), elapsed_s / cadence_s)
    filled_s = 0.0
    for slot_s, count in readings.items():
        length_s = min(BUCKET_S, start_s + elapsed_s - slot_s)
        if length_s > 0:
            # Of the slot that is still running only what is due by now is expected.
            expected = BUCKET_S / cadence_s if length_s == BUCKET_S else length_s // cadence_s
            filled_s += length_s * _filled(count, expected)
    return min(1.0, filled_s / elapsed_s)


def counts_share(counts: Sequence[tuple[int, int, int]], cadence_s: float, elapsed_s: float) -> float:
    """`slot_share` of a whole span from counted buckets: (width in s, readings of each, how many of them).

    Old buckets are compacted to wider ones, which are taken to hold their readings evenly. `elapsed_s`: how long of the
    span is over.
    """
    if elapsed_s <= 0:
        return 0.0
    if cadence_s > BUCKET_S:
        return _filled(sum(readings * buckets for _, readings, buckets in counts), elapsed_s / cadence_s)
    expected = BUCKET_S / cadence_s
    filled_s = 0.0
    for width_s, readings, buckets in counts:
        filled_s += width_s * buckets * _filled(readings // max(width_s // BUCKET_S, 1), expected)
    return min(1.0, filled_s / elapsed_s)


def _filled(count: int, expected: float) -> float:
    tolerated = 1 if expected >= ENOUGH_TO_LOSE_ONE else 0
    return 1.0 if count >= expected - tolerated else count / expected
