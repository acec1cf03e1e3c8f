"""What the pages of the briefing and of projects say of themselves, in the three languages."""

from dashboards.web.projects_texts import PROJECTS_TEXTS
from dashboards.web.region_texts import REGION_TEXTS
from models.works.localize import Language

BRIEFING_PAGE_TEXTS: dict[str, dict[Language, str]] = {
    **PROJECTS_TEXTS,
    **REGION_TEXTS,
    "briefing_title": {"en": "Briefing", "ru": "Справка", "kk": "Анықтама"},
    "briefing_months": {"en": "Months", "ru": "Месяцы", "kk": "Айлар"},
    "briefing_since_january": {"en": "Since January", "ru": "С января", "kk": "Қаңтардан бері"},
    "briefing_month_alone": {"en": "The month alone", "ru": "Только месяц", "kk": "Тек осы ай"},
    "briefing_earlier": {"en": "A month earlier", "ru": "Месяцем раньше", "kk": "Бір ай бұрын"},
    "briefing_later": {"en": "A month later", "ru": "Месяцем позже", "kk": "Бір ай кейін"},
    "briefing_making": {
        "en": "The briefing is being made …",
        "ru": "Справка составляется …",
        "kk": "Анықтама жасалып жатыр …",
    },
    "briefing_failed": {
        "en": "The briefing could not be made; the log of the desk says why. Load the page anew",
        "ru": "Справку составить не удалось; причина в журнале страницы. Обновите страницу",
        "kk": "Анықтаманы жасау мүмкін болмады; себебі беттің журналында. Бетті жаңартыңыз",
    },
    "briefing_usual": {
        "en": "January to the last complete month",
        "ru": "С января по последний полный месяц",
        "kk": "Қаңтардан соңғы толық айға дейін",
    },
}
