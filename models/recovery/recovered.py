"""What a product would have to make from now on to reach its plan of the month; and if it cannot, how far it comes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.recovery.book_chain import BookChain, UnknownRate, made_so_far
from models.recovery.chain import DAY_H, Chain, Floats, RateLimit, UnitBound
from models.recovery.days_left import DaysLeft
from models.recovery.programme import Programme, Reached
from models.recovery.remark import Remark, RemarkKind
from models.recovery.standing import UnitStanding
from models.recovery.stock_course import StockCourse, stock_courses
from models.recovery.what_if import WhatIf
from models.tables.book_forecast import Forecasts
from models.works.place import ALL, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDemand:
    """What one unit has to make from now on. `stage`: 0 makes the product, 1 supplies those, and so on.

    `required_t`: until the end of the month, in `hours` available hours, and `by_day` of it; `stands_h`: those in which
    it stands by plan or as is supposed, held by `standing`. `limits`: no more can be reached because of it.
    """

    place: Place
    stage: int
    required_t: float
    hours: float
    stands_h: float
    limit_t_per_h: float
    limited_by: RateLimit
    recent_t_per_h: float | None
    limits: bool
    day_h: float = DAY_H
    standing: Sequence[UnitStanding] = ()
    by_day: Sequence[float] = ()

    @property
    def required_t_per_h(self) -> float:
        """For each hour in which it works."""
        return self.required_t / self.hours if self.hours else 0.0

    @property
    def required_t_per_day(self) -> float:
        """For a day in which it stands for its repair shift alone, of `day_h` hours."""
        return self.required_t_per_h * self.day_h

    @property
    def limit_t_per_day(self) -> float:
        """The most of such a day."""
        return self.limit_t_per_h * self.day_h

    @property
    def recent_t_per_day(self) -> float | None:
        """As it goes now; None: not known."""
        return None if self.recent_t_per_h is None else self.recent_t_per_h * self.day_h

    @property
    def share(self) -> float:
        """Of its limit, 0 to 1."""
        most = self.limit_t_per_h * self.hours
        return self.required_t / most if most else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How the month goes on. `total_t`: of the product from now on, as required; `most_t`: the most that can be.

    `limits`: the units, and `stocks` the nodes whose stock, that keep it from being more. `delay_t`: by so much the
    most is less if one more day goes as the last weeks went, and `delayed_t_per_day` is what is then required; None:
    nobody knows how it goes. `stock_courses`: what lies in the stocks, as far as it is known.
    """

    total_t: float
    most_t: float
    units: Sequence[UnitDemand]
    limits: Sequence[Place]
    stocks: Sequence[str]
    delay_t: float | None
    delayed_t_per_day: float | None
    stock_courses: Sequence[StockCourse] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """One product in one month (the ordinal of its first day); tonnes. None: not known.

    `first`: the production date (ordinal) from which days are left, `days_left` of them (of one that runs, what is left
    of it). `made_t`: until now. `is_supposed`: the way is under a
    supposition; the forecast never is. `way` is None if nobody can say, and `remarks` say why.
    """

    product: str
    month: int
    first: int
    days_left: float
    plan_t: float | None
    made_t: float | None
    forecast_t: float | None
    way: Way | None
    is_supposed: bool = False
    remarks: Sequence[Remark] = field(default=())

    @property
    def need_t(self) -> float | None:
        """What is still to be made for the plan; 0 if it is made."""
        if self.plan_t is None or self.made_t is None:
            return None
        return max(self.plan_t - self.made_t, 0.0)

    @property
    def reachable_t(self) -> float | None:
        """The largest month."""
        return None if self.way is None or self.made_t is None else self.made_t + self.way.most_t

    @property
    def is_reachable(self) -> bool | None:
        """Whether the plan can be made; a tonne counts as nothing."""
        if self.way is None or self.need_t is None:
            return None
        return self.way.most_t >= self.need_t - 1.0


def recovery(
    book: Book, product: str, month: int, what_if: WhatIf | None = None, standing_now: Iterable[str] = ()
) -> Recovery:
    """The way of one product. The book reaches from LOOKS_BACK days before the month to its end; days of the month are
    left. `standing_now`: the units that stand without a plan."""
    left = DaysLeft(book, month, what_if or WhatIf())
    place = Place("site", ALL, ALL, product)
    plan = book.targets.of_month(place, month) if place in book.places.known else None
    chain = BookChain(book, product, left, standing_now)
    asked = chain.asked()
    made_t, with_running = made_so_far(book, place, asked, left)
    way: Way | None = None
    remarks: list[Remark] = []
    if plan is None:
        remarks.append(Remark(RemarkKind.NO_PLAN, (product,)))
    if made_t is None:
        remarks.append(Remark(RemarkKind.NO_OUTPUT, (product,)))
    elif not with_running:
        remarks.append(Remark(RemarkKind.NO_RUNNING_DAY, (product,)))
    plan_t = None if plan is None else plan / GRAMS_PER_TONNE
    # By the days of the units: those of the works may begin hours before.
    days_left = left.count - 1 + left.begun_share((*asked, place)[0]) if left.count else 0.0
    try:
        if made_t is not None:
            need_t = None if plan_t is None else max(plan_t - made_t, 0.0)
            way = way_of(chain.read(), need_t, days_left)
    except UnknownRate as none:
        remarks.append(Remark(RemarkKind.NO_RATE, none.units))
    return Recovery(
        product=product,
        month=month,
        first=left.first,
        days_left=days_left,
        plan_t=plan_t,
        made_t=made_t,
        forecast_t=_forecast_t(book, place, left),
        way=way,
        is_supposed=not left.what_if.is_nothing,
        remarks=sorted(dict.fromkeys([*remarks, *chain.remarks]), key=lambda each: list(RemarkKind).index(each.kind)),
    )


def way_of(chain: Chain, need_t: float | None, days_left: float) -> Way:
    """How `need_t` more tonnes are made (None: as much as can be), or as much of it as can be.

    Raises NoProgramme if the solver finds no answer.
    """
    programme = Programme(chain)
    most = programme.most()
    total_t = most.total_t if need_t is None else min(need_t, most.total_t)
    made = programme.least_strain(total_t)
    stages = {place: number for number, stage in enumerate(chain.stages()) for place in stage}
    limits = most.limits()
    delay = _delay(programme, most, need_t, days_left)
    return Way(
        total_t=total_t,
        most_t=most.total_t,
        units=[
            _demand(chain.units[place], stages[place], made[place], limits=place in limits)
            for place in sorted(made, key=lambda place: stages[place])
        ],
        limits=limits,
        stocks=most.short_stocks(),
        delay_t=None if delay is None else delay[0],
        delayed_t_per_day=None if delay is None else delay[1],
        stock_courses=list(stock_courses(chain.supplies, made)),
    )


def _demand(bound: UnitBound, stage: int, made_t: Floats, limits: bool) -> UnitDemand:
    return UnitDemand(
        place=bound.place,
        stage=stage,
        required_t=float(made_t.sum()),
        hours=float(bound.hours.sum()),
        stands_h=bound.stands_h,
        day_h=bound.day_h,
        limit_t_per_h=bound.limit_t_per_h,
        limited_by=bound.limited_by,
        recent_t_per_h=bound.recent_t_per_h,
        limits=limits,
        standing=bound.standing,
        by_day=made_t.tolist(),
    )


def _delay(
    programme: Programme, most: Reached, need_t: float | None, days_left: float
) -> tuple[float, float | None] | None:
    """What one day more as the last weeks went takes from the most, and what is required of each day after it."""
    chain = programme.chain
    day = _whole_day(chain)
    if day is None:
        return None
    slower: dict[Place, Floats] = {}
    for place in chain.asked:
        bound = chain.units[place]
        if bound.recent_t_per_h is None:
            if bound.hours.any():
                return None
            continue
        column = np.array(bound.most_t)
        column[day] = min(column[day], bound.recent_t_per_h * bound.hours[day])
        slower[place] = column
    delayed = programme.most(slower)
    came_t = sum(float(column[day]) for column in slower.values())
    left_days = days_left - 1.0
    required = None if need_t is None or left_days <= 0 else max(need_t - came_t, 0.0) / left_days
    return max(most.total_t - delayed.total_t, 0.0), required


def _whole_day(chain: Chain) -> int | None:
    """The first day that is not one of which only the rest is left; None if there is none."""
    hours = np.sum([chain.units[place].hours for place in chain.asked], axis=0)
    if not len(hours) or not hours.any():
        return None
    return 1 if len(hours) > 1 else 0


def _forecast_t(book: Book, place: Place, left: DaysLeft) -> float | None:
    if left.first == left.month or place not in book.places.known:
        return None
    fields: dict[str, float | int | bool | str] = {}
    day = left.first - 1
    Forecasts(book, day, day + 1).put(fields, place, book.day(place, day).so_far)
    found = fields.get("forecast_month_t")
    return found if isinstance(found, float) else None
