"""What the page that says why output changed says of itself, in the three languages."""

from models.works.localize import Language

WHY_PAGE_TEXTS: dict[str, dict[Language, str]] = {
    "why_title": {"en": "Why output changed", "ru": "Почему изменился выпуск", "kk": "Өндіріс неге өзгерді"},
    "why_link": {"en": "Why?", "ru": "Почему?", "kk": "Неліктен?"},
    "why_making": {
        "en": "The change is being split; this takes some seconds.",
        "ru": "Изменение раскладывается на части; это займёт несколько секунд.",
        "kk": "Өзгеріс бөліктерге ажыратылуда; бұл бірнеше секунд алады.",
    },
    "why_failed": {
        "en": "The change could not be split; the log of the desk says why. Load the page anew.",
        "ru": "Разложить изменение не удалось; причина в журнале страницы. Обновите страницу.",
        "kk": "Өзгерісті ажырату мүмкін болмады; себебі беттің журналында. Бетті жаңартыңыз.",
    },
    "why_usual": {
        "en": "The last complete month beside that of the year before",
        "ru": "Последний полный месяц к тому же месяцу прошлого года",
        "kk": "Соңғы толық айды өткен жылдың сол айымен салыстыру",
    },
    "why_no_product": {
        "en": "There is no product {given}; choose one of those above.",
        "ru": "Продукции {given} нет; выберите одну из указанных выше.",
        "kk": "{given} өнімі жоқ; жоғарыдағылардың бірін таңдаңыз.",
    },
    "why_chart": {
        "en": "Parts of the change, in tonnes",
        "ru": "Составляющие изменения, тонны",
        "kk": "Өзгерістің құраушылары, тонна",
    },
    "why_total": {"en": "Change in all", "ru": "Изменение всего", "kk": "Барлық өзгеріс"},
    "why_known_total": {
        "en": "Difference of what is known",
        "ru": "Разница известного",
        "kk": "Белгілі көлемнің айырмасы",
    },
    "why_parts": {"en": "The parts", "ru": "Составляющие", "kk": "Құраушылары"},
    "why_change": {"en": "Change, t", "ru": "Изменение, т", "kk": "Өзгеріс, т"},
    "why_made_of": {"en": "Made up of", "ru": "Из чего складывается", "kk": "Неден құралады"},
    "why_open": {
        "en": "Each part opens what makes it up. A unit leads to the receipt of its output.",
        "ru": "Составляющая раскрывается: видно, из чего она складывается. Агрегат ведёт к расчёту его выпуска.",
        "kk": "Әр құраушы ашылады: оның неден құралатыны көрінеді. Агрегат өз өнімінің есебіне апарады.",
    },
}
