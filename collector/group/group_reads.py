"""What the group's ledger says of its sites: for reports, and for whoever looks how they are. SQL, no threads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import apsw

from collector.group.group_image import site_rows
from collector.group.group_settings import GroupSettings
from collector.group.group_streams import (
    SiteTaken,
    StreamState,
    StreamTaken,
    catalogue_of,
    site_taken,
    streams_of,
)
from collector.group.message import SiteCatalogue
from collector.group.reading_place import ReadingPlace, reading_places
from collector.group.refused_messages import RefusedMessages, refused_messages
from collector.plain_text import plain
from models.group.group_plan import GroupSite
from models.group.late_site import LateSite, last_known_ns, late_site
from models.group.site_days import TOTAL, SiteDays, SiteProduct, by_date
from models.tables.row_fields import DAY_TABLE, MONTH_TABLE, Fields
from models.works.calendar import stamp_ns

MOST_REFUSED = 20
"""Kinds of refusal that are shown: those that somebody may still do something about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStatus:
    """How a site stands. `current`: the stream that counts; `making`: those whose image is not whole yet. `lacking`:
    products that group.yaml takes from it and that it does not have."""

    site: GroupSite
    taken: SiteTaken
    current: StreamTaken | None
    making: Sequence[StreamTaken]
    catalogue: SiteCatalogue | None
    late: LateSite | None
    lacking: Sequence[str] = ()

    @property
    def known_ns(self) -> int | None:
        """Up to when it is known (UTC ns)."""
        return None if self.current is None else last_known_ns(self.current.made_ns, self.current.heard_ns)

    @property
    def hole(self) -> StreamTaken | None:
        """The stream that a message is missing of."""
        streams = [*([] if self.current is None else [self.current]), *self.making]
        return next((each for each in streams if each.hole_ns is not None), None)

    @property
    def zone(self) -> ZoneInfo:
        """That of its catalogue; UTC as long as it has none."""
        return ZoneInfo("UTC" if self.catalogue is None else self.catalogue.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStatus:
    """All sites in the order of group.yaml, how far the topic was read, and what was not taken of late."""

    sites: Sequence[SiteStatus]
    places: Sequence[ReadingPlace]
    refused: Sequence[RefusedMessages]

    @property
    def zone(self) -> ZoneInfo:
        """That of the first site that said its own, for every time that is shown: UTC as long as none has."""
        known = (each.zone for each in self.sites if each.catalogue is not None)
        return next(known, ZoneInfo("UTC"))

    @property
    def simulated(self) -> bool:
        """Whether figures of a simulated site are among those of the group."""
        return any(each.catalogue is not None and each.catalogue.simulated for each in self.sites)

    @property
    def waiting(self) -> int:
        """Messages in the topic that were to be read when it was last looked at."""
        return sum(place.end_offset - place.next_offset for place in self.places)


def group_status(connection: apsw.Connection, settings: GroupSettings, now_ns: int) -> GroupStatus:
    """How the group stands at `now_ns`."""
    return GroupStatus(
        sites=[_site_status(connection, settings, site, now_ns) for site in settings.sites.values()],
        places=reading_places(connection),
        refused=refused_messages(connection, MOST_REFUSED),
    )


def _site_status(connection: apsw.Connection, settings: GroupSettings, site: GroupSite, now_ns: int) -> SiteStatus:
    catalogue = catalogue_of(connection, site.code)
    wanted = [product for each in settings.products for code, product in each.parts if code == site.code]
    has = wanted if catalogue is None else [product.code for product in catalogue.products]
    streams = streams_of(connection, site.code)
    current = next((each for each in streams if each.state is StreamState.CURRENT), None)
    known_ns = None if current is None else last_known_ns(current.made_ns, current.heard_ns)
    return SiteStatus(
        site=site,
        taken=site_taken(connection, site.code),
        current=current,
        making=[each for each in streams if each.state is StreamState.MAKING],
        catalogue=catalogue,
        late=late_site(site, known_ns, now_ns),
        lacking=[product for product in wanted if product not in has],
    )


def sites_days(connection: apsw.Connection, status: GroupStatus, first: int, end: int) -> dict[str, SiteDays]:
    """By site, what it published of the production dates [first, end), as ordinals."""
    return {each.site.code: _site_days(connection, each, first, end) for each in status.sites}


def _site_days(connection: apsw.Connection, status: SiteStatus, first: int, end: int) -> SiteDays:
    catalogue, zone, code = status.catalogue, status.zone, status.site.code
    if catalogue is None:
        return SiteDays(site=code)
    span_ns = stamp_ns(zone, date.fromordinal(first)), stamp_ns(zone, date.fromordinal(end))

    def dated(table: str) -> dict[tuple[str, int], Fields]:
        return by_date(site_rows(connection, code, table, span_ns, TOTAL), table, zone)

    return SiteDays(
        site=code,
        heard_ns=status.known_ns,
        products={
            product.code: SiteProduct(definition=plain(product.definition), basis=plain(product.basis))
            for product in catalogue.products
        },
        days=dated(DAY_TABLE),
        months=dated(MONTH_TABLE),
    )
