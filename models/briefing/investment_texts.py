"""What the briefing says of the growth of investment, in the three languages."""

from models.works.localize import Language

INVESTMENT_TEXTS: dict[str, dict[Language, str]] = {
    "invested_more": {
        "en": "Payments in {months} against {base}: up {pct}\u00a0%, from {before} to {paid}{without}.",
        "ru": "Оплата за {months} к {base}: рост на {pct}\u00a0{percent}, с {before} до {paid}{without}.",
        "kk": "{months} бойынша төлем {base} салыстырғанда {pct}\u00a0пайызға өсті: бұрын {before}, енді "
        "{paid}{without}.",
    },
    "invested_less": {
        "en": "Payments in {months} against {base}: down {pct}\u00a0%, from {before} to {paid}{without}.",
        "ru": "Оплата за {months} к {base}: снижение на {pct}\u00a0{percent}, с {before} до {paid}{without}.",
        "kk": "{months} бойынша төлем {base} салыстырғанда {pct}\u00a0пайызға төмендеді: бұрын {before}, енді "
        "{paid}{without}.",
    },
    "invested_as_much": {
        "en": "Payments in {months} against {base}: unchanged, {paid}{without}.",
        "ru": "Оплата за {months} к {base}: без изменений, {paid}{without}.",
        "kk": "{months} бойынша төлем {base} салыстырғанда өзгеріссіз: {paid}{without}.",
    },
    "invested_on_nothing": {
        "en": "Payments in {months}: {paid}; there is no growth, for nothing was paid in {base}{without}.",
        "ru": "Оплата за {months}: {paid}; рост не определён: за {base} ничего не оплачено{without}.",
        "kk": "{months} бойынша төлем: {paid}; өсім анықталмады: {base} ештеңе төленген жоқ{without}.",
    },
    "investment_unknown": {
        "en": "The growth of payments in {currency} from {base} to {months} is not known: of no project each month of "
        "both is stated.",
        "ru": "Рост оплаты ({currency}) за {months} к {base} не определён: ни по одному проекту не внесены все месяцы "
        "обоих периодов.",
        "kk": "{months} бойынша төлемнің ({currency}) {base} салыстырғандағы өсімі анықталмады: бірде-бір жоба "
        "бойынша екі кезеңнің барлық айы енгізілмеген.",
    },
    "investment_early": {
        "en": "Payments of {months} are stated so far for {names} only: they are compared when over half of the "
        "projects state them.",
        "ru": "Оплата за {months} пока внесена только по проектам: {names}; сравнивается, когда внесут больше половины "
        "проектов.",
        "kk": "{months} бойынша төлем әзірге тек мына жобалар бойынша енгізілген: {names}; жобалардың жартысынан көбі "
        "енгізгенде салыстырылады.",
    },
    "invested_without": {
        "en": "; without {names}, of which not all months are stated",
        "ru": "; без учёта: {names} (внесены не все месяцы)",
        "kk": "; мыналарсыз: {names} (барлық айы енгізілмеген)",
    },
}
