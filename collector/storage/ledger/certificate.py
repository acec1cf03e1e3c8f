"""A certificate of completeness of a production day: by unit, for each shift and the whole day, with its digest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import apsw

from collector.storage.ledger import certificate_reads
from collector.storage.ledger.loss_evidence import DayEvidence
from collector.storage.ledger.scale_drifts import drifts_of
from collector.storage.quarantine.records import Quarantined
from models.counting.increment import BUCKET_S
from models.counting.scale_drift import DriftOf
from models.tables.certificate import TagEvidence, UnitCompleteness, certified, digest
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
    drifts: tuple[DriftOf, ...] = ()

    @property
    def counts(self) -> ReadingCounts | None:
        """Of the whole day; None where nothing was expected."""
        found = ReadingCounts(self.units, self.drifts)
        return found if found.total("expected") else None


def read_certificate(
    connection: apsw.Connection, plant: Plant, asked: AskedCertificate, refused: Iterable[Quarantined], now_ns: int
) -> Certificate:
    """The certificate as it was asked for. `refused`: records of the quarantine, in which causes are looked for."""
    units, shift = asked.units, asked.shift
    counting = [tag for tag in plant.tags if tag.product is not None and (not units or tag.unit in units)]
    day = DayEvidence.of(connection, plant, refused)
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
        start_s, over_s = spans[0][1], min(spans[-1][2], until_s)
        seen = _seen(connection, plant, tags, (start_s, over_s), day)
        for number, *span in spans:
            certificates = tuple(
                certified(tag, max(span[0], begin_s), min(span[1], until_s), evidence)
                for tag, begin_s, evidence in seen
            )
            found.append(UnitCompleteness(code, number, span[0], span[1], certificates))
        names = frozenset((code, *plant.units[code].renamed_from))
        covered += certificate_reads.covered_rows(connection, names, start_s, over_s)
    return Certificate(asked.day, tuple(found), digest(covered), until_s, drifts_of(connection, plant, found, until_s))


def _seen(
    connection: apsw.Connection, plant: Plant, tags: Sequence[Tag], span: tuple[int, int], day: DayEvidence
) -> list[tuple[Tag, int, TagEvidence]]:
    """Each tag with the instant from which its readings are expected, and what the ledger has of it in the span."""
    rows = certificate_reads.reading_rows(connection, *span)
    found = []
    for tag in tags:
        former = [f"{unit}.{tag.signal}" for unit in plant.units[tag.unit].renamed_from]
        own = [row for name in (tag.name, *former) for row in rows.get(name, ())]
        losses = day.evidence(tag, own, *span)
        begin_s = span[0]
        if plant.simulated:
            # Nobody read the history that it begins with, though its rows say so.
            begin_s = span[1] if day.first_run_s is None else max(span[0], day.first_run_s)
        elif not own and losses.since_s is not None and losses.since_s >= span[1]:
            begin_s = span[1]  # it was not there at all
        found.append((tag, begin_s, TagEvidence(own, losses)))
    return found
