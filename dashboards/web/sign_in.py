"""Lets in who has signed in: a middleware that knows every request's user, and the forms to sign in and out."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, quote, urlsplit

import structlog
from fastapi import FastAPI, Request
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.web.door import DeskDoor
from dashboards.web.language import in_language, language_of
from dashboards.web.problem import ApiProblem, is_api
from dashboards.web.proxy_sign_in import named_by_proxy, setting_cookie
from dashboards.web.sign_in_page import password_page, sign_in_page
from dashboards.web.texts import text
from dashboards.web.viewer import Viewer, viewer_of
from models.access.desk_access import DeskAccess, Session
from models.access.sign_in_limit import SignInLimit
from models.works.localize import Language

log = structlog.get_logger(__name__)

SIGN_IN, SIGN_OUT, PASSWORD = "/sign-in", "/sign-out", "/password"
COMPANY, COMPANY_BACK = f"{SIGN_IN}/company", f"{SIGN_IN}/company/back"
"""Where the company's own service is asked who somebody is. It has to know the second, to come back to."""
FORMS = (SIGN_IN, SIGN_OUT, PASSWORD)
"""Where a browser may send a form."""
OPEN_PATHS = (SIGN_IN, COMPANY, COMPANY_BACK, "/favicon.ico")
"""What nobody is asked for."""
LARGEST_FORM = 8192
"""A name, two passwords and a path, all in %-code."""
AT_ONCE = 2
"""Passwords that are compared at once: each takes 64 MiB and a core, and others wait their turn."""


class SignIn:
    """ASGI middleware. Each request gets a `Viewer` as `state.viewer`. Where there are users and the door is not open
    to read, who is none of them gets the sign-in page, and 401 or a refused WebSocket for what is no page.

    Where there were users, or others than this machine reach the desk, it stays so without any: their file may be
    away for a while, and that opens no door.
    """

    def __init__(self, app: ASGIApp, access: DeskAccess, door: DeskDoor) -> None:
        self._app = app
        self._access = access
        self._cookie = door.cookie
        self._open = door.open_to_read
        self._guarded = door.reached_from_elsewhere
        self._proxy, self._secure = door.proxy, door.encrypted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find out who asks, and pass the request on or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        named = named_by_proxy(scope, self._proxy)
        try:
            viewer = await asyncio.to_thread(self._viewer, _cookie(scope, self._cookie))
            if named and (viewer.user is None or viewer.user.name != named):
                viewer = await asyncio.to_thread(self._brought, named, is_page=_is_page(scope))
                if viewer.user is not None:
                    send = setting_cookie(send, _cookie_header(self._cookie, viewer.token, secure=self._secure))
        except Exception as error:  # whatever the file has, nobody is let in by a fault
            log.warning("users_not_read", error=str(error))
            await _refuse(scope, receive, send, 503, "The users of the desk cannot be read: see its log.")
            return
        scope.setdefault("state", {})["viewer"] = viewer
        # Programs are asked for their token there, and refused in their own form.
        if viewer.may_read or scope["path"] in OPEN_PATHS or is_api(scope["path"]):
            await self._app(scope, receive, send)
        elif _is_page(scope):
            target = quote(scope["path"] + (f"?{query}" if (query := scope["query_string"].decode("latin-1")) else ""))
            await RedirectResponse(f"{SIGN_IN}?next={target}", 303)(scope, receive, send)
        else:
            await _refuse(scope, receive, send, 401, "Sign in first.")

    def _brought(self, named: str, *, is_page: bool) -> Viewer:
        """Whom the proxy names. A session begins with a page: what belongs to one comes with its cookie."""
        session = self._access.begin(named) if is_page else None
        if session is not None:
            log.info("signed_in", user=named, by="proxy")
            return Viewer(self._access, session.user, session.token)
        if is_page:
            log.warning("proxy_user_unknown", user=named)
        return replace(self._viewer(""), unknown=named)

    def _viewer(self, token: str) -> Viewer:
        user = self._access.user_of(token) if token else None
        if user is not None:
            return Viewer(self._access, user, token)
        has_users = self._access.has_users()
        self._guarded = self._guarded or has_users
        return Viewer(self._access, can_sign_in=has_users, open_to_read=self._open, guarded=self._guarded)


@dataclass(slots=True)
class SignInForms:
    """Routes of the forms. `secure`: browsers send the cookie over TLS alone. `names`: of the works. `company`: what
    the button of the company's own sign-in service says, if there is one."""

    access: DeskAccess
    cookie: str
    secure: bool
    names: Mapping[Language, str]
    company: Mapping[str, str] | None = None
    limit: SignInLimit = field(default_factory=SignInLimit)
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    def add_to(self, app: FastAPI) -> None:
        """Serve them."""
        app.add_api_route(SIGN_IN, self.show, methods=["GET"])
        app.add_api_route(SIGN_IN, self.sign_in, methods=["POST"])
        app.add_api_route(SIGN_OUT, self.sign_out, methods=["POST"])
        app.add_api_route(PASSWORD, self.show_password, methods=["GET"])
        app.add_api_route(PASSWORD, self.change_password, methods=["POST"])

    async def show(self, request: Request) -> Response:
        """The form to sign in."""
        language, target = language_of(request), safe_target(request.query_params.get("next", ""))
        if viewer_of(request).user is not None:
            return RedirectResponse(in_language(target, language, request), 303)
        looking = viewer_of(request)
        said = "" if looking.can_sign_in else text("no_users", language)
        if looking.unknown:
            said = text("company_unknown", language).format(name=looking.unknown)
        return self.page(language, target, said)

    def page(self, language: Language, target: str, said: str, status: int = 200, **more: str) -> HTMLResponse:
        """The form, with what was wrong."""
        company = self.company[language] if self.company is not None else ""
        page = sign_in_page(self.names[language], language, target=target, said=said, company=company, **more)
        return _html(page, status)

    async def sign_in(self, request: Request) -> Response:
        """Compare the password, and set the cookie."""
        language, form = language_of(request), await _form(request)
        if form is None:
            return PlainTextResponse("The form is too large.", 413)
        name, target = form.get("name", "").strip()[:200], safe_target(form.get("next", ""))
        address = request.client.host if request.client else ""

        def again(said: str, status: int, headers: dict[str, str] | None = None) -> Response:
            answer = self.page(language, target, said, status, name=name)
            answer.headers.update(headers or {})
            return answer

        async with self._turn:
            # Not before its turn: of a thousand tries at once each would pass before the first was found wrong.
            wait_s = self.limit.wait_s(name, address, time.monotonic())
            if wait_s:
                log.warning("sign_in_has_to_wait", user=name, address=address, wait_s=round(wait_s))
                seconds = max(1, round(wait_s))
                said = text("sign_in_wait", language).format(seconds=seconds)
                return again(said, 429, {"Retry-After": str(seconds)})
            try:
                session = await asyncio.to_thread(self.access.sign_in, name, form.get("password", "")[:1000])
            except Exception as error:  # a full disk, a file that cannot be written: a person waits for an answer
                log.error("sign_in_failed", user=name, address=address, error=str(error))
                return again(text("sign_in_failed", language), 503)
            if session is None:
                self.limit.failed(name, address, time.monotonic())
        if session is None:
            log.warning("sign_in_refused", user=name, address=address)
            return again(text("sign_in_wrong", language), 401)
        self.limit.succeeded(name)
        log.info("signed_in", user=session.user.name, address=address)
        return self.with_cookie(RedirectResponse(in_language(target, language, request), 303), session)

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        language, looking = language_of(request), viewer_of(request)
        answer: Response = RedirectResponse(f"{SIGN_IN}?lang={language}", 303)
        try:
            if looking.user is not None:
                await asyncio.to_thread(self.access.sign_out, looking.token)
        except Exception as error:  # this browser forgets it at least
            log.error("sign_out_failed", user=looking.user and looking.user.name, error=str(error))
            said = text("sign_out_failed", language)
            answer = self.page(language, "/", said, 503)
        answer.delete_cookie(self.cookie, secure=self.secure, httponly=True, samesite="lax")
        return answer

    async def show_password(self, request: Request) -> Response:
        """The form for a new password."""
        language = language_of(request)
        if viewer_of(request).user is None:
            return RedirectResponse(f"{SIGN_IN}?lang={language}&next={PASSWORD}", 303)
        return _html(password_page(self.names[language], language))

    async def change_password(self, request: Request) -> Response:
        """Give the user who signed in another password."""
        language, viewer, form = language_of(request), viewer_of(request), await _form(request)
        if form is None:
            return PlainTextResponse("The form is too large.", 413)
        if viewer.user is None:
            return RedirectResponse(f"{SIGN_IN}?lang={language}&next={PASSWORD}", 303)
        if form.get("new", "") != form.get("again", ""):
            return _html(password_page(self.names[language], language, said=text("password_differs", language)), 400)
        address = request.client.host if request.client else ""

        def again(said: str, status: int) -> Response:
            return _html(password_page(self.names[language], language, said=said), status)

        async with self._turn:
            wait_s = self.limit.wait_s(viewer.user.name, address, time.monotonic())
            if wait_s:
                return again(text("sign_in_wait", language).format(seconds=max(1, round(wait_s))), 429)
            try:
                old, new = form.get("old", "")[:1000], form.get("new", "")
                right = await asyncio.to_thread(self.access.change_password, viewer.token, old, new)
            except ValueError as error:
                return again(text(str(error), language), 400)
            except Exception as error:  # as for signing in
                log.error("password_not_changed", user=viewer.user.name, error=str(error))
                return again(text("password_failed", language), 503)
            if not right:
                self.limit.failed(viewer.user.name, address, time.monotonic())
                return again(text("password_wrong", language), 401)
        return _html(password_page(self.names[language], language, done=True))

    def with_cookie(self, answer: Response, session: Session) -> Response:
        """The answer, which gives the browser its session."""
        answer.set_cookie(self.cookie, session.token, secure=self.secure, httponly=True, samesite="lax")
        return answer


def safe_target(path: str) -> str:
    """The page to go on with: one of ours, so that a link to the sign-in page cannot lead to another site."""
    # Whoever has two slashes in front names a host, which urlsplit may not even be able to read.
    own = path.startswith("/") and not path.startswith("//") and path.isprintable() and "\\" not in path
    if not own or urlsplit(path[:2000]).path in (SIGN_IN, SIGN_OUT):
        return "/"
    return path[:2000]


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a small form; None if it is not one."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_FORM:
            return None
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return None
    return {name: values[-1] for name, values in fields.items()}


def _html(page: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(page, status, {"Cache-Control": "no-store"})


def _cookie_header(name: str, token: str, *, secure: bool) -> str:
    answer = Response()
    answer.set_cookie(name, token, secure=secure, httponly=True, samesite="lax")
    return answer.headers["set-cookie"]


def _cookie(scope: Scope, name: str) -> str:
    # As browsers write them: the parser of Python reads nothing at all after a cookie with spaces or quotes, which
    # another service of the same host may have set.
    return cookie_parser("; ".join(Headers(scope=scope).getlist("cookie"))).get(name, "")[:200]


def _is_page(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] in ("GET", "HEAD")
        and "text/html" in (Headers(scope=scope).get("accept") or "")
        and not scope["path"].startswith("/_nicegui")
    )


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, reason: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": reason})
    elif is_api(scope["path"]):
        await ApiProblem(status, "users_not_read", reason).answer()(scope, receive, send)
    else:
        await PlainTextResponse(reason, status)(scope, receive, send)
