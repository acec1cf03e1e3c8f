"""Books of a small works in which everything happens: made of a seed, the same ever again."""

from dataclasses import replace
from datetime import date, time
from random import Random
from zoneinfo import ZoneInfo

from models.books.book import Book
from models.books.claims import Claims
from models.books.out_of_service import lay_out_of_service
from models.books.overlaps import Stated
from models.books.unit_days import DayColumns
from models.stated.adjustment import Adjustment
from models.stated.closed_month import ClosedFigure, MonthClose
from models.stated.facts import Facts
from models.stated.figure import Figure
from models.stated.plan import PlanEntry, Repair, RepairKind
from models.works.calendar import HOUR_NS, stamp_ns
from models.works.codes import FigureStatus, TagKind
from models.works.in_service import InService
from models.works.month import month_of, shifted
from models.works.plant import Calendar, Plant, Product, RepairShift, Reported, Shop, Tag, Unit

ZONE = ZoneInfo("Asia/Almaty")
YEAR = 2026
SHOPS = {"iron": ("bf1", "bf2", "bf3"), "steel": ("bof1", "bof2"), "mill": ("hsm",), "mines": ("mine1", "mine2")}
PRODUCTS = {"iron": "pig_iron", "steel": "steel", "mill": "rolled", "mines": "coal"}


def works(random: Random) -> Plant:
    """Four shops; one begins its day at eight, the converters take turns, a mine rests in the morning."""
    units = {}
    for shop, codes in SHOPS.items():
        for code in codes:
            daily = {} if random.random() < 0.15 else {PRODUCTS[shop]: random.choice((900.0, 4000.0, 7777.7))}
            unit = Unit(code=code, shop=shop, kind="unit", names={"en": code}, daily_target_t=daily)
            if shop == "steel":
                unit = replace(unit, takes_turns=True)
            if code == "mine2":
                unit = replace(unit, repair_shifts=(RepairShift(time(8), time(14)),))
            if code == "bf3" and random.random() < 0.6:
                unit = replace(unit, in_service=InService(first=date(YEAR, random.randint(1, 8), 11)))
            if code == "bf2" and random.random() < 0.3:
                unit = replace(unit, in_service=InService(last=date(YEAR, 7, 20)))
            units[code] = unit
    tags = [
        Tag(
            name=f"{code}.count",
            signal="count",
            kind=TagKind.TOTALIZER,
            site="works",
            shop=unit.shop,
            unit=code,
            source="plc",
            unit_of_measure="t",
            cadence_s=60.0,
            product=PRODUCTS[unit.shop],
        )
        for code, unit in units.items()
    ]
    return Plant(
        site="works",
        site_names={"en": "Works"},
        zone=ZONE,
        simulated=True,
        shops={
            shop: Shop(
                code=shop,
                names={"en": shop},
                calendar=Calendar(zone=ZONE, day_start=time(8)) if shop == "mines" else Calendar(zone=ZONE),
            )
            for shop in SHOPS
        },
        units=units,
        products={
            code: Product(code=code, names={"en": code}, definition="d", basis="b") for code in PRODUCTS.values()
        },
        reported=(Reported(name="pig_iron", product="pig_iron", counted_at=("bf1", "bf2", "bf3")),),
        tags=tuple(sorted(tags, key=lambda tag: tag.name)),
    )


def random_book(seed: int) -> Book:
    """The books of a year and the one before it, seen in the middle of some day of the year."""
    random = Random(seed)
    plant = works(random)
    first, end = date(YEAR - 1, 1, 1).toordinal(), date(YEAR + 1, 1, 1).toordinal()
    today = date(YEAR, random.randint(2, 12), random.randint(1, 28)).toordinal()
    now_ns = stamp_ns(ZONE, date.fromordinal(today)) + random.randrange(86_400) * 10**9
    facts = _facts(plant, random, first, today)
    recorded = frozenset((tag.name, tag.unit, tag.product or "") for tag in plant.tags)
    days = {}
    for tag in plant.tags:
        columns = _columns(random, first, end, today)
        days[tag.unit, tag.product or ""] = columns
    book = Book(Claims(plant, recorded), facts, days, first, end, now_ns)
    lay_out_of_service(book, range(first, end))
    return book


def _columns(random: Random, first: int, end: int, today: int) -> DayColumns:
    columns = DayColumns.empty(first, end - first)
    begins = first if random.random() < 0.7 else first + random.randrange(400)
    rate = random.choice((900_000_000, 4_000_000_123, 7_777_700_001))
    silent = random.choice((0.0, 0.002, 0.05))
    for day in range(begins, min(today + 1, end)):
        index = day - first
        if random.random() < silent:
            continue
        stands = random.random() < 0.03
        columns.grams[index] = 0 if stands else round(rate * random.uniform(0.6, 1.2))
        columns.known[index] = True
        columns.completeness[index] = 1.0 if random.random() < 0.9 else random.random()
        columns.status[index] = int(random.choice((FigureStatus.OPERATIONAL,) * 5 + (FigureStatus.REFINED,)))
    coarse = []
    if random.random() < 0.3:
        start = random.randrange(max(begins, first + 30), today - 5)
        length = random.randint(2, 4)
        if month_of(start) == month_of(start + length):
            columns.clear(range(start, start + length))
            coarse.append(Stated(start, start + length, rate * length, FigureStatus.OPERATIONAL))
    return replace(columns, coarse=tuple(coarse))


def _facts(plant: Plant, random: Random, first: int, today: int) -> Facts:
    months = []
    month = first
    while month <= today + 40:
        months.append(month)
        month = shifted(month, 1)
    closed = [month for month in months[:-3] if random.random() < 0.15]
    places = [(unit.shop, unit.code) for unit in plant.units.values()]
    totals = [(shop, "all") for shop in plant.shops] + [("all", "all")]

    def product(place: tuple[str, str]) -> str:
        return PRODUCTS.get(place[0]) or random.choice(sorted(PRODUCTS.values()))

    plans = [
        PlanEntry(month=month, shop=place[0], unit=place[1], product=product(place), grams=random.randrange(10**11))
        for month in months
        for place in (*places, *totals)
        if random.random() < 0.25
    ]
    repairs = []
    for number in range(random.randint(0, 12)):
        start_ns = (
            stamp_ns(ZONE, date.fromordinal(random.randrange(first, today + 20))) + random.randrange(24) * 3600 * 10**9
        )
        repairs.append(
            Repair(
                name=f"R{number}",
                unit=random.choice(places)[1],
                start_ns=start_ns,
                end_ns=start_ns + random.randint(1, 500) * HOUR_NS,
                kind=random.choice(tuple(RepairKind)),
                approved_by="chief",
            )
        )
    figures = []
    for place in (*places, *totals):
        for month in months[:-2]:
            chance = random.random()
            if chance < 0.05:
                figures.append(_figure(random, place, product(place), month, shifted(month, 1)))
            elif chance < 0.08:
                day = month + random.randrange(20)
                figures.append(_figure(random, place, product(place), day, day + random.choice((1, 1, 5))))
    signed = [
        ClosedFigure(
            month=month,
            level="unit" if place[1] != "all" else "shop" if place[0] != "all" else "site",
            shop=place[0],
            unit=place[1],
            product=product(place),
            grams=random.randrange(10**11),
            recorded_ns=number + 1,
        )
        for number, month in enumerate(closed)
        for place in (*places, *totals)
        if random.random() < 0.7
    ]
    adjustments = [
        Adjustment(
            day=(day := random.randrange(first, today)),
            booked_month=month_of(day) if month_of(day) not in closed and random.random() < 0.6 else month_of(today),
            shop=place[0],
            unit=place[1],
            product=product(place),
            grams=random.randrange(-(10**9), 10**9),
            author="chief",
            reason="survey",
            name=f"A{number}",
        )
        for number in range(random.randint(0, 10))
        for place in (random.choice([*places, *totals]),)
    ]
    return Facts(
        all_figures=figures,
        all_plans=plans,
        all_repairs=repairs,
        adjustments=adjustments,
        closes=[MonthClose(month=month, author="chief", recorded_ns=n + 1) for n, month in enumerate(closed)],
        all_closed_figures=signed,
    )


def _figure(random: Random, place: tuple[str, str], product: str, start: int, end: int) -> Figure:
    return Figure(
        start_ns=stamp_ns(ZONE, date.fromordinal(start)) + (8 * HOUR_NS if place[0] == "mines" else 0),
        end_ns=stamp_ns(ZONE, date.fromordinal(end)) + (8 * HOUR_NS if place[0] == "mines" else 0),
        shop=place[0],
        unit=place[1],
        product=product,
        grams=random.randrange(10**11),
        status=random.choice((FigureStatus.OPERATIONAL, FigureStatus.REFINED)),
    )
