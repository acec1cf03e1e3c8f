"""What a heading of a column means, in English, Russian or Kazakh: a field, and if it is a plan or a fact. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from collector.files.near_words import near_word
from collector.files.number import unit_of_measure


class Sense(Enum):
    """What tonnes a heading speaks of."""

    AMOUNT = "amount"  # "tonnes": whatever the file is about
    OUTPUT = "output"  # "output", "добыча": what was made, or in a file of plans what should be
    PLAN = "plan"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Heading:
    """`unit` is the unit of measure that it declares ("план, тыс. т"); `named_tonnes`: its name alone is tonnes, which
    a person may declare otherwise. `through`: the last day of a span, which belongs to it.
    """

    field: str
    sense: Sense = Sense.AMOUNT
    unit: str | None = None
    named_tonnes: bool = False
    through: bool = False


_NAMES: Mapping[str, tuple[str, ...]] = {
    "month": ("month", "месяц", "ай", "айы"),
    "period": ("period", "период", "кезең", "мерзім"),
    "date": ("date", "day", "дата", "сутки", "день", "число", "күн", "күні"),
    "shift": (
        *("shift", "shift no", "shift number", "смена", "смена №", "№ смены", "номер смены", "рабочая смена"),
        *("ауысым", "ауысым №", "№ ауысым", "ауысым нөмірі"),
    ),
    "start": ("start", "from", "начало", "с", "басы", "басталуы", "бастап"),
    "end": ("end", "to", "until", "конец", "по", "до", "окончание", "соңы", "аяқталуы", "through", "last day", "дейін"),
    "site": ("site", "works", "площадка", "комбинат", "предприятие", "кәсіпорын", "алаң"),
    "shop": ("shop", "цех", "подразделение", "шахтоуправление"),
    "unit": (
        *("unit", "агрегат", "объект", "шахта", "печь", "доменная печь", "домна", "конвертер", "стан", "батарея"),
        *("коксовая батарея", "мнлз", "машина", "аглофабрика", "рудник", "разрез", "фабрика", "furnace", "mine"),
        *("mill", "caster", "converter", "battery", "machine", "пеш", "домна пеші", "қондырғы", "кеніш"),
    ),
    "product": ("product", "продукция", "продукт", "вид продукции", "өнім", "өнім түрі"),
    "unit_of_measure": ("unit of measure", "ед. изм.", "ед.изм.", "единица измерения", "өлшем бірлігі"),
    "basis": ("basis", "базис", "состояние", "негіз"),
    "status": ("status", "статус", "мәртебе", "күйі"),
    # A number of a line ("номер", "№") is none: the next form counts its lines from 1 again.
    "key": ("key", "ключ", "кілт", "id записи", "жазба id", "record id"),
    "definition": ("definition", "определение", "анықтама"),
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names}
_THROUGH = {"по", "through", "last day", "дейін"}
"""Ends that are the last day of the span where they are dates without a time: "с 01.08 по 31.08" is all of August."""

_SENSES: Mapping[Sense, tuple[str, ...]] = {
    Sense.PLAN: ("plan", "planned", "target", "план", "плана", "плановый", "плановая", "задание", "жоспар", "жоспары"),
    Sense.FACT: ("fact", "actual", "факт", "факта", "фактический", "фактическая", "фактически", "нақты", "факті"),
    Sense.OUTPUT: (
        *("output", "production", "made", "выпуск", "выпуска", "добыча", "добычи", "производство", "производства"),
        *("выплавка", "выплавки", "выработка", "выработки", "произведено", "выработано", "выпущено", "добыто"),
        *("выплавлено", "изготовлено", "produced", "mined", "өндіріс", "өндірісі", "өндіру", "шығарылым"),
        *("өндірілді", "өндірілген", "шығарылды"),
    ),
    Sense.AMOUNT: (
        *("tonnes", "tons", "тонны", "тонн", "тонна", "тоннаж", "количество", "көлемі"),
        *("объем", "объём", "объема", "объёма"),
    ),
}
_SENSE_OF = {word: sense for sense, words in _SENSES.items() for word in words}
_UNIT_AFTER = re.compile(r"^(?P<name>.*?)\s*[,(\[]\s*(?P<unit>[^,()\[\]]+?)\s*[)\]]?$")
_WITH_MORE = re.compile(r"^(?P<name>\w[\w ]{3,}?)\s*[,(\[/].*$")
_WORDS = re.compile(r"\w+")
_OF_A_DAY = re.compile(r"\b(?:за (?:сутки|смену|день)|суточн\w+|сменн\w+|тәуліктік|тәулігіне|daily|of the day)\b")
"""What may stand beside: "Факт за сутки". "С начала месяца" may not, for it is another amount."""
_NOTES = {
    *("note", "notes", "comment", "comments", "remark", "remarks", "примечание", "примечания", "комментарий"),
    *("комментарии", "ескерту", "ескертпе", "№", "№ п/п", "п/п", "no", "#", "р/с", "мастер", "ответственный"),
    *("подпись", "исполнитель", "отклонение", "deviation", "master", "signature"),
}


@lru_cache(maxsize=4096)
def heading_of(text: str) -> Heading | None:
    """What a heading names; None if it is no word for a field."""
    text = plain(text)
    if text not in _FIELDS and not unit_of_measure(text):
        text = text.rstrip(" .:*")
    if text in _FIELDS:
        return Heading(_FIELDS[text], through=text in _THROUGH)
    if unit_of_measure(text):
        named = text in _SENSE_OF
        return Heading("tonnes", unit=None if named else unit_of_measure(text), named_tonnes=named)
    after = _UNIT_AFTER.match(text)
    declared = unit_of_measure(after["unit"]) if after else None
    sense = _sense(after["name"] if after and declared else text)
    if sense is not None:
        return Heading("tonnes", sense, declared)
    # "Смена (1, 2)", "Дата, сутки": what stands after the word for the field explains it.
    more = _WITH_MORE.match(text) if declared is None else None
    return Heading(_FIELDS[more["name"]]) if more and more["name"] in _FIELDS else None


@dataclass(frozen=True, slots=True)
class NearHeading:
    """A heading that is a slip of a word for a field."""

    field: str
    word: str


@lru_cache(maxsize=4096)
def near_heading(text: str) -> NearHeading | None:
    """The word for a field of which a heading that nobody knows is a slip."""
    text = plain(text)
    after = _UNIT_AFTER.match(text)
    name = (after["name"] if after else text).strip(" .:*")
    if is_note(text) or is_note(name):
        return None
    word = near_word(name, _FIELDS)
    if word is not None:
        return NearHeading(_FIELDS[word], word)
    unknown = [part for part in _WORDS.findall(name) if part not in _SENSE_OF]
    word = near_word(unknown[0], _SENSE_OF) if len(unknown) == 1 else None
    return None if word is None else NearHeading("tonnes", name.replace(unknown[0], word))


def is_note(text: str) -> bool:
    """Whether a heading is one for notes, the number of a line or a signature: nothing that names a place."""
    return plain(text) in _NOTES or "%" in text


def speaks_of_plan(text: str) -> bool:
    """Whether a word of a heading says that it is a plan, whatever else it says."""
    return any(_SENSE_OF.get(word) is Sense.PLAN for word in _WORDS.findall(plain(text)))


def plain(text: object) -> str:
    """A heading in lower case, with single spaces."""
    return " ".join(str(text or "").strip().lower().replace("_", " ").split())


def _sense(name: str) -> Sense | None:
    """Of words that all speak of tonnes: "план", "план выпуска", "добыча (факт)"; None for anything else."""
    senses = {_SENSE_OF.get(word) for word in _WORDS.findall(_OF_A_DAY.sub(" ", name))}
    if not senses or None in senses or {Sense.PLAN, Sense.FACT} <= senses:
        return None
    return next(sense for sense in (Sense.PLAN, Sense.FACT, Sense.OUTPUT, Sense.AMOUNT) if sense in senses)
