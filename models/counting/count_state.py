"""What is remembered of one tag between two readings, whatever its kind: as a value and as the ledger's bytes."""

from models.counting.presence import NEVER_SEEN
from models.counting.rate import RateState
from models.counting.totalizer_state import TotalizerState
from models.counting.weighings import WeighingState
from models.works.codes import TagKind
from models.works.plant import Tag

CountState = TotalizerState | RateState | WeighingState
_RATE_MARK, _WEIGHINGS_MARK = b'{"rate":', b'{"weighings":'


def state_from_bytes(data: bytes) -> CountState:
    """The inverse of `to_bytes` of each kind. Raises ValueError on bytes that are no state this program knows."""
    if data.startswith(_WEIGHINGS_MARK):
        return WeighingState.from_bytes(data)
    return RateState.from_bytes(data) if data.startswith(_RATE_MARK) else TotalizerState.from_bytes(data)


def state_for(tag: Tag | None, kept: CountState | None) -> CountState:
    """The state from which a tag goes on. One of the other kind says only up to when something was counted."""
    if tag is not None and tag.pair_within_s:
        return (
            kept if isinstance(kept, WeighingState) else WeighingState(presence=kept.presence if kept else NEVER_SEEN)
        )
    if isinstance(kept, WeighingState):
        kept = TotalizerState(presence=kept.presence)
    if tag is None or tag.kind is not TagKind.RATE:
        if isinstance(kept, RateState):
            return TotalizerState(newest_ns=kept.upto_ns, left_ns=kept.upto_ns, presence=kept.presence)
        return kept or TotalizerState()
    if isinstance(kept, TotalizerState):
        return RateState(upto_ns=kept.newest_ns, presence=kept.presence)
    return kept or RateState()


def known_until_ns(state: CountState) -> int:
    """Up to when readings were judged (UTC ns): what a history says of before then is known."""
    if isinstance(state, WeighingState):
        return 0
    base_ns = 0 if state.base is None else state.base.time_ns
    if isinstance(state, RateState):
        return base_ns
    run_ns = 0 if state.suspect is None else state.suspect.newest_ns
    return max(base_ns, state.newest_ns, run_ns, state.left_ns)
