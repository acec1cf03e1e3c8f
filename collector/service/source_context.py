"""What a source is told when it is built: its tags, and how far the ledger has what it gave before."""

from collections.abc import Callable
from functools import partial

import apsw

from collector.config.settings import Settings
from collector.service.former_names import under_present_names
from collector.sources.base import SourceContext
from collector.storage.ledger import addresses, reads
from collector.storage.ledger.ledger import Ledger
from models.works.codes import TagKind


def source_context(settings: Settings, name: str, ledger: Ledger, clock_ns: Callable[[], int]) -> SourceContext:
    """The context of a source as the ledger stands now; blocks."""
    tags = settings.sources[name].tags
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
        )

    return ledger.read(read)
