"""Alerts of a real Grafana over a real database: who is told of a stop, of what follows from it, and of lost data.

Needs TUNDISH_TEST_GRAFANA: recorded answers raise no alerts.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from dashboards.grafana.provision import ProvisionOptions, provision
from dashboards.grafana.rule import FIRST_WITH_EVIDENCE
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
ANY_VALUE = {"month_short": 1e5, "data_quality": 1e5, "collector_silent": 1e5, "queue_growing": -1.0}
"""Limits that every value is beyond, so that each rule tells something."""


def faster(stand: Stand) -> None:
    """Look at the rules every 10 s and tell at once; the tests cannot wait for minutes. Every pace is too low."""
    path = f"/v1/provisioning/folder/{rules_folder_uid(stand.plant)}/rule-groups/tundish"
    group: Any = stand.store.api.ask("GET", path)
    at_once = {"group_wait": "1s", "group_interval": "1s"}
    judged = (*JUDGED, *ANY_VALUE)
    rules = [{**rule, "for": "0s"} if rule["labels"]["rule"] in judged else rule for rule in group["rules"]]
    # From 11 on the rules name their contact point, and there is no route.
    rules = [
        {**rule, "notification_settings": {**settings, **at_once}}
        if (settings := rule.get("notification_settings"))
        else rule
        for rule in rules
    ]
    for rule in rules:
        for stage in rule["data"]:
            for key in ("query", "rawSql"):
                if rule["labels"]["rule"] == "source_stale" and key in stage["model"]:
                    query = stage["model"][key].replace("- 5m", "- 20s").replace("'5 minutes'", "'20 seconds'")
                    stage["model"][key] = query
            if stage["model"].get("type") == "threshold" and rule["labels"]["rule"] in ANY_VALUE:
                stage["model"]["conditions"][0]["evaluator"]["params"] = [ANY_VALUE[rule["labels"]["rule"]]]
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
    if told.store.api.version() >= FIRST_WITH_EVIDENCE:
        assert re.search(r"Доменная печь 3: стоит с \d\d:\d\d, дутьё в \d\d:\d\d: 12,0 из 450 000", message), message
        assert "показано на доске" not in message
    else:
        assert "внеплановая остановка; по каким данным, показано на доске «Агрегат»" in message
    subject, body = next(it for it in told.post.mails if "Доменная печь 3: внеплановая" in it[1])
    works = told.plant.site_names["ru"]
    assert subject.startswith(f"ТРЕВОГА P1 {works}: Агрегат остановлен, P1"), "the works stands once"
    assert "Агрегат" in body
    assert all(told.post.encrypted), "mail goes by STARTTLS alone"


def test_every_rule_tells_by_name_since_when_how_much_why_and_where_to_look(told: Stand) -> None:
    """What each of them says beside the begin and the link: a name and a figure with a comma; evidence where it can."""
    wanted = {
        "unit_stopped": (r"Доменная печь 3: внеплановая остановка", "unit", "bf3"),
        "unit_slow": (r"МНЛЗ 2: снижен темп, на 30,0 % ниже задания", "unit", "cast2"),
        "unit_data": (r"Шахта 1: данных нет или они недостоверны", "unit", "mine1"),
        "below_pace": (r"Стан горячей прокатки: \d+,\d % задания за последние 4 ч", "unit", "hsm"),
        "month_short": (r"Чугун: ожидаемое за месяц \d+,\d % плана, не хватает -?\d+ т", "plan", "pig_iron"),
        "source_stale": (r"источник имитируемый контроллер: нет показаний 4321,0 с", "health", ""),
        "data_quality": (r"Доменная печь 2: полнота данных за 4 ч \d+,\d %", "unit", "bf2"),
        "queue_growing": (r"сборщик tundish-1: самая старая строка ждёт 0,2 с", "health", ""),
        "collector_silent": (r"сборщик tundish-1 ничего не пишет 3 мин", "health", ""),
    }
    source = next(iter(told.plant.source_names))
    key = {"site": told.plant.site, "source": source, "collector": "tundish-1"}

    def all_told() -> bool:
        health = {"age_s": 4321.0, "queue_age_s": 0.2, "up": 1}
        write(told.works, "works_raw", [Row(RowKey.of("source_health", time.time_ns(), key), health)])
        return all(messages(told, rule) for rule in wanted)

    until(told, STOP, all_told)
    now = datetime.now(told.plant.zone)
    with_evidence = told.store.api.version() >= FIRST_WITH_EVIDENCE
    for rule, (sentence, board, chosen) in wanted.items():
        lines = [line for message in messages(told, rule) for line in message.splitlines() if re.search(sentence, line)]
        assert lines, f"{rule}: {messages(told, rule)}"
        line = lines[0]
        begin = re.search(r", с (\d\d)\.(\d\d) (\d\d):(\d\d) http", line)
        assert begin is not None, f"{rule} says since when: {line}"
        day, month, hour, minute = map(int, begin.groups())
        ago = now - now.replace(day=day, month=month, hour=hour, minute=minute, second=0)
        assert timedelta() <= ago < timedelta(minutes=10), f"{rule}, on the clocks of the works: {line}"
        assert f"/d/tundish-temirtau-{board}-ru" in line
        assert not chosen or line.endswith(f"={chosen}"), line
        assert not re.search(r"\d\.\d+ ", line.split(", с ")[0]), f"{rule} has one decimal mark: {line}"
        assert told.plant.site_names["ru"] not in line, "the works stands in the subject, once"
        if rule in ("unit_stopped", "unit_slow", "unit_data", "below_pace") and with_evidence:
            assert re.search(r"\. [^.]+: (стоит с|в работе)", line), f"{rule} says why: {line}"


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
        tags = {"site": told.plant.site, "source": "hall_7", "collector": "tundish-2"}
        key = RowKey.of("source_health", time.time_ns(), tags)
        write(told.works, "works_raw", [Row(key, {"age_s": age_s})])

    deadline = time.monotonic() + 90

    def of_hall(status: str) -> list[str]:
        return [message for message in messages(told, "source_stale", status) if "hall_7" in message]

    while not of_hall("firing") and time.monotonic() < deadline:
        source_age(4321.0)
        time.sleep(2)
    assert of_hall("firing")
    while not of_hall("resolved") and time.monotonic() < deadline + 90:
        time.sleep(2)  # nothing is written any more
    ended = of_hall("resolved")[-1]
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
