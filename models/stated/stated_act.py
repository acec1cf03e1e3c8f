"""What became of each word that people stated: whether it holds, was replaced, was taken back, or never held."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar


class Effect(StrEnum):
    """What became of a word. WITHOUT: a newer document stood when it was stated. WITHDRAWAL: it takes one back."""

    HOLDS = "holds"
    REPLACED = "replaced"
    TAKEN_BACK = "taken_back"
    WITHOUT = "without"
    WITHDRAWAL = "withdrawal"


class DatedWord(Protocol):
    """A number, or the word of a milestone."""

    @property
    def of(self) -> Hashable:
        """What it is about."""
        ...

    @property
    def stated_on(self) -> int:
        """The date (ordinal) of its document."""
        ...

    @property
    def withdrawn(self) -> bool:
        """Whether it takes back what was said before."""
        ...


Word = TypeVar("Word", bound=DatedWord)


@dataclass(frozen=True, slots=True)
class StatedAct(Generic[Word]):
    """A word, the one that stood when it was stated, and what became of it."""

    word: Word
    before: Word | None
    effect: Effect


def stated_acts(words: Iterable[Word]) -> list[StatedAct[Word]]:
    """`words`: in the order of recording, which is that of the acts. By the rule of `models.stated.measure.newest`."""
    acts: list[StatedAct[Word]] = []
    stands: dict[Hashable, int] = {}
    for word in words:
        at = stands.get(word.of)
        before = None if at is None else acts[at].word
        if word.withdrawn:
            effect = Effect.WITHDRAWAL
        elif before is None or word.stated_on >= before.stated_on:
            effect = Effect.HOLDS
        else:
            effect = Effect.WITHOUT
        if at is not None and effect is not Effect.WITHOUT:
            became = Effect.TAKEN_BACK if word.withdrawn else Effect.REPLACED
            acts[at] = StatedAct(acts[at].word, acts[at].before, became)
        if word.withdrawn:
            stands.pop(word.of, None)
        elif effect is Effect.HOLDS:
            stands[word.of] = len(acts)
        acts.append(StatedAct(word, before, effect))
    return acts
