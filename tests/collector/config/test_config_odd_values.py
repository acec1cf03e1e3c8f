"""Whatever stands in the file, loading ends with settings or with a clear refusal."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from collector.config.duration import parse_duration
from collector.config.problem import Problems
from collector.config.schema import plant_schema
from collector.config.settings import Settings
from collector.config.yaml_file import read_document
from collector.errors import ConfigurationError

pytestmark = pytest.mark.long

ODD: list[Any] = [None, "odd", -1, True, [[]], {"odd": [1]}, 1e308, 9_223_372_036_854_775_807, "9" * 20 + "d", "a\nb"]


def test_an_odd_value_anywhere_is_refused_by_place_or_is_taken_and_never_ends_otherwise(
    load_text: Callable[..., Settings], plant_text: str, tmp_path: Path
) -> None:
    (tmp_path / "sound.yaml").write_text(plant_text, encoding="utf-8")
    sound = read_document(tmp_path / "sound.yaml", Problems()).data
    lines: list[str] = []
    for path in _paths(sound):
        for odd in ODD:
            data = copy.deepcopy(sound)
            _put(data, path, odd)
            try:
                load_text(json.dumps(data))
            except ConfigurationError as error:
                lines += str(error).splitlines()
    assert len(lines) > 100
    assert [line for line in lines if not line.startswith(f"{tmp_path}/plant.yaml:1 ")] == []


@pytest.mark.parametrize("odd", ["", "null", "7", "[]", "odd", "{1: 2}", "? [a]\n: 1", "!!python/object:os.system x"])
def test_an_odd_file_is_refused(load_text: Callable[..., Settings], odd: str) -> None:
    with pytest.raises(ConfigurationError):
        load_text(odd)


TAGGED = ["!!int abc", "!!int ''", "!!float abc", "!!float nan", "!!bool maybe", "!!null no", "!!timestamp x", "!odd 1"]


@pytest.mark.parametrize("value", [*TAGGED, "9" * 20, "1e400", "-.inf"])
def test_a_value_that_is_not_what_its_tag_says_is_refused_by_its_line(
    load_text: Callable[..., Settings], plant_text: str, value: str
) -> None:
    with pytest.raises(ConfigurationError, match=r"plant\.yaml:1 version: '"):
        load_text(re.sub("^version: 1", f"version: {value}", plant_text))


@pytest.mark.parametrize(
    ("section", "place"),
    [
        ("collector: {longest_gap: %s}", "collector.longest_gap"),
        ("alerts: {reopen_within: %s}", "alerts.reopen_within"),
        ("limits: {pace: {mine: {window: %s, raise_pct: 80, clear_pct: 90}}}", "limits.pace.mine.window"),
        ("detection: {kinds: {mine: {stop_after: %s}}}", "detection.kinds.mine.stop_after"),
        ("influxdb: {url: 'http://127.0.0.1:1', bucket: b, dialect: v1, timeout: %s}", "influxdb.timeout"),
        ("postgres: {host: 127.0.0.1, raw_retention: %s}", "postgres.raw_retention"),
    ],
)
@pytest.mark.parametrize("value", ["99999999999999999999d", "36500d1h", "0.001ms", "9" * 5000 + "s", "\u0663s"])
def test_a_duration_that_cannot_be_meant_is_told_with_its_bounds(
    load_text: Callable[..., Settings], plant_text: str, section: str, place: str, value: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load_text(f"{plant_text}\n{section % value}\n")
    (line,) = str(refused.value).splitlines()
    assert f" {place}: '" in line
    assert "duration" in line


def test_every_duration_of_the_schema_states_its_bounds() -> None:
    found = list(_durations(plant_schema()))
    assert len(found) > 20
    for each in found:
        assert parse_duration(each["formatMinimum"]) < parse_duration(each["formatMaximum"])


def _durations(part: object) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("format") == "duration-text":
            yield part
        for value in part.values():
            yield from _durations(value)
    elif isinstance(part, list):
        for value in part:
            yield from _durations(value)


def test_a_line_end_in_a_name_breaks_no_line_of_the_answer(load_text: Callable[..., Settings], plant_text: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load_text(plant_text + '"odd\\nplant.yaml:9 all is well": 1\n')
    (line,) = str(refused.value).splitlines()
    assert "odd plant.yaml:9 all is well: the key is unknown" in line


def _paths(data: object) -> Iterator[list[str | int]]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in steps:
        yield [step]
        yield from ([step, *rest] for rest in _paths(value))


def _put(data: Any, path: list[str | int], value: object) -> None:  # noqa: ANN401 - plain data of any shape
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value
