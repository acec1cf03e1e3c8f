"""Whether a site of a group is late, and since when: one that says nothing is not one that makes nothing."""

from dataclasses import dataclass

from models.group.group_plan import GroupSite
from models.works.calendar import NS


@dataclass(frozen=True, slots=True)
class LateSite:
    """`since_ns`: the last that is known of it (UTC ns); None: nothing ever was."""

    site: GroupSite
    since_ns: int | None


def last_known_ns(made_ns: int, heard_ns: int) -> int:
    """Up to when a site is known. A site whose clock is ahead is not known beyond the moment in which we heard it."""
    return min(made_ns, heard_ns)


def late_site(site: GroupSite, known_ns: int | None, now_ns: int) -> LateSite | None:
    """None if it is in time. `known_ns`: up to when it is known."""
    if known_ns is not None and now_ns - known_ns <= site.late_after_s * NS:
        return None
    return LateSite(site, known_ns)
