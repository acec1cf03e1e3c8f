"""A small works, short ways to make findings, and a log of incidents that is kept as the ledger keeps it."""

from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from models.alerts.advance import AlertState, Decisions, advance
from models.alerts.budget import Held, Queued
from models.alerts.incident import AuditEvent, EventKind, Incident, IncidentState, MessageKind, Recipient, Role
from models.alerts.messages import Draft
from models.alerts.policy import Policy
from models.detection.finding import Finding, FindingKind
from models.works.plant import Calendar, Plant, Product, Shop, Unit

ZONE = ZoneInfo("Asia/Almaty")
NOON_S = 1_790_751_600
"""2026-09-30 12:00 in Almaty."""
MINUTE = 60
EVERYBODY = frozenset(Recipient(role) for role in Role)
STOP, SLOW, STALE, DRIFT = FindingKind.STOP, FindingKind.SLOW, FindingKind.STALE, FindingKind.DRIFT
METER = FindingKind.METER

_UNITS = {
    "bf3": ("furnaces", {"en": "BF 3", "ru": "Доменная печь 3", "kk": "3-домна пеші"}),
    "bof": ("steel", {"en": "BOF shop", "ru": "Конвертерный цех", "kk": "Конвертер цехы"}),
    "cast1": ("steel", {"en": "Caster 1", "ru": "МНЛЗ-1", "kk": "МНЛЗ-1"}),
    "hsm": ("rolling", {"en": "Hot strip mill", "ru": "Стан горячей прокатки", "kk": "Ыстық илемдеу орнағы"}),
}


def plant(*, simulated: bool = False) -> Plant:
    return Plant(
        site="works",
        site_names={"en": "Works", "ru": "Комбинат", "kk": "Комбинат"},
        zone=ZONE,
        simulated=simulated,
        shops={shop: Shop(code=shop, names={"en": shop}, calendar=Calendar(zone=ZONE)) for shop, _ in _UNITS.values()},
        units={code: Unit(code=code, shop=shop, kind="any", names=names) for code, (shop, names) in _UNITS.items()},
        products={
            "pig_iron": Product(
                code="pig_iron", names={"en": "Pig iron", "ru": "Чугун", "kk": "Шойын"}, definition="d", basis="liquid"
            ),
            "steel": Product(
                code="steel", names={"en": "Steel", "ru": "Сталь", "kk": "Болат"}, definition="d", basis="liquid"
            ),
        },
        reported=(),
        tags=(),
    )


def finding(kind: FindingKind, unit: str, severity: int, **more: Any) -> Finding:  # noqa: ANN401 - any field
    fields: dict[str, Any] = {
        "shop": _UNITS[unit][0] if unit in _UNITS else "all",
        "product": "pig_iron",
        "since_s": NOON_S - 300,
        "found_s": NOON_S,
        "evidence": {"en": f"{unit} evidence", "ru": f"{unit} основание", "kk": f"{unit} негіздеме"},
    }
    return Finding(kind=kind, unit=unit, severity=severity, **(fields | more))


FURNACE_STOPS = finding(STOP, "bf3", 1, lost_t=250.4, ahead_t={"steel": 1240.0})
MILL_SLOW = finding(SLOW, "hsm", 2)


def policy(**more: Any) -> Policy:  # noqa: ANN401 - any field
    return Policy(**({"sends": True, "zone": ZONE, "recipients": EVERYBODY} | more))


@dataclass
class Log:
    """Steps through time. Everything is kept as the ledger would keep it."""

    rules: Policy = field(default_factory=policy)
    incidents: dict[int, Incident] = field(default_factory=dict)
    events: list[AuditEvent] = field(default_factory=list)
    sent: list[Draft] = field(default_factory=list)
    queued: list[Queued] = field(default_factory=list)
    held: list[tuple[Recipient, bool, int]] = field(default_factory=list)
    unit_mutes: dict[str, int] = field(default_factory=dict)
    recorded_s: int = 0
    before_s: int | None = None

    def step(self, at_s: int, *findings: Finding, certain: bool = True) -> list[Draft]:
        """The messages that this step queued."""
        now_s = max(self.recorded_s, at_s)
        decided = advance(self._state(at_s), findings, self.rules, clock_s=at_s, certain=certain)
        self.before_s = at_s
        if decided.incidents or decided.events:
            self.recorded_s = now_s
        self._keep(decided, at_s)
        return [draft for draft in decided.messages if not draft.held]

    def restarted(self) -> "Log":
        self.before_s = None
        return self

    def open(self) -> list[Incident]:
        return [incident for incident in self.incidents.values() if incident.is_open]

    def acknowledge(self, number: int, by: str = "Aigul") -> None:
        self.incidents[number] = replace(
            self.incidents[number],
            state=IncidentState.ACKNOWLEDGED,
            acknowledged_by=by,
            acknowledged_s=self.recorded_s,
        )

    def kinds(self, number: int) -> list[EventKind]:
        """What the audit says about an incident."""
        return [event.kind for event in self.events if event.incident == number]

    def _state(self, clock_s: int) -> AlertState:
        held: dict[tuple[Recipient, bool], list[int]] = {}
        for recipient, urgent, at_s in self.held:
            held.setdefault((recipient, urgent), []).append(at_s)
        since_s = clock_s - self.rules.reopen_within_s
        return AlertState(
            open=self.open(),
            ended=[
                incident
                for incident in self.incidents.values()
                if incident.cleared_s is not None and incident.cleared_s >= since_s
            ],
            next_id=max(self.incidents, default=0) + 1,
            unit_mutes=self.unit_mutes,
            queued=self.queued,
            held=[Held(recipient, urgent, len(times), min(times)) for (recipient, urgent), times in held.items()],
            before_s=self.before_s,
        )

    def _keep(self, decided: Decisions, at_s: int) -> None:
        self.incidents.update({incident.id: incident for incident in decided.incidents})
        self.events += decided.events
        for draft in decided.messages:
            if draft.held:
                self.held.append((draft.recipient, draft.urgent, at_s))
                continue
            self.sent.append(draft)
            summary = draft.kind is MessageKind.SUMMARY
            self.queued.append(Queued(draft.recipient, draft.urgent, at_s, summary))
            if summary:
                self.held = [held for held in self.held if held[:2] != (draft.recipient, draft.urgent)]


def notified(drafts: list[Draft]) -> list[tuple[str, str]]:
    """(kind, role) of each message."""
    return [(draft.kind.value, draft.recipient.role.value) for draft in drafts]
