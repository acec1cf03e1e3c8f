"""Texts that people, files and controllers give are shown as they are: no page, report or sheet takes them for code."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.works.codes import UnitState
from models.works.localize import LANGUAGES
from tests.dashboards.web.conftest import Desk, opened
from tests.dashboards.web.findings import finding_of
from tests.dashboards.web.full_desk import BEGUN_S
from tests.support.browser import page_of

pytestmark = pytest.mark.long

OWNS = "window.owned = 1"
HOSTILE = (
    f'<img src=x onerror="{OWNS}">',
    f'"><script>{OWNS}</script>',
    f"</title></style></textarea><script>{OWNS}</script>",
    f"{{{{constructor.constructor('{OWNS}')()}}}}",
    f"{{{{ $root.constructor.constructor('{OWNS}')() }}}}",
    f"' onmouseover='{OWNS}' x='",
    f"<svg/onload={OWNS.replace(' ', '')}>",
    f"${{{OWNS}}}`;{OWNS};//",
)
"""HTML, attributes, templates of the framework that the page is built on, and scripts."""


def _hostile(number: int) -> str:
    return f"{HOSTILE[number % len(HOSTILE)]} {number}"


def hostile_everywhere(config: dict[str, Any]) -> None:
    """Every text that a person gives in plant.yaml is an attack."""
    texts = iter(range(10_000))

    def names() -> dict[str, str]:
        return {language: _hostile(next(texts)) for language in LANGUAGES}

    config["site"]["names"] = names()
    for product in config["products"]:
        product["names"] = names()
        product["definition"], product["basis"] = _hostile(next(texts)), _hostile(next(texts))
    for source in config["sources"]:
        source["names"] = names()
    for shop in config["shops"]:
        shop["names"] = names()
        for unit in shop["units"]:
            unit["names"] = names()
            for tag in unit.get("tags", []):
                tag["names"] = names()


@pytest.fixture(scope="module", params=range(2))
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with them. Twice, each text at another place, so that each kind stands in each field that matters."""

    def edit(config: dict[str, Any]) -> None:
        if request.param:
            config["products"].reverse()
            config["shops"].reverse()
        hostile_everywhere(config)

    desk = Desk(tmp_path_factory.mktemp("hostile"), edit=edit)
    try:
        for product, tonnes in (("coal_raw", 12345.678), ("pig_iron", 4000.001), ("steel_liquid", 3999.5)):
            desk.publish(product, tonnes)
        evidence = {language: _hostile(number) for number, language in enumerate(LANGUAGES)}
        units = list(desk.plant.units)
        drops = [
            OutputDrop(
                unit=unit,
                product="pig_iron",
                kind=FindingKind.STOP,
                severity=1,
                start_s=BEGUN_S,
                end_s=None,
                cause_unit="",
                evidence={language: _hostile(number + at) for at, language in enumerate(LANGUAGES)},
            )
            for number, unit in enumerate(units[: len(HOSTILE)])
        ]
        desk.judge(
            dict.fromkeys(units, UnitState.STOPPED),
            drops,
            findings=[finding_of(drop, 1.0, {}, evidence) for drop in drops],
        )
        desk.report(up=False, error=f"opc.tcp://plc: {_hostile(0)} {_hostile(1)} {_hostile(3)}")
        desk.wait()
        yield desk
    finally:
        desk.end()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_plant_ledger_or_controller_runs_in_the_browser(
    hostile: Desk, browser: Browser, language: str
) -> None:
    with page_of(browser) as page:
        asked: list[str] = []
        page.on("dialog", lambda dialog: asked.append(dialog.message))
        opened(page, hostile, language)
        for part in page.query_selector_all("summary"):
            part.click()
        page.hover(".card canvas")
        page.wait_for_timeout(800)
        assert page.evaluate("window.owned") is None
        shown = page.inner_text("body")
        assert any(text in shown for text in HOSTILE), "they are shown as they are"
        for path in ("growth", "wall", "report", "entry", "unit/bf3", "unit/<img src=x onerror=window.owned=1>"):
            page.goto(f"{hostile.url}/{quote(path)}?lang={language}")
            page.wait_for_selector(".head, .wall")
            for part in page.query_selector_all("summary"):
                part.click()
            page.wait_for_timeout(800)
            assert page.evaluate("window.owned") is None
        assert asked == []
