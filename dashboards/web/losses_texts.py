"""What the page of losses says of itself, in the three languages. Words of the report on losses stand as they are."""

from models.why.loss_texts import LOSS_TEXTS
from models.works.localize import Language

LOSSES_PAGE_TEXTS: dict[str, dict[Language, str]] = {
    "losses_title": LOSS_TEXTS["title"],
    "losses_name": LOSS_TEXTS["name"],
    "losses_stops": LOSS_TEXTS["stops"],
    "losses_hours": LOSS_TEXTS["hours"],
    "losses_lost": LOSS_TEXTS["lost"],
    "losses_share": LOSS_TEXTS["share"],
    "losses_between": LOSS_TEXTS["between"],
    "losses_repair": LOSS_TEXTS["repair"],
    "losses_availability": LOSS_TEXTS["availability"],
    "losses_oee": LOSS_TEXTS["oee"],
    "losses_unit": {"en": "By unit", "ru": "По агрегатам", "kk": "Агрегаттар бойынша"},
    "losses_cause": {"en": "By cause", "ru": "По причинам", "kk": "Себептер бойынша"},
    "losses_shift": {"en": "By shift", "ru": "По сменам", "kk": "Ауысымдар бойынша"},
    "losses_weekday": {"en": "By weekday", "ru": "По дням недели", "kk": "Апта күндері бойынша"},
    "losses_link": {"en": "What stops cost", "ru": "Потери от простоев", "kk": "Тоқтаулардан болған шығын"},
    "losses_total": {
        "en": "Stops: {stops}; stood {hours} h; lost {lost} t.",
        "ru": "Простоев: {stops}; простой {hours} ч; потери {lost} т.",
        "kk": "Тоқтау саны: {stops}; тұрды {hours} сағ; шығын {lost} т.",
    },
    "losses_making": {
        "en": "Stops are being valued; this takes some seconds.",
        "ru": "Идёт подсчёт потерь; это займёт несколько секунд.",
        "kk": "Шығын есептелуде; бұл бірнеше секунд алады.",
    },
    "losses_failed": {
        "en": "The losses could not be found; the log of the desk says why. Load the page anew.",
        "ru": "Подсчитать потери не удалось; причина в журнале страницы. Обновите страницу.",
        "kk": "Шығынды есептеу мүмкін болмады; себебі беттің журналында. Бетті жаңартыңыз.",
    },
    "losses_nothing": LOSS_TEXTS["nothing"],
    "losses_method": LOSS_TEXTS["method"],
    "losses_show": {"en": "Show", "ru": "Показать", "kk": "Көрсету"},
    "losses_last_month": {"en": "The last complete month", "ru": "Последний полный месяц", "kk": "Соңғы толық ай"},
    "losses_this_month": {"en": "This month", "ru": "Текущий месяц", "kk": "Ағымдағы ай"},
    "losses_this_year": {"en": "This year", "ru": "Текущий год", "kk": "Ағымдағы жыл"},
    "losses_so_far": {
        "en": "{share} % of all, with those above",
        "ru": "{share} % всех потерь вместе с предыдущими",
        "kk": "жоғарыдағылармен бірге барлық шығынның {share} %-ы",
    },
    "losses_line": {
        "en": "The line is the share of all losses, with those above it.",
        "ru": "Линия - доля всех потерь нарастающим итогом.",
        "kk": "Сызық - жоғарыдағылармен қоса алғандағы барлық шығынның үлесі.",
    },
    "losses_first": {
        "en": "The chart has the first {count} of {all}; the table has all.",
        "ru": "На графике первые {count} из {all}; в таблице все.",
        "kk": "Графикте {all} ішінен алғашқы {count}; кестеде бәрі бар.",
    },
}
