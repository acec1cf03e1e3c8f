"""Words that stand in sentences about files: fields, what a bound counts, what a system says. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collector.sentence import Texts
    from models.works.localize import Language

# Fields: words of `heading`, so that a heading that a reader writes by them is understood.
_FIELDS: "Mapping[str, Texts]" = {
    "month": {"en": "month", "ru": "месяц", "kk": "ай"},
    "period": {"en": "period", "ru": "период", "kk": "кезең"},
    "date": {"en": "date", "ru": "дата", "kk": "күн"},
    "shift": {"en": "shift", "ru": "смена", "kk": "ауысым"},
    "start": {"en": "start", "ru": "начало", "kk": "басы"},
    "end": {"en": "end", "ru": "конец", "kk": "соңы"},
    "site": {"en": "site", "ru": "комбинат", "kk": "кәсіпорын"},
    "shop": {"en": "shop", "ru": "цех", "kk": "цех"},
    "unit": {"en": "unit", "ru": "агрегат", "kk": "агрегат"},
    "product": {"en": "product", "ru": "продукция", "kk": "өнім"},
    "tonnes": {"en": "tonnes", "ru": "тонны", "kk": "тонна"},
    "unit_of_measure": {"en": "unit_of_measure", "ru": "единица измерения", "kk": "өлшем бірлігі"},
    "basis": {"en": "basis", "ru": "базис", "kk": "негіз"},
    "status": {"en": "status", "ru": "статус", "kk": "мәртебе"},
    "key": {"en": "key", "ru": "ключ", "kk": "кілт"},
    "definition": {"en": "definition", "ru": "определение", "kk": "анықтама"},
}
_BOUNDED: "Mapping[str, Texts]" = {
    "rows": {"en": "rows", "ru": "строк", "kk": "жол"},
    "rows in a sheet": {"en": "rows in a sheet", "ru": "строк на листе", "kk": "бір парақтағы жол"},
    "cells": {"en": "cells", "ru": "ячеек", "kk": "ұяшық"},
    "merged cells": {"en": "merged cells", "ru": "объединённых ячеек", "kk": "біріктірілген ұяшық"},
    "parts": {"en": "parts", "ru": "частей", "kk": "бөлік"},
    "texts": {"en": "texts", "ru": "текстов", "kk": "мәтін"},
    "styles and names": {"en": "styles and names", "ru": "стилей и имён", "kk": "стиль мен атау"},
    "bytes when it is unpacked": {
        "en": "bytes when it is unpacked",
        "ru": "байт в распакованном виде",
        "kk": "ашылған күйдегі байт",
    },
    "elements within one another": {
        "en": "elements within one another",
        "ru": "вложенных друг в друга элементов",
        "kk": "бірінің ішіндегі бірі элемент",
    },
    "seconds of reading": {"en": "seconds of reading", "ru": "секунд чтения", "kk": "секунд оқу уақыты"},
}
# What Linux, the decoders of Python and the reader of archives say; what is not here is quoted as it is.
_SYSTEM: "Mapping[str, Texts]" = {
    "No such file or directory": {
        "en": "No such file or directory",
        "ru": "такого файла или папки нет",
        "kk": "мұндай файл не қалта жоқ",
    },
    "Permission denied": {"en": "Permission denied", "ru": "нет прав доступа", "kk": "қол жеткізу құқығы жоқ"},
    "Is a directory": {"en": "Is a directory", "ru": "это папка", "kk": "бұл қалта"},
    "No space left on device": {
        "en": "No space left on device",
        "ru": "на диске нет места",
        "kk": "дискіде орын жоқ",
    },
    "Read-only file system": {
        "en": "Read-only file system",
        "ru": "диск открыт только для чтения",
        "kk": "диск тек оқуға ашық",
    },
    "Input/output error": {"en": "Input/output error", "ru": "ошибка диска или сети", "kk": "диск немесе желі қатесі"},
    "File is not a zip file": {
        "en": "File is not a zip file",
        "ru": "файл повреждён или сохранён в другом формате",
        "kk": "файл бүлінген немесе басқа форматта сақталған",
    },
    "unexpected end of data": {
        "en": "unexpected end of data",
        "ru": "файл обрывается",
        "kk": "файл соңына дейін жазылмаған",
    },
    "truncated data": {"en": "truncated data", "ru": "файл обрывается", "kk": "файл соңына дейін жазылмаған"},
    "invalid start byte": {"en": "invalid start byte", "ru": "недопустимый байт", "kk": "жарамсыз байт"},
    "invalid continuation byte": {"en": "invalid continuation byte", "ru": "недопустимый байт", "kk": "жарамсыз байт"},
    "illegal encoding": {"en": "illegal encoding", "ru": "недопустимый знак", "kk": "жарамсыз таңба"},
    "illegal UTF-16 surrogate": {
        "en": "illegal UTF-16 surrogate",
        "ru": "недопустимый знак",
        "kk": "жарамсыз таңба",
    },
    "character maps to <undefined>": {
        "en": "character maps to <undefined>",
        "ru": "недопустимый байт",
        "kk": "жарамсыз байт",
    },
    "it is a link: make it a folder": {
        "en": "it is a link: make it a folder",
        "ru": "это ссылка: создайте обычную папку",
        "kk": "бұл сілтеме: кәдімгі қалта жасаңыз",
    },
}
_OTHERS: "Mapping[str, Texts]" = {
    "an earlier import": {"en": "an earlier import", "ru": "более ранний импорт", "kk": "бұрынғы импорт"},
    "nothing": {"en": "nothing", "ru": "ничего", "kk": "ештеңе"},
    "XLSX, XLS or ODS": {"en": "XLSX, XLS or ODS", "ru": "XLSX, XLS или ODS", "kk": "XLSX, XLS немесе ODS"},
    "current": {"en": "current", "ru": "текущий ремонт", "kk": "ағымдағы жөндеу"},
    "capital": {"en": "capital", "ru": "капитальный ремонт", "kk": "күрделі жөндеу"},
    "relining": {"en": "relining", "ru": "перефутеровка", "kk": "қайта футерлеу"},
    "reserve": {"en": "reserve", "ru": "в резерве", "kk": "резервте"},
    "tabs": {"en": "tabs", "ru": "табуляция", "kk": "табуляция"},
}
WORDS: "Mapping[str, Texts]" = {**_FIELDS, **_BOUNDED, **_SYSTEM, **_OTHERS}


@dataclass(frozen=True, slots=True)
class Word:
    """A word by its name in `WORDS`."""

    name: str

    def told(self, language: "Language") -> str:
        """The word in that language."""
        return WORDS[self.name][language]


def known_word(text: str) -> Word | str:
    """What a system or a library says, as a word if it is one that is known."""
    return Word(text) if text in WORDS else text


def words(names: Iterable[str]) -> tuple[Word, ...]:
    """Each of them."""
    return tuple(Word(name) for name in names)
