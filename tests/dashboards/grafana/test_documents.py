"""Boards and rules as Grafana's JSON: reproducible, quoted, levelled, in three languages, with lasting uids."""

import itertools
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from collector.cli.main import app
from collector.config.load import load
from collector.errors import FilesDiffer
from dashboards.grafana.documents import folders, rule_documents
from dashboards.grafana.influxql import identifier, literal, panel_query
from dashboards.grafana.look import thresholds
from dashboards.grafana.zone import board_zone
from dashboards.panels import catalogue
from dashboards.panels.board import Panel, Shape
from models.works.limits import OutputLimits, PaceLimit
from models.works.localize import LANGUAGES
from models.works.plant import Plant
from tests.support.every_board import every_board

ROOT = Path(__file__).resolve().parents[3]
BARE = re.compile(r"\b(?:output_|actual_t|target_t|unit_state|telemetry|source_health|level|product)\w*")


@pytest.fixture(scope="module")
def plant() -> Plant:
    return load(ROOT / "deploy/plant.yaml").plant


def queries(document: object) -> list[str]:
    """Every InfluxQL statement of a document."""
    if isinstance(document, dict):
        own = [document["query"]] if isinstance(document.get("query"), str) else []
        return [text for text in own if text.startswith(("SELECT", "SHOW"))] + [
            found for value in document.values() for found in queries(value)
        ]
    return [found for value in document for found in queries(value)] if isinstance(document, list) else []


def test_the_committed_files_are_what_the_example_plant_gives() -> None:
    result = CliRunner().invoke(
        app, ["dashboards", "build", str(ROOT / "deploy/plant.yaml"), "--to", str(ROOT / "deploy/grafana"), "--check"]
    )
    assert result.exit_code == 0, result.exception


def test_a_file_edited_by_hand_a_missing_one_and_a_strange_one_are_reported(tmp_path: Path) -> None:
    arguments = ["dashboards", "build", str(ROOT / "deploy/plant.yaml"), "--to", str(tmp_path)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert CliRunner().invoke(app, [*arguments, "--check"]).exit_code == 0
    (tmp_path / "ru/now.json").write_text("{}", encoding="utf-8")
    (tmp_path / "en/unit.json").unlink()
    (tmp_path / "en/mine.json").write_text("{}", encoding="utf-8")
    result = CliRunner().invoke(app, [*arguments, "--check"])
    assert isinstance(result.exception, FilesDiffer)
    assert "3 files" in str(result.exception)
    assert "tundish dashboards build" in str(result.exception)


def test_every_identifier_is_quoted_and_every_query_on_output_fixes_a_level(plant: Plant) -> None:
    found = queries([*every_board(plant, LANGUAGES).values(), *rule_documents(plant, "en")])
    assert len(found) > 100
    for query in found:
        bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", query)
        assert not BARE.search(bare), f"an identifier without quotes: {query}"
        if '"output_' in query:
            assert re.search(r"\"level\" = '(unit|shop|site)'", query), query
        assert "now() " not in query or "time" in query


def test_every_query_of_a_panel_a_choice_a_mark_and_a_rule_asks_for_the_one_works(plant: Plant) -> None:
    found = queries([*every_board(plant, LANGUAGES).values(), *rule_documents(plant, "en")])
    assert any(query.startswith("SHOW TAG VALUES") for query in found)
    assert any('"plant_event"' in query for query in found)
    for query in found:
        asked = query.count('FROM "')
        assert query.count("\"site\" = 'temirtau'") >= asked, query


def test_events_are_asked_for_by_overlap_and_those_of_a_product_shade_its_own_plots_alone(plant: Plant) -> None:
    documents: dict[Any, Any] = dict(every_board(plant, ["en"]))
    for (_, key), document in documents.items():
        for mark in document["annotations"]["list"]:
            assert '"end_ms" >= ${__from}' in mark["query"]
            assert "$timeFilter" not in mark["query"]
            assert key != "plan" or "correction" in mark["query"] or "${maker:regex}" in mark["query"]
    shaded = {
        mark["query"].count("bf3"): {
            panel["title"] for panel in documents["en", "now"]["panels"] if panel["id"] in mark["filter"]["ids"]
        }
        for mark in documents["en", "now"]["annotations"]["list"]
    }
    assert "Pig iron, today, t" in shaded[1], "a repair of a furnace shades the hours of pig iron"
    assert "Pig iron, today, t" not in shaded[0]


def test_names_that_would_break_out_of_their_quotes_are_escaped() -> None:
    assert identifier('a"b\\') == '"a\\"b\\\\"'
    assert literal("it's") == "'it\\'s'"


def test_an_output_query_without_a_level_is_refused() -> None:
    with pytest.raises(ValueError, match="fixes no level"):
        panel_query(Panel(shape=Shape.STAT, quantities=(catalogue.DAY_ACTUAL,)), "works")


def test_panels_and_rules_take_their_limits_from_the_same_numbers(plant: Plant) -> None:
    own = replace(plant, limits=OutputLimits({"blast_furnace": PaceLimit(36, 71.5, 81.5)}, 93.0, 91.0))
    limit = own.limits.of_kind("blast_furnace")
    steps = [step.value for step in thresholds(catalogue.PACE, own.limits, limit).steps or ()]
    assert steps[2:] == [71.5, 81.5]
    text = json.dumps(rule_documents(own, "en"))
    assert "- 37h" in text
    board = json.dumps(every_board(own, ["en"])["en", "unit"])
    assert "- 37h" in board, "the board of a unit asks over the same window"
    assert "* 0.715" in board, "and draws the line of the alert"
    assert '"$B < 71.5 && ' in text
    assert '"params": [93.0]' in text


def test_a_unit_with_a_limit_of_its_own_is_asked_for_by_it_and_no_rule_comes_twice(plant: Plant) -> None:
    own = {"bf3": PaceLimit(36, 71.5, 81.5), "bf4": PaceLimit(24, 85.0, 99.0)}
    rules = rule_documents(replace(plant, limits=OutputLimits(units=own)), "en")
    assert len({rule["uid"] for rule in rules}) == len(rules)
    below = [json.dumps(rule["data"]) for rule in rules if "- 37h" in json.dumps(rule)]
    assert len(below) == 1
    assert "bf3" in below[0]
    assert "bf2" not in below[0]


def test_uids_last_differ_by_plant_and_are_short_enough(plant: Plant) -> None:
    def uids(of: Plant) -> set[str]:
        boards: list[Any] = [*every_board(of, LANGUAGES).values(), *rule_documents(of, "ru")]
        return {board["uid"] for board in boards} | {folder.uid for folder in folders(of, LANGUAGES)}

    here, there = uids(plant), uids(replace(plant, site="x" * 60))
    assert here == uids(replace(plant, site_names={"en": "Renamed"}))
    assert not here & there
    assert len(here) == len(there)
    assert all(len(uid) <= 40 for uid in here | there)


def test_boards_are_in_the_zone_of_the_plant_which_an_old_grafana_knows_wrongly(plant: Plant) -> None:
    assert {board["timezone"] for board in every_board(plant, ["en"], (12, 1)).values()} == {"Asia/Almaty"}
    assert {board["timezone"] for board in every_board(plant, ["en"], (9, 3)).values()} == {"Asia/Tashkent"}
    assert board_zone("Europe/Berlin", (9, 3)) == "Europe/Berlin"


def test_no_english_is_left_in_russian_and_kazakh(plant: Plant) -> None:
    def shown(value: object, key: str = "") -> list[str]:
        if isinstance(value, dict):
            if value.get("id") == "displayName":
                return [str(value["value"])]
            return [found for name, each in value.items() for found in shown(each, name)]
        if isinstance(value, list):
            return [found for each in value for found in shown(each, key)]
        return [value] if key in ("title", "text", "label", "noValue") and isinstance(value, str) else []

    for (language, key), document in every_board(plant, ["ru", "kk"]).items():
        for words in shown(document):
            if words not in ("All", "$shop"):
                assert not re.search(r"[A-Za-z]{2,}", words), f"{language}/{key}: {words}"


def test_no_two_figures_of_a_panel_share_a_name(plant: Plant) -> None:
    """Grafana takes columns of one name for one column, and shows the figures of the last one in both."""
    seen = 0
    for (language, key), document in every_board(plant, LANGUAGES).items():
        panels: Any = document["panels"]
        for panel in panels:
            names = [
                setting["value"]
                for override in panel.get("fieldConfig", {}).get("overrides", [])
                for setting in override["properties"]
                if setting["id"] == "displayName"
            ]
            assert len(set(names)) == len(names), f"{language}/{key}, {panel['title']}: {sorted(names)}"
            seen += len(names)
    assert seen > 500


def test_a_message_has_names_and_the_decimal_mark_of_its_language_and_no_figures_once_it_is_over(plant: Plant) -> None:
    for rule in rule_documents(plant, "ru"):
        said: Any = rule["annotations"]
        assert "$values" not in said["cleared_ru"]
        if "$labels.unit" in said["text_ru"]:
            assert f'eq $labels.unit "bf3" }}}}{plant.units["bf3"].names["ru"]}{{{{ else' in said["text_ru"]
        if "printf" in said["text_ru"]:
            assert 'reReplaceAll "[.]" ","' in said["text_ru"]
            assert "reReplaceAll" not in said["text_en"]
        assert said["__dashboardUid__"].endswith("-ru")
        assert "orgID" not in rule, "a rule is of the organisation of whoever provisions"


def test_labels_of_bars_are_written_and_no_legend_shows_the_steps_of_colours(plant: Plant) -> None:
    """A longest label of 0 is read by Grafana 12 as a label of nothing."""
    bars = 0
    for document in every_board(plant, ["ru"]).values():
        panels: Any = document["panels"]
        for panel in panels:
            if panel["type"] != "barchart":
                continue
            options = panel["options"]
            assert options["xTickLabelMaxLength"] >= max(len(unit.names["ru"]) for unit in plant.units.values())
            assert options["legend"]["showLegend"] is (options["orientation"] == "vertical")
            assert "noValue" not in panel["fieldConfig"]["defaults"], "it would stand below every bar without a label"
            bars += 1
    assert bars >= 5


def test_spans_are_told_in_words_where_grafana_rounds_on_site_and_the_interval_of_a_forecast_is_filled(
    plant: Plant,
) -> None:
    def span(key: str, version: tuple[int, int]) -> list[str]:
        time: Any = every_board(plant, ["ru"], version)["ru", key]["time"]
        return [time["from"], time["to"]]

    assert span("plan", (12, 2)) == ["now/M", "now"]
    assert span("plan", (9, 3)) == ["now/M-12h", "now"]
    assert span("growth", (12, 2)) == ["now-24M/M", "now"]
    document = json.dumps(every_board(plant, ["ru"])["ru", "plan"], ensure_ascii=False)
    assert '"id": "custom.fillBelowTo", "value": "Ожидаемое, низ (80 %)"' in document, "Grafana looks for shown names"


def test_on_a_phone_the_panels_of_a_product_stand_together(plant: Plant) -> None:
    panels: Any = every_board(plant, ["ru"])["ru", "now"]["panels"]
    in_line = sorted(panels, key=lambda panel: (panel["gridPos"]["y"], panel["gridPos"]["x"]))
    products = [
        found[1]
        for panel in in_line
        if (found := re.search(r"\"product\" = '(\w+)'", json.dumps(panel["targets"]).replace('\\"', '"')))
    ]
    assert [key for key, _ in itertools.groupby(products)] == [reported.product for reported in plant.reported]


def test_links_keep_the_choices_and_open_the_unit_that_was_clicked(plant: Plant) -> None:
    document = json.dumps(every_board(plant, ["kk", "ru"])["kk", "now"])
    assert "/d/tundish-temirtau-unit-kk?var-unit=bf3&${__url_time_range}" in document
    assert '"url": "/d/tundish-temirtau-now-ru"' in document
    assert '"includeVars": true' in document
