"""How much of the output of units was good: imported whole or not at all, listed, and taken back month by month."""

from pathlib import Path

import pytest

from collector.config.load import load
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import measures as ledger_measures
from models.stated.measure import MeasureKind, newest
from tests.collector.entries.conftest import Command, tundish, works

__all__ = ["tundish", "works"]

HEADS = {
    "en": "unit,month,good,source,published",
    "ru": 'агрегат,месяц,"годное, %",источник,опубликовано',
    "kk": 'агрегат,ай,"жарамды, %",дереккөз,жарияланды',
}


def written(folder: Path, *rows: str, head: str = HEADS["en"]) -> Path:
    path = folder / "good.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def standing(works: Path) -> dict[tuple[str, str], str]:
    stated = EntryFile(load(works)).read(lambda connection: ledger_measures.read(connection, {}))
    return {
        (each.subject, each.source): str(each.value) for each in newest(stated) if each.kind is MeasureKind.GOOD_PCT
    }


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_month_is_stated_listed_and_taken_back(language: str, tundish: Command, works: Path, tmp_path: Path) -> None:
    name = load(works).plant.units["mine1"].name(language)
    file = written(tmp_path, f"{name},2025-08,98.55,Act 8,2025-09-03", head=HEADS[language])
    imported = tundish("quality", "import", file, "--by", "Anna", "--lang", language)
    assert imported.code == 0, imported.err
    assert standing(works) == {("mine1/coal_raw", "Act 8"): "98.55"}
    listed = tundish("quality", "list", "--lang", language).out
    assert all(words in listed for words in (name, "Act 8", "Anna"))
    taken = tundish("quality", "withdraw", name, "2025-08", "--lang", language)
    assert taken.code == 0, taken.err
    assert standing(works) == {}
    again = tundish("quality", "withdraw", "mine1", "2025-08", "--lang", language)
    assert again.code != 0
    assert "tundish quality list" in again.err
    assert tundish("check").code == 0, "it is no project that plant.yaml does not have"


def test_a_newer_document_stands_and_the_older_one_is_kept(tundish: Command, works: Path, tmp_path: Path) -> None:
    tundish("quality", "import", written(tmp_path, "mine1,2025-08,98.5,Act 8,2025-09-03"))
    told = tundish("quality", "import", written(tmp_path, "mine1,2025-08,97,Act 9,2025-09-20"))
    assert "replaced: 1" in told.out
    assert standing(works) == {("mine1/coal_raw", "Act 9"): "97"}
    assert tundish("quality", "import", written(tmp_path, "mine1,2025-08,96,Act 9,2025-09-20")).code != 0


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("mine1,2025-08,0.985,Act 8,2025-09-03", "0.985 reads like a share and not like percent: give 98.5"),
        ("mine1,2025-08,101,Act 8,2025-09-03", "101 % is not between 0 and 100"),
        ("mine1,2025-08,-1,Act 8,2025-09-03", "-1 is below zero"),
        ("mine1,2025,98.5,Act 8,2025-09-03", "2025"),
        ("mine9,2025-08,98.5,Act 8,2025-09-03", "mine9"),
        ("mine1,2025-08,98.5,,2025-09-03", "source"),
        ("mine1,2025-08,,Act 8,2025-09-03", "good"),
        ("mine1,2099-08,98.5,Act 8,2025-09-03", "2099-08"),
    ],
)
def test_what_cannot_be_is_refused_with_its_value(
    row: str, told: str, tundish: Command, works: Path, tmp_path: Path
) -> None:
    assert tundish("quality", "import", written(tmp_path, "mine2,2025-07,99,Act 7,2025-08-03")).code == 0
    answer = tundish("quality", "import", written(tmp_path, "mine2,2025-08,99,Act 8,2025-09-03", row))
    assert answer.code != 0
    assert told in answer.err
    assert standing(works) == {("mine2/coal_raw", "Act 7"): "99"}, "all of a file, or nothing of it"


def test_a_unit_that_is_not_there_is_refused_with_those_that_are(tundish: Command) -> None:
    answer = tundish("quality", "withdraw", "mine9", "2025-08")
    assert answer.code == 2
    assert "mine1/coal_raw" in answer.err
