"""`tundish report day`: how long a unit stood without a plan, when, by what, and how that is known."""

import asyncio
import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector.config.load import load
from collector.entries import joined_stops, stop_reasons
from collector.entries.entry_file import EntryFile
from collector.errors import EntryRefused
from collector.storage.ledger.detection import DetectionChanges
from collector.storage.ledger.ledger import Ledger
from models.detection.finding import FindingKind
from models.detection.minutes.minutes import blank
from models.detection.output_drop import OutputDrop
from models.stated.stop_reason import StopPart, StopSeen, StopStatement
from tests.collector.entries.conftest import Command
from tests.collector.files.forms import csv_file
from tests.support.ledger_calls import note_detection

HOUR_S = 3600
DAY_S = int(datetime(2026, 8, 1, tzinfo=UTC).timestamp()) - 5 * HOUR_S
"""Midnight of 1 August in Almaty. The day of the mines begins at 08:00."""
NOW_S = DAY_S + 40 * HOUR_S
"""When detection notes them: what is later than that would be of a clock that was wrong."""
MADE = (
    "start,end,shop,unit,product,tonnes\n"
    "2026-08-01,2026-08-02,,bf3,pig_iron,490\n"
    "2026-08-01T08:00,2026-08-02T08:00,,mine1,coal_raw,90\n"
)


def found(folder: Path, *drops: OutputDrop) -> None:
    """Detection watched the day, and found these drops."""
    hours = {
        DAY_S + hour * HOUR_S: {code: blank(60, [], counts=False) for code in ("bf3", "mine1")}
        for hour in range(-30, 40)
    }

    async def tell() -> None:
        settings = load(folder / "plant.yaml")
        ledger = Ledger.open(settings.data_dir, clock_ns=lambda: DAY_S * 10**9, demo=None)
        try:
            for drop in drops:
                begun = OutputDrop(**{**{name: getattr(drop, name) for name in drop.__slots__}, "end_s": None})
                ended = {} if drop.end_s is None else {drop.unit: drop.end_s}
                await note_detection(ledger, DetectionChanges(at_s=NOW_S, begun=[begun]), to_outbox=False)
                await note_detection(ledger, DetectionChanges(at_s=NOW_S, ended=ended, hours=hours), to_outbox=False)
        finally:
            await ledger.close()

    asyncio.run(tell())


def drop(
    unit: str, start_h: float, end_h: float | None, cause: str = "", kind: FindingKind = FindingKind.STOP
) -> OutputDrop:
    return OutputDrop(
        unit=unit,
        product="",
        kind=kind,
        severity=1,
        start_s=DAY_S + round(start_h * HOUR_S),
        end_s=None if end_h is None else DAY_S + round(end_h * HOUR_S),
        cause_unit=cause,
        evidence={"en": f"{unit} stood", "ru": f"{unit} стоит"},
    )


def test_the_day_says_how_long_a_unit_stood_when_and_by_what(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, MADE))
    found(
        tmp_path,
        drop("bf3", -2, 1.5),
        drop("bf3", 6.25, 8, kind=FindingKind.OVERRUN),
        drop("mine1", 2, 4),
        drop("mine1", 20, 26, cause="bf3"),
        drop("bf3", 10, 12, kind=FindingKind.SLOW),
    )
    rows = json.loads(tundish("report", "day", "--period", "2026-08-01", "--json").out)
    stood = {row["unit"]: row.get("unplanned_stop_h") for row in rows if row["level"] == "unit"}
    assert stood["bf3"] == 1.5 + 1.75
    assert stood["mine1"] == 6.0
    shown = tundish("report", "day", "--period", "2026-08-01", "--lang", "ru", "--csv").out
    table = list(csv.DictReader(io.StringIO(shown.lstrip("\ufeff"))))
    causes = [row["Причина"] for row in table if row["Причина"]]
    assert "31.07 22:00 - 01:30; 06:15 - 08:00, ремонт вышел за срок" in causes
    assert "20:00 - 02.08 02:00, вследствие: ДП 3" in causes, "what was before 08:00 is of the day before"
    page = tundish("report", "day", "--period", "2026-08-01", "--lang", "ru", "--html").out
    assert "Внеплановые простои: bf3 стоит. Причина: не указана; bf3 стоит. Причина: не указана; mine1" in page


def test_a_day_that_nobody_watched_has_no_hours_of_standing(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, MADE))
    (row, *_) = json.loads(tundish("report", "day", "--period", "2026-08-01", "--json").out)
    assert "unplanned_stop_h" not in row


def test_a_report_says_why_units_stood_as_people_stated_it_by_the_time_that_it_is_of(
    tundish: Command, tmp_path: Path
) -> None:
    tundish("import", csv_file(tmp_path, MADE))
    found(tmp_path, drop("bf3", 6, 8), drop("mine1", 9, 10))
    asked = ("report", "day", "--period", "2026-08-01", "--html", "--lang")
    assert "bf3 stood. Reason: not given" in tundish(*asked, "en").out
    stated_ns = (NOW_S + 600) * 10**9
    begun_s = DAY_S + 6 * HOUR_S
    entries = EntryFile(load(tmp_path / "plant.yaml"), lambda: stated_ns)
    parts = StopPart(begun_s, "mechanical", "tuyere 7"), StopPart(begun_s + 3600, "no_energy")
    stop_reasons.state_reasons(entries, StopStatement(0, "bf3", begun_s, parts, "Dana"))
    said = tundish(*asked, "en").out
    assert "bf3 stood. Reason: 06:00 Mechanical (tuyere 7); 07:00 No power, gas, oxygen or water" in said
    assert "mine1 stood. Reason: not given" in said
    assert (
        "bf3 стоит. Причина: 06:00 Механическая неисправность (tuyere 7); 07:00 Нет энергоресурсов"
        in tundish(*asked, "ru").out
    )
    with pytest.raises(EntryRefused, match="Dana stated a reason of this stop meanwhile"):
        stop_reasons.state_reasons(entries, StopStatement(0, "bf3", begun_s, parts, "Marat"))


def test_a_report_counts_joined_stops_once_and_the_hours_of_standing_stay(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, MADE))
    found(tmp_path, drop("bf3", 6, 8), drop("bf3", 8.5, 9.5))
    asked = ("report", "day", "--period", "2026-08-01")
    before = json.loads(tundish(*asked, "--json").out)
    entries = EntryFile(load(tmp_path / "plant.yaml"), lambda: (NOW_S + 600) * 10**9)
    begins = [DAY_S + 6 * HOUR_S, DAY_S + round(8.5 * HOUR_S)]
    joined_stops.join(entries, *(StopSeen("bf3", begin_s, 0) for begin_s in begins), "Dana")
    assert "(2 stops counted as one, ran 08:00 - 08:30). Reason: not given" in tundish(*asked, "--html").out
    seen = stop_reasons.listed(entries, *begins)[0].statement
    assert seen is not None
    named = StopStatement(seen.id, "bf3", begins[0], (StopPart(begins[0], "mechanical"),), "Dana")
    stop_reasons.state_reasons(entries, named)
    said = tundish(*asked, "--html").out
    assert "bf3 stood (2 stops counted as one, ran 08:00 - 08:30). Reason: Mechanical" in said
    assert said.count("bf3 stood") == 1
    table = list(csv.DictReader(io.StringIO(tundish(*asked, "--lang", "ru", "--csv").out.lstrip("\ufeff"))))
    assert "06:00 - 09:30, простоев в одном: 2, работал 08:00 - 08:30" in [row["Причина"] for row in table]
    after = json.loads(tundish(*asked, "--json").out)
    assert after == before, "tonnes and hours of the machine's own record stay"
    joined_stops.separate(entries, StopSeen("bf3", begins[0], seen.id + 1), begins[1], "Marat")
    assert tundish(*asked, "--html").out.count("bf3 stood. Reason: Mechanical") == 2
