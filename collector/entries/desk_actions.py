"""What people do at the desk, in the ledger: with the rights of who does it, and in that person's name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from collector.entries import alerts, held_readings, joined_stops, mutes, project_desk, project_withdrawal, stop_reasons
from collector.entries.entry_file import EntryFile
from collector.entries.entry_texts import entry_text
from collector.errors import CollectorError, EntryRefused, ToConfirm
from collector.storage.ledger import incidents
from models.access.desk_actions import ActionRefused
from models.access.unit_right import may_for_unit
from models.access.user import Right, User
from models.alerts.incident_record import ListedIncident
from models.stated.stated_thing import StatedThing
from models.stated.stop_reason import StopPart, StopReason, StopSeen, StopStatement
from models.tables.held_reading import HeldReading
from models.tables.reasoned_stop import ReasonedStop
from models.works.calendar import NS

Result = TypeVar("Result")

LONGEST = 500
"""Letters of a note or a reason: as on the command line."""
LONGEST_MUTE_H = 7 * 24
"""A week: what nobody wants to hear of for longer is a matter of configuration."""


class DeskEntries:
    """Fulfils `models.access.desk_actions.DeskActions`."""

    def __init__(self, entries: EntryFile) -> None:
        self._entries = entries

    def incidents(self, *, ended: bool) -> Sequence[ListedIncident]:
        """See `DeskActions`."""
        return asked(lambda: alerts.listed(self._entries, ended=ended))

    def acknowledge(self, user: User, number: int, note: str) -> None:
        """See `DeskActions`."""
        self._may_act(user, number)
        asked(lambda: alerts.acknowledge(self._entries, number, by=user.author, note=bounded(note)))

    def mute(self, user: User, number: int, hours: int, reason: str) -> None:
        """See `DeskActions`."""
        self._may_act(user, number)
        reason = bounded(reason)
        if not reason:
            raise refused("reason_missing")
        until_s = self._entries.clock_ns() // NS + 3600 * min(max(hours, 1), LONGEST_MUTE_H)
        asked(lambda: mutes.mute(self._entries, number, until_s, by=user.author, reason=reason))

    def unmute(self, user: User, number: int) -> None:
        """See `DeskActions`."""
        self._may_act(user, number)
        asked(lambda: mutes.unmute(self._entries, number, by=user.author))

    def stops(self, start_s: int, end_s: int) -> Sequence[ReasonedStop]:
        """See `DeskActions`."""
        return asked(lambda: stop_reasons.listed(self._entries, start_s, end_s))

    def held_readings(self, *, settled: bool) -> Sequence[HeldReading]:
        """See `DeskActions`."""
        return asked(lambda: held_readings.listed(self._entries, settled=settled))

    def replay(self, user: User, name: str, value: str) -> None:
        """See `DeskActions`."""
        self._may_correct(user, name)
        asked(lambda: held_readings.replay(self._entries, name, bounded(value), by=user.author))

    def drop(self, user: User, name: str) -> None:
        """See `DeskActions`."""
        self._may_correct(user, name)
        asked(lambda: held_readings.drop(self._entries, name, by=user.author))

    def stop_reasons(self) -> Sequence[StopReason]:
        """See `DeskActions`."""
        return self._entries.settings.stop_reasons

    def state_reasons(self, user: User, stop: StopStatement) -> None:
        """See `DeskActions`."""
        self._may_name(user, stop.unit)
        parts = tuple(StopPart(part.from_s, part.reason, bounded(part.comment)) for part in stop.parts)
        asked(lambda: stop_reasons.state_reasons(self._entries, replace(stop, parts=parts, author=user.author)))

    def state_project_month(self, user: User, cells: Mapping[str, str], *, confirmed: bool) -> bool:
        """See `DeskActions`."""
        self._may_plan_works(user)
        typed = {name: bounded(content) for name, content in cells.items()}
        done = asked(lambda: project_desk.state_month(self._entries, typed, user.author, confirmed=confirmed))
        return bool(done.older)

    def state_milestone(self, user: User, cells: Mapping[str, str]) -> bool:
        """See `DeskActions`."""
        self._may_plan_works(user)
        typed = {name: bounded(content) for name, content in cells.items()}
        return bool(asked(lambda: project_desk.state_milestone(self._entries, typed, user.author)).older)

    def stated_of_project(self, project: str) -> Sequence[StatedThing]:
        """See `DeskActions`."""
        return asked(lambda: project_withdrawal.things_of(self._entries, project))

    def withdraw_of_project(self, user: User, thing: StatedThing) -> None:
        """See `DeskActions`."""
        self._may_plan_works(user)
        asked(lambda: project_withdrawal.withdraw(self._entries, thing, user.author, thing.seen_ns))

    def join_stops(self, user: User, first: StopSeen, second: StopSeen) -> None:
        """See `DeskActions`."""
        for unit in (first.unit, second.unit):
            self._may_name(user, unit)
        asked(lambda: joined_stops.join(self._entries, first, second, user.author))

    def separate_stop(self, user: User, stop: StopSeen, at_s: int) -> None:
        """See `DeskActions`."""
        self._may_name(user, stop.unit)
        asked(lambda: joined_stops.separate(self._entries, stop, at_s, user.author))

    def _may_plan_works(self, user: User) -> None:
        # A project is of the works: a planner of some shops answers for none.
        if not user.may(Right.PLAN):
            raise refused("not_your_right")

    def _may_name(self, user: User, unit: str) -> None:
        if not may_for_unit(user, Right.NAME_REASONS, self._entries.plant, unit):
            raise refused("not_your_right")

    def _may_correct(self, user: User, name: str) -> None:
        found = asked(lambda: held_readings.found(self._entries, name))
        tag = self._entries.plant.tag_index().get(found.rejection.tag)
        code = "" if tag is None else self._entries.plant.tags[tag].unit
        if not may_for_unit(user, Right.CORRECT, self._entries.plant, code):
            raise refused("not_your_right")

    def _may_act(self, user: User, number: int) -> None:
        found = asked(lambda: self._entries.read(lambda connection: incidents.incident(connection, number)))
        code = "" if found is None else found.root.finding.unit
        if not may_for_unit(user, Right.ACT_ON_ALERTS, self._entries.plant, code):
            raise refused("not_your_right")


def bounded(words: str) -> str:
    """One line, without what a terminal or a mail would take for a command."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())[:LONGEST]


def asked(call: Callable[[], Result]) -> Result:
    """Raises ActionRefused for what the ledger refuses or cannot store."""
    try:
        return call()
    except EntryRefused as error:
        by_field = {field: why.told for field, why in error.by_field.items()}
        raise ActionRefused(error.told, by_field=by_field, asks=isinstance(error, ToConfirm)) from error
    except CollectorError as error:
        raise ActionRefused(error.told) from error


def refused(key: str) -> ActionRefused:
    return ActionRefused(entry_text(key).told)
