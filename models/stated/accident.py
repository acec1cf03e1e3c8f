"""What was said of accidents: who was hurt, when, where and why. A later word of a number stands in the place of an
earlier one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.works.calendar import production_day
from models.works.place import ALL
from models.works.plant import Calendar, Plant

BEING_ESTABLISHED = ""
"""The cause of an accident that is still investigated."""


@dataclass(frozen=True, slots=True)
class AccidentTerm:
    """A kind of accident, or a cause."""

    code: str
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        """The name in `language`; English if that one is not given."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True, slots=True)
class AccidentTerms:
    """From which people choose."""

    kinds: tuple[AccidentTerm, ...]
    causes: tuple[AccidentTerm, ...]

    def kind_name(self, code: str, language: str) -> str:
        """Its name; the code of one that the works no longer has."""
        return next((each.name(language) for each in self.kinds if each.code == code), code)

    def cause_name(self, code: str, language: str) -> str:
        """The same of a cause; "" for one that is still investigated."""
        return next((each.name(language) for each in self.causes if each.code == code), code)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccidentWord:
    """Of the accident that the works has under `number`: the instant `at_ns` (UTC) of the injury, the codes of its shop
    and unit (`models.works.place.ALL` for none), its kind and its cause.

    `victims`: people who could not work for a day or more; `fatal`: those of them who died. `days_lost` None: not
    known yet. `recorded_ns`: UTC; 0: not stored yet.
    """

    number: str
    at_ns: int
    shop: str
    unit: str
    kind: str
    cause: str
    victims: int
    fatal: int
    days_lost: int | None
    note: str
    author: str
    withdrawn: bool = False
    recorded_ns: int = 0

    def same_as(self, other: "AccidentWord") -> bool:
        """Whether both say the same, whoever said it."""
        return all(getattr(self, name) == getattr(other, name) for name in _SAID)

    def is_at(self, shop: str, unit: str) -> bool:
        """Whether it happened there. ALL: in any unit of the shop, in any shop."""
        return shop in (ALL, self.shop) and unit in (ALL, self.unit)


_SAID = ("number", "at_ns", "shop", "unit", "kind", "cause", "victims", "fatal", "days_lost", "note", "withdrawn")


def newest_accidents(words: Iterable[AccidentWord], known_ns: int | None = None) -> Mapping[str, AccidentWord]:
    """By number the word that holds, also of those that were withdrawn. `known_ns`: as it was known then (UTC ns);
    None: now. `words`: in the order of recording."""
    return {word.number: word for word in words if known_ns is None or word.recorded_ns <= known_ns}


def standing_accidents(words: Iterable[AccidentWord], known_ns: int | None = None) -> list[AccidentWord]:
    """Those that hold and were not withdrawn, by the instant of the injury."""
    found = (word for word in newest_accidents(words, known_ns).values() if not word.withdrawn)
    return sorted(found, key=lambda word: (word.at_ns, word.number))


def accident_day(plant: Plant, word: AccidentWord) -> int:
    """The production date (an ordinal) of the injury, by the calendar of its shop; else by the dates of the site."""
    return production_day(_calendar(plant, word.shop), word.at_ns).toordinal()


def days_without(plant: Plant, accidents: Iterable[AccidentWord], day: int) -> int | None:
    """How many production dates up to `day` (an ordinal, itself included) have passed since the newest accident with
    victims: 0 on its own date. None: none is on record, and since when there was none nobody knows."""
    days = [accident_day(plant, word) for word in accidents if word.victims]
    return min((day - each for each in days if each <= day), default=None)


def today_of(plant: Plant, shop: str, now_ns: int) -> int:
    """The production date (an ordinal) that runs in a shop; ALL: the date at the site."""
    return production_day(_calendar(plant, shop), now_ns).toordinal()


def _calendar(plant: Plant, shop: str) -> Calendar:
    return plant.shops[shop].calendar if shop in plant.shops else Calendar(zone=plant.zone)


def _term(code: str, en: str, ru: str, kk: str) -> AccidentTerm:
    return AccidentTerm(code, {"en": en, "ru": ru, "kk": kk})


USUAL_TERMS = AccidentTerms(
    kinds=(
        _term("fall_from_height", "Fall from a height", "Падение с высоты", "Биіктен құлау"),
        _term("fall_on_level", "Fall on the level", "Падение на ровной поверхности", "Тегіс жерде құлау"),
        _term("falling_object", "Falling object", "Падение предметов", "Заттың құлауы"),
        _term("rock_fall", "Fall of rock", "Обрушение горной массы", "Тау жынысының опырылуы"),
        _term(
            "moving_part", "Moving or rotating part", "Движущиеся и вращающиеся части", "Қозғалатын, айналатын бөлшек"
        ),
        _term("transport", "Transport", "Транспортное происшествие", "Көлік оқиғасы"),
        _term("electricity", "Electric shock", "Поражение электрическим током", "Электр тогының соғуы"),
        _term("burn", "Burn, hot metal or steam", "Ожог, расплав или пар", "Күйік, балқыма немесе бу"),
        _term("gas", "Gas poisoning or suffocation", "Отравление газом, удушье", "Газбен улану, тұншығу"),
        _term("explosion", "Explosion or fire", "Взрыв, вспышка, пожар", "Жарылыс, тұтану, өрт"),
        _term("other", "Other", "Прочее", "Басқа"),
    ),
    causes=(
        _term("organisation", "Organisation of the work", "Организация работ", "Жұмысты ұйымдастыру"),
        _term("rules", "Rules of safety not kept", "Нарушение правил безопасности", "Қауіпсіздік ережесін бұзу"),
        _term("technology", "Technology not kept", "Нарушение технологии", "Технологияны бұзу"),
        _term("equipment", "Faulty equipment", "Неисправность оборудования", "Жабдықтың ақауы"),
        _term("workplace", "State of the workplace", "Состояние рабочего места", "Жұмыс орнының жай-күйі"),
        _term("protection", "No protective equipment", "Без средств защиты", "Қорғаныш құралы болмаған"),
        _term("training", "Training and instruction", "Обучение и инструктаж", "Оқыту және нұсқама"),
        _term("other", "Other", "Прочее", "Басқа"),
    ),
)
"""What holds where plant.yaml gives no `accidents`."""
