"""Whose tonnes the ledger holds: of which unit as the configuration names it now, or of none.

The ledger keeps every increment under the tag, unit and product that it had when it was counted, for good. Units are
renamed and leave, counters are replaced. What was made stays made: `renamed_from`, `former_signals` and `retired` say
whose it is, `disowned` says that it is nobody's output; until somebody decides, it stays in every total as "unclaimed".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from models.books.counted_days import CoarseCount, DayCount
from models.books.unit_days import Series
from models.counting.increment import BUCKET_S, COMPARED
from models.counting.output_plan import BucketSum, OutputPlan
from models.stated.adjustment import Adjustment
from models.stated.closed_month import ClosedFigure
from models.stated.facts import Facts
from models.stated.figure import Figure
from models.stated.plan import PlanEntry
from models.works.codes import TagKind
from models.works.place import ALL
from models.works.plant import Plant, Tag

Counter = tuple[str, str, str]
"""(tag, unit, product) of a counter."""
Placed = TypeVar("Placed", Figure, PlanEntry, Adjustment, ClosedFigure)
Counted = TypeVar("Counted", BucketSum, DayCount, CoarseCount)


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """What an earlier configuration said of a unit that is gone: its shop, and which products the works did not count
    there."""

    shop: str
    uncounted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Claims:
    """`recorded`: every counter that the ledger has. `former`: the units of earlier configurations, by code."""

    plant: Plant
    recorded: frozenset[Counter] = frozenset()
    former: Mapping[str, FormerUnit] = field(default_factory=dict)
    _found: dict[Counter, Counter | None] = field(default_factory=dict)

    def counter(self, tag: str, unit: str, product: str) -> Counter | None:
        """The counter under the names of today; None if it is disowned.

        What no unit claims has a code of its own in place of the unit: that of the unit that is gone, or the name of
        the tag if only that is gone.
        """
        key = tag, unit, product
        if key not in self._found:
            self._found[key] = self._judge(*key)
        return self._found[key]

    def counted(self, items: Iterable[Counted]) -> list[Counted]:
        """Sums of the ledger under the names of today, without those of disowned counters."""
        found = []
        for item in items:
            key = item.tag, item.unit, item.product
            current = self.counter(*key)
            if current == key:
                found.append(item)
            elif current is not None:
                found.append(replace(item, tag=current[0], unit=current[1]))
        return found

    @cached_property
    def counters(self) -> Mapping[Series, tuple[Tag, ...]]:
        """By (unit, product): the counters of the plant, then those that are no more."""
        found: dict[Series, tuple[Tag, ...]] = dict(OutputPlan(self.plant).counters)
        for counter in sorted(self.recorded):
            current = self.counter(*counter)
            if current is not None and current not in self._configured:
                tag, unit, product = current
                known = found.get((unit, product), ())
                if tag not in {other.name for other in known}:
                    found[unit, product] = (*known, _former_tag(self.plant.site, tag, unit, product))
        return found

    @cached_property
    def former_tags(self) -> frozenset[str]:
        """The names of the counters that are no more."""
        return frozenset(tag.name for tags in self.counters.values() for tag in tags if not tag.source)

    def is_claimed(self, unit: str) -> bool:
        """Whether a code is that of a unit of the plant."""
        return unit in self.plant.units

    def shop(self, unit: str) -> str:
        """The shop of a unit; of one that is gone, that which it had, and "all" if nobody knows or it is gone too."""
        if unit in self.plant.units:
            return self.plant.units[unit].shop
        former = self.former.get(unit) or self.former.get(unit.partition(".")[0])
        shop = self._shops_now.get(former.shop, former.shop) if former is not None else ALL
        if former is None and unit.partition(".")[0] in self.plant.units:
            shop = self.plant.units[unit.partition(".")[0]].shop
        return shop if shop in self.plant.shops else ALL

    def counts_in_site(self, unit: str, product: str) -> bool:
        """Whether the works counts what a unit that is gone made of a product."""
        former = self.former.get(unit)
        return former is None or product not in former.uncounted

    def facts(self, facts: Facts) -> Facts:
        """The same facts under the names of today, without those of disowned units."""
        return replace(
            facts,
            all_figures=self._all_moved(facts.all_figures),
            all_plans=self._all_moved(facts.all_plans),
            all_repairs=[replace(item, unit=self._units_now.get(item.unit, item.unit)) for item in facts.all_repairs],
            adjustments=self._all_moved(facts.adjustments),
            all_closed_figures=self._all_moved(facts.all_closed_figures),
        )

    @cached_property
    def _configured(self) -> frozenset[Counter]:
        counters = OutputPlan(self.plant).counters
        return frozenset((tag.name, *series) for series, tags in counters.items() for tag in tags)

    @cached_property
    def _disowned(self) -> frozenset[str]:
        return frozenset(self.plant.disowned)

    @cached_property
    def _units_now(self) -> Mapping[str, str]:
        return {former: unit.code for unit in self.plant.units.values() for former in unit.renamed_from}

    @cached_property
    def _shops_now(self) -> Mapping[str, str]:
        return {former: shop.code for shop in self.plant.shops.values() for former in shop.renamed_from}

    def _judge(self, tag: str, unit: str, product: str) -> Counter | None:
        if product == COMPARED:
            return None
        now = self._units_now.get(unit, unit)
        name = f"{now}{tag[len(unit) :]}" if tag.startswith(f"{unit}.") else tag
        if (name, now, product) in self._configured:
            return name, now, product
        if {tag, unit} & self._disowned:
            return None
        if now not in self.plant.units:
            return name, now, product
        if name.partition(".")[2] in self.plant.units[now].former_signals:
            return name, now, product
        return name, name, product

    def _all_moved(self, items: Iterable[Placed]) -> list[Placed]:
        return [moved for item in items if (moved := self._moved(item)) is not None]

    def _moved(self, item: Placed) -> Placed | None:
        if item.unit == ALL:
            return replace(item, shop=self._shops_now[item.shop]) if item.shop in self._shops_now else item
        unit = self._units_now.get(item.unit, item.unit)
        if unit not in self.plant.units and {item.unit, unit} & self._disowned:
            return None
        shop = self.shop(unit)
        return item if (unit, shop) == (item.unit, item.shop) else replace(item, unit=unit, shop=shop)


def _former_tag(site: str, name: str, unit: str, product: str) -> Tag:
    """A counter that is no more, with what books ask of one. Its cadence is not known: a reading fills its bucket."""
    return Tag(
        name=name,
        signal=name.partition(".")[2],
        kind=TagKind.TOTALIZER,
        site=site,
        shop="",
        unit=unit,
        source="",
        unit_of_measure="t",
        cadence_s=float(BUCKET_S),
        product=product,
    )
