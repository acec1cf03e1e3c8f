"""Why something about alerts beside an incident is not shown or entered. Pure."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

ALERT_ENTRY_TEXTS: "Mapping[str, Texts]" = {
    "too_many_incidents": {
        "en": "there were more than {most} incidents in {days} days: ask for fewer days",
        "ru": "за {days} сут было более {most} инцидентов: укажите меньше суток",
        "kk": "{days} тәулікте {most} көп оқиға болды: азырақ тәулік көрсетіңіз",
    },
    "roster_clash": {
        "en": "{shift}: {author} entered {person} meanwhile, at {at}: look at it, then save again to replace it",
        "ru": "{shift}: тем временем, в {at}, введено {person}, автор {author}: посмотрите и сохраните ещё раз, чтобы "
        "заменить",
        "kk": "{shift}: осы арада, {at}, {person} енгізілді, авторы {author}: қарап шығып, ауыстыру үшін қайта "
        "сақтаңыз",
    },
    "roster_emptied": {
        "en": "{shift}: {author} took the person off meanwhile, at {at}: look at it, then save again to replace it",
        "ru": "{shift}: тем временем, в {at}, дежурного убрали, автор {author}: посмотрите и сохраните ещё раз, чтобы "
        "заменить",
        "kk": "{shift}: осы арада, {at}, кезекші алынып тасталды, авторы {author}: қарап шығып, ауыстыру үшін қайта "
        "сақтаңыз",
    },
    "roster_over": {
        "en": "{shift} is over: who had the duty then can no longer be entered",
        "ru": "{shift}: смена закончилась, дежурного за неё уже не ввести",
        "kk": "{shift}: ауысым аяқталды, оның кезекшісін енді енгізуге болмайды",
    },
    "roster_no_shift": {
        "en": "no shift of that duty begins then: load the page anew",
        "ru": "в это время у дежурства не начинается смена: загрузите страницу заново",
        "kk": "бұл уақытта кезекшілік ауысымы басталмайды: бетті қайта жүктеңіз",
    },
    "roster_no_person": {
        "en": "{person} is not among the people of the configuration: name them in plant.yaml under alerts.people",
        "ru": "{person} нет среди людей в настройке: задайте в plant.yaml, alerts.people",
        "kk": "{person} баптаудағы адамдардың арасында жоқ: plant.yaml ішіндегі alerts.people бөлімінде көрсетіңіз",
    },
    "roster_too_many": {
        "en": "{count} changes at once are too many: {most} at most",
        "ru": "{count} изменений за раз слишком много: не более {most}",
        "kk": "бірден {count} өзгеріс тым көп: ең көбі {most}",
    },
}


def alert_entry_text(key: str, /, **parameters: object) -> FilledText:
    """The sentence, to be told in a language."""
    return FilledText(ALERT_ENTRY_TEXTS[key], parameters)
