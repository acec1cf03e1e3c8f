"""Messages to a duty by the roster: they go to who has it in the shift, over a real mail server."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from collector.access.access_file import AccessFile
from collector.access.roster_file import RosterFile
from collector.access.schema import ACCESS
from collector.alerts.duty_roster import DutyRoster
from collector.alerts.settings import AlertSettings, MailSettings, PersonSettings
from collector.service.alerting import Alerting
from collector.storage.ledger import incidents as ledger_alerts
from collector.storage.ledger.ledger import Ledger
from models.access.user import User, UserRole
from models.alerts.incident import Recipient, Role
from models.alerts.roster import DutyChange, DutyEntry, Lack
from models.detection.finding import Finding
from models.works.calendar import shift_bounds
from tests.collector.alerts.receivers import Mailbox, mail_server
from tests.models.alerts.days import DRIFT, FURNACE_STOPS, MINUTE, NOON_S, finding, plant, policy
from tests.models.alerts.days import STALE as STALE_KIND

S, HOUR = 10**9, 3600
DISPATCHER = Recipient(Role.DISPATCHER)
DANA, MARAT, ALMA = "dana", "marat", "alma"
ELSE = "dispatcher@works.example"


def never(_other: DutyEntry) -> None:
    raise AssertionError("nobody entered anything else")


@dataclass
class Rota:
    """A service whose messages go by the roster that the folder holds."""

    folder: Path
    settings: AlertSettings
    box: Mailbox
    now_s: int = NOON_S
    ledger: Ledger = field(init=False)
    alerting: Alerting = field(init=False)

    def start(self) -> None:
        self.ledger = Ledger.open(self.folder, clock_ns=lambda: self.now_s * S, demo=False)
        roster = DutyRoster(plant(), self.settings, self.folder)
        self.alerting = Alerting(plant(), self.settings, self.ledger, lambda: self.now_s * S, roster=roster)

    def shift_s(self, later: int = 0) -> int:
        """When the shift of NOON_S begins, or one of the next."""
        calendar = next(iter(plant().shops.values())).calendar
        start, end = shift_bounds(calendar, NOON_S * S)
        for _ in range(later):
            start, end = shift_bounds(calendar, end)
        return start // S

    def enter(self, person: str, later: int = 0, duty: Recipient = DISPATCHER) -> None:
        seen = {each.start_s: each.id for each in RosterFile(self.folder).between(0, 2**40) if each.duty == duty}
        at_s = self.shift_s(later)
        change = DutyChange(duty, at_s, person, seen.get(at_s, 0))
        RosterFile(self.folder).enter([change], "test", never)  # type: ignore[arg-type]

    async def holds(self, *findings: Finding, later_s: int = 0) -> None:
        self.now_s += later_s
        await self.alerting.update(findings, self.now_s * S)
        await self.alerting.send()

    @property
    def told(self) -> list[str]:
        return [address for addresses in self.box.recipients for address in addresses]


@pytest.fixture
def rota(tmp_path: Path) -> Iterator[Rota]:
    with mail_server() as box:
        yield Rota(tmp_path, settings_over(box.port), box)


def settings_over(port: int) -> AlertSettings:
    def mail(*to: str) -> tuple[MailSettings, ...]:
        return (MailSettings(to=to, sender="t@works.example", host="127.0.0.1", port=port, starttls=False),)

    roles = {Recipient(role): mail(f"{role.value}@works.example") for role in Role}
    people = {
        DANA: PersonSettings(name="Dana A.", channels=mail("dana@works.example")),
        MARAT: PersonSettings(name="Marat B.", channels=mail("marat@works.example") * 2),
        ALMA: PersonSettings(name="Alma C.", channels=()),
    }
    return AlertSettings(notifier="tundish", policy=policy(recipients=frozenset(roles)), channels=roles, people=people)


async def test_a_message_goes_to_who_has_the_duty_in_the_shift_and_the_next_one_to_who_takes_over(rota: Rota) -> None:
    rota.enter(DANA)
    rota.enter(MARAT, later=1)
    rota.start()
    await rota.holds(FURNACE_STOPS)
    assert rota.told == ["dana@works.example"]
    # It ends in the next shift: who has the duty then hears of it, over all of that person's channels.
    await rota.holds(later_s=13 * HOUR)
    assert rota.told[1:].count("marat@works.example") == 2
    assert "dana@works.example" not in rota.told[1:]
    audit = [item.event.detail for item in rota.ledger.read(lambda ledger: ledger_alerts.events(ledger, 1))]
    assert any(detail.startswith("raised to dispatcher (Dana A.) by e-mail") for detail in audit)
    await rota.ledger.close()


async def test_a_change_at_the_desk_holds_for_the_next_message_without_a_restart(rota: Rota) -> None:
    rota.enter(DANA)
    rota.start()
    rota.enter(MARAT)
    await rota.holds(FURNACE_STOPS)
    assert rota.told == ["marat@works.example", "marat@works.example"]
    await rota.ledger.close()


@pytest.mark.parametrize("why", ["nobody", "taken off", "disabled", "no address", "left the works", "file damaged"])
async def test_where_nobody_can_be_reached_the_receivers_of_the_configuration_are(rota: Rota, why: str) -> None:
    lack = Lack.NOBODY
    if why == "taken off":
        rota.enter(DANA)
        rota.enter("")
    elif why == "disabled":
        rota.enter(DANA)
        user = User(name=DANA, full_name="", roles=(UserRole.DISPATCHER,))
        AccessFile(rota.folder).add(user, None, "test")
        AccessFile(rota.folder).change(replace(user, disabled=True), "test")
        lack = Lack.DISABLED
    elif why == "no address":
        rota.enter(ALMA)
        lack = Lack.NO_ADDRESS
    elif why == "left the works":
        rota.enter("somebody")
        lack = Lack.NO_ADDRESS
    elif why == "file damaged":
        (rota.folder / ACCESS.name).write_bytes(b"no database" * 1000)
        lack = Lack.UNREAD
    rota.start()
    await rota.holds(FURNACE_STOPS)
    assert rota.told == [ELSE]
    (shift,) = [
        each for each in DutyRoster(plant(), rota.settings, rota.folder).now(NOON_S * S) if each.duty == DISPATCHER
    ]
    assert shift.lack is lack
    await rota.ledger.close()


async def test_who_left_the_configuration_before_a_message_was_sent_loses_none_of_it(rota: Rota) -> None:
    rota.enter(DANA)
    rota.start()
    await rota.alerting.update([FURNACE_STOPS], rota.now_s * S)
    await rota.ledger.close()
    rota.settings = replace(rota.settings, people={})
    rota.start()
    await rota.alerting.send()
    assert rota.told == [ELSE]
    await rota.ledger.close()


async def test_other_duties_go_by_their_own_shifts_and_the_digest_to_its_readers(rota: Rota) -> None:
    rota.enter(DANA, duty=Recipient(Role.INSTRUMENTS))
    rota.enter(DANA, duty=Recipient(Role.DIGEST))
    rota.start()
    await rota.holds(finding(STALE_KIND, "bf3", 4), finding(DRIFT, "bf3", 3))
    await rota.holds(finding(DRIFT, "bf3", 3), later_s=10 * MINUTE)
    assert set(rota.told) == {"dana@works.example"}
    rota.box.recipients.clear()
    await rota.holds(finding(DRIFT, "bf3", 3), later_s=24 * HOUR)
    assert rota.told == ["digest@works.example"]
    await rota.ledger.close()
