"""What is said of a month that cannot be made any more, and of what is supposed of it. Pure."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

RECOVER_REFUSALS: "Mapping[str, Texts]" = {
    "month_over": {
        "en": "{month} is over: nothing can be made of it any more; name the month that runs or a later one (tundish "
        "report month shows one that is over)",
        "ru": "{month} закончился: наверстать уже нельзя; укажите текущий или будущий месяц (законченный покажет "
        "tundish report month)",
        "kk": "{month} аяқталды: енді толықтыру мүмкін емес; ағымдағы немесе келесі айды көрсетіңіз (аяқталған айды "
        "tundish report month көрсетеді)",
    },
    "month_far": {
        "en": "{month} is more than a year ahead: name a month up to {latest}",
        "ru": "{month}: больше года вперёд; укажите месяц не позже {latest}",
        "kk": "{month}: бір жылдан әрі; {latest} айынан кешікпейтін айды көрсетіңіз",
    },
    "no_unit": {
        "en": "there is no unit {unit!r}: name one of {known}",
        "ru": "агрегата {unit!r} нет: укажите один из {known}",
        "kk": "{unit!r} агрегаты жоқ: мыналардың бірін көрсетіңіз: {known}",
    },
    "no_part": {
        "en": "{unit} plays no part in {products}: name one of {known}",
        "ru": "{unit} не участвует в выпуске: {products}; укажите один из {known}",
        "kk": "{unit}: {products} өндірісіне қатыспайды; мыналардың бірін көрсетіңіз: {known}",
    },
    "nobody_plays_a_part": {
        "en": "{unit} plays no part in {products}, nor does any other unit: suppose nothing",
        "ru": "{unit}, как и другие агрегаты, не участвует в выпуске: {products}; уберите допущение",
        "kk": "{unit}: {products} өндірісіне қатыспайды, басқа агрегаттар да; жорамалды алып тастаңыз",
    },
    "repair_plays_no_part": {
        "en": "the repair {repair!r} is of {unit}, which plays no part in {products}: name one of {known}",
        "ru": "ремонт {repair!r}: {unit} не участвует в выпуске: {products}; укажите один из {known}",
        "kk": "{repair!r} жөндеуі: {unit} {products} өндірісіне қатыспайды; мыналардың бірін көрсетіңіз: {known}",
    },
    "no_repair_plays_a_part": {
        "en": "the repair {repair!r} is of {unit}, which plays no part in {products}, nor is there another repair "
        "that does: leave it out",
        "ru": "ремонт {repair!r}: {unit} не участвует в выпуске: {products}; других ремонтов там нет, "
        "уберите это допущение",
        "kk": "{repair!r} жөндеуі: {unit} {products} өндірісіне қатыспайды, ол жерде басқа жөндеу де жоқ; осы "
        "жорамалды алып тастаңыз",
    },
    "no_repair_to_move": {
        "en": "no approved repair {repair!r} begins in what is left of this month: name one of {known}",
        "ru": "утверждённый ремонт {repair!r} до конца этого месяца не начинается: укажите один из {known}",
        "kk": "айдың қалған бөлігінде {repair!r} бекітілген жөндеуі басталмайды: мыналардың бірін көрсетіңіз: {known}",
    },
    "no_repairs_to_move": {
        "en": "no approved repair {repair!r} begins in what is left of this month, nor any other of a unit that plays "
        "a part: leave --move out",
        "ru": "утверждённый ремонт {repair!r}, как и другие, до конца этого месяца не начинается: уберите --move",
        "kk": "айдың қалған бөлігінде {repair!r} бекітілген жөндеуі де, басқасы да басталмайды: --move алып тастаңыз",
    },
    "no_repair_to_end": {
        "en": "no approved repair {repair!r} runs now: name one of {known}, or move one that is to begin (--move)",
        "ru": "утверждённый ремонт {repair!r} сейчас не идёт: укажите один из {known} или перенесите предстоящий "
        "(--move)",
        "kk": "{repair!r} бекітілген жөндеуі қазір жүріп жатқан жоқ: мыналардың бірін көрсетіңіз: {known} немесе "
        "болатынын жылжытыңыз (--move)",
    },
    "no_repairs_to_end": {
        "en": "no approved repair {repair!r} runs now, nor any other of a unit that plays a part; one that is to begin "
        "can be moved (--move)",
        "ru": "утверждённый ремонт {repair!r}, как и другие, сейчас не идёт; предстоящий можно перенести (--move)",
        "kk": "{repair!r} бекітілген жөндеуі де, басқасы да қазір жүріп жатқан жоқ; болатынын жылжыта аласыз (--move)",
    },
    "outside": {
        "en": "{day} is not a day that is left of {month}: name one from {first} to {last}",
        "ru": "{day}: не из оставшихся суток месяца {month}; укажите сутки с {first} по {last}",
        "kk": "{day}: {month} айының қалған тәулігі емес; {first} мен {last} арасындағы тәулікті көрсетіңіз",
    },
    "outside_both": {
        "en": "{day} is not a day that is left of {month}, nor of the month after it: name one from {first} to {last}",
        "ru": "{day}: не из оставшихся суток месяца {month} и не из следующего месяца; укажите сутки с {first} по "
        "{last}",
        "kk": "{day}: {month} айының қалған тәулігі де, келесі айдың тәулігі де емес; {first} мен {last} арасындағы "
        "тәулікті көрсетіңіз",
    },
    "until_alone": {
        "en": "--until says how long a unit stands: name the unit by --without",
        "ru": "--until говорит, до каких суток агрегат стоит: укажите агрегат в --without",
        "kk": "--until агрегат қай тәулікке дейін тұратынын білдіреді: агрегатты --without арқылы көрсетіңіз",
    },
    "until_count": {
        "en": "{units} units by --without and {days} days by --until: give one day for all, or one for each unit in "
        "their order",
        "ru": "агрегатов в --without: {units}, суток в --until: {days}; дайте одни сутки для всех или по одним на "
        "каждый агрегат в том же порядке",
        "kk": "--without ішіндегі агрегат саны {units}, --until ішіндегі тәулік саны {days}: бәріне бір тәулік немесе "
        "әр агрегатқа рет-ретімен бір тәуліктен беріңіз",
    },
    "given_twice": {
        "en": "a unit by --without, or a repair by --move or --end, is given twice: give each once",
        "ru": "агрегат в --without или ремонт в --move или --end указан дважды: укажите каждый один раз",
        "kk": "--without ішіндегі агрегат не --move, --end ішіндегі жөндеу екі рет берілген: бір реттен беріңіз",
    },
    "move_form": {
        "en": "{given!r} does not say which repair and which day: write NAME=2026-11-20",
        "ru": "{given!r}: неясно, какой ремонт и какие сутки; пишите ИМЯ=2026-11-20",
        "kk": "{given!r}: қай жөндеу мен қай тәулік екені түсініксіз; АТЫ=2026-11-20 деп жазыңыз",
    },
    "no_answer": {
        "en": "the solver found no answer ({solver}); run tundish check, and report this with the configuration",
        "ru": "решатель не нашёл ответа ({solver}); выполните tundish check и сообщите об этом, приложив конфигурацию",
        "kk": "шешуші жауап таппады ({solver}); tundish check орындап, конфигурациямен бірге хабарлаңыз",
    },
}


def recover_refusal(key: str, **parameters: object) -> FilledText:
    """The sentence of that name, filled in."""
    return FilledText(RECOVER_REFUSALS[key], parameters)
