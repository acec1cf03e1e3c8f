"""One edge node as its messages tell of it: whether it lives, what its aliases mean, and whether a message is missing.

A value that comes by its alias alone is taken only while every message since the birth was heard: after a gap the node
may have been born anew, and an alias may be another metric's. A value with its own name and type is always taken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from collector.sources.sparkplug.payload import Metric, Raw, SparkplugPayload, is_told, typed
from collector.sources.sparkplug.topic import BIRTHS, DEATHS, SparkplugTopic
from models.works.codes import Quality

_SEQUENCE = 256


@dataclass(frozen=True, slots=True)
class ToldValue:
    """A value of a metric that a tag names. `why`: why it has none, or none that is good; "" if it is."""

    name: str
    value: Raw
    at: datetime | None
    is_historical: bool
    quality: Quality
    why: str


@dataclass(slots=True)
class NodeWord:
    """What a message told. `lost`: messages before it are missing. `born`: it is a birth. `unknown`: it held values
    that cannot be told apart without a birth. `units`: by metric, the unit that a birth says."""

    device: str
    values: list[ToldValue] = field(default_factory=list)
    lost: bool = False
    born: bool = False
    unknown: bool = False
    units: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Device:
    """`""` among the devices is the edge node itself."""

    is_born: bool = False
    is_dead: bool = False
    aliases: dict[int, str] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)


class EdgeNode:
    """`wanted`: by device ("" for the node itself), the names of the metrics that tags name."""

    def __init__(self, edge: str, wanted: dict[str, frozenset[str]]) -> None:
        self.edge = edge
        self._wanted = wanted
        self._devices = {device: _Device() for device in wanted}
        self.is_dead = False
        self._bd_seq: int | None = None
        self._next: int | None = None
        self._last = b""

    def why_not(self, device: str) -> str:
        """Why nothing can be told of a device now; "" if it can."""
        if self.is_dead:
            return f"edge node {self.edge} is dead: it left the broker"
        of = self._devices[device]
        whose = f"device {device} of edge node {self.edge}" if device else f"edge node {self.edge}"
        if of.is_dead:
            return f"{whose} is dead: its edge node cannot reach it"
        if not of.is_born:
            return f"{whose} has said no birth that we heard; restart its connection, or give rebirth: true"
        return ""

    @property
    def wants_birth(self) -> bool:
        """Whether it lives, as far as we know, and something of it has said no birth. What is dead says none."""
        return not self.is_dead and any(not (one.is_born or one.is_dead) for one in self._devices.values())

    def lacks(self) -> dict[tuple[str, str], str]:
        """By device and name, the metrics that tags name and a birth did not."""
        found = {}
        for device, names in self._wanted.items():
            if self.why_not(device):
                continue
            for name in sorted(names - self._devices[device].types.keys()):
                found[device, name] = f"the birth of {self.edge}{f'/{device}' if device else ''} names no metric {name}"
        return found

    def forget(self) -> None:
        """The broker kept nothing for us: what was said meanwhile is not known."""
        self._end_devices()
        self._next = None

    def refused(self) -> None:
        """A message could not be read: its number and what it said are lost."""
        self._next = -1

    def take(self, topic: SparkplugTopic, said: SparkplugPayload, raw: bytes) -> NodeWord | None:
        """What the message told; None if it tells nothing: a repeat, or the death of an earlier life."""
        if topic.kind in DEATHS and topic.of_node:
            return self._die(said)
        if topic.kind == "NBIRTH":
            self._bear(said)
        elif raw == self._last:
            return None
        lost = topic.kind != "NBIRTH" and self._is_jump(said.seq)
        self._last = raw
        self._next = None if said.seq is None else (said.seq + 1) % _SEQUENCE
        if lost:
            self._end_devices()
        word = NodeWord(topic.device, lost=lost, born=topic.kind in BIRTHS)
        if topic.device not in self._devices:
            return word
        if topic.kind == "DDEATH":
            self._devices[topic.device] = _Device(is_dead=True)
        elif topic.kind in BIRTHS:
            self._learn(topic.device, said.metrics, word)
            self._values(topic.device, said.metrics, word)
        else:
            self._values(topic.device, said.metrics, word)
        return word

    def _is_jump(self, seq: int | None) -> bool:
        return self._next is not None and seq != self._next

    def _die(self, said: SparkplugPayload) -> NodeWord | None:
        if self._bd_seq is not None and said.bd_seq is not None and said.bd_seq != self._bd_seq:
            return None
        self.is_dead, self._next = True, None
        self._end_devices()
        return NodeWord("")

    def _bear(self, said: SparkplugPayload) -> None:
        self.is_dead = False
        self._bd_seq = said.bd_seq
        self._end_devices()

    def _end_devices(self) -> None:
        """Aliases are of one life: every birth has to be said again."""
        self._devices = {device: _Device() for device in self._wanted}

    def _learn(self, device: str, metrics: Iterable[Metric], word: NodeWord) -> None:
        known = _Device(is_born=True)
        for metric in metrics:
            if metric.name not in self._wanted[device]:
                continue
            known.types[metric.name] = metric.datatype
            if metric.alias is not None:
                known.aliases[metric.alias] = metric.name
            if metric.unit:
                word.units[metric.name] = metric.unit
        self._devices[device] = known

    def _values(self, device: str, metrics: Sequence[Metric], word: NodeWord) -> None:
        known, wanted = self._devices[device], self._wanted[device]
        for metric in metrics:
            name, datatype = metric.name, metric.datatype
            if known.is_born:
                name = name or known.aliases.get(-1 if metric.alias is None else metric.alias, "")
                datatype = datatype or known.types.get(name, 0)
            elif not name and metric.alias is not None:
                word.unknown = True
            if name not in wanted:
                continue
            if not known.is_born and not metric.is_null and not is_told(metric.raw, datatype):
                word.unknown = True
                continue
            word.values.append(_told(name, metric, datatype))


def _told(name: str, metric: Metric, datatype: int) -> ToldValue:
    value = None if metric.is_null else typed(metric.raw, datatype)
    why, quality = "", metric.quality
    if metric.is_null:
        why, quality = "it has no value (null)", Quality.BAD
    elif value is None:
        why, quality = f"its type {datatype} is neither a number nor a text", Quality.BAD
    elif quality is not Quality.GOOD:
        why = "its property Quality is not good"
    return ToldValue(name, value, metric.at, metric.is_historical, quality, why)
