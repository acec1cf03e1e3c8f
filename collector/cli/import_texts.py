"""Everything that an import of figures or plans says of itself. Pure."""

from typing import TYPE_CHECKING

from collector.cli.reading_texts import READING_TEXTS
from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

_OF_IMPORT: "Mapping[str, Texts]" = {
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
    "plan_sum": {
        "en": "  sum of the file, t: {product}, {level}: {made} | plan before, as many days: {target} "
        "| output of last month, as many days: {before}",
        "ru": "  итого по файлу, т: {product}, {level}: {made} | прежний план, столько же суток: {target} "
        "| выпуск прошлого месяца, столько же суток: {before}",
        "kk": "  файл бойынша барлығы, т: {product}, {level}: {made} | бұрынғы жоспар, сонша тәулік: {target} "
        "| өткен айдың өндірісі, сонша тәулік: {before}",
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
    "no_number": {
        "en": "{value} is no number of an import: see tundish import list",
        "ru": "{value} — не номер импорта: смотрите tundish import list",
        "kk": "{value} — импорт нөмірі емес: tundish import list қараңыз",
    },
    "files_refused": {
        "en": "refused: {count} of {total} files, {files}",
        "ru": "не приняты файлы ({count} из {total}): {files}",
        "kk": "қабылданбаған файлдар ({total} ішінен {count}): {files}",
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
    # Options of files.
    "unknown_unit_of_measure": {
        "en": "--unit-of-measure {value} is unknown: give t, kt or kg",
        "ru": "--unit-of-measure {value} неизвестно: укажите t, kt или kg",
        "kk": "--unit-of-measure {value} белгісіз: t, kt немесе kg көрсетіңіз",
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
IMPORT_TEXTS: "Mapping[str, Texts]" = {**_OF_IMPORT, **READING_TEXTS}


def import_text(key: str, /, **parameters: object) -> FilledText:
    """What an import says, to be told in a language."""
    return FilledText(IMPORT_TEXTS[key], parameters)
