"""The routes of files: where a browser sends one, and where it gets a template. The page itself is in files_desk."""

import asyncio
from time import time_ns
from urllib.parse import unquote

import structlog
from fastapi import FastAPI, Request, Response
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, PlainTextResponse

from dashboards.web.acting import sentence
from dashboards.web.file_templates import file_template, template_csv, template_xlsx
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts
from dashboards.web.texts import text
from dashboards.web.viewer import viewer_of
from models.access.desk_actions import ActionRefused
from models.access.entry_desk import right_for
from models.access.file_desk import LARGEST_UPLOAD_BYTES, FileDesk, FileUpload
from models.access.user import Right, User
from models.stated.entry_sheet import SheetKind
from models.works.localize import Language

log = structlog.get_logger(__name__)

UPLOAD = "/files/upload"
"""Where a browser may send a file: the guard knows it."""
TEMPLATE = "/files/template"
NAME_HEADER = "x-file-name"
"""Has the name in %-code. A form of another site cannot set it, beside what the guard asks of every POST."""
AT_ONCE = 4
"""Files that arrive at once."""
PIECE_BYTES = 1 << 20
"""So much is written at a time, each beside the event loop."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def may_hand_in(user: User | None) -> bool:
    """Whether there is a shop for which the person states figures or plans."""
    return user is not None and (user.may_somewhere(Right.STATE_FIGURES) or user.may_somewhere(Right.PLAN))


def add_file_routes(app: FastAPI, parts: DeskParts) -> None:
    """Serve them."""
    app.add_api_route(UPLOAD, FileDoor(parts.files).take_in, methods=["POST"])
    for form in ("csv", "xlsx"):
        _add_template(app, parts, form)


class FileDoor:
    """Takes files in, a few at a time, each bounded. A request that hangs is ended as every other is."""

    def __init__(self, files: FileDesk) -> None:
        self._files = files
        self._arriving = 0

    async def take_in(self, request: Request) -> Response:
        """Keep a file for its user, and answer with the name by which the page asks for it."""
        language, user = language_of(request), viewer_of(request).user
        if user is None:
            return PlainTextResponse(text("sign_in_to_hand_in", language), 401)
        if not may_hand_in(user):
            return PlainTextResponse(text("not_for_you", language), 403)
        name = unquote(request.headers.get(NAME_HEADER, "")[:3000])
        if int(_digits(request.headers.get("content-length", ""))) > LARGEST_UPLOAD_BYTES:
            return PlainTextResponse(text("files_too_large", language).format(file=name[:200]), 413)
        if self._arriving >= AT_ONCE:
            return PlainTextResponse(text("files_busy", language), 503, {"Retry-After": "60"})
        self._arriving += 1
        try:
            return await self._keep(request, user, name)
        except ActionRefused as refused:
            return PlainTextResponse(sentence(refused.told(language)), 422)
        except ClientDisconnect:
            return PlainTextResponse("", 400)  # nobody reads it
        except Exception as error:  # a person waits for an answer, whatever happened
            log.error("upload_failed", user=user.name, error=str(error), exc_info=True)
            return PlainTextResponse(text("action_failed", language), 503)
        finally:
            self._arriving -= 1

    async def _keep(self, request: Request, user: User, name: str) -> Response:
        upload = await asyncio.to_thread(self._files.receive, user, name)
        try:
            await _write(request, upload)
            kept = await asyncio.to_thread(upload.finish)
        except BaseException:
            # Also where the server ends, or the browser has gone: nothing half stays on the disk.
            await asyncio.shield(asyncio.to_thread(upload.drop))
            raise
        return JSONResponse({"upload": kept}, headers={"Cache-Control": "no-store"})


async def _write(request: Request, upload: FileUpload) -> None:
    gathered = bytearray()
    async for piece in request.stream():
        gathered += piece
        if len(gathered) >= PIECE_BYTES:
            await asyncio.to_thread(upload.write, bytes(gathered))
            gathered.clear()
    if gathered:
        await asyncio.to_thread(upload.write, bytes(gathered))


def _digits(words: str) -> str:
    return words if words.isascii() and words.isdigit() and len(words) < 20 else "0"


def template_path(kind: SheetKind, form: str, language: Language) -> str:
    """The address of a template."""
    return f"{TEMPLATE}.{form}?sheet={kind.value}&lang={language}"


def _add_template(app: FastAPI, parts: DeskParts, form: str) -> None:
    @app.get(f"{TEMPLATE}.{form}", response_model=None)
    async def template(request: Request) -> Response:
        language, asked = language_of(request), request.query_params.get("sheet", "")
        if asked not in {kind.value for kind in SheetKind}:
            return PlainTextResponse("There is no such template.", 404)
        kind, user, plant = SheetKind(asked), viewer_of(request).user, parts.data.plant()
        own = [code for code in plant.shops if user is not None and user.may(right_for(kind), code)]
        made = file_template(plant, kind, own or list(plant.shops), time_ns(), language)
        content = await asyncio.to_thread(template_xlsx, made) if form == "xlsx" else template_csv(made, language)
        headers = {"Content-Disposition": f'attachment; filename="{made.name}.{form}"', "Cache-Control": "no-store"}
        return Response(content, media_type=_XLSX if form == "xlsx" else "text/csv; charset=utf-8", headers=headers)
