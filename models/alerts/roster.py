"""Who has which duty in which shift: a message to a duty goes to that person. Pure.

A duty is a role that the configuration notifies, of the works or of a shop. Its shifts are those of its shop; those of
the works are of the calendar that most shops keep.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from models.alerts.incident import Recipient, Role
from models.alerts.policy import Policy
from models.works.calendar import NS, production_day, shift_bounds, shifts_of
from models.works.plant import Calendar, Plant

WEEK = 7


class Lack(StrEnum):
    """Why a message to a duty goes to the receivers of the configuration, and not to a person."""

    NOTHING = ""
    NOBODY = "nobody"
    DISABLED = "disabled"
    NO_ADDRESS = "no_address"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who can have a duty. `code`: as in the configuration, what the person signs in with at the desk."""

    code: str
    name: str
    has_address: bool
    disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyEntry:
    """What somebody entered: from `start_s` (UTC seconds, the begin of a shift) on, `person` ("": nobody) has it."""

    id: int
    duty: Recipient
    start_s: int
    person: str
    author: str
    recorded_ns: int


@dataclass(frozen=True, slots=True)
class DutyChange:
    """What somebody wants to enter. `seen`: the id of the entry that the person saw there, 0 for none."""

    duty: Recipient
    start_s: int
    person: str
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyShift:
    """A duty in one shift, [start_s, end_s) in UTC seconds; `day`: the ordinal of its production date, `number`: of the
    shift in it, from 1 on. `name`: of the person, or the code of one whom the configuration does not know ("":
    nobody). `entry` None: nothing was ever entered."""

    duty: Recipient
    day: int
    number: int
    start_s: int
    end_s: int
    name: str
    lack: Lack
    entry: DutyEntry | None

    @property
    def person(self) -> str:
        """The code of the person; "": nobody."""
        return "" if self.entry is None else self.entry.person


@dataclass(frozen=True, slots=True)
class Roster:
    """`entries`: the newest of each duty and shift, by both. `people`: by code. `unread`: it could not be read now."""

    entries: Mapping[tuple[Recipient, int], DutyEntry] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    unread: bool = False

    def of_shift(self, duty: Recipient, place: tuple[int, int], span_ns: tuple[int, int]) -> DutyShift:
        """Who has it. `place`: the ordinal of the production date, and the number of the shift in it."""
        start_s, end_s = (at_ns // NS for at_ns in span_ns)
        entry = self.entries.get((duty, start_s))
        code = "" if entry is None else entry.person
        person = self.people.get(code)
        return DutyShift(
            duty=duty,
            day=place[0],
            number=place[1],
            start_s=start_s,
            end_s=end_s,
            name=code if person is None else person.name,
            lack=Lack.UNREAD if self.unread else _lack(code, person),
            entry=entry,
        )

    def at(self, plant: Plant, duty: Recipient, at_ns: int) -> DutyShift:
        """Who has a duty at an instant (UTC ns)."""
        calendar = calendar_of(plant, duty)
        day, span = production_day(calendar, at_ns), shift_bounds(calendar, at_ns)
        return self.of_shift(duty, (day.toordinal(), shifts_of(calendar, day).index(span) + 1), span)

    def days(self, plant: Plant, duty: Recipient, first: int, count: int = WEEK) -> Iterator[DutyShift]:
        """The shifts of `count` production dates from `first` (an ordinal) on."""
        calendar = calendar_of(plant, duty)
        for day in range(first, first + count):
            for number, span in enumerate(shifts_of(calendar, date.fromordinal(day)), start=1):
                yield self.of_shift(duty, (day, number), span)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterWeek:
    """A week from Monday `first` (an ordinal) on, and who is on duty now. `before`: the week before it. `changes`: the
    newest entries of all, the newest first. `named`: whether the configuration names people at all."""

    first: int
    duties: tuple[Recipient, ...]
    people: tuple[Person, ...]
    now: tuple[DutyShift, ...]
    shifts: tuple[DutyShift, ...]
    before: tuple[DutyShift, ...]
    changes: tuple[DutyEntry, ...]
    now_s: int

    @property
    def named(self) -> bool:
        """Whether there is anybody who could have a duty."""
        return bool(self.people)

    @property
    def gaps(self) -> int:
        """Shifts that run or are to come, and whose messages go to no person."""
        return sum(shift.lack is not Lack.NOTHING and shift.end_s > self.now_s for shift in self.shifts)


def duties_of(policy: Policy) -> tuple[Recipient, ...]:
    """The duties that people can have, in the order of their roles; none where Tundish notifies nobody. The digest has
    readers, and no shifts."""
    if not policy.sends:
        return ()
    roles = tuple(Role)
    found = (recipient for recipient in policy.recipients if recipient.role is not Role.DIGEST)
    return tuple(sorted(found, key=lambda recipient: (roles.index(recipient.role), recipient.shop)))


def calendar_of(plant: Plant, duty: Recipient) -> Calendar:
    """By which shifts a duty changes hands."""
    shop = plant.shops.get(duty.shop)
    if shop is not None:
        return shop.calendar
    counts = Counter(shop.calendar for shop in plant.shops.values())
    return counts.most_common(1)[0][0]


def newest_entries(entries: Iterable[DutyEntry]) -> dict[tuple[Recipient, int], DutyEntry]:
    """The newest of each duty and shift."""
    return {(entry.duty, entry.start_s): entry for entry in sorted(entries, key=lambda entry: entry.id)}


def monday_of(day: int) -> int:
    """The ordinal of the Monday of the week that holds `day` (an ordinal)."""
    return day - date.fromordinal(day).weekday()


def fallback_key(duty: Recipient) -> str:
    """Where the configuration names the receivers of a duty."""
    return f"alerts.shops.{duty.shop}.{duty.role.value}" if duty.shop else f"alerts.roles.{duty.role.value}"


def clash(change: DutyChange, newest: DutyEntry | None) -> DutyEntry | None:
    """What somebody else entered meanwhile; None: nothing, or the same."""
    if newest is None or newest.id == change.seen or newest.person == change.person:
        return None
    return newest


def shifts_known(plant: Plant, change: DutyChange, days: Sequence[int]) -> DutyShift | None:
    """The shift that a change is of, among those of `days` (ordinals); None: there is none that begins then."""
    empty = Roster()
    found = (shift for day in days for shift in empty.days(plant, change.duty, day, 1))
    return next((shift for shift in found if shift.start_s == change.start_s), None)


def _lack(code: str, person: Person | None) -> Lack:
    if not code:
        return Lack.NOBODY
    if person is None or not person.has_address:
        return Lack.DISABLED if person is not None and person.disabled else Lack.NO_ADDRESS
    return Lack.DISABLED if person.disabled else Lack.NOTHING
