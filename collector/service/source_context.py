"""What a source is told when it is built: its tags, and how far the ledger has what it gave before."""

from collections.abc import Callable, Sequence
from functools import partial

import apsw

from collector.config.settings import Settings
from collector.service.former_names import under_present_names
from collector.service.shift_forms import ShiftForms
from collector.sources.base import SourceContext
from collector.storage.ledger import addresses, reads
from collector.storage.ledger.ledger import Ledger
from models.counting.count_state import state_from_bytes
from models.counting.increment import GRAMS_PER_TONNE
from models.counting.rate import RateState
from models.counting.totalizer_state import TotalizerState
from models.counting.weighings import WeighingState, numbered_weighings
from models.works.codes import TagKind
from models.works.plant import Plant, Tag


def source_context(settings: Settings, name: str, ledger: Ledger, clock_ns: Callable[[], int]) -> SourceContext:
    """The context of a source as the ledger stands now; blocks."""
    tags, of_type, configured = settings.sources[name].tags, settings.sources[name].type, settings.sources[name].config
    rings = [tag for _, tag, _ in tags if tag.kind is TagKind.EVENT]
    present = partial(under_present_names, settings.plant, rings)

    def read(connection: apsw.Connection) -> SourceContext:
        weighed = _weighed(connection)
        newest = {tag: list(events)[-1] for tag, events in weighed.items()}
        return SourceContext(
            tags,
            settings.folder,
            present(reads.event_sequences(connection) | newest),
            clock_ns,
            present(addresses.newest(connection)),
            present(reads.last_events(connection) | weighed),
            under_present_names(settings.plant, [tag for _, tag, _ in tags], _newest(connection))
            if of_type.resumes_by_time
            else {},
            *(
                _watched(connection, settings.plant, [tag for _, tag, _ in tags])
                if of_type.asks_history(configured)
                else ({}, {})
            ),
            settings.plant.zone,
            take_form=ShiftForms(settings, clock_ns).take,
        )

    return ledger.read(read)


def _weighed(connection: apsw.Connection) -> dict[str, dict[int, tuple[str, float, int]]]:
    """By tag whose weighings make pairs and by number, (key, tonnes, end_ns) of each weighing: its source knows these,
    and not the net events that were made of them."""
    found: dict[str, dict[int, tuple[str, float, int]]] = {}
    for tag, data in reads.totalizer_states(connection).items():
        state = state_from_bytes(data)
        if isinstance(state, WeighingState) and (weighings := numbered_weighings(state)):
            found[tag] = {one.sequence: (one.key, one.grams / GRAMS_PER_TONNE, one.end_ns) for one in weighings}
    return found


def _newest(connection: apsw.Connection) -> dict[str, int]:
    """By tag, up to when the ledger has its readings or events (UTC ns)."""
    found = reads.newest_event_ends(connection)
    for tag, data in reads.totalizer_states(connection).items():
        state = state_from_bytes(data)
        newest_ns = state.upto_ns if isinstance(state, RateState) else state.newest_ns
        if newest_ns and tag not in found:
            found[tag] = newest_ns
    return found


def _watched(
    connection: apsw.Connection, plant: Plant, tags: Sequence[Tag]
) -> tuple[dict[str, int], dict[str, tuple[int, float]]]:
    """By counter or rate of `tags`, up to when it was read, also while it stood (UTC ns); and of counters what was read
    last, as (UTC ns, value)."""
    upto_ns: dict[str, int] = {}
    last: dict[str, tuple[int, float]] = {}
    for tag, data in reads.totalizer_states(connection).items():
        state = state_from_bytes(data)
        newest_ns = state.upto_ns if isinstance(state, RateState) else state.newest_ns
        upto_ns[tag] = max(newest_ns, state.presence.seen_ns)
        if isinstance(state, TotalizerState) and state.base is not None:
            last[tag] = state.base.time_ns, float(state.base.value)
    own = {tag.name for tag in tags}
    upto_ns, last = under_present_names(plant, tags, upto_ns), under_present_names(plant, tags, last)
    return (
        {name: at_ns for name, at_ns in upto_ns.items() if name in own},
        {name: pair for name, pair in last.items() if name in own},
    )
