"""The roster as people look at it and enter it: a week by shift, who is on duty now, and what was entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from collector.access.roster_file import RosterFile
from collector.alerts.duty_roster import DutyRoster
from collector.config.settings import Settings
from collector.entries.alert_entry_texts import alert_entry_text
from collector.errors import EntryRefused
from collector.sentence import FilledText
from models.alerts.incident import Recipient
from models.alerts.roster import WEEK, DutyChange, DutyEntry, DutyShift, RosterWeek, duties_of, monday_of, shifts_known
from models.alerts.texts import TEXTS
from models.works.calendar import NS, local_date
from models.works.localize import Language
from models.works.plant import Plant

MOST_AT_ONCE = 1000
"""Changes of one save: a week of every duty of a large works."""
NEWEST = 30
FARTHEST_S = 2 * 366 * 86_400
"""Nobody plans duties for longer. A judgement."""
_MARGIN_S = 3 * 86_400
"""Shifts of a date begin within so much of its midnight, in any zone."""


@dataclass(frozen=True, slots=True)
class _NamedShift:
    """A duty and its shift, as each language names it."""

    plant: Plant
    duty: Recipient
    start_s: int

    def told(self, language: Language) -> str:
        shop = self.plant.shops.get(self.duty.shop)
        role = TEXTS[f"role_{self.duty.role.value}"][language]
        of = f", {shop.names.get(language) or shop.names['en']}" if shop else ""
        at = datetime.fromtimestamp(self.start_s, self.plant.zone)
        return f"{role}{of}, {at:%Y-%m-%d %H:%M}" if language == "en" else f"{role}{of}, {at:%d.%m.%Y %H:%M}"


def roster_week(settings: Settings, day: int | None, clock_ns: int) -> RosterWeek:
    """The week that holds `day` (an ordinal; None: today). Raises CollectorError if it cannot be read."""
    plant, policy = settings.plant, settings.alerts.policy
    first = monday_of(local_date(plant.zone, clock_ns).toordinal() if day is None else day)
    start_s = _midnight_s(first - WEEK)
    roster = DutyRoster(plant, settings.alerts, settings.data_dir)
    entered = roster.between(start_s - _MARGIN_S, start_s + 2 * WEEK * 86_400 + _MARGIN_S)
    duties = duties_of(policy)
    return RosterWeek(
        first=first,
        duties=duties,
        people=tuple(sorted(entered.people.values(), key=lambda person: (person.name, person.code))),
        now=tuple(roster.now(clock_ns)),
        shifts=tuple(shift for duty in duties for shift in entered.days(plant, duty, first)),
        before=tuple(shift for duty in duties for shift in entered.days(plant, duty, first - WEEK)),
        changes=tuple(RosterFile(settings.data_dir).newest(NEWEST)),
        now_s=clock_ns // NS,
    )


def enter_duties(settings: Settings, changes: Sequence[DutyChange], author: str, clock_ns: int) -> int:
    """Enter all or none; how many say something new. Raises EntryRefused, in words."""
    plant = settings.plant
    if len(changes) > MOST_AT_ONCE:
        raise EntryRefused(alert_entry_text("roster_too_many", count=len(changes), most=MOST_AT_ONCE))
    for change in changes:
        shift = _known(settings, change, clock_ns // NS)
        if shift is None:
            raise EntryRefused(alert_entry_text("roster_no_shift"))
        if shift.end_s <= clock_ns // NS:
            name = _NamedShift(plant, change.duty, change.start_s)
            raise EntryRefused(alert_entry_text("roster_over", shift=name))
        if change.person and change.person not in settings.alerts.people:
            raise EntryRefused(alert_entry_text("roster_no_person", person=change.person))

    def refusal(other: DutyEntry) -> FilledText:
        person = settings.alerts.people.get(other.person)
        return alert_entry_text(
            "roster_clash" if other.person else "roster_emptied",
            shift=_NamedShift(plant, other.duty, other.start_s),
            person=person.name if person else other.person,
            author=other.author,
            at=f"{datetime.fromtimestamp(other.recorded_ns // NS, plant.zone):%H:%M}",
        )

    return RosterFile(settings.data_dir, lambda: clock_ns).enter(changes, author, refusal)


def _known(settings: Settings, change: DutyChange, now_s: int) -> DutyShift | None:
    if change.duty not in duties_of(settings.alerts.policy) or abs(change.start_s - now_s) > FARTHEST_S:
        return None
    day = local_date(settings.plant.zone, change.start_s * NS).toordinal()
    return shifts_known(settings.plant, change, (day - 1, day, day + 1))


def _midnight_s(day: int) -> int:
    return (day - datetime(1970, 1, 1).toordinal()) * 86_400  # noqa: DTZ001 - an ordinal has no zone
