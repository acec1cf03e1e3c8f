"""By the API, who signed a day is named, and its figures are as final as the signatures make them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient

from collector.entries.entry_file import EntryFile
from dashboards.web.problem import API
from models.access.api_token import TokenScope
from models.access.sign_desk import AskedSignature
from models.access.user import User, UserRole
from models.stated.signature import WORKS
from tests.dashboards.web.api.works_api import WorksApi, asked, rows_of, unlimited

__all__ = ["unlimited"]
pytestmark = pytest.mark.usefixtures("unlimited")

NOTE = '=1+1 <img src=x onerror="alert(1)">'
CHIEF = User(name="smelter", full_name="Ерлан Қ.", roles=(UserRole.SHOP_CHIEF,))
DIRECTOR = User(name="boss", full_name="", roles=(UserRole.DIRECTOR,))
SHOP = "blast_furnaces"


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> WorksApi:
    """Everything that was stated in it is counted."""
    made = WorksApi(tmp_path_factory.mktemp("signed"))
    EntryFile(made.settings).write(lambda connection: connection.execute("DELETE FROM dirty"))
    return made


async def statuses(works: WorksApi, path: str) -> dict[tuple[str, ...], str]:
    rows = await rows_of(works.app(), path)
    return {(row["shop"], row["unit"], row["product"]): row["status"] for row in rows}


async def signed(works: WorksApi, day: date, more: str = "", token: str = "") -> list[dict[str, Any]]:
    return await rows_of(works.app(), f"/signatures?from={day}&to={day}{more}", token=token)


def sign(works: WorksApi, day: date, scopes: Sequence[str]) -> None:
    desk = works.parts().signing
    for scope in scopes:
        seen = {each.judged.scope: each.judged.seen for each in desk.day(day.toordinal()).scopes}
        desk.sign(DIRECTOR if scope == WORKS else CHIEF, AskedSignature(day.toordinal(), scope, seen[scope], NOTE))


async def test_a_signed_day_is_refined_and_its_signers_are_named(works: WorksApi) -> None:
    day = date.fromordinal(works.month.today - 3)
    before = await signed(works, day)
    shops = [row["shop"] for row in before if row["shop"] != WORKS]
    assert SHOP in shops
    for row in before:
        assert (row["state"], row["holds"], row["user"], row["signed"], row["number"]) == (
            "none",
            False,
            "",
            None,
            None,
        )
    assert before[-1]["unsigned_shops"] == shops

    sign(works, day, [SHOP])
    (row,) = await signed(works, day, f"&shop={SHOP}&lang=ru")
    assert (row["date"], row["shop_name"]) == (str(day), "Доменный цех")
    assert (row["state"], row["holds"], row["user"], row["full_name"]) == ("holds", True, "smelter", "Ерлан Қ.")
    assert (row["note"], row["signed"][-6:], row["changed_lines"]) == (NOTE, "+05:00", 0)

    sign(works, day, [*(shop for shop in shops if shop != SHOP), WORKS])
    assert [row["holds"] for row in await signed(works, day)] == [True] * len(before)
    of_day = await statuses(works, f"/figures?from={day}&to={day}")
    assert "operational" not in of_day.values()
    assert await statuses(works, f"/reports/day?period={day}") == of_day


async def test_a_token_of_one_shop_is_told_who_signed_for_that_shop_and_no_other(works: WorksApi) -> None:
    day = date.fromordinal(works.month.today - 3)
    token = works.token(TokenScope.REPORTS, shops=(SHOP,))
    assert {row["shop"] for row in await signed(works, day, token=token)} == {SHOP}
    for other in (WORKS, "mines"):
        refused = await asked(works.app(), f"/signatures?shop={other}", token=token)
        assert refused.status_code in (403, 404)
        assert "boss" not in refused.text


async def test_signatures_are_asked_for_a_year_at_most_and_by_what_there_is(works: WorksApi) -> None:
    for query, status in (("from=2024-01-01&to=2026-01-01", 400), ("shop=nowhere", 404), ("unit=bf3", 400)):
        assert (await asked(works.app(), f"/signatures?{query}")).status_code == status
    async with AsyncClient(transport=ASGITransport(works.app()), base_url="http://desk") as client:
        assert (await client.post(f"{API}/signatures", json={})).status_code in (401, 405), "it only reads"
