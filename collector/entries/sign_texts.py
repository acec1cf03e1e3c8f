"""Why the figures of a day cannot be signed. Pure."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

SIGN_TEXTS: "Mapping[str, Texts]" = {
    "sign_shop_whose": {
        "en": "your roles do not let you sign for this shop: its chief does, a user with the role shop_chief for it",
        "ru": "ваши роли не позволяют подписать за этот цех: подписывает его начальник, пользователь с ролью "
        "shop_chief для этого цеха",
        "kk": "рөлдеріңіз осы цех үшін қол қоюға рұқсат бермейді: оған цех бастығы, яғни осы цехтың shop_chief рөлі "
        "бар пайдаланушы қол қояды",
    },
    "sign_works_whose": {
        "en": "your roles do not let you sign for the works: the director does, a user with the role director for all "
        "shops",
        "ru": "ваши роли не позволяют подписать за завод: подписывает директор, пользователь с ролью director для "
        "всех цехов",
        "kk": "рөлдеріңіз зауыт үшін қол қоюға рұқсат бермейді: оған директор, яғни барлық цехтың director рөлі бар "
        "пайдаланушы қол қояды",
    },
    "sign_not_over": {
        "en": "the day {day} is not over: it can be signed from {over} on",
        "ru": "сутки {day} ещё не окончены: подписать можно с {over}",
        "kk": "{day} тәулігі әлі аяқталған жоқ: {over} бастап қол қоюға болады",
    },
    "sign_counting": {
        "en": "a change of this day is still being counted: look again in a minute; if it lasts, see that the service "
        "runs (tundish status)",
        "ru": "изменение за эти сутки ещё считается: посмотрите через минуту; если не проходит, проверьте, работает ли "
        "служба (tundish status)",
        "kk": "осы тәуліктің өзгерісі әлі есептелуде: бір минуттан кейін қараңыз; өтпесе, қызмет жұмыс істеп тұрғанын "
        "тексеріңіз (tundish status)",
    },
    "sign_nothing": {
        "en": "there are no figures of {day} to sign here",
        "ru": "здесь нет данных за {day}, которые можно подписать",
        "kk": "мұнда {day} үшін қол қоятын деректер жоқ",
    },
    "sign_already": {
        "en": "nothing was stored: {name} signed these figures already, at {at}",
        "ru": "ничего не сохранено: эти данные уже подписаны: {name}, {at}",
        "kk": "ештеңе сақталған жоқ: бұл деректерге {name} қол қойып қойған, {at}",
    },
    "sign_meanwhile": {
        "en": "nothing was stored: the figures changed while you looked at them; look at the new ones, then sign",
        "ru": "ничего не сохранено: пока вы смотрели, данные изменились; посмотрите новые и подпишите",
        "kk": "ештеңе сақталған жоқ: сіз қарап отырғанда деректер өзгерді; жаңасын қарап, содан кейін қол қойыңыз",
    },
    "sign_shops_first": {
        "en": "the works is signed after its shops, and these have not signed: {shops}",
        "ru": "завод подписывается после цехов, а эти ещё не подписаны: {shops}",
        "kk": "зауытқа цехтардан кейін қол қойылады, ал мыналарға әлі қол қойылмаған: {shops}",
    },
}


def sign_text(key: str, /, **parameters: object) -> FilledText:
    """Why a signature is refused, to be told in a language."""
    return FilledText(SIGN_TEXTS[key], parameters)
