"""The simulator's own book against the ledger, to the gram, outside gaps that the collector marked itself."""

from dataclasses import dataclass

from collector.simulation.book import TruthBook
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from models.counting.increment import UncertainGap
from models.counting.totalizer_state import TotalizerState
from models.works.codes import TagKind
from models.works.plant import Plant, Tag
from tests.support.ledger_calls import anchors_around


@dataclass(frozen=True)
class Compared:
    """One counter: grams by the book and by the ledger, and the gaps that were left out of the book's sum."""

    tag: str
    book_g: int
    ledger_g: int
    gaps: tuple[UncertainGap, ...]


def compare(book: TruthBook, ledger: Ledger, plant: Plant) -> dict[str, Compared]:
    """Every counter and event tag, over what the collector had read by the end."""
    totals, states = ledger.read(ledger_reads.totals), ledger.read(ledger_reads.totalizer_states)
    gaps: dict[str, list[UncertainGap]] = {}
    for gap in sorted(ledger.read(ledger_reads.gaps), key=lambda gap: gap.start_ns):
        gaps.setdefault(gap.tag, []).append(gap)
    found = {}
    for tag in plant.tags:
        own = tuple(gaps.get(tag.name, ()))
        if tag.kind is TagKind.EVENT:
            book_g = _events(book, ledger, tag, own)
        elif tag.kind is TagKind.TOTALIZER and tag.product is not None and tag.name in states:
            book_g = _counted(book, ledger, tag, TotalizerState.from_bytes(states[tag.name]), own)
        else:
            continue
        found[tag.name] = Compared(tag.name, book_g, totals.get(tag.name, 0), own)
    return found


def _events(book: TruthBook, ledger: Ledger, tag: Tag, gaps: tuple[UncertainGap, ...]) -> int:
    last = ledger.read(ledger_reads.event_sequences).get(tag.name, 0)
    known = {event.sequence for event in ledger.read(ledger_reads.events) if event.tag == tag.name}
    counted = 0
    for event in book.events(tag.name):
        lost = event.sequence not in known and any(gap.start_ns <= event.end_ns <= gap.end_ns for gap in gaps)
        if event.sequence <= last and not lost:
            counted += event.grams
    return counted


def _counted(book: TruthBook, ledger: Ledger, tag: Tag, state: TotalizerState, gaps: tuple[UncertainGap, ...]) -> int:
    first = anchors_around(ledger, tag.name, 0)[1]
    assert first is not None
    assert state.base is not None
    edges = [first.time_ns]
    for gap in gaps:
        edges += [gap.start_ns, gap.end_ns]
    edges.append(state.base.time_ns)
    return sum(book.counted(tag.name, edges[i], edges[i + 1]) for i in range(0, len(edges), 2))
