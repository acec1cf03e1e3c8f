"""Every text of ours that the page shows, in the three languages, and nothing else."""

from dashboards.panels.texts import TEXTS as SHARED
from dashboards.report.texts import TEXTS as REPORTED
from dashboards.web.access_texts import ACCESS_TEXTS
from dashboards.web.alert_texts import ALERT_TEXTS
from dashboards.web.api_texts import API_TEXTS
from dashboards.web.briefing_texts import BRIEFING_PAGE_TEXTS
from dashboards.web.changes_texts import CHANGES_TEXTS
from dashboards.web.correction_texts import CORRECTION_TEXTS
from dashboards.web.data_texts import DATA_TEXTS
from dashboards.web.entry_texts import ENTRY_PAGE_TEXTS
from dashboards.web.files_texts import FILES_TEXTS
from dashboards.web.fuel_texts import FUEL_PAGE_TEXTS
from dashboards.web.heat_texts import HEAT_PAGE_TEXTS
from dashboards.web.losses_texts import LOSSES_PAGE_TEXTS
from dashboards.web.month_texts import MONTH_TEXTS
from dashboards.web.receipt_texts import RECEIPT_TEXTS
from dashboards.web.recovery_texts import RECOVERY_PAGE_TEXTS
from dashboards.web.repair_texts import REPAIR_TEXTS
from dashboards.web.safety_texts import SAFETY_PAGE_TEXTS
from dashboards.web.sign_off_texts import SIGN_OFF_TEXTS
from dashboards.web.stop_texts import STOP_TEXTS
from dashboards.web.why_texts import WHY_PAGE_TEXTS
from models.works.localize import LANGUAGES, Language

LANGUAGE_TITLES: dict[Language, str] = {"en": "English", "ru": "Русский", "kk": "Қазақша"}

# One text for the page and the boards: people compare the two.
_AS_ON_THE_BOARDS = (
    *("simulated", "actual", "target", "completeness", "attainment", "attainment_pct", "mom_pct", "state"),
    *("readings", "rejected", "by_hour", "by_month", "sources", "no_data", "status_0", "status_1", "status_2"),
    *("unit_t", "unit_kt"),
    *(f"state_{code}" for code in range(8)),
)

TEXTS: dict[str, dict[Language, str]] = {
    **{key: SHARED[key] for key in _AS_ON_THE_BOARDS},
    **ACCESS_TEXTS,
    **ALERT_TEXTS,
    **API_TEXTS,
    **STOP_TEXTS,
    **BRIEFING_PAGE_TEXTS,
    **CHANGES_TEXTS,
    **CORRECTION_TEXTS,
    **DATA_TEXTS,
    **ENTRY_PAGE_TEXTS,
    **FILES_TEXTS,
    **FUEL_PAGE_TEXTS,
    **HEAT_PAGE_TEXTS,
    **WHY_PAGE_TEXTS,
    "address_misread": {
        "en": "“{given}” in the address is not known here; shown instead: {shown}",
        "ru": "«{given}» в адресе: такого здесь нет; показано: {shown}",
        "kk": "Мекенжайдағы «{given}»: мұнда ондай жоқ; көрсетілді: {shown}",
    },
    **LOSSES_PAGE_TEXTS,
    **RECOVERY_PAGE_TEXTS,
    **REPAIR_TEXTS,
    **{f"repair_{kind}": REPORTED[f"kind_{kind}"] for kind in ("current", "capital", "relining", "reserve")},
    **MONTH_TEXTS,
    **RECEIPT_TEXTS,
    **SIGN_OFF_TEXTS,
    **SAFETY_PAGE_TEXTS,
    **{key: texts for key, texts in REPORTED.items() if key.startswith("period_")},
    "title": {"en": "Production today", "ru": "Выпуск за сутки", "kk": "Тәуліктік өндіріс"},
    "simulated_why": {
        "en": "Every figure here comes from a simulated works, not from production.",
        "ru": "Все цифры получены от модели завода, а не с производства.",
        "kk": "Барлық сандар өндірістен емес, зауыт моделінен алынған.",
    },
    "language": {"en": "Language", "ru": "Язык", "kk": "Тіл"},
    "pages": {"en": "Pages", "ru": "Страницы", "kk": "Беттер"},
    "theme": {"en": "Colours of the page", "ru": "Цвета страницы", "kk": "Бет түстері"},
    "theme_system": {"en": "Auto", "ru": "Авто", "kk": "Авто"},
    "theme_light": {"en": "Light", "ru": "Светлая", "kk": "Жарық"},
    "theme_dark": {"en": "Dark", "ru": "Тёмная", "kk": "Қараңғы"},
    "in_figures": {"en": "In figures", "ru": "В цифрах", "kk": "Сандармен"},
    "production_day": {"en": "production day", "ru": "сутки", "kk": "тәулік"},
    "day_from": {"en": "from", "ru": "с", "kk": "басталуы"},
    "so_far": {"en": "so far", "ru": "с начала суток", "kk": "тәулік басынан"},
    "day_target": {"en": "Day target", "ru": "Суточное задание", "kk": "Тәуліктік тапсырма"},
    "target_so_far": {"en": "Target so far", "ru": "Задание к этому часу", "kk": "Қазірге тапсырма"},
    "too_little_watched": {"en": "too early to say", "ru": "рано судить", "kk": "баға беруге ерте"},
    "running_hour": {"en": "hour in progress", "ru": "час не окончен", "kk": "сағат аяқталған жоқ"},
    "units": {"en": "Units", "ru": "Агрегаты", "kk": "Агрегаттар"},
    "since": {"en": "since {since}", "ru": "с {since}", "kk": "{since} бастап"},
    "state_since": {"en": "{state} since {since}", "ru": "{state} с {since}", "kk": "{since} бастап {state}"},
    "follows_from": {"en": "follows from {cause}", "ru": "вследствие: {cause}", "kk": "себебі: {cause}"},
    "no_news": {"en": "no update", "ru": "нет вестей", "kk": "хабар жоқ"},
    "not_judged": {
        "en": "The collector has not reported a state of this unit.",
        "ru": "Сборщик не сообщал, что делает этот агрегат.",
        "kk": "Жинағыш бұл агрегаттың не істеп тұрғанын айтқан жоқ.",
    },
    "states_silent": {
        "en": "No update of its state since {since}. The last was: {last}",
        "ru": "Состояние не обновляется с {since}. Последнее: {last}",
        "kk": "Күйі {since} бастап жаңартылмаған. Соңғысы: {last}",
    },
    "drops": {"en": "Output drops", "ru": "Снижения выпуска", "kk": "Өндірістің төмендеуі"},
    "no_drops": {
        "en": "None now, none recorded in the last 24 h.",
        "ru": "Сейчас снижений нет, за последние 24 ч не отмечено.",
        "kk": "Қазір төмендеу жоқ, соңғы 24 сағатта тіркелмеген.",
    },
    "none_of_the_known": {
        "en": "Of the other units: none now, none recorded in the last 24 h.",
        "ru": "По остальным агрегатам сейчас снижений нет, за последние 24 ч не отмечено.",
        "kk": "Қалған агрегаттар бойынша: қазір төмендеу жоқ, соңғы 24 сағатта тіркелмеген.",
    },
    "drop_unit": {"en": "Unit", "ru": "Агрегат", "kk": "Агрегат"},
    "drop_what": {"en": "What", "ru": "Что", "kk": "Не болды"},
    "help": {"en": "Help", "ru": "Справка", "kk": "Анықтама"},
    "close": {"en": "Close", "ru": "Закрыть", "kk": "Жабу"},
    "drop_when": {"en": "When", "ru": "Когда", "kk": "Қашан"},
    "drop_lasted": {"en": "Duration", "ru": "Длительность", "kk": "Ұзақтығы"},
    "drop_cause": {"en": "Follows from", "ru": "Вследствие", "kk": "Себебі"},
    "drop_evidence": {"en": "Evidence", "ru": "По каким данным", "kk": "Қандай дерек бойынша"},
    "source": {"en": "Source", "ru": "Источник", "kk": "Дереккөз"},
    "source_up": {"en": "connected", "ru": "на связи", "kk": "байланыста"},
    "source_down": {"en": "no connection", "ru": "нет связи", "kk": "байланыс жоқ"},
    "age": {"en": "Data age", "ru": "Давность", "kk": "Дерек жасы"},
    "not_fresh": {"en": "Not known now", "ru": "Сейчас неизвестно", "kk": "Қазір белгісіз"},
    "and_more": {"en": "and {count} more", "ru": "и ещё {count}", "kk": "және тағы {count}"},
    "last_error": {"en": "Last error", "ru": "Последняя ошибка", "kk": "Соңғы қате"},
    "no_units": {
        "en": "No unit counts output in this plant.",
        "ru": "На этом заводе нет агрегатов с учётом выпуска.",
        "kk": "Бұл зауытта өнім есептейтін агрегат жоқ.",
    },
    "no_products": {
        "en": "The configuration names no reported product: fill in `reported`.",
        "ru": "В конфигурации нет отчётной продукции: заполните раздел `reported`.",
        "kk": "Конфигурацияда есептік өнім жоқ: `reported` бөлімін толтырыңыз.",
    },
    "no_sources": {
        "en": "Waiting for the collector: it has not reported yet.",
        "ru": "Ожидание сборщика: он ещё не выходил на связь.",
        "kk": "Жинағыш күтілуде: ол әлі хабар берген жоқ.",
    },
    "collector_silent": {
        "en": "The collector has been silent since {since}. Figures may be out of date.",
        "ru": "Сборщик молчит с {since}. Цифры могут отставать.",
        "kk": "Жинағыштан {since} бастап хабар жоқ. Сандар кешігуі мүмкін.",
    },
    "read_failed": {
        "en": "The ledger cannot be read. Figures are as of {since}.",
        "ru": "Журнал учёта не читается. Цифры по состоянию на {since}.",
        "kk": "Есеп журналы оқылмай тұр. Сандар {since} жағдайы бойынша.",
    },
    "read_failed_at_start": {
        "en": "The ledger cannot be read. The page keeps trying.",
        "ru": "Журнал учёта не читается. Попытки продолжаются.",
        "kk": "Есеп журналы оқылмай тұр. Әрекет жалғасуда.",
    },
    "connection_lost": {
        "en": "The desk does not respond.",
        "ru": "Страница потеряла связь с сервером.",
        "kk": "Бет сервермен байланысын жоғалтты.",
    },
    "reconnecting": {
        "en": "Figures do not update until it does. Reconnecting...",
        "ru": "Цифры не обновляются. Идёт повторное подключение...",
        "kk": "Сандар жаңартылмайды. Қайта қосылуда...",
    },
    "today": {"en": "Today", "ru": "Сутки", "kk": "Тәулік"},
    "growth": {"en": "Growth", "ru": "Рост", "kk": "Өсім"},
    "report": {"en": "Reports", "ru": "Отчёты", "kk": "Есептер"},
    "report_title": {"en": "Reports", "ru": "Отчёты", "kk": "Есептер"},
    "report_span": {"en": "Span of the report", "ru": "Период отчёта", "kk": "Есеп кезеңі"},
    "report_choice": {"en": "Choice of the date", "ru": "Выбор даты", "kk": "Күнді таңдау"},
    "report_date": {"en": "A day of the span", "ru": "День периода", "kk": "Кезеңнің күні"},
    "report_before": {"en": "Before", "ru": "Раньше", "kk": "Алдыңғы"},
    "report_after": {"en": "After", "ru": "Позже", "kk": "Келесі"},
    "report_pdf": {"en": "PDF for print", "ru": "PDF для печати", "kk": "Басып шығаруға PDF"},
    "report_xlsx": {"en": "Excel (XLSX)", "ru": "Excel (XLSX)", "kk": "Excel (XLSX)"},
    "report_usual": {"en": "The last completed day", "ru": "Последние полные сутки", "kk": "Соңғы аяқталған тәулік"},
    "report_making": {
        "en": "The report is being made. It takes a few seconds.",
        "ru": "Отчёт составляется. Это займёт несколько секунд.",
        "kk": "Есеп жасалуда. Бұл бірнеше секунд алады.",
    },
    "report_failed": {
        "en": "The report could not be made: the ledger cannot be read. Load the page again in a minute; if that does "
        "not help, look into the log of the desk.",
        "ru": "Отчёт составить не удалось: журнал учёта не читается. Обновите страницу через минуту; если не поможет, "
        "посмотрите журнал программы.",
        "kk": "Есеп жасалмады: есеп журналы оқылмай тұр. Бір минуттан кейін бетті жаңартыңыз; өзгермесе, бағдарлама "
        "журналын қараңыз.",
    },
    "unit_title": {"en": "Unit", "ru": "Агрегат", "kk": "Агрегат"},
    "open_unit": {
        "en": "Last day and month of the unit",
        "ru": "Сутки и месяц агрегата",
        "kk": "Агрегаттың тәулігі мен айы",
    },
    "no_such_unit": {
        "en": "This works has no unit with the code {code}. The first page lists its units.",
        "ru": "Агрегата с кодом {code} на заводе нет. Агрегаты перечислены на первой странице.",
        "kk": "Зауытта {code} коды бар агрегат жоқ. Агрегаттар бірінші бетте тізілген.",
    },
    "last_day": {"en": "Last 24 hours", "ru": "Последние 24 часа", "kk": "Соңғы 24 сағат"},
    "activity_of_nominal": {
        "en": "Activity, % of nominal",
        "ru": "Работа агрегата, % от номинала",
        "kk": "Агрегаттың жұмысы, номиналдың %-ы",
    },
    "stop_limit": {"en": "standing", "ru": "стоит", "kk": "тұр"},
    "not_watched": {
        "en": "not watched: the collector did not run",
        "ru": "наблюдения не было: сборщик не работал",
        "kk": "бақыланбаған: жинағыш істемеген",
    },
    "no_signal": {
        "en": "No signal shows what this unit does: give one of its tags the role activity.",
        "ru": "Ни один сигнал не показывает работу агрегата: задайте одному из его тегов role: activity.",
        "kk": "Агрегаттың жұмысын көрсететін сигнал жоқ: тегтерінің біріне role: activity беріңіз.",
    },
    "last_month": {"en": "Last 30 days", "ru": "Последние 30 суток", "kk": "Соңғы 30 тәулік"},
    "drops_of_month": {
        "en": "Stops and slow-downs, 30 days",
        "ru": "Остановки и снижения за 30 суток",
        "kk": "30 тәуліктегі тоқтаулар мен төмендеулер",
    },
    "no_drops_of_month": {
        "en": "None recorded in the last 30 days.",
        "ru": "За последние 30 суток не отмечено.",
        "kk": "Соңғы 30 тәулікте тіркелмеген.",
    },
    "events_of_day": {
        "en": "Heats, taps and coils, 24 h",
        "ru": "Плавки, выпуски и рулоны за 24 ч",
        "kk": "24 сағаттағы балқымалар, шығарулар мен орамдар",
    },
    "no_events_of_day": {
        "en": "None ended in the last 24 hours.",
        "ru": "За последние 24 часа не было.",
        "kk": "Соңғы 24 сағатта болған жоқ.",
    },
    "event_end": {"en": "Ended", "ru": "Окончание", "kk": "Аяқталуы"},
    "event_key": {"en": "Number", "ru": "Номер", "kk": "Нөмірі"},
    "product": {"en": "Product", "ru": "Продукция", "kk": "Өнім"},
    "tonnes": {"en": "Tonnes", "ru": "Тонны", "kk": "Тонна"},
    "repairs": {"en": "Planned repairs", "ru": "Плановые ремонты", "kk": "Жоспарлы жөндеулер"},
    "no_repairs": {
        "en": "None entered for the last 30 days or later; enter one with: tundish repair add",
        "ru": "За 30 суток и на будущее не введены; ввод: tundish repair add",
        "kk": "30 тәулікке және болашаққа енгізілмеген; енгізу: tundish repair add",
    },
    "repair_kind": {"en": "Kind", "ru": "Вид", "kk": "Түрі"},
    "approved_by": {"en": "Approved by", "ru": "Утвердил", "kk": "Бекіткен"},
    "corrections": {"en": "Corrections, 30 days", "ru": "Поправки за 30 суток", "kk": "30 тәуліктегі түзетулер"},
    "no_corrections": {
        "en": "None entered in the last 30 days.",
        "ru": "За последние 30 суток не вводились.",
        "kk": "Соңғы 30 тәулікте енгізілмеген.",
    },
    "production_date": {"en": "Day", "ru": "Сутки", "kk": "Тәулік"},
    "author": {"en": "Author", "ru": "Автор", "kk": "Авторы"},
    "reason": {"en": "Reason", "ru": "Причина", "kk": "Себебі"},
    "growth_title": {"en": "Monthly growth", "ru": "Рост по месяцам", "kk": "Айлық өсім"},
    "yoy_pct": {"en": "To same month last year", "ru": "К тому же месяцу прошлого года", "kk": "Былтырғы осы айға"},
    "ytd_pct": {
        "en": "Year to date, to last year",
        "ru": "С начала года к прошлому году",
        "kk": "Жыл басынан былтырғыға",
    },
    "mom_per_day_pct": {
        "en": "To last month, per day",
        "ru": "К прошлому месяцу за сутки",
        "kk": "Өткен айға тәулігіне",
    },
    "restated": {"en": "restated", "ru": "пересчитано", "kk": "қайта есептелген"},
    "first_days": {
        "en": "in progress; {days} of its days compared with the same days",
        "ru": "идёт; первые {days} сут. сравнены с теми же днями",
        "kk": "жүріп жатыр; алғашқы {days} тәулік сол күндермен салыстырылған",
    },
    "second": {"en": "s", "ru": "с", "kk": "с"},
    "minute": {"en": "min", "ru": "мин", "kk": "мин"},
    "hour": {"en": "h", "ru": "ч", "kk": "сағ"},
    "day": {"en": "d", "ru": "сут", "kk": "тәул"},
}


def text(key: str, language: Language) -> str:
    """The text for `key`. Raises KeyError for an unknown key: a missing text is a fault of ours, not a blank."""
    return TEXTS[key][language]


def chosen_language(accept_language: str | None) -> Language:
    """The first of our languages in an Accept-Language header, in the header's order; English if there is none."""
    for part in (accept_language or "").split(","):
        code = part.split(";")[0].strip().lower().split("-")[0]
        for language in LANGUAGES:
            if code == language:
                return language
    return "en"
