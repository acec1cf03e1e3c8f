"""Why a row of a file of stated facts was refused. Pure."""

from typing import TYPE_CHECKING

from collector.files.accident_texts import ACCIDENT_TEXTS
from collector.files.project_texts import PROJECT_TEXTS
from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

MEASURE_TEXTS: "Mapping[str, Texts]" = {
    **ACCIDENT_TEXTS,
    **PROJECT_TEXTS,
    "no_columns": {
        "en": "no row names the columns {columns}: add a header above the rows",
        "ru": "нет строки со столбцами {columns}: добавьте заголовок над строками",
        "kk": "{columns} бағандарын атайтын жол жоқ: жолдардың үстіне тақырып қосыңыз",
    },
    "twice_named": {
        "en": "two columns are {column}: keep one",
        "ru": "столбец {column} есть дважды: оставьте один",
        "kk": "{column} бағаны екі рет бар: біреуін қалдырыңыз",
    },
    "unread_columns": {
        "en": "nobody reads the columns {columns}: name them as one of {known}, or take them out",
        "ru": "столбцы {columns} не читаются: назовите их одним из {known} или уберите",
        "kk": "{columns} бағандары оқылмайды: оларды {known} деп атаңыз немесе алып тастаңыз",
    },
    "header_lacks": {
        "en": "this seems to be the header, and it has no column {columns}: add it",
        "ru": "похоже на заголовок, но столбцов не хватает: {columns}; добавьте",
        "kk": "тақырыпқа ұқсайды, бірақ бағандар жетіспейді: {columns}; қосыңыз",
    },
    "header_lacks_unread": {
        "en": "this seems to be the header, and it has no column {columns}; nobody reads {unread}: rename it",
        "ru": "похоже на заголовок, но столбцов не хватает: {columns}; не читаются: {unread}; переименуйте",
        "kk": "тақырыпқа ұқсайды, бірақ бағандар жетіспейді: {columns}; оқылмайды: {unread}; атын өзгертіңіз",
    },
    "totals_left": {
        "en": "{file}: rows of totals were not taken: {rows}",
        "ru": "{file}: строки с итогами не взяты: {rows}",
        "kk": "{file}: жиын жолдары алынбады: {rows}",
    },
    "not_one_month": {
        "en": "{value} is more than a month: of projects state each month in a row of its own",
        "ru": "{value} - больше месяца: по проектам укажите каждый месяц отдельной строкой",
        "kk": "{value} - бір айдан көп: жобалар бойынша әр айды бөлек жолда көрсетіңіз",
    },
    "not_whole_jobs": {
        "en": "{value} jobs: jobs are whole; correct it",
        "ru": "рабочих мест {value}: их число целое; исправьте",
        "kk": "жұмыс орны {value}: саны бүтін болады; түзетіңіз",
    },
    "like_an_index": {
        "en": "growth of {value} % looks like an index, which would be growth of {growth} %: write {growth}, or "
        "+{value} if it did grow by so much",
        "ru": "рост {value} % похож на индекс, то есть рост на {growth} %: укажите {growth} или +{value}, если рост и "
        "вправду такой",
        "kk": "{value} % өсім индекске ұқсайды, яғни {growth} % өсім: {growth} деп жазыңыз, шынымен сонша өссе, "
        "+{value} деп жазыңыз",
    },
    "after_document": {
        "en": "it was reached after the date of its document: correct one of the two",
        "ru": "факт позже даты документа: исправьте одно из двух",
        "kk": "факт құжат күнінен кейін: екеуінің бірін түзетіңіз",
    },
    "unknown_subject": {
        "en": '"{value}" is not in the configuration; known: {known}',
        "ru": "«{value}»: такого в конфигурации нет; известны: {known}",
        "kk": "«{value}» конфигурацияда жоқ; белгілілері: {known}",
    },
    "empty": {
        "en": "{column} is empty: fill it in",
        "ru": "пусто ({column}): заполните",
        "kk": "бос ({column}): толтырыңыз",
    },
    "no_number": {
        "en": "it says nothing: fill in one of {columns}, or remove the row",
        "ru": "строка ничего не сообщает: заполните один из столбцов {columns} или удалите строку",
        "kk": "жол ештеңе айтпайды: {columns} бағандарының бірін толтырыңыз немесе жолды алып тастаңыз",
    },
    "not_a_percentage": {
        "en": "{value} % is not between 0 and 100: correct it",
        "ru": "{value} % не лежит между 0 и 100: исправьте",
        "kk": "{value} % мәні 0 мен 100 аралығында емес: түзетіңіз",
    },
    "like_a_share": {
        "en": "{value} reads like a share and not like percent: give {percent}",
        "ru": "{value} похоже на долю, а не на проценты: укажите {percent}",
        "kk": "{value} пайыз емес, үлес сияқты: {percent} деп көрсетіңіз",
    },
    "too_large": {
        "en": "{value} is beyond what can be kept: correct it",
        "ru": "{value} больше допустимого: исправьте",
        "kk": "{value} рұқсат етілгеннен үлкен: түзетіңіз",
    },
    "below_zero": {
        "en": "{value} is below zero, and {column} cannot be: correct it",
        "ru": "{value} меньше нуля, а {column} таким не бывает: исправьте",
        "kk": "{value} нөлден кіші, ал {column} ондай болмайды: түзетіңіз",
    },
    "not_whole_months": {
        "en": "{value} is not a span of whole months: write 2025-08 or 2025-01..2025-08",
        "ru": "{value} - не целые месяцы: укажите 2025-08 или 2025-01..2025-08",
        "kk": "{value} - толық айлар емес: 2025-08 немесе 2025-01..2025-08 деп жазыңыз",
    },
    "in_future": {
        "en": "{value} is in the future: correct the date",
        "ru": "{value}: это ещё впереди; исправьте дату",
        "kk": "{value} әлі келген жоқ: күнді түзетіңіз",
    },
    "same_row": {
        "en": "row {row} is about the same: keep one",
        "ru": "строка {row} о том же: оставьте одну",
        "kk": "{row}-жол да сол туралы: біреуін қалдырыңыз",
    },
    "two_values": {
        "en": "the document of {date} stands with another number, {stored}: two numbers cannot come from one "
        "publication; give the date of the newer one, or correct a slip under another name of the document, such as "
        "'Act 12, corrected'",
        "ru": "по документу от {date} уже внесено другое число, {stored}: в одной публикации двух чисел быть не может; "
        "укажите дату более новой, а описку исправьте под другим названием документа, например «Акт 12, исправлен»",
        "kk": "{date} күнгі құжат бойынша басқа сан енгізілген, {stored}: бір жарияланымда екі сан бола алмайды; "
        "жаңасының күнін көрсетіңіз, ал қатені құжаттың басқа атауымен түзетіңіз, мысалы «12-акт, түзетілген»",
    },
    "refused": {
        "en": "{file}: {count} rows were refused, so nothing of it was recorded:",
        "ru": "{file}: отклонено строк: {count}, поэтому ничего не записано:",
        "kk": "{file}: қабылданбаған жол саны: {count}, сондықтан ештеңе жазылмады:",
    },
    "more": {"en": "  and {count} more", "ru": "  и ещё {count}", "kk": "  және тағы {count}"},
    "recorded": {
        "en": "{file}: new: {new}, replaced: {replaced}, the same: {same}, older than what stands: {older}",
        "ru": "{file}: новых: {new}, заменено: {replaced}, без изменений: {same}, старее действующих: {older}",
        "kk": "{file}: жаңа: {new}, ауыстырылды: {replaced}, өзгеріссіз: {same}, қолданыстағыдан ескі: {older}",
    },
    "would_record": {
        "en": "{file}: nothing was recorded; new would be: {new}, replaced: {replaced}, the same: {same}, older than "
        "what stands: {older}",
        "ru": "{file}: ничего не записано; новых было бы: {new}, заменено: {replaced}, без изменений: {same}, старее "
        "действующих: {older}",
        "kk": "{file}: ештеңе жазылмады; жаңасы болар еді: {new}, ауыстырылады: {replaced}, өзгеріссіз: {same}, "
        "қолданыстағыдан ескі: {older}",
    },
    "none_stated": {
        "en": "nothing is stated yet: see `import`",
        "ru": "пока ничего не внесено: см. `import`",
        "kk": "әзірге ештеңе енгізілмеген: `import` қараңыз",
    },
    "heading_name": {"en": "Name", "ru": "Название", "kk": "Атауы"},
    "heading_period": {"en": "Period", "ru": "Период", "kk": "Кезең"},
    "heading_number": {"en": "Number", "ru": "Что", "kk": "Не"},
    "heading_value": {"en": "Value", "ru": "Значение", "kk": "Мәні"},
    "heading_growth_pct": {"en": "Growth, %", "ru": "Рост, %", "kk": "Өсім, %"},
    "heading_source": {"en": "Source", "ru": "Источник", "kk": "Дереккөз"},
    "heading_stated_on": {"en": "Published", "ru": "Опубликовано", "kk": "Жарияланды"},
    "heading_author": {"en": "Entered by", "ru": "Внёс", "kk": "Енгізген"},
    "indicator": {"en": "indicator", "ru": "показатель", "kk": "көрсеткіш"},
    "project": {"en": "project", "ru": "проект", "kk": "жоба"},
    "milestone": {"en": "milestone", "ru": "этап", "kk": "кезең атауы"},
    "forecast": {"en": "forecast", "ru": "прогноз", "kk": "болжам"},
    "fact": {"en": "fact", "ru": "факт", "kk": "факт"},
    "late": {"en": "days late", "ru": "опоздание, сутки", "kk": "кешігу, тәулік"},
    "planned": {"en": "plan", "ru": "план", "kk": "жоспар"},
    "period": {"en": "period", "ru": "период", "kk": "кезең"},
    "source": {"en": "source", "ru": "источник", "kk": "дереккөз"},
    "stated_on": {"en": "published", "ru": "опубликовано", "kk": "жарияланды"},
    "value": {"en": "value", "ru": "значение", "kk": "мәні"},
    "growth": {"en": "growth", "ru": "рост", "kk": "өсім"},
    "work_plan": {"en": "work planned", "ru": "план работ", "kk": "жұмыс жоспары"},
    "work_done": {"en": "work done", "ru": "выполнено работ", "kk": "орындалған жұмыс"},
    "paid_plan": {"en": "payment planned", "ru": "план оплаты", "kk": "төлем жоспары"},
    "paid": {"en": "paid", "ru": "оплачено", "kk": "төленді"},
    "physical_pct": {"en": "ready, %", "ru": "готовность, %", "kk": "дайындығы, %"},
    "no_good_to_withdraw": {
        "en": "{unit}, {month}: nothing is stated of it; `tundish quality list` has what is",
        "ru": "{unit}, {month}: ничего не внесено; внесённое показывает `tundish quality list`",
        "kk": "{unit}, {month}: ештеңе енгізілмеген; енгізілгенін `tundish quality list` көрсетеді",
    },
    "good_withdrawn": {
        "en": "{unit}, {month}: withdrawn; the earlier words stay on record",
        "ru": "{unit}, {month}: отозвано; прежние записи сохранены",
        "kk": "{unit}, {month}: қайтарып алынды; бұрынғы жазбалар сақталды",
    },
    "unit": {"en": "unit", "ru": "агрегат", "kk": "агрегат"},
    "good_pct": {"en": "good, %", "ru": "годное, %", "kk": "жарамды, %"},
    "jobs": {"en": "jobs", "ru": "рабочие места", "kk": "жұмыс орындары"},
}


def measure_text(key: str, **parameters: object) -> FilledText:
    """The sentence of that name, filled in."""
    return FilledText(MEASURE_TEXTS[key], parameters)
