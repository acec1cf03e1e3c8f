"""The API over a real ledger and a real file of users, in this process: years of months, states, a stop, an alert."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import apsw
import pytest
import yaml
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from starlette.types import ASGIApp

from collector.access.access_file import AccessFile
from collector.access.token_file import TokenFile
from collector.alerts.step import AlertStep, Memory
from collector.cli.desk_briefings import DeskBriefings
from collector.cli.desk_figures import DeskFigures
from collector.cli.desk_files import DeskFiles
from collector.cli.desk_fuel import DeskFuel
from collector.cli.desk_heat import DeskHeat
from collector.cli.desk_recovery import DeskRecovery
from collector.cli.desk_reports import DeskReports
from collector.cli.desk_why import DeskWhy
from collector.config.load import load
from collector.entries.alert_desk import LedgerAlertDesk
from collector.entries.changes_desk import RecordedChangesDesk
from collector.entries.desk_actions import DeskEntries
from collector.entries.entry_desk import LedgerEntryDesk
from collector.entries.entry_file import EntryFile
from collector.entries.repair_desk import LedgerRepairDesk
from collector.entries.safety_desk import LedgerSafetyDesk
from collector.entries.sign_desk import LedgerSignDesk
from collector.simulation.plant_config import plant_yaml
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger.desk_reader import LedgerDesk
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.schema import LEDGER
from dashboards.web.api import asker
from dashboards.web.api.application import make_api
from dashboards.web.door import DeskDoor
from dashboards.web.parts import DeskParts
from dashboards.web.problem import API
from dashboards.web.sign_in import SignIn
from models.access.api_token import ApiToken, TokenScope
from models.alerts.policy import Policy
from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.detection.state_row import UnitNow
from models.works.calendar import NS
from models.works.codes import UnitState
from models.works.localize import LANGUAGES
from tests.dashboards.web.conftest import done
from tests.dashboards.web.findings import finding_of
from tests.dashboards.web.full_month import AUTHOR, FILE, REASON, FullMonth

LOOPBACK = DeskDoor(host="127.0.0.1", port=8686)
STOOD_S = 3 * 3600
FORMULA = "=1+1"


class WorksApi:
    """One works in a folder."""

    def __init__(self, folder: Path, author: str = AUTHOR) -> None:
        self.folder = folder
        file = folder / "plant.yaml"
        config = yaml.safe_load(plant_yaml("opc.tcp://127.0.0.1:1"))
        file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
        self.settings = load(file)
        self.plant = self.settings.plant
        (folder / "data").mkdir()
        self.month = FullMonth(self.plant, folder / "data", (author, REASON, FILE))
        done(self.month.fill())
        done(self.judge())
        self.users = AccessFile(folder / "data")
        self.tokens = TokenFile(folder / "data")

    async def judge(self) -> None:
        """What the collector says of the units: each is OK, but for a furnace that has stood for three hours."""
        ledger = Ledger.open(self.folder / "data", clock_ns=time.time_ns, demo=True)
        now_s = int(time.time())
        evidence = {language: f"{FORMULA}: <b>{language}</b>" for language in LANGUAGES}
        drop = OutputDrop(
            unit="bf3",
            product="pig_iron",
            kind=FindingKind.STOP,
            severity=1,
            start_s=now_s - STOOD_S,
            end_s=None,
            evidence=evidence,
        )
        states = [
            UnitNow(
                unit=code,
                shop=unit.shop,
                product="",
                at_s=now_s,
                since_s=now_s - STOOD_S,
                state=UnitState.STOPPED if code == "bf3" else UnitState.OK,
                severity=1 if code == "bf3" else 0,
                expected_t_per_h=None,
                actual_t_per_h=None,
                drop_pct=None,
                cause_unit="",
                evidence=evidence,
            )
            for code, unit in self.plant.units.items()
        ]
        step = AlertStep(self.plant, Policy(sends=False, zone=self.plant.zone))

        def tell(connection: apsw.Connection) -> None:
            ledger_detection.put_now(connection, states)
            ledger_detection.put_drops(connection, [drop], {}, now_s)
            findings = [finding_of(drop, 123.5, {"steel_liquid": 100.0}, evidence)]
            step.run(connection, findings, clock_ns=now_s * NS, memory=Memory(), certain=True)

        try:
            await ledger.write(tell)
        finally:
            await ledger.close()

    def parts(self, data_dir: Path | None = None) -> DeskParts:
        """`data_dir`: another folder with the ledger."""
        settings = self.settings if data_dir is None else replace(self.settings, data_dir=data_dir)
        return DeskParts(
            data=LedgerDesk(self.plant, settings.data_dir / LEDGER.name),
            actions=DeskEntries(EntryFile(settings)),
            alerts=LedgerAlertDesk(EntryFile(settings)),
            entry=LedgerEntryDesk(EntryFile(settings)),
            repairs=LedgerRepairDesk(EntryFile(settings)),
            safety=LedgerSafetyDesk(EntryFile(settings)),
            signing=LedgerSignDesk(EntryFile(settings)),
            files=DeskFiles(settings),
            access=self.users,
            reports=DeskReports(settings),
            briefings=DeskBriefings(settings),
            changes=RecordedChangesDesk(EntryFile(settings), self.users),
            tokens=self.tokens,
            figures=DeskFigures(settings),
            heat=DeskHeat(settings),
            fuel=DeskFuel(settings),
            why=DeskWhy(settings),
            recovery=DeskRecovery(settings),
        )

    def app(
        self,
        door: DeskDoor = LOOPBACK,
        clock_ns: Callable[[], int] = time.time_ns,
        data_dir: Path | None = None,
    ) -> ASGIApp:
        app = FastAPI()
        app.mount(API, make_api(self.parts(data_dir), clock_ns))
        return SignIn(app, self.users, door)

    def token(self, *scopes: TokenScope, shops: tuple[str, ...] = (), name: str = "") -> str:
        """The secret of a new token that holds for an hour."""
        asked = ApiToken(
            id="",
            name=name or f"t{time.monotonic_ns()}",
            scopes=scopes,
            shops=shops,
            author="test",
            made_ns=0,
            expires_ns=time.time_ns() + 3600 * NS,
        )
        return self.tokens.add(asked)


async def asked(app: ASGIApp, path: str, *, token: str = "", cookie: str = "", **headers: str) -> Response:
    given = {
        **({"Authorization": f"Bearer {token}"} if token else {}),
        **({"Cookie": f"tundish={cookie}"} if cookie else {}),
        **headers,
    }
    async with AsyncClient(transport=ASGITransport(app), base_url="http://desk") as client:
        return await client.get(f"{API}{path}", headers=given)


async def rows_of(app: ASGIApp, path: str, **more: str) -> list[dict[str, Any]]:
    answer = await asked(app, path, **more)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> WorksApi:
    return WorksApi(tmp_path_factory.mktemp("api"))


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test asks more often than a program does."""
    for name in ("TOKEN_MOST", "ADDRESS_MOST"):
        monkeypatch.setattr(asker, name, 1e9)
