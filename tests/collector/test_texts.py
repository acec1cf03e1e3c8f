"""Every text for people is there in three languages, with the same parameters, and the code gives what it asks for."""

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest

from collector.cli.command_texts import COMMAND_TEXTS
from collector.cli.completeness_texts import COMPLETENESS_TEXTS
from collector.cli.import_texts import IMPORT_TEXTS
from collector.entries.entry_texts import ENTRY_TEXTS
from collector.entries.sheet_texts import SHEET_TEXTS
from collector.files.heading import _FIELDS, heading_of
from collector.files.learn_texts import LEARN_TEXTS
from collector.files.refusal import REFUSAL_TEXTS, RefusalCode
from collector.files.result import PLACES_IN_FILES
from collector.files.watch_texts import WATCH_TEXTS
from collector.files.words import WORDS
from collector.sentence import NamedMonth, shown
from collector.storage.file.file_texts import FILE_TEXTS
from models.tables.reason_words import REASON_WORDS
from models.works.codes import Reason
from models.works.localize import LANGUAGES, NO_BREAK_SPACE, Language

Texts = Mapping[Language, str]
ROOT = Path(__file__).resolve().parents[2]
TABLES: dict[str, Mapping[str, Texts]] = {
    "command_text": COMMAND_TEXTS,
    "completeness_text": COMPLETENESS_TEXTS,
    "import_text": IMPORT_TEXTS,
    "entry_text": ENTRY_TEXTS,
    "sheet_text": SHEET_TEXTS,
    "learn_text": LEARN_TEXTS,
    "watch_text": WATCH_TEXTS,
    "file_text": FILE_TEXTS,
    "refusals": REFUSAL_TEXTS,
    "places in files": PLACES_IN_FILES,
    "words": WORDS,
    "reasons": REASON_WORDS,
}
ALL = [(f"{table}: {key}", texts) for table, known in TABLES.items() for key, texts in known.items()]
NO_LANGUAGE = re.compile(
    r"\{\w+\}|--[a-z-]+|tundish( (alert|import|plan|correct|close|repair|show|list|verify|quarantine|replay|drop))*"
    r"|Ctrl-C|CSV|XLSX?|ODS|UTF-8"
    r"|plant\.yaml|unit_of_measure|columns|imports|ignored|skip|by_hand|units|fixed\.product|\bk?[tg]\b|\d{4}-\d\d(-\d\dT[\d:]+Z)?"
)
"""Parameters, options, commands, kinds of files, keys of plant.yaml, units of measure as options take them."""


def test_every_reason_to_refuse_has_words() -> None:
    assert set(REASON_WORDS) == set(Reason)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize(("name", "texts"), ALL, ids=[name for name, _ in ALL])
def test_a_text_is_there_in_each_language_with_the_same_parameters(name: str, texts: Texts) -> None:
    assert tuple(texts) == LANGUAGES
    assert all(text.strip() for text in texts.values())
    assert fields(texts["ru"]) == fields(texts["kk"]) == fields(texts["en"]), name


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_latin_letter_is_left_in_a_russian_or_kazakh_text(language: Language) -> None:
    left = {name: found for name, texts in ALL if (found := re.findall("[A-Za-z]+", bare(texts[language])))}
    assert left == {}


def bare(text: str) -> str:
    return NO_LANGUAGE.sub("", text)


def test_the_check_of_letters_can_fail() -> None:
    assert re.findall("[A-Za-z]+", bare("{file}: cтрок 5, row {row}, смотрите tundish plan show --days")) == [
        "c",
        "row",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_that_is_named_by_the_word_of_a_message_is_read(language: Language) -> None:
    for field in {*_FIELDS.values(), "tonnes"}:
        heading = heading_of(WORDS[field][language])
        assert heading is not None, field
        assert heading.field == field


def calls() -> Iterator[tuple[str, ast.Call]]:
    """(name of what is called, the call) everywhere in the collector."""
    for path in sorted((ROOT / "collector").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), node


def keys(node: ast.expr) -> list[str]:
    """The keys that an expression may give; none if they are not written out there."""
    if isinstance(node, ast.IfExp):
        return [*keys(node.body), *keys(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def test_each_text_gets_the_parameters_that_it_names() -> None:
    found = 0
    for name, call in calls():
        if name not in TABLES or not call.args or any(given.arg is None for given in call.keywords):
            continue
        for key in keys(call.args[0]):
            found += 1
            assert {given.arg for given in call.keywords} == fields(TABLES[name][key]["en"]), (name, key)
    assert found > 80


def test_each_refusal_gets_the_parameters_that_it_names() -> None:
    found = set()
    for _, call in calls():
        code = ast.unparse(call.args[0]) if call.args else ""
        if not code.startswith("RefusalCode."):
            continue
        given = {keyword.arg for keyword in call.keywords}
        if ast.unparse(call.func) == "FileRefusal":
            if not isinstance(call.args[1], ast.Dict):
                continue
            given = {ast.literal_eval(key) for key in call.args[1].keys if key is not None}
        name = RefusalCode[code.removeprefix("RefusalCode.")]
        found.add(name)
        assert given == fields(REFUSAL_TEXTS[name]["en"]), name
    assert len(found) > 60


def test_no_text_is_left_that_nobody_says() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "collector").rglob("*.py")]
    said = "\n".join(sources)
    for table in ("command_text", "import_text", "entry_text", "learn_text", "watch_text", "file_text"):
        assert [key for key in TABLES[table] if said.count(f'"{key}"') < 2] == []
    assert [code for code in RefusalCode if f"RefusalCode.{code.name}" not in said] == []


def test_each_word_of_the_code_is_known() -> None:
    named = {key for name, call in calls() if name == "Word" for key in keys(call.args[0])}
    assert len(named) > 10
    assert named <= set(WORDS)


def test_numbers_and_dates_are_written_as_people_of_each_language_write_them() -> None:
    space = NO_BREAK_SPACE
    assert [shown(12345, language) for language in LANGUAGES] == ["12,345", f"12{space}345", f"12{space}345"]
    tonnes = [shown(Decimal("-1234.500"), language) for language in LANGUAGES]
    assert tonnes == ["-1,234.500", f"-1{space}234,500", f"-1{space}234,500"]
    days = [shown(date(2025, 8, 31), language) for language in LANGUAGES]
    assert days == ["2025-08-31", "31.08.2025", "31.08.2025"]
    times = [shown(datetime(2025, 8, 31, 8, 5, tzinfo=UTC), language) for language in LANGUAGES]
    assert times == ["2025-08-31 08:05", "31.08.2025 08:05", "31.08.2025 08:05"]
    months = [shown(NamedMonth(date(2025, 8, 1).toordinal()), language) for language in LANGUAGES]
    assert months == ["2025-08", "08.2025", "08.2025"]
