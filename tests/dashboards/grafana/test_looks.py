"""What a board and a message look like: one decimal mark, what runs apart, the unknown grey, names, times on site."""

import itertools
import json
import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from collector.config.load import load
from dashboards.grafana import look
from dashboards.grafana.documents import rule_documents
from dashboards.grafana.message_templates import templates
from dashboards.grafana.query import ref_ids
from dashboards.grafana.zone import fixed_offset
from models.works.localize import LANGUAGES
from models.works.plant import Plant
from tests.support.every_board import every_board

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def plant() -> Plant:
    return load(ROOT / "deploy/plant.yaml").plant


@pytest.fixture(scope="module")
def boards(plant: Plant) -> dict[Any, Any]:
    return dict(every_board(plant, LANGUAGES))


def panels(boards: dict[Any, Any], key: str, kind: str, language: str = "ru") -> list[Any]:
    return [panel for panel in boards[language, key]["panels"] if panel["type"] == kind]


def test_every_number_has_the_separators_of_the_reader(boards: dict[Any, Any]) -> None:
    text = json.dumps(list(boards.values()))
    used = set(re.findall(r'"unit": "([^"]*)"', text)) | set(re.findall(r'"id": "unit", "value": "([^"]*)"', text))
    assert used == {"locale", "string", look.INSTANT}, "Grafana's percent and seconds have a point in any language"


def test_what_runs_is_asked_apart_and_drawn_lighter(boards: dict[Any, Any]) -> None:
    for key, over, runs in (
        ("now", "time < now() - 1h", "time >= now() - 1h"),
        (
            "plan",
            '"month_to_date_due_t" = "month_to_date_target_t"',
            '"month_to_date_due_t" < "month_to_date_target_t"',
        ),
    ):
        plots = [plot for plot in panels(boards, key, "timeseries") if '"running_t"' in plot["targets"][1:2].__repr__()]
        assert plots, key
        for plot in plots:
            whole, running, target = (statement["query"] for statement in plot["targets"])
            assert over in whole
            assert runs in running
            assert "now() -" not in target, "the target is drawn for both"
            fills = {
                override["matcher"]["options"]: setting["value"]
                for override in plot["fieldConfig"]["overrides"]
                for setting in override["properties"]
                if setting["id"] == "custom.fillOpacity"
            }
            assert 0 < fills["running_t"] < fills["actual_t"]


def test_the_first_step_of_all_colours_is_that_of_the_unknown(boards: dict[Any, Any]) -> None:
    for (language, key), board in boards.items():
        for panel in board["panels"]:
            if panel["type"] == "row":
                continue
            steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
            assert steps[0] == {"color": look.GREY, "value": None}, f"{key} in {language}: {panel['title']}"


def test_a_band_a_waterfall_and_heat_maps_show_what_they_show_best(boards: dict[Any, Any]) -> None:
    (waterfall,) = panels(boards, "plan", "candlestick")
    assert waterfall["options"]["fields"] == {"open": "Отклонение днём раньше", "close": "Отклонение с начала месяца"}
    assert len(panels(boards, "plan", "status-history")) == 1
    assert len(panels(boards, "health", "status-history")) == 1
    (band,) = (plot for plot in panels(boards, "plan", "timeseries") if "fillBelowTo" in json.dumps(plot))
    assert "min" not in band["fieldConfig"]["defaults"], "on an axis from zero, 2 % are thinner than a line"
    assert '"month_to_date_t"' not in band["targets"][0]["query"]


def test_signals_and_sources_are_called_by_their_names(boards: dict[Any, Any]) -> None:
    names = {"ru": "Дутьё, м³/ч", "kk": "Үрлеу, м³/сағ", "en": "Blast, m3/h"}
    for language, name in names.items():
        assert f'"{name}"' in json.dumps(boards[language, "unit"], ensure_ascii=False)
    assert "$signal" not in [panel["title"] for panel in boards["ru", "unit"]["panels"]]


def test_statements_have_names_without_an_end() -> None:
    assert list(itertools.islice(ref_ids(), 24, 29)) == ["Y", "Z", "AA", "AB", "AC"]


def test_a_time_is_told_on_the_clocks_of_the_works_in_every_version() -> None:
    assert fixed_offset(ZoneInfo("Asia/Almaty")) == "+05:00"
    assert fixed_offset(ZoneInfo("Asia/Kathmandu")) == "+05:45"
    assert fixed_offset(ZoneInfo("Europe/Berlin")) == "", "half a year would be told an hour off"
    assert "tz .Annotations.zone" in templates((12, 0))
    older = templates((11, 6))
    assert "tz .Annotations.zone" not in older
    assert f'eq .Annotations.offset "+05:45" }}}}{{{{ (.StartsAt.UTC.Add {(5 * 60 + 45) * 60 * 10**9})' in older


def test_a_rule_reads_the_sentence_of_evidence_where_grafana_can(plant: Plant) -> None:
    for version, can in (((9, 3), False), ((11, 6), True), ((13, 0), True)):
        rules: list[Any] = rule_documents(plant, "ru", version)
        told = [rule for rule in rules if rule["labels"]["rule"] in ("unit_stopped", "unit_slow", "unit_data")]
        assert len(told) >= 4
        for rule in told:
            asked = [stage["model"]["query"] for stage in rule["data"] if stage["refId"] == "H"]
            assert bool(asked) is can
            assert ("Labels.evidence_ru" in rule["annotations"]["text_ru"]) is can
            assert "показано на доске «Агрегат»" in rule["annotations"]["text_ru"], "where there is no sentence"
            assert all(query.startswith('SELECT time AS "at"') for query in asked), "a time would make it a series"


def test_bars_over_time_begin_at_nothing(boards: dict[Any, Any]) -> None:
    """Bars of heat began at 145 of 178 Gcal in a real Grafana: their length is what is read. The axis is that of the
    whole panel: where the bars alone began at 0, the demand of the hour stood on an axis of its own, from 160 on."""
    bars = 0
    for document in boards.values():
        for panel in document["panels"]:
            given = panel.get("fieldConfig", {})
            custom = given.get("defaults", {}).get("custom", {})
            overrides = [{one["id"]: one["value"] for one in each["properties"]} for each in given.get("overrides", [])]
            if custom.get("drawStyle") == "bars":
                bars += 1
                assert custom["axisSoftMin"] == 0, panel["title"]
            for each in overrides:
                if each.get("custom.drawStyle") == "bars":
                    bars += 1
                    assert custom["axisSoftMin"] == 0, panel["title"]
                assert "custom.axisSoftMin" not in each, panel["title"]
    assert bars > 10
