"""What units do now, their stops, and incidents by the API."""

from datetime import date
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from starlette.responses import Response

from dashboards.web.api.answering import Answering, Listing, as_it_is
from dashboards.web.api.asked import AlertsQuery, StatesQuery, StopsQuery
from dashboards.web.api.asker import Asker, AskerDoor
from dashboards.web.api.documents import AlertRow, RowList, StateRow, StopRow
from dashboards.web.api.moment_rows import StopSpan, alert_row, state_rows, stop_rows
from dashboards.web.parts import DeskParts
from models.access.api_token import TokenScope
from models.alerts.not_known import not_known_since
from models.works.calendar import NS, date_bounds, local_date

USUAL_DAYS_OF_STOPS = 7
"""As on the page of stops."""


def add_moment_routes(api: FastAPI, door: AskerDoor, answering: Answering, parts: DeskParts) -> None:
    """Serve them."""
    states_of, stops_of, alerts_of = (
        Depends(door.asking(scope)) for scope in (TokenScope.STATES, TokenScope.STOPS, TokenScope.ALERTS)
    )

    @api.get("/states", response_model=RowList[StateRow])
    async def states(query: Annotated[StatesQuery, Query()], asker: Annotated[Asker, states_of]) -> Response:
        """What each unit does now. Of one that nobody hears, the state is null."""

        def make() -> Listing[StateRow]:
            names, now_ns = asker.names(parts.data.plant(), query), answering.clock_ns()
            found = parts.data.states()
            not_known = not_known_since(names.plant, parts.data.sources(), found, now_ns)
            rows = state_rows(names, found, not_known, now_ns)
            return Listing("states", StateRow, [row for row in rows if asker.sees(query, row)], as_it_is)

        return await answering.rows(asker, query, make)

    @api.get("/stops", response_model=RowList[StopRow])
    async def stops(query: Annotated[StopsQuery, Query()], asker: Annotated[Asker, stops_of]) -> Response:
        """Stops with their reasons, a row for each part; those of the last week, if no days are given."""

        def make() -> Listing[StopRow]:
            names, now_s = asker.names(parts.data.plant(), query), answering.clock_ns() // NS
            zone = names.plant.zone
            first, end = query.days(local_date(zone, now_s * NS).toordinal(), USUAL_DAYS_OF_STOPS)
            start_s, end_s = (
                date_bounds(zone, date.fromordinal(day))[at] // NS for day, at in ((first, 0), (end - 1, 1))
            )
            found = parts.actions.stops(start_s, min(end_s, now_s))
            asked = StopSpan(start_s, min(end_s, now_s), now_s, parts.actions.stop_reasons())
            return Listing(
                "stops", StopRow, [row for row in stop_rows(names, found, asked) if asker.sees(query, row)], as_it_is
            )

        return await answering.rows(asker, query, make, large=query.is_long(answering.today))

    @api.get("/alerts", response_model=RowList[AlertRow])
    async def alerts(query: Annotated[AlertsQuery, Query()], asker: Annotated[Asker, alerts_of]) -> Response:
        """Open incidents, the most severe first; with `ended=true` the newest 200, open or not."""

        def make() -> Listing[AlertRow]:
            names = asker.names(parts.data.plant(), query)
            found = parts.actions.incidents(ended=query.ended)
            rows = (alert_row(names, record, asker.shops) for record in found)
            return Listing("alerts", AlertRow, [row for row in rows if asker.sees(query, row)], as_it_is)

        return await answering.rows(asker, query, make)
