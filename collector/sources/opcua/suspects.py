"""Nodes of requests that the server did not answer in time: which of them holds the answer up is found by parts.

A server answers a request whole or not at all, so one node that it cannot read keeps back all the others. The nodes
of such a request are left out of the others, and asked in parts until a single one is left; that one is named, and
asked again later, alone. What is known outlives the connection: where one node holds up everything that is asked
after it, each part costs a connection.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

PARTS = 8
"""A part that is not answered costs a whole time-out, one that is answers at once. By halves, one node of 2,000 costs
eleven time-outs, by eighths four."""
LONGEST_RETRY_S = 3600.0
"""A node that holds up the whole server costs an outage each time it is asked: seldom in the end, and never given up.
A judgement."""


@dataclass(slots=True)
class _Silence:
    why: str
    retry_at_s: float
    wait_s: float


@dataclass(slots=True)
class Suspects:
    """Nodes are the texts of the configuration.

    `timeout_s`: how long an answer was waited for; `retry_s`: when a named node is asked again. `version` grows with
    every change. `request_size`: the most nodes in a request, if whole ones take too long though no node is at fault.
    `testing`: the group that is being asked, or that ended the connection.
    """

    timeout_s: float
    retry_s: float
    monotonic: Callable[[], float]
    version: int = 0
    request_size: int | None = None
    testing: tuple[str, ...] | None = None
    _groups: list[tuple[str, ...]] = field(default_factory=list)
    _held: set[str] = field(default_factory=set)
    _silent: dict[str, _Silence] = field(default_factory=dict)

    def holds(self, nodes: Iterable[str]) -> bool:
        """Whether one of them must not be asked with others now."""
        return any(node in self._held or node in self._silent for node in nodes)

    @property
    def any_named(self) -> bool:
        """Whether a node is named."""
        return bool(self._silent)

    def why(self, nodes: Iterable[str]) -> str | None:
        """Why a tag of these nodes is not read, if one of them is named."""
        return next((self._silent[node].why for node in nodes if node in self._silent), None)

    def due(self) -> tuple[str, ...] | None:
        """The nodes to ask next, in a request of their own."""
        if self._groups:
            return self._groups[0]
        now_s = self.monotonic()
        return next(((node,) for node, silence in self._silent.items() if silence.retry_at_s <= now_s), None)

    def unanswered(self, nodes: tuple[str, ...], *, alive: bool) -> None:
        """A request for these nodes was not answered in time. `alive`: the server answered another one since.

        The line may be at fault if it did not: the nodes are then asked again whole, and in parts the next time.
        """
        if self.testing is not None and nodes != self.testing and not alive:
            return  # what is being tested was asked before, and holds this up
        self.version += 1
        known = nodes in self._groups
        if known:
            self._groups.remove(nodes)
        if len(nodes) == 1 and (alive or known or nodes[0] in self._silent):
            self._name(nodes[0], alive=alive)
        elif alive or known:
            self.request_size = len(nodes) // 2
            size = -(-len(nodes) // PARTS)
            self._groups += [nodes[first : first + size] for first in range(0, len(nodes), size)]
        else:
            self._groups.append(nodes)
        self._held = {node for group in self._groups for node in group}

    def answered(self, nodes: tuple[str, ...]) -> None:
        """A request for these nodes was answered, whatever with: they may be asked with others again."""
        self.version += 1
        if nodes in self._groups:
            self._groups.remove(nodes)
        for node in nodes:
            self._silent.pop(node, None)
        self._held = {node for group in self._groups for node in group}

    def _name(self, node: str, *, alive: bool) -> None:
        before = self._silent.get(node)
        wait_s = self.retry_s if before is None or alive else min(LONGEST_RETRY_S, 2 * before.wait_s)
        why = f"no answer to {node} within {self.timeout_s:g} s"
        self._silent[node] = _Silence(why, self.monotonic() + wait_s, wait_s)
        self.request_size = None  # the node was at fault, and not the size of the request
