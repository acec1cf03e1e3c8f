"""`tundish alert list` at a terminal of 80 columns: a block an incident, of which no word and no figure is cut."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from collector.cli.alert_blocks import incident_blocks
from collector.entries import alerts
from collector.entries.entry_file import EntryFile
from models.detection.finding import Finding, FindingKind
from tests.collector.alerts.receivers import mail_server
from tests.collector.entries.beside import SLOW, STOP, Beside

Command = Callable[..., Any]
SENTENCE = (
    "BF 3 has stood since 11:50: blast is 12.0 of 360,000 m3/h (0 %); target 208 t/h; BF 2, BF 4 work; "
    "last heard at 11:59"
)
STANDS = replace(
    STOP, evidence={"en": SENTENCE}, lost_t=1043.0, ahead_t={"steel_crude": 5360.0, "sinter": 12_345.0, "slab": 5167.0}
)
FOLLOWS = replace(SLOW, unit="mine2", cause_unit="bf3")


def lost(unit: str) -> Finding:
    return Finding(
        kind=FindingKind.STALE,
        shop="mines",
        unit=unit,
        product="coal_raw",
        severity=4,
        since_s=STOP.since_s,
        found_s=STOP.found_s,
        source="plc",
        evidence={"en": f"{unit}: nothing heard since 11:50; whether it works is not known"},
    )


async def listing(
    tmp_path: Path, tundish: Command, monkeypatch: pytest.MonkeyPatch, *findings: Finding, columns: int = 80
) -> list[str]:
    tmp_path.mkdir(exist_ok=True)
    with mail_server() as box:
        beside = Beside(tmp_path, tundish, box.port)
        await beside.holds(*findings)
    await beside.ledger.close()
    monkeypatch.setenv("COLUMNS", str(columns))
    listed = beside.run("list")
    assert "\x1b" not in listed, "colours only at a terminal"
    return listed.splitlines()


NOT_REPORTED = "The collector has not reported yet: what holds now is not known."


async def test_a_stop_is_a_line_of_facts_its_evidence_what_is_short_and_what_follows(
    tmp_path: Path, tundish: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = await listing(tmp_path, tundish, monkeypatch, STANDS, FOLLOWS)
    assert [line.replace("\u00a0", " ") for line in lines] == [
        NOT_REPORTED,
        "Works",
        "",
        "1  P1  raised  BF 3: stopped  since 30 Sep 2026 11:50  not acknowledged  1 sent",
        "   BF 3 has stood since 11:50: blast is 12.0 of 360,000 m3/h (0 %); target",
        "   208 t/h; BF 2, BF 4 work; last heard at 11:59",
        "   Short so far: 1,043 t (pig_iron)",
        "   Will be short downstream for each day of it: sinter 12,345 t; steel_crude",
        "   5,360 t; slab 5,167 t",
        "   Consequences: Mine 2",
        "",
    ]


async def test_at_eighty_columns_no_word_and_no_figure_is_cut(
    tmp_path: Path, tundish: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = (STANDS, FOLLOWS, replace(SLOW, evidence={"en": SENTENCE}), lost("mine1"), lost("bof1"))
    narrow = await listing(tmp_path / "narrow", tundish, monkeypatch, *findings)
    wide = await listing(tmp_path / "wide", tundish, monkeypatch, *findings, columns=1000)
    assert max(map(len, narrow)) <= 80
    assert " ".join(narrow).split() == " ".join(wide).split()


async def test_several_incidents_are_apart_by_an_empty_line(
    tmp_path: Path, tundish: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = await listing(tmp_path, tundish, monkeypatch, STOP, SLOW)
    starts = [number for number, line in enumerate(lines) if line[:1].isdigit()]
    assert len(starts) == 2
    assert all(lines[number - 1] == "" for number in starts)


async def test_a_lost_source_names_its_units_once_and_speaks_of_no_drop(
    tmp_path: Path, tundish: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = await listing(tmp_path, tundish, monkeypatch, lost("mine1"), lost("mine2"), lost("bof1"), columns=200)
    assert "P4  raised  no connection to source plc, output is not known  since 30 Sep 2026 11:50" in lines[3]
    assert lines[4].strip() == "Units (3): BOF 1, Mine 1, Mine 2"
    assert (lines[0], lines[5:]) == (NOT_REPORTED, [""])


async def test_the_audit_of_ended_incidents_is_an_indented_table(
    tmp_path: Path, tundish: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = Beside(tmp_path, tundish)
    await beside.alerting.update([STOP], beside.now_ns)
    beside.run("ack", "1", "--by", "A. Serikova", "--note", "the crew is on site and looks for what went wrong")
    await beside.holds(later_s=60)
    await beside.ledger.close()
    monkeypatch.setenv("COLUMNS", "80")
    lines = beside.run("list", "--all").splitlines()
    assert lines[3].startswith("1  P1  cleared")
    table = [line for line in lines if line.startswith("      ")]
    begun = [re.split(r" {2,}", line.strip()) for line in table if line[6] != " "]
    assert [row[1] for row in begun] == ["raised", "acknowledged", "cleared", "message failed"]
    acknowledged = next(number for number, line in enumerate(table) if "by A. Serikova: the crew" in line)
    assert table[acknowledged + 1].startswith(" " * table[acknowledged].index("by A.")), "below itself"
    assert max(map(len, lines)) <= 80


async def test_severities_have_colours_at_a_terminal(tmp_path: Path, tundish: Command) -> None:
    beside = Beside(tmp_path, tundish)
    await beside.holds(STOP)
    await beside.ledger.close()
    found = alerts.listed(EntryFile(beside.settings), ended=False)
    head = list(incident_blocks(found, beside.settings.plant, "en", 80, audit=False))[2]
    assert [(head.plain[span.start : span.end], span.style) for span in head.spans] == [("P1", "bold red")]
