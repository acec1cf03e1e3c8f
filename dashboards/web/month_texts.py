"""Texts of the page of the month, in the three languages."""

from dashboards.panels.texts import TEXTS as SHARED
from dashboards.report.texts import TEXTS as REPORTED
from models.works.localize import Language

MONTH_TEXTS: dict[str, dict[Language, str]] = {
    **{key: SHARED[key] for key in ("forecast", "required_rate", "deviation_by_unit")},
    **{key: REPORTED[key] for key in ("month_plan", "site_total", "total", "unallocated", "unclaimed")},
    "month": {"en": "Month", "ru": "Месяц", "kk": "Ай"},
    "month_title": {"en": "Month against plan", "ru": "Месяц и план", "kk": "Ай және жоспар"},
    "months": {"en": "Months", "ru": "Месяцы", "kk": "Айлар"},
    "products": {"en": "Products", "ru": "Продукция", "kk": "Өнімдер"},
    "month_before": {"en": "Month before", "ru": "Предыдущий месяц", "kk": "Алдыңғы ай"},
    "month_after": {"en": "Month after", "ru": "Следующий месяц", "kk": "Келесі ай"},
    "made_so_far": {"en": "made so far", "ru": "сделано с начала месяца", "kk": "ай басынан өндірілді"},
    "made_of_month": {"en": "made in the month", "ru": "сделано за месяц", "kk": "айда өндірілді"},
    "due_so_far": {"en": "Due by now", "ru": "План к этому часу", "kk": "Осы сәтке жоспар"},
    "deviation_to_plan": {"en": "Deviation", "ru": "Отклонение", "kk": "Ауытқу"},
    "of_plan": {"en": "Of the plan", "ru": "К плану", "kk": "Жоспарға"},
    "forecast_words": {
        "en": "Forecast for the month: {forecast}. In four cases of five it ends between {low} and {high}.",
        "ru": "Ожидаемое за месяц: {forecast}. В четырёх случаях из пяти итог лежит между {low} и {high}.",
        "kk": "Ай бойынша күтілетін: {forecast}. Бес жағдайдың төртеуінде ол {low} мен {high} аралығында.",
    },
    "forecast_alone": {
        "en": "Forecast for the month: {forecast}. How far it may be off is not known before two years of days.",
        "ru": "Ожидаемое за месяц: {forecast}. Возможная ошибка пока неизвестна: данных меньше чем за два года.",
        "kk": "Ай бойынша күтілетін: {forecast}. Қаншаға қателесуі мүмкін екені әзірге белгісіз: екі жылдық дерек жоқ.",
    },
    "forecast_lacks": {
        "en": "No forecast: a day is missing of {units}.",
        "ru": "Прогноза нет: не хватает суток по агрегатам {units}.",
        "kk": "Болжам жоқ: {units} бойынша тәулік дерегі жетіспейді.",
    },
    "no_forecast": {
        "en": "No forecast: a day of this month is not known, or no day is over yet.",
        "ru": "Прогноза нет: какие-то сутки месяца неизвестны или ещё ни одни не окончены.",
        "kk": "Болжам жоқ: айдың бір тәулігі белгісіз немесе бірде-бір тәулік әлі аяқталмаған.",
    },
    "required_words": {
        "en": "To meet the plan of {plan}, each day that is left has to give {rate}.",
        "ru": "Чтобы выполнить план {plan}, каждые оставшиеся сутки должны давать {rate}.",
        "kk": "{plan} жоспарын орындау үшін қалған әр тәулік {rate} беруі керек.",
    },
    "plan_met": {
        "en": "The plan of {plan} is met.",
        "ru": "План {plan} выполнен.",
        "kk": "{plan} жоспары орындалды.",
    },
    "no_plan": {
        "en": "There is no plan for this month. Enter one with: tundish plan import",
        "ru": "Плана на этот месяц нет. Ввод: tundish plan import",
        "kk": "Бұл айға жоспар жоқ. Енгізу: tundish plan import",
    },
    "cumulative": {
        "en": "Made and planned, from the first of the month",
        "ru": "Факт и план нарастающим итогом",
        "kk": "Нақты және жоспар өспелі қорытындымен",
    },
    "made": {"en": "Made", "ru": "Факт", "kk": "Нақты"},
    "made_running": {"en": "Made, running day", "ru": "Факт, текущие сутки", "kk": "Нақты, ағымдағы тәулік"},
    "plan_to_date": {"en": "Plan", "ru": "План", "kk": "Жоспар"},
    "fan": {"en": "Forecast, 80 %", "ru": "Ожидаемое, 80 %", "kk": "Күтілетін, 80 %"},
    "to_date": {"en": "To date", "ru": "С начала месяца", "kk": "Ай басынан"},
    "plan_of_day": {"en": "Plan of the day", "ru": "План суток", "kk": "Тәулік жоспары"},
    "figure_status": {"en": "Status", "ru": "Статус", "kk": "Мәртебесі"},
    "by_day": {"en": "Day by day, with receipts", "ru": "По суткам, с расчётом", "kk": "Тәулік бойынша, есебімен"},
    "sum_not_known": {
        "en": "From {day} on the sum to date is not known: a day lacks figures. Import them with: tundish import",
        "ru": "С {day} итог с начала месяца неизвестен: за сутки нет данных. Ввод: tundish import",
        "kk": "{day} бастап ай қорытындысы белгісіз: тәулік дерегі жоқ. Енгізу: tundish import",
    },
    "in_progress": {"en": "in progress", "ru": "не окончен", "kk": "аяқталмаған"},
    "no_figures_of_month": {
        "en": "No figures of {product} are known for {month}. Choose another month, or enter them with: tundish import",
        "ru": "За {month} данных нет ({product}). Выберите другой месяц или введите их: tundish import",
        "kk": "{month} бойынша дерек жоқ ({product}). Басқа айды таңдаңыз немесе енгізіңіз: tundish import",
    },
    "no_units_of_month": {
        "en": "No unit has a figure of this product in the month.",
        "ru": "Ни у одного агрегата нет данных по этой продукции за месяц.",
        "kk": "Айда бұл өнім бойынша бірде-бір агрегаттың дерегі жоқ.",
    },
    "no_months": {
        "en": "No month of this product is known yet.",
        "ru": "По этой продукции ещё нет ни одного месяца.",
        "kk": "Бұл өнім бойынша әлі бірде-бір ай белгілі емес.",
    },
    "place": {"en": "Place", "ru": "Место", "kk": "Орны"},
    "compare": {"en": "Two periods beside each other", "ru": "Сравнение двух периодов", "kk": "Екі кезеңді салыстыру"},
    "period": {"en": "Period", "ru": "Период", "kk": "Кезең"},
    "base_period": {"en": "Compared with", "ru": "База сравнения", "kk": "Салыстыру негізі"},
    "from_day": {"en": "from", "ru": "с", "kk": "бастап"},
    "to_day": {"en": "to", "ru": "по", "kk": "дейін"},
    "compare_now": {"en": "Compare", "ru": "Сравнить", "kk": "Салыстыру"},
    "with_month_before": {"en": "with the month before", "ru": "с прошлым месяцем", "kk": "өткен аймен"},
    "with_last_year": {"en": "with last year", "ru": "с прошлым годом", "kk": "былтырғымен"},
    "year_so_far": {"en": "January to date", "ru": "с начала года", "kk": "жыл басынан"},
    "tonnes_per_day": {"en": "A day", "ru": "В сутки", "kk": "Тәулігіне"},
    "growth_short": {"en": "Growth", "ru": "Прирост", "kk": "Өсім"},
    "growth_per_day": {"en": "Growth, per day", "ru": "Прирост, среднесуточно", "kk": "Өсім, орташа тәулікте"},
    "days_known": {
        "en": "not every day is known",
        "ru": "известны не все сутки",
        "kk": "тәуліктердің бәрі белгілі емес",
    },
    "days_counted": {
        "en": "{days} d against {base} d",
        "ru": "{days} сут. против {base} сут.",
        "kk": "{days} тәул. және {base} тәул.",
    },
    "period_runs": {
        "en": "The period is not over: its {days} days that are over stand against {base} days.",
        "ru": "Период не окончен: {days} оконченных сут. сравнены с {base} сут.",
        "kk": "Кезең аяқталған жоқ: аяқталған {days} тәулік {base} тәулікпен салыстырылды.",
    },
    "nothing_to_compare": {
        "en": "Nothing is known of either period. Choose others, or enter figures with: tundish import",
        "ru": "Ни за один из периодов данных нет. Выберите другие или введите данные: tundish import",
        "kk": "Екі кезең бойынша да дерек жоқ. Басқасын таңдаңыз немесе енгізіңіз: tundish import",
    },
    "bad_month": {
        "en": "{given} is no month. Write it as 2026-10.",
        "ru": "{given} - не месяц. Пишите так: 2026-10.",
        "kk": "{given} ай емес. Былай жазыңыз: 2026-10.",
    },
    "bad_date": {
        "en": '"{given}" is no date. Write it as 2026-10-31.',
        "ru": "«{given}» - не дата. Пишите так: 2026-10-31.",
        "kk": "«{given}» күн емес. Былай жазыңыз: 2026-10-31.",
    },
    "ends_before_it_begins": {
        "en": "The period {given} ends before it begins. Write the earlier date first.",
        "ru": "Период {given} кончается раньше, чем начинается. Сначала пишите более раннюю дату.",
        "kk": "{given} кезеңі басталмай тұрып аяқталады. Алдымен ерте күнді жазыңыз.",
    },
    "too_many_days": {
        "en": "A period may have {given} days at most. Choose a shorter one.",
        "ru": "В периоде может быть не больше {given} сут. Выберите короче.",
        "kk": "Кезеңде ең көбі {given} тәулік болады. Қысқарағын таңдаңыз.",
    },
    "no_such_product": {
        "en": "This works has no product with the code {given}. Choose one above.",
        "ru": "Продукции с кодом {given} на заводе нет. Выберите её выше.",
        "kk": "Зауытта {given} коды бар өнім жоқ. Жоғарыдан таңдаңыз.",
    },
}
