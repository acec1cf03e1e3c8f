"""What the page of heat supply says of itself, in the three languages."""

from models.works.localize import Language

HEAT_PAGE_TEXTS: dict[str, dict[Language, str]] = {
    "heat_title": {"en": "Heat supply", "ru": "Теплоснабжение", "kk": "Жылумен жабдықтау"},
    "heat_days": {"en": "Days shown", "ru": "Период", "kk": "Көрсетілетін тәулік"},
    "heat_days_7": {"en": "7 days", "ru": "7 суток", "kk": "7 тәулік"},
    "heat_days_month": {"en": "This month", "ru": "Этот месяц", "kk": "Осы ай"},
    "heat_week": {"en": "Last week", "ru": "Прошлая неделя", "kk": "Өткен апта"},
    "heat_bad_days": {
        "en": "{given} is no span of days that have begun, or longer than {most} days; the last seven are shown",
        "ru": "{given} - не период начавшихся суток или больше {most} суток; показаны последние семь",
        "kk": "{given} - басталған тәуліктер кезеңі емес немесе {most} тәуліктен ұзын; соңғы жетеуі көрсетілді",
    },
    "heat_none": {
        "en": "No heat network is declared. Declare one in plant.yaml, under heat_supply.",
        "ru": "Тепловые сети не заданы. Задайте их в plant.yaml, раздел heat_supply.",
        "kk": "Жылу желілері берілмеген. Оларды plant.yaml файлында heat_supply бөлімінде беріңіз.",
    },
    "heat_read_failed": {
        "en": "The hours could not be read; the log of the desk says why. Load the page anew.",
        "ru": "Прочитать часы не удалось; причина в журнале страницы. Обновите страницу.",
        "kk": "Сағаттарды оқу мүмкін болмады; себебі беттің журналында. Бетті жаңартыңыз.",
    },
    "heat_no_hour": {
        "en": "No hour has ended yet in these days.",
        "ru": "За этот период ещё не закончился ни один час.",
        "kk": "Бұл кезеңде әлі бірде-бір сағат аяқталған жоқ.",
    },
    "heat_hour_of": {
        "en": "{day}, hour from {start} to {end}",
        "ru": "{day}, час с {start} до {end}",
        "kk": "{day}, сағат: {start} - {end}",
    },
    "heat_supply": {"en": "T1, supply", "ru": "Т1, подача", "kk": "Т1, беру"},
    "heat_return": {"en": "T2, return", "ru": "Т2, обратная", "kk": "Т2, қайту"},
    "heat_supply_due": {"en": "T1 by the graph", "ru": "Т1 по графику", "kk": "Т1 график бойынша"},
    "heat_return_due": {"en": "T2 by the graph", "ru": "Т2 по графику", "kk": "Т2 график бойынша"},
    "heat_outdoor": {
        "en": "Outdoor, mean of {hours} h",
        "ru": "Наружный воздух, среднее за {hours} ч",
        "kk": "Сыртқы ауа, {hours} сағ орташасы",
    },
    "heat_flow": {"en": "Flow", "ru": "Расход", "kk": "Су шығыны"},
    "heat_make_up": {"en": "Make-up water", "ru": "Подпитка", "kk": "Толықтыру суы"},
    "heat_pressures": {
        "en": "Pressure, supply / return",
        "ru": "Давление, подача / обратная",
        "kk": "Қысым, беру / қайту",
    },
    "heat_power": {"en": "Heat of the hour", "ru": "Тепло за час", "kk": "Сағаттық жылу"},
    "heat_due": {"en": "by the graph {due}", "ru": "по графику {due}", "kk": "график бойынша {due}"},
    "heat_chart": {
        "en": "T1 and T2 against the graph, by hour",
        "ru": "Т1 и Т2 и график по часам",
        "kk": "Т1, Т2 және график, сағат бойынша",
    },
    "heat_by_day": {"en": "By day", "ru": "По суткам", "kk": "Тәулік бойынша"},
    "heat_day": {"en": "Day", "ru": "Сутки", "kk": "Тәулік"},
    "heat_gcal": {"en": "Heat, Gcal", "ru": "Тепло, Гкал", "kk": "Жылу, Гкал"},
    "heat_demand": {"en": "By the graph, Gcal", "ru": "По графику, Гкал", "kk": "График бойынша, Гкал"},
    "heat_of_demand": {"en": "Of the demand", "ru": "К потребности", "kk": "Қажеттілікке"},
    "heat_short": {"en": "T1 to the graph", "ru": "Т1 к графику", "kk": "Т1 графикке"},
    "heat_cold_hours": {"en": "Under-heated, h", "ru": "Недогрев, ч", "kk": "Жылу жетіспеген, сағ"},
    "heat_judged_hours": {"en": "Judged, h", "ru": "Оценено, ч", "kk": "Бағаланған, сағ"},
    "heat_sources": {
        "en": "Boilers and turbines now",
        "ru": "Котлы и турбины сейчас",
        "kk": "Қазандар мен турбиналар қазір",
    },
}
