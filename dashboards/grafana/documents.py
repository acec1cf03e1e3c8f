"""Boards, rules and folders of a plant as plain JSON values: what is provisioned, exported and committed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboards.grafana.board import BoardWriter
from dashboards.grafana.rule import rule_document
from dashboards.grafana.rules import rules
from dashboards.grafana.sources import INFLUX, Sources
from dashboards.grafana.uids import folder_uid, rules_folder_uid
from dashboards.panels.boards import boards
from dashboards.panels.texts import text
from models.heat.declared import Declared
from models.works.localize import Language
from models.works.plant import Plant

JsonObject = dict[str, object]
NEWEST = (13, 0)
"""What committed and exported boards are written for: nobody knows the version of the Grafana that reads a file."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of boards or rules."""

    uid: str
    title: str


def folders(plant: Plant, languages: Sequence[Language]) -> list[Folder]:
    """One folder of boards for each language, then the folder of the rules."""
    site = plant.site_names
    found = [
        Folder(folder_uid(plant, language), f"{site.get(language) or site['en']}: {text('folder', language)}")
        for language in languages
    ]
    first = languages[0]
    return [*found, Folder(rules_folder_uid(plant), f"{site.get(first) or site['en']}: {text('alerts', first)}")]


def board_documents(
    plant: Plant,
    languages: Sequence[Language],
    version: tuple[int, int] = NEWEST,
    sources: Sources = INFLUX,
    declared: Sequence[Declared] = (),
) -> dict[tuple[Language, str], JsonObject]:
    """Every board by its language and key, for a Grafana of this version."""
    all_boards = boards(plant, declared)
    return {
        (language, board.key): BoardWriter(plant, all_boards, language, languages, version, sources).document(board)
        for language in languages
        for board in all_boards
    }


def rule_documents(
    plant: Plant, language: Language, version: tuple[int, int] = NEWEST, sources: Sources = INFLUX
) -> list[JsonObject]:
    """Every alert rule, for a Grafana of this version."""
    return [rule_document(plant, rule, language, version, sources) for rule in rules(plant, sources)]


def committed_files(
    plant: Plant, languages: Sequence[Language], declared: Sequence[Declared] = ()
) -> Mapping[str, str]:
    """The files of `deploy/grafana`, by path: boards by language, and the rules."""
    found = {
        f"{language}/{key}.json": as_text(document)
        for (language, key), document in board_documents(plant, languages, declared=declared).items()
    }
    return {**found, "rules.json": as_text(rule_documents(plant, languages[0]))}


def as_text(document: object) -> str:
    """JSON that differs only if the content does: keys are sorted, so a new field changes its own line alone."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
