"""Who asks by the API: a program with a token, a person who has signed in, or anybody where anybody may read."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from starlette.requests import Request

from dashboards.web.api.asked import AskedRow, UnitsQuery, check_codes
from dashboards.web.api.named import WorksNames
from dashboards.web.language import language_of
from dashboards.web.problem import ApiProblem
from dashboards.web.texts import text
from dashboards.web.viewer import viewer_of
from models.access.api_token import ApiToken, TokenAccess, TokenScope
from models.access.ask_limit import AskLimit
from models.works.localize import Language
from models.works.plant import Plant

log = structlog.get_logger(__name__)

MOST_NAMES = 50
"""Of parameters; an address takes ten."""
TOKEN_MOST, TOKEN_PER_S = 60.0, 2.0
"""A workbook that refreshes twenty tables asks twenty times at once; a board asks every few seconds."""
ADDRESS_MOST, ADDRESS_PER_S = 240.0, 10.0
"""Behind a proxy a whole works has one address."""
_REALM = 'Bearer realm="tundish"'


@dataclass(frozen=True, slots=True)
class Asker:
    """`token` None: a person, who reads what the pages show."""

    language: Language
    token: ApiToken | None = None

    @property
    def shops(self) -> tuple[str, ...]:
        """Of which shops alone it reads; empty: all."""
        return () if self.token is None else self.token.shops

    def may_see(self, shop: str) -> bool:
        """Whether rows of that shop are given; "all" is the whole works."""
        return self.token is None or self.token.may_see(shop)

    def check_shop(self, shop: str) -> None:
        """Refuse a shop that was named and is not one of the asker's."""
        if shop and not self.may_see(shop):
            raise ApiProblem(
                403, "shop_not_allowed", text("api_not_your_shop", self.language).format(given=", ".join(self.shops))
            )

    def names(self, plant: Plant, query: UnitsQuery) -> WorksNames:
        """The names in the asker's language. Raises ApiProblem for codes that are none, or of a shop that is not
        theirs."""
        check_codes(plant, query, self.language)
        self.check_shop(query.shop)
        if query.unit in plant.units:
            self.check_shop(plant.units[query.unit].shop)
        return WorksNames(plant, self.language)

    def sees(self, query: UnitsQuery, row: AskedRow) -> bool:
        """Whether a row was asked for and may be seen."""
        return self.may_see(row.shop) and query.holds(row)


@dataclass(slots=True)
class AskerDoor:
    """Finds out who asks, and bounds how often."""

    tokens: TokenAccess
    monotonic: Callable[[], float] = time.monotonic
    _by_token: AskLimit = field(default_factory=lambda: AskLimit(TOKEN_MOST, TOKEN_PER_S))
    _by_address: AskLimit = field(default_factory=lambda: AskLimit(ADDRESS_MOST, ADDRESS_PER_S))

    def asking(self, scope: TokenScope | None) -> Callable[[Request], Awaitable[Asker]]:
        """A dependency that gives the asker, or refuses. `scope` None: any token will do."""

        async def asker(request: Request) -> Asker:
            return await self._asker(request, scope)

        return asker

    async def _asker(self, request: Request, scope: TokenScope | None) -> Asker:
        language = language_of(request)
        names = [name for name, _ in request.query_params.multi_items()]
        address = request.client.host if request.client else ""
        self._bound(self._by_address, address, language)
        wanted = scope or TokenScope.FIGURES
        given = request.headers.getlist("authorization")
        twice = next((name for name in names if names.count(name) > 1), None) if len(names) <= MOST_NAMES else ""
        if twice is not None:  # which of the two was meant, nobody knows
            raise ApiProblem(400, "bad_parameter", text("api_bad_parameter", language).format(given=twice[:40]))
        if not given:
            if viewer_of(request).may_read:
                return Asker(language)
            detail = text("api_no_token", language).format(given=wanted)
            raise ApiProblem(401, "no_token", detail, {"WWW-Authenticate": _REALM})
        kind, _, secret = given[0].partition(" ")
        if len(given) > 1 or kind.lower() != "bearer" or not secret.strip() or len(secret) > 200:
            challenge = {"WWW-Authenticate": f'{_REALM}, error="invalid_request"'}
            raise ApiProblem(401, "bad_authorization", text("api_bad_header", language), challenge)
        token = await self._known(secret.strip(), address, language)
        self._bound(self._by_token, token.id, language)
        if scope is not None and scope not in token.scopes:
            challenge = {"WWW-Authenticate": f'{_REALM}, error="insufficient_scope", scope="{scope}"'}
            detail = text("api_no_scope", language).format(given=scope)
            raise ApiProblem(403, "missing_scope", detail, challenge)
        return Asker(language, token)

    async def _known(self, secret: str, address: str, language: Language) -> ApiToken:
        try:
            token = await asyncio.to_thread(self.tokens.token_of, secret)
        except Exception as error:  # whatever the file has, nobody is let in by a fault
            log.warning("tokens_not_read", error=str(error))
            raise ApiProblem(503, "users_not_read", text("api_users_unread", language)) from error
        if token is None:
            log.warning("token_refused", address=address)
            challenge = {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'}
            raise ApiProblem(401, "invalid_token", text("api_bad_token", language), challenge)
        return token

    def _bound(self, limit: AskLimit, asker: str, language: Language) -> None:
        wait_s = limit.wait_s(asker, self.monotonic())
        if wait_s:
            seconds = str(max(1, math.ceil(wait_s)))
            detail = text("api_wait", language).format(given=seconds)
            raise ApiProblem(429, "too_many_requests", detail, {"Retry-After": seconds})
