"""Who stated what of projects, indicators and accidents, with what stood before and what became of it. SQL, no threads.

What was stated is read as a whole: whether a word holds is known by those around it, and a works has some thousands.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice

import apsw

from collector.storage.ledger import accidents, measures, milestones
from models.access.recorded_change import ActKind, ChangedField, RecordedChange
from models.stated.accident import AccidentWord
from models.stated.measure import StatedMeasure
from models.stated.milestone_word import MilestoneWord
from models.stated.stated_act import StatedAct, stated_acts
from models.works.calendar import stamp_ns
from models.works.plant import Plant


def measure_changes(connection: apsw.Connection, plant: Plant, limit: int) -> Iterator[RecordedChange]:
    """Numbers of projects, of indicators, and of people and hours, the newest first."""
    acts = stated_acts(measures.read(connection, {}))
    return (_number(plant, act) for act in islice(reversed(acts), limit))


def milestone_changes(connection: apsw.Connection, _: Plant, limit: int) -> Iterator[RecordedChange]:
    """Words of milestones, the newest first."""
    acts = stated_acts(milestones.read(connection, {}))
    return (_step(act) for act in islice(reversed(acts), limit))


def accident_changes(connection: apsw.Connection, _: Plant, limit: int) -> Iterator[RecordedChange]:
    """Words of accidents, the newest first: of one that is corrected the fields that became others."""
    stands: dict[str, AccidentWord] = {}
    found = []
    for word in accidents.read(connection):
        old = stands.get(word.number)
        found.append(_accident(word, None if old is None or old.withdrawn else old))
        stands[word.number] = word
    return islice(reversed(found), limit)


def _number(plant: Plant, act: StatedAct[StatedMeasure]) -> RecordedChange:
    word, before = act.word, act.before
    values = ChangedField(word.kind.value, _value(before), _value(word))
    growth = ChangedField("growth", _growth(before), _growth(word))
    return RecordedChange(
        recorded_ns=word.recorded_ns,
        author=word.author,
        kind=ActKind.MEASURE,
        done=act.effect.value,
        subject=word.subject,
        start_ns=stamp_ns(plant.zone, date.fromordinal(word.start)),
        end_ns=stamp_ns(plant.zone, date.fromordinal(word.end)),
        fields=(values, growth) if growth.before or growth.after else (values,),
        note=word.source,
    )


def _value(word: StatedMeasure | None) -> str:
    return "" if word is None or word.withdrawn else str(word.value)


def _growth(word: StatedMeasure | None) -> str:
    return "" if word is None or word.withdrawn or word.growth_pct is None else str(word.growth_pct)


def _step(act: StatedAct[MilestoneWord]) -> RecordedChange:
    word, before = act.word, act.before
    days = (
        ChangedField("forecast", _day(None if before is None else before.forecast), _day(word.forecast)),
        ChangedField("fact", _day(None if before is None else before.fact), _day(word.fact)),
    )
    return RecordedChange(
        recorded_ns=word.recorded_ns,
        author=word.author,
        kind=ActKind.MILESTONE,
        done=act.effect.value,
        subject=word.project,
        part=word.milestone,
        fields=tuple(each for each in days if each.before or each.after),
        note=word.source,
    )


def _day(day: int | None) -> str:
    return "" if day is None else date.fromordinal(day).isoformat()


def _accident(word: AccidentWord, old: AccidentWord | None) -> RecordedChange:
    done = "withdrawn" if word.withdrawn else "entered" if old is None else "corrected"
    names = [name for name in accidents.COLUMNS if name not in ("number", "author", "withdrawn", "recorded_ns", "unit")]
    if done != "corrected":
        names = ["victims", "fatal"]
    fields = [
        ChangedField(name, "" if old is None else _said(old, name), "" if word.withdrawn else _said(word, name))
        for name in names
    ]
    return RecordedChange(
        recorded_ns=word.recorded_ns,
        author=word.author,
        kind=ActKind.ACCIDENT,
        done=done,
        shop=word.shop,
        unit=word.unit,
        start_ns=word.at_ns,
        fields=tuple(each for each in fields if each.before != each.after),
        note=f"{word.number}: {word.note}" if word.note else word.number,
    )


def _said(word: AccidentWord, name: str) -> str:
    value = f"{word.shop}/{word.unit}" if name == "shop" else getattr(word, name)
    return "" if value is None else str(value)
