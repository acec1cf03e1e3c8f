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
    "safety_methane": {
        "en": "Methane above a limit, and output meanwhile",
        "ru": "Метан выше предела и добыча в это время",
        "kk": "Метан шектен жоғары және сол кездегі өндіру",
    },
    "safety_methane_help": {
        "en": "Hours of the last seven days. Output is what the counters of the mine counted in the minutes in any "
        "part of which methane was above; coal on the belts is counted when it passes the scale, and a mine may "
        "have other workings. Minutes of which methane is not known are not here: a gap is not below a limit.",
        "ru": "Часы за последние семь суток. Добыча: сколько учли счётчики шахты за минуты, в которых метан хотя бы "
        "часть времени был выше предела; уголь на лентах учитывается, когда проходит весы, и в шахте могут быть другие "
        "выработки. Минут, за которые метан неизвестен, здесь нет: пробел не значит, что метан ниже предела.",
        "kk": "Соңғы жеті тәуліктің сағаттары. Өндіру: метан шектен кемінде бір сәт жоғары болған минуттарда шахта "
        "есептегіштері есептегені; таспадағы көмір таразыдан өткенде есептеледі, ал шахтада басқа қазбалар болуы "
        "мүмкін. Метаны белгісіз минуттар мұнда жоқ: үзіліс метан шектен төмен деген сөз емес.",
    },
    "safety_methane_none": {
        "en": "Methane was not above a limit in what is known of these days.",
        "ru": "По известным данным за эти сутки метан не был выше предела.",
        "kk": "Белгілі деректер бойынша осы тәуліктерде метан шектен асқан жоқ.",
    },
    "safety_working": {"en": "Working", "ru": "Выработка", "kk": "Қазба"},
    "safety_at_minutes": {"en": "When", "ru": "Когда", "kk": "Қашан"},
    "safety_limit": {"en": "Limit", "ru": "Предел", "kk": "Шек"},
    "safety_limit_local": {"en": "local", "ru": "местный", "kk": "жергілікті"},
    "safety_limit_general": {"en": "general", "ru": "общий", "kk": "жалпы"},
    "safety_greatest": {"en": "Greatest", "ru": "Наибольшее", "kk": "Ең көбі"},
    "safety_above_min": {"en": "Above, min", "ru": "Выше, мин", "kk": "Жоғары, мин"},
    "safety_made_above": {"en": "Output meanwhile", "ru": "Добыча в это время", "kk": "Сол кездегі өндіру"},
    "safety_made": {"en": "{tonnes}\u00a0t", "ru": "{tonnes}\u00a0т", "kk": "{tonnes}\u00a0т"},
    "safety_made_part": {
        "en": "{tonnes}\u00a0t in {known} of {minutes}\u00a0min; of the others not known",
        "ru": "{tonnes}\u00a0т за {known} из {minutes}\u00a0мин; за остальные неизвестно",
        "kk": "{minutes}\u00a0минуттың {known} минутында {tonnes}\u00a0т; қалғаны белгісіз",
    },
    "safety_made_unknown": {"en": "not known", "ru": "неизвестно", "kk": "белгісіз"},
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
