"""Which tags of a source cannot be read now, though their peer answers: told when one joins or leaves them."""

from collections.abc import Mapping

import structlog

from collector.sources.base import SourceHealth
from models.counting.reading import Rejection
from models.works.codes import Quality, Reason

log = structlog.get_logger(__name__)


class BadNodes:
    """Of one source; outlives its connections. A node is what its peer calls one: a register, a column."""

    def __init__(self, source: str, health: SourceHealth) -> None:
        self._source = source
        self._health = health

    def update(self, bad: Mapping[str, str], received_ns: int) -> tuple[Rejection, ...]:
        """Replace the list (tag name -> why); a rejection for each that is new."""
        before = self._health.bad_nodes
        for name in before.keys() - bad.keys():
            log.info("node_good", source=self._source, tag=name)
        new = [name for name in bad if name not in before]
        for name in new:
            log.warning("node_bad", source=self._source, tag=name, error=bad[name])
        self._health.bad_nodes = dict(bad)
        return tuple(self._rejection(name, bad[name], received_ns) for name in new)

    def _rejection(self, tag: str, reason: str, received_ns: int) -> Rejection:
        return Rejection(
            source=self._source,
            tag=tag,
            value="",
            time_ns=received_ns,
            quality=Quality.BAD,
            reason=Reason.BAD_QUALITY,
            detail=f"the node cannot be read: {reason}; it is left out and tried again",
        )
