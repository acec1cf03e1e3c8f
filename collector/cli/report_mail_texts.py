"""What `tundish report mail` says."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

MAIL_TEXTS: "Mapping[str, Texts]" = {
    "none": {
        "en": "no report is mailed: list them under report_mails in plant.yaml",
        "ru": "рапорты по почте не отправляются: перечислите их в plant.yaml в разделе report_mails",
        "kk": "рапорттар поштамен жіберілмейді: оларды plant.yaml файлында report_mails бөлімінде атаңыз",
    },
    "trial": {"en": "Trial", "ru": "Проба", "kk": "Сынақ"},
    "code": {"en": "Schedule", "ru": "Рассылка", "kk": "Тарату"},
    "report": {"en": "Report", "ru": "Рапорт", "kk": "Рапорт"},
    "readers": {"en": "To", "ru": "Кому", "kk": "Кімге"},
    "next": {"en": "Next", "ru": "Следующая", "kk": "Келесісі"},
    "last": {"en": "Last", "ru": "Последняя", "kk": "Соңғысы"},
    "nothing_yet": {
        "en": "none yet: the service begins with the next one",
        "ru": "ещё не было: служба начнёт со следующей",
        "kk": "әлі болған жоқ: қызмет келесісінен бастайды",
    },
    "waiting": {
        "en": "{period}: waits since {due}, tries: {tries}. {reason}",
        "ru": "{period}: ожидает с {due}, попыток: {tries}. {reason}",
        "kk": "{period}: {due} бастап күтуде, талпыныс саны: {tries}. {reason}",
    },
    "next_try": {
        "en": "Next try: {at}.",
        "ru": "Следующая попытка: {at}.",
        "kk": "Келесі талпыныс: {at}.",
    },
    "sent": {
        "en": "{period}: sent {at}. {reason}",
        "ru": "{period}: отправлена {at}. {reason}",
        "kk": "{period}: {at} жіберілді. {reason}",
    },
    "given_up": {
        "en": "{period}: given up {at}, a day after it was due. {reason}",
        "ru": "{period}: отменена {at}, через сутки после срока. {reason}",
        "kk": "{period}: {at} тоқтатылды, мерзімінен бір тәулік өтті. {reason}",
    },
    "passed": {
        "en": "{period} was due before the schedule was known; the next one goes",
        "ru": "срок {period} прошёл до появления рассылки; уйдёт следующая",
        "kk": "{period} мерзімі тарату қосылғанға дейін өткен; келесісі жіберіледі",
    },
    "unknown": {
        "en": "there is no schedule '{code}'; known are: {known}",
        "ru": "рассылки '{code}' нет; есть: {known}",
        "kk": "'{code}' таратуы жоқ; барлары: {known}",
    },
    "sent_now": {
        "en": "sent the {report} report of {period} to {readers}, as a trial. {remark}",
        "ru": "пробная отправка: рапорт {report} за {period}, кому: {readers}. {remark}",
        "kk": "сынақ ретінде жіберілді: {report} рапорты, {period}, кімге: {readers}. {remark}",
    },
}


def mail_text(key: str, **parameters: object) -> FilledText:
    """The sentence of that name, filled in."""
    return FilledText(MAIL_TEXTS[key], parameters)
