"""Alerts of a real Grafana over a real database: who is told of a stop, of what follows from it, and of lost data.

Needs TUNDISH_TEST_GRAFANA: recorded answers raise no alerts.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from dashboards.grafana.message_templates import FIRST_WITH_ZONES
from dashboards.grafana.provision import ProvisionOptions, provision
from dashboards.grafana.uids import rules_folder_uid
from models.works.codes import UnitState
from models.works.table import Row, RowKey
from tests.support.grafana_stand import Stand, Told, write

pytestmark = pytest.mark.timeout(400)
STOP: Mapping[str, Told] = {
    "bf3": (UnitState.STOPPED, 1, ""),
    "bof1": (UnitState.STOPPED, 1, "bf3"),
    "cast1": (UnitState.SLOW, 2, "bf3"),
    "cast2": (UnitState.SLOW, 2, ""),
    "mine1": (UnitState.STALE, 4, ""),
    "coke1": (UnitState.PLANNED, 0, ""),
}
"""A furnace stops, two units follow, one is slow of its own, of one nothing is heard, and one stands by plan."""
JUDGED = ("unit_stopped", "unit_slow", "unit_data", "below_pace", "source_stale")
ANY_PACE = "$B < 100000 "


def faster(stand: Stand) -> None:
    """Look at the rules every 10 s and tell at once; the tests cannot wait for minutes. Every pace is too low."""
    path = f"/v1/provisioning/folder/{rules_folder_uid(stand.plant)}/rule-groups/tundish"
    group: Any = stand.store.api.ask("GET", path)
    at_once = {"group_wait": "1s", "group_interval": "1s"}
    rules = [{**rule, "for": "0s"} if rule["labels"]["rule"] in JUDGED else rule for rule in group["rules"]]
    # From 11 on the rules name their contact point, and there is no route.
    rules = [
        {**rule, "notification_settings": {**settings, **at_once}}
        if (settings := rule.get("notification_settings"))
        else rule
        for rule in rules
    ]
    for rule in rules:
        for stage in rule["data"]:
            if rule["labels"]["rule"] == "source_stale" and "query" in stage["model"]:
                stage["model"]["query"] = stage["model"]["query"].replace("- 5m", "- 20s")
            if stage["model"].get("type") == "math":
                guard = stage["model"]["expression"].split("&&", 1)[1]
                stage["model"]["expression"] = f"{ANY_PACE}&&{guard}"
    stand.store.api.ask("PUT", path, {**group, "interval": 10, "rules": rules})
    tree: Any = stand.store.api.ask("GET", "/v1/provisioning/policies")
    routes = tree.get("routes") or []
    if routes:
        told = {**tree, "routes": [{**routes[0], **at_once}, *routes[1:]]}
        stand.store.api.ask("PUT", "/v1/provisioning/policies", told)


def until(stand: Stand, told: Mapping[str, Told], enough: Callable[[], object]) -> None:
    """Tell the same states until there is enough."""
    deadline = time.monotonic() + 90
    while not enough() and time.monotonic() < deadline:
        stand.write_states(told)
        time.sleep(2)


def alerts(stand: Stand, rule: str, status: str = "firing") -> list[dict[str, Any]]:
    """The single alerts of all messages of a rule."""
    return [
        alert
        for hook in stand.post.hooks
        for alert in hook["alerts"]
        if alert["labels"].get("rule") == rule and alert["status"] == status
    ]


def units(found: list[dict[str, Any]]) -> set[str]:
    return {alert["labels"]["unit"] for alert in found}


def messages(stand: Stand, rule: str, status: str = "firing") -> list[str]:
    return [
        hook["message"]
        for hook in stand.post.hooks
        if hook["commonLabels"].get("rule") == rule and hook["status"] == status
    ]


@pytest.fixture(scope="module")
def told(stand: Stand) -> Stand:
    """A stand that has told what it has to tell of STOP."""
    faster(stand)
    wanted = (("unit_stopped", "bf3"), ("unit_slow", "cast2"), ("unit_data", "mine1"), ("below_pace", "hsm"))
    until(stand, STOP, lambda: all(unit in units(alerts(stand, rule)) for rule, unit in wanted))
    time.sleep(15)  # what should not be told would have been by now
    return stand


def test_a_stop_is_told_by_mail_and_webhook_in_russian_as_p1(told: Stand) -> None:
    (alert,) = {json.dumps(it["labels"], sort_keys=True): it for it in alerts(told, "unit_stopped")}.values()
    labels = alert["labels"]
    assert (labels["unit"], labels["severity"], labels["simulated"]) == ("bf3", "P1", "true")
    message = messages(told, "unit_stopped")[0]
    assert "Доменная печь 3: внеплановая остановка" in message
    link = re.search(r"http\S+/d/tundish-temirtau-unit-ru\S+", message)
    assert link is not None, message
    assert link[0].endswith("&var-unit=bf3"), "it opens the board at the unit"
    if told.store.api.version() >= FIRST_WITH_ZONES:
        assert re.search(r", с \d\d\.\d\d \d\d:\d\d", message)
    subject, body = next(it for it in told.post.mails if "Доменная печь 3: внеплановая" in it[1])
    works = told.plant.site_names["ru"]
    assert subject.startswith(f"ТРЕВОГА P1 {works}: Агрегат остановлен, P1"), "the works stands once"
    assert "Агрегат" in body
    assert all(told.post.encrypted), "mail goes by STARTTLS alone"


def test_what_follows_from_a_stop_pages_nobody(told: Stand) -> None:
    assert units(alerts(told, "unit_stopped")) == {"bf3"}
    assert units(alerts(told, "unit_slow")) == {"cast2"}


def test_a_unit_of_which_nothing_is_heard_is_told_as_data_and_never_as_a_drop(told: Stand) -> None:
    found = alerts(told, "unit_data")
    assert units(found) == {"mine1"}
    assert {alert["labels"]["severity"] for alert in found} == {"P4"}
    for message in messages(told, "unit_data"):
        assert "Это о данных, а не о выпуске" in message
        assert "остановк" not in message
        assert "снижен" not in message
    for rule in ("unit_stopped", "unit_slow", "below_pace"):
        assert "mine1" not in units(alerts(told, rule)), f"{rule} speaks of a unit of which nothing is known"


def test_a_pace_is_judged_only_where_output_is_known_not_planned_away_and_follows_from_no_other_unit(
    told: Stand,
) -> None:
    below = units(alerts(told, "below_pace"))
    assert {"bf2", "hsm", "cast2"} <= below
    assert below.isdisjoint({"mine1", "coke1", "bof1", "cast1"})


def test_a_stop_is_taken_back_when_the_furnace_runs_and_not_when_its_data_go_away(told: Stand) -> None:
    silent = {**STOP, "bf3": (UnitState.STALE, 4, "")}
    until(told, silent, lambda: "bf3" in units(alerts(told, "unit_data")))
    time.sleep(15)
    assert not alerts(told, "unit_stopped", "resolved")
    until(told, {}, lambda: messages(told, "unit_stopped", "resolved"))
    cleared = messages(told, "unit_stopped", "resolved")[0]
    assert "СНЯТО Доменная печь 3: Агрегат остановлен, P1" in cleared
    assert "внеплановая" not in cleared


def test_an_alert_that_ends_because_its_data_stopped_does_not_say_that_it_is_over(told: Stand) -> None:
    def source_age(age_s: float) -> None:
        tags = {"site": told.plant.site, "source": "hall_7", "collector": "tundish-1"}
        key = RowKey.of("source_health", time.time_ns(), tags)
        write(told.works, "works_raw", [Row(key, {"age_s": age_s})])

    deadline = time.monotonic() + 90
    while not alerts(told, "source_stale") and time.monotonic() < deadline:
        source_age(4321.0)
        time.sleep(2)
    assert "hall_7" in messages(told, "source_stale")[0]
    while not alerts(told, "source_stale", "resolved") and time.monotonic() < deadline + 90:
        time.sleep(2)  # nothing is written any more
    ended = messages(told, "source_stale", "resolved")[0]
    assert "БОЛЬШЕ НЕ НАБЛЮДАЕТСЯ" in ended
    assert "СНЯТО" not in ended
    assert "4321" not in ended, "what was read before is not how it is now"


def test_every_rule_is_judged_without_an_error(told: Stand) -> None:
    answer: Any = told.store.api.ask("GET", "/prometheus/grafana/api/v1/rules")
    found = [rule for group in answer["data"]["groups"] for rule in group["rules"]]
    assert len(found) > 8
    assert {rule["name"]: rule.get("lastError", "") for rule in found if rule["health"] != "ok"} == {}


def test_where_tundish_tells_people_grafanas_rules_stay_and_reach_nobody(told: Stand) -> None:
    quiet = replace(told.desired, notify=None, quiet=True)
    provision(told.store, quiet, ProvisionOptions(manage_policies=True, prune=True))
    tree: Any = told.store.api.ask("GET", "/v1/provisioning/policies")
    assert not tree.get("routes")
    points: Any = told.store.api.ask("GET", "/v1/provisioning/contact-points")
    assert [it["name"] for it in points if it["name"].startswith("tundish")] == []
    answer: Any = told.store.api.ask("GET", "/prometheus/grafana/api/v1/rules")
    assert sum(len(group["rules"]) for group in answer["data"]["groups"]) > 8
