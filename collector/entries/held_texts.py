"""What is said of readings that were not believed. Pure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

HELD_TEXTS: "Mapping[str, Texts]" = {
    "held_is_gone": {
        "en": "{name} was settled meanwhile, by {by}: nothing was changed",
        "ru": "{name} уже решено: {by}; ничего не изменено",
        "kk": "{name} бойынша шешім қабылданып қойған: {by}; ештеңе өзгертілмеді",
    },
    "no_such_held": {
        "en": "there is no record {name} any more: reload the page",
        "ru": "записи {name} больше нет: обновите страницу",
        "kk": "{name} жазбасы енді жоқ: бетті жаңартыңыз",
    },
    "not_a_number_typed": {
        "en": "'{value}' is no number: type it as 1234.5",
        "ru": "«{value}» не число: введите, например, 1234,5",
        "kk": "«{value}» сан емес: мысалы, 1234,5 деп жазыңыз",
    },
    "row_has_no_value": {
        "en": "the database refused this row: its value is not corrected here, only sent again or dropped",
        "ru": "эту строку отклонила база данных: её значение здесь не исправляют, её можно отправить снова или снять",
        "kk": "бұл жолды дерекқор қабылдамады: оның мәні мұнда түзетілмейді, тек қайта жіберіледі не алынады",
    },
}
