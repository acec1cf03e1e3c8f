"""The application that answers at /api/v1: its addresses, what they say of themselves, and how they refuse."""

import time
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import structlog
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from dashboards.web.api.answering import MEDIA_TYPES, NO_STORE, Answering
from dashboards.web.api.asker import Asker, AskerDoor
from dashboards.web.api.documents import ProblemAnswer
from dashboards.web.api.figure_routes import add_figure_routes
from dashboards.web.api.moment_routes import add_moment_routes
from dashboards.web.api.signature_route import add_signature_route
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts
from dashboards.web.problem import API, ApiProblem
from dashboards.web.texts import text

log = structlog.get_logger(__name__)

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {
        "model": ProblemAnswer,
        "description": said,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemAnswer"}}},
    }
    for status, said in (
        (400, "A parameter cannot be what it is"),
        (401, "Nobody known asks: the token is missing, wrong, ended or expired"),
        (403, "The token may not read this"),
        (404, "There is no such place"),
        (429, "Asked too often; Retry-After says when to ask again"),
        (503, "The ledger or the users cannot be read now"),
    )
}


def make_api(parts: DeskParts, clock_ns: Callable[[], int] = time.time_ns) -> FastAPI:
    """All of it; mount it at `API`."""
    api = FastAPI(
        title="Tundish",
        version="1",
        description="Figures of the works, as its pages and reports have them. Everything is read only.",
        openapi_url=None,  # it is an address like the others, for whoever may read
        docs_url=None,  # it would load its scripts from the internet
        redoc_url=None,
        servers=[{"url": API}],
        responses=REFUSALS,
    )
    door, answering = AskerDoor(parts.tokens), Answering(parts.data, clock_ns)
    add_figure_routes(api, door, answering, parts)
    add_moment_routes(api, door, answering, parts)
    add_signature_route(api, door, answering, parts)

    anybody = Depends(door.asking(None))

    @api.get("/openapi.json", include_in_schema=False)
    async def openapi(asker: Annotated[Asker, anybody]) -> Response:
        # Beside the loop: the first one takes half a second to make.
        return await answering.read(asker, lambda: JSONResponse(_described(api), headers=NO_STORE))

    api.add_exception_handler(ApiProblem, _refused)
    api.add_exception_handler(RequestValidationError, _misread)
    api.add_exception_handler(HTTPException, _not_there)
    api.add_exception_handler(Exception, _failed)
    return api


def _described(api: FastAPI) -> Mapping[str, Any]:
    described = api.openapi()
    for path in described["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)  # a parameter that cannot be read is answered 400
            operation["security"] = [{"token": []}, {}]
            if any(parameter["name"] == "format" for parameter in operation["parameters"]):
                operation["responses"]["200"]["content"] |= {media_type: {"schema": {}} for media_type in MEDIA_TYPES}
    described["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for unused in ("HTTPValidationError", "ValidationError"):
        described["components"]["schemas"].pop(unused, None)
    return described


async def _refused(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, ApiProblem)  # noqa: S101 - by the registration
    return problem.answer()


async def _misread(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - by the registration
    wrong = [(".".join(map(str, item["loc"][1:]))[:100], str(item["msg"])[:200]) for item in error.errors()[:10]]
    detail = text("api_bad_parameter", language_of(request)).format(given=", ".join(name for name, _ in wrong))
    return ApiProblem(400, "bad_parameter", detail, wrong=wrong).answer()


async def _not_there(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - by the registration
    language = language_of(request)
    if error.status_code == 405:
        return ApiProblem(405, "only_reads", text("api_only_reads", language), {"Allow": "GET"}).answer()
    return ApiProblem(404, "no_such_address", text("api_no_route", language)).answer()


async def _failed(request: Request, error: Exception) -> Response:
    log.error("api_failed", path=request.url.path[:200], error=str(error), exc_info=error)
    return ApiProblem(503, "not_readable", text("read_failed_now", language_of(request))).answer()
