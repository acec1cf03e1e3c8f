"""What a status word says: one of its bits, or one of the modes that its number stands for, as 0 or 1.

PLCs show what a unit does as a word of 16 or 32 bits (running, fault, local) or as a number for each mode. A tag with
`bit` or `on_when` is 1 while its bit is set, or while the word is one of the numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.counting.reading import ReadingBatch
from models.works.plant import Tag


@dataclass(frozen=True, slots=True)
class StatusWords:
    """Of `Plant.tags`, in its order: bool[n_tags] whether a tag is part of a word, and how it is read."""

    is_word: NDArray[np.bool_]
    tags: tuple[Tag, ...]

    @staticmethod
    def of(tags: Sequence[Tag]) -> "StatusWords":
        """Build it once."""
        return StatusWords(np.array([tag.is_of_a_word for tag in tags], dtype=np.bool_), tuple(tags))

    def read(self, batch: ReadingBatch) -> ReadingBatch:
        """The batch with words as 0 or 1. A number that is not whole stays as it is: it is no word, and out of range.

        Words of 64 bits are exact. The numbers of a signed type are those of its bits (-1 has all of them).
        """
        rows = np.flatnonzero(self.is_word[batch.tags]).tolist() if self.is_word.any() else []
        if not rows:
            return batch
        values = batch.values.copy()
        for row in rows:
            word = batch.number(row)
            if word.is_integer() if isinstance(word, float) else word.denominator == 1:
                values[row] = _said(self.tags[batch.tags[row]], int(word))
        residues = {row: lacking for row, lacking in batch.residues.items() if not self.is_word[batch.tags[row]]}
        return replace(batch, values=values, residues=residues)


def _said(tag: Tag, word: int) -> float:
    on = word in tag.on_when if tag.bit is None else bool(word >> tag.bit & 1)
    return float(on)
