"""What kind of fault a source has, in the words of who looks at the page; the detail stays as it is. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from models.works.localize import Language


class SourceError(StrEnum):
    """Why a source, or a part of it, gives nothing now."""

    NO_ANSWER = "no_answer"
    NOT_REACHED = "not_reached"
    UNKNOWN_HOST = "unknown_host"
    LINE_ENDED = "line_ended"
    REFUSED = "refused"
    CERTIFICATE = "certificate"
    WRONG_ANSWER = "wrong_answer"
    FOLDER = "folder"
    SIGNALS = "signals"
    NOT_STORED = "not_stored"
    OTHER = "other"


ERROR_WORDS: Mapping[SourceError, Mapping[Language, str]] = {
    SourceError.NO_ANSWER: {"en": "no answer", "ru": "нет ответа", "kk": "жауап жоқ"},
    SourceError.NOT_REACHED: {
        "en": "it takes no connection",
        "ru": "не принимает соединение",
        "kk": "қосылымды қабылдамайды",
    },
    SourceError.UNKNOWN_HOST: {
        "en": "the network does not know its name",
        "ru": "имя неизвестно в сети",
        "kk": "атауы желіде белгісіз",
    },
    SourceError.LINE_ENDED: {"en": "the connection ended", "ru": "соединение прервано", "kk": "байланыс үзілді"},
    SourceError.REFUSED: {"en": "it refuses us", "ru": "отказано в доступе", "kk": "кіруге рұқсат бермейді"},
    SourceError.CERTIFICATE: {
        "en": "a certificate or key does not fit",
        "ru": "сертификат или ключ не подходит",
        "kk": "сертификат не кілт сәйкес емес",
    },
    SourceError.WRONG_ANSWER: {
        "en": "its answer is not as configured",
        "ru": "ответ не такой, как настроено",
        "kk": "жауабы бапталғандай емес",
    },
    SourceError.FOLDER: {"en": "its folder cannot be read", "ru": "папка не читается", "kk": "қалта оқылмайды"},
    SourceError.SIGNALS: {
        "en": "signals cannot be read",
        "ru": "не читаются сигналы",
        "kk": "сигналдар оқылмайды",
    },
    SourceError.NOT_STORED: {
        "en": "this host cannot store its data",
        "ru": "данные не удаётся сохранить на этом компьютере",
        "kk": "деректі бұл компьютерде сақтау мүмкін емес",
    },
    SourceError.OTHER: {"en": "fault", "ru": "неисправность", "kk": "ақау"},
}


def told_error(kind: SourceError | None, detail: str, language: Language) -> str:
    """The fault in a language, with its detail; "" if there is none."""
    if not detail or kind is None:
        return detail
    return f"{ERROR_WORDS[kind][language]}: {detail}"
