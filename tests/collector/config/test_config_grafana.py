"""Faults of the sections grafana and limits: each reported with its place and its fix."""

from collections.abc import Callable

import pytest

Faults = Callable[..., list[str]]
DATABASE = 'influxdb: {url: "http://127.0.0.1:8086", org: works}\n'
GRAFANA = 'grafana: {url: "http://127.0.0.1:3000", '
REPAIR = "notify: {recurring_repairs: [{name: r, units: [bf3], weekdays: [monday], start: '08:00', end: '16:00'}]}"


@pytest.mark.parametrize(
    ("section", "place", "words"),
    [
        (GRAFANA + "token_file: a, user: b}", "grafana.token_file", "remove one of them"),
        (GRAFANA + "password_file: a}", "grafana.password_file", "go together"),
        (GRAFANA + "languages: [ru, ru]}", "grafana.languages", "given twice"),
        (GRAFANA + "languages: [de]}", "grafana.languages[0]", "'de' is not one of"),
        ('grafana: {url: "http://me:pw@host"}', "grafana.url", "holds a login"),
        (GRAFANA + REPAIR.replace("bf3", "bf9") + "}", "recurring_repairs[0].units[0]", "'bf9' is not a unit"),
        (GRAFANA + REPAIR.replace("16:00", "07:00") + "}", "recurring_repairs[0].end", "split a repair at midnight"),
        (GRAFANA + "notify: {email: [nobody]}}", "grafana.notify.email[0]", "'nobody'"),
        ("limits: {pace: {mine: {window: 12h, raise_pct: 90, clear_pct: 80}}}", "clear_pct", "below raise_pct 90"),
        ("limits: {pace: {mine: {window: 90m, raise_pct: 70, clear_pct: 80}}}", "window", "whole hours"),
        ("limits: {forecast_warn_pct: 90.0}", "limits.forecast_warn_pct", "below forecast_major_pct 95"),
    ],
)
def test_each_fault_of_grafana_and_limits_is_reported_with_its_fix(
    faults: Faults, plant_text: str, section: str, place: str, words: str
) -> None:
    found = faults(f"{plant_text}{DATABASE}{section}\n", {"TUNDISH_INFLUXDB_TOKEN": "secret"})
    assert len(found) == 1, found
    assert place in found[0]
    assert words in found[0]


def test_grafana_without_a_database_has_nothing_to_show(faults: Faults, plant_text: str) -> None:
    found = faults(plant_text + GRAFANA + "}\n")
    assert len(found) == 1
    assert "no section influxdb" in found[0]
