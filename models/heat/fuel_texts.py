"""Every word about fuel, in the three languages, and nothing else."""

from models.works.localize import Language

FUEL_TEXTS: dict[str, dict[Language, str]] = {
    "burned": {
        "en": "Fuel burned: {energy}{known}.",
        "ru": "Сожжено топлива: {energy}{known}.",
        "kk": "Жағылған отын: {energy}{known}.",
    },
    "burned_unknown": {
        "en": "Fuel: the energy of no hour is known.",
        "ru": "Топливо: энергия не известна ни за один час.",
        "kk": "Отын: бірде-бір сағаттың энергиясы белгілі емес.",
    },
    "burned_none": {"en": "No fuel was burned.", "ru": "Топливо не сжигалось.", "kk": "Отын жағылған жоқ."},
    "known_part": {
        "en": ", known for {known} of {hours}\u00a0h",
        "ru": ", известно {known} из {hours}\u00a0ч",
        "kk": ", белгілісі {known}\u00a0сағ, барлығы {hours}\u00a0сағ",
    },
    "share": {
        "en": "Natural gas: {pct}\u00a0% of the energy burned{known}.",
        "ru": "Доля природного газа в энергии топлива: {pct}\u00a0%{known}.",
        "kk": "Отын энергиясындағы табиғи газдың үлесі: {pct}\u00a0%{known}.",
    },
    "share_part": {
        "en": " (in the {known} of {hours}\u00a0h in which each fuel is known)",
        "ru": " (по {known} из {hours}\u00a0ч, за которые известно всё топливо)",
        "kk": " (барлық отын белгілі {known}\u00a0сағат бойынша, барлығы {hours}\u00a0сағат)",
    },
    "share_unknown": {
        "en": "The share of natural gas is not told: {fuel}, known for {known} of {hours}\u00a0h ({why}).",
        "ru": "Доля природного газа не определена: {fuel}, известно {known} из {hours}\u00a0ч ({why}).",
        "kk": "Табиғи газдың үлесі анықталмады: {fuel}, белгілісі {known}\u00a0сағ, барлығы {hours}\u00a0сағ ({why}).",
    },
    "doubt_no_flow": {
        "en": "the flow was not read",
        "ru": "нет показаний расхода",
        "kk": "шығын көрсеткіші жоқ",
    },
    "doubt_flow_stuck": {
        "en": "the flow stood still for {stuck}\u00a0h or longer",
        "ru": "расход не менялся {stuck}\u00a0ч и дольше",
        "kk": "шығын {stuck}\u00a0сағат немесе одан ұзақ өзгермеді",
    },
    "doubt_flow_reversed": {
        "en": "the flow fell below zero",
        "ru": "расход был ниже нуля",
        "kk": "шығын нөлден төмен болды",
    },
    "doubt_no_calorific_value": {
        "en": "the calorific value is not known",
        "ru": "не известна теплота сгорания",
        "kk": "жану жылуы белгісіз",
    },
    "flared": {
        "en": "Flared: {amount}{known}.",
        "ru": "Сожжено на факелах: {amount}{known}.",
        "kk": "Алауда жағылды: {amount}{known}.",
    },
    "flared_unknown": {
        "en": "Flared gas: no hour is known.",
        "ru": "Газ на факелах: не известен ни один час.",
        "kk": "Алаудағы газ: бірде-бір сағат белгілі емес.",
    },
    "carbon_dioxide": {
        "en": "CO₂ by the declared factors: {amount}{known}.",
        "ru": "Углекислый газ по заданным коэффициентам: {amount}{known}.",
        "kk": "Берілген коэффициенттер бойынша көмірқышқыл газы: {amount}{known}.",
    },
    "carbon_dioxide_unknown": {
        "en": "CO₂: no hour is known.",
        "ru": "Углекислый газ: не известен ни один час.",
        "kk": "Көмірқышқыл газы: бірде-бір сағат белгілі емес.",
    },
    "specific": {
        "en": "{product}: {gj}\u00a0GJ of fuel for each tonne{days}.",
        "ru": "{product}: {gj}\u00a0ГДж топлива на тонну{days}.",
        "kk": "{product}: тоннасына {gj}\u00a0ГДж отын{days}.",
    },
    "specific_days": {
        "en": " (of {days} of {of_days} days)",
        "ru": " (за {days} из {of_days} суток)",
        "kk": " ({days} тәулік бойынша, барлығы {of_days})",
    },
    "specific_none": {
        "en": "{product}: no GJ for each tonne, {why}.",
        "ru": "{product}: удельный расход топлива не определён, {why}.",
        "kk": "{product}: отынның меншікті шығыны анықталмады, {why}.",
    },
    "lacks_day_runs": {
        "en": "the day is not over",
        "ru": "сутки не закончились",
        "kk": "тәулік аяқталған жоқ",
    },
    "lacks_fuel_not_known": {
        "en": "the fuel is known for less than {pct}\u00a0% of the hours",
        "ru": "топливо известно менее чем за {pct}\u00a0% часов",
        "kk": "отын сағаттардың {pct}\u00a0%-ынан азы бойынша белгілі",
    },
    "lacks_output_not_known": {
        "en": "the output is not known well enough",
        "ru": "выпуск известен не полностью",
        "kk": "шығарылған өнім толық белгілі емес",
    },
    "lacks_nothing_made": {"en": "nothing was made", "ru": "выпуска не было", "kk": "өнім шығарылған жоқ"},
    "note": {
        "en": "{name} ({place}): {rests}.",
        "ru": "{name} ({place}): {rests}.",
        "kk": "{name} ({place}): {rests}.",
    },
    "calorific": {
        "en": "calorific value {value} ({source})",
        "ru": "теплота сгорания {value} ({source})",
        "kk": "жану жылуы {value} ({source})",
    },
    "by_gauge": {"en": "by a gauge", "ru": "по прибору", "kk": "аспап бойынша"},
    "metered": {"en": "by its flow meter", "ru": "по расходомеру", "kk": "шығын өлшегіш бойынша"},
    "factor": {
        "en": "CO₂ {factor}\u00a0kg/GJ ({source})",
        "ru": "углекислый газ {factor}\u00a0кг/ГДж ({source})",
        "kk": "көмірқышқыл газы {factor}\u00a0кг/ГДж ({source})",
    },
    "flare": {"en": "{name}, flared", "ru": "{name}, на факел", "kk": "{name}, алауға"},
    "millions": {"en": "million", "ru": "млн", "kk": "млн"},
    "kind_natural_gas": {"en": "natural gas", "ru": "природный газ", "kk": "табиғи газ"},
    "kind_coke_oven_gas": {"en": "coke-oven gas", "ru": "коксовый газ", "kk": "кокс газы"},
    "kind_blast_furnace_gas": {"en": "blast-furnace gas", "ru": "доменный газ", "kk": "домна газы"},
    "kind_coal": {"en": "coal", "ru": "уголь", "kk": "көмір"},
    "phase_reached": {"en": "reached {day}", "ru": "выполнено {day}", "kk": "{day} орындалды"},
    "phase_expected": {"en": "expected {day}", "ru": "ожидается {day}", "kk": "күтілуде: {day}"},
    "phase_planned": {"en": "planned {day}", "ru": "план {day}", "kk": "жоспар: {day}"},
    "phase_late": {
        "en": "late by {count}\u00a0d",
        "ru": "опоздание {count}\u00a0сут",
        "kk": "{count}\u00a0тәулікке кешігуде",
    },
    "phase_was_late": {
        "en": "{count}\u00a0d after its plan",
        "ru": "позже плана на {count}\u00a0сут",
        "kk": "жоспардан {count}\u00a0тәулік кейін",
    },
    "phases": {
        "en": "Phases of the move to natural gas: {reached} of {count} reached{next}.",
        "ru": "Этапы перехода на природный газ: выполнено {reached} из {count}{next}.",
        "kk": "Табиғи газға көшу кезеңдері: барлығы {count}, орындалғаны {reached}{next}.",
    },
    "phase_next": {
        "en": "; next: {name}, {when}",
        "ru": "; следующий: {name}, {when}",
        "kk": "; келесісі: {name}, {when}",
    },
}


def fuel_text(key: str, language: Language) -> str:
    """The text of that name."""
    return FUEL_TEXTS[key][language]
