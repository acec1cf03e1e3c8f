"""Numbers as each language writes them."""

NO_BREAK_SPACE = "\u00a0"
_SWAPPED = {ord(","): NO_BREAK_SPACE, ord("."): ","}


def written(english: str, language: str) -> str:
    """A number that stands in English form: 12,345.6 in English, 12 345,6 (no-break space) in Russian and Kazakh."""
    return english if language == "en" else english.translate(_SWAPPED)
