"""Names that people gave are shown by Grafana as they are: none begins a variable, a template, markup or a tag."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from collector.config.load import load
from dashboards.grafana.documents import board_documents, rule_documents
from dashboards.grafana.plain_names import in_description, in_template, in_title
from models.works.localize import LANGUAGES
from models.works.plant import Plant
from tests.support.every_board import declared as example_declared

ROOT = Path(__file__).resolve().parents[3]
HOSTILE = (
    '<img src=x onerror="owned()">',
    "<script>owned()</script>",
    "[owned](javascript:owned())",
    "![owned](http://owned.example/x.png)",
    "$owned",
    "${owned}",
    "${owned:raw}",
    "[[owned]]",
    "{{ owned }}",
    "{{{ owned",
    '{{ template "owned" }}',
    "{",
    "}} owned {{",
    "**owned** `owned` # owned",
    "owned & <b>",
    'owned "quoted", owned : owned\\',
)
"""HTML, Markdown, variables of boards, templates of rules, and the separators of a list of choices."""
VARIABLE = re.compile(r"\$\{?owned|\[\[owned")
SHOWN = frozenset({"title", "description", "displayName", "text", "label", "alias", "tooltip"})
ACTION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


@pytest.fixture(params=range(len(HOSTILE)))
def plant(request: pytest.FixtureRequest) -> Plant:
    """Every name that a person gives is an attack, each in its turn at each place."""
    sound = load(ROOT / "deploy/plant.yaml").plant
    turn = iter(range(request.param, 10_000))

    def names() -> dict[str, str]:
        return {language: HOSTILE[next(turn) % len(HOSTILE)] for language in LANGUAGES}

    return replace(
        sound,
        site_names=names(),
        units={code: replace(unit, names=names()) for code, unit in sound.units.items()},
        shops={code: replace(shop, names=names()) for code, shop in sound.shops.items()},
        products={
            code: replace(product, names=names(), definition=HOSTILE[next(turn) % len(HOSTILE)])
            for code, product in sound.products.items()
        },
        source_names={code: names() for code in sound.source_names},
        tags=tuple(replace(tag, signal_names=names()) for tag in sound.tags),
    )


def shown(part: Any, key: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - JSON
    """(key, text) of everything that a board shows."""
    if isinstance(part, dict):
        if part.get("id") == "displayName":
            yield "displayName", str(part["value"])
        for name, value in part.items():
            yield from shown(value, name)
    elif isinstance(part, list):
        for value in part:
            yield from shown(value, key)
    elif isinstance(part, str) and key in SHOWN:
        yield key, part


def test_no_name_on_a_board_is_a_variable_and_no_description_holds_markup(plant: Plant) -> None:
    seen = 0
    declared = tuple(
        replace(
            each, names={language: HOSTILE[(turn + place) % len(HOSTILE)] for place, language in enumerate(LANGUAGES)}
        )
        for turn, each in enumerate(example_declared())
    )
    for document in board_documents(plant, LANGUAGES, declared=declared).values():
        panels = document["panels"]
        assert isinstance(panels, list)
        for key, text in shown(panels):
            assert VARIABLE.search(text) is None, (key, text)
            if key == "description":
                assert not set(text) & set("<>[]`*"), text
            seen += "owned" in text
    assert seen > 50


def test_no_name_in_a_rule_begins_an_action_or_a_tag(plant: Plant) -> None:
    seen = 0
    for rule in (each for language in LANGUAGES for each in rule_documents(plant, language)):
        annotations = rule["annotations"]
        assert isinstance(annotations, dict)
        for key, text in annotations.items():
            if not key.startswith(("text_", "cleared_", "summary")):
                continue
            plain = text.replace('{{"{"}}', "\0")
            for action in ACTION.findall(plain):
                assert "owned" not in action, text
                assert "{" not in action, text
            rest = ACTION.sub("", plain)
            assert "{" not in rest, text
            assert not set(rest) & set("<>"), text
            seen += "owned" in rest
    assert seen > 10


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_shown_is_what_was_given(text: str) -> None:
    assert in_title(text).replace("\u2060", "") == text
    assert html.unescape(in_description(text)) == text
    assert in_template(text).replace('{{"{"}}', "{").translate(str.maketrans("\u2039\u203a", "<>")) == text


def test_ordinary_names_stay_to_the_letter() -> None:
    for name in ("Доменная печь № 3", "МНЛЗ-1 (ККЦ)", "Hot strip mill 1700", "Coal, 100 $/t", "Шахта «Ленина»"):
        assert in_title(name) == name
        assert in_template(name) == name
