"""Resolves a checked file into the plant tree and the sources. Nothing here can fail: the checks came first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from collector.config.balance_document import BalanceEntry, FlowEntry
from collector.config.check_detection import repair_shifts, resolved_limits, resolved_rules
from collector.config.check_tags import ResolvedTag
from collector.config.conversion import conversion, grams_per_unit, grams_per_unit_h
from collector.config.document import CalendarEntry, PlantFile
from collector.config.entries import SourcePart
from collector.config.fields import names_of
from collector.config.formula_units import formula_unit
from collector.config.heat import made_heat_tags, measured_heat_tags
from collector.config.planned_resets import reset_times, reset_within_s
from collector.config.settings import ConfiguredSource
from collector.config.unit_document import CountsWhenEntry, TagEntry
from models.counting.formula import formula
from models.counting.status_text import folded_texts
from models.works.alarm_pattern import AlarmPattern
from models.works.codes import KeyReuse, SignalRole, TagKind
from models.works.in_service import InService
from models.works.plant import (
    BalanceNode,
    Calendar,
    Conversion,
    Flow,
    Gate,
    Integral,
    Plant,
    Product,
    Reported,
    Shop,
    Stock,
    Tag,
    Unit,
)


def build(
    file: PlantFile, tags: Iterable[ResolvedTag], sources: Sequence[SourcePart]
) -> tuple[Plant, Mapping[str, ConfiguredSource]]:
    """The plant with its tags in the order of their names, and by name each source with its own tags."""
    # By name, so that the index of a tag is the same however the entries are split into files.
    calendars = {shop.code: _calendar(shop.calendar, file.site.zone) for shop in file.shops}
    tags = list(tags)
    units: dict[str, dict[str, str]] = {}
    for tag in tags:
        units.setdefault(tag.part.unit, {})[tag.part.entry.signal] = tag.part.entry.unit_of_measure
    read: list[tuple[Tag, Any]] = [
        (_tag(tag, file.site.code, calendars[tag.part.shop], units[tag.part.unit]), tag.address) for tag in tags
    ]
    made: list[tuple[Tag, Any]] = [(tag, None) for tag in made_heat_tags(file.heat_supply, [tag for tag, _ in read])]
    ordered = sorted(read + made, key=lambda pair: pair[0].name)
    rules = resolved_rules({unit.code: unit.kind for shop in file.shops for unit in shop.units}, file.detection)
    plant = Plant(
        site=file.site.code,
        site_names=names_of(file.site.names),
        zone=ZoneInfo(file.site.zone),
        simulated=file.site.simulated,
        shops={
            shop.code: Shop(
                code=shop.code,
                names=names_of(shop.names),
                calendar=calendars[shop.code],
                renamed_from=tuple(shop.renamed_from),
            )
            for shop in file.shops
        },
        units={
            unit.code: Unit(
                code=unit.code,
                shop=shop.code,
                kind=unit.kind,
                names=names_of(unit.names),
                daily_target_t=dict(unit.daily_target_t),
                nameplate_t_per_day=dict(unit.nameplate_t_per_day),
                quality_ratio=dict(unit.quality_ratio),
                quality_source=unit.quality_source,
                by_hand=tuple(unit.by_hand),
                useful_volume_m3=unit.useful_volume_m3,
                kpi_targets=dict(unit.kpi_targets),
                repair_shifts=repair_shifts(file.detection, unit.code),
                in_service=InService(unit.in_service.first, unit.retired or unit.in_service.until),
                renamed_from=tuple(unit.renamed_from),
                former_signals=tuple(unit.former_signals),
                takes_turns=rules.of(unit.code, unit.kind).together,
                alarms=tuple(AlarmPattern(entry.source, entry.origin, entry.name) for entry in unit.alarms),
            )
            for shop in file.shops
            for unit in shop.units
        },
        products={
            product.code: Product(
                code=product.code,
                names=names_of(product.names),
                definition=product.definition,
                definitions=names_of(product.definition_in),
                basis=product.basis,
                display_unit=product.display_unit,
                made_from=tuple(product.made_from),
                part_of=tuple(product.part_of),
            )
            for product in file.products
        },
        reported=tuple(
            Reported(name=name, product=report.product, counted_at=tuple(report.counted_at))
            for name, report in file.reported.items()
        ),
        tags=tuple(tag for tag, _ in ordered),
        disowned=tuple(sorted(set(file.disowned))),
        source_names=_sourcenames_of(sources),
        balance=tuple(_balance_node(node) for node in file.balance),
        limits=resolved_limits(file.limits),
        detection=rules,
        measured={tag.tag: tag for tag in measured_heat_tags(file.heat_supply)},
    )
    configured = {
        source.name: ConfiguredSource(
            type=source.type,
            config=source.config,
            tags=tuple(
                (index, tag, address)
                for index, (tag, address) in enumerate(ordered)
                if tag.source == source.name and not tag.formula
            ),
        )
        for source in sources
        if source.config is not None
    }
    return plant, configured


def _sourcenames_of(sources: Sequence[SourcePart]) -> dict[str, Mapping[str, str]]:
    return {
        source.name: names_of(source.config.names)
        for source in sources
        if source.config is not None and source.config.names is not None
    }


def _balance_node(entry: BalanceEntry) -> BalanceNode:
    return BalanceNode(
        name=entry.node,
        inputs=tuple(_flow(flow) for flow in entry.inputs),
        outputs=tuple(_flow(flow) for flow in entry.outputs),
        stock=tuple(
            Stock(
                product=stock.product,
                shop=stock.shop,
                uncertainty_pct=stock.uncertainty_pct,
                uncertainty_t=stock.uncertainty_t,
                least_t=stock.least_t,
                most_t=stock.most_t,
            )
            for stock in entry.stock
        ),
        in_process_t=entry.in_process_t,
    )


def _flow(entry: FlowEntry) -> Flow:
    return Flow(
        product=entry.product,
        at=tuple(entry.at),
        yield_t_per_t=entry.yield_t_per_t,
        yield_spread_pct=entry.yield_spread_pct,
        uncertainty_pct=entry.uncertainty_pct,
    )


def _calendar(entry: CalendarEntry, site_zone: str) -> Calendar:
    return Calendar(
        zone=ZoneInfo(entry.zone or site_zone),
        day_start=time.fromisoformat(entry.day_start),
        shift_starts=tuple(time.fromisoformat(text) for text in entry.shift_starts),
    )


def _gate(entry: CountsWhenEntry | None) -> Gate | None:
    return None if entry is None else Gate(entry.signal, tuple(sorted(set(entry.shows))))


def _tag(tag: ResolvedTag, site: str, calendar: Calendar, units: Mapping[str, str]) -> Tag:
    entry = tag.part.entry
    made_unit = formula_unit(formula(entry.formula).tree, units) if entry.formula else None
    source_unit, is_word = made_unit or entry.source_unit_of_measure, entry.bit is not None or bool(entry.on_when)
    return Tag(
        name=tag.part.name,
        signal=entry.signal,
        signal_names={} if entry.names is None else names_of(entry.names),
        kind=TagKind(entry.kind),
        site=site,
        shop=tag.part.shop,
        unit=tag.part.unit,
        source=entry.source,
        unit_of_measure=entry.unit_of_measure,
        cadence_s=entry.cadence,
        product=entry.product,
        conversion=conversion(source_unit, entry.unit_of_measure) if source_unit else Conversion(),
        low=0.0 if is_word else entry.low,
        high=1.0 if is_word else entry.high,
        bit=entry.bit,
        on_when=tuple(entry.on_when),
        texts=folded_texts(entry.texts),
        formula=entry.formula or "",
        told_apart=getattr(tag.address, "newest", None) is not None,
        reset_signal=entry.reset_signal or "",
        compared_with=entry.compared_with or "",
        pair_within_s=entry.pair_within or 0.0,
        gate=None
        if entry.counts_when is None
        else Gate(entry.counts_when.signal, tuple(sorted(set(entry.counts_when.shows)))),
        max_rate_per_h=entry.max_rate_per_h,
        modulus=entry.modulus,
        back_step=entry.back_step,
        resolution=entry.resolution or 0.0,
        resets=reset_times(entry, calendar),
        reset_within_s=reset_within_s(entry) if entry.resets else 0.0,
        key_reuse=KeyReuse.QUARANTINE if entry.key_reuse is None else KeyReuse(entry.key_reuse),
        grams_per_unit=_grams_per_unit(entry),
        role=None if entry.role is None else SignalRole(entry.role),
        nominal=entry.nominal,
        integral=Integral(
            method=entry.integrate or "trapeze",
            longest_bridge_s=entry.longest_bridge,
            stands_for_s=entry.stands_for,
            zero_below=entry.zero_below or 0.0,
        ),
    )


def _grams_per_unit(entry: TagEntry) -> float | None:
    if entry.kind == "gauge":
        return None
    if entry.kind == "rate":
        return grams_per_unit_h(entry.unit_of_measure, entry.density_t_per_m3)
    return grams_per_unit(entry.unit_of_measure)
