"""What another configuration does to figures that the ledger has already, as sentences for whoever changes it.

Figures are a function of what was counted and stated and of the configuration, so a change reaches back to the first
day, unless a month is closed. What the change of a counter or a code does is told elsewhere (`Claims`).
"""

from collections.abc import Iterator, Mapping

from models.works.in_service import InService
from models.works.plant import Calendar, Plant, Reported, Shop, Unit

BACK = "back to the first day"
CLOSED = "closed months keep the figures that they were closed with"


def changed_history(before: Plant, after: Plant) -> list[str]:
    """One sentence a change, in the order of the works, then shops, units and products; empty if nothing changes."""
    return [
        *_zone(before, after),
        *_reported(before, after),
        *_shops(before, after),
        *_units(before, after),
        *_products(before, after),
    ]


def _zone(before: Plant, after: Plant) -> Iterator[str]:
    if before.zone != after.zone:
        yield (
            f"site: the zone was {before.zone.key} and is {after.zone.key}: hours and dates of all that was counted "
            f"move, {BACK}; figures that people stated stay on their dates"
        )


def _reported(before: Plant, after: Plant) -> Iterator[str]:
    units = _former(after.units)
    known = {each.name: each for each in before.reported}
    for now in after.reported:
        was = known.pop(now.name, None)
        if was is None:
            yield f"reported {now.name}: is new: totals of {now.product} at {_listed(now)} are made, {BACK}"
        elif was.product != now.product:
            yield (
                f"reported {now.name}: was {was.product} and is {now.product}: all totals of the works under this "
                f"name, and their growth, are of the other product, {BACK}; {CLOSED}"
            )
        elif {units.get(code, code) for code in was.counted_at} != set(now.counted_at):
            yield (
                f"reported {now.name}: was counted at {_listed(was)} and is counted at {_listed(now)}: all totals of "
                f"the works and their growth are made anew, {BACK}; {CLOSED}"
            )
    for was in known.values():
        yield f"reported {was.name}: is no longer reported: its totals of the works are taken away, {BACK}"


def _shops(before: Plant, after: Plant) -> Iterator[str]:
    shops = _former(after.shops)
    for code, was in before.shops.items():
        now = after.shops.get(shops.get(code, code))
        if now is None:
            continue
        if was.calendar.day_start != now.calendar.day_start or was.calendar.zone != now.calendar.zone:
            yield (
                f"shop {now.code}: its production day began at {_day(was.calendar)} and begins at "
                f"{_day(now.calendar)}: what was counted moves to the new days, {BACK}; "
                "figures that people stated stay on their dates"
            )
        if was.calendar.shift_starts != now.calendar.shift_starts:
            yield (
                f"shop {now.code}: shifts began at {_shifts(was.calendar)} and begin at {_shifts(now.calendar)}: "
                f"what was counted is put into the new shifts, {BACK}; figures stated for the old ones stay"
            )


def _units(before: Plant, after: Plant) -> Iterator[str]:
    units, shops = _former(after.units), _former(after.shops)
    for code, was in before.units.items():
        now = after.units.get(units.get(code, code))
        if now is None:
            continue
        if now.code != code:
            yield f"unit {now.code}: takes over all that {code} made, under its own code, {BACK}"
        if shops.get(was.shop, was.shop) != now.shop:
            yield (
                f"unit {now.code}: stood in shop {was.shop} and stands in {now.shop}: all that it made is in the "
                f"totals of {now.shop}, {BACK}; {CLOSED}"
            )
        if was.in_service != now.in_service:
            yield (
                f"unit {now.code}: belonged to the works {_service(was.in_service)} and belongs to it "
                f"{_service(now.in_service)}: on other days its output is known to be 0, and nothing is due"
            )
        yield from _targets(was, now)
    for code in sorted(set(after.units) - set(before.units) - set(units.values())):
        if after.units[code].in_service.first is None:
            yield (
                f"unit {code}: is new: what it made before its first reading is not known, unless in_service.from says "
                "since when it belongs to the works"
            )


def _targets(was: Unit, now: Unit) -> Iterator[str]:
    for product in sorted({*was.daily_target_t, *now.daily_target_t}):
        old, new = was.daily_target_t.get(product), now.daily_target_t.get(product)
        if old != new:
            yield (
                f"unit {now.code}: its daily target of {product} was {_tonnes(old)} and is {_tonnes(new)}: days "
                f"without a plan are held against it, {BACK}: enter the months that are over as plans to keep theirs"
            )
    if (was.repair_shifts, was.takes_turns) != (now.repair_shifts, now.takes_turns):
        yield (
            f"unit {now.code}: its repair shifts, or with whom it shares its target, changed: hourly and daily targets "
            f"are spread anew, {BACK}; those of a whole month stay"
        )


def _products(before: Plant, after: Plant) -> Iterator[str]:
    for code, was in before.products.items():
        now = after.products.get(code)
        if now is not None and (was.definition, was.basis) != (now.definition, now.basis):
            yield (
                f"product {code}: was '{was.definition}' ({was.basis}) and is '{now.definition}' ({now.basis}): what "
                "was counted is not converted: growth compares figures of both definitions"
            )


def _former(places: Mapping[str, Unit] | Mapping[str, Shop]) -> dict[str, str]:
    """The code of today by each former one."""
    return {former: place.code for place in places.values() for former in place.renamed_from}


def _listed(reported: Reported) -> str:
    return ", ".join(reported.counted_at)


def _day(calendar: Calendar) -> str:
    return f"{calendar.day_start:%H:%M} {calendar.zone.key}"


def _shifts(calendar: Calendar) -> str:
    return ", ".join(f"{start:%H:%M}" for start in calendar.shift_starts)


def _service(span: InService) -> str:
    if span.is_always:
        return "always"
    first = f"from {span.first}" if span.first is not None else "from the beginning"
    return f"{first} to {span.last}" if span.last is not None else first


def _tonnes(amount: float | None) -> str:
    return "none" if amount is None else f"{amount:,g} t"
