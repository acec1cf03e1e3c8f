"""How people sign the figures of a day, in the ledger: with the rights of who does it, and in that person's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import apsw

from collector.entries import held_readings
from collector.entries.desk_actions import asked as answered
from collector.entries.desk_actions import bounded
from collector.entries.entry_file import EntryFile
from collector.entries.sign_texts import sign_text
from collector.errors import EntryRefused
from collector.sentence import FilledText
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import signatures, signed_rows, stop_reasons
from models.access.desk_actions import ActionRefused
from models.access.sign_desk import AskedSignature, DayToSign, ScopeToSign, UnusualOfScope, may_sign
from models.access.user import User, author_of
from models.stated.signature import WORKS, DaySignature, JudgedScope, SignatureState
from models.stated.stop_reason import UNNAMED
from models.tables.held_reading import HeldReading
from models.tables.reasoned_stop import spans_within
from models.works.calendar import NS, day_bounds
from models.works.localize import Language
from models.works.plant import Plant

WHOLE_PCT = 100.0


class LedgerSignDesk:
    """Fulfils `models.access.sign_desk.SignDesk`."""

    def __init__(self, entries: EntryFile) -> None:
        self._entries = entries

    def day(self, day: int) -> DayToSign:
        """See `SignDesk`."""
        held = answered(lambda: held_readings.listed(self._entries, settled=False))
        return answered(lambda: self._entries.look(lambda connection: self._read(connection, day, held)))

    def sign(self, user: User, asked: AskedSignature) -> DaySignature:
        """See `SignDesk`."""
        known = asked.scope == WORKS or asked.scope in self._entries.plant.shops
        if not (known and may_sign(user, asked.scope)):
            raise _refused(sign_text("sign_works_whose" if asked.scope == WORKS else "sign_shop_whose"))
        return answered(lambda: self._entries.write(lambda connection: self._sign(connection, user, asked)))

    def _sign(self, connection: apsw.Connection, user: User, asked: AskedSignature) -> DaySignature:
        """In one transaction: nobody can change the figures, or sign them, between the look and the signature."""
        plant, day = self._entries.plant, date.fromordinal(asked.day)
        now_ns, over_ns = self._entries.clock_ns(), _over_ns(plant, asked.day)
        if now_ns < over_ns:
            raise EntryRefused(sign_text("sign_not_over", day=day, over=_at(plant, over_ns)))
        found = {each.scope: each for each in signatures.judged_day(connection, plant, asked.day)}
        scope = found.get(asked.scope)
        if scope is None or not scope.lines:
            raise EntryRefused(sign_text("sign_nothing", day=day))
        if scope.state is SignatureState.COUNTING:
            raise EntryRefused(sign_text("sign_counting"))
        if scope.state is SignatureState.HOLDS and scope.signature is not None:
            signed = scope.signature
            name = _author(signed)
            raise EntryRefused(sign_text("sign_already", name=name, at=_at(plant, signed.recorded_ns)))
        if scope.unsigned:
            raise EntryRefused(
                sign_text("sign_shops_first", shops=tuple(_Shop(plant, code) for code in scope.unsigned))
            )
        if scope.seen != asked.seen:
            raise EntryRefused(sign_text("sign_meanwhile"))
        given = DaySignature(
            day=asked.day,
            scope=asked.scope,
            user=user.name,
            full_name=user.full_name,
            note=bounded(asked.note),
            recorded_ns=now_ns,
            lines=scope.lines,
            shops=scope.rests,
        )
        signed = signatures.add(connection, given, now_ns)
        signed_rows.show(connection, plant, asked.day)
        return signed

    def _read(self, connection: apsw.Connection, day: int, held: Sequence[HeldReading]) -> DayToSign:
        plant = self._entries.plant
        over_ns = _over_ns(plant, day)
        scopes = signatures.judged_day(connection, plant, day)
        hours = {scope.scope: _unreasoned_h(connection, plant, scope.scope, day) for scope in scopes}
        waiting = {scope.scope: _held(plant, scope.scope, day, held) for scope in scopes}
        found = tuple(ScopeToSign(scope, _unusual(scope, hours[scope.scope], waiting[scope.scope])) for scope in scopes)
        return DayToSign(day, over_ns, over_ns <= self._entries.clock_ns(), found)


@dataclass(frozen=True, slots=True)
class _Shop:
    """The name of a shop in the language of whoever reads it."""

    plant: Plant
    code: str

    def told(self, language: Language) -> str:
        names: Mapping[str, str] = self.plant.shops[self.code].names
        return names.get(language) or names["en"]


def _refused(why: FilledText) -> ActionRefused:
    return ActionRefused(why.told)


def _author(signed: DaySignature) -> str:
    return author_of(signed.user, signed.full_name)


def _at(plant: Plant, instant_ns: int) -> datetime:
    return datetime.fromtimestamp(instant_ns // NS, UTC).astimezone(plant.zone)


def _over_ns(plant: Plant, day: int) -> int:
    """When a production date is over in the last of the shops: a total of the works has all of them."""
    return max(day_bounds(shop.calendar, date.fromordinal(day))[1] for shop in plant.shops.values())


def _unusual(scope: JudgedScope, unreasoned_h: float, held: int) -> UnusualOfScope:
    if scope.scope == WORKS:  # its shops say it, each beside its own signature
        return UnusualOfScope()
    known: dict[str, float] = {}
    for line in scope.lines:
        if line.level == "unit" and line.completeness_pct is not None and line.grams is not None:
            known[line.unit] = min(known.get(line.unit, WHOLE_PCT), line.completeness_pct)
    return UnusualOfScope(
        incomplete=tuple((unit, pct) for unit, pct in sorted(known.items()) if pct < WHOLE_PCT),
        without_figure=tuple(
            (line.unit, line.product) for line in scope.lines if line.level == "unit" and line.grams is None
        ),
        unreasoned_h=unreasoned_h,
        held=held,
    )


def _bounds(plant: Plant, scope: str, day: int) -> tuple[int, int]:
    return day_bounds(plant.shops[scope].calendar, date.fromordinal(day))


def _unreasoned_h(connection: apsw.Connection, plant: Plant, scope: str, day: int) -> float:
    """Hours for which units of a shop stood in the day and nobody said why."""
    if scope == WORKS:
        return 0.0
    start_s, end_s = (edge // NS for edge in _bounds(plant, scope, day))
    drops = [
        drop
        for drop in ledger_detection.drops(connection, start_s, end_s)
        if drop.stands and drop.unit in plant.units and plant.units[drop.unit].shop == scope
    ]
    spans = spans_within(stop_reasons.reasoned(connection, drops), start_s, end_s)
    return sum(span.end_s - span.start_s for span in spans if span.reason == UNNAMED) / 3600


def _held(plant: Plant, scope: str, day: int, held: Sequence[HeldReading]) -> int:
    """How many causes wait for a decision of which a reading lies in the day of a shop."""
    if scope == WORKS:
        return 0
    start_ns, end_ns = _bounds(plant, scope, day)
    index = plant.tag_index()
    ours = {
        name
        for name, at in index.items()
        if plant.tags[at].unit in plant.units and plant.units[plant.tags[at].unit].shop == scope
    }
    return sum(item.rejection.tag in ours and item.first_ns < end_ns and item.last_ns >= start_ns for item in held)
