"""What a proposed entry of `imports:` asks of the person who reads it. Pure."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

LEARN_TEXTS: "Mapping[str, Texts]" = {
    "no_header_names": {
        "en": "no header names {columns}: give columns, by the headings of the file",
        "ru": "заголовка со столбцами {columns} нет: заполните columns по заголовкам файла",
        "kk": "{columns} бағандарын атайтын тақырып жолы жоқ: columns бөлімін файл тақырыптары бойынша толтырыңыз",
    },
    "no_unit_of_measure": {
        "en": "no unit of measure is given: set unit_of_measure to t or kt",
        "ru": "единица измерения не указана: задайте unit_of_measure, t или kt",
        "kk": "өлшем бірлігі көрсетілмеген: unit_of_measure мәнін t не kt етіп қойыңыз",
    },
    "changes_nothing": {
        "en": "the file can be imported as it is; this entry changes nothing",
        "ru": "файл импортируется и так; эта запись ничего не меняет",
        "kk": "файл онсыз да импортталады; бұл жазба ештеңені өзгертпейді",
    },
    "unknown_units": {
        "en": "the plant has no units {names}: give their codes under units",
        "ru": "таких агрегатов в конфигурации нет: {names}; укажите их коды в units",
        "kk": "конфигурацияда мұндай агрегаттар жоқ: {names}; кодтарын units бөлімінде көрсетіңіз",
    },
    "which_amount": {
        "en": "columns {taken} were taken as the tonnes, and {others} left out: check it",
        "ru": "столбцы {taken} приняты за тонны, а {others} пропущены: проверьте",
        "kk": "{taken} бағандары тонна деп алынды, {others} қалдырылды: тексеріңіз",
    },
    "rows_refused": {
        "en": "rows that cannot be read so: {count}; the first: {first}",
        "ru": "строк, которые так не читаются: {count}; первая: {first}",
        "kk": "бұлай оқылмайтын жол саны: {count}; біріншісі: {first}",
    },
    "no_product": {
        "en": "no product is named: set fixed.product to its code",
        "ru": "продукция не названа: задайте fixed.product, её код",
        "kk": "өнім аталмаған: fixed.product мәнін оның коды етіп қойыңыз",
    },
}


def learn_text(key: str, /, **parameters: object) -> FilledText:
    """A question, to be told in a language."""
    return FilledText(LEARN_TEXTS[key], parameters)
