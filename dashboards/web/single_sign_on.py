"""Signs people in by the company's own service, by OpenID Connect: the code flow with PKCE, state and nonce.

The service says who somebody is; what they may do at the desk stands with the desk's users.
"""

import asyncio
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx2
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import StarletteIntegration, StarletteOAuth2App
from fastapi import FastAPI, Request
from joserfc.errors import JoseError
from starlette.responses import RedirectResponse, Response

from dashboards.web.door import OidcDoor, is_loopback
from dashboards.web.language import in_language, language_of
from dashboards.web.sign_in import COMPANY, COMPANY_BACK, SignInForms, safe_target
from dashboards.web.texts import text
from models.works.localize import Language

log = structlog.get_logger(__name__)

PENDING_S = 600.0
"""How long a person may take there, with a second factor and a forgotten password."""
MOST_PENDING = 300
"""Sign-ins under way; whoever begins more pushes out the oldest. A few hundred bytes each."""
LIMIT_S = 10.0
"""How long one answer of the service may take."""
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that are taken: by a key that the service alone has. "none" and those by the shared secret are not."""
_LEEWAY_S = 60


@dataclass(frozen=True, slots=True)
class _Pending:
    """A sign-in under way. `browser`: a secret in a cookie of the browser in which it began."""

    browser: str
    target: str
    language: Language
    nonce: str
    verifier: str
    begun_s: float


@dataclass(slots=True)
class SingleSignOn:
    """Routes that send a person to the service, and take the answer."""

    door: OidcDoor
    forms: SignInForms
    _pending: dict[str, _Pending] = field(default_factory=dict)
    _service: StarletteOAuth2App | None = None

    def add_to(self, app: FastAPI) -> None:
        """Serve them."""
        app.add_api_route(COMPANY, self.begin, methods=["GET"])
        app.add_api_route(COMPANY_BACK, self.back, methods=["GET"])

    async def begin(self, request: Request) -> Response:
        """Send the browser to the service."""
        language = language_of(request)
        target = in_language(safe_target(request.query_params.get("next", "")), language, request)
        try:
            service = await self._met()
            asked = await service.create_authorization_url(self.door.desk_address + COMPANY_BACK, ui_locales=language)
        except Exception as error:  # of the network, or an answer that is none: a person waits for a word
            log.error("company_sign_in_away", issuer=self.door.issuer, error=repr(error)[:500])
            return self._said("company_away", language, 503, target)
        now_s = time.monotonic()
        browser = request.cookies.get(self._cookie, "")[:100] or secrets.token_urlsafe(32)
        self._forget(now_s)
        self._pending[asked["state"]] = _Pending(
            browser, target, language, asked["nonce"], asked["code_verifier"], now_s
        )
        answer = RedirectResponse(asked["url"], 303, {"Cache-Control": "no-store"})
        answer.set_cookie(
            self._cookie, browser, max_age=int(PENDING_S), secure=self.forms.secure, httponly=True, samesite="lax"
        )
        return answer

    async def back(self, request: Request) -> Response:
        """Take what the service says, and begin a session."""
        said = request.query_params
        pending = self._pending.pop(said.get("state", ""), None)
        language = language_of(request) if pending is None else pending.language
        # The state alone could be another person's: then this browser would be signed in as them.
        own = pending is not None and hmac.compare_digest(
            pending.browser.encode(), request.cookies.get(self._cookie, "").encode()
        )
        late = pending is None or not own or time.monotonic() - pending.begun_s > PENDING_S
        if "error" in said:  # some services leave the state out of it, and nobody is signed in by it anyhow
            log.warning("company_sign_in_refused", error=said["error"][:200])
            return self._said("company_refused", language, 401)
        if pending is None or late:
            return self._said("company_too_late", language, 400)
        target = pending.target
        try:
            service = await self._met()
            token = await service.fetch_access_token(  # type: ignore[no-untyped-call] # as the library is
                self.door.desk_address + COMPANY_BACK, code=said.get("code", ""), code_verifier=pending.verifier
            )
            options = {
                "iss": {"essential": True, "value": self.door.issuer},
                "aud": {"essential": True, "value": self.door.client_id},
            }
            claims = await service.parse_id_token(token, pending.nonce, claims_options=options, leeway=_LEEWAY_S)
        except (httpx2.HTTPError, OSError, TimeoutError) as error:
            log.error("company_sign_in_away", issuer=self.door.issuer, error=repr(error)[:500])
            return self._said("company_away", language, 503, target)
        except (AuthlibBaseError, JoseError, ValueError, KeyError, RuntimeError) as error:
            log.warning("company_sign_in_not_believed", error=repr(error)[:500])
            return self._said("company_not_believed", language, 401, target)
        return await self._session(claims or {}, language, target)

    async def _session(self, claims: Mapping[str, object], language: Language, target: str) -> Response:
        name = claims.get(self.door.claim)
        if not isinstance(name, str) or not name:
            log.warning("company_sign_in_without_name", claim=self.door.claim, known=sorted(claims)[:30])
            return self._said("company_no_name", language, 401, target, name=self.door.claim)
        try:
            session = await asyncio.to_thread(self.forms.access.begin, name)
        except Exception as error:  # as with a password
            log.error("sign_in_failed", user=name[:200], error=str(error))
            return self._said("sign_in_failed", language, 503, target)
        if session is None:
            log.warning("company_user_unknown", user=name[:200])
            return self._said("company_unknown", language, 403, target, name=name[:200])
        log.info("signed_in", user=session.user.name, by=self.door.issuer)
        answer = self.forms.with_cookie(RedirectResponse(target, 303), session)
        answer.delete_cookie(self._cookie, secure=self.forms.secure, httponly=True, samesite="lax")
        return answer

    async def _met(self) -> StarletteOAuth2App:
        """The service, once it has said who it is and where it is asked.

        Raises httpx2.HTTPError where it does not answer, ValueError where it says what cannot be trusted.
        """
        if self._service is None:
            service = StarletteOAuth2App(
                StarletteIntegration("company"),
                "company",
                client_id=self.door.client_id,
                client_secret=self.door.client_secret,
                server_metadata_url=f"{self.door.issuer.rstrip('/')}/.well-known/openid-configuration",
                client_kwargs={
                    "scope": "openid profile email",
                    "code_challenge_method": "S256",
                    "timeout": LIMIT_S,
                    # Once: else the certificates of the host are read anew for every browser that begins.
                    "verify": await asyncio.to_thread(httpx2.create_ssl_context),
                },
            )
            known = await service.load_server_metadata()
            check_metadata(known, self.door.issuer)
            offered = known.get("id_token_signing_alg_values_supported") or ["RS256"]
            known["id_token_signing_alg_values_supported"] = [each for each in offered if each in ALGORITHMS]
            self._service = service
        return self._service

    def _forget(self, now_s: float) -> None:
        old = [state for state, each in self._pending.items() if now_s - each.begun_s > PENDING_S]
        spare = len(self._pending) - len(old) - MOST_PENDING + 1
        alive = [state for state in self._pending if state not in set(old)]
        for state in (*old, *alive[: max(spare, 0)]):
            del self._pending[state]

    def _said(self, key: str, language: Language, status: int, target: str = "/", *, name: str = "") -> Response:
        said = text(key, language).format(name=name, service=self.door.names[language])
        return self.forms.page(language, target, said, status)

    @property
    def _cookie(self) -> str:
        return f"{self.forms.cookie}-company"


def check_metadata(known: Mapping[str, object], issuer: str) -> None:
    """Raises ValueError where the service calls itself by another name, or is to be asked without TLS."""
    if known.get("issuer") != issuer:
        raise ValueError(f"it calls itself {known.get('issuer')!r} and not {issuer!r}: see desk.oidc.issuer")
    for key in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        parts = urlsplit(str(known.get(key, "")))
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise ValueError(f"its {key} is {known.get(key)!r}, which is no https:// address")
