"""How far a query or request was read: a time, and an overlap before it in which late and changed rows are found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from collector.sources.base import SourceContext
from collector.sources.rows import RowsRead, RowTag
from collector.sources.seen_rows import SeenRows
from models.works.calendar import NS
from models.works.codes import TagKind


@dataclass(slots=True)
class Watermark:
    """`upto_ns`: the newest time of its rows that is synced, or where it begins when there is none. `newest_ns`: that
    of the rows that are being read. It outlives the connection."""

    name: str
    tags: Sequence[RowTag]
    overlap_ns: int
    upto_ns: int
    seen: SeenRows
    newest_ns: int = 0

    @classmethod
    def of(cls, name: str, tags: Sequence[RowTag], context: SourceContext, spans_s: tuple[float, float]) -> "Watermark":
        """From what the ledger has of the tags: rows were read in the order of their times, so all that there was up to
        the newest was taken. A furnace that stands for years must not let the years be read again at each start.

        `spans_s`: how far back it is asked when nothing is known, and again each time.
        """
        first_s, overlap_s = spans_s
        newest = [context.newest_ns[each.tag.name] for each in tags if each.tag.name in context.newest_ns]
        begins_ns = context.clock_ns() - round((first_s - overlap_s) * NS)
        rates = {each.index: context.newest_ns.get(each.tag.name, 0) for each in tags if each.tag.kind is TagKind.RATE}
        return cls(name, tags, round(overlap_s * NS), max(newest, default=begins_ns), SeenRows(rates))

    def begin(self) -> None:
        """It is asked anew."""
        self.newest_ns = self.upto_ns

    @property
    def since_ns(self) -> int:
        """From when on it is asked."""
        return max(0, self.upto_ns - self.overlap_ns)

    def since(self, zone: ZoneInfo | None) -> datetime:
        """The same with its offset; or, where times have none, as the clocks of the zone show it."""
        since = datetime.fromtimestamp(self.since_ns // NS, UTC)
        return since if zone is None else since.astimezone(zone).replace(tzinfo=None)

    def new(self, read: RowsRead, received_ns: int) -> RowsRead:
        """Of what rows said, what was not handed on yet."""
        self.newest_ns = max(self.newest_ns, min(read.newest_ns, received_ns))
        return self.seen.new(read)

    def take(self, read: RowsRead) -> None:
        """These of its rows are synced. What will not be asked for again is forgotten: it may be a year of rows."""
        self.seen.take(read)
        self.seen.forget(self.newest_ns - 2 * self.overlap_ns)

    def ended(self) -> None:
        """All of its rows are synced."""
        self.upto_ns = self.newest_ns


def watermarks(
    names: Iterable[str], named_by: str, context: SourceContext, spans_s: tuple[float, float]
) -> list[Watermark]:
    """One for each query or request of these names; `named_by`: the key of a tag's address that names it. `spans_s` as
    in `Watermark.of`."""
    tags: dict[str, list[RowTag]] = {name: [] for name in names}
    for index, tag, address in context.tags:
        if (of_name := tags.get(getattr(address, named_by))) is not None:
            of_name.append(RowTag(index, tag, address))
    return [Watermark.of(name, own, context, spans_s) for name, own in tags.items()]
