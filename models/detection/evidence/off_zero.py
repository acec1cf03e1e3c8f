"""Since when the activity shows more than a standstill: whether a unit that stood comes back."""

from dataclasses import dataclass


@dataclass(slots=True)
class OffZero:
    """`since_s` (UTC seconds) None: the activity shows a standstill now, or is not known. `last_s`: the last time that
    it showed more, 0 for never."""

    since_s: int | None = None
    last_s: int = 0

    def take(self, at_s: int, *, off_zero: bool) -> None:
        """Take whether the activity shows more than a standstill at `at_s`."""
        if not off_zero:
            self.since_s = None
            return
        self.last_s = at_s
        if self.since_s is None:
            self.since_s = at_s
