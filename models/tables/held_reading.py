"""A reading that was not believed, as a person looks at it and decides about it."""

from dataclasses import dataclass

from models.counting.reading import Rejection


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReading:
    """`name`: how a person calls it, such as J17. `rejection`: its newest value of `count` with one cause, refused from
    `first_ns` to `last_ns` (UTC).

    `state`: open, replay (asked for, not done yet), replayed or dropped. `corrected`: the value that a person gave in
    place of the one that came; `changed_by`: who decided.
    """

    name: str
    rejection: Rejection
    count: int
    first_ns: int
    last_ns: int
    state: str
    corrected: str | None
    changed_by: str | None

    @property
    def waits(self) -> bool:
        """Whether nobody decided yet."""
        return self.state == "open"
