"""What was said of a milestone: when it is expected, or that it was reached."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from models.stated.measure import Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneWord:
    """Of a milestone of a project (codes): the dates (ordinals) `forecast` and `fact`; None: not said.

    `stated_on`: the date of the document that `source` names, which for a fact is its evidence. `recorded_ns`: UTC; 0:
    not stored yet. Neither of the two dates: what was said before is taken back.
    """

    project: str
    milestone: str
    forecast: int | None
    fact: int | None
    source: str
    stated_on: int
    author: str
    recorded_ns: int = 0

    @property
    def of(self) -> tuple[str, str]:
        """What it is about."""
        return self.project, self.milestone

    @property
    def withdrawn(self) -> bool:
        """Whether it takes back what was said."""
        return self.forecast is None and self.fact is None


def newest_words(
    words: Iterable[MilestoneWord], known_ns: int | None = None
) -> Mapping[tuple[str, str], MilestoneWord]:
    """By project and milestone the word that holds: of the newest document, and of one the newest word. `known_ns`: as
    it was known then (UTC ns); None: now. `words`: in the order of recording."""
    found: dict[tuple[str, str], MilestoneWord] = {}
    for word in words:
        if known_ns is not None and word.recorded_ns > known_ns:
            continue
        if word.withdrawn:
            found.pop(word.of, None)
            continue
        before = found.get(word.of)
        if before is None or (word.stated_on, word.recorded_ns) >= (before.stated_on, before.recorded_ns):
            # A newer document that says when it was expected takes back no fact.
            fact = before.fact if before is not None and word.fact is None else word.fact
            found[word.of] = replace(word, fact=fact)
    return found


def days_late(milestone: Milestone, word: MilestoneWord | None, today: int) -> int:
    """By how many days it is late on the date `today` (an ordinal): it was reached, is expected, or still is not there
    after its planned date; 0 if it is not."""
    if word is not None and word.fact is not None:
        return max(word.fact - milestone.planned, 0)
    expected = None if word is None else word.forecast
    # A forecast that has passed is none: whoever gave it did not come back to it.
    return max(max(expected or 0, today) - milestone.planned, 0)
