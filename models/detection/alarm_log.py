"""From notices to alarms that began and ended. The same notice twice is one; what stands is no second alarm."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

from models.detection.alarm import HEARD, LONGEST_ID, AlarmNotice, PlantAlarm
from models.works.calendar import NS

EVENT_KEY = "event "
SAME_NS = 2 * NS
"""Two words on since when an alarm is active: the offset of its clock was measured anew between them, to within the
time that an answer takes."""
Last = Callable[[str], PlantAlarm | None]
UnitOf = Callable[[str, str], str]


@dataclass(slots=True)
class AlarmLog:
    """The alarms of one source within one step. `last`: the newest that is kept under a key; `unit_of`: the unit of
    (origin, name). `changed`: what is to be kept, by (key, start)."""

    source: str
    last: Last
    unit_of: UnitOf
    changed: dict[tuple[str, int], PlantAlarm] = field(default_factory=dict)
    _newest: dict[str, PlantAlarm] = field(default_factory=dict)

    def take(self, notices: Iterable[AlarmNotice]) -> None:
        """Take in notices, in the order they came."""
        for notice in notices:
            known = self._known(notice.condition) if notice.condition else None
            open_now = known if known is not None and known.end_ns is None else None
            if notice.is_alarm and notice.active:
                self._active(notice, known, open_now)
            elif open_now is not None:  # also where an alarm was switched off, which is no state any more
                self._end(open_now, notice)
            elif not notice.is_alarm:
                self._happened(notice)

    def stand(self, standing: Collection[str], open_now: Iterable[PlantAlarm], at_ns: int) -> None:
        """At `at_ns` the source said that these alone are active: the other alarms in `open_now` are over."""
        for stored in open_now:
            alarm = self._known(stored.key) or stored
            if alarm.end_ns is None and alarm.key not in standing:
                self._keep(replace(alarm, end_ns=max(at_ns, alarm.start_ns), ended_unseen=True))

    def _active(self, notice: AlarmNotice, known: PlantAlarm | None, open_now: PlantAlarm | None) -> None:
        if open_now is not None and not _is_another(notice, open_now):
            heard = _heard(open_now, notice)
            word = replace(open_now, message=notice.message, severity=notice.severity, acked=notice.acked, heard=heard)
            if word != open_now:
                self._keep(word)
            return
        since_ns = notice.since_ns if 0 < notice.since_ns <= notice.time_ns else notice.time_ns
        if open_now is not None:  # it ended and came again while nobody listened
            self._keep(replace(open_now, end_ns=max(since_ns, open_now.start_ns), ended_unseen=True))
            since_ns = max(since_ns, open_now.start_ns + 1)
        elif known is not None and known.end_ns is not None:
            if not notice.told_again and notice.event_id and notice.event_id in known.heard:
                return
            if notice.told_again and notice.since_ns and abs(notice.since_ns - known.told_ns) <= SAME_NS:
                self._keep(replace(known, end_ns=None, ended_unseen=False, heard=_heard(known, notice)))
                return
            since_ns = max(since_ns, known.end_ns, known.start_ns + 1)
        begun = self._begun(notice, notice.condition, since_ns)
        self._keep(replace(begun, acked=notice.acked, told_ns=notice.since_ns, heard=(notice.event_id,)))

    def _end(self, open_now: PlantAlarm, notice: AlarmNotice) -> None:
        # A clock that was set back between the two gives no alarm of less than no time.
        end_ns = max(notice.time_ns, open_now.start_ns)
        acked = open_now.acked if notice.acked is None else notice.acked
        self._keep(replace(open_now, end_ns=end_ns, acked=acked, heard=_heard(open_now, notice)))

    def _happened(self, notice: AlarmNotice) -> None:
        key = (EVENT_KEY + (notice.event_id or f"{notice.origin} {notice.name} {notice.time_ns}"))[:LONGEST_ID]
        if self._known(key) is None:
            at_once = self._begun(notice, key, notice.time_ns)
            self._keep(replace(at_once, end_ns=notice.time_ns, is_event=True))

    def _begun(self, notice: AlarmNotice, key: str, start_ns: int) -> PlantAlarm:
        return PlantAlarm(
            source=self.source,
            key=key,
            unit=self.unit_of(notice.origin, notice.name),
            origin=notice.origin,
            name=notice.name,
            message=notice.message,
            severity=notice.severity,
            start_ns=start_ns,
            end_ns=None,
        )

    def _known(self, key: str) -> PlantAlarm | None:
        if key not in self._newest and (stored := self.last(key)) is not None:
            self._newest[key] = stored
        return self._newest.get(key)

    def _keep(self, alarm: PlantAlarm) -> None:
        self.changed[alarm.key, alarm.start_ns] = alarm
        self._newest[alarm.key] = alarm


def _is_another(notice: AlarmNotice, open_now: PlantAlarm) -> bool:
    """Whether an alarm that stands, as the source says when asked, became active anew since it was kept. What comes by
    itself says each end itself."""
    both = notice.since_ns and open_now.told_ns
    return notice.told_again and bool(both) and notice.since_ns > open_now.told_ns + SAME_NS


def _heard(alarm: PlantAlarm, notice: AlarmNotice) -> tuple[str, ...]:
    return (*(name for name in alarm.heard if name != notice.event_id), notice.event_id)[-HEARD:]
