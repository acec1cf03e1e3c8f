"""Refusals for programs: what is wrong and the next step, as problem+json (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.responses import JSONResponse

API = "/api/v1"
"""Where programs read."""


class ApiProblem(Exception):
    """A request is refused. `code`: what programs tell refusals apart by; `detail`: words in the asker's language.

    `headers` go with the answer; `wrong`: (parameter, reason) of each that cannot be read.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        headers: Mapping[str, str] | None = None,
        wrong: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.headers, self.wrong = headers or {}, wrong

    def answer(self) -> JSONResponse:
        """The answer to it."""
        # Numbers of HTTP are the type of problem: there is no page about each of ours.
        body: dict[str, object] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
        }
        if self.wrong:
            body["wrong"] = [{"parameter": name, "reason": reason} for name, reason in self.wrong]
        headers = {"Cache-Control": "no-store", **self.headers}
        return JSONResponse(body, self.status, headers, media_type="application/problem+json")


def is_api(path: str) -> bool:
    """Whether programs read there."""
    return path == API or path.startswith(f"{API}/")
