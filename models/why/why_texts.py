"""Every text of the split of a growth, in the three languages, and nothing else."""

from models.works.localize import Language

WHY_TEXTS: dict[str, dict[Language, str]] = {
    "calendar": {"en": "Calendar days", "ru": "Календарные сутки", "kk": "Күнтізбелік тәуліктер"},
    "repairs": {"en": "Approved repairs", "ru": "Утверждённые ремонты", "kk": "Бекітілген жөндеулер"},
    "units": {
        "en": "Units new or gone",
        "ru": "Новые и выбывшие агрегаты",
        "kk": "Жаңа және пайдаланудан шыққан агрегаттар",
    },
    "stops_own": {"en": "Own stops", "ru": "Собственные простои", "kk": "Агрегаттың өз тоқтаулары"},
    "stops_upstream": {
        "en": "Stops by what comes before",
        "ru": "Простои из-за предыдущего передела",
        "kk": "Алдыңғы бөлімге байланысты тоқтаулар",
    },
    "stops_downstream": {
        "en": "Stops by what comes after",
        "ru": "Простои из-за следующего передела",
        "kk": "Келесі бөлімге байланысты тоқтаулар",
    },
    "fewer_repairs": {
        "en": "Fewer approved repairs",
        "ru": "Сокращение утверждённых ремонтов",
        "kk": "Бекітілген жөндеулердің азаюы",
    },
    "fewer_stops_own": {
        "en": "Fewer own stops",
        "ru": "Сокращение собственных простоев",
        "kk": "Агрегаттың өз тоқтауларының азаюы",
    },
    "fewer_stops_upstream": {
        "en": "Fewer stops by what comes before",
        "ru": "Сокращение простоев из-за предыдущего передела",
        "kk": "Алдыңғы бөлімге байланысты тоқтаулардың азаюы",
    },
    "fewer_stops_downstream": {
        "en": "Fewer stops by what comes after",
        "ru": "Сокращение простоев из-за следующего передела",
        "kk": "Келесі бөлімге байланысты тоқтаулардың азаюы",
    },
    "slower": {"en": "Slower running", "ru": "Снижение темпа", "kk": "Қарқынның төмендеуі"},
    "faster": {"en": "Faster running", "ru": "Повышение темпа", "kk": "Қарқынның артуы"},
    "corrections": {"en": "Corrections", "ru": "Корректировки", "kk": "Түзетулер"},
    "not_known": {"en": "Not known: no data", "ru": "Неизвестно: нет данных", "kk": "Белгісіз: дерек жоқ"},
    "rest": {
        "en": "Not divided: pace and stops that nobody saw",
        "ru": "Не разделено: темп и незамеченные простои",
        "kk": "Бөлінбеген: қарқын мен байқалмаған тоқтаулар",
    },
    "more": {
        "en": "{product}, {period}: {made}\u00a0t, {change}\u00a0t more than in {base}{pct}.",
        "ru": "{product}, {period}: {made}\u00a0т, на {change}\u00a0т больше, чем за {base}{pct}.",
        "kk": "{product}, {period}: {made}\u00a0т, {base} кезеңіндегіден {change}\u00a0т артық{pct}.",
    },
    "less": {
        "en": "{product}, {period}: {made}\u00a0t, {change}\u00a0t less than in {base}{pct}.",
        "ru": "{product}, {period}: {made}\u00a0т, на {change}\u00a0т меньше, чем за {base}{pct}.",
        "kk": "{product}, {period}: {made}\u00a0т, {base} кезеңіндегіден {change}\u00a0т кем{pct}.",
    },
    "same": {
        "en": "{product}, {period}: {made}\u00a0t, as much as in {base}{pct}.",
        "ru": "{product}, {period}: {made}\u00a0т, столько же, сколько за {base}{pct}.",
        "kk": "{product}, {period}: {made}\u00a0т, {base} кезеңіндегімен бірдей{pct}.",
    },
    "no_data": {
        "en": "{product}: nothing is known of {period}, so nothing can be compared.",
        "ru": "{product}: данных за {period} нет, сравнивать нечего.",
        "kk": "{product}: {period} кезеңі бойынша дерек жоқ, салыстыратын ештеңе жоқ.",
    },
    "known_of_both": {
        "en": "{product}: {made}\u00a0t are known of {period} and {base_made}\u00a0t of {base}; days are missing, so "
        "the two are not compared.",
        "ru": "{product}: известно {made}\u00a0т за {period} и {base_made}\u00a0т за {base}; есть сутки без данных, "
        "поэтому они не сравниваются.",
        "kk": "{product}: {period} бойынша {made}\u00a0т, {base} бойынша {base_made}\u00a0т белгілі; дерексіз "
        "тәуліктер бар, сондықтан олар салыстырылмайды.",
    },
    "unequal_days": {
        "en": "The periods are not of as many days: {days} and {base_days}.",
        "ru": "Число суток в периодах разное: {days} и {base_days}.",
        "kk": "Кезеңдердегі тәулік саны әртүрлі: {days} және {base_days}.",
    },
    "of_what_is_known": {
        "en": "As far as it is known. {said}",
        "ru": "По известным данным. {said}",
        "kk": "Белгілі дерек бойынша. {said}",
    },
    "reasons": {
        "en": "Raised by: {raised}. Lowered by: {lowered}.",
        "ru": "Увеличили выпуск: {raised}. Уменьшили: {lowered}.",
        "kk": "Өндірісті арттырған: {raised}. Кеміткен: {lowered}.",
    },
    "raised_only": {
        "en": "Raised by: {raised}; nothing lowered it.",
        "ru": "Увеличили выпуск: {raised}; уменьшений нет.",
        "kk": "Өндірісті арттырған: {raised}; кеміткен ештеңе жоқ.",
    },
    "lowered_only": {
        "en": "Lowered by: {lowered}; nothing raised it.",
        "ru": "Уменьшили выпуск: {lowered}; увеличений нет.",
        "kk": "Өндірісті кеміткен: {lowered}; арттырған ештеңе жоқ.",
    },
    "no_reason": {
        "en": "Nothing of it could be given a reason.",
        "ru": "Ни для какой части изменения причина не установлена.",
        "kk": "Өзгерістің ешбір бөлігінің себебі анықталмады.",
    },
    "nothing_changed": {
        "en": "Nothing that makes it up changed.",
        "ru": "Ничто из того, что его составляет, не изменилось.",
        "kk": "Оны құрайтын ештеңе өзгерген жоқ.",
    },
    "part_in_words": {
        "en": "{part} {grams}\u00a0t",
        "ru": "{part} {grams}\u00a0т",
        "kk": "{part} {grams}\u00a0т",
    },
    "and_more": {"en": "{count} more", "ru": "ещё {count}", "kk": "тағы {count}"},
    "where_all": {
        "en": "Every repair, stop and unit: {command}.",
        "ru": "Все ремонты, простои и агрегаты: {command}.",
        "kk": "Барлық жөндеу, тоқтау және агрегат: {command}.",
    },
    "all_of_unit": {"en": "All {count}: {unit}", "ru": "Все ({count}): {unit}", "kk": "Барлығы ({count}): {unit}"},
    "all_explained": {
        "en": "All of it has a reason.",
        "ru": "Изменение объяснено полностью.",
        "kk": "Өзгеріс толық түсіндірілді.",
    },
    "left": {
        "en": "{left}. Nothing was estimated.",
        "ru": "{left}. Ничего не оценивалось.",
        "kk": "{left}. Ештеңе бағаланған жоқ.",
    },
    "left_rest": {
        "en": "not divided: {grams}\u00a0t ({units}), hours were not watched all the time, or do not agree with the "
        "output",
        "ru": "не разделено: {grams}\u00a0т ({units}), часы наблюдались не полностью или не согласуются с выпуском",
        "kk": "бөлінбеген: {grams}\u00a0т ({units}), сағаттары толық бақыланбаған немесе өнім көлемімен сәйкес "
        "келмейді",
    },
    "left_not_known": {
        "en": "not known: {grams}\u00a0t ({units}), days have no data",
        "ru": "неизвестно: {grams}\u00a0т ({units}), есть сутки без данных",
        "kk": "белгісіз: {grams}\u00a0т ({units}), дерексіз тәуліктер бар",
    },
    "left_days": {
        "en": "not known: days of one of the periods have no data",
        "ru": "неизвестно: за часть суток одного из периодов нет данных",
        "kk": "белгісіз: кезеңдердің бірінде дерексіз тәуліктер бар",
    },
    "redefined": {
        "en": "Not comparable: in the base it was counted as “{before}”, now as “{after}”; nothing is explained.",
        "ru": "Несопоставимо: в базе считали «{before}», теперь «{after}»; изменение не объясняется.",
        "kk": "Салыстыруға келмейді: базада «{before}» деп есептелген, қазір «{after}»; өзгеріс түсіндірілмейді.",
    },
    "works": {"en": "the works", "ru": "комбинат", "kk": "комбинат"},
    "title": {"en": "Why output changed", "ru": "Почему изменился выпуск", "kk": "Өндіріс неге өзгерді"},
    "period": {"en": "Period", "ru": "Период", "kk": "Кезең"},
    "base": {"en": "Base", "ru": "База", "kk": "База"},
    "product": {"en": "Product", "ru": "Продукция", "kk": "Өнім"},
    "part": {"en": "Part", "ru": "Составляющая", "kk": "Құраушы"},
    "unit": {"en": "Unit", "ru": "Агрегат", "kk": "Агрегат"},
    "output": {"en": "Output, t", "ru": "Выпуск, т", "kk": "Өндіріс, т"},
    "change": {"en": "Change, t", "ru": "Изменение, т", "kk": "Өзгеріс, т"},
    "share": {"en": "% of base", "ru": "% к базе", "kk": "базаға %"},
    "made_of": {"en": "Made up of", "ru": "Из чего складывается", "kk": "Неден құралады"},
    "other_units": {"en": "Other units", "ru": "Прочие агрегаты", "kk": "Басқа агрегаттар"},
    "nothing": {
        "en": "Nothing is known of these products in either period.",
        "ru": "Об этой продукции ни за один из периодов ничего не известно.",
        "kk": "Бұл өнім туралы екі кезеңнің бірде-бірінде дерек жоқ.",
    },
    "method": {
        "en": "An hour is valued at the mean of both paces, pace at the mean of both hours (docs/why.md).",
        "ru": "Час оценён по среднему из двух темпов, темп - по среднему из двух чисел часов.",
        "kk": "Сағат екі қарқынның орташасымен, қарқын екі сағат санының орташасымен бағаланады.",
    },
    "line_hours": {"en": "{hours}\u00a0h", "ru": "{hours}\u00a0ч", "kk": "{hours}\u00a0сағ"},
    "line_grams": {"en": "{grams}\u00a0t", "ru": "{grams}\u00a0т", "kk": "{grams}\u00a0т"},
    "line_pace": {
        "en": "{pace}\u00a0t a day over {hours}\u00a0h",
        "ru": "{pace}\u00a0т в сутки за {hours}\u00a0ч",
        "kk": "{hours}\u00a0сағатта тәулігіне {pace}\u00a0т",
    },
    "line_out": {
        "en": "{grams}\u00a0t, out of service {hours}\u00a0h",
        "ru": "{grams}\u00a0т, вне эксплуатации {hours}\u00a0ч",
        "kk": "{grams}\u00a0т, пайдаланудан тыс {hours}\u00a0сағ",
    },
    "line_unknown": {
        "en": "{hours}\u00a0h without data",
        "ru": "{hours}\u00a0ч без данных",
        "kk": "{hours}\u00a0сағ дерексіз",
    },
    "line_unwatched": {
        "en": "{grams}\u00a0t in {hours}\u00a0h that were not divided",
        "ru": "{grams}\u00a0т за {hours}\u00a0ч без разделения",
        "kk": "{hours}\u00a0сағатта {grams}\u00a0т, бөлінбеген",
    },
    "line_after": {"en": "after {unit}", "ru": "вслед за: {unit}", "kk": "{unit} соңынан"},
}


def why_text(key: str, language: Language) -> str:
    """The text of that name."""
    return WHY_TEXTS[key][language]
