"""Kazakh case endings, chosen by the last vowel and the last sound of the word as it is spoken.

A numeral takes the ending of its last spoken word: 6 is "алты" and takes -ға, 7 is "жеті" and takes -ге. Rules of vowel
harmony and of the assimilation of consonants: any grammar of Kazakh.
"""

from decimal import Decimal

_BACK = frozenset("аоұыяё")
_FRONT = frozenset("әеөүіэ")
"""The vowels и, у and ю follow the vowel before them."""
_VOICELESS = frozenset("пфкқтсшщчцхһ")
_HARDENED = frozenset("бвгд")
"""Written voiced, and spoken without voice at the end of a word that was borrowed."""
_NASAL = frozenset("мнң")
_ONES = ("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
_TENS = ("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан")
_POWERS = ((9, "миллиард"), (6, "миллион"), (3, "мың"))


def dative(word: str) -> str:
    """The ending of "to": тонна -> ға, пайыз -> ға, бес -> ке."""
    hard = word[-1] in _VOICELESS | _HARDENED
    return ("қа" if hard else "ға") if _is_back(word) else ("ке" if hard else "ге")


def ablative(word: str) -> str:
    """The ending of "from": тонна -> дан, он -> нан, бес -> тен."""
    last = word[-1]
    first = "т" if last in _VOICELESS | _HARDENED else "н" if last in _NASAL else "д"
    return f"{first}ан" if _is_back(word) else f"{first}ен"


def instrumental(word: str) -> str:
    """The ending of "with": қазан -> мен, тамыз -> бен, қыркүйек -> пен. It has no harmony of vowels."""
    last = word[-1]
    return "пен" if last in _VOICELESS | _HARDENED else "бен" if last in "зж" else "мен"


def last_spoken(number: Decimal) -> str:
    """The last word of a number as it is spoken: 15 -> бес, 200 -> жүз, 6.9 ("алты бүтін оннан тоғыз") -> тоғыз."""
    whole, _, part = f"{abs(number):f}".partition(".")
    digits = int(part.rstrip("0") or whole)
    for power, name in _POWERS:
        if digits and digits % 10**power == 0:
            return name
    if digits and digits % 100 == 0:
        return "жүз"
    return _ONES[digits % 10] if digits % 10 or not digits else _TENS[digits // 10 % 10]


def _is_back(word: str) -> bool:
    for letter in reversed(word):
        if letter in _BACK:
            return True
        if letter in _FRONT:
            return False
    return False
