"""A certificate of completeness of a production day: by unit, for each shift and the whole day, with its digest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import apsw

from collector.storage.ledger import certificate_reads
from collector.storage.ledger import reads as ledger_reads
from collector.storage.quarantine.records import Quarantined
from models.counting.increment import BUCKET_S, UncertainGap
from models.counting.tag_gap import RING_LOST
from models.tables.certificate import ReadingRow, Refusals, TagEvidence, UnitCompleteness, certified, digest
from models.tables.desk_data import ReadingCounts
from models.works.calendar import NS, shifts_of
from models.works.plant import Plant, Tag

EVERY_SHIFT = 0


@dataclass(frozen=True, slots=True)
class AskedCertificate:
    """Of a production day: of all units that count, or of `units`; of all shifts, or of one (1 is the first)."""

    day: date
    units: frozenset[str] = frozenset()
    shift: int = EVERY_SHIFT


@dataclass(frozen=True, slots=True)
class Certificate:
    """`digest`: SHA-256 over the rows of the ledger that it covers; with the same rows it is computed the same again.

    `until_s`: up to when the day is over (UTC seconds).
    """

    day: date
    units: tuple[UnitCompleteness, ...]
    digest: str
    until_s: int

    @property
    def counts(self) -> ReadingCounts | None:
        """Of the whole day, all units together; None where nothing was expected."""
        days = [unit for unit in self.units if unit.shift == EVERY_SHIFT]
        expected, read, backfilled, lost = (
            sum(unit.total(what) for unit in days) for what in ("expected", "read", "backfilled", "lost")
        )
        return ReadingCounts(expected, read, backfilled, lost) if expected else None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the ledger has of a span."""

    rows: dict[str, list[ReadingRow]]
    gaps: Sequence[UncertainGap]
    ran: frozenset[int] | None
    first_s: int


def read_certificate(
    connection: apsw.Connection, plant: Plant, asked: AskedCertificate, refused: Iterable[Quarantined], now_ns: int
) -> Certificate:
    """The certificate as it was asked for. `refused`: records of the quarantine, in which causes are looked for."""
    units, shift = asked.units, asked.shift
    counting = [tag for tag in plant.tags if tag.product is not None and (not units or tag.unit in units)]
    refusals = _refusals(refused)
    found: list[UnitCompleteness] = []
    covered: list[tuple[object, ...]] = []
    until_s = now_ns // NS // BUCKET_S * BUCKET_S
    for code in dict.fromkeys(tag.unit for tag in counting):
        tags = [tag for tag in counting if tag.unit == code]
        shifts = [
            (start_ns // NS, end_ns // NS)
            for start_ns, end_ns in shifts_of(plant.shops[tags[0].shop].calendar, asked.day)
        ]
        spans = [(number, *span) for number, span in enumerate(shifts, start=1) if shift in (EVERY_SHIFT, number)]
        if shift == EVERY_SHIFT:
            spans.append((EVERY_SHIFT, shifts[0][0], shifts[-1][1]))
        seen = _seen(connection, spans[0][1], min(spans[-1][2], until_s))
        for number, start_s, end_s in spans:
            begin_s, over_s = max(start_s, seen.first_s), min(end_s, until_s)
            certificates = tuple(
                certified(tag, begin_s, over_s, _evidence(tag, seen, refusals.get(tag.name, ()))) for tag in tags
            )
            found.append(UnitCompleteness(code, number, start_s, end_s, certificates))
        covered += certificate_reads.covered_rows(
            connection, frozenset((code,)), spans[0][1], min(spans[-1][2], until_s)
        )
    return Certificate(asked.day, tuple(found), digest(covered), until_s)


def _seen(connection: apsw.Connection, start_s: int, end_s: int) -> _Seen:
    rows = certificate_reads.reading_rows(connection, start_s, end_s)
    noted_s = certificate_reads.first_noted_s(connection)
    read_s = min((row.start_s for of_tag in rows.values() for row in of_tag), default=end_s)
    # Before the service was there at all nothing could be read.
    first_s = read_s if noted_s is None else min(read_s, noted_s)
    gaps = ledger_reads.gaps(connection, start_s * NS, end_s * NS)
    return _Seen(rows, gaps, certificate_reads.ran(connection, start_s, end_s), first_s)


def _evidence(tag: Tag, seen: _Seen, refusals: Sequence[Refusals]) -> TagEvidence:
    overruns = [
        (gap.start_ns // NS, gap.end_ns // NS) for gap in seen.gaps if gap.tag == tag.name and gap.cause == RING_LOST
    ]
    return TagEvidence(rows=seen.rows.get(tag.name, ()), refusals=refusals, overruns=overruns, ran=seen.ran)


def _refusals(refused: Iterable[Quarantined]) -> dict[str, list[Refusals]]:
    found: dict[str, list[Refusals]] = {}
    for record in refused:
        spans = found.setdefault(record.rejection.tag, [])
        spans.append(Refusals(record.recorded_ns // NS, record.last_ns // NS, record.rejection.reason, record.count))
    return found
