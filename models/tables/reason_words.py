"""Why a value or an event was not believed, for whoever sent it: the same words wherever it is told. Pure."""

from collections.abc import Mapping

from models.tables.loss_words import Words
from models.works.codes import Reason

REASON_WORDS: Mapping[Reason, Words] = {
    Reason.OUT_OF_RANGE: {
        "en": "values outside the limits that are set",
        "ru": "значения вне заданных пределов",
        "kk": "белгіленген шектен тыс мәндер",
    },
    Reason.BAD_QUALITY: {"en": "values of bad quality", "ru": "значения плохого качества", "kk": "сапасы нашар мәндер"},
    Reason.FUTURE_CLOCK: {
        "en": "times that are ahead of the clock",
        "ru": "время впереди часов",
        "kk": "уақыты сағаттан озған",
    },
    Reason.CLOCK_BEHIND: {
        "en": "its time is over a year ago",
        "ru": "время более года назад",
        "kk": "уақыты бір жылдан бұрын",
    },
    Reason.STAMP_FROZEN: {
        "en": "new values under an old time",
        "ru": "новые значения со старым временем",
        "kk": "ескі уақытпен жаңа мәндер",
    },
    Reason.NOT_A_NUMBER: {
        "en": "not a number that can be counted",
        "ru": "не число, которое можно учесть",
        "kk": "есептеуге келмейтін сан",
    },
    Reason.WRONG_TYPE: {
        "en": "not a number or a time",
        "ru": "не число или не время",
        "kk": "сан не уақыт емес",
    },
    Reason.RATE_TOO_HIGH: {
        "en": "growth faster than is set",
        "ru": "рост быстрее заданного",
        "kk": "өсім белгіленгеннен жылдам",
    },
    Reason.NOT_CONFIRMED: {
        "en": "values that later ones took back",
        "ru": "значения, не подтверждённые следующими",
        "kk": "кейінгілері растамаған мәндер",
    },
    Reason.LATE_INCONSISTENT: {
        "en": "late values that do not fit between their neighbours",
        "ru": "поздние значения, не подходящие к соседним",
        "kk": "көршілеріне сай келмейтін кеш мәндер",
    },
    Reason.EVENT_TONNES: {
        "en": "tonnes outside the limits that are set",
        "ru": "тонны вне заданных пределов",
        "kk": "белгіленген шектен тыс тонна",
    },
    Reason.KEY_REUSED: {
        "en": "the number is known with other tonnes or another end",
        "ru": "номер уже известен с другими тоннами или окончанием",
        "kk": "нөмір басқа тоннамен не аяқталуымен белгілі",
    },
    Reason.UNPAIRED: {
        "en": "a weighing that found no other",
        "ru": "взвешивание без пары",
        "kk": "жұбы жоқ өлшеу",
    },
    Reason.DATABASE_REFUSED: {
        "en": "the database refused it",
        "ru": "база данных отклонила",
        "kk": "дерекқор қабылдамады",
    },
}
