"""The roster as the desk and the terminal show it, in one language. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dashboards.web.texts import text
from models.alerts.incident import Recipient
from models.alerts.numbers import local_time
from models.alerts.roster import DutyShift, Lack, Person, RosterWeek, calendar_of, fallback_key
from models.works.calendar import NS
from models.works.localize import Language, localize_day
from models.works.plant import Plant

Key = tuple[Recipient, int]
"""A duty, and when its shift begins (UTC seconds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterCell:
    """`shown`: the person, or why there is none. `seen`: the id of its entry. `title`: says duty and shift in full."""

    key: Key
    title: str
    person: str
    shown: str
    lack: Lack
    is_over: bool
    seen: int


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A shift, with a cell for each duty."""

    day: str
    clock: str
    runs: bool
    cells: tuple[RosterCell, ...]


@dataclass(frozen=True, slots=True)
class RosterTable:
    """Duties that change hands at the same times."""

    duties: tuple[str, ...]
    rows: tuple[RosterRow, ...]


def duty_name(duty: Recipient, plant: Plant, language: Language) -> str:
    """The role, and the shop if that has people of its own for it."""
    role, shop = text(f"role_{duty.role.value}", language), plant.shops.get(duty.shop)
    return f"{role}, {shop.names.get(language) or shop.names['en']}" if shop else role


def now_line(shift: DutyShift, zone: ZoneInfo, language: Language) -> str:
    """Who has the duty and until when, or who gets its messages and why."""
    if shift.lack is Lack.NOTHING:
        return text("roster_until", language).format(name=shift.name, at=_clock(shift.end_s, zone))
    why = lack_words(shift, language)
    return text("roster_fallback", language).format(why=why[:1].upper() + why[1:], key=fallback_key(shift.duty))


def lack_words(shift: DutyShift, language: Language) -> str:
    """Why its messages go to no person; "" if they do."""
    return text(f"lack_{shift.lack.value}", language).format(name=shift.name) if shift.lack else ""


def week_words(week: RosterWeek, language: Language) -> str:
    """From which day to which."""
    first, last = (localize_day(date.fromordinal(day), language) for day in (week.first, week.first + 6))
    return text("roster_week", language).format(first=first, last=last)


def gap_words(week: RosterWeek, language: Language) -> str:
    """How many shifts have nobody."""
    key = "roster_gaps" if week.gaps else "roster_no_gaps"
    return text(key, language).format(count=week.gaps)


def roster_tables(week: RosterWeek, plant: Plant, language: Language) -> list[RosterTable]:
    """The week, a table for duties of each calendar."""
    tables = []
    for calendar in dict.fromkeys(calendar_of(plant, duty) for duty in week.duties):
        duties = tuple(duty for duty in week.duties if calendar_of(plant, duty) == calendar)
        by_shift: dict[tuple[int, int], dict[Recipient, DutyShift]] = {}
        for shift in week.shifts:
            if shift.duty in duties:
                by_shift.setdefault((shift.day, shift.number), {})[shift.duty] = shift
        rows = [_row([found[duty] for duty in duties], week.now_s, plant, language) for found in by_shift.values()]
        tables.append(RosterTable(tuple(duty_name(duty, plant, language) for duty in duties), tuple(rows)))
    return tables


def choices(people: Iterable[Person], cell: RosterCell, language: Language) -> dict[str, str]:
    """By code, who can be chosen in a cell: nobody, the people, and who stands there already."""
    found = {"": text("roster_nobody", language)}
    found |= {person.code: _person(person, language) for person in people}
    if cell.person and cell.person not in found:
        found[cell.person] = cell.shown
    return found


def filled(week: RosterWeek, drafts: dict[Key, str]) -> dict[Key, str]:
    """Who had the shifts of the week before that are gaps now: to be looked at before it is saved."""
    known = {person.code for person in week.people if not person.disabled}
    before = {(shift.duty, shift.day + 7, shift.number): shift.person for shift in week.before}
    found = {}
    for shift in week.shifts:
        key = (shift.duty, shift.start_s)
        person = before.get((shift.duty, shift.day, shift.number), "")
        if not shift.person and not drafts.get(key) and shift.end_s > week.now_s and person in known:
            found[key] = person
    return found


def entered_lines(week: RosterWeek, plant: Plant, language: Language) -> list[tuple[str, ...]]:
    """When, who, which duty, which shift, whom: what was entered last."""
    names = {person.code: person.name for person in week.people}
    return [
        (
            local_time(entry.recorded_ns // NS, plant.zone, language),
            entry.author,
            duty_name(entry.duty, plant, language),
            local_time(entry.start_s, plant.zone, language),
            names.get(entry.person, entry.person) or text("roster_nobody", language),
        )
        for entry in week.changes
    ]


def _row(shifts: Sequence[DutyShift], now_s: int, plant: Plant, language: Language) -> RosterRow:
    first = shifts[0]
    zone = calendar_of(plant, first.duty).zone
    on = date.fromordinal(first.day)
    day = f"{text(f'weekday_{on.weekday()}', language)} {localize_day(on, language)}"
    clock = f"{_clock(first.start_s, zone)}\u2013{_clock(first.end_s, zone)}"
    cells = tuple(
        RosterCell(
            key=(shift.duty, shift.start_s),
            title=f"{duty_name(shift.duty, plant, language)}: {day}, {clock}",
            person=shift.person,
            shown=lack_words(shift, language) or shift.name,
            lack=shift.lack,
            is_over=shift.end_s <= now_s,
            seen=0 if shift.entry is None else shift.entry.id,
        )
        for shift in shifts
    )
    return RosterRow(day, clock, first.start_s <= now_s < first.end_s, cells)


def _person(person: Person, language: Language) -> str:
    if person.disabled:
        return text("lack_disabled", language).format(name=person.name)
    return person.name if person.has_address else text("lack_no_address", language).format(name=person.name)


def _clock(at_s: int, zone: ZoneInfo) -> str:
    return f"{datetime.fromtimestamp(at_s, UTC).astimezone(zone):%H:%M}"
