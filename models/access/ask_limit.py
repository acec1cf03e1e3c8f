"""How often a program may ask. Pure but for its own memory; time is given (seconds that never go back)."""

from dataclasses import dataclass, field

MOST_KEPT = 10_000
"""Askers that are remembered; the one that asked longest ago goes first."""


@dataclass(slots=True)
class _Bucket:
    left: float
    at_s: float


@dataclass(slots=True)
class AskLimit:
    """A bucket for each asker: it holds `most` questions and is filled by `per_s` a second. A question takes one."""

    most: float
    per_s: float
    _known: dict[str, _Bucket] = field(default_factory=dict)

    def wait_s(self, asker: str, now_s: float) -> float:
        """Take one question; 0.0 if there was one, else how long until there is. Who has to wait loses nothing."""
        bucket = self._known.pop(asker, None) or _Bucket(self.most, now_s)
        bucket.left = min(self.most, bucket.left + max(0.0, now_s - bucket.at_s) * self.per_s)
        bucket.at_s = now_s
        self._known[asker] = bucket  # at the end of the line again
        while len(self._known) > MOST_KEPT:
            self._known.pop(next(iter(self._known)))
        if bucket.left >= 1.0:
            bucket.left -= 1.0
            return 0.0
        return (1.0 - bucket.left) / self.per_s
