"""Who is on call in the simulated works: a roster that is filled for two weeks. Every name is made up."""

import time

from collector.access.roster_file import RosterFile
from collector.config.settings import Settings
from collector.sentence import FilledText
from models.alerts.incident import Role
from models.alerts.roster import WEEK, DutyChange, Roster, duties_of, monday_of
from models.works.calendar import NS, local_date

ON_CALL = {
    "dispatcher": "Dana Akhmetova",
    "night_dispatcher": "Bolat Omarov",
    "chief": "Serik Abenov",
    "safety": "Saule Bekova",
    "director": "Marat Sadykov",
}
"""By the code under which a person signs in at the desk; the dispatcher of the night has no sign-in of a demo."""
_DUTIES = {
    Role.DISPATCHER: ("dispatcher", "night_dispatcher"),
    Role.SHOP_CHIEF: ("chief",),
    Role.PRODUCTION_DIRECTOR: ("director",),
    Role.MINE_SAFETY: ("safety",),
}
"""Who takes turns, shift by shift. The other duties have nobody, and go to their receivers."""


def enter_on_call(settings: Settings) -> None:
    """Fill the roster of this week and the next, for the people that the configuration knows."""
    plant = settings.plant
    now_ns = time.time_ns()
    first = monday_of(local_date(plant.zone, now_ns).toordinal())
    changes = [
        DutyChange(duty, shift.start_s, people[(shift.number - 1) % len(people)], 0)
        for duty in duties_of(settings.alerts.policy)
        if (people := [code for code in _DUTIES.get(duty.role, ()) if code in settings.alerts.people])
        for shift in Roster().days(plant, duty, first, 2 * WEEK)
        if shift.end_s > now_ns // NS
    ]
    # The folder is new: nobody else has entered anything there.
    RosterFile(settings.data_dir).enter(changes, "demo", lambda _: FilledText({}, {}))
