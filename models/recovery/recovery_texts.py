"""Every text of the way to make a month, in the three languages, and nothing else."""

from models.recovery.remark_texts import REMARK_TEXTS
from models.works.localize import Language

RECOVERY_TEXTS: dict[str, dict[Language, str]] = {
    **REMARK_TEXTS,
    "title": {
        "en": "How to make the month",
        "ru": "Как выполнить план месяца",
        "kk": "Ай жоспарын қалай орындау керек",
    },
    "month": {"en": "Month", "ru": "Месяц", "kk": "Ай"},
    "plan_of": {"en": "Plan of", "ru": "План", "kk": "Жоспар"},
    "product": {"en": "Makes", "ru": "Выпускает", "kk": "Шығарады"},
    "unit": {"en": "Unit", "ru": "Агрегат", "kk": "Агрегат"},
    "required": {"en": "Still to make, t", "ru": "Осталось сделать, т", "kk": "Жасалуы тиіс, т"},
    "hours": {"en": "Hours to work", "ru": "Часов работы", "kk": "Жұмыс сағаты"},
    "required_day": {"en": "Required, t a day", "ru": "Требуется, т/сут", "kk": "Қажет, т/тәул"},
    "required_shift": {"en": "Required, t a shift", "ru": "Требуется, т/смену", "kk": "Қажет, т/ауысым"},
    "recent_day": {"en": "Now, t a day", "ru": "Сейчас, т/сут", "kk": "Қазір, т/тәул"},
    "limit_day": {"en": "Possible, t a day", "ru": "Возможно, т/сут", "kk": "Мүмкін, т/тәул"},
    "limited_by": {"en": "Possible by", "ru": "Возможно по", "kk": "Мүмкіндік негізі"},
    "by_best": {"en": "best of 90 days", "ru": "лучшему темпу за 90 сут", "kk": "90 тәуліктің үздік қарқыны"},
    "by_nameplate": {"en": "nameplate", "ru": "проектной мощности", "kk": "жобалық қуат"},
    "is_limit": {"en": "Limits the most", "ru": "Предел достижимого", "kk": "Ең көбінің шегі"},
    "all_units": {"en": "All together", "ru": "Всего", "kk": "Барлығы"},
    "yes": {"en": "yes", "ru": "да", "kk": "иә"},
    "supposed": {"en": "Supposed", "ru": "Допущение", "kk": "Жорамал"},
    "made": {
        "en": "{product}, {month}: {made}\u00a0t of {plan}\u00a0t are made.",
        "ru": "{product}, {month}: произведено {made}\u00a0т из {plan}\u00a0т.",
        "kk": "{product}, {month}: {plan}\u00a0т жоспардан {made}\u00a0т өндірілді.",
    },
    "made_forecast": {
        "en": "{product}, {month}: {made}\u00a0t of {plan}\u00a0t are made; the month is forecast to come to "
        "{forecast}\u00a0t ({pct}\u00a0%).",
        "ru": "{product}, {month}: произведено {made}\u00a0т из {plan}\u00a0т; прогноз месяца {forecast}\u00a0т "
        "({pct}\u00a0%).",
        "kk": "{product}, {month}: {plan}\u00a0т жоспардан {made}\u00a0т өндірілді; ай болжамы {forecast}\u00a0т "
        "({pct}\u00a0%).",
    },
    "made_only": {
        "en": "{product}, {month}: {made}\u00a0t are made; there is no plan.",
        "ru": "{product}, {month}: произведено {made}\u00a0т; плана нет.",
        "kk": "{product}, {month}: {made}\u00a0т өндірілді; жоспар жоқ.",
    },
    "made_unknown": {
        "en": "{product}, {month}: what is made so far is not known, so nobody can say what is missing.",
        "ru": "{product}, {month}: выпуск с начала месяца известен не полностью, сказать, чего не хватает, нельзя.",
        "kk": "{product}, {month}: ай басынан бергі өнім толық белгілі емес, не жетпейтінін айту мүмкін емес.",
    },
    "done": {
        "en": "The plan is made.",
        "ru": "План выполнен.",
        "kk": "Жоспар орындалды.",
    },
    "reachable": {
        "en": "The plan can be made: {need}\u00a0t are still needed, {rate}\u00a0t a day, which is {share}\u00a0% of "
        "what is possible.",
        "ru": "План выполним: осталось {need}\u00a0т, по {rate}\u00a0т в сутки, это {share}\u00a0% возможного.",
        "kk": "Жоспарды орындауға болады: тағы {need}\u00a0т керек, тәулігіне {rate}\u00a0т, бұл мүмкіндіктің "
        "{share}\u00a0%-ы.",
    },
    "not_reachable": {
        "en": "The plan cannot be made: at most {most}\u00a0t can be reached ({pct}\u00a0%), {missing}\u00a0t too few.",
        "ru": "План невыполним: достижимо не более {most}\u00a0т ({pct}\u00a0%), не хватит {missing}\u00a0т.",
        "kk": "Жоспарды орындау мүмкін емес: ең көбі {most}\u00a0т ({pct}\u00a0%), {missing}\u00a0т жетпейді.",
    },
    "at_most": {
        "en": "At most {most}\u00a0t can be reached.",
        "ru": "Достижимо не более {most}\u00a0т.",
        "kk": "Ең көбі {most}\u00a0т өндіруге болады.",
    },
    "at_most_of_plan": {
        "en": "At most {most}\u00a0t can be reached ({pct}\u00a0%).",
        "ru": "Достижимо не более {most}\u00a0т ({pct}\u00a0%).",
        "kk": "Ең көбі {most}\u00a0т өндіруге болады ({pct}\u00a0%).",
    },
    "limit": {
        "en": "What keeps it from being more: {limits}.",
        "ru": "Больше не позволяет: {limits}.",
        "kk": "Одан артыққа мүмкіндік бермейтін: {limits}.",
    },
    "without_supposed": {
        "en": "This forecast is without what is supposed.",
        "ru": "Этот прогноз не учитывает допущение.",
        "kk": "Бұл болжам жорамалды есепке алмайды.",
    },
    "limit_of": {"en": "{product} ({units})", "ru": "{product} ({units})", "kk": "{product} ({units})"},
    "limit_best": {
        "en": "{unit} at its best rate, {rate}\u00a0t a day",
        "ru": "{unit} при лучшем темпе, {rate}\u00a0т/сут",
        "kk": "{unit} үздік қарқынмен, {rate}\u00a0т/тәул",
    },
    "limit_nameplate": {
        "en": "{unit} at its nameplate, {rate}\u00a0t a day",
        "ru": "{unit} при проектной мощности, {rate}\u00a0т/сут",
        "kk": "{unit} жобалық қуатта, {rate}\u00a0т/тәул",
    },
    "limit_stands": {
        "en": "{limit}, standing for {hours}\u00a0h",
        "ru": "{limit}, простой {hours}\u00a0ч",
        "kk": "{limit}, {hours}\u00a0сағ тұрады",
    },
    "limit_only_stands": {
        "en": "{unit} stands to the end of the month",
        "ru": "{unit} стоит до конца месяца",
        "kk": "{unit} ай соңына дейін тұрады",
    },
    "standing": {"en": "Stands", "ru": "Простой", "kk": "Тұрады"},
    "standing_units": {"en": "Stands: {units}.", "ru": "Простой: {units}.", "kk": "Тұрады: {units}."},
    "held_by_repair": {"en": "repair {repair}", "ru": "ремонт {repair}", "kk": "{repair} жөндеуі"},
    "held_by_supposed": {"en": "as is supposed", "ru": "по допущению", "kk": "жорамал бойынша"},
    "held_by_out_of_service": {"en": "not in service", "ru": "не в эксплуатации", "kk": "пайдалануда емес"},
    "held": {"en": "{what}", "ru": "{what}", "kk": "{what}"},
    "held_start": {"en": "{what} from {start}", "ru": "{what} с {start}", "kk": "{what}, {start} бастап"},
    "held_end": {"en": "{what} until {end}", "ru": "{what} до {end}", "kk": "{what}, {end} дейін"},
    "held_start_end": {
        "en": "{what} from {start} until {end}",
        "ru": "{what} с {start} до {end}",
        "kk": "{what}, {start} бастап {end} дейін",
    },
    "day": {"en": "Day", "ru": "Сутки", "kk": "Тәулік"},
    "planned_day": {"en": "To make that day, t", "ru": "Сделать за сутки, т", "kk": "Тәулікте жасалуы тиіс, т"},
    "evening": {"en": "In stock in the evening, t", "ru": "Запас к концу суток, т", "kk": "Тәулік соңындағы қор, т"},
    "sentence": {"en": "Sentence", "ru": "Предложение", "kk": "Сөйлем"},
    "in_stock": {
        "en": "In stock in the evening: {product}",
        "ru": "Запас к концу суток: {product}",
        "kk": "Тәулік соңындағы қор: {product}",
    },
    "days_said": {
        "en": "Tonnes a day: one of the ways to make it, with the units loaded evenly. Of a day that runs only the "
        "rest is meant. A stock is shown if it is known, and all that bring to it or take from it have a plan.",
        "ru": "Тонны по суткам: один из возможных вариантов с равномерной загрузкой агрегатов. Для текущих суток "
        "показан только остаток. Запас показан, если он известен и у всех, кто его пополняет и расходует, есть план.",
        "kk": "Тәуліктегі тонна: агрегаттар біркелкі жүктелетін мүмкін нұсқалардың бірі. Ағымдағы тәуліктің тек қалған "
        "бөлігі көрсетілген. Қор белгілі болса және оны толтыратын әрі жұмсайтын агрегаттардың бәрінде жоспар болса "
        "көрсетіледі.",
    },
    "stocks_left": {
        "en": "In stock at the end of the month: {stocks}.",
        "ru": "Запас к концу месяца: {stocks}.",
        "kk": "Ай соңындағы қор: {stocks}.",
    },
    "stock_left": {
        "en": "{product} {end}\u00a0t (now {now}\u00a0t)",
        "ru": "{product} {end}\u00a0т (сейчас {now}\u00a0т)",
        "kk": "{product} {end}\u00a0т (қазір {now}\u00a0т)",
    },
    "no_days": {
        "en": "Nothing is to be made, or nobody knows what can be.",
        "ru": "Делать больше нечего, или возможности неизвестны.",
        "kk": "Енді жасайтын ештеңе жоқ немесе мүмкіндік белгісіз.",
    },
    "and_more": {"en": "and {count} more", "ru": "и ещё {count}", "kk": "және тағы {count}"},
    "limit_stock": {
        "en": "the stock of {product}",
        "ru": "запас: {product}",
        "kk": "қор: {product}",
    },
    "delay": {
        "en": "One more day at the pace of the last three weeks takes {delay}\u00a0t from what can be reached.",
        "ru": "Ещё одни сутки в темпе последних трёх недель отнимут {delay}\u00a0т от достижимого.",
        "kk": "Соңғы үш аптаның қарқынымен тағы бір тәулік жұмыс істесе, мүмкін көлем {delay}\u00a0т азаяды.",
    },
    "delay_needs": {
        "en": "One more day at the pace of the last three weeks takes {delay}\u00a0t from what can be reached; then "
        "{rate}\u00a0t a day are needed.",
        "ru": "Ещё одни сутки в темпе последних трёх недель отнимут {delay}\u00a0т от достижимого; после них нужно "
        "{rate}\u00a0т в сутки.",
        "kk": "Соңғы үш аптаның қарқынымен тағы бір тәулік жұмыс істесе, мүмкін көлем {delay}\u00a0т азаяды; одан "
        "кейін тәулігіне {rate}\u00a0т керек.",
    },
    "no_delay": {
        "en": "A day at the pace of the last three weeks takes nothing from what can be reached.",
        "ru": "Сутки в темпе последних трёх недель ничего не отнимают от достижимого.",
        "kk": "Соңғы үш аптаның қарқынымен бір тәулік жұмыс істесе, мүмкін көлем азаймайды.",
    },
    "stands_until": {
        "en": "{unit} stands until the end of {day}",
        "ru": "{unit}: простой до конца {day}",
        "kk": "{unit} {day} соңына дейін тұрады",
    },
    "repair_moves": {
        "en": "{unit}: the repair {repair} begins on {day}",
        "ru": "{unit}: ремонт {repair} начинается {day}",
        "kk": "{unit}: {repair} жөндеуі {day} басталады",
    },
    "repair_ends": {
        "en": "{unit}: the repair {repair} ends on {day}",
        "ru": "{unit}: ремонт {repair} заканчивается {day}",
        "kk": "{unit}: {repair} жөндеуі {day} аяқталады",
    },
    "nothing": {
        "en": "Nothing is known of these products in this month.",
        "ru": "За этот месяц данных об этой продукции нет.",
        "kk": "Бұл ай бойынша осы өнім туралы дерек жоқ.",
    },
    "method": {
        "en": "Possible: the lower of the nameplate and of the best rate that three days running held in the last 90 "
        "(95th percentile), for each hour outside approved repairs. What comes before limits it by the yields and "
        "stocks of the balance. Units go at the lowest share of what they can. A unit that serves the plans of several "
        "products has to make the highest of what they require. Nothing of this is entered.",
        "ru": "Возможно: меньшее из проектной мощности и лучшего темпа, который держался трое суток подряд за "
        "последние 90 (95-й процентиль), на каждый час вне утверждённых ремонтов. Предыдущие переделы ограничивают его "
        "по выходам и запасам баланса. Агрегаты загружены на наименьшую долю возможного. Если агрегат нужен для планов "
        "нескольких продуктов, действует наибольшее из требуемых значений. В планы ничего не вносится.",
        "kk": "Мүмкіндік: жобалық қуат пен соңғы 90 тәулікте үш тәулік қатар ұсталған үздік қарқынның (95-процентиль) "
        "кішісі, бекітілген жөндеулерден тыс әр сағатқа. Алдыңғы бөлімдер оны баланстың шығымдары мен қорлары бойынша "
        "шектейді. Агрегаттар мүмкіндіктің ең аз үлесімен жүктеледі. Агрегат бірнеше өнімнің жоспарына қажет болса, "
        "талап етілетін мәндердің ең үлкені есептеледі. Жоспарға ештеңе енгізілмейді.",
    },
}


def recovery_text(key: str, language: Language) -> str:
    """One text."""
    return RECOVERY_TEXTS[key][language]
