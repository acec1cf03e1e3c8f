"""What the briefing says of industrial safety, in the three languages."""

from models.works.localize import Language

SAFETY_TEXTS: dict[str, dict[Language, str]] = {
    "hurt": {
        "en": "Hurt at work in {months}: {victims}\u00a0{person}, fatally: {fatal}.",
        "ru": "{hurt} на производстве за {months}: {victims}\u00a0{people}, {killed}.",
        "kk": "{months} өндірісте зардап шеккендер: {victims}\u00a0адам, қаза тапқаны: {fatal}.",
    },
    "hurt_none": {
        "en": "Nobody is on record as hurt at work in {months}.",
        "ru": "За {months} пострадавших на производстве не зарегистрировано.",
        "kk": "{months} өндірісте зардап шеккендер тіркелмеген.",
    },
    "hurt_before": {
        "en": "In {months}: {victims}\u00a0{person}, fatally: {fatal}.",
        "ru": "За {months}: {victims}\u00a0{people}, {killed}.",
        "kk": "{months}: {victims}\u00a0адам, қаза тапқаны: {fatal}.",
    },
    "hurt_none_before": {
        "en": "In {months} nobody.",
        "ru": "За {months} пострадавших нет.",
        "kk": "{months} зардап шеккендер жоқ.",
    },
    "months_unreported": {
        "en": "Of {months} nothing is stated of people and hours: there may have been more.",
        "ru": "Численность и часы не внесены за {months}: пострадавших могло быть больше.",
        "kk": "{months} бойынша қызметкерлер саны мен сағат енгізілмеген: зардап шеккендер көбірек болуы мүмкін.",
    },
    "base_unreported": {
        "en": "There is no comparison, for nothing is stated of {months}.",
        "ru": "Сравнения нет: данные не внесены за {months}.",
        "kk": "Салыстыру жоқ: {months} бойынша дерек енгізілмеген.",
    },
    "note_hurt": {
        "en": "People with a day or more of incapacity, the dead among them, by the date of the injury.",
        "ru": "Пострадавшие с утратой трудоспособности на день и более, включая погибших, по дате травмы.",
        "kk": "Еңбекке жарамсыздығы бір күн және одан көп, қаза тапқандарды қоса, жарақат күні бойынша.",
    },
    "note_accidents": {
        "en": "Accidents: {accidents}; entered by {authors}.",
        "ru": "Случаи: {accidents}; внёс: {authors}.",
        "kk": "Оқиғалар: {accidents}; енгізген: {authors}.",
    },
    "and_more": {"en": " and {count} more", "ru": " и ещё {count}", "kk": " және тағы {count}"},
    "per_1000": {
        "en": "Hurt in 1,000 employed: {value}.",
        "ru": "Пострадавших на 1000 работающих: {value}.",
        "kk": "1000 қызметкерге шаққанда зардап шеккендер: {value}.",
    },
    "ltifr": {
        "en": "LTIFR (injuries in a million hours worked): {value}.",
        "ru": "LTIFR (травм на миллион отработанных часов): {value}.",
        "kk": "LTIFR (миллион жұмыс істелген сағатқа жарақат саны): {value}.",
    },
    "note_per_1000": {
        "en": "As the statistics of Kazakhstan have it: people hurt, the dead among them, in 1,000 of the mean number "
        "of employed: {victims} / {base}.",
        "ru": "Как в статистике Казахстана: пострадавшие, включая погибших, на 1000 человек средней численности: "
        "{victims} / {base}.",
        "kk": "Қазақстан статистикасындағыдай: орташа қызметкерлер санының 1000 адамына шаққанда зардап шеккендер, "
        "қаза тапқандарды қоса: {victims} / {base}.",
    },
    "note_ltifr": {
        "en": "The companies' own rate: injuries with a day or more of incapacity in a million hours worked: {victims} "
        "/ {base}\u00a0h.",
        "ru": "Показатель компаний: травмы с утратой трудоспособности на день и более на миллион отработанных часов: "
        "{victims} / {base}\u00a0ч.",
        "kk": "Компаниялардың өз көрсеткіші: еңбекке жарамсыздығы бір күн және одан көп жарақаттар, миллион жұмыс "
        "істелген сағатқа: {victims} / {base}\u00a0сағ.",
    },
    "no_employed": {
        "en": "The rate in 1,000 employed is not computed: the number of employed is not stated for {months}.",
        "ru": "Число пострадавших на 1000 работающих не рассчитано: численность не внесена за {months}.",
        "kk": "1000 қызметкерге шаққандағы көрсеткіш есептелмеді: {months} бойынша қызметкерлер саны енгізілмеген.",
    },
    "zero_employed": {
        "en": "The rate in 1,000 employed is not computed: nobody is stated to be employed.",
        "ru": "Число пострадавших на 1000 работающих не рассчитано: внесена нулевая численность.",
        "kk": "1000 қызметкерге шаққандағы көрсеткіш есептелмеді: қызметкерлер саны нөл деп енгізілген.",
    },
    "no_hours": {
        "en": "LTIFR is not computed: the hours worked are not stated for {months}.",
        "ru": "LTIFR не рассчитан: отработанные часы не внесены за {months}.",
        "kk": "LTIFR есептелмеді: {months} бойынша жұмыс істелген сағат енгізілмеген.",
    },
    "zero_hours": {
        "en": "LTIFR is not computed: zero hours worked are stated.",
        "ru": "LTIFR не рассчитан: внесено ноль отработанных часов.",
        "kk": "LTIFR есептелмеді: жұмыс істелген сағат нөл деп енгізілген.",
    },
    "days_without": {
        "en": "On {day} the works had {count}\u00a0{days} without an accident.",
        "ru": "На {day} без несчастных случаев: {count}\u00a0{day_word}.",
        "kk": "{day} жағдай бойынша жазатайым оқиғасыз: {count}\u00a0тәулік.",
    },
    "note_days_without": {
        "en": "Production days since the day of the newest injury with a day or more of incapacity; that day "
        "counts as 0.",
        "ru": "Сутки после суток последней травмы с утратой трудоспособности на день и более; сами эти сутки - 0.",
        "kk": "Еңбекке жарамсыздығы бір күн және одан көп соңғы жарақат тәулігінен кейінгі тәуліктер; сол тәуліктің "
        "өзі - 0.",
    },
    "no_accident_on_record": {
        "en": "On {day} no accident is on record, so nothing is said of the days without one.",
        "ru": "На {day} ни одного случая не внесено, поэтому сутки без несчастных случаев не считаются.",
        "kk": "{day} жағдай бойынша бірде-бір оқиға енгізілмеген, сондықтан оқиғасыз тәуліктер саналмайды.",
    },
}
