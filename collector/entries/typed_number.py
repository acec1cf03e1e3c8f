"""Tonnes as they are typed into a page, whose language says how numbers are written there. Pure."""

import re

from collector.entries.sheet_texts import sheet_text
from collector.files.number import UnreadableNumber, decimal_of, grams
from collector.files.refusal import RefusalCode
from collector.sentence import FilledText
from models.works.localize import Language

SHOWN = 40
"""Letters of what somebody typed that are told again."""
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+\.\d+")
_KEYS = {
    RefusalCode.NUMBER_NEGATIVE: "cell_negative",
    RefusalCode.NUMBER_TOO_LARGE: "cell_too_large",
    RefusalCode.NUMBER_NOT_FINITE: "cell_too_large",
}


def typed_grams(text: str, language: Language) -> int | FilledText | None:
    """Grams; None for an empty cell; a sentence that says why it cannot be read.

    A point is a decimal sign in every language, for nobody here writes thousands with it. So is a comma in Russian and
    Kazakh; in English "12,345" may be either, and is asked about.
    """
    if not text.strip():
        return None
    try:
        return grams(text, "t", _format(text, language))
    except UnreadableNumber as error:
        value = text.strip()[:SHOWN]
        code = error.refusal.code
        if code is RefusalCode.NUMBER_AMBIGUOUS:
            return sheet_text(
                "cell_ambiguous", value=value, small=value.replace(",", "."), large=value.replace(",", "")
            )
        return sheet_text(_KEYS.get(code, "cell_unreadable"), value=value)


def _format(text: str, language: Language) -> str | None:
    """How it is written; None where its own form says so."""
    plain = text.strip()
    if language == "en" and _THOUSANDS.fullmatch(plain):
        return "1,234.5"
    try:
        decimal_of(plain, None)
    except UnreadableNumber as error:
        if error.refusal.code is RefusalCode.NUMBER_AMBIGUOUS:
            return "1234.5" if "." in plain else None if language == "en" else "1 234,5"
    return None
