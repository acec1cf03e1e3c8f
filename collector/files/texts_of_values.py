"""Sentences of refusals: a number, a date, a time, a place. Pure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

TEXTS_OF_VALUES: "Mapping[str, Texts]" = {
    # A number.
    "number_not_finite": {
        "en": "{value} is not a finite number: give the tonnes",
        "ru": "{value} — не число: укажите тонны",
        "kk": "{value} — сан емес: тоннаны көрсетіңіз",
    },
    "number_negative": {
        "en": "{value} is negative: output and plans are 0 or more; post a correction instead",
        "ru": "{value} — отрицательное число: выпуск и план не бывают меньше 0; вместо этого проведите корректировку",
        "kk": "{value} — теріс сан: өндіріс пен жоспар 0-ден кем болмайды; оның орнына түзету енгізіңіз",
    },
    "number_too_large": {
        "en": "{value} is too large for a works: check the number and its unit of measure",
        "ru": "{value} — слишком много для завода: проверьте число и единицу измерения",
        "kk": "{value} — зауыт үшін тым көп: санды және өлшем бірлігін тексеріңіз",
    },
    "number_ambiguous": {
        "en": '"{value}" may mean {whole}.{decimals} or {whole}{decimals}: declare how numbers are written, '
        "--number-format with one of {formats}",
        "ru": "«{value}» может значить и {whole},{decimals}, и {whole}{decimals}: укажите, как записаны числа, "
        "--number-format с одним из: {formats}",
        "kk": "«{value}» жазуы {whole},{decimals} немесе {whole}{decimals} дегенді білдіруі мүмкін: сандардың "
        "қалай жазылғанын көрсетіңіз, --number-format мына түрлердің бірімен: {formats}",
    },
    "number_not_as_declared": {
        "en": '"{value}" is not written like {format}, as --number-format declares: correct it',
        "ru": "«{value}» записано не так, как {format}, хотя это указано в --number-format: исправьте",
        "kk": "«{value}» --number-format көрсеткен {format} түрінде жазылмаған: түзетіңіз",
    },
    "not_a_number": {
        "en": "{value} is not a number: give the tonnes",
        "ru": "{value} — не число: укажите тонны",
        "kk": "{value} — сан емес: тоннаны көрсетіңіз",
    },
    "number_unreadable": {
        "en": '"{value}" cannot be read as a number: write it like 1234.5, or declare --number-format',
        "ru": "«{value}» не читается как число: запишите в виде 1234,5 или укажите --number-format",
        "kk": "«{value}» сан ретінде оқылмайды: 1234,5 түрінде жазыңыз немесе --number-format көрсетіңіз",
    },
    "no_amount": {
        "en": '"{value}" is no amount: write 0 if nothing was made; if it is not known, leave the cell empty or the '
        "row out",
        "ru": "«{value}» — не количество: если не выпускали, запишите 0; если неизвестно, оставьте ячейку пустой или "
        "уберите строку",
        "kk": "«{value}» — мөлшер емес: ештеңе шығарылмаса, 0 деп жазыңыз; белгісіз болса, ұяшықты бос қалдырыңыз "
        "немесе жолды алып тастаңыз",
    },
    # A month, a date, a time.
    "not_a_date": {
        "en": '"{value}" is not a date: write it like 2025-08-31',
        "ru": "«{value}» — не дата: запишите в виде 31.08.2025",
        "kk": "«{value}» — күн емес: 31.08.2025 түрінде жазыңыз",
    },
    "not_a_month": {
        "en": '"{value}" is not a month: write it like 2025-08',
        "ru": "«{value}» — не месяц: запишите в виде 08.2025",
        "kk": "«{value}» — ай емес: 08.2025 түрінде жазыңыз",
    },
    "not_a_moment": {
        "en": '"{value}" is not a date: write it like 2025-08-01 or 2025-08-01 08:00',
        "ru": "«{value}» — не дата: запишите в виде 01.08.2025 или 01.08.2025 08:00",
        "kk": "«{value}» — күн емес: 01.08.2025 немесе 01.08.2025 08:00 түрінде жазыңыз",
    },
    "not_a_period": {
        "en": '"{value}" is not a period: write it like 2025-08, or 01.08.2025-31.08.2025',
        "ru": "«{value}» — не период: запишите в виде 08.2025 или 01.08.2025-31.08.2025",
        "kk": "«{value}» — кезең емес: 08.2025 немесе 01.08.2025-31.08.2025 түрінде жазыңыз",
    },
    "no_time_after_date": {
        "en": '"{value}" has no time after its date: write it like 2025-08-01 08:00',
        "ru": "в «{value}» после даты нет времени: запишите в виде 01.08.2025 08:00",
        "kk": "«{value}» ішінде күннен кейін уақыт жоқ: 01.08.2025 08:00 түрінде жазыңыз",
    },
    "not_a_time_of_day": {
        "en": '"{value}" has no valid time of day: write it like 2025-08-01 08:00',
        "ru": "в «{value}» такого времени суток не бывает: запишите в виде 01.08.2025 08:00",
        "kk": "«{value}» ішінде тәуліктің мұндай уақыты болмайды: 01.08.2025 08:00 түрінде жазыңыз",
    },
    "unknown_offset": {
        "en": '"{value}" ends with an unknown offset: write it like 2025-08-01T03:00:00Z',
        "ru": "«{value}» кончается неизвестным часовым поясом: запишите в виде 2025-08-01T03:00:00Z",
        "kk": "«{value}» белгісіз сағаттық белдеумен аяқталады: 2025-08-01T03:00:00Z түрінде жазыңыз",
    },
    "unlikely_year": {
        "en": '"{value}" is not between {first} and {last}: check the year',
        "ru": "«{value}» не между {first} и {last}: проверьте год",
        "kk": "«{value}» {first} мен {last} аралығында емес: жылды тексеріңіз",
    },
    "not_in_calendar": {
        "en": '"{value}" is not in the calendar: check the day and the month',
        "ru": "«{value}» — такого дня в календаре нет: проверьте день и месяц",
        "kk": "«{value}» — күнтізбеде мұндай күн жоқ: күн мен айды тексеріңіз",
    },
    "date_beside_time": {
        "en": '"{value}" is a date alone, and the other end of the span has a time: give both a time',
        "ru": "«{value}» — дата без времени, а на другом конце промежутка время есть: укажите время в обоих",
        "kk": "«{value}» — уақытсыз күн, ал аралықтың екінші шетінде уақыт бар: екеуінде де уақытты көрсетіңіз",
    },
    "last_day_left_out": {
        "en": 'its end {end} is the last day of a month and would be left out, for the column "{heading}" is the '
        "day after: write {after}, or name the column through (по); if it is right, import it with "
        "--confirm",
        "ru": "конец {end} — последний день месяца, и он не войдёт, потому что в столбце «{heading}» стоит день "
        "после последнего: запишите {after} или назовите столбец «по»; если всё верно, импортируйте с "
        "--confirm",
        "kk": "соңы {end} — айдың соңғы күні және ол есепке кірмейді, өйткені «{heading}» бағанында соңғы күннен "
        "кейінгі күн тұрады: {after} деп жазыңыз немесе бағанды «дейін» деп атаңыз; дұрыс болса, --confirm "
        "арқылы импорттаңыз",
    },
    "unknown_shift": {
        "en": '"{value}" is no shift of {shop}: its shifts start at {starts}; write the number of the shift, or '
        "its start",
        "ru": "«{value}» — такой смены в цехе {shop} нет: смены начинаются в {starts}; укажите номер смены или её "
        "начало",
        "kk": "«{value}» — {shop} цехында мұндай ауысым жоқ: ауысымдардың басталуы {starts}; ауысымның нөмірін "
        "немесе басталуын жазыңыз",
    },
    "misspelt_shift": {
        "en": '"{value}" is no shift; did you mean "{near}"?',
        "ru": "«{value}» — такой смены нет; возможно, это «{near}»?",
        "kk": "«{value}» — мұндай ауысым жоқ; мүмкін, бұл «{near}»?",
    },
    "shift_without_shop": {
        "en": "shift {value} needs a shop or a unit: name one, for each shop has its own shifts",
        "ru": "для смены {value} нужен цех или агрегат: назовите его, у каждого цеха свои смены",
        "kk": "{value} ауысымы үшін цех немесе агрегат керек: оны атаңыз, әр цехтың өз ауысымдары бар",
    },
    "end_not_after_start": {
        "en": "its end {end} is not after its start {start}: fix one of them",
        "ru": "конец {end} не позже начала {start}: исправьте одно из двух",
        "kk": "соңы {end} басынан ({start}) кейін емес: біреуін түзетіңіз",
    },
    "in_future": {
        "en": "it ends in the future ({end}; it is {now} now): import it later",
        "ru": "конец ещё не наступил ({end}; сейчас {now}): импортируйте позже",
        "kk": "соңы әлі келген жоқ ({end}; қазір {now}): кейінірек импорттаңыз",
    },
    # A place.
    "unknown_name": {
        "en": '{what} "{value}" is not in the configuration; known: {known}',
        "ru": "{what} «{value}»: такого названия в конфигурации нет; известны: {known}",
        "kk": "{what} «{value}» конфигурацияда жоқ; белгілілері: {known}",
    },
    "misspelt_name": {
        "en": '{what} "{value}" is not in the configuration; did you mean {near}?',
        "ru": "{what} «{value}»: такого названия в конфигурации нет; возможно, это {near}?",
        "kk": "{what} «{value}» конфигурацияда жоқ; мүмкін, бұл {near}?",
    },
    "unit_of_other_shop": {
        "en": "unit {unit} belongs to shop {home}, not to {shop}: correct the shop or the unit",
        "ru": "агрегат {unit} относится к цеху {home}, а не к цеху {shop}: исправьте цех или агрегат",
        "kk": "{unit} агрегаты {shop} цехына емес, {home} цехына жатады: цехты немесе агрегатты түзетіңіз",
    },
    "no_product": {
        "en": "no product is given: name it by its code or its name",
        "ru": "продукция не указана: назовите её код или название",
        "kk": "өнім көрсетілмеген: оның кодын немесе атауын жазыңыз",
    },
    "not_made_there": {
        "en": "{place} does not make {product}; by the configuration it makes {known}: correct one of the two",
        "ru": "{place}: продукции {product} там нет; по конфигурации выпускает: {known}; исправьте продукцию или место",
        "kk": "{place}: онда {product} шығарылмайды; конфигурация бойынша шығаратыны: {known}; өнімді немесе орынды "
        "түзетіңіз",
    },
    "makes_nothing": {
        "en": "{place} makes nothing by the configuration, and so not {product}: correct the place, or add the product "
        "to its by_hand",
        "ru": "{place}: по конфигурации ничего не выпускает, в том числе {product}: исправьте место или добавьте "
        "продукцию в его by_hand",
        "kk": "{place}: конфигурация бойынша ештеңе шығармайды, {product} та: орынды түзетіңіз немесе өнімді оның "
        "by_hand тізіміне қосыңыз",
    },
    "unit_empty": {
        "en": "unit is empty, and other rows of the file name theirs: fill it in, or write all (все, барлығы) for "
        "a total",
        "ru": "агрегат не указан, а в других строках файла он есть: заполните или напишите «все» для итога",
        "kk": "агрегат көрсетілмеген, ал файлдың басқа жолдарында бар: толтырыңыз немесе жиынтық болса «барлығы» "
        "деп жазыңыз",
    },
    "shop_empty": {
        "en": "shop is empty, and other rows of the file name theirs: fill it in, or write all (все, барлығы) for "
        "the whole works",
        "ru": "цех не указан, а в других строках файла он есть: заполните или напишите «все» для комбината в целом",
        "kk": "цех көрсетілмеген, ал файлдың басқа жолдарында бар: толтырыңыз немесе бүкіл кәсіпорын болса "
        "«барлығы» деп жазыңыз",
    },
    "total_beside_unread": {
        "en": 'no column names the unit, and column {column} "{heading}" holds "{value}", which was not read: '
        "name that column unit if it is one; for a total, add a column unit with all",
        "ru": "столбца с агрегатом нет, а в столбце {column} «{heading}» стоит «{value}», и он не прочитан: "
        "назовите его «агрегат», если это он; для итога добавьте столбец «агрегат» со словом «все»",
        "kk": "агрегат бағаны жоқ, ал {column} «{heading}» бағанында «{value}» тұр, ол оқылмаған: агрегат болса, "
        "бағанды «агрегат» деп атаңыз; жиынтық болса, «барлығы» деген сөзі бар «агрегат» бағанын қосыңыз",
    },
}
