"""What must hold between the entries of a configuration: codes, products, reports, calendars, zones."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from collector.config.document import CalendarEntry
from collector.config.entries import Entries
from collector.config.fields import is_zone
from collector.config.problem import Mark, Path, Problems, nearest
from collector.config.sentences import did_you_mean
from models.works.place import ALL, UNALLOCATED, UNCLAIMED

RESERVED = {
    ALL: "totals",
    UNALLOCATED: "what no unit has of a stated total",
    UNCLAIMED: "tonnes of units that the configuration does not have",
}
"""What rows carry in place of a unit or a shop, so no unit and no shop may be called that."""


def check_codes(entries: Entries, marks: Mapping[Path, Mark], problems: Problems) -> None:
    """Codes of one kind are given once in the plant, and so are the names of tags."""
    for what, codes in entries.codes.items():
        _once(what, codes, marks, problems)
        for code, path in codes:
            if what in ("unit", "shop") and code in RESERVED:
                problems.add(path, f"'{code}' stands for {RESERVED[code]} in every table; give another code")
    _once("tag", [(tag.name, (*tag.path, "signal")) for tag in entries.tags], marks, problems)


def _once(what: str, codes: Iterable[tuple[str, Path]], marks: Mapping[Path, Mark], problems: Problems) -> None:
    first: dict[str, Path] = {}
    for code, path in codes:
        if code in first:
            problems.add(
                path, f"the {what} '{code}' is already given in {nearest(marks, first[code])}; choose another name"
            )
        first.setdefault(code, path)


def check_products(entries: Entries, problems: Problems) -> None:
    """Products are made from, and parts of, known products, and never of themselves."""
    origins = _origins(entries)
    for path, product in entries.products:
        for key, codes in (("made_from", product.made_from), ("part_of", product.part_of)):
            for index, code in enumerate(codes):
                _known("product", code, (*path, key, index), entries, problems)
        if product.code in origins[product.code]:
            problems.add(
                (*path, "made_from"),
                f"'{product.code}' is made from, or a part of, itself, directly or through others; break the cycle",
            )


def _origins(entries: Entries) -> dict[str, set[str]]:
    """By product, everything that it is made from or a part of, over any number of steps."""
    steps = {product.code: {*product.made_from, *product.part_of} for _, product in entries.products}
    origins: dict[str, set[str]] = {}
    for code in steps:
        reached: set[str] = set()
        ahead = [code]
        while ahead:
            new = steps.get(ahead.pop(), set()) - reached
            reached |= new
            ahead.extend(new)
        origins[code] = reached
    return origins


def check_reported(entries: Entries, problems: Problems) -> None:
    """A reported product is counted where its counters are, and at no unit together with what it is made from."""
    counted = _counted(entries)
    # A unit with a fault of its own may lack just the tag that counts: that would be a second message for one fault.
    broken = {path[:4] for path in (problem.path for problem in problems.found) if path[:1] == ("shops",)}
    unsure = {code for code, path in entries.codes["unit"] if path[:4] in broken}
    for path, _, report in entries.reported:
        if not _known("product", report.product, (*path, "product"), entries, problems):
            continue
        for index, unit in enumerate(report.counted_at):
            at = (*path, "counted_at", index)
            if unit in report.counted_at[:index]:
                problems.add(at, f"'{unit}' is given twice; keep one")
            elif (
                _known("unit", unit, at, entries, problems)
                and report.product not in counted.get(unit, set())
                and unit not in unsure  # the tag that counts it may be the one that is wrong
            ):
                problems.add(
                    at,
                    f"'{unit}' does not count {report.product}; give that unit a totalizer, rate or event tag with "
                    f"product: {report.product}, or remove it here",
                )
    _check_counted_twice(entries, problems)


def _check_counted_twice(entries: Entries, problems: Problems) -> None:
    origins = _origins(entries)
    for path, name, report in entries.reported:
        for _, other_name, other in entries.reported:
            if other.product not in origins.get(report.product, set()) or other.product == report.product:
                continue
            for index, unit in enumerate(report.counted_at):
                if unit in other.counted_at:
                    problems.add(
                        (*path, "counted_at", index),
                        f"'{unit}' counts {report.product} for {name} and for {other_name} {other.product}, which it "
                        "is made from or a part of: the same tonnes would be counted twice; remove the unit from one",
                    )


def _counted(entries: Entries) -> dict[str, set[str]]:
    """By unit, the products that its totalizers and events count, or that people report for it."""
    counted: dict[str, set[str]] = {unit.code: set(unit.by_hand) for _, unit in entries.units}
    for tag in entries.tags:
        if tag.entry.product and tag.entry.kind != "gauge":
            counted.setdefault(tag.unit, set()).add(tag.entry.product)
    return counted


def check_units(entries: Entries, problems: Problems) -> None:
    """A unit has targets for what it counts, and counts a product with one kind of tag alone."""
    counted = _counted(entries)
    for path, unit in entries.units:
        stated = {
            "daily_target_t": (unit.daily_target_t, "target"),
            "nameplate_t_per_day": (unit.nameplate_t_per_day, "nameplate"),
            "quality_ratio": (unit.quality_ratio, "quality ratio"),
        }
        if unit.quality_ratio and not unit.quality_source:
            problems.add((*path, "quality_ratio"), "nobody says where it is from; add quality_source in words")
        if unit.quality_source and not unit.quality_ratio:
            problems.add((*path, "quality_source"), "it is the source of nothing; add quality_ratio, or remove it")
        for key, (tonnes, what) in stated.items():
            for product in tonnes:
                at = (*path, key, product)
                if (
                    _known("product", product, at, entries, problems)
                    and product not in counted.get(unit.code, set())
                    and not problems.under((*path, "tags"))
                ):
                    problems.add(at, f"'{unit.code}' does not count {product}; add its tag, or remove the {what}")
    kinds: dict[tuple[str, str], tuple[str, str]] = {}
    for tag in entries.tags:
        if tag.entry.product is None or tag.entry.kind == "gauge":
            continue
        kind, name = kinds.setdefault((tag.unit, tag.entry.product), (tag.entry.kind, tag.name))
        if kind != tag.entry.kind:
            problems.add(
                (*tag.path, "product"),
                f"{tag.entry.product} is already counted by the {kind} {name}; choose one of the two",
            )


def check_by_hand(entries: Entries, problems: Problems) -> None:
    """What people report is a product of the catalogue, once."""
    for path, unit in entries.units:
        for index, product in enumerate(unit.by_hand):
            at = (*path, "by_hand", index)
            if _known("product", product, at, entries, problems) and product in unit.by_hand[:index]:
                problems.add(at, f"'{product}' is given twice; keep one")


def check_service(entries: Entries, problems: Problems) -> None:
    """A unit comes before it goes, goes once, and had codes that no unit has now."""
    units = {unit.code for _, unit in entries.units}
    former: dict[str, str] = {}
    for path, unit in entries.units:
        service = unit.in_service
        if unit.retired is not None and service.until is not None:
            problems.add((*path, "retired"), "the unit also has in_service.until; keep one of the two")
        last = unit.retired or service.until
        if service.first is not None and last is not None and last < service.first:
            problems.add((*path, "in_service"), f"the unit ends on {last}, before it begins; exchange the dates")
        for index, code in enumerate(unit.renamed_from):
            at = (*path, "renamed_from", index)
            if code in units:
                problems.add(at, f"'{code}' is a unit of this plant; a former code belongs to no other unit")
            elif code in former:
                problems.add(at, f"'{code}' is already a former code of '{former[code]}'; give it to one unit")
            former[code] = unit.code


def check_balance(entries: Entries, problems: Problems) -> None:
    """A node has a name of its own, and its flows are counted at units, its stocks reported by shops, of this plant."""
    names: set[str] = set()
    for path, node in entries.balance:
        if node.node in names:
            problems.add((*path, "node"), f"'{node.node}' is given twice; give each node a name of its own")
        names.add(node.node)
        for side, flows in (("inputs", node.inputs), ("outputs", node.outputs)):
            for index, flow in enumerate(flows):
                at = (*path, side, index)
                _known("product", flow.product, (*at, "product"), entries, problems)
                for number, unit in enumerate(flow.at):
                    _known("unit", unit, (*at, "at", number), entries, problems)
        for index, stock in enumerate(node.stock):
            _known("product", stock.product, (*path, "stock", index, "product"), entries, problems)
            _known("shop", stock.shop, (*path, "stock", index, "shop"), entries, problems)
            if stock.most_t is not None and stock.most_t <= stock.least_t:
                at = (*path, "stock", index, "most_t")
                problems.add(
                    at, f"room for {stock.most_t:g} t, but {stock.least_t:g} t are always kept; give most_t more"
                )


def check_calendar(path: Path, calendar: CalendarEntry, problems: Problems) -> None:
    """A zone that exists, and shifts in their order from the start of the production day."""
    if calendar.zone is not None:
        check_zone((*path, "zone"), calendar.zone, problems)
    start = time.fromisoformat(calendar.day_start)
    offsets = [_minutes(time.fromisoformat(text)) - _minutes(start) for text in calendar.shift_starts]
    # A day that starts at 08:00 has its night shift at 20:00 or 00:00: order counts from the start of the day.
    offsets = [offset % 1440 for offset in offsets]
    for index in range(1, len(offsets)):
        if offsets[index] <= offsets[index - 1]:
            problems.add(
                (*path, "shift_starts", index),
                f"'{calendar.shift_starts[index]}' does not come after '{calendar.shift_starts[index - 1]}' in a day "
                f"that starts at {calendar.day_start}; give the shifts in their order from there, each once",
            )


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def check_zone(path: Path, zone: str, problems: Problems) -> None:
    """The zone is one that this host's zone database knows."""
    if not is_zone(zone):
        hint = did_you_mean(zone, available_timezones()) if zone else ""
        problems.add(
            path, f"'{zone}' is not a time zone; {hint if hint.startswith('did') else 'write it like Asia/Almaty'}"
        )


AFTER_THE_CHANGE = datetime(2024, 6, 1, tzinfo=UTC)
"""Any instant after it: what the database knows does not hang on what this host's clock says."""


def check_zone_database(problems: Problems, at: datetime = AFTER_THE_CHANGE) -> None:
    """Kazakhstan went to +05 on 2024-03-01: a host that does not know it would book output to the wrong day."""
    offset = at.astimezone(ZoneInfo("Asia/Almaty")).utcoffset()
    if offset != timedelta(hours=5):
        problems.add(
            (),
            f"the time zone database of this host has Asia/Almaty at {offset} from UTC, not at 5:00:00; update the "
            "system's tzdata package, or the Python package tzdata",
        )


def _known(what: str, code: str, path: Path, entries: Entries, problems: Problems) -> bool:
    known = entries.known(what)
    if code not in known:
        problems.add(path, f"'{code}' is not a {what} of this plant; {did_you_mean(code, known)}")
    return code in known
