"""Why a row about an accident, or about the people of a month, was refused, and the names of its columns. Pure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

ACCIDENT_TEXTS: "Mapping[str, Texts]" = {
    "time_missing": {
        "en": "{value} has no time of day: write it too, such as 2025-08-14 10:30",
        "ru": "{value}: нет времени; укажите и его, например 14.08.2025 10:30",
        "kk": "{value}: уақыты жоқ; оны да көрсетіңіз, мысалы 14.08.2025 10:30",
    },
    "not_yet": {
        "en": "{value} has not come yet: correct the date and the time of the injury",
        "ru": "{value} ещё не наступило: исправьте дату и время травмы",
        "kk": "{value} әлі болған жоқ: жарақат күні мен уақытын түзетіңіз",
    },
    "more_fatal": {
        "en": "{fatal} fatal are more than {victims} victims, among whom they count: correct one of the two",
        "ru": "смертельных случаев {fatal}, а пострадавших {victims}; погибшие входят в число пострадавших: исправьте "
        "одно из двух",
        "kk": "қаза тапқандар {fatal}, ал зардап шеккендер {victims}; қаза тапқандар солардың қатарында: екеуінің "
        "бірін түзетіңіз",
    },
    "not_a_count": {
        "en": "{value} is no whole number from 0 to {most} ({column}): correct it",
        "ru": "{value}: нужно целое число от 0 до {most} ({column}); исправьте",
        "kk": "{value}: 0 мен {most} аралығындағы бүтін сан керек ({column}); түзетіңіз",
    },
    "unknown_place": {
        "en": '"{value}" is no shop and no unit of the works; known: {known}',
        "ru": "«{value}»: такого цеха или агрегата нет; известны: {known}",
        "kk": "«{value}»: мұндай цех немесе агрегат жоқ; белгілілері: {known}",
    },
    "long_number": {
        "en": "the number of the accident is longer than {most} characters: shorten it",
        "ru": "номер случая длиннее {most} знаков: сократите",
        "kk": "оқиға нөмірі {most} таңбадан ұзын: қысқартыңыз",
    },
    "number_of_other_year": {
        "en": "number {number} stands already, for {date}: write this one with its year, such as {number}/{year}; if "
        "the date was wrong, withdraw it and enter it anew",
        "ru": "номер {number} уже занят случаем от {date}: укажите этот с годом, например {number}/{year}; если дата "
        "была неверной, отзовите тот случай и введите заново",
        "kk": "{number} нөмірі {date} күнгі оқиғаға берілген: мынаны жылымен жазыңыз, мысалы {number}/{year}; күні "
        "қате болса, ол оқиғаны қайтарып алып, қайта енгізіңіз",
    },
    "number_taken": {
        "en": "number {number} stands already, for an accident of {date}: take another number, or correct that one",
        "ru": "номер {number} уже занят случаем от {date}: укажите другой номер или исправьте тот случай",
        "kk": "{number} нөмірі {date} күнгі оқиғаға берілген: басқа нөмір жазыңыз немесе сол оқиғаны түзетіңіз",
    },
    "changed_meanwhile": {
        "en": "{author} changed accident {number} meanwhile: look at it anew",
        "ru": "случай {number} тем временем изменил(а) {author}: посмотрите его заново",
        "kk": "{number} оқиғасын осы арада {author} өзгертті: оны қайта қараңыз",
    },
    "no_accident": {
        "en": "there is no accident {number}: see `tundish incident list`",
        "ru": "случая {number} нет: см. `tundish incident list`",
        "kk": "{number} оқиғасы жоқ: `tundish incident list` қараңыз",
    },
    "withdrawn": {
        "en": "accident {number} is withdrawn; both words stay on record",
        "ru": "случай {number} отозван; обе записи сохранены",
        "kk": "{number} оқиғасы қайтарып алынды; екі жазба да сақталды",
    },
    "entered": {
        "en": "accident {number} is recorded",
        "ru": "случай {number} записан",
        "kk": "{number} оқиғасы жазылды",
    },
    "unchanged": {
        "en": "accident {number} is recorded so already",
        "ru": "случай {number} уже записан именно так",
        "kk": "{number} оқиғасы дәл солай жазылып қойған",
    },
    "not_one_month": {
        "en": "{value} is more than a month: give a row for each month",
        "ru": "{value} - больше месяца: дайте строку на каждый месяц",
        "kk": "{value} - бір айдан көп: әр айға бір жол беріңіз",
    },
    "hours_per_head": {
        "en": "{hours} hours worked by {people} people are {each} each in the month: give the hours of all of them, "
        "not thousands and not those of one",
        "ru": "{hours} ч на {people} чел. - это {each} ч на человека за месяц: укажите часы всех людей, не в тысячах и "
        "не на одного",
        "kk": "{people} адамға {hours} сағат - айына бір адамға {each} сағат: барлық адамның сағатын көрсетіңіз, "
        "мыңмен де, бір адамға шаққанда да емес",
    },
    "being_established": {
        "en": "being established",
        "ru": "устанавливается",
        "kk": "анықталуда",
    },
    "number": {"en": "incident", "ru": "номер случая", "kk": "оқиға нөмірі"},
    "at": {"en": "time of injury", "ru": "дата и время", "kk": "күні мен уақыты"},
    "place": {"en": "place", "ru": "место", "kk": "орны"},
    "kind": {"en": "kind", "ru": "вид", "kk": "түрі"},
    "cause": {"en": "cause", "ru": "причина", "kk": "себебі"},
    "victims": {"en": "victims", "ru": "пострадавшие", "kk": "зардап шеккендер"},
    "fatal": {"en": "fatal", "ru": "погибшие", "kk": "қаза тапқандар"},
    "days_lost": {"en": "days lost", "ru": "дни нетрудоспособности", "kk": "еңбекке жарамсыз күндер"},
    "note": {"en": "note", "ru": "примечание", "kk": "ескертпе"},
    "employed": {"en": "employed", "ru": "численность", "kk": "қызметкерлер саны"},
    "hours_worked": {"en": "hours worked", "ru": "отработано часов", "kk": "жұмыс істелген сағат"},
}
