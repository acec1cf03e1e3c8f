"""What is said of the readings of a span, and why some are missing: the same words wherever it is told."""

from collections.abc import Mapping

from models.tables.loss_cause import LossCause
from models.works.localize import Language

Words = Mapping[Language, str]

COUNT_WORDS: Mapping[str, Words] = {
    "expected": {"en": "expected", "ru": "ожидалось", "kk": "күтілді"},
    "read": {"en": "read", "ru": "прочитано", "kk": "оқылды"},
    "backfilled": {"en": "from history", "ru": "из архива", "kk": "мұрағаттан"},
    "late": {"en": "of these late", "ru": "из них поздно", "kk": "оның ішінде кеш"},
    "rejected": {"en": "rejected", "ru": "отклонено", "kk": "қабылданбады"},
    "lost": {"en": "lost", "ru": "потеряно", "kk": "жоғалды"},
}
CAUSE_WORDS: Mapping[LossCause, Words] = {
    LossCause.BEFORE: {
        "en": "it was not collected yet",
        "ru": "сбор ещё не начался",
        "kk": "жинау әлі басталмаған",
    },
    LossCause.COLLECTOR_DOWN: {
        "en": "the collector did not run",
        "ru": "сборщик не работал",
        "kk": "жинаушы жұмыс істемеді",
    },
    LossCause.SOURCE_AWAY: {
        "en": "the source was away",
        "ru": "источник не отвечал",
        "kk": "дереккөз жауап бермеді",
    },
    LossCause.READ_ERROR: {
        "en": "it could not be read, though its source answered",
        "ru": "не читалось, хотя источник отвечал",
        "kk": "дереккөз жауап берсе де, оқылмады",
    },
    LossCause.BAD_QUALITY: {
        "en": "its source called the values bad",
        "ru": "источник назвал значения плохими",
        "kk": "дереккөз мәндерді жарамсыз деді",
    },
    LossCause.RING_OVERRUN: {
        "en": "its ring was overrun",
        "ru": "кольцо событий переполнилось",
        "kk": "оқиғалар сақинасы толып кетті",
    },
    LossCause.REFUSED: {
        "en": "the values were refused, see `tundish quarantine list`",
        "ru": "значения отклонены, см. `tundish quarantine list`",
        "kk": "мәндер қабылданбады, `tundish quarantine list` қараңыз",
    },
    LossCause.NO_FILE: {"en": "no file came", "ru": "файл не поступал", "kk": "файл келмеді"},
    LossCause.NO_ROW: {"en": "no row came", "ru": "строк не поступало", "kk": "жол келмеді"},
    LossCause.NO_MESSAGE: {"en": "no message came", "ru": "сообщений не поступало", "kk": "хабарлама келмеді"},
    LossCause.NOTHING_CAME: {
        "en": "nothing came from its source",
        "ru": "от источника ничего не поступило",
        "kk": "дереккөзден ештеңе келмеді",
    },
}
READINGS_WORD: Words = {"en": "Readings of the day", "ru": "Показания за сутки", "kk": "Тәулік көрсеткіштері"}
DAY_WORD: Words = {"en": "day", "ru": "сутки", "kk": "тәулік"}
SHIFT_WORD: Words = {"en": "shift", "ru": "смена", "kk": "ауысым"}
MONTH_WORD: Words = {"en": "month", "ru": "месяц", "kk": "ай"}
TONNES_WORD: Words = {"en": "t", "ru": "т", "kk": "т"}
DRIFT_WORD: Words = {"en": "drift of the scale", "ru": "уход весов", "kk": "таразының ауытқуы"}
SURVEY_WORD: Words = {"en": "survey", "ru": "маркшейдерский замер", "kk": "маркшейдерлік өлшем"}
