"""What is said of how a file was read, of what it replaced, and of what a person should look at. Pure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

READING_TEXTS: "Mapping[str, Texts]" = {
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
    "footers": {
        "en": "one text alone or numbers of columns, and no amount, in rows {rows}",
        "ru": "только надпись или номера столбцов, без количества, строки {rows}",
        "kk": "тек жазу немесе баған нөмірлері, мөлшері жоқ, {rows} жолдары",
    },
    "rows_and_more": {
        "en": "{rows} and {count} more",
        "ru": "{rows} и ещё {count}",
        "kk": "{rows} және тағы {count}",
    },
    "unit_of_title": {
        "en": "  unit of measure by the title: {unit}",
        "ru": "  единица измерения по названию таблицы: {unit}",
        "kk": "  кесте атауы бойынша өлшем бірлігі: {unit}",
    },
    "shift_of_title": {
        "en": "  shift by the title: {shift}",
        "ru": "  смена по названию таблицы: {shift}",
        "kk": "  кесте атауы бойынша ауысым: {shift}",
    },
    "remark": {
        "en": "  look: {remark}",
        "ru": "  внимание: {remark}",
        "kk": "  назар аударыңыз: {remark}",
    },
    "more_remarks": {
        "en": "  and {count} more to look at",
        "ru": "  и ещё стоит посмотреть: {count}",
        "kk": "  тағы қарайтыны: {count}",
    },
    "total_line": {
        "en": "the total in row {row} is {stated} t, and its rows come to {summed} t",
        "ru": "итог в строке {row} — {stated} т, а сумма строк — {summed} т",
        "kk": "{row}-жолдағы қорытынды {stated} т, ал жолдардың қосындысы {summed} т",
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
}
