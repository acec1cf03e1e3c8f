"""The roster of the demo: whoever opens it sees who is on call, and messages go to them."""

import time
from pathlib import Path

from collector.access.roster_file import RosterFile
from collector.alerts.duty_roster import DutyRoster
from collector.config.load import load
from collector.entries.duties import roster_week
from collector.simulation.demo_users import USERS
from collector.simulation.inbox import Inbox
from collector.simulation.on_call import ON_CALL, enter_on_call
from collector.simulation.plant_config import plant_yaml
from models.alerts.incident import Recipient, Role
from models.alerts.roster import Lack


async def works(folder: Path, **sections: object) -> Path:
    file = folder / "plant.yaml"
    async with Inbox(lambda *_: None) as inbox:
        given = {"alerts": inbox.section(), **sections}
        file.write_text(plant_yaml("opc.tcp://127.0.0.1:1", sections=given), encoding="utf-8")
    return file


async def test_every_shift_of_the_demo_has_a_dispatcher_and_day_and_night_are_two_people(tmp_path: Path) -> None:
    settings = load(await works(tmp_path))
    enter_on_call(settings)
    now_ns = time.time_ns()
    week = roster_week(settings, None, now_ns)
    turns = [shift for shift in week.shifts if shift.duty == Recipient(Role.DISPATCHER) and shift.end_s > week.now_s]
    assert turns
    assert {shift.person for shift in turns} <= {"dispatcher", "night_dispatcher"}
    assert all(shift.person == ("dispatcher" if shift.number == 1 else "night_dispatcher") for shift in turns)
    on_duty = {
        shift.duty.role: shift for shift in DutyRoster(settings.plant, settings.alerts, settings.data_dir).now(now_ns)
    }
    assert {role: on_duty[role].name for role in (Role.SHOP_CHIEF, Role.MINE_SAFETY, Role.PRODUCTION_DIRECTOR)} == {
        Role.SHOP_CHIEF: "Serik Abenov",
        Role.MINE_SAFETY: "Saule Bekova",
        Role.PRODUCTION_DIRECTOR: "Marat Sadykov",
    }
    assert on_duty[Role.INSTRUMENTS].lack is Lack.NOBODY


async def test_a_demo_whose_own_section_names_nobody_has_an_empty_roster(tmp_path: Path) -> None:
    receivers = {"roles": {"dispatcher": [{"type": "webhook", "url": "http://127.0.0.1:1/"}]}}
    settings = load(await works(tmp_path, alerts=receivers))
    enter_on_call(settings)
    assert RosterFile(settings.data_dir).newest(1) == []


def test_people_on_call_have_the_names_under_which_they_sign_in() -> None:
    users = {user.name: user.full_name for user in USERS}
    assert {code: name for code, name in ON_CALL.items() if code in users}.items() <= users.items()
    assert ON_CALL.keys() - users.keys() == {"night_dispatcher"}
