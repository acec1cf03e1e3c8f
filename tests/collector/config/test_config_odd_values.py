"""Whatever stands in the file, loading ends with settings or with a clear refusal."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from collector.config.problem import Problems
from collector.config.settings import Settings
from collector.config.yaml_file import read_document
from collector.errors import ConfigurationError

ODD: list[Any] = [None, "odd", -1, True, [[]], {"odd": [1]}]


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


def _paths(data: object) -> Iterator[list[str | int]]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in steps:
        yield [step]
        yield from ([step, *rest] for rest in _paths(value))


def _put(data: Any, path: list[str | int], value: object) -> None:  # noqa: ANN401 - plain data of any shape
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value
