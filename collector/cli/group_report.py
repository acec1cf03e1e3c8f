"""From a report of a group that is asked for to its document."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw

from collector.group.group_ledger import read_group
from collector.group.group_load import load_group
from collector.group.group_reads import GroupStatus, SiteStatus, group_status, sites_days
from collector.group.group_settings import GroupSettings
from collector.group.group_streams import SiteStop
from dashboards.report.group.document import GroupHeader
from dashboards.report.group.texts import group_text
from models.group.group_figures import GroupFigures, group_day, group_month
from models.group.site_days import first_day_needed
from models.works.calendar import NS, local_date
from models.works.localize import Language, clock_text, localize_day, utc_offset
from models.works.month import month_of, shifted

Products = Sequence[GroupFigures]
Asked = Callable[[apsw.Connection, "AskedGroup"], Products]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedGroup:
    """A group that is asked about, as it stood at one instant."""

    settings: GroupSettings
    status: GroupStatus
    now_ns: int

    @staticmethod
    def of(file: Path) -> "AskedGroup":
        """Raises ConfigurationError, and CannotStart if there is no ledger."""
        settings, now_ns = load_group(file), time.time_ns()
        status = read_group(settings.data_dir, lambda connection: group_status(connection, settings, now_ns))
        return AskedGroup(settings=settings, status=status, now_ns=now_ns)

    @property
    def running_day(self) -> int:
        """The first date (an ordinal) that is not over at every site."""
        return min(local_date(each.zone, self.now_ns).toordinal() for each in self.status.sites)

    def read(self, asked: Asked) -> Products:
        """The figures of every product."""
        return read_group(self.settings.data_dir, lambda connection: asked(connection, self))

    def header(self, period: str, language: Language) -> GroupHeader:
        """What stands above and below the figures."""
        zone = self.status.zone
        local = datetime.fromtimestamp(self.now_ns // NS, UTC).astimezone(zone)
        offset = utc_offset(self.now_ns // NS, zone)
        return GroupHeader(
            code=self.settings.code,
            name=self.settings.name(language),
            period=period,
            as_of=f"{localize_day(local.date(), language)} {local:%H:%M} ({offset})",
            simulated=self.status.simulated,
            site_names={site.code: site.name(language) for site in self.settings.sites.values()},
            remarks=remarks(self.status, self.now_ns, language),
        )


def read_growth(month: int) -> Asked:
    """Every product of the group in a month (the ordinal of its first day)."""

    def read(connection: apsw.Connection, asked: AskedGroup) -> Products:
        sites = sites_days(connection, asked.status, first_day_needed(month), shifted(month, 1))
        return [group_month(product, sites, month) for product in asked.settings.products]

    return read


def read_day(day: int) -> Asked:
    """Every product of the group on a production date (an ordinal)."""

    def read(connection: apsw.Connection, asked: AskedGroup) -> Products:
        sites = sites_days(connection, asked.status, month_of(day), day + 1)
        return [group_day(product, sites, day) for product in asked.settings.products]

    return read


def remarks(status: GroupStatus, now_ns: int, language: Language) -> list[str]:
    """Which works are late or stand, and since when: one line each."""

    def clock(at_ns: int) -> str:
        return clock_text(at_ns // NS, now_ns // NS, status.zone)

    return [line for each in status.sites for line in _of_site(each, clock, language)]


def _of_site(status: SiteStatus, clock: Callable[[int], str], language: Language) -> list[str]:
    site, code, hole = status.site.name(language), status.site.code, status.hole
    found = [group_text("no_such_product", language, site=site, product=product) for product in status.lacking]
    if status.late is not None and status.late.since_ns is None:
        found.append(group_text("never_heard", language, site=site))
    elif status.late is not None and status.late.since_ns is not None:
        found.append(group_text("late_since", language, site=site, since=clock(status.late.since_ns)))
    if status.taken.stopped is SiteStop.TWO_LEDGERS:
        found.append(group_text("two_ledgers", language, code=code))
    elif status.taken.stopped is SiteStop.NEWER:
        found.append(group_text("newer_version", language, site=site))
    elif hole is not None and hole.hole_ns is not None:
        number = hole.number + 1
        found.append(group_text("hole_since", language, site=site, number=number, since=clock(hole.hole_ns)))
    found += [
        group_text("image_coming", language, site=site, number=each.number) for each in status.making if each.number
    ]
    return found
