"""Conditions of a real OPC UA server: alarms that become active, are acknowledged and go."""

from datetime import UTC, datetime

from asyncua import ua
from asyncua.server.event_generator import EventGenerator

from tests.support.opcua_works import Works


async def answers_what_stands(works: Works) -> None:
    """Let the server take ConditionRefresh, which it does not by itself."""
    works.server.iserver.bind_condition_methods = 900  # also the severity of the signs around its answer
    await works.server.iserver.setup_condition_methods()


class Condition:
    """One alarm of a server. `retain` decides whether it is told again when it is asked for."""

    def __init__(self, generator: EventGenerator) -> None:
        self._generator = generator
        self.event = generator.event

    @staticmethod
    async def of(works: Works, name: str, origin: str = "BF3.Cooling", severity: int = 700) -> "Condition":
        generator = await works.server.get_event_generator(ua.ObjectIds.AlarmConditionType)
        event = generator.event
        event.SourceName, event.Severity = origin, severity
        event.add_property("NodeId", ua.NodeId(f"{origin}.{name}", works.index), ua.VariantType.NodeId)
        event.add_property("ConditionName", name, ua.VariantType.String)
        event.add_property("Retain", False, ua.VariantType.Boolean)
        event.add_property("BranchId", ua.NodeId(), ua.VariantType.NodeId)
        for field in ("ActiveState/Id", "AckedState/Id"):
            event.add_property(field, False, ua.VariantType.Boolean)
        event.add_property("ActiveState/TransitionTime", None, ua.VariantType.DateTime)
        return Condition(generator)

    async def tell(self, message: str = "", *, at: datetime | None = None, **fields: object) -> None:
        """Notify of it with these fields changed: active, acked, severity."""
        at = at or datetime.now(UTC)
        if "active" in fields and fields["active"] != self._get("ActiveState/Id"):
            self._set("ActiveState/Id", fields["active"])
            self._set("ActiveState/TransitionTime", at.replace(tzinfo=None))
        if "acked" in fields:
            self._set("AckedState/Id", fields["acked"])
        self.event.Severity = fields.get("severity", self.event.Severity)
        self.event.Retain = bool(self._get("ActiveState/Id"))
        await self._generator.trigger(time_attr=at, message=message or "low flow")

    def _get(self, name: str) -> object:
        return getattr(self.event, name)

    def _set(self, name: str, value: object) -> None:
        setattr(self.event, name, value)


async def happen(works: Works, message: str, severity: int = 500, origin: str = "BF3", count: int = 1) -> None:
    """Events that are no alarms."""
    generator = await works.server.get_event_generator()
    generator.event.SourceName, generator.event.Severity = origin, severity
    for _ in range(count):
        await generator.trigger(message=message)
