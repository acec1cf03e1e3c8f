"""A plant as short tables: what `tundish check` shows of a sound configuration."""

from rich.table import Table

from collector.config.settings import Settings
from models.works.codes import TagKind
from models.works.plant import Plant

_NUMBERS = ("gauges", "totalizers", "events", "tags", "target, t/day")


def plant_tables(settings: Settings) -> list[Table]:
    """Tables of the shops, of the sources and of what is reported; those without rows are left out."""
    tables = (_shops(settings), _sources(settings), _reported(settings))
    return [table for table in tables if table.row_count]


def _shops(settings: Settings) -> Table:
    plant = settings.plant
    table = _table("shop", "production day", "units", "gauges", "totalizers", "rates", "events")
    for shop in plant.shops.values():
        units = [unit.code for unit in plant.units.values() if unit.shop == shop.code]
        kinds = [tag.kind.value for tag in plant.tags if tag.shop == shop.code]
        shifts = ", ".join(f"{start:%H:%M}" for start in shop.calendar.shift_starts)
        day = f"{shop.calendar.day_start:%H:%M} {shop.calendar.zone.key}, shifts {shifts}"
        counts = [str(kinds.count(kind)) for kind in ("gauge", "totalizer", "rate", "event")]
        table.add_row(shop.names["en"], day, " ".join(units), *counts)
    return table


def _sources(settings: Settings) -> Table:
    table = _table("source", "type", "time from", "tags")
    for name, source in settings.sources.items():
        table.add_row(name, source.type.type, source.config.time_from, str(len(source.tags)))
    return table


def _reported(settings: Settings) -> Table:
    table = _table("reported", "product", "counted at", "target, t/day")
    for report in settings.plant.reported:
        targets = [
            target
            for unit in report.counted_at
            if (target := settings.plant.units[unit].daily_target_t.get(report.product)) is not None
        ]
        total = f"{sum(targets):,.0f}".replace(",", " ") if targets else "none"
        table.add_row(report.name, report.product, " ".join(report.counted_at), total)
    return table


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in _NUMBERS else "left")
    return table


def uncounted(plant: Plant) -> dict[str, list[str]]:
    """By reported product, the units that count it and are not among those where the works counts it."""
    found: dict[str, list[str]] = {}
    for reported in plant.reported:
        units = {tag.unit for tag in plant.tags if tag.product == reported.product and tag.kind is not TagKind.GAUGE}
        left = [code for code in plant.units if code in units and code not in reported.counted_at]
        if left:
            found[reported.product] = left
    return found


def shared_servers(settings: Settings) -> list[str]:
    """A sentence for each server that several sources read, for each of them has a session of its own there."""
    by_url: dict[str, list[str]] = {}
    for name, source in settings.sources.items():
        url = getattr(source.config, "url", None)
        if isinstance(url, str):
            by_url.setdefault(url, []).append(name)
    found = []
    for url, names in by_url.items():
        limits = [getattr(getattr(settings.sources[name].config, "limits", None), "sessions", None) for name in names]
        most = min((limit for limit in limits if limit is not None), default=len(names))
        if len(names) > most:
            text = f"limits.sessions of {most} lets so many of them connect at a time, and the others never do"
        else:
            text = "each has a session of its own there, and controllers often grant two in all"
        if len(names) > 1:
            found.append(f"sources {', '.join(names)} read one server, {url}: {text}; make one source of them")
    return found
