"""The parts of a document, each parsed by itself and with its path.

The whole document reports every fault of shape. The parts that are sound can still be checked against each other, so
that one fault does not hide the next.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from collector.config.alerts_document import AlertsEntry
from collector.config.balance_document import BalanceEntry
from collector.config.desk_document import DeskEntry
from collector.config.detection_document import DetectionEntry, LimitsEntry
from collector.config.document import (
    InfluxEntry,
    PlantFile,
    ProductEntry,
    ReportedEntry,
    ShopEntry,
    SiteEntry,
)
from collector.config.grafana_document import GrafanaEntry
from collector.config.imports_document import ImportEntry
from collector.config.postgres_document import PostgresEntry
from collector.config.problem import Path, Problems
from collector.config.sentences import did_you_mean, parse, show
from collector.config.unit_document import TagEntry, UnitEntry
from collector.group.kafka_document import KafkaEntry
from collector.sources.base import SourceConfig, SourceType
from models.works.strict import StrictModel

M = TypeVar("M", bound=StrictModel)


@dataclass(frozen=True, slots=True)
class TagPart:
    """A tag with the codes of its unit and shop, as written, valid or not."""

    path: Path
    shop: str
    unit: str
    entry: TagEntry

    @property
    def name(self) -> str:
        """The tag's name in the whole plant."""
        return f"{self.unit}.{self.entry.signal}"


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A source of a known type; `config` is None where its entry has a fault."""

    path: Path
    name: str
    type: SourceType
    config: SourceConfig | None


@dataclass(frozen=True, slots=True)
class Entries:
    """Every sound part of a document, and by list every code that is written, valid or not, with its place."""

    site: SiteEntry | None
    influx: InfluxEntry | None
    postgres: PostgresEntry | None
    group: KafkaEntry | None
    desk: DeskEntry | None
    grafana: GrafanaEntry | None
    alerts: AlertsEntry | None
    limits: LimitsEntry | None
    detection: DetectionEntry | None
    products: list[tuple[Path, ProductEntry]]
    reported: list[tuple[Path, str, ReportedEntry]]
    balance: list[tuple[Path, BalanceEntry]]
    imports: list[tuple[Path, ImportEntry]]
    shops: list[tuple[Path, ShopEntry]]
    units: list[tuple[Path, UnitEntry]]
    tags: list[TagPart]
    sources: list[SourcePart]
    codes: Mapping[str, list[tuple[str, Path]]]

    def known(self, what: str) -> set[str]:
        """The codes of "product", "shop", "unit" or "source" that are written anywhere."""
        return {code for code, _ in self.codes[what]}

    def kinds(self) -> dict[str, str | None]:
        """By code of every unit that is written anywhere, its kind; None where its entry has a fault."""
        unknown: dict[str, str | None] = {code: None for code, _ in self.codes["unit"]}
        return unknown | {unit.code: unit.kind for _, unit in self.units}


def parse_document(
    data: Mapping[str, Any], types: Mapping[str, SourceType], problems: Problems
) -> tuple[PlantFile | None, Entries]:
    """The whole file where its shape is sound, else None; and in any case its sound parts."""
    # The whole reports each fault of shape once; its parts are parsed again for what the checks between them need.
    whole = parse(PlantFile, data, (), problems)
    products = list(_items(data, "products", ()))
    raw_shops = list(_items(data, "shops", ()))
    raw_units = [(raw_shop, *item) for path, raw_shop in raw_shops for item in _items(raw_shop, "units", path)]
    raw_tags = [
        (raw_shop, raw_unit, *item) for raw_shop, path, raw_unit in raw_units for item in _items(raw_unit, "tags", path)
    ]
    sources = list(_items(data, "sources", ()))
    reported = data.get("reported")
    return whole, Entries(
        site=_sound(SiteEntry, data.get("site")),
        influx=_sound(InfluxEntry, data.get("influxdb")),
        postgres=_sound(PostgresEntry, data.get("postgres")),
        group=_sound(KafkaEntry, data.get("group")),
        desk=_sound(DeskEntry, data.get("desk")),
        grafana=_sound(GrafanaEntry, data.get("grafana")),
        alerts=_sound(AlertsEntry, data.get("alerts", {})),
        limits=_sound(LimitsEntry, data.get("limits")),
        detection=_sound(DetectionEntry, data.get("detection", {})),
        products=[(path, product) for path, raw in products if (product := _sound(ProductEntry, raw))],
        reported=[
            (("reported", str(name)), str(name), report)
            for name, raw in (reported.items() if isinstance(reported, dict) else ())
            if (report := _sound(ReportedEntry, raw))
        ],
        balance=[(path, node) for path, raw in _items(data, "balance", ()) if (node := _sound(BalanceEntry, raw))],
        imports=[(path, entry) for path, raw in _items(data, "imports", ()) if (entry := _sound(ImportEntry, raw))],
        shops=[(path, shop) for path, raw in raw_shops if (shop := _sound(ShopEntry, {**raw, "units": []}))],
        units=[(path, unit) for _, path, raw in raw_units if (unit := _sound(UnitEntry, {**raw, "tags": []}))],
        tags=[
            TagPart(path, str(raw_shop.get("code")), str(raw_unit.get("code")), tag)
            for raw_shop, raw_unit, path, raw in raw_tags
            if (tag := _sound(TagEntry, raw))
        ],
        sources=[part for path, raw in sources if (part := _source(raw, path, types, problems))],
        codes={
            "product": _codes(products, "code"),
            "shop": _codes(raw_shops, "code"),
            "unit": _codes([(path, raw) for _, path, raw in raw_units], "code"),
            "source": _codes(sources, "name"),
        },
    )


def _items(raw: Mapping[str, Any], key: str, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    items = raw.get(key)
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield (*path, key, index), item


def _codes(items: list[tuple[Path, dict[str, Any]]], key: str) -> list[tuple[str, Path]]:
    return [(raw[key], (*path, key)) for path, raw in items if isinstance(raw.get(key), str)]


def _sound(model: type[M], raw: object) -> M | None:
    return parse(model, raw, (), Problems())  # its faults were reported with those of the whole file


def _source(raw: dict[str, Any], path: Path, types: Mapping[str, SourceType], problems: Problems) -> SourcePart | None:
    name = raw.get("type")
    if name is None:
        problems.add((*path, "type"), f"the key is missing; give the type of the source; {did_you_mean('', types)}")
        return None
    if not isinstance(name, str) or name not in types:
        problems.add((*path, "type"), f"{show(name, ())} is not a type of source; {did_you_mean(name, types)}")
        return None
    return SourcePart(path, str(raw.get("name")), types[name], parse(types[name].config, raw, path, problems))
