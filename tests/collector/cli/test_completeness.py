"""`tundish completeness`: in three languages, as JSON, and compared with an earlier digest."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from typer.testing import CliRunner

from collector.cli.main import app, main
from collector.entries import entry_file
from collector.storage.ledger import configurations
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger.desk_reader import LedgerDesk
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.loss_evidence import DayEvidence
from collector.storage.ledger.run_notes import note_minute, note_run
from collector.storage.ledger.schema import LEDGER
from collector.storage.quarantine import records
from dashboards.web.readings import readings_lines
from dashboards.web.snapshot import Snapshot
from dashboards.web.view import desk_view
from models.counting.increment import Increment, IncrementFlag
from models.counting.reading import Rejection
from models.tables.certificate import ReadingRow
from models.tables.loss_cause import Answer, LossCause, loss_cause
from models.tables.loss_words import CAUSE_WORDS
from models.works.codes import Quality, Reason
from models.works.localize import Language
from tests.collector.service.steel_works import Clock, open_ledger
from tests.collector.service.works_document import COAL, NOON_NS, NS, works_settings
from tests.support.ledger_calls import post

NOON_S = NOON_NS // NS
DAY_S = NOON_S - 12 * 3600
"""The mines count from midnight; the furnaces from 08:00."""
Told = Callable[..., str]


def readings(tag: str, unit: str, product: str, slots: range, flags: IncrementFlag) -> list[Increment]:
    return [
        Increment(tag, unit, product, DAY_S + 300 * slot, DAY_S + 300 * (slot + 1), 1_000_000, 30, flags)
        for slot in slots
    ]


def note_answers(connection: apsw.Connection, hours: range, answer: Answer) -> None:
    for minute in range(hours.start * 60, hours.stop * 60):
        note_minute(connection, DAY_S + 60 * minute, {"plc": answer}, ())


async def _make(ledger: Ledger) -> None:
    """A day of mine 1: read until 10:00; history until 11:00; an hour lost; read until 14:00; the service down until
    15:00, and read again."""
    none, past = IncrementFlag.NONE, IncrementFlag.BACKFILLED
    coal = (COAL, "mine1", "coal_raw")
    increments = readings(*coal, range(120), none) + readings(*coal, range(120, 132), past)
    increments += readings(*coal, range(144, 168), none) + readings(*coal, range(180, 192), none)
    await post(ledger, increments)
    for first_h, end_h in ((0, 14), (15, 16)):
        span = (DAY_S + first_h * 3600, DAY_S + end_h * 3600)
        await ledger.write(lambda connection, span=span: note_run(connection, *span))
    # The line was cut for the hour that is lost.
    await ledger.write(lambda connection: note_answers(connection, range(11, 12), Answer.AWAY))


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    settings = works_settings(tmp_path)
    clock = Clock(NOON_NS + 4 * 3600 * NS)
    monkeypatch.setattr(entry_file.EntryFile.__init__, "__defaults__", (clock,))

    async def make() -> None:
        ledger = open_ledger(settings.data_dir, clock)
        await _make(ledger)
        await ledger.close()

    asyncio.run(make())

    def run(*arguments: str, code: int = 0) -> str:
        monkeypatch.setattr(
            "sys.argv", ["tundish", "completeness", *arguments, "--plant", str(tmp_path / "plant.yaml")]
        )
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert (ended.value.code or 0) == code, said.err
        return " ".join((said.out + said.err).split())

    return run


def test_json_has_each_shift_and_the_day_of_each_unit_and_the_numbers_add_up(told: Told) -> None:
    document = json.loads(told("--day", "2026-09-30", "--json", "--unit", "mine1"))
    assert [unit["shift"] for unit in document["units"]] == [1, 2, None]
    day = document["units"][-1]
    assert (day["read"], day["backfilled"], day["lost"]) == (30 * 156, 30 * 12, 30 * 24)
    assert day["expected"] == day["read"] + day["backfilled"] + day["lost"]
    (tag,) = day["tags"]
    assert [(gap["cause"], gap["lost"]) for gap in tag["gaps"]] == [("source_away", 360), ("collector_down", 360)]
    for what in ("expected", "read", "backfilled", "late", "lost"):
        assert sum(unit[what] for unit in document["units"][:-1]) == day[what], what
    assert document["until"] == "2026-09-30T11:00:00Z"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "the source was away"),
        ("ru", "сборщик не работал"),
        ("kk", "көрсеткіштердің толықтығы"),
    ],
)
def test_text_tells_gaps_and_causes_in_three_languages(told: Told, language: str, words: str) -> None:
    assert words in told("--day", "2026-09-30", "--unit", "mine1", "--lang", language)


def test_the_same_rows_give_the_same_digest_and_others_are_told(told: Told, tmp_path: Path) -> None:
    asked = ("--day", "2026-09-30", "--unit", "mine1")
    first = json.loads(told(*asked, "--json"))["digest"]
    assert "the rows are those" in told(*asked, "--verify", first)
    assert json.loads(told("--day", "2026-09-30", "--shift", "1", "--unit", "mine1", "--json"))["digest"] != first

    async def more() -> None:
        ledger = open_ledger(tmp_path / "data", Clock(NOON_NS + 5 * 3600 * NS))
        await post(ledger, readings(COAL, "mine1", "coal_raw", range(135, 136), IncrementFlag.NONE))
        await ledger.close()

    asyncio.run(more())
    assert "the rows are not those" in told(*asked, "--verify", first, code=1)


def test_the_desk_has_the_counts_of_the_day_that_runs_and_counts_them_once_a_minute(told: Told, tmp_path: Path) -> None:
    document = json.loads(told("--day", "2026-09-30", "--json"))
    days = [unit for unit in document["units"] if unit["shift"] is None]
    settings = works_settings(tmp_path)
    desk = LedgerDesk(settings.plant, settings.data_dir / LEDGER.name)
    counts = desk.readings(NOON_NS + 4 * 3600 * NS)
    assert counts is not None
    assert counts.total("lost") == sum(unit["lost"] for unit in days)
    assert counts.total("expected") == sum(counts.total(what) for what in ("read", "backfilled", "lost"))
    assert desk.readings(NOON_NS + 4 * 3600 * NS + 30 * NS) is counts


@pytest.fixture
def first_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[LedgerDesk, Path]:
    """A works whose collector was there from 03:00 on, with a folder in which no file came until 16:00; from 10:00 to
    11:00 nothing of the folder could be read, and from 12:00 to 13:00 files were refused."""
    settings = works_settings(tmp_path)
    clock = Clock(NOON_NS + 4 * 3600 * NS)
    monkeypatch.setattr(entry_file.EntryFile.__init__, "__defaults__", (clock,))

    async def make() -> None:
        started = Clock(DAY_S * NS + 3 * 3600 * NS)
        ledger = open_ledger(settings.data_dir, started)
        await ledger.write(lambda connection: configurations.keep(connection, settings.plant, started()))
        await ledger.write(lambda connection: note_run(connection, DAY_S + 3 * 3600, DAY_S + 16 * 3600))
        await ledger.write(lambda connection: note_answers(connection, range(3, 16), Answer.FILES))
        await ledger.write(lambda connection: note_answers(connection, range(10, 11), Answer.AWAY))
        whole = Rejection("plc", "", "a.csv", NOON_NS, Quality.BAD, Reason.WRONG_TYPE, "no header", "a.csv")
        for at_s in (NOON_S, NOON_S + 3599):
            await ledger.write(lambda connection, at=at_s: records.add(connection, [whole], at * NS))
        await ledger.close()

    asyncio.run(make())
    return LedgerDesk(settings.plant, settings.data_dir / LEDGER.name), tmp_path / "plant.yaml"


def test_of_the_first_day_each_cause_is_true(first_day: tuple[LedgerDesk, Path]) -> None:
    counts = first_day[0].readings(NOON_NS + 4 * 3600 * NS)
    assert counts is not None
    (day,) = (unit for unit in counts.days if unit.unit == "mine1")
    hours = {cause: lost / 360 for cause, lost in day.causes.items()}
    assert hours == {
        LossCause.NO_FILE: 11,
        LossCause.BEFORE: 3,
        LossCause.SOURCE_AWAY: 1,
        LossCause.REFUSED: 1,
    }
    first, second = (unit for unit in counts.units if unit.unit == "mine1" and unit.shift)
    assert LossCause.BEFORE in first.causes
    assert LossCause.BEFORE not in second.causes
    assert first_day[0].readings(NOON_NS - 24 * 3600 * NS) is None, "of a day before it, nothing was expected"


def test_what_lacks_in_the_minutes_in_which_collecting_began_was_not_collected_yet(tmp_path: Path) -> None:
    settings = works_settings(tmp_path)
    tag = next(tag for tag in settings.plant.tags if tag.unit == "mine1" and tag.is_metered)
    slot_s = DAY_S + 3 * 3600
    started = Clock((slot_s + 290) * NS)

    async def make() -> LossCause:
        ledger = open_ledger(settings.data_dir, started)
        await ledger.write(lambda connection: configurations.keep(connection, settings.plant, started()))
        await ledger.write(lambda connection: note_run(connection, slot_s + 290, slot_s + 3600))
        row = ReadingRow(slot_s, slot_s + 300, slot_s + 300, 1, IncrementFlag.NONE)
        evidence = ledger.read(
            lambda connection: DayEvidence.of(connection, settings.plant, []).evidence(
                tag, [row], DAY_S, DAY_S + 86_400
            )
        )
        await ledger.close()
        return loss_cause(slot_s, slot_s + 300, tag.cadence_s, evidence)

    assert asyncio.run(make()) is LossCause.BEFORE


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_command_the_page_and_the_footer_of_the_report_say_the_same_words(
    first_day: tuple[LedgerDesk, Path], language: Language
) -> None:
    desk, plant_file = first_day
    counts = desk.readings(NOON_NS + 4 * 3600 * NS)
    assert counts is not None
    page = desk_view(Snapshot(desk.plant(), NOON_NS, NOON_NS, readings=counts), language).readings
    assert page == readings_lines(desk.plant(), counts, language)

    def said(*arguments: str) -> str:
        done = CliRunner().invoke(app, [*arguments, "--lang", language, "--plant", str(plant_file)])
        assert done.exit_code == 0, done.output
        return " ".join(done.output.replace("\u00a0", " ").split())

    report = said("report", "day", "--period", "2026-09-30")
    command = said("completeness", "--day", "2026-09-30", "--unit", "mine1")
    for line in page:
        assert line.replace("\u00a0", " ") in report
    (day,) = (unit for unit in counts.days if unit.unit == "mine1")
    for cause in day.causes:
        words = CAUSE_WORDS[cause][language]
        assert words in command
        assert words in " ".join(page)


def test_a_unit_a_shift_or_a_day_that_is_not_there_is_named(told: Told) -> None:
    assert "mine1" in told("--unit", "mine9", code=2)
    assert "no such shift" in told("--day", "2026-09-30", "--shift", "3", code=2)
    assert "has not begun" in told("--day", "2027-01-01", code=2)


def test_the_minutes_in_which_the_collector_ran_are_no_unit(tmp_path: Path) -> None:
    async def make() -> None:
        ledger = open_ledger(tmp_path / "data", Clock())
        await ledger.write(lambda connection: note_run(connection, NOON_S, NOON_S + 60))
        assert ledger.read(lambda connection: ledger_detection.hours(connection, 0, 2**62)) == []
        assert ledger.read(ledger_detection.first_hour) is None
        await ledger.close()

    asyncio.run(make())
