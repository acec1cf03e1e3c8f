"""What the page of the next digest says, in the three languages."""

from models.works.localize import Language

DIGEST_TEXTS: dict[str, dict[Language, str]] = {
    "digest_title": {"en": "Next digest", "ru": "Следующий обзор", "kk": "Келесі шолу"},
    "digest_help": {
        "en": "As it would be if nothing changed until then. Nothing is sent by looking.",
        "ru": "Таким он будет, если до отправки ничего не изменится. От просмотра ничего не отправляется.",
        "kk": "Жіберілгенше ештеңе өзгермесе, ол осындай болады. Қараудан ештеңе жіберілмейді.",
    },
    "digest_goes": {"en": "Goes on {at}", "ru": "Уйдёт {at}", "kk": "Жіберілетін уақыты: {at}"},
    "digest_overdue": {
        "en": "Was due on {at}: it goes as soon as the collector runs.",
        "ru": "Должен был уйти {at}: уйдёт, как только заработает сервис сбора.",
        "kk": "{at} жіберілуі керек еді: жинау қызметі іске қосылған бойда жіберіледі.",
    },
    "digest_since": {
        "en": "Trends that hold, or ended after the digest of {at}",
        "ru": "Тенденции, которые сохраняются или закончились после обзора {at}",
        "kk": "Әлі жалғасып жатқан немесе {at} шолуынан кейін аяқталған үрдістер",
    },
    "digest_first": {
        "en": "It is the first: trends that hold.",
        "ru": "Он первый: тенденции, которые сохраняются.",
        "kk": "Бұл бірінші шолу: жалғасып жатқан үрдістер.",
    },
    "digest_readers": {"en": "To whom", "ru": "Кому", "kk": "Кімге"},
    "digest_nobody": {
        "en": "Nobody is configured: name channels in plant.yaml under alerts.roles.digest.",
        "ru": "Никто не указан: задайте каналы в plant.yaml, alerts.roles.digest.",
        "kk": "Ешкім көрсетілмеген: plant.yaml ішіндегі alerts.roles.digest бөлімінде арналарды көрсетіңіз.",
    },
    "digest_mail": {"en": "E-mail", "ru": "Электронная почта", "kk": "Электрондық пошта"},
    "digest_addresses": {
        "en": "{count} addresses; sign in to see them",
        "ru": "адресов: {count}; войдите, чтобы увидеть их",
        "kk": "мекенжай саны: {count}; көру үшін кіріңіз",
    },
    "digest_says": {"en": "What it says", "ru": "Что в нём", "kk": "Мазмұны"},
    "digest_nothing": {
        "en": "There is no trend to tell of: no digest would be sent.",
        "ru": "Сообщать не о чём: обзор не будет отправлен.",
        "kk": "Хабарлайтын үрдіс жоқ: шолу жіберілмейді.",
    },
    "digest_language": {"en": "Language: {name}", "ru": "Язык: {name}", "kk": "Тілі: {name}"},
    "digest_unread": {
        "en": "The digest cannot be read now: {why}",
        "ru": "Сейчас обзор не прочитать: {why}",
        "kk": "Шолуды қазір оқу мүмкін емес: {why}",
    },
}
