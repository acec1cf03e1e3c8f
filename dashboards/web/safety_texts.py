"""Texts of the page of industrial safety, in the three languages."""

from models.works.localize import Language

SAFETY_PAGE_TEXTS: dict[str, dict[Language, str]] = {
    "safety_title": {
        "en": "Industrial safety",
        "ru": "Промышленная безопасность",
        "kk": "Өнеркәсіптік қауіпсіздік",
    },
    "safety_shops": {"en": "Whose figures", "ru": "Чьи показатели", "kk": "Кімнің көрсеткіштері"},
    "safety_works": {"en": "The works", "ru": "Весь завод", "kk": "Бүкіл зауыт"},
    "safety_days": {
        "en": "Days without an accident",
        "ru": "Сутки без несчастных случаев",
        "kk": "Жазатайым оқиғасыз тәуліктер",
    },
    "safety_days_count": {"en": "Days", "ru": "Суток", "kk": "Тәулік"},
    "safety_days_help": {
        "en": "Production days since the day of the newest injury with a day or more of incapacity; that day "
        "counts as 0.",
        "ru": "Сутки после суток последней травмы с утратой трудоспособности на день и более; сами эти сутки - 0.",
        "kk": "Еңбекке жарамсыздығы бір күн және одан көп соңғы жарақат тәулігінен кейінгі тәуліктер; сол тәуліктің "
        "өзі - 0.",
    },
    "safety_newest": {"en": "Newest accident", "ru": "Последний случай", "kk": "Соңғы оқиға"},
    "safety_none_on_record": {"en": "none on record", "ru": "не внесено ни одного", "kk": "бірде-бірі енгізілмеген"},
    "safety_rates": {"en": "Injuries and rates", "ru": "Травматизм", "kk": "Жарақаттану"},
    "safety_rates_help": {
        "en": "In 1,000 employed: victims, the dead among them, / mean number of employed × 1,000, as the statistics "
        "of Kazakhstan have it. LTIFR: injuries with a day or more of incapacity in a million hours worked, the "
        "companies' own rate. Both need every month of people and hours: `tundish incident hours`.",
        "ru": "На 1000 работающих: пострадавшие, включая погибших, / средняя численность × 1000, как в статистике "
        "Казахстана. LTIFR: травмы с утратой трудоспособности на день и более на миллион отработанных часов, "
        "показатель компаний. Для обоих нужны численность и часы за каждый месяц: `tundish incident hours`.",
        "kk": "1000 қызметкерге: зардап шеккендер, қаза тапқандарды қоса, / орташа қызметкерлер саны × 1000, Қазақстан "
        "статистикасындағыдай. LTIFR: еңбекке жарамсыздығы бір күн және одан көп жарақаттар, миллион жұмыс істелген "
        "сағатқа, компаниялардың көрсеткіші. Екеуіне де әр айдың қызметкерлер саны мен сағаты керек: "
        "`tundish incident hours`.",
    },
    "safety_months": {"en": "Months", "ru": "Месяцы", "kk": "Айлар"},
    "safety_victims": {"en": "Victims", "ru": "Пострадавшие", "kk": "Зардап шеккендер"},
    "safety_fatal": {"en": "Fatal", "ru": "Погибшие", "kk": "Қаза тапқандар"},
    "safety_days_lost": {"en": "Days lost", "ru": "Дни нетрудоспособности", "kk": "Еңбекке жарамсыз күндер"},
    "safety_per_1000": {"en": "In 1,000 employed", "ru": "На 1000 работающих", "kk": "1000 қызметкерге"},
    "safety_ltifr": {"en": "LTIFR", "ru": "LTIFR", "kk": "LTIFR"},
    "safety_at_least": {"en": "at least {count}", "ru": "не менее {count}", "kk": "кемінде {count}"},
    "safety_days_at_least": {
        "en": "at least {count}; accidents without days: {missing}",
        "ru": "не менее {count}; случаев без дней: {missing}",
        "kk": "кемінде {count}; күні енгізілмеген оқиға: {missing}",
    },
    "safety_not_stated": {"en": "not stated", "ru": "не внесено", "kk": "енгізілмеген"},
    "safety_months_not_stated": {
        "en": "not stated: {months}",
        "ru": "не внесено: {months}",
        "kk": "енгізілмеген: {months}",
    },
    "safety_no_people": {"en": "nobody employed", "ru": "численность 0", "kk": "қызметкерлер саны 0"},
    "safety_no_hours": {"en": "no hours worked", "ru": "часов 0", "kk": "сағат 0"},
    "safety_month_runs": {"en": "the month runs", "ru": "месяц не окончен", "kk": "ай аяқталған жоқ"},
    "safety_accidents": {"en": "Accidents", "ru": "Несчастные случаи", "kk": "Жазатайым оқиғалар"},
    "safety_no_accidents": {
        "en": "No accident is entered here.",
        "ru": "Здесь не внесено ни одного случая.",
        "kk": "Мұнда бірде-бір оқиға енгізілмеген.",
    },
    "safety_accidents_shown": {
        "en": "The newest {count} are shown; `tundish incident list` has all.",
        "ru": "Показаны последние: {count}; все - в `tundish incident list`.",
        "kk": "Соңғылары көрсетілген: {count}; бәрі - `tundish incident list`.",
    },
    "safety_number": {"en": "Number", "ru": "Номер", "kk": "Нөмірі"},
    "safety_at": {"en": "Date and time of the injury", "ru": "Дата и время травмы", "kk": "Жарақат күні мен уақыты"},
    "safety_place": {"en": "Place", "ru": "Место", "kk": "Орны"},
    "safety_kind": {"en": "Kind", "ru": "Вид", "kk": "Түрі"},
    "safety_cause": {"en": "Cause", "ru": "Причина", "kk": "Себебі"},
    "safety_note": {"en": "Note", "ru": "Примечание", "kk": "Ескертпе"},
    "safety_author": {"en": "Entered by", "ru": "Ввёл(а)", "kk": "Енгізген"},
    "safety_being_established": {"en": "being established", "ru": "устанавливается", "kk": "анықталуда"},
    "safety_enter": {"en": "Enter an accident", "ru": "Ввести случай", "kk": "Оқиға енгізу"},
    "safety_change": {"en": "Correct", "ru": "Исправить", "kk": "Түзету"},
    "safety_withdraw": {"en": "Withdraw", "ru": "Отозвать", "kk": "Қайтарып алу"},
    "safety_withdraw_title": {
        "en": "Withdraw accident {number}",
        "ru": "Отзыв случая {number}",
        "kk": "{number} оқиғасын қайтарып алу",
    },
    "safety_withdraw_what": {
        "en": "It will no longer count, as if it had been none. Both words stay on record.",
        "ru": "Он больше не будет учитываться, как если бы его не было. В записи остаётся и то и другое.",
        "kk": "Ол болмағандай, енді есептелмейді. Екеуі де жазбада қалады.",
    },
    "safety_draft": {
        "en": "What you typed and did not save is here again.",
        "ru": "Здесь снова то, что вы ввели и не сохранили.",
        "kk": "Енгізіп, сақтамағаныңыз қайтадан осында.",
    },
    "safety_whose": {
        "en": "You may read this page. Accidents are entered by users with the role safety_officer or shop_chief.",
        "ru": "Эту страницу вы можете читать. Случаи вводят пользователи с ролью safety_officer или shop_chief.",
        "kk": "Бұл бетті оқи аласыз. Оқиғаларды safety_officer немесе shop_chief рөлі бар адамдар енгізеді.",
    },
    "sign_in_to_state_accidents": {
        "en": "Sign in to enter accidents.",
        "ru": "Войдите, чтобы вводить случаи.",
        "kk": "Оқиғаларды енгізу үшін кіріңіз.",
    },
    "add_users_to_state_accidents": {
        "en": "To enter accidents here, somebody has to be able to sign in: tundish user add",
        "ru": "Чтобы вводить случаи здесь, нужны пользователи: tundish user add",
        "kk": "Оқиғаларды осы жерде енгізу үшін пайдаланушылар керек: tundish user add",
    },
}
