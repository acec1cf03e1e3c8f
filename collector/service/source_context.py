"""What a source is told when it is built: its tags, and how far the ledger has what it gave before."""

from collections.abc import Callable

import apsw

from collector.config.settings import Settings
from collector.sources.base import SourceContext
from collector.storage.ledger import addresses, reads
from collector.storage.ledger.ledger import Ledger
from models.works.codes import TagKind


def source_context(settings: Settings, name: str, ledger: Ledger, clock_ns: Callable[[], int]) -> SourceContext:
    """The context of a source as the ledger stands now; blocks."""
    tags = settings.sources[name].tags
    rings = [tag.name for _, tag, _ in tags if tag.kind is TagKind.EVENT]

    def read(connection: apsw.Connection) -> SourceContext:
        return SourceContext(
            tags,
            settings.folder,
            reads.event_sequences(connection),
            clock_ns,
            addresses.newest(connection),
            reads.last_events(connection, rings),
        )

    return ledger.read(read)
