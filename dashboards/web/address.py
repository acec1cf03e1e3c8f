"""Addresses of receipts, months and periods: written into links, and read back out of what somebody typed. Pure."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from dashboards.web.errors import AddressFault
from models.tables.growth_span import Days
from models.tables.receipt_record import MOST_DAYS, AskedReceipt
from models.works.calendar import NS
from models.works.localize import Language
from models.works.month import month_of, period_text, shifted
from models.works.place import ALL, Place
from models.works.plant import Plant

Given = Mapping[str, str]
FIRST_YEAR, LAST_YEAR = 1990, 2099
"""Of dates beyond these nobody has figures, and arithmetic of dates ends somewhere."""


_INSTANT = re.compile(r"(?P<seconds>[^.]+?)(?:\.(?P<below>[0-9]{1,9}))?(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?")


def receipt_link(asked: AskedReceipt, language: Language, page: str = "/receipt") -> str:
    """The address of a receipt; `page` "/receipt.json" gives it as JSON."""
    place = asked.place
    given = {
        **({"shop": place.shop} if place.shop != ALL else {}),
        **({"unit": place.unit} if place.unit != ALL else {}),
        "product": place.product,
        "from": date.fromordinal(asked.first).isoformat(),
        "to": date.fromordinal(asked.end - 1).isoformat(),
        **({} if asked.known_ns is None else {"known": known_text(asked.known_ns)}),
        **({"lang": language} if page == "/receipt" else {}),
    }
    return f"{page}?{urlencode(given)}"


def asked_receipt(plant: Plant, given: Given, now_ns: int) -> AskedReceipt:
    """The receipt that an address asks for. Raises AddressFault."""
    first, end = days_of(given, ("from", "to"))
    known_ns = known_of(plant, given.get("known", ""), now_ns)
    product = given.get("product", "")
    if not product:
        raise AddressFault("no_product_given")
    unit, shop = given.get("unit", ALL) or ALL, given.get("shop", ALL) or ALL
    if unit != ALL and shop == ALL and unit in plant.units:
        shop = plant.units[unit].shop
    level = "unit" if unit != ALL else "shop" if shop != ALL else "site"
    return AskedReceipt(Place(level, shop, unit, product), first, end, known_ns)


def known_of(plant: Plant, known: str, now_ns: int) -> int | None:
    """The instant (UTC ns) as of which a figure is asked for; None for "". Raises AddressFault."""
    known_ns = None if not known else _instant(plant, known)
    if known_ns is not None and known_ns >= now_ns:
        raise AddressFault("known_in_future", known)
    return known_ns


def known_text(at_ns: int) -> str:
    """An instant (UTC ns) in an address: to the nanosecond, for a figure changes at one and not a little earlier."""
    whole, below = divmod(at_ns, NS)
    fraction = f".{below:09d}" if below else ""
    return f"{datetime.fromtimestamp(whole, UTC):%Y-%m-%dT%H:%M:%S}{fraction}Z"


def days_of(given: Given, names: tuple[str, str]) -> Days:
    """[first, end) of two dates, both inclusive as people write them. Raises AddressFault."""
    first, last = (_day(given.get(name, "")) for name in names)
    if last < first:
        raise AddressFault("ends_before_it_begins", f"{date.fromordinal(first)} - {date.fromordinal(last)}")
    if last - first >= MOST_DAYS:
        raise AddressFault("too_many_days", str(MOST_DAYS))
    return first, last + 1


def asked_month(given: Given, today: int) -> int:
    """The month that an address asks for (an ordinal); without one that of `today`. Raises AddressFault."""
    named = named_month(given)
    return month_of(today) if named is None else named


def named_month(given: Given) -> int | None:
    """A day of the month that an address asks for (an ordinal); None: it asks for none. Raises AddressFault."""
    wanted = given.get("month", "")
    return None if not wanted else _day(f"{wanted}-01" if len(wanted) == 7 else wanted, "bad_month", wanted)


def asked_periods(given: Given, month: int) -> tuple[Days, Days]:
    """The two periods to compare; without them the month and the one before it. Raises AddressFault."""
    if not any(given.get(name) for name in ("from", "to", "base_from", "base_to")):
        return (month, shifted(month, 1)), (shifted(month, -1), month)
    return days_of(given, ("from", "to")), days_of(given, ("base_from", "base_to"))


def month_link(month: int, product: str, language: Language, periods: tuple[Days, Days] | None = None) -> str:
    """The address of a month of a product, with the periods that it compares if they are chosen."""
    given = {"month": period_text(month), "product": product}
    if periods is not None:
        for prefix, (first, end) in zip(("", "base_"), periods, strict=True):
            given |= {
                f"{prefix}from": date.fromordinal(first).isoformat(),
                f"{prefix}to": date.fromordinal(end - 1).isoformat(),
            }
    return f"/month?{urlencode({**given, 'lang': language})}"


def _day(given: str, fault: str = "bad_date", shown: str = "") -> int:
    try:
        day = date.fromisoformat(given)
    except ValueError as error:
        raise AddressFault(fault, (shown or given)[:40]) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise AddressFault(fault, (shown or given)[:40])
    return day.toordinal()


def _instant(plant: Plant, given: str) -> int:
    """UTC ns of a date and time; without an offset by the clocks of the site."""
    # Python reads microseconds at most, and an address holds nanoseconds.
    found = _INSTANT.fullmatch(given)
    try:
        if found is None:
            raise ValueError(given)
        at = datetime.fromisoformat(found["seconds"] + (found["offset"] or ""))
    except ValueError as error:
        raise AddressFault("bad_instant", given[:40]) from error
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise AddressFault("bad_instant", given[:40])
    local = at if at.tzinfo is not None else at.replace(tzinfo=plant.zone)
    return int(local.timestamp()) * NS + int((found["below"] or "0").ljust(9, "0"))
