"""By what the missing readings of a day are explained: runs, answers, refusals, gaps, and since when tags are known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import apsw

from collector.storage.ledger import configurations, run_notes
from collector.storage.ledger import reads as ledger_reads
from collector.storage.quarantine.records import Quarantined
from models.counting.tag_gap import RING_LOST
from models.tables.certificate import ReadingRow
from models.tables.loss_cause import LossEvidence, Refusals
from models.works.calendar import NS
from models.works.plant import Plant, Tag


@dataclass(frozen=True, slots=True)
class DayEvidence:
    """Of one day. `of_tags`, `of_sources`: what was refused of a tag, and files of a source that were refused whole.

    `since_s`: by tag, since when it is collected; `first_run_s`: since when it is noted that the collector runs.
    """

    connection: apsw.Connection
    of_tags: Mapping[str, Sequence[Refusals]]
    of_sources: Mapping[str, Sequence[Refusals]]
    since_s: Mapping[str, int]
    first_run_s: int | None

    @classmethod
    def of(cls, connection: apsw.Connection, plant: Plant, refused: Iterable[Quarantined]) -> Self:
        """`refused`: records of the quarantine."""
        of_tags: dict[str, list[Refusals]] = {}
        of_sources: dict[str, list[Refusals]] = {}
        for record in refused:
            rejection = record.rejection
            spans = (
                of_tags.setdefault(rejection.tag, []) if rejection.tag else of_sources.setdefault(rejection.source, [])
            )
            spans.append(Refusals(record.recorded_ns // NS, record.last_ns // NS, rejection.reason, record.count))
        since_ns = configurations.collected_since(connection, plant)
        since_s = {name: at_ns // NS for name, at_ns in since_ns.items()}
        return cls(connection, of_tags, of_sources, since_s, run_notes.first_run_s(connection))

    def evidence(self, tag: Tag, rows: Sequence[ReadingRow], start_s: int, end_s: int) -> LossEvidence:
        """Of one tag over [start_s, end_s)."""
        since_s = self.since_s.get(tag.name, self.first_run_s)
        # The row in which collecting began starts before it did.
        earlier = [row.start_s for row in rows if since_s is None or row.end_s <= since_s]
        gaps = ledger_reads.gaps(self.connection, start_s * NS, end_s * NS)
        return LossEvidence(
            since_s=min(earlier, default=since_s),
            ran=self._ran(start_s, end_s),
            answers=run_notes.answers(self.connection, tag.source, start_s, end_s),
            unread=run_notes.unread(self.connection, tag.name, start_s, end_s),
            refusals=self.of_tags.get(tag.name, ()),
            whole_refused=self.of_sources.get(tag.source, ()),
            overruns=[
                (gap.start_ns // NS, gap.end_ns // NS) for gap in gaps if gap.tag == tag.name and gap.cause == RING_LOST
            ],
        )

    def _ran(self, start_s: int, end_s: int) -> frozenset[int] | None:
        if self.first_run_s is None:
            return None
        # Of what was before anything was noted, it is not known.
        unknown = range(start_s, min(self.first_run_s, end_s), run_notes.MINUTE_S)
        return run_notes.ran(self.connection, start_s, end_s).union(unknown)
