"""Who signed the figures of days, by the API."""

from datetime import date
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from starlette.responses import Response

from dashboards.web.api.answering import Answering, Listing, as_it_is
from dashboards.web.api.asked import SignaturesQuery, UnitsQuery, bounded_days
from dashboards.web.api.asker import Asker, AskerDoor
from dashboards.web.api.documents import RowList, SignatureRow
from dashboards.web.api.named import WorksNames
from dashboards.web.parts import DeskParts
from models.access.api_token import TokenScope
from models.stated.signature import JudgedScope, SignatureState
from models.works.calendar import local_date

USUAL_DAYS = 31
MOST_DAYS = 366
"""Each day of them is compared with what was signed."""


def add_signature_route(api: FastAPI, door: AskerDoor, answering: Answering, parts: DeskParts) -> None:
    """Serve it. Whoever may read a report may read who signed it."""
    signatures_of = Depends(door.asking(TokenScope.REPORTS))

    @api.get("/signatures", response_model=RowList[SignatureRow])
    async def signatures(
        query: Annotated[SignaturesQuery, Query()], asker: Annotated[Asker, signatures_of]
    ) -> Response:
        """Who signed the figures of each day, for which shop, when, and whether that still holds."""

        def make() -> Listing[SignatureRow]:
            names = asker.names(parts.data.plant(), UnitsQuery(shop=query.shop))
            today = local_date(names.plant.zone, answering.clock_ns()).toordinal()
            days = bounded_days(query.days(today, USUAL_DAYS), MOST_DAYS)
            found = [
                signature_row(names, day, judged)
                for day, judged in parts.figures.signed(*days)
                if asker.may_see(judged.scope) and query.shop in ("", judged.scope)
            ]
            return Listing("signatures", SignatureRow, found, as_it_is)

        return await answering.rows(asker, query, make, large=query.is_long(answering.today))


def signature_row(names: WorksNames, day: int, judged: JudgedScope) -> SignatureRow:
    """A scope of a production date (an ordinal). Of a record that somebody tampered with, only its number is told."""
    signed = None if judged.state is SignatureState.BROKEN else judged.signature
    return SignatureRow(
        date=date.fromordinal(day),
        shop=judged.scope,
        shop_name=names.shop(judged.scope),
        state=judged.state.value,
        holds=judged.state is SignatureState.HOLDS,
        user="" if signed is None else signed.user,
        full_name="" if signed is None else signed.full_name,
        signed=None if signed is None else names.at(signed.recorded_ns),
        note="" if signed is None else signed.note,
        number=None if judged.signature is None else judged.signature.id,
        changed_lines=len(judged.changes),
        unsigned_shops=judged.unsigned,
    )
