"""The roster on the command line, and what is refused of it, whatever a page would send."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collector.access.roster_file import RosterFile
from collector.config.load import load
from collector.entries.alert_desk import LedgerAlertDesk
from collector.entries.entry_file import EntryFile
from dashboards.web.texts import text
from models.access.desk_actions import ActionRefused
from models.access.user import User, UserRole
from models.alerts.incident import Recipient, Role
from models.alerts.roster import DutyChange
from models.works.localize import LANGUAGES, Language
from tests.collector.service.works_document import NOON_NS, works_yaml, write_works

Command = Callable[..., Any]
S, HOUR = 10**9, 3600
DUTY = Recipient(Role.DISPATCHER)
DANA = User(name="dana", full_name="Dana A.", roles=(UserRole.DISPATCHER,))
MIDNIGHT_S = NOON_NS // S - 12 * HOUR


@pytest.fixture
def desk(tmp_path: Path) -> LedgerAlertDesk:
    mail = {"type": "email", "to": ["d@works.example"]}
    relay = {"host": "127.0.0.1", "port": 1, "starttls": "none-on-loopback", "from": "t@works.example"}
    people = {"dana": {"name": "Dana A.", "channels": [mail]}, "alma": {"name": "Alma C."}}
    alerts = {"smtp": relay, "roles": {"dispatcher": [mail]}, "people": people}
    write_works(tmp_path, works_yaml(alerts=alerts))
    return LedgerAlertDesk(EntryFile(load(tmp_path / "plant.yaml"), lambda: NOON_NS))


def starts(desk: LedgerAlertDesk) -> list[int]:
    return [shift.start_s for shift in desk.roster(None).shifts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_prints_who_is_on_duty_the_week_and_its_gaps(
    tmp_path: Path, tundish: Command, desk: LedgerAlertDesk, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert desk.roster(None).changes == ()
    desk = LedgerAlertDesk(EntryFile(load(tmp_path / "plant.yaml")))  # by the clock that the command has
    shift = desk.on_duty()[0]
    desk.enter_duties(DANA, [DutyChange(DUTY, shift.start_s, "dana", 0)])
    ended = tundish("alert", "roster", "--plant", tmp_path / "plant.yaml", "--lang", language)
    assert ended.code == 0, ended.err
    lines = ended.out.splitlines()
    assert lines[0] == f"{text('roster_now', language)}:"
    assert "Dana A." in lines[1]
    gaps = desk.roster(None).gaps
    assert text("roster_gaps", language).format(count=gaps) in ended.out
    assert ended.out.count("Dana A.") == 2
    assert "on duty as dispatcher: Dana A., until" in tundish("check", "--plant", tmp_path / "plant.yaml").out


def test_check_says_in_words_who_gets_the_messages_of_a_duty_that_nobody_has(
    tmp_path: Path, tundish: Command, desk: LedgerAlertDesk
) -> None:
    assert desk.on_duty()
    said = tundish("check", "--plant", tmp_path / "plant.yaml").out
    assert "on duty as dispatcher: Nobody is entered. Messages go to the receivers of alerts.roles.dispatcher." in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (DutyChange(DUTY, MIDNIGHT_S - 5 * 24 * HOUR, "dana", 0), "is over: who had the duty then"),
        (DutyChange(DUTY, MIDNIGHT_S + 61, "dana", 0), "no shift of that duty begins then"),
        (DutyChange(DUTY, 2**62, "dana", 0), "no shift of that duty begins then"),
        (DutyChange(Recipient(Role.DIGEST), MIDNIGHT_S + 24 * HOUR, "dana", 0), "no shift of that duty"),
        (
            DutyChange(Recipient(Role.DISPATCHER, "elsewhere"), MIDNIGHT_S, "dana", 0),
            "your roles do not allow|no shift",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(desk: LedgerAlertDesk, change: DutyChange, said: str) -> None:
    with pytest.raises(ActionRefused, match=said):
        desk.enter_duties(DANA, [change])
    assert desk.roster(None).changes == ()


def test_somebody_who_is_not_configured_is_refused_and_with_it_the_rest_of_the_save(desk: LedgerAlertDesk) -> None:
    first, second = starts(desk)[-2:]
    with pytest.raises(ActionRefused, match="=cmd is not among the people"):
        desk.enter_duties(DANA, [DutyChange(DUTY, first, "dana", 0), DutyChange(DUTY, second, "=cmd", 0)])
    assert desk.roster(None).changes == ()


@pytest.mark.parametrize("role", sorted(set(UserRole) - {UserRole.DISPATCHER, UserRole.SHOP_CHIEF, UserRole.DIRECTOR}))
def test_a_role_that_does_not_act_on_alerts_enters_nothing(desk: LedgerAlertDesk, role: UserRole) -> None:
    change = DutyChange(DUTY, starts(desk)[-1], "dana", 0)
    for user in (
        User(name="x", full_name="", roles=(role,)),
        User(name="x", full_name="", roles=(UserRole.DISPATCHER,), shops=("furnaces",)),
    ):
        with pytest.raises(ActionRefused, match="your roles do not allow this"):
            desk.enter_duties(user, [change])
    assert desk.roster(None).changes == ()


def test_the_same_is_entered_once_and_every_other_word_stays_on_record(desk: LedgerAlertDesk, tmp_path: Path) -> None:
    at_s = starts(desk)[-1]
    for _ in range(2):
        desk.enter_duties(DANA, [DutyChange(DUTY, at_s, "dana", 0)])
    (first,) = desk.roster(None).changes
    desk.enter_duties(DANA, [DutyChange(DUTY, at_s, "alma", first.id)])
    desk.enter_duties(DANA, [DutyChange(DUTY, at_s, "", first.id + 1)])
    file = RosterFile(load(tmp_path / "plant.yaml").data_dir)
    assert [entry.person for entry in file.between(at_s, at_s + 1)] == ["dana", "alma", ""]
    with pytest.raises(ActionRefused, match=r"Dana A. \(dana\) took the person off meanwhile"):
        desk.enter_duties(DANA, [DutyChange(DUTY, at_s, "dana", first.id)])


def test_where_tundish_notifies_nobody_the_command_promises_no_duty(tmp_path: Path, tundish: Command) -> None:
    write_works(tmp_path, works_yaml(alerts={"people": {"dana": {"name": "Dana A."}}}))
    said = tundish("alert", "roster", "--plant", tmp_path / "plant.yaml").out
    assert said.startswith("There is no duty: Tundish sends messages to nobody.")
    assert "on duty" not in tundish("check", "--plant", tmp_path / "plant.yaml").out


@pytest.mark.parametrize("week", ["tomorrow", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_week_that_cannot_be_is_refused_with_an_example(tmp_path: Path, tundish: Command, week: str) -> None:
    write_works(tmp_path, works_yaml())
    ended = tundish("alert", "roster", "--week", week, "--plant", tmp_path / "plant.yaml")
    assert ended.code != 0
    assert ended.err.startswith(f"tundish: --week {week} is ")
    assert ended.err.strip().endswith("such as 2026-11-30")
