"""Where calculated rows go after they are committed."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Publishing:
    """`to_outbox`: whether there is a database to queue rows for; `wake` wakes its sender after a commit."""

    to_outbox: bool = False
    wake: Callable[[], None] = lambda: None
