"""The boards and alerts in a real Grafana over a real database: every panel drawn, a stop told and taken back.

Needs TUNDISH_TEST_GRAFANA; recorded answers cannot draw. With TUNDISH_PICTURES=FOLDER the boards are saved as pictures.
"""

import asyncio
import json
import os
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from collector.config.load import load
from collector.influx.client import InfluxClient
from collector.influx.line_protocol import encode_rows, gzip_member
from dashboards.grafana.adapter import GrafanaAdapter, GrafanaLogin
from dashboards.grafana.provision import How, provision
from dashboards.grafana.store import GrafanaStore
from dashboards.grafana.uids import board_uid, rules_folder_uid
from dashboards.grafana.wanted import Database, Notify, Wishes
from dashboards.panels.boards import boards
from dashboards.panels.places import counting_units
from models.plant import Plant
from models.table import FieldValue, Row, RowKey
from tests.support.browser import ARGUMENTS, chromium_path
from tests.support.certificates import authority_and_server
from tests.support.grafana import PASSWORD, USER, home, real_grafana, served
from tests.support.history_works import HistoryWorks
from tests.support.influxd import TOKEN, free_port

pytestmark = pytest.mark.timeout(400)
LANGUAGES = ("ru", "kk", "en")
RUNNING, STOPPED = 0, 2


@dataclass
class Post:
    """What arrived by e-mail and by webhook."""

    mails: list[tuple[str, str]] = field(default_factory=list)
    hooks: list[dict[str, Any]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_DATA(self, _server: object, session: Any, envelope: Any) -> str:  # noqa: ANN401, N802 - aiosmtpd
        mail = message_from_bytes(envelope.content)
        body = "".join(
            part.get_payload(decode=True).decode()  # type: ignore[union-attr]
            for part in mail.walk()
            if part.get_content_maintype() == "text"
        )
        if "dispatcher@works.example" not in envelope.rcpt_tos:
            return "250 not for us: from before Grafana took the new routes"
        self.mails.append((str(make_header(decode_header(mail["Subject"]))), body))
        self.encrypted.append(session.ssl is not None)
        return "250 taken"


@dataclass(frozen=True)
class Stand:
    """A Grafana with everything provisioned."""

    address: str
    plant: Plant
    works: HistoryWorks
    post: Post
    store: GrafanaStore

    def write_states(self, state_of_bf3: int) -> None:
        """The states of all units, of now and of the hours before, as the service will write them."""
        now_s = int(time.time()) // 10 * 10
        rows = []
        for unit in counting_units(self.plant):
            tags = {"site": self.plant.site, "shop": unit.shop, "unit": unit.code}
            state = state_of_bf3 if unit.code == "bf3" else RUNNING
            rows.append(_row("unit_state", now_s, tags, {"state": state, "severity": 0}))
        write(self.works, "works", rows)


def _row(table: str, at_s: int, tags: dict[str, str], fields: dict[str, FieldValue]) -> Row:
    return Row(RowKey.of(table, at_s * 10**9, tags), fields)


def write(works: HistoryWorks, bucket: str, rows: list[Row]) -> None:
    async def send() -> None:
        client = InfluxClient(works.database.settings("works"))
        try:
            await client.write(bucket, gzip_member(encode_rows(rows).data))
        finally:
            await client.close()

    # The browser keeps a loop in this thread.
    thread = threading.Thread(target=lambda: asyncio.run(send()))
    thread.start()
    thread.join()


def past(plant: Plant) -> tuple[list[Row], list[Row]]:
    """A day of states and of health and signals, made up: (calculated, raw)."""
    now_s = int(time.time()) // 600 * 600
    states, raw = [], []
    for unit in counting_units(plant):
        tags = {"site": plant.site, "shop": unit.shop, "unit": unit.code}
        for back in range(0, 7 * 86_400, 600):
            state = {"bf3": 1 if 30_000 < back < 40_000 else 0, "bof2": 3 if back < 50_000 else 0}.get(unit.code, 0)
            states.append(_row("unit_state", now_s - back, tags, {"state": state, "severity": 0}))
        for signal, level in (("blast", 4200.0), ("top_gas_temperature", 180.0), ("hot_metal_temperature", 1480.0)):
            raw += [
                _row("telemetry", now_s - back, {**tags, "signal": signal}, {"value": level + back % 7000 / 100})
                for back in range(0, 7 * 86_400, 1800)
            ]
    for back in range(0, 86_400, 60):
        health: dict[str, FieldValue] = {
            "up": 1,
            "age_s": 0.4 + back % 300 / 600,
            "rejected": max(0, 86_400 - back) // 9000,
        }
        health |= {"queue_rows": back % 17, "queue_age_s": 0.2, "loop_lag_ms": 2.5, "clock_offset_s": 0.01}
        at_s = int(time.time()) - back
        raw.append(_row("source_health", at_s, {"source": "works_plc", "collector": "tundish-1"}, health))
    return states, raw


@pytest.fixture(scope="module")
def stand(history_works: HistoryWorks, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    if home() is None:
        pytest.skip("boards are drawn only by a real Grafana: set TUNDISH_TEST_GRAFANA to its home folder")
    folder = tmp_path_factory.mktemp("stand")
    authority, certificate, key = authority_and_server(folder, "127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    post = Post()
    mail = Controller(post, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True)

    def hook(_method: str, _path: str, body: bytes, _headers: object) -> tuple[int, bytes]:
        post.hooks.append(json.loads(body))
        return 200, b"{}"

    plant = load(history_works.file).plant
    works = history_works
    mail.start()
    smtp = {
        "GF_SMTP_ENABLED": "true",
        "GF_SMTP_HOST": f"127.0.0.1:{mail.port}",
        "GF_SMTP_FROM_ADDRESS": "grafana@works.example",
        "GF_SMTP_STARTTLS_POLICY": "MandatoryStartTLS",
        "SSL_CERT_FILE": str(authority),
        "GF_UNIFIED_ALERTING_ALERTMANAGER_CONFIG_POLL_INTERVAL": "5s",
    }
    try:
        with served(hook) as webhook, real_grafana(folder / "grafana", **smtp) as address:
            secret = f"Token {TOKEN}" if works.database.dialect == "v2" else works.database.basic_header()
            database = Database(url=works.database.url, calculated="works", raw="works_raw", authorization=secret)
            notify = Notify(language="ru", email=("dispatcher@works.example",), webhook=webhook)
            wishes = Wishes(plant=plant, languages=LANGUAGES, database=database, notify=notify)
            store = GrafanaStore(GrafanaAdapter(GrafanaLogin(url=address, user=USER, password=PASSWORD)), plant)
            states, raw = past(plant)
            write(works, "works", states)
            write(works, "works_raw", raw)
            made = Stand(address, plant, works, post, store)
            made.write_states(RUNNING)
            provision(store, wishes, How(manage_policies=True))
            yield made
    finally:
        mail.stop()


def faster(stand: Stand) -> None:
    """Look at the rules every 10 s and tell at once; the tests cannot wait for minutes."""
    path = f"/v1/provisioning/folder/{rules_folder_uid(stand.plant)}/rule-groups/tundish"
    group: Any = stand.store.api.ask("GET", path)
    wanted = [{**rule, "for": "0s"} for rule in group["rules"] if rule["labels"]["rule"] == "unit_stopped"]
    others = [rule for rule in group["rules"] if rule["labels"]["rule"] != "unit_stopped"]
    stand.store.api.ask("PUT", path, {**group, "interval": 10, "rules": [*others, *wanted]})
    tree: Any = stand.store.api.ask("GET", "/v1/provisioning/policies")
    route = {**tree["routes"][0], "group_wait": "1s", "group_interval": "1s"}
    stand.store.api.ask("PUT", "/v1/provisioning/policies", {**tree, "routes": [route, *tree["routes"][1:]]})


def test_a_stop_is_told_by_mail_and_webhook_in_russian_and_taken_back_when_the_furnace_runs(stand: Stand) -> None:
    faster(stand)
    deadline = time.monotonic() + 90
    while not (_about(stand, "firing") and _mails(stand)) and time.monotonic() < deadline:
        stand.write_states(STOPPED)
        time.sleep(2)
    fired = _about(stand, "firing")
    assert fired, "no message about the stop"
    labels = fired[0]["alerts"][0]["labels"]
    assert (labels["unit"], labels["severity"], labels["simulated"]) == ("bf3", "P1", "true")
    assert "bf3: внеплановая остановка" in fired[0]["message"]
    subject, body = _mails(stand)[0]
    assert subject.startswith("ТРЕВОГА P1 temirtau")
    assert "внеплановая остановка" in body
    assert all(stand.post.encrypted), "mail goes by STARTTLS alone"
    deadline = time.monotonic() + 90
    while not _about(stand, "resolved") and time.monotonic() < deadline:
        stand.write_states(RUNNING)
        time.sleep(2)
    assert "СНЯТО" in _about(stand, "resolved")[0]["message"]


def _mails(stand: Stand) -> list[tuple[str, str]]:
    return [it for it in stand.post.mails if "bf3: " in it[1]]


def _about(stand: Stand, status: str) -> list[dict[str, Any]]:
    return [
        hook
        for hook in stand.post.hooks
        if hook["status"] == status and hook["commonLabels"].get("rule") == "unit_stopped"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_board_is_drawn_without_an_empty_panel_or_an_error(stand: Stand, language: str) -> None:
    from playwright.sync_api import sync_playwright

    pictures = os.environ.get("TUNDISH_PICTURES")
    stand.write_states(RUNNING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="ru-RU")
        context.request.post(f"{stand.address}/login", data={"user": USER, "password": PASSWORD})
        page = context.new_page()
        for board in boards(stand.plant):
            chosen = "&var-unit=bf3" if board.key == "unit" else ""
            chosen += "&var-product=pig_iron" if board.key == "plan" else ""
            # High enough that Grafana draws every panel: what is out of sight is not asked for.
            height = 1080 if board.key == "now" else 2600
            page.set_viewport_size({"width": 1920, "height": height})
            uid = board_uid(stand.plant, board.key, language)  # type: ignore[arg-type]
            page.goto(f"{stand.address}/d/{uid}?kiosk{chosen}")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(1500)
            shown = page.inner_text("body")
            assert "No data" not in shown, f"{board.key} in {language}"
            assert page.locator('[aria-label="Panel status error"], .panel-info-corner--error').count() == 0
            assert page.locator('[data-testid*="Panel header"], [data-panelid], .react-grid-item').count() > 4
            if board.key == "now":
                assert _overflow(page) <= 0, "it fits the screen without scrolling"
                sizes = page.eval_on_selector_all(
                    ".react-grid-item span", "all => all.map(it => parseFloat(getComputedStyle(it).fontSize))"
                )
                assert sum(size >= 32 for size in sizes) >= 16, "the figures of four products are read across a room"
            if pictures:
                _save(page, Path(pictures) / f"{board.key}-{language}.png")
            page.set_viewport_size({"width": 400, "height": 900})
            page.wait_for_timeout(800)
            assert page.evaluate("document.documentElement.scrollWidth") <= 400, f"{board.key} on a phone"
            if pictures and board.key == "now":
                page.screenshot(path=Path(pictures) / f"{board.key}-{language}-phone.png")
        browser.close()


def _overflow(page: Any) -> int:  # noqa: ANN401 - playwright's page
    """How many pixels the last panel reaches below the screen."""
    lowest = "[...document.querySelectorAll('.react-grid-item')].map(it => it.getBoundingClientRect().bottom)"
    return int(page.evaluate(f"Math.max(...{lowest}) - innerHeight"))


def _save(page: Any, path: Path) -> None:  # noqa: ANN401 - playwright's page
    """A picture as high as the board."""
    bottom = _overflow(page) + page.viewport_size["height"] + 16
    page.set_viewport_size({"width": 1920, "height": max(1080, min(bottom, 2600))})
    page.wait_for_timeout(1500)
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
