"""Texts of corrections beside a sheet of a closed month, in the three languages."""

from models.works.localize import Language

CORRECTION_TEXTS: dict[str, dict[Language, str]] = {
    "corrections_of_closed": {
        "en": "Corrections of the closed month",
        "ru": "Корректировки закрытого месяца",
        "kk": "Жабылған айдың түзетулері",
    },
    "correction_post": {"en": "Correct a figure", "ru": "Исправить цифру", "kk": "Санды түзету"},
    "correction_how": {
        "en": "What was signed is not changed. A correction adds or takes off tonnes, with its author and reason, and "
        "is booked in the month that is open.",
        "ru": "Подписанное не меняется. Корректировка добавляет или снимает тонны, с автором и причиной, и проводится "
        "в открытом месяце.",
        "kk": "Қол қойылған сан өзгермейді. Түзету авторы мен себебі көрсетіліп, тоннаны қосады немесе алады "
        "және ашық айда өткізіледі.",
    },
    "correction_whose": {
        "en": "A figure of a closed month is corrected here by users with the role shop_chief for this shop.",
        "ru": "Цифру закрытого месяца исправляют здесь пользователи с ролью shop_chief для этого цеха.",
        "kk": "Жабылған айдың санын осы жерде осы цехтың shop_chief рөлі бар адамдары түзетеді.",
    },
    "correction_title": {
        "en": "Correct a figure. {sheet}",
        "ru": "Исправить цифру. {sheet}",
        "kk": "Санды түзету. {sheet}",
    },
    "correction_line": {"en": "Unit and product", "ru": "Агрегат и продукция", "kk": "Агрегат және өнім"},
    "correction_line_missing": {
        "en": "Choose the unit and the product.",
        "ru": "Выберите агрегат и продукцию.",
        "kk": "Агрегат пен өнімді таңдаңыз.",
    },
    "correction_tonnes": {
        "en": "Tonnes to add; with a minus, to take off",
        "ru": "Тонн добавить; со знаком минус, снять",
        "kk": "Қосылатын тонна; минуспен, алынатын",
    },
    "correction_reason": {"en": "Reason", "ru": "Причина", "kk": "Себебі"},
    "correction_is": {
        "en": "{where}: {tonnes}, booked in {month}",
        "ru": "{where}: {tonnes}, проводится в {month}",
        "kk": "{where}: {tonnes}, {month} айында өткізіледі",
    },
    "correction_check": {"en": "Check", "ru": "Проверить", "kk": "Тексеру"},
    "correction_now": {"en": "Post the correction", "ru": "Провести корректировку", "kk": "Түзетуді өткізу"},
    "correction_anyway": {"en": "Post it all the same", "ru": "Всё равно провести", "kk": "Сонда да өткізу"},
    "correction_posted": {
        "en": "Correction {name} is posted.",
        "ru": "Корректировка {name} проведена.",
        "kk": "{name} түзетуі өткізілді.",
    },
    "correction_undo_title": {
        "en": "Take correction {name} back: its inverse is posted, and both stay",
        "ru": "Отменить корректировку {name}: проводится обратная, обе остаются",
        "kk": "{name} түзетуін қайтару: кері түзету өткізіледі, екеуі де қалады",
    },
    "correction_undone": {
        "en": "Correction {name} is taken back by {inverse}.",
        "ru": "Корректировка {name} отменена корректировкой {inverse}.",
        "kk": "{name} түзетуі {inverse} түзетуімен қайтарылды.",
    },
    "correction_takes_back": {
        "en": "takes {name} back: {why}",
        "ru": "отменяет {name}: {why}",
        "kk": "{name} түзетуін қайтарады: {why}",
    },
}
