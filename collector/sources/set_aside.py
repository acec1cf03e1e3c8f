"""What the service did not believe of what a source handed on: it waits in quarantine, and whoever sent it is told."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from models.counting.reading import Rejection


@dataclass(frozen=True, slots=True)
class SetAside:
    """`name`: what `tundish quarantine` calls it. `known`: of an event whose number is known, the tonnes and the end
    (UTC ns) that count."""

    name: str
    rejection: Rejection
    known: tuple[float, int] | None = None


SetAsideSince = Callable[[str, int], Awaitable[Sequence[SetAside] | None]]
"""Of a source since an instant (UTC ns), when all that it handed on is counted; None if that cannot be now."""
