"""The figures of a group: each of its products as the sum of what its sites say, in grams.

Nothing is added that is not known at every site: a month is compared over the first days that all of them know, and the
figures say how many these are, and which site has no more. Growth is that of the sums, by the same arithmetic as a
site's. Sites whose definitions of a product differ are not added at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.group.group_plan import GroupProduct
from models.group.site_days import SiteDays, grams_of, status_of
from models.tables.growth_span import Days, growth_span
from models.tables.kpi import attainment_pct, growth_pct, per_day_growth_pct
from models.tables.row_fields import Fields, put_pct, put_tonnes
from models.works.codes import FigureStatus
from models.works.month import length, period_text
from models.works.table import FieldValue

_PCT_DECIMALS = 6
"""As in the rows of a site: the order in which parts are added does not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFigures:
    """What one site gives to a product of the group: its own row, named as in the output tables."""

    site: str
    product: str
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """A product of the group in a month or on a day. `fields`: named as in the output tables, without what is not
    known. `lacking`: sites of which nothing, or fewer days than of others, is known. `definitions`: by site, where they
    differ: then nothing is added."""

    product: GroupProduct
    fields: Fields
    parts: Sequence[PartFigures]
    lacking: Sequence[str]
    definitions: Mapping[str, str]


def group_month(product: GroupProduct, sites: Mapping[str, SiteDays], month: int) -> GroupFigures:
    """A product in `month` (the ordinal of its first day), over the days that are known at all its sites."""
    terms = [(_of(sites, site), code) for site, code in product.parts]
    known = [site.days_known(code, month) for site, code in terms]
    days = max(known[0].intersection(*known), default=0)
    most = max(max(each, default=0) for each in known)
    lacking = [site.site for (site, _), each in zip(terms, known, strict=True) if not each or max(each) < most]
    definitions = differing(product, sites)
    fields: Fields = {"period": period_text(month), "compared_days": days}
    fields |= _quality([site.month(code, month) for site, code in terms])
    if days < length(month):
        fields["in_progress_days"] = days
    parts = [_part(site, code, month, max(each, default=0)) for (site, code), each in zip(terms, known, strict=True)]
    if days and not definitions:
        _put_month(fields, terms, month, days)
    return GroupFigures(
        product=product, fields=fields, parts=parts, lacking=list(dict.fromkeys(lacking)), definitions=definitions
    )


def group_day(product: GroupProduct, sites: Mapping[str, SiteDays], day: int) -> GroupFigures:
    """A product on a production date (an ordinal); known if it is over and known at all its sites."""
    terms = [(_of(sites, site), code) for site, code in product.parts]
    rows = [site.day(code, day) if site.is_over(site.day(code, day)) else {} for site, code in terms]
    definitions = differing(product, sites)
    fields: Fields = {"period": _date_text(day), **_quality(rows)}
    if not definitions:
        made, target = (_sum(grams_of(row, name) for row in rows) for name in ("actual_t", "target_t"))
        _put_judged(fields, made, target)
        put_tonnes(fields, "month_to_date_t", _sum(grams_of(row, "month_to_date_t") for row in rows))
        put_tonnes(fields, "year_to_date_t", _sum(grams_of(row, "year_to_date_t") for row in rows))
    parts = [
        PartFigures(site=site.site, product=code, fields={**row, "period": _date_text(day)})
        for (site, code), row in zip(terms, rows, strict=True)
    ]
    lacking = [site.site for (site, _), row in zip(terms, rows, strict=True) if "actual_t" not in row]
    return GroupFigures(
        product=product, fields=fields, parts=parts, lacking=list(dict.fromkeys(lacking)), definitions=definitions
    )


def differing(product: GroupProduct, sites: Mapping[str, SiteDays]) -> Mapping[str, str]:
    """By site and product, the definitions of what is to be added, if they are not all the same words."""
    found = {
        f"{site}.{code}": f"{known.definition} ({known.basis})"
        for site, code in product.parts
        if (known := _of(sites, site).products.get(code)) is not None
    }
    return found if len(set(found.values())) > 1 else {}


def _put_month(fields: Fields, terms: Sequence[tuple[SiteDays, str]], month: int, days: int) -> None:
    span = growth_span(month, days)
    now, before, last_year = (_in_month(terms, each) for each in (span.month, span.month_before, span.year_before))
    _put_judged(fields, now, _sum(site.in_month(code, span.month, "month_to_date_target_t") for site, code in terms))
    plan = _sum(grams_of(site.day(code, span.month[1] - 1), "month_target_t") for site, code in terms)
    put_tonnes(fields, "month_target_t", plan)
    put_pct(fields, "mom_pct", growth_pct(now, before))
    put_pct(fields, "mom_per_day_pct", _per_day(now, span.month, before, span.month_before))
    put_tonnes(fields, "prev_year_t", last_year)
    put_pct(fields, "yoy_pct", growth_pct(now, last_year))
    put_pct(fields, "yoy_per_day_pct", _per_day(now, span.month, last_year, span.year_before))
    to_date, base = (_in_year(terms, each) for each in (span.year_to_date, span.year_to_date_before))
    put_tonnes(fields, "ytd_t", to_date)
    put_tonnes(fields, "ytd_prev_year_t", base)
    put_pct(fields, "ytd_pct", growth_pct(to_date, base))


def _part(site: SiteDays, code: str, month: int, days: int) -> PartFigures:
    """The site by itself, over the days that it knows: so each line stands against the site's own report."""
    fields: Fields = {"period": period_text(month), "compared_days": days, **_quality([site.month(code, month)])}
    if days < length(month):
        fields["in_progress_days"] = days
    if days:
        _put_month(fields, [(site, code)], month, days)
    return PartFigures(site=site.site, product=code, fields=fields)


def _put_judged(fields: Fields, made: int | None, target: int | None) -> None:
    put_tonnes(fields, "actual_t", made)
    put_tonnes(fields, "target_t", target)
    if made is not None and target is not None:
        put_tonnes(fields, "deviation_t", made - target)
        put_pct(fields, "attainment_pct", attainment_pct(made, target))


def _quality(rows: Sequence[Mapping[str, FieldValue]]) -> Fields:
    """As final as the least final part, and as complete as the parts are on average; a part that is not there is
    neither."""
    complete = [row.get("completeness_pct", 0.0) for row in rows]
    shares = [each for each in complete if not isinstance(each, str)]
    return {
        "status": int(min((status_of(row) for row in rows), default=FigureStatus.OPERATIONAL)),
        "completeness_pct": round(sum(shares) / len(rows), _PCT_DECIMALS),
    }


def _in_month(terms: Sequence[tuple[SiteDays, str]], days: Days) -> int | None:
    return _sum(site.in_month(code, days) for site, code in terms)


def _in_year(terms: Sequence[tuple[SiteDays, str]], days: Days) -> int | None:
    return _sum(site.in_year(code, days) for site, code in terms)


def _per_day(now: int | None, days: Days, base: int | None, base_days: Days) -> Decimal | None:
    return per_day_growth_pct(now, days[1] - days[0], base, base_days[1] - base_days[0])


def _sum(grams: Iterable[int | None]) -> int | None:
    """None if one of them is not known: a sum without it would pass for the whole."""
    found = list(grams)
    known = [each for each in found if each is not None]
    return sum(known) if len(known) == len(found) else None


def _of(sites: Mapping[str, SiteDays], site: str) -> SiteDays:
    return sites.get(site) or SiteDays(site=site)


def _date_text(day: int) -> str:
    return date.fromordinal(day).isoformat()
