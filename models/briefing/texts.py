"""Every text of the briefing, in the three languages, and nothing else."""

from models.works.localize import Language

BRIEFING_TEXTS: dict[str, dict[Language, str]] = {
    "title": {"en": "Briefing: {months}", "ru": "Справка: {months}", "kk": "Анықтама: {months}"},
    "growth": {
        "en": "Output: {months} against {base}",
        "ru": "Производство: {months} к {base}",
        "kk": "Өндіріс: {months}, {base} салыстырғанда",
    },
    "rose": {
        "en": "{product}: up {pct} %, from {base} to {made} {unit}.",
        "ru": "{product}: рост на {pct} {percent}, с {base} до {made} {unit}.",
        "kk": "{product}: {base}-{from_} {made} {unit}{to} дейін, яғни {pct} пайызға өсті.",
    },
    "fell": {
        "en": "{product}: down {pct} %, from {base} to {made} {unit}.",
        "ru": "{product}: снижение на {pct} {percent}, с {base} до {made} {unit}.",
        "kk": "{product}: {base}-{from_} {made} {unit}{to} дейін, яғни {pct} пайызға төмендеді.",
    },
    "same": {
        "en": "{product}: unchanged, {made} {unit}.",
        "ru": "{product}: без изменений, {made} {unit}.",
        "kk": "{product}: өзгеріссіз, {made} {unit}.",
    },
    "no_base": {
        "en": "{product}: {made} {unit}; there is no growth, for not all days of {base_months} are known.",
        "ru": "{product}: {made} {unit}; рост не определён: за {base_months} известны не все сутки.",
        "kk": "{product}: {made} {unit}; өсім анықталмады: {base_months} бойынша барлық тәулік белгілі емес.",
    },
    "base_is_zero": {
        "en": "{product}: {made} {unit}; there is no growth, for nothing was made in {base_months}.",
        "ru": "{product}: {made} {unit}; рост не определён: за {base_months} выпуска не было.",
        "kk": "{product}: {made} {unit}; өсім анықталмады: {base_months} өнім шығарылған жоқ.",
    },
    "not_whole": {
        "en": "{product}: not all days of {months} are known, so nothing is said of its growth.",
        "ru": "{product}: за {months} известны не все сутки, поэтому о росте ничего не сказано.",
        "kk": "{product}: {months} бойынша барлық тәулік белгілі емес, сондықтан өсімі айтылмайды.",
    },
    "no_product": {
        "en": "No output is counted or stated.",
        "ru": "Учёта выпуска нет.",
        "kk": "Өнім есебі жүргізілмейді.",
    },
    "tonnes": {"en": "t", "ru": "т", "kk": "тонна"},
    "kilotonnes": {"en": "kt", "ru": "тыс. т", "kk": "мың тонна"},
    "note": {
        "en": "{product}: {definition}. {days} days ({first} to {last}) against {base_days} ({base_first} to "
        "{base_last}){per_day}.",
        "ru": "{product}: {definition}. {days} {day_word} ({first} - {last}) к {base_days} ({base_first} - {base_last})"
        "{per_day}.",
        "kk": "{product}: {definition}. {days} тәулік ({first} - {last}), салыстыру негізі {base_days} тәулік "
        "({base_first} - {base_last}){per_day}.",
    },
    "per_day": {"en": "; {pct} % a day", "ru": "; в среднем за сутки {pct} %", "kk": "; тәулігіне {pct} %"},
    "restated": {
        "en": "With every correction in the days that it concerns: {pct} %.",
        "ru": "С исправлениями в тех сутках, к которым они относятся: {pct} %.",
        "kk": "Түзетулер өз тәулігіне жатқызылғанда: {pct} %.",
    },
    "source": {
        "en": "Source: the ledger of {site}, as of {as_of}.",
        "ru": "Источник: книга учёта, {site}, по состоянию на {as_of}.",
        "kk": "Дереккөз: есеп кітабы, {site}, {as_of} жағдай бойынша.",
    },
    "notes": {"en": "Sources", "ru": "Источники", "kk": "Дереккөздер"},
    "missing_subject": {
        "en": "{subject}: no data of it are kept.",
        "ru": "{subject}: данные не ведутся.",
        "kk": "{subject}: деректер жүргізілмейді.",
    },
    "subject_modernisation": {"en": "Modernisation", "ru": "Модернизация", "kk": "Жаңғырту"},
    "subject_gas": {"en": "Natural gas", "ru": "Природный газ", "kk": "Табиғи газ"},
    "subject_safety": {"en": "Safety in the mines", "ru": "Безопасность шахт", "kk": "Шахталар қауіпсіздігі"},
    "subject_heat": {"en": "Heat supply", "ru": "Теплоснабжение", "kk": "Жылумен жабдықтау"},
    "subject_region": {"en": "The region", "ru": "Область", "kk": "Облыс"},
}


def briefing_text(key: str, language: Language) -> str:
    """The text of that name."""
    return BRIEFING_TEXTS[key][language]
