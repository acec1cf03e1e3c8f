"""Every text of the report on losses, in the three languages, and nothing else."""

from models.works.localize import Language

LOSS_TEXTS: dict[str, dict[Language, str]] = {
    "title": {
        "en": "What stops cost",
        "ru": "Потери от простоев",
        "kk": "Тоқтаулардан болған шығын",
    },
    "by": {"en": "By", "ru": "Разрез", "kk": "Бөлініс"},
    "name": {"en": "Name", "ru": "Название", "kk": "Атауы"},
    "stops": {"en": "Stops", "ru": "Простоев", "kk": "Тоқтау саны"},
    "hours": {"en": "Stood, h", "ru": "Простой, ч", "kk": "Тұрды, сағ"},
    "lost": {"en": "Lost, t", "ru": "Потери, т", "kk": "Шығын, т"},
    "share": {"en": "Share, %", "ru": "Доля, %", "kk": "Үлесі, %"},
    "between": {"en": "MTBF, h", "ru": "Наработка на отказ, ч", "kk": "Ақаусыз жұмыс, сағ"},
    "repair": {"en": "MTTR, h", "ru": "Восстановление, ч", "kk": "Қалпына келтіру, сағ"},
    "availability": {"en": "Availability, %", "ru": "Готовность, %", "kk": "Дайындық, %"},
    "oee": {"en": "OEE, %", "ru": "Общая эффективность, %", "kk": "Жалпы тиімділік, %"},
    "oee_of": {
        "en": "{product}: OEE of {unit}: availability {availability} % x performance {performance} % x quality "
        "{quality} % ({source}).",
        "ru": "{product}: общая эффективность, {unit}: готовность {availability} % x темп {performance} % x качество "
        "{quality} % ({source}).",
        "kk": "{product}: жалпы тиімділік, {unit}: дайындық {availability} % x қарқын {performance} % x сапа "
        "{quality} % ({source}).",
    },
    "oee_no_nameplate": {
        "en": "{product}: no OEE, for no nameplate (nameplate_t_per_day) is configured: {units}.",
        "ru": "{product}: общей эффективности нет, не задана паспортная производительность "
        "(nameplate_t_per_day): {units}.",
        "kk": "{product}: жалпы тиімділік жоқ, паспорттық өнімділік (nameplate_t_per_day) берілмеген: {units}.",
    },
    "oee_no_quality": {
        "en": "{product}: no OEE, for no share of good output is entered (tundish quality import) or configured "
        "(quality_ratio): {units}.",
        "ru": "{product}: общей эффективности нет, доля годного не внесена (tundish quality import) и не задана "
        "(quality_ratio): {units}.",
        "kk": "{product}: жалпы тиімділік жоқ, жарамды өнім үлесі енгізілмеген (tundish quality import) "
        "және берілмеген (quality_ratio): {units}.",
    },
    "oee_not_run": {
        "en": "{product}: no OEE, for they did not run: {units}.",
        "ru": "{product}: общей эффективности нет, агрегаты не работали: {units}.",
        "kk": "{product}: жалпы тиімділік жоқ, агрегаттар жұмыс істемеген: {units}.",
    },
    "oee_above": {
        "en": "{product}: pace above the nameplate, so check nameplate_t_per_day: {units}.",
        "ru": "{product}: темп выше паспортной производительности, проверьте nameplate_t_per_day: {units}.",
        "kk": "{product}: қарқын паспорттық өнімділіктен жоғары, nameplate_t_per_day тексеріңіз: {units}.",
    },
    "all": {"en": "All stops", "ru": "Все простои", "kk": "Барлық тоқтау"},
    "unit": {"en": "Unit", "ru": "Агрегат", "kk": "Агрегат"},
    "cause": {"en": "Cause", "ru": "Причина", "kk": "Себеп"},
    "shift": {"en": "Shift", "ru": "Смена", "kk": "Ауысым"},
    "weekday": {"en": "Weekday", "ru": "День недели", "kk": "Апта күні"},
    "shift_number": {"en": "Shift {number}", "ru": "Смена {number}", "kk": "{number}-ауысым"},
    "unnamed": {
        "en": "No reason given: {part}",
        "ru": "Причина не указана: {part}",
        "kk": "Себебі көрсетілмеген: {part}",
    },
    "unknown": {
        "en": "{product}: not in the ranking, for too few of their hours were watched: {units}.",
        "ru": "{product}: не вошли в список, часы работы наблюдались не полностью: {units}.",
        "kk": "{product}: тізімге кірмеді, жұмыс сағаттары толық бақыланбаған: {units}.",
    },
    "without_pace": {
        "en": "{product}: not in the ranking, for they stood and made nothing; no pace says what it cost: {units}.",
        "ru": "{product}: не вошли в список, стояли без выпуска, и темпа для оценки потерь нет: {units}.",
        "kk": "{product}: тізімге кірмеді, өнімсіз тоқтап тұрды, шығынды бағалайтын қарқын жоқ: {units}.",
    },
    "in_repair": {
        "en": "{product}: in approved repair all the time, so that no stop could cost anything: {units}.",
        "ru": "{product}: всё время в утверждённом ремонте, потерь от простоев быть не могло: {units}.",
        "kk": "{product}: бүкіл уақыт бекітілген жөндеуде болды, тоқтаудан шығын болуы мүмкін емес: {units}.",
    },
    "none": {
        "en": "{product}: no unplanned stop in the hours that were watched.",
        "ru": "{product}: за наблюдавшиеся часы внеплановых простоев не было.",
        "kk": "{product}: бақыланған сағаттарда жоспардан тыс тоқтау болған жоқ.",
    },
    "method": {
        "en": "Lost tonnes: the hours stood outside approved repairs, at the pace at which the unit ran in these days. "
        "MTBF, MTTR and availability count the unit\u2019s own stops. Slow running is not in it: tundish report why.",
        "ru": "Потери: часы простоя вне утверждённых ремонтов по темпу, с которым агрегат работал в эти сутки. "
        "Наработка, восстановление и готовность считаются по собственным простоям. Снижение темпа не входит: "
        "tundish report why.",
        "kk": "Шығын: бекітілген жөндеулерден тыс тұрған сағаттар агрегаттың осы тәуліктердегі қарқынымен "
        "бағаланған. Ақаусыз жұмыс, қалпына келтіру және дайындық агрегаттың өз тоқтаулары бойынша есептеледі. "
        "Қарқынның төмендеуі кірмейді: tundish report why.",
    },
    "nothing": {
        "en": "Nothing is known of these products in these days.",
        "ru": "За эти сутки данных об этой продукции нет.",
        "kk": "Осы тәуліктер бойынша бұл өнім туралы дерек жоқ.",
    },
}


def loss_text(key: str, language: Language) -> str:
    """One text."""
    return LOSS_TEXTS[key][language]
