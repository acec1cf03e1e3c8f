"""The way of a product in sentences: what is made, whether the plan can be, what is the limit, what a day costs."""

from collections.abc import Iterator, Sequence
from datetime import date

from models.recovery.chain import DAY_H, RateLimit
from models.recovery.recovered import Recovery, UnitDemand
from models.recovery.recovery_texts import recovery_text
from models.recovery.remark import Remark, RemarkKind
from models.recovery.shown import shown
from models.recovery.standing_words import LEAST_H, standing_sentence
from models.recovery.stock_words import stock_sentence
from models.works.localize import Language, localize_month
from models.works.plant import Plant

_MOST_UNITS = 4
"""Named of one product; the table has them all."""
_OF_PRODUCTS = (
    RemarkKind.NO_PLAN,
    RemarkKind.NO_OUTPUT,
    RemarkKind.NO_CHAIN,
    RemarkKind.NOT_IN_CHAIN,
    RemarkKind.STOCKS_OF_NOW,
    RemarkKind.NO_STOCK,
    RemarkKind.NO_STOCK_FIGURE,
    RemarkKind.STOCK_OUTSIDE,
    RemarkKind.NO_RUNNING_DAY,
    RemarkKind.DELIVERIES,
    RemarkKind.SALES,
)
"""Remarks that name products; the others name units."""


def recovery_sentences(plant: Plant, found: Recovery, language: Language) -> list[str]:
    """The sentences of one product, without what they take for granted."""
    said = [_made(plant, found, language)]
    if found.is_supposed and found.forecast_t is not None:
        said.append(recovery_text("without_supposed", language))
    if found.way is not None and found.made_t is not None:
        if found.need_t == 0:
            return [*said, recovery_text("done", language)]
        said += [_reachable(found, language), *_limit(plant, found, language)]
        said += [*standing_sentence(plant, found, language), *stock_sentence(plant, found.way, language)]
        said += _delay(found, language)
    return said


def remark_sentences(plant: Plant, remarks: Sequence[Remark], language: Language) -> list[str]:
    """What is not known and what is taken for granted. Remarks of a kind that give no tonnes are one sentence."""
    told: dict[tuple[RemarkKind, float | None], dict[str, None]] = {}
    for remark in remarks:
        told.setdefault((remark.kind, remark.tonnes), {}).update(dict.fromkeys(remark.of))
    return [
        recovery_text(f"remark_{kind.value}", language).format(
            names=", ".join(_named(plant, kind, code, language) for code in codes),
            tonnes="" if tonnes is None else shown(tonnes, language),
        )
        for (kind, tonnes), codes in told.items()
    ]


def _named(plant: Plant, kind: RemarkKind, code: str, language: Language) -> str:
    known = plant.products if kind in _OF_PRODUCTS else plant.units
    return known[code].name(language) if code in known else code


def _made(plant: Plant, found: Recovery, language: Language) -> str:
    words = {
        "product": plant.products[found.product].name(language),
        "month": localize_month(date.fromordinal(found.month), language),
    }
    if found.made_t is None:
        return recovery_text("made_unknown", language).format(**words)
    words["made"] = shown(found.made_t, language)
    if found.plan_t is None:
        return recovery_text("made_only", language).format(**words)
    words["plan"] = shown(found.plan_t, language)
    if found.forecast_t is None or not found.plan_t:
        return recovery_text("made", language).format(**words)
    pct = shown(100 * found.forecast_t / found.plan_t, language, 1)
    forecast = shown(found.forecast_t, language)
    return recovery_text("made_forecast", language).format(**words, forecast=forecast, pct=pct)


def _reachable(found: Recovery, language: Language) -> str:
    most_t, need_t, plan_t = found.reachable_t or 0.0, found.need_t, found.plan_t
    most = shown(most_t, language)
    if need_t is None or not plan_t:
        return recovery_text("at_most", language).format(most=most)
    pct = shown(100 * most_t / plan_t, language, 1)
    if not found.is_reachable:
        missing = shown(plan_t - most_t, language)
        return recovery_text("not_reachable", language).format(most=most, pct=pct, missing=missing)
    way_t = found.way.most_t if found.way is not None else 0.0
    said = recovery_text("reachable", language).format(
        need=shown(need_t, language),
        rate=shown(need_t / max(found.days_left, 1 / DAY_H), language),
        share=shown(100 * need_t / way_t, language, 1),
    )
    return f"{said} {recovery_text('at_most_of_plan', language).format(most=most, pct=pct)}"


def _limit(plant: Plant, found: Recovery, language: Language) -> Iterator[str]:
    if found.way is None:
        return
    by_product: dict[str, list[UnitDemand]] = {}
    for unit in found.way.units:
        if unit.limits:
            by_product.setdefault(unit.place.product, []).append(unit)
    limits = [
        recovery_text("limit_of", language).format(
            product=plant.products[product].name(language), units=_units(plant, units, language)
        )
        for product, units in by_product.items()
    ]
    nodes = {node.name: node for node in plant.balance}
    for name in found.way.stocks:
        for stock in nodes[name].stock:
            product = plant.products[stock.product].name(language)
            limits.append(recovery_text("limit_stock", language).format(product=product))
    if limits:
        yield recovery_text("limit", language).format(limits="; ".join(limits))


def _units(plant: Plant, units: Sequence[UnitDemand], language: Language) -> str:
    # A unit that stands takes the most, so it is named first.
    by_weight = sorted(units, key=lambda unit: -(unit.stands_h * unit.limit_t_per_h))
    return "; ".join(_unit(plant, unit, language) for unit in by_weight[:_MOST_UNITS])


def _unit(plant: Plant, unit: UnitDemand, language: Language) -> str:
    name = plant.units[unit.place.unit].name(language)
    if not unit.hours:
        return recovery_text("limit_only_stands", language).format(unit=name)
    key = "limit_best" if unit.limited_by is RateLimit.BEST else "limit_nameplate"
    rate = shown(unit.limit_t_per_day, language)
    limit = recovery_text(key, language).format(unit=name, rate=rate)
    if unit.stands_h < LEAST_H:
        return limit
    hours = shown(unit.stands_h, language)
    return recovery_text("limit_stands", language).format(limit=limit, hours=hours)


def _delay(found: Recovery, language: Language) -> Iterator[str]:
    way = found.way
    if way is None or way.delay_t is None:
        return
    if way.delay_t < 1:
        yield recovery_text("no_delay", language)
        return
    delay = shown(way.delay_t, language)
    if way.delayed_t_per_day is None or not found.is_reachable:
        yield recovery_text("delay", language).format(delay=delay)
    else:
        rate = shown(way.delayed_t_per_day, language)
        yield recovery_text("delay_needs", language).format(delay=delay, rate=rate)
