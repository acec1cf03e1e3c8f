"""What is said of a period of which there is no report. Pure."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

REPORT_REFUSALS: "Mapping[str, Texts]" = {
    "in_future": {
        "en": "{period} is in the future: nothing is known of it; name a period that has begun",
        "ru": "{period}: это ещё впереди, данных нет; укажите период, который уже начался",
        "kk": "{period} әлі басталған жоқ: дерек жоқ; басталған кезеңді көрсетіңіз",
    },
    "not_over": {
        "en": "{period}: no day of it is over in every shop; name days that are over",
        "ru": "{period}: сутки ещё не закончились во всех цехах; укажите закончившиеся сутки",
        "kk": "{period}: тәулік барлық цехта әлі аяқталған жоқ; аяқталған тәулікті көрсетіңіз",
    },
    "no_period": {
        "en": "{period!r} is no period: write a month 2026-10, a quarter 2026-Q3, a year 2026, a day 2026-10-05, or "
        "from one to another, 2026-01..2026-10",
        "ru": "{period!r}: это не период; пишите месяц 2026-10, квартал 2026-Q3, год 2026, сутки 2026-10-05 или от и "
        "до, 2026-01..2026-10",
        "kk": "{period!r}: бұл кезең емес; айды 2026-10, тоқсанды 2026-Q3, жылды 2026, тәулікті 2026-10-05 немесе "
        "басынан соңына дейін 2026-01..2026-10 деп жазыңыз",
    },
    "ends_before": {
        "en": "--period {period} ends before it starts: write the earlier month first",
        "ru": "--period {period} кончается раньше, чем начинается: сначала пишите более ранний месяц",
        "kk": "--period {period} басталмай тұрып аяқталады: алдымен ертерек айды жазыңыз",
    },
    "more_than_a_year": {
        "en": "--period {period} is of more than one year: a briefing compares months of a year with those of the year "
        "before",
        "ru": "--period {period} больше одного года: справка сравнивает месяцы года с теми же месяцами прошлого года",
        "kk": "--period {period} бір жылдан асады: анықтама жылдың айларын өткен жылдың сол айларымен салыстырады",
    },
    "briefing_lacks": {
        "en": "--strict: the briefing has no data for this, so it was not written: {missing} State what is missing, or "
        "leave its subject out by --without",
        "ru": "--strict: для справки нет данных, поэтому она не составлена: {missing} Внесите недостающее или "
        "исключите тему с помощью --without",
        "kk": "--strict: анықтамаға дерек жетпейді, сондықтан ол жасалмады: {missing} Жетпегенін енгізіңіз немесе "
        "тақырыпты --without арқылы алып тастаңыз",
    },
    "overlap": {
        "en": "both periods share days, so nothing can be compared: name a base by --to that ends before the period "
        "begins, or begins after it",
        "ru": "периоды пересекаются, сравнивать нечего: укажите в --to базу, которая кончается до начала периода или "
        "начинается после него",
        "kk": "кезеңдер қиылысады, салыстыратын ештеңе жоқ: --to арқылы кезең басталғанға дейін аяқталатын немесе "
        "одан кейін басталатын базаны көрсетіңіз",
    },
    "too_long": {
        "en": "{period} is of more than {most} days: name a shorter period",
        "ru": "{period}: больше {most} суток; укажите более короткий период",
        "kk": "{period}: {most} тәуліктен артық; қысқарақ кезеңді көрсетіңіз",
    },
    "no_product": {
        "en": "there is no product {product!r}: name one of {known}",
        "ru": "продукции {product!r} нет: укажите одну из {known}",
        "kk": "{product!r} өнімі жоқ: мыналардың бірін көрсетіңіз: {known}",
    },
    "not_a_shift": {
        "en": "{period!r} is not a shift: write the production date and the number of the shift, 1 to {most}, such as "
        "2025-08-31/2",
        "ru": "{period!r} - не смена: укажите сутки и номер смены от 1 до {most}, например 2025-08-31/2",
        "kk": "{period!r} - ауысым емес: тәулік пен ауысым нөмірін (1-ден {most} дейін) жазыңыз, мысалы 2025-08-31/2",
    },
    "not_a_quarter": {
        "en": "{period!r} is not a quarter: write the year and 1 to 4, such as 2025-Q3",
        "ru": "{period!r} - не квартал: укажите год и номер от 1 до 4, например 2025-Q3",
        "kk": "{period!r} - тоқсан емес: жыл мен 1-ден 4-ке дейінгі нөмірді жазыңыз, мысалы 2025-Q3",
    },
    "not_a_year": {
        "en": "{period!r} is not a year: write it with four digits, such as 2025",
        "ru": "{period!r} - не год: укажите четыре цифры, например 2025",
        "kk": "{period!r} - жыл емес: төрт цифрмен жазыңыз, мысалы 2025",
    },
}


def report_refusal(key: str, **parameters: object) -> FilledText:
    """The sentence of that name, filled in."""
    return FilledText(REPORT_REFUSALS[key], parameters)
