"""What the briefing says of gas beside the words of fuel, in the three languages."""

from models.works.localize import Language

GAS_TEXTS: dict[str, dict[Language, str]] = {
    "gas_burned": {
        "en": "Natural gas burned: {amount}{known}{growth}.",
        "ru": "Сожжено природного газа: {amount}{known}{growth}.",
        "kk": "Жағылған табиғи газ: {amount}{known}{growth}.",
    },
    "gas_flared": {
        "en": "Gas flared: {amount}{known}{growth}.",
        "ru": "Сожжено газа на факелах: {amount}{known}{growth}.",
        "kk": "Алауда жағылған газ: {amount}{known}{growth}.",
    },
    "gas_up": {
        "en": ", up {pct}\u00a0% on {base}",
        "ru": ", рост на {pct}\u00a0{percent} к {base}",
        "kk": ", {base} салыстырғанда {pct}\u00a0пайызға көп",
    },
    "gas_down": {
        "en": ", down {pct}\u00a0% on {base}",
        "ru": ", снижение на {pct}\u00a0{percent} к {base}",
        "kk": ", {base} салыстырғанда {pct}\u00a0пайызға аз",
    },
    "gas_same": {
        "en": ", as much as in {base}",
        "ru": ", без изменений к {base}",
        "kk": ", {base} салыстырғанда өзгеріссіз",
    },
    "gas_no_growth": {
        "en": "; there is no growth, for these months and {base} are not both known",
        "ru": "; рост не определён: эти месяцы и месяцы годом раньше ({base}) известны не полностью",
        "kk": "; өсім анықталмады: осы айлар мен бір жыл бұрынғы айлар ({base}) толық белгілі емес",
    },
    "gas_base_zero": {
        "en": "; there was none in {base}",
        "ru": "; за {base} его не было",
        "kk": "; {base} болған жоқ",
    },
    "gas_share": {
        "en": "Its share in the energy of burned fuel: {pct}\u00a0%{known}{change}.",
        "ru": "Его доля в энергии сожжённого топлива: {pct}\u00a0%{known}{change}.",
        "kk": "Оның жағылған отын энергиясындағы үлесі: {pct}\u00a0%{known}{change}.",
    },
    "gas_share_before": {
        "en": "; a year before {pct}\u00a0%",
        "ru": "; годом раньше {pct}\u00a0%",
        "kk": "; бір жыл бұрын {pct}\u00a0%",
    },
    "gas_unknown": {
        "en": "Natural gas: no hour of {months} is known.",
        "ru": "Природный газ: за {months} не известен ни один час.",
        "kk": "Табиғи газ: {months} бойынша бірде-бір сағат белгілі емес.",
    },
    "gas_phases_note": {
        "en": "Milestones of the project {project}.",
        "ru": "Этапы проекта: {project}.",
        "kk": "Жобаның кезеңдері: {project}.",
    },
}
