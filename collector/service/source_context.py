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
from models.counting.rate import RateState
from models.works.codes import TagKind
from models.works.plant import Plant, Tag


def source_context(settings: Settings, name: str, ledger: Ledger, clock_ns: Callable[[], int]) -> SourceContext:
    """The context of a source as the ledger stands now; blocks."""
    tags, of_type, configured = settings.sources[name].tags, settings.sources[name].type, settings.sources[name].config
    rings = [tag for _, tag, _ in tags if tag.kind is TagKind.EVENT]
    present = partial(under_present_names, settings.plant, rings)

    def read(connection: apsw.Connection) -> SourceContext:
        return SourceContext(
            tags,
            settings.folder,
            present(reads.event_sequences(connection)),
            clock_ns,
            present(addresses.newest(connection)),
            present(reads.last_events(connection)),
            under_present_names(settings.plant, [tag for _, tag, _ in tags], _newest(connection))
            if of_type.resumes_by_time
            else {},
            _watched(connection, settings.plant, [tag for _, tag, _ in tags])
            if of_type.asks_history(configured)
            else {},
            settings.plant.zone,
            take_form=ShiftForms(settings, clock_ns).take,
        )

    return ledger.read(read)


def _newest(connection: apsw.Connection) -> dict[str, int]:
    """By tag, up to when the ledger has its readings or events (UTC ns)."""
    found = reads.newest_event_ends(connection)
    for tag, data in reads.totalizer_states(connection).items():
        state = state_from_bytes(data)
        newest_ns = state.upto_ns if isinstance(state, RateState) else state.newest_ns
        if newest_ns and tag not in found:
            found[tag] = newest_ns
    return found


def _watched(connection: apsw.Connection, plant: Plant, tags: Sequence[Tag]) -> dict[str, int]:
    """By counter or rate of `tags`, up to when it was read, also while it stood (UTC ns)."""
    found: dict[str, int] = {}
    for tag, data in reads.totalizer_states(connection).items():
        state = state_from_bytes(data)
        newest_ns = state.upto_ns if isinstance(state, RateState) else state.newest_ns
        found[tag] = max(newest_ns, state.presence.seen_ns)
    present = under_present_names(plant, tags, found)
    return {tag.name: present[tag.name] for tag in tags if tag.name in present}
