"""What `tundish group status` prints."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from collector.cli.group_report import remarks
from collector.group.group_reads import GroupStatus, SiteStatus
from collector.storage.file.instant import utc_text
from dashboards.report.group.texts import group_text
from dashboards.web.numbers import age
from models.works.calendar import NS
from models.works.localize import Language, clock_text, utc_offset

if TYPE_CHECKING:
    from rich.table import Table


def status_table(status: GroupStatus, now_ns: int, language: Language) -> "Table":
    """A line of each site."""
    from rich.table import Table

    table = Table()
    for key in ("works", "state", "stream", "last_number", "made_at", "message_age"):
        offset = f" ({utc_offset(now_ns // NS, status.zone)})" if key == "made_at" else ""
        table.add_column(group_text(key, language) + offset, justify="right" if key == "last_number" else "left")
    for each in status.sites:
        cells = _cells(each, status.zone, now_ns, language)
        table.add_row(f"{each.site.name(language)} ({each.site.code})", *cells)
    return table


def status_lines(status: GroupStatus, now_ns: int, language: Language) -> Iterator[str]:
    """Which sites are late or stand, what waits to be read, and what was not taken."""
    yield from remarks(status, now_ns, language)
    looked_ns = min((place.looked_ns for place in status.places), default=0)

    def clock(at_ns: int) -> str:
        return clock_text(at_ns // NS, now_ns // NS, status.zone)

    if looked_ns:
        yield group_text("to_read", language, number=status.waiting, at=clock(looked_ns))
    else:
        yield group_text("never_read", language)
    for each in status.refused:
        yield group_text(
            "not_taken", language, times=each.times, at=clock(each.last_ns), key=each.site or "-", why=each.why
        )


def status_rows(status: GroupStatus, now_ns: int) -> dict[str, Any]:
    """The same for programs."""
    return {
        "sites": [_row(each, now_ns) for each in status.sites],
        "topic": [
            {
                "partition": place.partition,
                "next_offset": place.next_offset,
                "waiting": place.end_offset - place.next_offset,
                **({"looked": utc_text(place.looked_ns)} if place.looked_ns else {}),
            }
            for place in status.places
        ],
        "refused": [
            {"key": each.site, "why": each.why, "times": each.times, "last": utc_text(each.last_ns)}
            for each in status.refused
        ],
    }


def _row(status: SiteStatus, now_ns: int) -> dict[str, Any]:
    row: dict[str, Any] = {"site": status.site.code, "late": status.late is not None}
    if status.current is not None:
        row |= {
            "stream": status.current.stream,
            "number": status.current.number,
            "made": utc_text(status.current.made_ns),
            "age_s": (now_ns - status.current.made_ns) // NS,
        }
    if status.taken.stopped:
        row |= {"stopped": status.taken.stopped.value, "stopped_since": utc_text(status.taken.stopped_ns)}
    if status.hole is not None and status.hole.hole_ns is not None:
        row |= {"missing": status.hole.number + 1, "missing_since": utc_text(status.hole.hole_ns)}
    return row


def _cells(status: SiteStatus, zone: ZoneInfo, now_ns: int, language: Language) -> list[str]:
    stands = status.late is not None or bool(status.taken.stopped or status.lacking) or status.hole is not None
    state = group_text("attention" if stands else "in_time", language)
    if status.current is None:
        return [state, "-", "-", "-", "-"]
    made_ns = status.current.made_ns
    local = datetime.fromtimestamp(made_ns // NS, UTC).astimezone(zone)
    shown = clock_text(made_ns // NS, now_ns // NS, zone)
    seconds = max(0, (now_ns - made_ns) // NS)
    return [state, status.current.stream[:8], str(status.current.number), f"{shown}:{local:%S}", age(seconds, language)]
