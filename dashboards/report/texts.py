"""Every text of the printed reports, in the three languages, and nothing else."""

from models.works.localize import Language

TEXTS: dict[str, dict[Language, str]] = {
    "day_title": {"en": "Daily production report", "ru": "Суточный рапорт", "kk": "Тәуліктік рапорт"},
    "month_title": {"en": "Month against plan", "ru": "Выполнение месячного плана", "kk": "Айлық жоспардың орындалуы"},
    "growth_title": {"en": "Growth of output", "ru": "Темпы роста производства", "kk": "Өндірістің өсу қарқыны"},
    "simulated": {
        "en": "SIMULATED: every figure comes from a simulated works, not from production",
        "ru": "ИМИТАЦИЯ (SIMULATED): все цифры получены от модели завода, а не с производства",
        "kk": "ИМИТАЦИЯ (SIMULATED): барлық сандар өндірістен емес, зауыт моделінен алынған",
    },
    "production_day": {"en": "Production day", "ru": "Сутки", "kk": "Тәулік"},
    "month": {"en": "Month", "ru": "Месяц", "kk": "Ай"},
    "as_of": {"en": "As of", "ru": "По состоянию на", "kk": "Жағдай бойынша"},
    "known_on": {
        "en": "As it was known on",
        "ru": "По данным, известным на",
        "kk": "Белгілі болған мерзімі",
    },
    "status": {"en": "Status", "ru": "Статус", "kk": "Мәртебесі"},
    "status_of_figures": {"en": "Status of the figures", "ru": "Статус данных", "kk": "Деректер мәртебесі"},
    "not_known": {"en": "Not known", "ru": "Неизвестно", "kk": "Белгісіз"},
    "not_known_since": {"en": "Not known since", "ru": "Неизвестно с", "kk": "Қашаннан белгісіз"},
    "day_runs": {"en": "Day in progress", "ru": "Сутки не окончены", "kk": "Тәулік аяқталған жоқ"},
    "day_judged": {
        "en": "+/- and % are of what was due by {at} in the hours that were watched; so are those of month to date",
        "ru": "+/- и % считаются к заданию на {at} за часы, по которым есть данные; с начала месяца - так же",
        "kk": "+/- және % {at} дейінгі тапсырмаға, дерегі бар сағаттар бойынша есептелген; ай басынан да солай",
    },
    "month_runs": {"en": "Month in progress", "ru": "Месяц не окончен", "kk": "Ай аяқталған жоқ"},
    "growth_runs": {"en": "Month in progress", "ru": "Месяц не окончен", "kk": "Ай аяқталған жоқ"},
    "month_judged": {
        "en": "plan, +/- and % are of the whole month; the daily report says how it stands to date",
        "ru": "план, +/- и % - за весь месяц; положение на сегодня показывает суточный рапорт",
        "kk": "жоспар, +/- және % - бүкіл ай бойынша; бүгінгі жағдай тәуліктік рапортта",
    },
    "status_0": {"en": "operational", "ru": "оперативные", "kk": "жедел"},
    "status_1": {"en": "refined", "ru": "уточнённые", "kk": "нақтыланған"},
    "status_2": {"en": "closed", "ru": "закрытые", "kk": "жабық"},
    "dispatcher": {"en": "Dispatcher", "ru": "Диспетчер", "kk": "Диспетчер"},
    "site": {"en": "Works", "ru": "Комбинат", "kk": "Комбинат"},
    "place": {"en": "Shop, unit", "ru": "Цех, агрегат", "kk": "Цех, агрегат"},
    "product": {"en": "Product", "ru": "Продукция", "kk": "Өнім"},
    "unit_of_measure": {"en": "Unit", "ru": "Ед. изм.", "kk": "Өлш. бірл."},
    "t": {"en": "t", "ru": "т", "kk": "т"},
    "kt": {"en": "kt", "ru": "тыс. т", "kk": "мың т"},
    "total": {"en": "total", "ru": "всего", "kk": "барлығы"},
    "site_total": {"en": "Works, total", "ru": "Комбинат, всего", "kk": "Комбинат бойынша барлығы"},
    "unclaimed": {"en": "no unit's any more", "ru": "без агрегата", "kk": "агрегаты жоқ"},
    "unallocated": {"en": "unallocated", "ru": "не распределено", "kk": "бөлінбеген"},
    "day_plan": {"en": "Day plan", "ru": "План суток", "kk": "Тәулік жоспары"},
    "due": {"en": "Due by now", "ru": "К этому часу", "kk": "Осы сағатқа"},
    "day_actual": {"en": "Day actual", "ru": "Факт суток", "kk": "Тәулік нақты"},
    "deviation": {"en": "+/-", "ru": "+/-", "kk": "+/-"},
    "pct": {"en": "%", "ru": "%", "kk": "%"},
    "mtd_plan": {"en": "Month to date, plan", "ru": "План с начала месяца", "kk": "Ай басынан жоспар"},
    "mtd_actual": {"en": "Month to date, actual", "ru": "Факт с начала месяца", "kk": "Ай басынан нақты"},
    "month_plan": {"en": "Month plan", "ru": "План месяца", "kk": "Ай жоспары"},
    "month_actual": {"en": "Month actual", "ru": "Факт месяца", "kk": "Ай нақты"},
    "forecast": {"en": "Forecast", "ru": "Ожидаемое", "kk": "Күтілетін"},
    "not_reported": {"en": "not reported: {units}", "ru": "нет данных: {units}", "kk": "дерек жоқ: {units}"},
    "forecast_range": {"en": "Forecast, 80 %", "ru": "Ожидаемое, 80 %", "kk": "Күтілетін, 80 %"},
    "required": {"en": "Required per day", "ru": "Требуется в сутки", "kk": "Тәулігіне қажет"},
    "ytd": {"en": "Year to date", "ru": "С начала года", "kk": "Жыл басынан"},
    "ytd_before": {"en": "Same period last year", "ru": "Тот же период прошлого года", "kk": "Былтырғы осы кезең"},
    "ytd_pct": {"en": "% to last year", "ru": "% к прошлому году", "kk": "Былтырғыға %"},
    "planned_stop": {"en": "Planned stops, h", "ru": "Плановые простои, ч", "kk": "Жоспарлы тоқтау, сағ"},
    "unplanned_stop": {"en": "Unplanned stops, h", "ru": "Внеплановые простои, ч", "kk": "Жоспардан тыс тоқтау, сағ"},
    "cause": {"en": "Cause", "ru": "Причина", "kk": "Себебі"},
    "follows_from": {"en": "follows from {cause}", "ru": "вследствие: {cause}", "kk": "себебі: {cause}"},
    "completeness": {"en": "Data quality, %", "ru": "Полнота данных, %", "kk": "Дерек толықтығы, %"},
    "mom": {"en": "To last month, %", "ru": "К прошлому месяцу, %", "kk": "Өткен айға, %"},
    "mom_per_day": {"en": "To last month per day, %", "ru": "То же в среднем за сутки, %", "kk": "Тәулігіне орташа, %"},
    "yoy": {
        "en": "To same month last year, %",
        "ru": "К тому же месяцу прошлого года, %",
        "kk": "Былтырғы осы айға, %",
    },
    "yoy_per_day": {
        "en": "To last year per day, %",
        "ru": "К прошлому году за сутки, %",
        "kk": "Былтырғыға тәулігіне, %",
    },
    "yoy_repair_free": {
        "en": "To last year per repair-free day, %",
        "ru": "К прошлому году за сутки без ремонта, %",
        "kk": "Былтырғыға жөндеусіз тәулікке, %",
    },
    "ytd_growth": {"en": "Year to date, %", "ru": "С начала года, %", "kk": "Жыл басынан, %"},
    "basis": {"en": "Figure", "ru": "Показатель", "kk": "Көрсеткіш"},
    "as_booked": {"en": "current", "ru": "текущий", "kk": "ағымдағы"},
    "as_closed": {"en": "as closed", "ru": "закрытый", "kk": "жабылған"},
    "restated": {"en": "restated", "ru": "пересчёт", "kk": "қайта есеп"},
    "in_progress": {
        "en": "month in progress: year to date and growth hold its days that are over, {days}, and compare them with "
        "the same days of the base; the running day is in the month alone",
        "ru": "месяц не окончен: итог с начала года и темпы содержат только законченные сутки, {days}, и сравнивают их "
        "с теми же днями базы; текущие сутки входят только в месяц",
        "kk": "ай аяқталған жоқ: жыл басынан қорытынды мен өсім тек аяқталған тәуліктерді, {days}, қамтып, базаның "
        "сол күндерімен салыстырады; ағымдағы тәулік тек айға кіреді",
    },
    "day_running": {
        "en": "the day is not over: month to date and year to date hold it as far as it went",
        "ru": "сутки не окончены: итоги с начала месяца и года содержат их по текущий час",
        "kk": "тәулік аяқталған жоқ: ай және жыл басынан қорытындылар оны осы сағатқа дейін қамтиды",
    },
    "stops": {"en": "Unplanned stops", "ru": "Внеплановые простои", "kk": "Жоспардан тыс тоқтаулар"},
    "repairs": {"en": "Repairs", "ru": "Ремонты", "kk": "Жөндеулер"},
    "corrections": {"en": "Corrections", "ru": "Корректировки", "kk": "Түзетулер"},
    "for_others": {
        "en": "The month to date, and the month, hold corrections of other months",
        "ru": "В итоге с начала месяца и за месяц учтены корректировки других месяцев",
        "kk": "Ай басынан және ай қорытындысында басқа айлардың түзетулері бар",
    },
    "gaps": {"en": "Gaps", "ru": "Пробелы", "kk": "Үзіліс"},
    "gaps_note": {
        "en": "Gaps, of which the counters say nothing certain (see `tundish status`)",
        "ru": "Пробелы, за которые счётчики не дают достоверных данных (см. `tundish status`)",
        "kk": "Үзілістер: есептегіштер сенімді дерек бермейді (`tundish status` қараңыз)",
    },
    "footer_readings": {
        "en": "Readings: {expected} expected, {read} read, {backfilled} from history, {lost} lost (see `tundish "
        "completeness`); digest of the rows: {digest}",
        "ru": "Показания: ожидалось {expected}, прочитано {read}, из архива {backfilled}, потеряно {lost} (см. "
        "`tundish completeness`); контрольная сумма записей: {digest}",
        "kk": "Көрсеткіштер: күтілді {expected}, оқылды {read}, мұрағаттан {backfilled}, жоғалды {lost} (`tundish "
        "completeness` қараңыз); жазбалардың бақылау қосындысы: {digest}",
    },
    "integrated_note": {
        "en": "Integrated from a rate, for there is no counter",
        "ru": "Получено интегрированием расхода: счётчика нет",
        "kk": "Шығыннан интегралданған: есептегіш жоқ",
    },
    "any_unit": {"en": "any unit", "ru": "любой агрегат", "kk": "кез келген агрегат"},
    "at_most": {"en": "at most {tonnes} t", "ru": "не более {tonnes} т", "kk": "ең көбі {tonnes} т"},
    "and_more": {"en": "and {count} more", "ru": "и ещё {count}", "kk": "және тағы {count}"},
    "approved_by": {"en": "approved by", "ru": "утвердил", "kk": "бекіткен"},
    "booked_in": {"en": "booked in", "ru": "проведено в", "kk": "өткізілген айы"},
    "kind_current": {"en": "current repair", "ru": "текущий ремонт", "kk": "ағымдағы жөндеу"},
    "kind_capital": {"en": "overhaul", "ru": "капитальный ремонт", "kk": "күрделі жөндеу"},
    "kind_relining": {"en": "relining", "ru": "перефутеровка", "kk": "қайта футерлеу"},
    "kind_reserve": {"en": "in reserve", "ru": "в резерве", "kk": "резервте"},
    "not_entered": {"en": "not entered", "ru": "не введено", "kk": "енгізілмеген"},
    "footer_stocks": {"en": "Stocks", "ru": "Остатки", "kk": "Қалдықтар"},
    "footer_energy": {"en": "Energy and heat", "ru": "Энергия и тепло", "kk": "Энергия және жылу"},
    "footer_incidents": {"en": "Incidents", "ru": "Происшествия", "kk": "Оқиғалар"},
    "left_out": {
        "en": "No room here (see --html, --csv, --xlsx)",
        "ru": "Не поместилось (см. --html, --csv, --xlsx)",
        "kk": "Сыймады (--html, --csv, --xlsx қараңыз)",
    },
    "no_rows": {
        "en": "No figures are known for this period.",
        "ru": "За этот период данных нет.",
        "kk": "Бұл кезең бойынша дерек жоқ.",
    },
}


def report_text(key: str, language: Language) -> str:
    """The text of `key`."""
    return TEXTS[key][language]
