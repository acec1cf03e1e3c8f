"""Figures, growth, plans, reports and receipts by the API."""

from functools import partial
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from starlette.responses import Response

from dashboards.web.address import asked_month, asked_receipt, known_of
from dashboards.web.api.answering import NO_STORE, Answering, Listing, as_it_is
from dashboards.web.api.asked import (
    DaysQuery,
    FiguresQuery,
    PlansQuery,
    ReceiptQuery,
    ReportKind,
    ReportQuery,
    bounded_days,
    check_codes,
    is_long,
)
from dashboards.web.api.asker import Asker, AskerDoor
from dashboards.web.api.documents import FigureRow, GrowthRow, PlanRow, ReportedRow, RowList
from dashboards.web.api.figure_rows import figure_row, growth_row, plan_row, reported_row
from dashboards.web.api.receipt_shape import ReceiptShape
from dashboards.web.parts import DeskParts
from dashboards.web.problem import ApiProblem
from dashboards.web.texts import text
from models.access.api_token import TokenScope
from models.tables.asked_figures import AskedFigures, FigureGrain
from models.tables.desk_data import MonthPoint
from models.tables.receipt_document import receipt_document
from models.tables.year_fields import row_place
from models.works.calendar import local_date, stamp_ns
from models.works.month import month_of, shifted
from models.works.table import Row

USUAL_DAYS = {
    FigureGrain.HOUR: 2,
    FigureGrain.SHIFT: 7,
    FigureGrain.DAY: 31,
    FigureGrain.MONTH: 760,
    FigureGrain.SPAN: 31,
}
"""Until today, where no dates are given: a workbook that is refreshed then always has the latest."""
MOST_DAYS = {FigureGrain.HOUR: 31, FigureGrain.SHIFT: 366}
"""So that an answer is read in a second; of the others as many as a receipt (`MOST_DAYS` there)."""
MOST_DAYS_THEN = {FigureGrain.HOUR: 2, FigureGrain.SHIFT: 31, FigureGrain.DAY: 31}
"""Figures as they were known are computed anew, from the ledger."""
FAR = 100_000
"""More days than can be asked for."""


def add_figure_routes(api: FastAPI, door: AskerDoor, answering: Answering, parts: DeskParts) -> None:
    """Serve them."""
    figures_of, growth_of, plans_of, reports_of, receipts_of = (
        Depends(door.asking(scope))
        for scope in (
            TokenScope.FIGURES,
            TokenScope.GROWTH,
            TokenScope.PLANS,
            TokenScope.REPORTS,
            TokenScope.RECEIPTS,
        )
    )

    @api.get("/figures", response_model=RowList[FigureRow])
    async def figures(query: Annotated[FiguresQuery, Query()], asker: Annotated[Asker, figures_of]) -> Response:
        """What was made by hours, shifts, days or months, or in all of the days together (`grain=span`)."""

        def make() -> Listing[Row]:
            names, now_ns = asker.names(parts.data.plant(), query), answering.clock_ns()
            today = local_date(names.plant.zone, now_ns).toordinal()
            known_ns = known_of(names.plant, query.as_known_on, now_ns)
            most = (MOST_DAYS if known_ns is None else MOST_DAYS_THEN).get(query.grain, FAR)
            days = bounded_days(query.days(today, USUAL_DAYS[query.grain]), most)
            found = parts.figures.figures(AskedFigures(query.grain, *days, known_ns))
            rows = [row for row in found if asker.sees(query, row_place(row))]
            shape = partial(figure_row, names, query.grain, now_ns=known_ns or now_ns)
            return Listing(f"figures-{query.grain.value}", FigureRow, rows, shape, known_ns)

        return await answering.rows(asker, query, make, large=query.is_large(answering.today))

    @api.get("/growth", response_model=RowList[GrowthRow])
    async def growth(query: Annotated[DaysQuery, Query()], asker: Annotated[Asker, growth_of]) -> Response:
        """Months with their growth; those that hold one of the days, or the last 25."""

        def make() -> Listing[MonthPoint]:
            names = asker.names(parts.data.plant(), query)
            zone = names.plant.zone
            today = local_date(zone, answering.clock_ns())
            first, end = query.days(today.toordinal(), USUAL_DAYS[FigureGrain.MONTH])
            months = month_of(first), shifted(month_of(end - 1), 1)
            bounds = (stamp_ns(zone, today.fromordinal(month)) for month in months)
            points = [point for point in parts.data.months(*bounds) if asker.sees(query, point)]
            return Listing("growth", GrowthRow, points, partial(growth_row, names))

        return await answering.rows(asker, query, make)

    @api.get("/plans", response_model=RowList[PlanRow])
    async def plans(query: Annotated[PlansQuery, Query()], asker: Annotated[Asker, plans_of]) -> Response:
        """The newest word on each plan of a month."""

        def make() -> Listing[PlanRow]:
            names = asker.names(parts.data.plant(), query)
            month = asked_month({"month": query.month}, 0) if query.month else None
            found = (plan_row(names, plan) for plan in parts.figures.plans() if month in (None, plan.month))
            return Listing("plans", PlanRow, [row for row in found if asker.sees(query, row)], as_it_is)

        return await answering.rows(asker, query, make)

    @api.get("/reports/{kind}", response_model=RowList[ReportedRow])
    async def reports(
        kind: ReportKind, query: Annotated[ReportQuery, Query()], asker: Annotated[Asker, reports_of]
    ) -> Response:
        """The rows of a report: of a shift, a day, ten days, a month, a quarter or a year."""

        def make() -> Listing[ReportedRow]:
            names, now_ns = asker.names(parts.data.plant(), query), answering.clock_ns()
            known_ns = known_of(names.plant, query.as_known_on, now_ns)
            span = parts.reports.span(kind.value, query.period, asker.language)
            found = parts.figures.report_rows(span, known_ns)
            rows = (reported_row(names, span, row, known_ns or now_ns) for row in found)
            seen = [row for row in rows if asker.sees(query, row)]
            return Listing(f"report-{kind.value}", ReportedRow, seen, as_it_is, known_ns)

        return await answering.rows(asker, query, make, large=query.is_large(kind))

    @api.get("/receipts", response_model=ReceiptShape)
    async def receipts(query: Annotated[ReceiptQuery, Query()], asker: Annotated[Asker, receipts_of]) -> Response:
        """How a figure came about: the same as /receipt.json."""

        def make() -> Response:
            plant, now_ns = parts.data.plant(), answering.clock_ns()
            check_codes(plant, query, asker.language)
            given = {"from": query.first, "to": query.last, "known": query.as_known_on}
            asked = asked_receipt(
                plant, {**given, "product": query.product, "shop": query.shop, "unit": query.unit}, now_ns
            )
            asker.check_shop(asked.place.shop)
            record = parts.data.receipt(asked, now_ns)
            if record is None:
                raise ApiProblem(404, "no_such_place", text("no_such_place", asker.language))
            shape = ReceiptShape.model_validate(receipt_document(record))
            return Response(shape.model_dump_json(by_alias=True), 200, NO_STORE, "application/json")

        large = bool(query.as_known_on) or is_long(query.first, query.last, answering.today)
        return await answering.read(asker, make, large=large)
