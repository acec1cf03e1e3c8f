"""What a person may take back of a project: all that is stated of one month, or of one milestone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.stated.measure import PROJECT_KINDS, StatedMeasure
from models.stated.milestone_word import MilestoneWord


@dataclass(frozen=True, slots=True)
class StatedThing:
    """`month`: the span of the month (ordinals [start, end)); None: it is the milestone of that code.

    `numbers`, `word`: what stands of it.
    """

    project: str
    month: tuple[int, int] | None
    milestone: str = ""
    numbers: tuple[StatedMeasure, ...] = ()
    word: MilestoneWord | None = None

    @property
    def of(self) -> tuple[str, tuple[int, int] | None, str]:
        """What it is, whatever stands of it."""
        return self.project, self.month, self.milestone

    @property
    def seen_ns(self) -> int:
        """When the newest of it was recorded (UTC ns)."""
        return self._newest[0]

    @property
    def author(self) -> str:
        """Who stated the newest of it."""
        return self._newest[1]

    @property
    def _newest(self) -> tuple[int, str]:
        words = [(each.recorded_ns, each.author) for each in self.numbers]
        return max(
            [*words, *([] if self.word is None else [(self.word.recorded_ns, self.word.author)])], default=(0, "")
        )


def stated_things(
    project: str, numbers: Sequence[StatedMeasure], words: Mapping[tuple[str, str], MilestoneWord]
) -> list[StatedThing]:
    """Of the numbers and words that stand those of a project: milestones first, then the newest month first."""
    ours = [each for each in numbers if each.subject == project and each.kind in PROJECT_KINDS]
    months = sorted({(each.start, each.end) for each in ours}, reverse=True)
    return [
        *(StatedThing(project, None, code, word=word) for (owner, code), word in words.items() if owner == project),
        *(
            StatedThing(project, month, numbers=tuple(each for each in ours if (each.start, each.end) == month))
            for month in months
        ),
    ]
