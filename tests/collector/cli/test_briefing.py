"""`tundish report briefing`: one page of sentences, each number with its source, in five forms."""

import json
from pathlib import Path

import pypdfium2
import pytest
import yaml
from docx import Document

from models.briefing.document import BriefingSubject
from models.works.localize import LANGUAGES
from tests.collector.entries.conftest import Command, tundish, works

__all__ = ["tundish", "works"]

FIGURES = (
    "start,end,unit,product,tonnes\n"
    "2025-01-01,2025-07-01,mine1,coal_raw,100000\n"
    "2026-01-01,2026-07-01,mine1,coal_raw,115000\n"
)
WITHOUT = [word for subject in BriefingSubject if subject != "growth" for word in ("--without", subject.value)]
PERIOD = ["--period", "2026-01..2026-06"]


@pytest.fixture
def stated(tundish: Command, tmp_path: Path) -> Command:
    file = tmp_path / "figures.csv"
    file.write_text(FIGURES, encoding="utf-8")
    assert tundish("import", file).code == 0
    return tundish


def test_the_months_of_a_year_are_told_against_those_of_the_year_before(stated: Command) -> None:
    told = stated("report", "briefing", *PERIOD, "--lang", "ru").out.replace("\xa0", " ")
    assert "январь–июнь 2026 года к январю–июню 2025 года" in told
    assert "рост на 15 процентов, с 100 до 115 тыс. т. [1]" in told
    assert "Теплоснабжение: данные не ведутся." in told
    assert "[1] " in told.split("Источники")[1]


def test_definitions_are_told_in_the_language_of_the_briefing(stated: Command, works: Path) -> None:
    config = yaml.safe_load(works.read_text(encoding="utf-8"))
    (coal,) = (each for each in config["products"] if each["code"] == "coal_raw")
    coal["definition_in"] = {"ru": "рядовой уголь по весам", "kk": "таразы бойынша көмір"}
    works.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for language, words in (("en", coal["definition"]), *coal["definition_in"].items()):
        told = stated("report", "briefing", *PERIOD, "--lang", language).out
        assert words in told.replace("\n", " ")
        assert (coal["definition"] in told) is (language == "en")


def test_it_says_what_was_known_on_an_earlier_day(stated: Command, tmp_path: Path) -> None:
    then = stated("report", "briefing", *PERIOD, "--as-known-on", "2026-01-01")
    assert "up 15 %" not in then.out
    assert "No output" in then.out or "not all days" in then.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_strict_refuses_what_it_has_no_data_for_and_names_it(stated: Command, language: str) -> None:
    refused = stated("report", "briefing", *PERIOD, "--strict", "--lang", language)
    assert refused.code == 2
    assert "--without" in refused.err
    assert {"en": "Heat supply", "ru": "Теплоснабжение", "kk": "Жылумен"}[language] in refused.err.replace("\n", " ")
    assert stated("report", "briefing", *PERIOD, "--strict", *WITHOUT, "--lang", language).code == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_says_the_same(stated: Command, tmp_path: Path, language: str) -> None:
    asked = ["report", "briefing", *PERIOD, "--lang", language]
    document = json.loads(stated(*asked, "--form", "json").out)
    (growth, *_) = document["sections"]
    sentence = growth["lines"][0]
    assert (sentence["missing"], sentence["note"]) == (False, 1)
    assert document["notes"][0]["receipts"][0] == {
        "shop": "all", "unit": "all", "product": "coal_raw", "from": "2026-01-01", "to": "2026-06-30",
    }  # fmt: skip
    files = {form: tmp_path / f"briefing.{form}" for form in ("html", "pdf", "docx")}
    for form, file in files.items():
        assert stated(*asked, "--form", form, "--out", file).code == 0
    assert sentence["words"] in files["html"].read_text(encoding="utf-8")
    paragraphs = [each.text for each in Document(str(files["docx"])).paragraphs]
    assert f"{sentence['words']} [1]" in paragraphs
    pages = pypdfium2.PdfDocument(files["pdf"])
    assert len(pages) == 1
    printed = " ".join(pages[0].get_textpage().get_text_bounded().split())
    assert sentence["words"].replace("\xa0", " ") in printed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--period", "2025-07..2026-06"], "is of more than one year"),
        (["--period", "2026-13"], "2026-13"),
        (["--period", "2026-06..2026-01"], "ends before it starts"),
        (["--period", "2099-01"], "is in the future"),
        (["--form", "pdf"], "give --out briefing.pdf"),
        (["--form", "docx"], "give --out briefing.docx"),
    ],
)
def test_what_cannot_be_is_refused_with_the_next_step(stated: Command, words: list[str], said: str) -> None:
    refused = stated("report", "briefing", *words)
    assert refused.code == 2
    assert said in refused.err.replace("\n", " ")
    assert "Traceback" not in refused.err
