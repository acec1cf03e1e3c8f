"""What the page of gas and fuel says of itself, in the three languages."""

from models.works.localize import Language

FUEL_PAGE_TEXTS: dict[str, dict[Language, str]] = {
    "fuel_title": {"en": "Gas and fuel", "ru": "Газ и топливо", "kk": "Газ және отын"},
    "fuel_months": {"en": "Month shown", "ru": "Месяц", "kk": "Көрсетілетін ай"},
    "fuel_this_month": {"en": "This month", "ru": "Этот месяц", "kk": "Осы ай"},
    "fuel_last_month": {"en": "Last month", "ru": "Прошлый месяц", "kk": "Өткен ай"},
    "fuel_not_begun": {
        "en": "{given} has not begun: choose a month that has.",
        "ru": "{given} ещё не начался; выберите месяц, который уже начался.",
        "kk": "{given} әлі басталған жоқ; басталған айды таңдаңыз.",
    },
    "fuel_none": {
        "en": "No fuel is declared. Declare what is burned in plant.yaml, under fuel.",
        "ru": "Топливо не задано. Задайте его в plant.yaml, раздел fuel.",
        "kk": "Отын берілмеген. Оны plant.yaml файлында fuel бөлімінде беріңіз.",
    },
    "fuel_read_failed": {
        "en": "The days of fuel could not be read; the log of the desk says why. Load the page anew.",
        "ru": "Прочитать сутки топлива не удалось; причина в журнале страницы. Обновите страницу.",
        "kk": "Отын тәуліктерін оқу мүмкін болмады; себебі беттің журналында. Бетті жаңартыңыз.",
    },
    "fuel_no_hour": {
        "en": "No hour of this month has ended yet.",
        "ru": "В этом месяце ещё не закончился ни один час.",
        "kk": "Бұл айда әлі бірде-бір сағат аяқталған жоқ.",
    },
    "fuel_today": {
        "en": "Today, {day}: the hours until {end}",
        "ru": "Сегодня, {day}: часы до {end}",
        "kk": "Бүгін, {day}, сағат {end} жағдай бойынша",
    },
    "fuel_month": {
        "en": "Month to date, {month}",
        "ru": "С начала месяца, {month}",
        "kk": "Ай басынан бері, {month}",
    },
    "fuel_whole_month": {"en": "Month, {month}", "ru": "Месяц, {month}", "kk": "Ай, {month}"},
    "fuel_burned": {"en": "Fuel burned", "ru": "Сожжено топлива", "kk": "Жағылған отын"},
    "fuel_share": {
        "en": "Natural gas in it",
        "ru": "Доля природного газа",
        "kk": "Табиғи газдың үлесі",
    },
    "fuel_flared": {"en": "Gas flared", "ru": "Газ на факелах", "kk": "Алауда жағылған газ"},
    "fuel_carbon": {"en": "CO₂", "ru": "Углекислый газ", "kk": "Көмірқышқыл газы"},
    "fuel_flared_nm3": {"en": "Gas flared, Nm³", "ru": "Газ на факелах, нм³", "kk": "Алаудағы газ, нм³"},
    "fuel_carbon_t": {"en": "CO₂, t", "ru": "Углекислый газ, т", "kk": "Көмірқышқыл газы, т"},
    "fuel_per_tonne": {
        "en": "Fuel for each tonne: {product}",
        "ru": "Топливо на тонну: {product}",
        "kk": "Тоннасына отын: {product}",
    },
    "fuel_known_of": {
        "en": "known for {known} of {hours} h",
        "ru": "известно {known} из {hours} ч",
        "kk": "белгілісі {known} сағ, барлығы {hours} сағ",
    },
    "fuel_days_of": {
        "en": "of {days} of {of_days} days",
        "ru": "за {days} из {of_days} суток",
        "kk": "{days} тәулік бойынша, барлығы {of_days}",
    },
    "fuel_chart": {
        "en": "Energy burned by kind of fuel, by day",
        "ru": "Энергия по видам топлива, по суткам",
        "kk": "Отын түрлері бойынша энергия, тәулік бойынша",
    },
    "fuel_share_line": {
        "en": "Natural gas, %",
        "ru": "Доля природного газа, %",
        "kk": "Табиғи газдың үлесі, %",
    },
    "fuel_by_fuel": {"en": "By fuel", "ru": "По видам топлива", "kk": "Отын түрлері бойынша"},
    "fuel_by_day": {"en": "By day", "ru": "По суткам", "kk": "Тәулік бойынша"},
    "fuel_day": {"en": "Day", "ru": "Сутки", "kk": "Тәулік"},
    "fuel_fuel": {"en": "Fuel", "ru": "Топливо", "kk": "Отын"},
    "fuel_place": {"en": "Burned at", "ru": "Где сжигается", "kk": "Қайда жағылады"},
    "fuel_amount": {"en": "Amount", "ru": "Количество", "kk": "Мөлшері"},
    "fuel_energy": {"en": "Energy, GJ", "ru": "Энергия, ГДж", "kk": "Энергия, ГДж"},
    "fuel_known": {"en": "Known, h", "ru": "Известно, ч", "kk": "Белгілі, сағ"},
    "fuel_specific": {"en": "GJ/t", "ru": "ГДж/т", "kk": "ГДж/т"},
    "fuel_phases": {
        "en": "Phases of the move to natural gas",
        "ru": "Этапы перехода на природный газ",
        "kk": "Табиғи газға көшу кезеңдері",
    },
    "fuel_sources": {
        "en": "On what the figures rest",
        "ru": "На чём основаны показатели",
        "kk": "Көрсеткіштердің негізі",
    },
}
