"""The target of units that take turns, such as converters of which one is usually in relining."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from models.books.targets import Targets
from models.counting.increment import GRAMS_PER_TONNE
from models.works.calendar import HOUR_NS, production_day
from models.works.month import month_of
from models.works.place import ALL, Place
from models.works.plant import Plant


@dataclass(slots=True)
class SharedTarget:
    """`members` are places of one shop and product. They make a month's plan while they are available.

    All but one of them make the whole rate, because one is usually in relining. With fewer, the rate is less in
    proportion.
    """

    plant: Plant
    targets: Targets
    members: Sequence[Place]
    _rates: dict[int, float | None] = field(default_factory=dict)

    def t_per_h(self, member: Place, at_ns: int) -> float | None:
        """The tonnes an hour that `member` should make at that instant; None if no plan of the group's month says
        it."""
        month = month_of(production_day(member.calendar(self.plant), at_ns).toordinal())
        if month not in self._rates:
            self._rates[month] = self._whole_rate(month)
        rate = self._rates[month]
        if rate is None:
            return None
        working = [place for place in self.members if self._works(place, month, at_ns)]
        if member not in working:
            return 0.0
        own = [self.targets.of_month(place, month) or 0 for place in working]
        share = own[working.index(member)] / sum(own) if sum(own) else 1 / len(working)
        return rate * self._part(len(working)) * share

    def _whole_rate(self, month: int) -> float | None:
        """The tonnes an hour of the group while all but one of its members work; None without a plan for the month."""
        first = self.members[0]
        shop = Place("shop", first.shop, ALL, first.product)
        parts = self.targets.places.parts.get(shop, ())
        if set(parts) != set(self.members) or not self._has_plan(shop, month):
            return None
        grams = self.targets.of_month(shop, month)
        bounds = self.targets.month_days(shop, month)
        hours = self._whole_hours(month, bounds[0][0], bounds[-1][1])
        return None if grams is None or not hours else grams / GRAMS_PER_TONNE / hours

    def _has_plan(self, shop: Place, month: int) -> bool:
        """Whether the shop has a plan of its own, or each member has one."""
        own = any(
            plan.month == month and (plan.shop, plan.unit, plan.product) == (shop.shop, shop.unit, shop.product)
            for plan in self.targets.facts.plans
        )
        return own or all(self.targets.is_planned(member, month) for member in self.members)

    def _whole_hours(self, month: int, start_ns: int, end_ns: int) -> float:
        """The hours of the span, each weighted by how much of the whole rate the members that are available make."""
        times = [self.targets.working_time.working(place.unit, month) for place in self.members]
        windows = [window for time in times for window in time.windows]
        edges = {start_ns, end_ns, *(edge for window in windows for edge in window if start_ns < edge < end_ns)}
        ordered = sorted(edges)
        total = 0.0
        for low, high in pairwise(ordered):
            working = sum(time.available_ns(low, low + 1) > 0 for time in times)
            total += self._part(working) * (high - low) / HOUR_NS
        return total

    def _works(self, place: Place, month: int, at_ns: int) -> bool:
        return self.targets.working_time.working(place.unit, month).available_ns(at_ns, at_ns + 1) > 0

    def _part(self, working: int) -> float:
        return min(1.0, working / max(1, len(self.members) - 1))
