"""Tags that are gone and were read where a tag of today is read: the same counter, the same ring, the same rows.

A unit that gets another code without `renamed_from`, or has its old one back, goes on where the other name left off:
what was counted under one name is never counted again under another.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Self

from collector.storage.ledger import addresses as ledger_addresses
from collector.storage.ledger.ledger import Ledger
from models.counting.count_state import CountState, known_until_ns
from models.counting.rate import RateState
from models.counting.totalizer_state import TotalizerState
from models.counting.weighings import WeighingState
from models.works.plant import Plant, Tag


class Predecessors:
    """`at`: by address, the names of tags that no unit of the plant has."""

    def __init__(self, at: Mapping[str, tuple[str, ...]]) -> None:
        self._at = at

    @classmethod
    def of(cls, plant: Plant, ledger: Ledger) -> Self:
        """As the ledger has them; blocks. What is gone is read nowhere else while this plant is configured."""
        present = {tag.name for tag in plant.tags}
        at: dict[str, tuple[str, ...]] = {}
        for name, address in ledger.read(ledger_addresses.newest).items():
            if name not in present:
                at[address] = (*at.get(address, ()), name)
        return cls(at)

    @property
    def any(self) -> bool:
        """Whether anything is gone at all."""
        return bool(self._at)

    def names(self, tag: Tag, address: str) -> list[str]:
        """Those of a tag that is read at `address`, the one of its own signal first."""
        return sorted(self._at.get(address, ()), key=lambda name: (name.partition(".")[2] != tag.signal, name))

    def state(
        self, tag: Tag, address: str, own: CountState | None, states: Mapping[str, CountState]
    ) -> CountState | None:
        """The state from which the tag goes on, if one of another name was read later than its own."""
        for name in self.names(tag, address):
            state = states.get(name)
            if state is not None and _read_until_ns(state) > (0 if own is None else _read_until_ns(own)):
                return carried_on(state)
        return None


def carried_on(state: CountState) -> CountState:
    """The state under another name; the readings that were kept for late ones stay with the former name."""
    if isinstance(state, TotalizerState) and state.base is not None:
        return replace(state, before=None, prior=None, left_ns=max(state.left_ns, state.base.time_ns - 1))
    return state


def _read_until_ns(state: CountState) -> int:
    if isinstance(state, WeighingState):
        return state.presence.seen_ns
    return max(known_until_ns(state), state.upto_ns if isinstance(state, RateState) else 0)
