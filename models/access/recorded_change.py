"""What people changed: one record of each act that is kept, with who, when, before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class ActKind(StrEnum):
    """What a person changed."""

    FIGURE = "figure"
    UNDOING = "undoing"
    PLAN = "plan"
    REPAIR = "repair"
    ADJUSTMENT = "adjustment"
    CLOSING = "closing"
    REOPENING = "reopening"
    REASON = "reason"
    ALERT = "alert"
    READING = "reading"
    SIGNATURE = "signature"
    MEASURE = "measure"
    MILESTONE = "milestone"
    ACCIDENT = "accident"
    DUTY = "duty"
    USER = "user"


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field that was stated: its name, and what it was before and after, as recorded; "" for nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedChange:
    """One act. `recorded_ns`: UTC. `author`: as the record names the person.

    `done`: what of its kind was done, such as "muted", or what became of a number (`models.stated.stated_act.Effect`),
    or the role of a duty; "" where the kind says it. `shop`, `unit`, `product`: codes of what it is about, "" for
    none, "all" for a total. `subject`, `part`: the codes of a project or an indicator, and of a milestone of it.
    `start_ns`, `end_ns` (UTC): the time that it is about, 0 for none. `before_g`, `after_g`: grams; None: no figure.
    `before`, `after`: words, as recorded. `fields`: what was stated, field by field. `note`: what the person said.
    `sum`, `budget`: what the amounts of the project came to by it, where that is more than its budget; else "".
    """

    recorded_ns: int
    author: str
    kind: ActKind
    done: str = ""
    shop: str = ""
    unit: str = ""
    product: str = ""
    subject: str = ""
    part: str = ""
    start_ns: int = 0
    end_ns: int = 0
    before_g: int | None = None
    after_g: int | None = None
    before: str = ""
    after: str = ""
    fields: tuple[ChangedField, ...] = ()
    sum: str = ""
    budget: str = ""
    note: str = ""


class ChangesDesk(Protocol):
    """Blocks; safe to call from any thread."""

    def newest(self, limit: int, *, kind: ActKind | None, author: str, users: bool) -> Sequence[RecordedChange]:
        """The newest changes, the newest first. `kind`, `author`: of those alone, None and "" for all. `users`: with
        those of users and tokens.

        Raises ActionRefused: the records cannot be read.
        """
        ...
