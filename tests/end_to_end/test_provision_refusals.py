"""What a Grafana may refuse: each told with the next step, and nothing of a customer's left half changed."""

import json
from dataclasses import replace
from typing import Any

import pytest

from collector.config.load import load
from dashboards.grafana.adapter import GrafanaAdapter, GrafanaLogin, GrafanaRefused
from dashboards.grafana.boards_and_folders import BoardsAndFolders
from dashboards.grafana.desired_state import Database, DesiredState, Kind, Notify, desired_resources
from dashboards.grafana.provision import Action, ProvisionOptions, provision
from dashboards.grafana.store import GrafanaStore
from models.works.plant import Plant
from tests.support.collector_process import ROOT
from tests.support.grafana import PASSWORD, USER, served


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
    notify = Notify(language="ru", email=("dispatcher@works.example",))
    return DesiredState(plant=plant, languages=("ru",), database=database, notify=notify)


def test_a_grafana_that_is_too_old_and_a_stranger_are_refused(plant: Plant, desired: DesiredState) -> None:
    for health, words in ((b'{"version": "8.5.2"}', "too old"), (b'{"status": "ok"}', "is it a Grafana")):
        with served(lambda *_, health=health: (200, health)) as old, pytest.raises(GrafanaRefused, match=words):
            provision(GrafanaStore(adapter(old), plant), desired, ProvisionOptions())


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "login was refused"), (403, "no permission"), (412, "name is taken"), (500, "try again")],
)
def test_every_refusal_names_the_next_step(status: int, words: str, plant: Plant, desired: DesiredState) -> None:
    def handle(_method: str, path: str, *_: object) -> tuple[int, bytes]:
        if path == "/api/health":
            return 200, b'{"version": "12.1.0"}'
        return status, b'{"message": "as Grafana says"}'

    with served(handle) as grafana, pytest.raises(GrafanaRefused, match=words):
        provision(GrafanaStore(adapter(grafana), plant), desired, ProvisionOptions())


def test_a_grafana_that_is_not_there_is_told_with_its_address(plant: Plant, desired: DesiredState) -> None:
    with pytest.raises(GrafanaRefused, match=r"127\.0\.0\.1:9 cannot be reached; check grafana\.url"):
        provision(GrafanaStore(adapter("http://127.0.0.1:9"), plant), desired, ProvisionOptions())


@pytest.mark.parametrize("others", [[], [{"receiver": "their own"}, {"receiver": "tundish another"}]])
@pytest.mark.parametrize("manage", [False, True])
def test_where_tundish_tells_people_our_route_is_taken_out_of_the_tree_and_no_other(
    manage: bool, others: list[dict[str, str]], plant: Plant, desired: DesiredState
) -> None:
    """A mock: what is asked of Grafana is what matters. It leaves an empty list out, as the real one does."""
    tree = {"receiver": "own", "routes": [{"receiver": "tundish temirtau"}, *others]}
    written: list[Any] = []

    def handle(method: str, path: str, body: bytes, _: object) -> tuple[int, bytes]:
        if path == "/api/health":
            return 200, b'{"version": "9.3.2"}'
        if path.endswith("/policies"):
            if method == "PUT":
                written.append(json.loads(body))
            kept = written[-1] if written else tree
            return 200, json.dumps({name: it for name, it in kept.items() if it}).encode()
        return (
            (404, b"{}") if method == "GET" and not path.endswith(("points", "timings", "templates")) else (200, b"[]")
        )

    quiet = replace(desired, notify=None, quiet=True)
    with served(handle) as grafana:
        changes = provision(GrafanaStore(adapter(grafana), plant), quiet, ProvisionOptions(manage_policies=manage))
    (change,) = [change for change in changes if change.kind == "notification policy"]
    assert change.action is (Action.REMOVED if manage else Action.ADVICE)
    assert [tree["routes"] for tree in written] == ([others] if manage else [])
    assert not [change for change in changes if change.kind == "contact point"]


def test_where_tundish_tells_people_rules_of_a_newer_grafana_name_no_contact_point(desired: DesiredState) -> None:
    rules = [
        resource
        for resource in desired_resources(replace(desired, notify=None, quiet=True), (11, 0))
        if resource.kind is Kind.RULE
    ]
    assert rules
    assert {rule.document["notification_settings"] for rule in rules} == {None}


def test_a_policy_tree_that_cannot_be_written_is_put_back(plant: Plant, desired: DesiredState) -> None:
    """A mock: no real Grafana writes another tree than it was given."""
    trees = [{"receiver": "own", "routes": [{"receiver": "own"}]}]
    written: list[Any] = []

    def handle(method: str, path: str, body: bytes, _: object) -> tuple[int, bytes]:
        if path == "/api/health":
            return 200, b'{"version": "9.3.2"}'
        if path.endswith("/policies"):
            if method == "PUT":
                written.append(json.loads(body))
            return 200, json.dumps(trees[0]).encode()
        return (
            (404, b"{}") if method == "GET" and not path.endswith(("points", "timings", "templates")) else (200, b"[]")
        )

    with served(handle) as grafana, pytest.raises(GrafanaRefused, match="put back as they were"):
        provision(GrafanaStore(adapter(grafana), plant), desired, ProvisionOptions(manage_policies=True))
    assert written[0]["routes"][0]["receiver"] == "tundish temirtau"
    assert written[-1] == trees[0]


def test_a_board_in_the_newer_form_is_looked_up_where_grafana_13_keeps_it() -> None:
    """The answers are those of a real 12.2, with the versions that the documentation of 13 names."""
    asked = []

    def handle(_method: str, path: str, *_: object) -> tuple[int, bytes]:
        asked.append(path)
        answers: dict[str, object] = {
            "/api/org": {"id": 2, "name": "Works"},
            "/api/org/users": [{"userId": 7, "uid": "ag5pyzu7mf6dcf", "login": "anna"}],
            "/apis/dashboard.grafana.app": {
                "kind": "APIGroup",
                "versions": [{"version": "v1"}, {"version": "v2"}],
                "preferredVersion": {"groupVersion": "dashboard.grafana.app/v1", "version": "v1"},
            },
            "/apis/dashboard.grafana.app/v1/namespaces/org-2/dashboards/td-2": {
                "kind": "Dashboard",
                "metadata": {
                    "name": "td-2",
                    "creationTimestamp": "2026-11-29T02:28:13Z",
                    "annotations": {
                        "grafana.app/folder": "td-f",
                        "grafana.app/updatedBy": "user:ag5pyzu7mf6dcf",
                        "grafana.app/updatedTimestamp": "2026-11-29T03:10:00Z",
                    },
                },
                "spec": None,
                "status": {"conversion": {"failed": True, "storedVersion": "v2"}},
            },
        }
        if path in answers:
            return 200, json.dumps(answers[path]).encode()
        said = "dashboard api version not supported, use /apis/dashboard.grafana.app/v2 instead"
        return 406, json.dumps({"message": said}).encode()

    with served(handle) as grafana:
        places = BoardsAndFolders(adapter(grafana))
        board = places.board("td-2")
        assert board is not None
        assert board["folderUid"] == "td-f"
        assert "dashboard" not in board, "its panels cannot be compared"
        assert places.saved_by_people("td-2", board) == (
            "saved by anna on 2026-11-29T03:10Z, in the newer form of boards"
        )
    assert asked[0] == "/api/dashboards/uid/td-2"
