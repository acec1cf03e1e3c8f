"""Whether a text is in its language alone: no code of a unit and no English word in Russian or Kazakh. Pure."""

import re
from collections.abc import Iterable, Iterator

LATIN = re.compile(r"[A-Za-z][A-Za-z_0-9]*")
ALLOWED = frozenset(("SIMULATED", "P1", "P2", "P3", "P4", "OPC", "UA", "UTC", "html", "csv", "xlsx"))
"""What stands in Latin letters in any language: the mark of everything made up, severities, standards, options."""
TYPED = re.compile(r"`[^`]*`|--[a-z][a-z-]*|\b[0-9a-f]{64}\b")
"""What a reader is to type as it stands, commands and their options; and digests."""
KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)


def foreign_words(text: str) -> list[str]:
    """Words in Latin letters that no Russian or Kazakh text has."""
    return [word for word in LATIN.findall(TYPED.sub("", text)) if word not in ALLOWED]


def false_language(texts: Iterable[str], language: str) -> Iterator[str]:
    """The texts of a language that hold words of another one."""
    for text in texts:
        found = foreign_words(text)
        if found:
            yield f"{language}: {', '.join(found)} in {text!r}"
        if language == "ru" and KAZAKH.search(text):
            yield f"ru: Kazakh letters in {text!r}"
