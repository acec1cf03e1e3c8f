"""Provisioning a Grafana: twice, after edits, with a customer's own things beside, and without permission.

Runs against a real Grafana where TUNDISH_TEST_GRAFANA is set, else against the recorded answers of one; the name of
each test says which. Recorded answers show that our side is unchanged, not that Grafana is.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from collector.config.load import load
from dashboards.grafana import provision as provisioning
from dashboards.grafana.adapter import FIRST_WITH_OWN_ROUTES, GrafanaAdapter, GrafanaLogin, GrafanaRefused
from dashboards.grafana.desired_state import Database, DesiredState, Kind, Notify, RecurringRepair, desired_resources
from dashboards.grafana.provision import Action, Change, ProvisionOptions, provision
from dashboards.grafana.store import GrafanaStore
from dashboards.grafana.uids import board_uid
from models.works.plant import Plant
from tests.support.collector_process import ROOT
from tests.support.grafana import PASSWORD, USER, Recorder, Replayer, home, real_grafana, served

# All of them, for the recorded answers come in the order of the tests.
pytestmark = pytest.mark.long

RECORDING = os.environ.get("TUNDISH_RECORD_GRAFANA") == "1"
REPAIR = RecurringRepair(name="rolls", units=("hsm",), weekdays=("tuesday",), start="08:00", end="16:00")
NOTIFY = Notify(
    language="ru",
    email=("dispatcher@works.example",),
    telegram_chat="-100",
    telegram_token="1:token",
    webhook="http://127.0.0.1:9/alerts",
    recurring_repairs=(REPAIR,),
)
HOUR_NS = 3_600 * 10**9
FIRST_WITH_SUBFOLDERS = (11, 0)


@pytest.fixture(scope="module", params=["recorded" if home() is None else "real"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param != "real":
        replayer = Replayer()
        with served(replayer) as answers, pytest.MonkeyPatch.context() as patch:
            patch.setattr(provisioning, "desired_resources", replayer.desired_resources)
            yield answers
        assert replayer.strange == [], "record anew: TUNDISH_TEST_GRAFANA=HOME TUNDISH_RECORD_GRAFANA=1 make test"
        return
    with real_grafana(tmp_path_factory.mktemp("grafana")) as real:
        if not RECORDING:
            yield real
            return
        recorder = Recorder(real)
        with served(recorder) as passed, pytest.MonkeyPatch.context() as patch:
            patch.setattr(provisioning, "desired_resources", recorder.desired_resources)
            yield passed
        recorder.save(".".join(map(str, adapter(real).version())))


def adapter(address: str) -> GrafanaAdapter:
    return GrafanaAdapter(GrafanaLogin(url=address, user=USER, password=PASSWORD))


@pytest.fixture(scope="module")
def plant() -> Plant:
    return load(ROOT / "deploy/plant.yaml").plant


@pytest.fixture(scope="module")
def desired(plant: Plant) -> DesiredState:
    database = Database(
        url="http://127.0.0.1:8086", calculated="tundish", raw="tundish_raw", authorization="Token reader"
    )
    return DesiredState(plant=plant, languages=("ru", "kk", "en"), database=database, notify=NOTIFY)


@pytest.fixture(scope="module")
def store(address: str, plant: Plant) -> GrafanaStore:
    return GrafanaStore(adapter(address), plant)


def actions(changes: list[Change]) -> Counter[str]:
    return Counter(change.action.value for change in changes)


def titles(changes: list[Change], action: Action) -> list[tuple[str, str]]:
    return [(change.kind, change.title) for change in changes if change.action is action]


def test_1_a_dry_run_makes_nothing_and_names_everything(store: GrafanaStore, desired: DesiredState) -> None:
    changes = provision(store, desired, ProvisionOptions(dry_run=True))
    assert set(actions(changes)) == {"made", "to do by hand"}
    assert {kind for kind, _ in titles(changes, Action.MADE)} == {
        kind.value for kind in Kind if kind is not Kind.RIGHTS
    }
    assert list(store.ours()) == []


def test_2_the_first_run_makes_all_and_the_second_changes_nothing(store: GrafanaStore, desired: DesiredState) -> None:
    first = provision(store, desired, ProvisionOptions())
    assert set(actions(first)) == {"made", "to do by hand"}
    second = provision(store, desired, ProvisionOptions())
    assert set(actions(second)) == {"unchanged", "to do by hand"}
    advice = next(change for change in second if change.action is Action.ADVICE)
    assert "app = tundish" in advice.where[0]


def test_3_the_one_route_is_inserted_before_the_customers_own_which_stay(
    store: GrafanaStore, desired: DesiredState
) -> None:
    own = {"receiver": "grafana-default-email", "object_matchers": [["team", "=", "power"]]}
    tree: Any = store.api.ask("GET", "/v1/provisioning/policies")
    store.api.ask("PUT", "/v1/provisioning/policies", {**tree, "routes": [own]})
    changed = titles(provision(store, desired, ProvisionOptions(manage_policies=True)), Action.CHANGED)
    # From 11 on the rules named their contact point until the route was there.
    assert Counter(kind for kind, _ in changed)["notification policy"] == 1
    assert {kind for kind, _ in changed} <= {"notification policy", "alert rule"}
    tree = store.api.ask("GET", "/v1/provisioning/policies")
    assert tree["receiver"] == "grafana-default-email"
    assert tree["routes"][0]["object_matchers"][0] == ["app", "=", "tundish"]
    assert tree["routes"][0]["routes"][0]["mute_time_intervals"] == ["tundish temirtau: rolls"]
    assert tree["routes"][1]["object_matchers"] == [["team", "=", "power"]]
    assert set(actions(provision(store, desired, ProvisionOptions(manage_policies=True)))) == {"unchanged"}


def test_4_what_people_edited_shows_as_drift_is_kept_and_taken_back_only_when_asked(
    store: GrafanaStore, desired: DesiredState, plant: Plant
) -> None:
    uid = board_uid(plant, "growth", "ru")
    board: Any = store.api.ask("GET", f"/dashboards/uid/{uid}")
    edited = {**board["dashboard"], "refresh": "1h"}
    store.api.ask("POST", "/dashboards/db", {"dashboard": edited, "folderUid": board["meta"]["folderUid"]})
    rule = next(resource for resource in desired_resources(desired, (9, 3)) if resource.kind is Kind.RULE)
    there: Any = store.api.ask("GET", f"/v1/provisioning/alert-rules/{rule.name}")
    store.api.ask("PUT", f"/v1/provisioning/alert-rules/{rule.name}", {**there, "for": "33m"})

    changes = provision(store, desired, ProvisionOptions())
    kept = [change for change in changes if change.action is Action.KEPT]
    assert [(change.kind, change.where[1:]) for change in kept] == [("board", ("refresh",)), ("alert rule", ("for",))]
    assert kept[0].where[0].startswith("saved by admin on 20")
    assert kept[1].where[0].startswith("saved in Grafana on 20")
    assert actions(provision(store, desired, ProvisionOptions(dry_run=True, overwrite_edits=True)))["changed"] == 2
    assert actions(provision(store, desired, ProvisionOptions(overwrite_edits=True)))["changed"] == 2
    assert set(actions(provision(store, desired, ProvisionOptions(manage_policies=True)))) == {"unchanged"}


def test_5_what_the_configuration_changes_is_changed_alone(
    store: GrafanaStore, desired: DesiredState, plant: Plant
) -> None:
    limits = replace(plant.limits, forecast_warn_pct=96.5)
    other = replace(desired, plant=replace(plant, limits=limits))
    changes = provision(store, other, ProvisionOptions(dry_run=True))
    changed = titles(changes, Action.CHANGED)
    assert titles(changes, Action.KEPT) == []
    assert {kind for kind, _ in changed} == {"board", "alert rule"}
    assert len([kind for kind, _ in changed if kind == "alert rule"]) == 1
    moved = replace(desired, database=replace(desired.database, authorization="Token another"))
    assert [kind for kind, _ in titles(provision(store, moved, ProvisionOptions(dry_run=True)), Action.CHANGED)] == [
        "data source"
    ] * 2


def test_6_prune_removes_only_what_this_command_made(store: GrafanaStore, desired: DesiredState) -> None:
    store.api.ask("POST", "/folders", {"uid": "own", "title": "The customer's own"})
    own = {"dashboard": {"uid": "own-board", "title": "Own", "tags": ["tundish"]}, "folderUid": "own"}
    store.api.ask("POST", "/dashboards/db", own)
    # Copies of ours, which keep tags and labels; the uids are of whoever made them.
    ours: Any = store.api.ask("GET", f"/dashboards/uid/{board_uid(store.plant, 'now', 'ru')}")
    copy = {**ours["dashboard"], "id": None, "uid": "copied-board", "title": "Copy"}
    store.api.ask("POST", "/dashboards/db", {"dashboard": copy, "folderUid": "own"})
    rule: Any = next(found for found in desired_resources(desired, (9, 3)) if found.kind is Kind.RULE).document
    copied = {**rule, "uid": "copied-rule", "title": "Copy", "folderUID": "own", "orgID": 1}
    store.api.ask("POST", "/v1/provisioning/alert-rules", copied)
    less = replace(desired, languages=("ru", "kk"))
    changes = provision(store, less, ProvisionOptions(prune=True, dry_run=True))
    removed = titles(changes, Action.REMOVED)
    assert Counter(kind for kind, _ in removed) == {"board": 5, "folder": 1}
    assert len(titles(provision(store, less, ProvisionOptions(prune=True)), Action.REMOVED)) == 6
    assert titles(provision(store, less, ProvisionOptions(prune=True)), Action.REMOVED) == []
    for kept in ("/dashboards/uid/own-board", "/dashboards/uid/copied-board"):
        assert store.api.find(kept) is not None
    assert store.api.find("/v1/provisioning/alert-rules/copied-rule") is not None


def test_7_a_folder_with_a_customers_board_in_it_is_not_removed_and_a_dry_run_says_so(
    store: GrafanaStore, desired: DesiredState
) -> None:
    kk = "tundish-temirtau-kk"
    store.api.ask("POST", "/dashboards/db", {"dashboard": {"uid": "guest", "title": "Guest"}, "folderUid": kk})
    assert_kept(store, desired, "'Guest'")
    store.api.ask("DELETE", "/dashboards/uid/guest")
    assert store.api.find(f"/folders/{kk}") is not None


def test_7b_a_folder_with_somebodys_subfolder_in_it_is_not_removed(store: GrafanaStore, desired: DesiredState) -> None:
    if store.api.version() < FIRST_WITH_SUBFOLDERS:
        pytest.skip("this Grafana has no folders in folders")
    store.api.ask("POST", "/folders", {"uid": "deeper", "title": "Deeper", "parentUid": "tundish-temirtau-kk"})
    store.api.ask("POST", "/dashboards/db", {"dashboard": {"uid": "deep", "title": "Deep"}, "folderUid": "deeper"})
    assert_kept(store, desired, "'Deeper'")
    assert store.api.find("/dashboards/uid/deep") is not None
    store.api.ask("DELETE", "/folders/deeper")


def test_7c_a_folder_with_a_panel_of_the_library_in_it_is_not_removed_and_an_empty_one_is(
    store: GrafanaStore, desired: DesiredState
) -> None:
    panel = {"uid": "shelf", "name": "Shelf", "kind": 1, "folderUid": "tundish-temirtau-kk", "model": {"type": "text"}}
    store.api.ask("POST", "/library-elements", panel)
    assert_kept(store, desired, "'Shelf'")
    store.api.ask("DELETE", "/library-elements/shelf")
    gone = titles(provision(store, replace(desired, languages=("ru",)), ProvisionOptions(prune=True)), Action.REMOVED)
    assert [kind for kind, _ in gone] == ["folder"]
    assert store.api.find("/folders/tundish-temirtau-kk") is None


def assert_kept(store: GrafanaStore, desired: DesiredState, named: str) -> None:
    """Whoever prunes the Kazakh boards is told what is in their folder; the folder stays, and a dry run says the
    same."""
    for dry_run in (True, False):
        changes = provision(store, replace(desired, languages=("ru",)), ProvisionOptions(prune=True, dry_run=dry_run))
        (kept,) = (change for change in changes if change.kind == "folder" and change.action is Action.ADVICE)
        assert "holds things that are not ours" in kept.where[0]
        assert named in kept.where[0]
        assert "folder" not in [kind for kind, _ in titles(changes, Action.REMOVED)]
    assert store.api.find("/folders/tundish-temirtau-kk") is not None


def test_7d_weekly_repairs_that_come_later_silence_and_taken_out_again_leave_nothing(
    store: GrafanaStore, desired: DesiredState
) -> None:
    if store.api.version() < FIRST_WITH_OWN_ROUTES:
        pytest.skip("rules of this Grafana cannot name their contact point")
    weekly = replace(desired, languages=("ru",))
    plain = replace(weekly, notify=replace(NOTIFY, recurring_repairs=()))
    uid = next(found.name for found in desired_resources(weekly, (9, 3)) if found.kind is Kind.RULE)

    def receiver_of_rule() -> str | None:
        rule: Any = store.api.ask("GET", f"/v1/provisioning/alert-rules/{uid}")
        return (rule.get("notification_settings") or {}).get("receiver")

    def routes() -> list[str]:
        tree: Any = store.api.ask("GET", "/v1/provisioning/policies")
        return [child["receiver"] for child in tree.get("routes") or []]

    provision(store, plain, ProvisionOptions(manage_policies=True, prune=True))
    assert receiver_of_rule() == "tundish temirtau"
    assert "tundish temirtau" not in routes()
    changes = provision(store, weekly, ProvisionOptions())
    assert "notification policy" in [kind for kind, _ in titles(changes, Action.ADVICE)]
    assert receiver_of_rule() == "tundish temirtau", "without the route, rules that name nobody would reach nobody"
    provision(store, weekly, ProvisionOptions(manage_policies=True))
    assert receiver_of_rule() is None, "a rule that names its contact point passes the route by"
    assert "tundish temirtau" in routes()
    assert set(actions(provision(store, weekly, ProvisionOptions(manage_policies=True)))) == {"unchanged"}
    changes = provision(store, plain, ProvisionOptions(prune=True))
    assert {kind for kind, _ in titles(changes, Action.ADVICE)} == {"notification policy", "mute timing"}
    provision(store, plain, ProvisionOptions(manage_policies=True, prune=True))
    assert receiver_of_rule() == "tundish temirtau"
    assert "tundish temirtau" not in routes()
    assert set(actions(provision(store, plain, ProvisionOptions(prune=True)))) == {"unchanged"}


def test_8_the_named_team_edits_the_folder_and_viewers_keep_reading(store: GrafanaStore, desired: DesiredState) -> None:
    with_team = replace(desired, languages=("ru",), editors="Production IT")
    with pytest.raises(GrafanaRefused, match="no team 'Production IT'"):
        provision(store, with_team, ProvisionOptions())
    store.api.ask("POST", "/teams", {"name": "Production IT"})
    made = titles(provision(store, with_team, ProvisionOptions()), Action.MADE)
    assert [kind for kind, _ in made].count("rights") == 2
    rights: Any = store.api.ask("GET", "/folders/tundish-temirtau-ru/permissions")
    assert {right["permission"] for right in rights if right.get("team") == "Production IT"} == {2}
    for role in ("Viewer", "Editor"):
        assert {right["permission"] for right in rights if right.get("role") == role} == {1}, role
    assert "made" not in actions(provision(store, with_team, ProvisionOptions()))
