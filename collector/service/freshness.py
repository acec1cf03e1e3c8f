"""Freshness, tag by tag: when each was last read, or confirmed unchanged, with Good quality.

The age of a source says that something answers. A tag is fresh only by what covers it: a good reading of it, a look at
its ring, a keep-alive while its value stands. The age of its source stamp does not matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from collector.service.http import Readiness
from collector.sources.base import Delivery, Source
from models.counting.reading import ReadingBatch
from models.detection.watched import STALE_AT_LEAST_S, STALE_CADENCES
from models.works.calendar import NS
from models.works.codes import Quality, TagKind
from models.works.plant import Plant

_NAMED = 5
"""So many tags are named of one source: enough to see what they have in common; the metrics count them all."""


@dataclass(frozen=True, slots=True)
class StaleTags:
    """The tags of one source that are not fresh, in the plant's order, and whether it gives nothing else of a kind."""

    source: str
    tags: tuple[str, ...]
    all_of_a_kind: bool

    def text(self, reasons: dict[str, str]) -> str:
        """For a person; `reasons` by tag name, where there are any."""
        named = [f"{tag} ({reasons[tag]})" if tag in reasons else tag for tag in self.tags[:_NAMED]]
        more = len(self.tags) - len(named)
        return f"source {self.source}: not fresh: {', '.join(named)}" + (f" and {more} more" if more > 0 else "")


class TagFreshness:
    """Feed it with every delivery that was taken in. A tag gets its time from the start of the service, too."""

    def __init__(self, plant: Plant, started_ns: int) -> None:
        self._good_ns = np.full(len(plant.tags), started_ns, dtype=np.int64)
        limits_s = [max(STALE_AT_LEAST_S, STALE_CADENCES * tag.cadence_s) for tag in plant.tags]
        self._limit_ns = np.array([round(limit_s * NS) for limit_s in limits_s], dtype=np.int64)
        self._index = plant.tag_index()
        self._names = [tag.name for tag in plant.tags]
        self._is_ring = np.array([tag.kind is TagKind.EVENT for tag in plant.tags], dtype=np.bool_)
        sources = np.array([tag.source for tag in plant.tags], dtype=object)
        self._own = {source: np.flatnonzero(sources == source) for source in set(sources.tolist())}

    def taken(self, delivery: Delivery, accepted: ReadingBatch | None = None) -> None:
        """Note what a delivery covers, and what was made of it and `accepted`."""
        covered = [self._index[name] for name, looks in delivery.coverage.items() if looks]
        self._good_ns[covered] = delivery.received_ns
        for readings in (delivery.readings, accepted):
            if readings is not None:
                self._good_ns[readings.tags[readings.quality == Quality.GOOD]] = delivery.received_ns

    def stale(self, source: str, now_ns: int) -> StaleTags | None:
        """The tags of a source that are not fresh at `now_ns` (UTC ns); None if all are."""
        own = self._own.get(source)
        if own is None:
            return None
        late, is_ring = now_ns - self._good_ns[own] > self._limit_ns[own], self._is_ring[own]
        if not late.any():
            return None
        kinds = (late[is_ring], late[~is_ring])
        names = tuple(self._names[index] for index in own[late])
        return StaleTags(source, names, any(bool(len(kind) and kind.all()) for kind in kinds))


def readiness(
    sources: Iterable[tuple[str, Source]],
    freshness: TagFreshness,
    now_ns: int,
    lacking: Iterable[str],
    remarks: Iterable[str] = (),
) -> Readiness:
    """Ready: every source answers for its values and for its rings, and nothing else is `lacking`. Single tags that are
    not fresh, and `remarks`, are named and are no reason to call the whole service not ready."""
    waiting_for: list[str] = []
    not_fresh = [remark for remark in remarks if remark]
    for name, source in sources:
        if not source.health.up:
            waiting_for.append(f"source {name}: {source.health.last_error or 'not connected yet'}")
            continue
        stale = freshness.stale(name, now_ns)
        if stale is not None:
            (waiting_for if stale.all_of_a_kind else not_fresh).append(stale.text(source.health.bad_nodes))
    waiting_for += [text for text in lacking if text]
    return Readiness(not waiting_for, tuple(waiting_for), tuple(not_fresh))
