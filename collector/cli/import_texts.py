"""Everything that an import of figures or plans says. Pure."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

IMPORT_TEXTS: "Mapping[str, Texts]" = {
    # Import.
    "import_number": {
        "en": "import {number}",
        "ru": "импорт {number}",
        "kk": "импорт {number}",
    },
    "nothing_new": {
        "en": "nothing new",
        "ru": "нового нет",
        "kk": "жаңасы жоқ",
    },
    "dry_run": {
        "en": "dry run, nothing was recorded",
        "ru": "пробный прогон, ничего не записано",
        "kk": "сынама, ештеңе жазылған жоқ",
    },
    "row_counts": {
        "en": "{file}: {what}; new {new}, the same {known}, replaced {replaced}, refused {refused}",
        "ru": "{file}: {what}; новых {new}, без изменений {known}, заменено {replaced}, отклонено {refused}",
        "kk": "{file}: {what}; жаңа {new}, өзгеріссіз {known}, ауыстырылды {replaced}, қабылданбады {refused}",
    },
    "columns_read": {
        "en": "  columns read: {columns}",
        "ru": "  прочитаны столбцы: {columns}",
        "kk": "  оқылған бағандар: {columns}",
    },
    "sheet_columns_read": {
        "en": "  sheet {sheet}, columns read: {columns}",
        "ru": "  лист {sheet}, прочитаны столбцы: {columns}",
        "kk": "  {sheet} парағы, оқылған бағандар: {columns}",
    },
    "places": {
        "en": "  places: {places}",
        "ru": "  места: {places}",
        "kk": "  орындар: {places}",
    },
    "places_and_more": {
        "en": "  places: {places}, and {count} more",
        "ru": "  места: {places} и ещё {count}",
        "kk": "  орындар: {places} және тағы {count}",
    },
    "span": {
        "en": "  from {first} through {last}",
        "ru": "  с {first} по {last}",
        "kk": "  {first} бастап {last} дейін",
    },
    "file_sum": {
        "en": "  sum of the file, t: {product}, {level}: {made} | target: {target} "
        "| last month, as many days: {before}",
        "ru": "  итого по файлу, т: {product}, {level}: {made} | план: {target} "
        "| прошлый месяц, столько же суток: {before}",
        "kk": "  файл бойынша барлығы, т: {product}, {level}: {made} | жоспар: {target} "
        "| өткен ай, сонша тәулік: {before}",
    },
    "level_unit": {
        "en": "units",
        "ru": "агрегаты",
        "kk": "агрегаттар",
    },
    "level_shop": {
        "en": "shops",
        "ru": "цеха",
        "kk": "цехтар",
    },
    "level_site": {
        "en": "works",
        "ru": "комбинат",
        "kk": "комбинат",
    },
    "column_number": {
        "en": "number",
        "ru": "номер",
        "kk": "нөмірі",
    },
    "column_imported_at": {
        "en": "imported",
        "ru": "когда",
        "kk": "уақыты",
    },
    "column_what": {
        "en": "what",
        "ru": "что",
        "kk": "не",
    },
    "column_file": {
        "en": "file",
        "ru": "файл",
        "kk": "файл",
    },
    "column_author": {
        "en": "author",
        "ru": "кто",
        "kk": "кім",
    },
    "column_entries": {
        "en": "entries",
        "ru": "записей",
        "kk": "жазбалар",
    },
    "column_undone": {
        "en": "undone by",
        "ru": "отменил",
        "kk": "кім қайтарды",
    },
    "of_figures": {
        "en": "figures",
        "ru": "цифры",
        "kk": "сандар",
    },
    "of_plans": {
        "en": "plans",
        "ru": "планы",
        "kk": "жоспарлар",
    },
    "no_imports": {
        "en": "no imports",
        "ru": "импортов нет",
        "kk": "импорт жоқ",
    },
    "undone": {
        "en": "import {number} is undone: {count} entries are as they stood before",
        "ru": "импорт {number} отменён: записей возвращено: {count}",
        "kk": "{number} импорты қайтарылды: бұрынғы күйіне келтірілген жазбалар: {count}",
    },
    "later_stays": {
        "en": "  stays, for something later took its place: {entry}",
        "ru": "  остаётся, позже было введено другое: {entry}",
        "kk": "  қалады, кейін басқасы енгізілген: {entry}",
    },
    "refused": {
        "en": "  refused: {row}",
        "ru": "  отклонено: {row}",
        "kk": "  қабылданбады: {row}",
    },
    "withdrawn": {
        "en": "{file}: figures withdrawn: {count}",
        "ru": "{file}: отозвано цифр: {count}",
        "kk": "{file}: қайтарып алынған сандар: {count}",
    },
    "rows_read": {
        "en": "  {count} rows read",
        "ru": "  прочитано строк: {count}",
        "kk": "  оқылған жол саны: {count}",
    },
    "watching": {
        "en": "watching {folder}, until Ctrl-C",
        "ru": "слежу за папкой {folder}, до Ctrl-C",
        "kk": "{folder} қалтасы бақылауда, Ctrl-C басылғанша",
    },
    "nothing_to_import": {
        "en": "nothing to import: name files, or a folder with --watch",
        "ru": "импортировать нечего: назовите файлы или папку с --watch",
        "kk": "импорттайтын ештеңе жоқ: файлдарды немесе --watch арқылы қалтаны атаңыз",
    },
    # How a file was read.
    "read_as": {
        "en": "  read as {kind}, {encoding}, separated by {mark}",
        "ru": "  прочитано как {kind}, {encoding}, разделитель: {mark}",
        "kk": "  {kind} ретінде оқылды, {encoding}, бөлгіші: {mark}",
    },
    "read_by_rule": {
        "en": "  read by the import {rule} of the configuration",
        "ru": "  прочитано по правилу {rule} из конфигурации",
        "kk": "  конфигурациядағы {rule} ережесі бойынша оқылды",
    },
    "not_read": {
        "en": "  not read: {what}",
        "ru": "  не прочитано: {what}",
        "kk": "  оқылмады: {what}",
    },
    "of_sheet": {
        "en": "sheet {sheet}, {what}",
        "ru": "лист {sheet}, {what}",
        "kk": "{sheet} парағы, {what}",
    },
    "of_file": {
        "en": "the file, {what}",
        "ru": "файл, {what}",
        "kk": "файл, {what}",
    },
    "is_hidden": {
        "en": "it is hidden",
        "ru": "он скрыт",
        "kk": "ол жасырын",
    },
    "lacks_column": {
        "en": "its header lacks a column",
        "ru": "в заголовке не хватает столбца",
        "kk": "тақырып жолында баған жетіспейді",
    },
    "header_refused": {
        "en": "its header is refused",
        "ru": "заголовок не принят",
        "kk": "тақырып жолы қабылданбады",
    },
    "has_no_header": {
        "en": "it has no header",
        "ru": "заголовка нет",
        "kk": "тақырып жолы жоқ",
    },
    "column": {
        "en": 'column {column} "{heading}"',
        "ru": "столбец {column} «{heading}»",
        "kk": "{column} бағаны «{heading}»",
    },
    "holds_plans": {
        "en": "{column}, which holds plans (tundish plan import reads them)",
        "ru": "{column}, в нём планы (их читает tundish plan import)",
        "kk": "{column}, онда жоспарлар (оларды tundish plan import оқиды)",
    },
    "holds_output": {
        "en": "{column}, which holds output (tundish import reads it)",
        "ru": "{column}, в нём выпуск (его читает tundish import)",
        "kk": "{column}, онда өндіріс (оны tundish import оқиды)",
    },
    "hidden_columns": {
        "en": "hidden columns {columns}",
        "ru": "скрытые столбцы {columns}",
        "kk": "жасырын бағандар {columns}",
    },
    "hidden_rows": {
        "en": "hidden rows {rows}",
        "ru": "скрытые строки {rows}",
        "kk": "жасырын жолдар {rows}",
    },
    "subtotals": {
        "en": "subtotals in rows {rows}",
        "ru": "подытоги в строках {rows}",
        "kk": "аралық қорытынды жолдары {rows}",
    },
    "rows_and_more": {
        "en": "{rows} and {count} more",
        "ru": "{rows} и ещё {count}",
        "kk": "{rows} және тағы {count}",
    },
    # What was replaced, and what another file states by now.
    "replaced": {
        "en": "  replaced: {old} -> {new}",
        "ru": "  заменено: {old} -> {new}",
        "kk": "  ауыстырылды: {old} -> {new}",
    },
    "more_replaced": {
        "en": "  and {count} more replaced",
        "ru": "  и ещё заменено: {count}",
        "kk": "  тағы ауыстырылғаны: {count}",
    },
    "stays": {
        "en": "  stays: {now}, from {origin}; this file says {stated}",
        "ru": "  остаётся: {now} ({origin}); в этом файле {stated}",
        "kk": "  қалады: {now} ({origin}); бұл файлда {stated}",
    },
    "more_stay": {
        "en": "  and {count} more stay",
        "ru": "  и ещё остаётся: {count}",
        "kk": "  тағы қалғаны: {count}",
    },
    # Options of files.
    "unknown_unit_of_measure": {
        "en": "--unit-of-measure {value} is unknown: give t or kt",
        "ru": "--unit-of-measure {value} неизвестно: укажите t или kt",
        "kk": "--unit-of-measure {value} белгісіз: t немесе kt көрсетіңіз",
    },
    "unknown_number_format": {
        "en": "--number-format {value} is unknown: give one of {formats}",
        "ru": "--number-format {value} неизвестно: укажите одно из {formats}",
        "kk": "--number-format {value} белгісіз: мыналардың бірін көрсетіңіз: {formats}",
    },
    "no_rule_of_figures": {
        "en": "--as {name} is no import of figures; imports in the configuration: {known}",
        "ru": "--as {name}: правила для цифр с таким именем нет; в конфигурации есть: {known}",
        "kk": "--as {name}: сандарға арналған мұндай ереже жоқ; конфигурацияда бары: {known}",
    },
    "no_rule_of_plans": {
        "en": "--as {name} is no import of plans; imports in the configuration: {known}",
        "ru": "--as {name}: правила для планов с таким именем нет; в конфигурации есть: {known}",
        "kk": "--as {name}: жоспарларға арналған мұндай ереже жоқ; конфигурацияда бары: {known}",
    },
    "none": {
        "en": "none",
        "ru": "ничего",
        "kk": "ештеңе",
    },
}


def import_text(key: str, /, **parameters: object) -> FilledText:
    """What an import says, to be told in a language."""
    return FilledText(IMPORT_TEXTS[key], parameters)
