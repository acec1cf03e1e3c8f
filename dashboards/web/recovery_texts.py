"""What the page that says how a month can still be made says of itself, in the three languages."""

from models.works.localize import Language

RECOVERY_PAGE_TEXTS: dict[str, dict[Language, str]] = {
    "recovery_title": {
        "en": "How to make the month",
        "ru": "Как выполнить план месяца",
        "kk": "Ай жоспарын қалай орындау керек",
    },
    "recovery_link": {
        "en": "How to make the month",
        "ru": "Как выполнить план",
        "kk": "Жоспарды қалай орындау керек",
    },
    "forecast_below": {
        "en": "{month} is forecast to come to {forecast}, below its plan of {plan}.",
        "ru": "{month}: прогноз {forecast}, ниже плана {plan}.",
        "kk": "{month}: болжам {forecast}, жоспардан төмен ({plan}).",
    },
    "recovery_making": {
        "en": "The way is being worked out; this takes some seconds.",
        "ru": "Идёт расчёт; это займёт несколько секунд.",
        "kk": "Есептеліп жатыр; бұл бірнеше секунд алады.",
    },
    "recovery_failed": {
        "en": "The way could not be worked out; the log of the desk says why. Load the page anew.",
        "ru": "Рассчитать не удалось; причина в журнале страницы. Обновите страницу.",
        "kk": "Есептеу мүмкін болмады; себебі беттің журналында. Бетті жаңартыңыз.",
    },
    "recovery_no_product": {
        "en": "There is no product {given}; choose one of those above.",
        "ru": "Продукции {given} нет; выберите одну из указанных выше.",
        "kk": "{given} өнімі жоқ; жоғарыдағылардың бірін таңдаңыз.",
    },
    "recovery_bad_address": {
        "en": "What the address supposes cannot be read: {given}. Nothing was worked out. Write it like {forms}, each "
        "name once.",
        "ru": "Допущение в адресе прочитать нельзя: {given}. Расчёт не выполнен. Пишите так: {forms}, каждое имя один "
        "раз.",
        "kk": "Мекенжайдағы жорамалды оқу мүмкін емес: {given}. Есеп жүргізілмеді. Былай жазыңыз: {forms}, әр атауды "
        "бір рет.",
    },
    "recovery_units": {
        "en": "What each unit has to make",
        "ru": "Что должен дать каждый агрегат",
        "kk": "Әр агрегат не беруі керек",
    },
    "recovery_chart": {
        "en": "Made, forecast and reachable beside the plan, in tonnes",
        "ru": "Произведено, прогноз и достижимое рядом с планом, тонны",
        "kk": "Жоспармен қатар: өндірілген, болжам және мүмкін көлем, тонна",
    },
    "recovery_made": {"en": "Made so far", "ru": "Произведено", "kk": "Өндірілді"},
    "recovery_forecast": {"en": "Forecast", "ru": "Прогноз", "kk": "Болжам"},
    "recovery_most": {"en": "Reachable", "ru": "Достижимо", "kk": "Мүмкін"},
    "recovery_plan": {"en": "Plan", "ru": "План", "kk": "Жоспар"},
    "recovery_day": {"en": "Required, t/day", "ru": "Требуется, т/сут", "kk": "Қажет, т/тәул"},
    "recovery_shift": {"en": "Required, t/shift", "ru": "Требуется, т/смену", "kk": "Қажет, т/ауысым"},
    "recovery_now": {"en": "Now, t/day", "ru": "Сейчас, т/сут", "kk": "Қазір, т/тәул"},
    "recovery_possible": {"en": "Possible, t/day", "ru": "Возможно, т/сут", "kk": "Мүмкін, т/тәул"},
    "recovery_hours": {"en": "Works, h", "ru": "Работает, ч", "kk": "Жұмыс істейді, сағ"},
    "recovery_standing": {"en": "Stands", "ru": "Простой", "kk": "Тұрады"},
    "recovery_days": {"en": "The plan of the days", "ru": "План по суткам", "kk": "Тәуліктер жоспары"},
    "recovery_lies_now": {"en": "Now", "ru": "Сейчас", "kk": "Қазір"},
    "recovery_what_if": {"en": "What if", "ru": "Что, если", "kk": "Егер"},
    "recovery_what_if_said": {
        "en": "Move a slider, and the way is worked out anew. Nothing is entered: plans and repairs stay as they are "
        "until a planner changes them.",
        "ru": "Сдвиньте ползунок, и расчёт повторится. Никуда ничего не вносится: планы и ремонты остаются прежними, "
        "пока их не изменит плановик.",
        "kk": "Жүгірткіні жылжытсаңыз, есеп қайталанады. Ештеңе енгізілмейді: жоспарлар мен жөндеулер жоспарлаушы "
        "өзгерткенше бұрынғыдай қалады.",
    },
    "recovery_stands": {
        "en": "{unit} stands",
        "ru": "{unit}: простой",
        "kk": "{unit}: тоқтау",
    },
    "recovery_runs": {"en": "no: as planned", "ru": "нет: как запланировано", "kk": "жоқ: жоспар бойынша"},
    "recovery_until": {"en": "until the end of {day}", "ru": "до конца {day}", "kk": "{day} соңына дейін"},
    "recovery_repair": {
        "en": "{unit}: the repair {repair} begins",
        "ru": "{unit}: начало ремонта {repair}",
        "kk": "{unit}: {repair} жөндеуінің басталуы",
    },
    "recovery_on": {"en": "on {day}", "ru": "{day}", "kk": "{day}"},
    "recovery_as_planned": {
        "en": "on {day}, as approved",
        "ru": "{day}, как утверждено",
        "kk": "{day}, бекітілгендей",
    },
    "recovery_after": {
        "en": "after the end of the month",
        "ru": "после конца месяца",
        "kk": "ай аяқталғаннан кейін",
    },
    "recovery_ends": {
        "en": "{unit}: the repair {repair} ends",
        "ru": "{unit}: окончание ремонта {repair}",
        "kk": "{unit}: {repair} жөндеуінің аяқталуы",
    },
    "recovery_ends_now": {"en": "now", "ru": "сейчас", "kk": "қазір"},
    "recovery_supposed": {
        "en": "Supposed: {what}.",
        "ru": "Допущение: {what}.",
        "kk": "Жорамал: {what}.",
    },
    "recovery_reset": {"en": "As planned again", "ru": "Вернуть как запланировано", "kk": "Жоспардағыдай қайтару"},
    "recovery_granted": {
        "en": "Not known, or taken for granted",
        "ru": "Что неизвестно или принято как допущение",
        "kk": "Белгісіз немесе жорамал ретінде алынғандар",
    },
    "recovery_limit": {
        "en": "limits the most",
        "ru": "предел достижимого",
        "kk": "ең көбінің шегі",
    },
}
