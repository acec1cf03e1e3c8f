"""The texts of the panels that say why a month's output is another one."""

from models.works.localize import Language

WHY_BOARD_TEXTS: dict[str, dict[Language, str]] = {
    "growth_part": {"en": "Part", "ru": "Составляющая", "kk": "Құраушы"},
    "growth_part_t": {"en": "Change", "ru": "Изменение", "kk": "Өзгеріс"},
    "why_month_before": {
        "en": "Why it changed: to the month before",
        "ru": "Почему изменился: к прошлому месяцу",
        "kk": "Өткен айдан өзгеру себебі",
    },
    "why_last_year": {
        "en": "Why it changed: to last year",
        "ru": "Почему изменился: к прошлому году",
        "kk": "Былтырғыдан өзгеру себебі",
    },
}
