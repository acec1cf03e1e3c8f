"""Whatever is asked of the API, the answer is one that its description knows: never a failure, never without end."""

import asyncio
import urllib.parse

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import checks

from dashboards.web.problem import API
from models.access.api_token import TokenScope
from tests.dashboards.web.api.test_api_doors import ROUTES
from tests.dashboards.web.api.works_api import WorksApi, asked, unlimited, works

__all__ = ["unlimited", "works"]
pytestmark = pytest.mark.usefixtures("unlimited")

AS_DESCRIBED = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
LARGEST = 30_000_000
"""Bytes: fifty thousand rows."""


@pytest.mark.long
@pytest.mark.parametrize("path", [path for path in ROUTES if path != "/openapi.json"])
def test_every_answer_is_as_the_api_describes_it(works: WorksApi, path: str) -> None:
    described = schemathesis.openapi.from_asgi(f"{API}/openapi.json", works.app())

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=described[path]["GET"].as_strategy())
    def answered(case: schemathesis.Case) -> None:
        answer = case.call_and_validate(checks=AS_DESCRIBED)
        assert answer.status_code < 500
        assert len(answer.content) < LARGEST

    answered()


ODD = (
    "", "all", "bf3", "pig_iron", "2026-01-01", "0001-01-01", "9999-12-31", "2026-02-30", "-1", "1e999", "NaN", "../..",
    "' OR 1=1 --", "\x00", "%00", "＝1", "٢٠٢٦-٠١-٠١", "2026-01-01T00:00:00+99:99", "2026-W01-1", "true", "null",
)  # fmt: skip
NAMES = (
    "from", "to", "product", "shop", "unit", "level", "grain", "format", "limit", "lang", "as_known_on", "period",
    "month", "ended", "first", "",
)  # fmt: skip


@pytest.mark.long
def test_any_parameters_are_answered_or_refused_in_words(works: WorksApi) -> None:
    app = works.app()

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        path=st.sampled_from([path.partition("?")[0] for _, path in ROUTES.values()]),
        query=st.dictionaries(st.sampled_from(NAMES), st.one_of(st.text(max_size=60), st.sampled_from(ODD))),
    )
    def answered(path: str, query: dict[str, str]) -> None:
        written = urllib.parse.urlencode(query, errors="replace")
        answer = asyncio.run(asked(app, f"{path}?{written}"))
        assert answer.status_code in (200, 400, 404), (answer.status_code, path, query)
        if answer.status_code != 200:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["detail"]

    answered()


def test_no_made_up_token_is_let_in(works: WorksApi) -> None:
    app, known = works.app(), works.token(TokenScope.STATES)
    number = known.split("_")[1]

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(secret=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=250))
    def refused(secret: str) -> None:
        for made_up in (secret, f"tundish_{number}_{secret}"):
            answer = asyncio.run(asked(app, "/states", Authorization=f"Bearer {made_up}"))
            assert answer.status_code == 401
            assert answer.json()["code"] in ("invalid_token", "bad_authorization")
            assert known not in answer.text

    refused()
