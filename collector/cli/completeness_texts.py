"""Everything that `tundish completeness` says. Pure."""

from typing import TYPE_CHECKING

from collector.sentence import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector.sentence import Texts

COMPLETENESS_TEXTS: "Mapping[str, Texts]" = {
    "title": {
        "en": "{site}: completeness of readings, {day}",
        "ru": "{site}: полнота показаний, {day}",
        "kk": "{site}: көрсеткіштердің толықтығы, {day}",
    },
    "runs": {
        "en": "the day runs: it is judged up to {at}",
        "ru": "сутки не окончены: учтено до {at}",
        "kk": "тәулік аяқталған жоқ: {at} дейін ескерілді",
    },
    "unit": {"en": "unit", "ru": "агрегат", "kk": "агрегат"},
    "pct": {"en": "known, %", "ru": "известно, %", "kk": "белгілі, %"},
    "gaps": {"en": "gaps:", "ru": "пробелы:", "kk": "үзілістер:"},
    "gap": {
        "en": "{tag}: {start} - {end}, {lost} readings: {cause}",
        "ru": "{tag}: {start} - {end}, показаний: {lost}: {cause}",
        "kk": "{tag}: {start} - {end}, көрсеткіш: {lost}: {cause}",
    },
    "more_gaps": {
        "en": "and {count} shorter ones, see --json",
        "ru": "и ещё {count} короче, см. --json",
        "kk": "және тағы {count} қысқарағы, --json қараңыз",
    },
    "no_gaps": {"en": "no gaps", "ru": "пробелов нет", "kk": "үзіліс жоқ"},
    "digest": {
        "en": "digest of the rows that this covers: {digest}",
        "ru": "контрольная сумма записей: {digest}",
        "kk": "жазбалардың бақылау қосындысы: {digest}",
    },
    "same": {
        "en": "the rows are those that the digest was made of",
        "ru": "записи те же, по которым получена контрольная сумма",
        "kk": "жазбалар бақылау қосындысы алынған жазбалармен бірдей",
    },
    "differs": {
        "en": "the rows are not those that {digest} was made of: readings came or were corrected since; compare the "
        "figures of both certificates",
        "ru": "записи не те, по которым получена контрольная сумма {digest}: с тех пор пришли или исправлены "
        "показания; сравните цифры обоих свидетельств",
        "kk": "жазбалар {digest} бақылау қосындысы алынған жазбалар емес: содан бері көрсеткіштер келді немесе "
        "түзетілді; екі куәліктің сандарын салыстырыңыз",
    },
    "no_unit": {
        "en": "--unit {unit}: the plant has no such unit with a counter or events; units: {known}",
        "ru": "--unit {unit}: на заводе нет такого агрегата со счётчиком или событиями; агрегаты: {known}",
        "kk": "--unit {unit}: зауытта есептегіші не оқиғасы бар мұндай агрегат жоқ; агрегаттар: {known}",
    },
    "no_shift": {
        "en": "--shift {shift}: a day has no such shift; the first is 1",
        "ru": "--shift {shift}: такой смены в сутках нет; первая - 1",
        "kk": "--shift {shift}: тәулікте мұндай ауысым жоқ; біріншісі - 1",
    },
    "not_begun": {
        "en": "--day {day}: that day has not begun",
        "ru": "--day {day}: эти сутки ещё не начались",
        "kk": "--day {day}: бұл тәулік әлі басталған жоқ",
    },
}


def completeness_text(key: str, **parameters: object) -> FilledText:
    """A text of the command, to be told in a language."""
    return FilledText(COMPLETENESS_TEXTS[key], parameters)
