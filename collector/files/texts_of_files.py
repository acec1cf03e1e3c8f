"""Sentences of refusals: a sheet, a whole file, and what makes a workbook no valid one. Pure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

TEXTS_OF_FILES: "Mapping[str, Texts]" = {
    # A sheet.
    "no_header": {
        "en": "no header row names the columns {columns}: add one above the rows",
        "ru": "нет строки заголовка со столбцами {columns}: добавьте её над строками",
        "kk": "{columns} бағандарын атайтын тақырып жолы жоқ: оны жолдардың үстіне қосыңыз",
    },
    "sheet_not_read": {
        "en": "the sheet was not read, for its header in row {row} does not name {columns}: correct the header; "
        "--keep-good leaves the sheet out",
        "ru": "лист не прочитан, потому что в его заголовке в строке {row} нет столбцов {columns}: исправьте "
        "заголовок; с --keep-good лист будет пропущен",
        "kk": "парақ оқылмады, өйткені {row}-жолдағы тақырыбында {columns} бағандары жоқ: тақырыпты түзетіңіз; "
        "--keep-good парақты қалдырып кетеді",
    },
    "sheet_with_slips": {
        "en": "the sheet was not read, for its header in row {row} does not name {columns}; did you mean: {slips}? "
        "Correct the header; --keep-good leaves the sheet out",
        "ru": "лист не прочитан, потому что в его заголовке в строке {row} нет столбцов {columns}; возможно, имелось в "
        "виду: {slips}? Исправьте заголовок; с --keep-good лист будет пропущен",
        "kk": "парақ оқылмады, өйткені {row}-жолдағы тақырыбында {columns} бағандары жоқ; мүмкін, мынау: {slips}? "
        "Тақырыпты түзетіңіз; --keep-good парақты қалдырып кетеді",
    },
    "near_heading": {
        "en": 'column {column} "{heading}" is no word for a field; did you mean "{near}"? Correct it; if it is '
        "something else, give it the field, or ignored, in columns of an entry of imports",
        "ru": "столбец {column} «{heading}»: такого поля нет; возможно, имелось в виду «{near}»? Исправьте заголовок; "
        "если это другое, задайте ему поле или ignored в columns записи imports",
        "kk": "{column} бағаны «{heading}»: мұндай өріс жоқ; мүмкін, бұл «{near}»? Тақырыпты түзетіңіз; басқа нәрсе "
        "болса, imports жазбасының columns бөлімінде оған өріс немесе ignored беріңіз",
    },
    "near_word": {
        "en": '"{near}" for "{heading}"',
        "ru": "«{near}» вместо «{heading}»",
        "kk": "«{heading}» орнына «{near}»",
    },
    "two_columns": {
        "en": "columns {columns} are both {field}: rename the one that is not, so that one is left",
        "ru": "столбцы {columns} значат одно и то же ({field}): переименуйте лишний, чтобы остался один",
        "kk": "{columns} бағандары бір мағынада ({field}): біреуі қалатындай етіп, артығын басқаша атаңыз",
    },
    "only_plans": {
        "en": 'its only amounts are plans (column "{heading}"): import them with tundish plan import, or name the '
        "column of the output fact (факт)",
        "ru": "количества здесь только плановые (столбец «{heading}»): импортируйте их командой tundish plan "
        "import или назовите столбец выпуска «факт»",
        "kk": "мұнда тек жоспар мөлшерлері бар («{heading}» бағаны): оларды tundish plan import командасымен "
        "импорттаңыз немесе өндіріс бағанын «факт» деп атаңыз",
    },
    "only_facts": {
        "en": 'its only amounts are output (column "{heading}"): import them with tundish import, or name the '
        "column of the plans plan (план)",
        "ru": "количества здесь только фактические (столбец «{heading}»): импортируйте их командой tundish import "
        "или назовите столбец планов «план»",
        "kk": "мұнда тек нақты мөлшерлер бар («{heading}» бағаны): оларды tundish import командасымен импорттаңыз "
        "немесе жоспар бағанын «жоспар» деп атаңыз",
    },
    "no_rows": {
        "en": "it holds no rows: check that it is the right file",
        "ru": "строк нет: проверьте, тот ли это файл",
        "kk": "жол жоқ: дұрыс файл екенін тексеріңіз",
    },
    "mostly_refused": {
        "en": "over {most} rows are refused: check that it is the right file; the first: {first}",
        "ru": "отклонено строк: больше {most}; проверьте, тот ли это файл; первая: {first}",
        "kk": "қабылданбаған жол саны {most} шегінен асты; дұрыс файл екенін тексеріңіз; біріншісі: {first}",
    },
    # A whole file.
    "cannot_be_read": {
        "en": "{file} cannot be read: {reason}; check its name and permissions",
        "ru": "{file} не читается ({reason}): проверьте имя и права доступа",
        "kk": "{file} оқылмайды ({reason}): атауы мен қол жеткізу құқығын тексеріңіз",
    },
    "file_too_large": {
        "en": "{file} has {bytes} bytes, more than {most}: split it",
        "ru": "{file}: байт {bytes}, а можно не больше {most}: разделите файл",
        "kk": "{file}: {bytes} байт, рұқсат етілгені ең көбі {most}: файлды бөліңіз",
    },
    "unknown_kind": {
        "en": "{file} is neither CSV nor {kinds}: save it as one of these",
        "ru": "{file} — не CSV и не {kinds}: сохраните в одном из этих форматов",
        "kk": "{file} — CSV де, {kinds} де емес: осы форматтардың бірінде сақтаңыз",
    },
    "not_a_workbook": {
        "en": "{file} is not a valid {kind} file ({reason}): open it in a spreadsheet program and save it again, "
        "without a password",
        "ru": "{file} — неисправный файл {kind} ({reason}): откройте в табличной программе и сохраните снова, без "
        "пароля",
        "kk": "{file} — {kind} файлы жарамсыз ({reason}): кесте бағдарламасында ашып, құпиясөзсіз қайта сақтаңыз",
    },
    "with_password": {
        "en": "{file} is not a valid {kind} file but one with a password, or of an older kind: open it in a "
        "spreadsheet program and save it again, without a password",
        "ru": "{file} — не файл {kind}, а файл с паролем или старого формата: откройте в табличной программе и "
        "сохраните снова, без пароля",
        "kk": "{file} — {kind} файлы емес, құпиясөзі бар немесе ескі форматтағы файл: кесте бағдарламасында ашып, "
        "құпиясөзсіз қайта сақтаңыз",
    },
    "over_bound": {
        "en": "{file} has more than {most} {what}: split it, or save only what is to be read",
        "ru": "{file}: больше {most} {what}: разделите файл или сохраните только то, что надо прочитать",
        "kk": "{file} шектен асады ({what}: {most} шегінен көп): файлды бөліңіз немесе тек оқылатын бөлігін сақтаңыз",
    },
    "wrong_encoding": {
        "en": "{file} cannot be read as {encoding}, which its bytes suggest ({reason}): save it as UTF-8",
        "ru": "{file} не читается как {encoding}, хотя его байты похожи на неё ({reason}): сохраните в UTF-8",
        "kk": "{file} байттары {encoding} кодтауына ұқсайды, бірақ солай оқылмайды ({reason}): UTF-8 түрінде сақтаңыз",
    },
    "open_quote": {
        "en": "{file}: the quote that opens in the row of line {line} is never closed: close it, or remove it",
        "ru": "{file}: кавычка, открытая в строке {line}, нигде не закрыта: закройте её или уберите",
        "kk": "{file}: {line}-жолда ашылған тырнақша еш жерде жабылмаған: оны жабыңыз немесе алып тастаңыз",
    },
    "bad_quote": {
        "en": "{file}: a quote in the row of line {line} is closed within its cell: double it, or remove it",
        "ru": "{file}: кавычка в строке {line} закрыта внутри ячейки: удвойте её или уберите",
        "kk": "{file}: {line}-жолдағы тырнақша ұяшық ішінде жабылған: оны қосарлап жазыңыз немесе алып тастаңыз",
    },
    "cell_too_long": {
        "en": "{file}: a cell in the row of line {line} has over {most} characters: look for a quote that is not "
        "closed",
        "ru": "{file}: в ячейке строки {line} больше {most} знаков: найдите незакрытую кавычку",
        "kk": "{file}: {line}-жолдағы ұяшықта таңба саны {most} шегінен көп: жабылмаған тырнақшаны іздеңіз",
    },
    "is_web_page": {
        "en": "{file} is a web page and no table: the program that wrote it may have met a page of logging in or of an "
        "error; save the table itself",
        "ru": "{file} — веб-страница, а не таблица: возможно, вместо данных сохранилась страница входа или ошибки; "
        "сохраните саму таблицу",
        "kk": "{file} — кесте емес, веб-бет: деректердің орнына кіру не қате беті сақталған болуы мүмкін; "
        "кестенің өзін сақтаңыз",
    },
    "name_of_no_kind": {
        "en": "{file}: no kind of file of this folder has such a name ({patterns}): rename it, or add a kind in "
        "plant.yaml",
        "ru": "{file}: файлов с таким именем для этой папки не задано ({patterns}): переименуйте файл или "
        "добавьте вид в plant.yaml",
        "kk": "{file}: бұл қалтаға мұндай атаулы файл берілмеген ({patterns}): файлды қайта атаңыз немесе plant.yaml "
        "ішіне түрін қосыңыз",
    },
    # What makes a workbook no valid one.
    "declares_entities": {
        "en": "it declares entities",
        "ru": "он объявляет сущности",
        "kk": "онда сущностьтер жарияланған",
    },
    "unknown_compression": {
        "en": "unknown compression {number}",
        "ru": "неизвестное сжатие {number}",
        "kk": "белгісіз сығу түрі {number}",
    },
    "too_many_columns": {
        "en": "more columns than a sheet can have",
        "ru": "столбцов больше, чем бывает на листе",
        "kk": "баған саны парақта болатыннан көп",
    },
    "row_out_of_order": {
        "en": "row {row} comes after row {before}",
        "ru": "строка {row} стоит после строки {before}",
        "kk": "{row}-жол {before}-жолдан кейін тұр",
    },
    "damaged_merge": {
        "en": "merged cells {cells}",
        "ru": "объединённые ячейки {cells}",
        "kk": "біріктірілген ұяшықтар {cells}",
    },
    "damaged_cell": {
        "en": "cell {cell}",
        "ru": "ячейка {cell}",
        "kk": "ұяшық {cell}",
    },
    "damaged_number": {
        "en": "{value} is no row or column",
        "ru": "{value} — не строка и не столбец",
        "kk": "{value} — жол да, баған да емес",
    },
    "damaged_attribute": {
        "en": "{name} {value}",
        "ru": "{name} {value}",
        "kk": "{name} {value}",
    },
}
