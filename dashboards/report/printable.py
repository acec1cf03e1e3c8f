"""Text as paper shows it, and as XML can hold it."""


def printable(text: str) -> str:
    """Text without characters that no paper shows; they would be boxes, or turn what follows around."""
    return "".join(letter if letter.isprintable() or letter in "\u00a0\u202f" else "\ufffd" for letter in text)
