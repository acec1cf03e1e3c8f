"""Provisioning a real Grafana, where recorded answers do not fit: the day of the run, logins, a young organisation; and
files in place of the interface.
"""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboards.grafana.adapter import GrafanaAdapter, GrafanaLogin, GrafanaRefused
from dashboards.grafana.desired_state import DesiredState, Kind, desired_resources
from dashboards.grafana.provision import Action, ProvisionOptions, provision
from dashboards.grafana.silences import SILENCES, desired_silences
from dashboards.grafana.store import GrafanaStore
from dashboards.grafana.uids import board_uid, folder_uid
from models.stated.plan import Repair, RepairKind
from models.works.plant import Plant
from tests.end_to_end.test_provision import HOUR_NS, NOTIFY, actions, adapter, desired, plant
from tests.support.grafana import home, real_grafana

__all__ = ["desired", "plant"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if home() is None:
        pytest.skip("recorded answers do not look at logins or the clock: set TUNDISH_TEST_GRAFANA")
    with real_grafana(tmp_path_factory.mktemp("grafana")) as real:
        yield real


@pytest.fixture(scope="module")
def store(address: str, plant: Plant) -> GrafanaStore:
    return GrafanaStore(adapter(address), plant)


def test_a_planned_repair_is_silenced_moved_and_ended_and_a_silence_of_people_stays(
    store: GrafanaStore, desired: DesiredState
) -> None:
    now_ns = time.time_ns()
    repair = Repair(
        name="R1",
        unit="bf3",
        start_ns=now_ns - HOUR_NS,
        end_ns=now_ns + 5 * HOUR_NS,
        kind=RepairKind.CURRENT,
        approved_by="Chief",
    )
    later = replace(repair, name="R2", unit="hsm", start_ns=now_ns + 24 * HOUR_NS, end_ns=now_ns + 30 * HOUR_NS)
    over = replace(repair, name="R3", end_ns=now_ns - 1)
    own = replace(desired_silences(desired.plant, [repair], now_ns)[0], comment="mine")
    store.api.ask("POST", SILENCES, {**own.document(), "createdBy": "Anna"})

    def silenced(*repairs: Repair) -> list[tuple[str, str]]:
        asked = replace(desired, languages=("ru",), repairs=repairs, now_ns=now_ns)
        return [
            (change.action.value, change.title)
            for change in provision(store, asked, ProvisionOptions())
            if change.kind == "silence"
        ]

    first, second = "tundish temirtau: repair R1, bf3", "tundish temirtau: repair R2, hsm"
    assert silenced(repair, later, over) == [("made", first), ("made", second)]
    assert silenced(repair, later, over) == [("unchanged", first), ("unchanged", second)]
    longer = replace(repair, end_ns=repair.end_ns + HOUR_NS)
    assert silenced(longer, later) == [("changed", first), ("unchanged", second)]
    assert silenced(longer, replace(later, withdrawn=True)) == [("unchanged", first), ("removed", second)]
    assert silenced() == [("removed", first)]
    there: Any = store.api.ask("GET", SILENCES)
    assert [silence["comment"] for silence in there if silence["status"]["state"] == "active"] == ["mine"]


def test_who_may_not_is_told_what_is_missing(address: str, desired: DesiredState, plant: Plant) -> None:
    wrong = GrafanaStore(GrafanaAdapter(GrafanaLogin(url=address, token="glsa_wrong")), plant)
    with pytest.raises(GrafanaRefused, match="login was refused"):
        provision(wrong, desired, ProvisionOptions(dry_run=True))


def test_a_young_organisation_other_than_the_first_gets_everything_and_stays_unchanged(
    address: str, desired: DesiredState, plant: Plant
) -> None:
    first = adapter(address)
    second: Any = first.ask("POST", "/orgs", {"name": "Second works"})
    first.ask("POST", f"/user/using/{second['orgId']}")
    try:
        made: Any = first.ask("POST", "/serviceaccounts", {"name": "tundish", "role": "Admin"})
        token: Any = first.ask("POST", f"/serviceaccounts/{made['id']}/tokens", {"name": "provision"})
    finally:
        first.ask("POST", "/user/using/1")
    young = GrafanaStore(GrafanaAdapter(GrafanaLogin(url=address, token=token["key"])), plant)
    assert "made" in actions(provision(young, desired, ProvisionOptions(manage_policies=True)))
    again = provision(young, desired, ProvisionOptions(manage_policies=True))
    assert set(actions(again)) == {"unchanged"}, [change for change in again if change.action is not Action.UNCHANGED]
    name = next(found.name for found in desired_resources(desired, (9, 3)) if found.kind is Kind.RULE)
    rule: Any = young.api.ask("GET", f"/v1/provisioning/alert-rules/{name}")
    assert rule["orgID"] == second["orgId"]


def test_a_newer_grafana_gets_rules_that_name_their_contact_point(desired: DesiredState) -> None:
    plain = replace(desired, notify=replace(NOTIFY, recurring_repairs=()))
    new = [resource for resource in desired_resources(plain, (12, 1)) if resource.kind is Kind.RULE]
    old = [resource for resource in desired_resources(plain, (9, 3)) if resource.kind is Kind.RULE]
    assert {rule.document["notification_settings"]["receiver"] for rule in new} == {"tundish temirtau"}  # type: ignore[index]
    assert all("notification_settings" not in rule.document for rule in old)


def test_files_for_grafanas_own_provisioning_hold_everything_and_no_secret(
    desired: DesiredState, tmp_path: Path
) -> None:
    import yaml

    from dashboards.grafana.export import files

    made = files(desired)
    assert len([name for name in made if name.startswith("boards/")]) == 15
    alerting = yaml.safe_load(made["alerting/tundish.yaml"])
    assert len(alerting["groups"][0]["rules"]) == len(
        [resource for resource in desired_resources(desired, (12, 0)) if resource.kind is Kind.RULE]
    )
    assert {"contactPoints", "templates", "muteTimes"} <= alerting.keys()
    everything = "".join(made.values())
    assert "Token reader" not in everything
    assert "1:token" not in everything
    if home() is None:
        return
    for name, content in made.items():
        path = tmp_path / "provisioning" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content.replace("/var/lib/grafana/dashboards/tundish", f"{tmp_path}/provisioning/boards"))
    environment = {"GF_PATHS_PROVISIONING": str(tmp_path / "provisioning")}
    secrets = {"TUNDISH_INFLUXDB_AUTHORIZATION": "Token reader", "TUNDISH_TELEGRAM_TOKEN": "1:token"}
    with real_grafana(tmp_path / "grafana", **environment, **secrets) as real:
        store = GrafanaStore(adapter(real), desired.plant)
        deadline = time.monotonic() + 60
        ours: Counter[Kind] = Counter()
        while ours[Kind.BOARD] < 15 and time.monotonic() < deadline:  # files are read after the first answer
            time.sleep(0.2)
            ours = Counter(kind for kind, _, _ in store.ours())
        assert ours[Kind.BOARD] == 15
        assert ours[Kind.RULE] == len(alerting["groups"][0]["rules"])
        assert ours[Kind.CONTACT_POINT] == 3


def test_a_board_that_a_browser_saved_in_the_newer_form_is_kept_and_taken_back_only_when_asked(
    store: GrafanaStore, desired: DesiredState
) -> None:
    if store.api.version() < (12, 0):
        pytest.skip("there is no newer form of boards")
    quiet = replace(desired, languages=("en",), notify=None)
    provision(store, quiet, ProvisionOptions(overwrite_edits=True))
    uid = board_uid(desired.plant, "health", "en")
    group: Any = store.api.find_app("/dashboard.grafana.app")
    version = next(it["version"] for it in group["versions"] if it["version"].startswith("v2"))
    place = f"s/dashboard.grafana.app/{version}/namespaces/default/dashboards/{uid}"
    store.api.ask("PUT", place, newer_board(uid, folder_uid(desired.plant, "en")))

    changes = provision(store, quiet, ProvisionOptions())
    (kept,) = (change for change in changes if change.action is Action.KEPT)
    assert kept.where[0].startswith("saved by admin on 20")
    assert kept.where[0].endswith("Z, in the newer form of boards")
    assert actions(provision(store, quiet, ProvisionOptions(overwrite_edits=True)))["changed"] == 1
    assert set(actions(provision(store, quiet, ProvisionOptions()))) == {"unchanged"}


def newer_board(uid: str, folder: str) -> dict[str, Any]:
    """As a browser of 12 with the new layouts, and of 13, saves it: the layout stands apart from the panels."""
    return {
        "metadata": {"name": uid, "annotations": {"grafana.app/folder": folder}},
        "spec": {
            "title": "Mine",
            "layout": {"kind": "GridLayout", "spec": {"items": []}},
            "elements": {},
            "annotations": [],
            "links": [],
            "tags": ["tundish"],
            "variables": [],
            "timeSettings": {
                "timezone": "browser",
                "from": "now-1h",
                "to": "now",
                "autoRefresh": "",
                "autoRefreshIntervals": [],
                "hideTimepicker": False,
                "fiscalYearStartMonth": 0,
            },
            "cursorSync": "Off",
            "editable": True,
            "preload": False,
        },
    }
