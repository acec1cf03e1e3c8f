"""Slips of the hand: which known word a word that nobody knows is close to. Pure."""

from collections.abc import Iterable

LEAST_LENGTH = 4
"""Of three letters every word is one letter from many others: цех, чех, цен."""
LONG_WORD = 8
"""From here on two letters may be wrong; "конвертер" and "конверсия" are further apart than that."""

OTHER_WORDS = frozenset(
    (
        *("form", "size", "side", "rate", "late", "gate", "state", "line", "lines", "time", "mins", "mile", "stop"),
        *("ship", "shot", "shaft", "plant", "face", "basin", "mode", "grade", "mouth", "wheel", "pace", "place"),
        *("дача", "смета", "схема", "цена", "вахта", "стаж", "штат", "речь", "сумки", "здание"),
        *("конвейер", "отделение", "выплата", "разряд", "разница", "впуск", "плюс", "кезек", "саны", "станция", "часы"),
    )
)
"""Headings of forms that differ from a word for a field by a letter or two, and mean something else."""


def near_word(text: str, known: Iterable[str]) -> str | None:
    """The known word of which `text` is a slip; None if it is one of them, too short, or means something else."""
    if len(text) < LEAST_LENGTH or text in OTHER_WORDS:
        return None
    most = 2 if len(text) >= LONG_WORD else 1
    best: tuple[int, str] | None = None
    for word in known:
        if len(word) < LEAST_LENGTH or abs(len(word) - len(text)) > most:
            continue
        steps = distance(text, word, most)
        if steps == 0:
            return None
        if steps <= most and (best is None or steps < best[0]):
            best = steps, word
    return best[1] if best is not None else None


def distance(first: str, second: str, most: int) -> int:
    """How many letters are missing, too many, wrong, or changed places; more than `most` is `most` + 1."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for index, letter in enumerate(first, start=1):
        now = [index]
        for at, other in enumerate(second, start=1):
            steps = min(row[at] + 1, now[at - 1] + 1, row[at - 1] + (letter != other))
            if index > 1 and at > 1 and letter == second[at - 2] and first[index - 2] == other:
                steps = min(steps, before[at - 2] + 1)
            now.append(steps)
        if min(now) > most:
            return most + 1
        before, row = row, now
    return row[-1]
