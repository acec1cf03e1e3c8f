"""`tundish token`: which programs may read, set up on the server."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from collector.access.token_file import TokenFile
from collector.cli.main import app
from collector.simulation.plant_config import plant_yaml
from models.access.api_token import TokenScope


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    file = tmp_path / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    return file


def tundish(plant: Path, *words: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, [*words, "--plant", str(plant)], env={"COLUMNS": "200"})
    return found.exit_code, found.output + str(found.exception or "")


def test_a_token_is_made_shown_once_listed_and_ended(plant: Path) -> None:
    file = TokenFile(plant.parent / "data")
    words = ("token", "add", "excel", "--scope", "read:figures", "--scope", "read:states", "--shop", "blast_furnaces")
    code, said = tundish(plant, *words, "--by", "root")
    assert code == 0, said
    secret = re.findall(r"tundish_[0-9a-f]{8}_\S+", said)
    assert len(secret) == 1
    token = file.token_of(secret[0])
    assert token is not None
    assert token.scopes == (TokenScope.FIGURES, TokenScope.STATES)
    assert token.shops == ("blast_furnaces",)
    code, said = tundish(plant, "token", "list")
    assert "read:figures, read:states" in said
    assert "excel" in said
    assert secret[0] not in said
    assert tundish(plant, "token", "end", "excel", "--by", "Dana")[0] == 0
    assert file.token_of(secret[0]) is None
    assert "ended" in tundish(plant, "token", "list")[1]
    assert "token ended" in tundish(plant, "user", "list", "--changes")[1]


def test_a_token_without_a_last_day_lasts_a_quarter(plant: Path) -> None:
    assert tundish(plant, "token", "add", "excel", "--scope", "read:figures")[0] == 0
    (token,) = TokenFile(plant.parent / "data").tokens()
    assert 89 * 86_400 * 10**9 < token.expires_ns - token.made_ns <= 91 * 86_400 * 10**9


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("excel",), "say what the token may read: give --scope, one of read:figures"),
        (("two words", "--scope", "read:figures"), "is no name of a token"),
        (("excel", "--scope", "read:figures", "--shop", "moon"), "there is no shop moon"),
        (("excel", "--scope", "read:figures", "--expires", "2020-01-01"), "give a day from"),
        (("excel", "--scope", "read:figures", "--expires", str(date.today() + timedelta(400))), "give a day from"),  # noqa: DTZ011
        (("excel", "--scope", "read:figures", "--expires", "soon"), "soon"),
    ],
)
def test_a_token_that_cannot_be_is_refused_with_what_to_give(plant: Path, words: tuple[str, ...], why: str) -> None:
    code, said = tundish(plant, "token", "add", *words)
    assert code != 0
    assert why in said
    assert TokenFile(plant.parent / "data").tokens() == []
