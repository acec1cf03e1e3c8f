"""Every text of the briefing, in the three languages, and nothing else."""

from models.briefing.capacity_texts import CAPACITY_TEXTS
from models.briefing.investment_texts import INVESTMENT_TEXTS
from models.briefing.safety_texts import SAFETY_TEXTS
from models.works.localize import Language

BRIEFING_TEXTS: dict[str, dict[Language, str]] = {
    **CAPACITY_TEXTS,
    **INVESTMENT_TEXTS,
    **SAFETY_TEXTS,
    "title": {"en": "Briefing: {months}", "ru": "Справка: {months}", "kk": "Анықтама: {months}"},
    "growth": {
        "en": "Output: {months} against {base}",
        "ru": "Производство: {months} к {base}",
        "kk": "Өндіріс: {months}, {base} салыстырғанда",
    },
    "rose": {
        "en": "{product}: up {pct}\u00a0%, from {base} to {made}\u00a0{unit}.",
        "ru": "{product}: рост на {pct}\u00a0{percent}, с {base} до {made}\u00a0{unit}.",
        "kk": "{product}: {base}-{from_} {made}\u00a0{unit}{to} дейін, яғни {pct}\u00a0пайызға өсті.",
    },
    "fell": {
        "en": "{product}: down {pct}\u00a0%, from {base} to {made}\u00a0{unit}.",
        "ru": "{product}: снижение на {pct}\u00a0{percent}, с {base} до {made}\u00a0{unit}.",
        "kk": "{product}: {base}-{from_} {made}\u00a0{unit}{to} дейін, яғни {pct}\u00a0пайызға төмендеді.",
    },
    "same": {
        "en": "{product}: unchanged, {made}\u00a0{unit}.",
        "ru": "{product}: без изменений, {made}\u00a0{unit}.",
        "kk": "{product}: өзгеріссіз, {made}\u00a0{unit}.",
    },
    "no_base": {
        "en": "{product}: {made}\u00a0{unit}; there is no growth, for not all days of {base_months} are known.",
        "ru": "{product}: {made}\u00a0{unit}; рост не определён: за {base_months} известны не все сутки.",
        "kk": "{product}: {made}\u00a0{unit}; өсім анықталмады: {base_months} бойынша барлық тәулік белгілі емес.",
    },
    "base_is_zero": {
        "en": "{product}: {made}\u00a0{unit}; there is no growth, for nothing was made in {base_months}.",
        "ru": "{product}: {made}\u00a0{unit}; рост не определён: за {base_months} выпуска не было.",
        "kk": "{product}: {made}\u00a0{unit}; өсім анықталмады: {base_months} өнім шығарылған жоқ.",
    },
    "base_unknown": {
        "en": "{product}: {made}\u00a0{unit}; there is no growth, for no day of {base_months} is known.",
        "ru": "{product}: {made}\u00a0{unit}; рост не определён: за {base_months} не известны ни одни сутки.",
        "kk": "{product}: {made}\u00a0{unit}; өсім анықталмады: {base_months} бойынша бірде-бір тәулік белгілі емес.",
    },
    "none_known": {
        "en": "{product}: no day of {months} is known, so nothing is said of its growth.",
        "ru": "{product}: за {months} не известны ни одни сутки, поэтому о росте ничего не сказано.",
        "kk": "{product}: {months} бойынша бірде-бір тәулік белгілі емес, сондықтан өсімі айтылмайды.",
    },
    "growth_without_base": {
        "en": "; there is no growth in percent, for the value of the year before is {value}",
        "ru": "; роста в процентах нет: значение годом раньше {value}",
        "kk": "; пайыздық өсім жоқ: бір жыл бұрынғы мән {value}",
    },
    "not_whole": {
        "en": "{product}: not all days of {months} are known, so nothing is said of its growth.",
        "ru": "{product}: за {months} известны не все сутки, поэтому о росте ничего не сказано.",
        "kk": "{product}: {months} бойынша барлық тәулік белгілі емес, сондықтан өсімі айтылмайды.",
    },
    "no_product": {
        "en": "No output is counted or stated for these months.",
        "ru": "За эти месяцы выпуск не учтён.",
        "kk": "Осы айлар бойынша өнім есепке алынбаған.",
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
    "per_day": {
        "en": "; {pct}\u00a0% a day",
        "ru": "; в среднем за сутки {pct}\u00a0%",
        "kk": "; тәулігіне {pct}\u00a0%",
    },
    "restated": {
        "en": "With every correction in the days that it concerns: {pct}\u00a0%.",
        "ru": "С исправлениями в тех сутках, к которым они относятся: {pct}\u00a0%.",
        "kk": "Түзетулер өз тәулігіне жатқызылғанда: {pct}\u00a0%.",
    },
    "receipt": {"en": "Receipt", "ru": "Расшифровка", "kk": "Түсіндірме"},
    "receipt_of_base": {
        "en": "Receipt of the base",
        "ru": "Расшифровка базы",
        "kk": "Негіздің түсіндірмесі",
    },
    "source": {
        "en": "Source: the ledger of {site}, as of {as_of}.",
        "ru": "Источник: книга учёта, {site}, по состоянию на {as_of}.",
        "kk": "Дереккөз: есеп кітабы, {site}, {as_of} жағдай бойынша.",
    },
    "indicator_value": {
        "en": "{name}: {value}\u00a0{unit} in {months}{growth}.",
        "ru": "{name}: {value}\u00a0{unit} за {months}{growth}.",
        "kk": "{name}: {months} {value}\u00a0{unit}{growth}.",
    },
    "published_up": {
        "en": ", up {pct}\u00a0% as published",
        "ru": ", по публикации рост на {pct}\u00a0{percent}",
        "kk": ", жарияланған дерек бойынша {pct}\u00a0пайызға өсті",
    },
    "published_down": {
        "en": ", down {pct}\u00a0% as published",
        "ru": ", по публикации снижение на {pct}\u00a0{percent}",
        "kk": ", жарияланған дерек бойынша {pct}\u00a0пайызға төмендеді",
    },
    "published_same": {
        "en": ", unchanged as published",
        "ru": ", по публикации без изменений",
        "kk": ", жарияланған дерек бойынша өзгеріссіз",
    },
    "growth_computed": {
        "en": ", {pct}\u00a0% by the published values",
        "ru": ", по опубликованным значениям {pct}\u00a0%",
        "kk": ", жарияланған мәндер бойынша {pct}\u00a0%",
    },
    "but_computed": {
        "en": " ({pct}\u00a0% by the published values)",
        "ru": " (по опубликованным значениям {pct}\u00a0%)",
        "kk": " (жарияланған мәндер бойынша {pct}\u00a0%)",
    },
    "indicator_missing": {
        "en": "{name}: nothing is entered for {months}.",
        "ru": "{name}: за {months} ничего не внесено.",
        "kk": "{name}: {months} бойынша ештеңе енгізілмеген.",
    },
    "note_indicator": {
        "en": "{name}: {definition}. Source: {source}, {day}; entered by {author}.",
        "ru": "{name}: {definition}. Источник: {source}, {day}; внёс: {author}.",
        "kk": "{name}: {definition}. Дереккөз: {source}, {day}; енгізген: {author}.",
    },
    "paid_in": {
        "en": "Paid in {months}: {amount}{plan}.",
        "ru": "Оплачено за {months}: {amount}{plan}.",
        "kk": "{months} бойынша төленді: {amount}{plan}.",
    },
    "by_plan": {"en": ", planned {amount}", "ru": ", по плану {amount}", "kk": ", жоспар бойынша {amount}"},
    "nothing_paid": {
        "en": "No payment is entered for {months}.",
        "ru": "За {months} оплата не внесена.",
        "kk": "{months} бойынша төлем енгізілмеген.",
    },
    "project_missing": {
        "en": "{name}: no month of it is entered.",
        "ru": "{name}: данные за месяцы не внесены.",
        "kk": "{name}: айлар бойынша дерек енгізілмеген.",
    },
    "ready": {
        "en": "{pct}\u00a0% ready",
        "ru": "готовность {pct}\u00a0{percent}",
        "kk": "{pct}\u00a0пайызға дайын",
    },
    "paid_to_date": {"en": "paid {amount}", "ru": "оплачено {amount}", "kk": "{amount} төленді"},
    "paid_of": {
        "en": "paid {amount} of {budget}",
        "ru": "оплачено {amount} из {budget}",
        "kk": "{budget} ішінен {amount} төленді",
    },
    "paid_beyond": {
        "en": "paid {amount}, more than its budget of {budget}",
        "ru": "оплачено {amount}, больше бюджета ({budget})",
        "kk": "{amount} төленді, бұл бюджеттен артық ({budget})",
    },
    "jobs": {"en": "{count}\u00a0jobs", "ru": "{count}\u00a0{jobs}", "kk": "{count}\u00a0жұмыс орны"},
    "late": {
        "en": "{name} is late by {count}\u00a0d (planned {planned}, expected {expected})",
        "ru": "{name}: опоздание {count}\u00a0{day_word} (план {planned}, ожидается {expected})",
        "kk": "{name}: {count}\u00a0тәулікке кешігуде (жоспар {planned}, болжам {expected})",
    },
    "late_again": {
        "en": "{name} is late by {count}\u00a0d (planned {planned}; the date given later, {expected}, has passed)",
        "ru": "{name}: опоздание {count}\u00a0{day_word} (план {planned}; названный позже срок {expected} прошёл)",
        "kk": "{name}: {count}\u00a0тәулікке кешігуде (жоспар {planned}; кейін айтылған {expected} мерзімі өтті)",
    },
    "months_unpaid": {
        "en": "{name}: no payment is stated for {months}.",
        "ru": "{name}: оплата не внесена за {months}.",
        "kk": "{name}: {months} бойынша төлем енгізілмеген.",
    },
    "late_reached": {
        "en": "{name} was late by {count}\u00a0d (planned {planned}, reached after these months, on {expected})",
        "ru": "{name}: опоздание {count}\u00a0{day_word} (план {planned}, выполнено после этих месяцев, {expected})",
        "kk": "{name}: {count}\u00a0тәулікке кешікті (жоспар {planned}, осы айлардан кейін, {expected} күні орындалды)",
    },
    "late_without_date": {
        "en": "{name} is late by {count}\u00a0d (planned {planned}, no new date is given)",
        "ru": "{name}: опоздание {count}\u00a0{day_word} (план {planned}, новый срок не назван)",
        "kk": "{name}: {count}\u00a0тәулікке кешігуде (жоспар {planned}, жаңа мерзімі айтылмаған)",
    },
    "note_documents": {
        "en": "Source: {documents}; entered by {authors}.",
        "ru": "Источник: {documents}; внёс: {authors}.",
        "kk": "Дереккөз: {documents}; енгізген: {authors}.",
    },
    "documents": {
        "en": "{source} ({count} documents, {first} to {last})",
        "ru": "{source} (документов: {count}, {first} - {last})",
        "kk": "{source} (құжат саны: {count}, {first} - {last})",
    },
    "owner": {"en": "answers for it: {owner}", "ru": "ответственный: {owner}", "kk": "жауапты: {owner}"},
    "contractor": {
        "en": ", contractor: {contractor}",
        "ru": ", подрядчик: {contractor}",
        "kk": ", мердігер: {contractor}",
    },
    "notes": {"en": "Sources", "ru": "Источники", "kk": "Дереккөздер"},
    "missing_subject": {
        "en": "{subject}: no data of it are kept.",
        "ru": "{subject}: данные не ведутся.",
        "kk": "{subject}: деректер жүргізілмейді.",
    },
    "subject_modernisation": {"en": "Modernisation", "ru": "Модернизация", "kk": "Жаңғырту"},
    "subject_gas": {"en": "Natural gas", "ru": "Природный газ", "kk": "Табиғи газ"},
    "subject_safety": {
        "en": "Industrial safety",
        "ru": "Промышленная безопасность",
        "kk": "Өнеркәсіптік қауіпсіздік",
    },
    "subject_heat": {"en": "Heat supply", "ru": "Теплоснабжение", "kk": "Жылумен жабдықтау"},
    "subject_region": {"en": "The region", "ru": "Область", "kk": "Облыс"},
}


def briefing_text(key: str, language: Language) -> str:
    """The text of that name."""
    return BRIEFING_TEXTS[key][language]
