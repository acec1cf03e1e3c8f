"""Texts that stand for a state: what a PLC, a gateway or a row says in words, as the number that plant.yaml gives."""

from collections.abc import Mapping

from models.works.plant import Tag

SHOWN = 80
"""Letters of a stranger's text that are shown. A judgement."""


def folded(text: str) -> str:
    """A text as it is compared: capitals, and how many spaces there are, do not matter."""
    return " ".join(text.split()).casefold()


def folded_texts(texts: Mapping[str, float]) -> dict[str, float]:
    """The numbers by folded text."""
    return {folded(text): float(number) for text, number in texts.items()}


def number_of(tag: Tag, said: object) -> float | None:
    """The number that a text stands for; None if it is none of the tag's. Numbers and truths are texts too: 1, true."""
    if isinstance(said, float) and said.is_integer():
        said = int(said)
    return tag.texts.get(folded(str(said)))


def unknown_text(tag: Tag, said: object) -> str:
    """What is wrong with a text that is none of the tag's."""
    known = ", ".join(sorted(tag.texts)[:12])
    return f"{str(said)[:SHOWN]!r} is none of the texts of {tag.name} ({known}), and no state; add it to texts"
