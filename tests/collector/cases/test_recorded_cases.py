"""Recorded cases: what their files say is what is replayed, and every fault is reported with its line and its fix."""

import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from collector.cases.read import RecordedCase, read_case
from collector.config.load import load
from collector.errors import ConfigurationError
from models.detection.minutes.observed import NO_QUALITY
from models.works.calendar import NS
from models.works.plant import Plant
from tests.models.detection.expected.test_planned import PLANT

CASES = Path(__file__).resolve().parents[2] / "cases" / "drops"
CASE = """\
title: A case
source: made up for this test
start: 2026-04-07 00:00
expected_t_per_h: {mine1: 500}
standstills: [{unit: mine1, start: 2026-04-07 00:02, end: 2026-04-07 00:03}]
labels:
  - {units: [mine1], start: 2026-04-07 00:01, end: 2026-04-07T00:05:00+05:00, what: stood, late: 1h}
"""
MINUTES = "mine1.counted_t,bf3.heard\n8.5,1\n,0\n7,1\n"
EVENTS = "unit,end,tonnes,known\nbf3,2026-04-07 00:00:30,400,2026-04-07 00:01:10\nbf3,2026-04-07 00:01,380.5,\n"
Read = Callable[..., RecordedCase]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_it(case: str = CASE, minutes: str | None = MINUTES, events: str | None = EVENTS) -> RecordedCase:
        for name, text in (("case.yaml", case), ("minutes.csv", minutes), ("events.csv", events)):
            if text is not None:
                (tmp_path / name).write_text(text, encoding="utf-8")
        return read_case(tmp_path, PLANT)

    return read_it


def test_a_case_is_read_as_it_is_written(read: Read) -> None:
    case = read()
    start_s = case.minutes.start_s
    assert (case.title, len(case.minutes), sorted(case.minutes.units)) == ("A case", 3, ["bf3", "mine1"])
    mine, furnace = case.minutes.units["mine1"], case.minutes.units["bf3"]
    assert mine.counted_t is not None
    assert mine.counted_t[[0, 2]].tolist() == [8.5, 7.0]
    assert mine.heard.tolist() == [True, False, True], "an empty cell says that nothing came"
    assert furnace.heard.tolist() == [True, False, True]
    assert furnace.event_t.tolist() == [380.5, 400.0]
    assert furnace.event_known_s is not None
    assert (furnace.event_known_s - start_s).tolist() == [60, 70]
    assert (case.labels[0].start_s - start_s, case.labels[0].end_s - start_s, case.labels[0].late_s) == (60, 300, 3600)
    assert sorted(case.plant.units) == ["bf3", "mine1"]


def test_what_is_expected_is_as_given_outside_standstills_or_else_the_daily_targets(read: Read) -> None:
    case = read()
    start_s = case.minutes.start_s
    given = case.expected(case.plant)
    assert given.t_per_h("mine1", start_s) == 500.0
    assert given.t_per_h("mine1", start_s + 130) == 0.0
    assert given.t_per_h("bf3", start_s) is None
    daily = read(CASE.replace("expected_t_per_h: {mine1: 500}\n", "")).expected(case.plant)
    assert daily.t_per_h("bf3", start_s) == pytest.approx(5000 / 24)
    assert daily.t_per_h("mine1", start_s + 130) == 0.0


def test_times_may_stand_in_the_table_and_minutes_that_are_left_out_are_unheard(read: Read) -> None:
    minutes = "time,mine1.counted_t\n2026-04-07 00:00,1\n2026-04-07T00:01:00+05:00,2\n2026-04-06T19:05:00Z,3\n"
    mine = read(minutes=minutes).minutes.units["mine1"]
    assert mine.heard.tolist() == [True, True, False, False, False, True]


def test_quality_and_movement_are_as_given_or_good_where_a_value_came(simulated: Plant, tmp_path: Path) -> None:
    header = "bf3.blast,bf3.blast.quality,bf3.moved,bf3.blast_temperature,bf3.uncertain"
    (tmp_path / "case.yaml").write_text(CASE.replace("mine1", "bf3"), encoding="utf-8")
    (tmp_path / "minutes.csv").write_text(f"{header}\n350000,2,1,1150,\n,0,0,,1\n340000,1,1,,\n", encoding="utf-8")
    furnace = read_case(tmp_path / "case.yaml", simulated).minutes.units["bf3"]
    assert furnace.quality["blast"].tolist() == [2, 0, 1]
    assert furnace.quality["blast_temperature"].tolist() == [2, NO_QUALITY, NO_QUALITY]
    assert furnace.heard.tolist() == [True, True, True]
    assert furnace.moved.tolist() == [True, False, True]
    assert furnace.uncertain.tolist() == [False, True, False]
    assert np.isnan(furnace.values["blast"][1])


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_tables_may_be_packed(read: Read, tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / f"minutes.csv{ending}").write_bytes(pack(MINUTES.encode()))
    assert len(read(minutes=None).minutes) == 3
    (tmp_path / f"minutes.csv{ending}").write_bytes(pack(MINUTES.encode())[:20])
    with pytest.raises(ConfigurationError, match=r"cannot be read: .*; compress it again"):
        read(minutes=None)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"case": CASE.replace("title: A case\n", "")}, "case.yaml:1 title: the key is missing; give the title"),
        ({"case": CASE.replace("units: [mine1]", "units: [mine7]")}, "labels[0].units[0]: 'mine7' is not a unit"),
        ({"case": CASE.replace("{mine1: 500}", "{mine9: 500}")}, "expected_t_per_h.mine9: 'mine9' is not a unit"),
        ({"case": CASE.replace("unit: mine1", "unit: mine3")}, "standstills[0].unit: 'mine3' is not a unit"),
        ({"case": CASE.replace("07 00:03", "07 00:01")}, "standstills[0].end: '2026-04-07 00:01' is not after"),
        (
            {"case": CASE.replace("07 00:01", "0.7 00:01")},
            'labels[0].start: "2026-04-0.7 00:01" is not in the calendar',
        ),
        ({"case": CASE.replace("late: 1h", "late: 1")}, "labels[0].late: 1 is not a duration"),
        ({"case": CASE.split("labels")[0]}, "labels: the key is missing; give what really happened"),
        ({"case": CASE + "plant: none.yaml\n"}, "none.yaml: there is no such file"),
        (
            {"case": CASE.replace("start: 2026-04-07 00:00\n", "")},
            "minutes.csv:1 the column time is missing; add it",
        ),
        ({"minutes": None}, "there is no minutes.csv (nor .csv.gz, .csv.xz)"),
        ({"minutes": "mine1.counted_t\n"}, "minutes.csv:1 there are no rows; give one for each minute"),
        ({"minutes": "mine1.counted\n1\n"}, "minutes.csv:1 the column 'mine1.counted' is unknown; did you mean"),
        ({"minutes": "mine1.heard,mine1.heard\n1,1\n"}, "minutes.csv:1 a column is given twice; keep one"),
        ({"minutes": "mine1.counted_t\n1\nx7\n"}, "minutes.csv:3 mine1.counted_t: 'x7' is not a number"),
        ({"minutes": "mine1.counted_t\n1,2\n"}, "minutes.csv:2 has 2 cells, not 1; remove the extra cells"),
        (
            {"minutes": "time,mine1.heard\n2026-04-07 00:02,1\n2026-04-07 00:01,1\n"},
            "minutes.csv:3 '2026-04-07 00:01' is not after the row before; if clocks were set back",
        ),
        (
            {"minutes": "time,mine1.heard\n2026-04-07 00:00:30,1\n"},
            "minutes.csv:2 '2026-04-07 00:00:30' is not a whole minute",
        ),
        ({"minutes": "time,mine1.heard\nnoon,1\n"}, 'minutes.csv:2 "noon" is not a date'),
        (
            {"minutes": "time,mine1.heard\n2026-04-07 00:00,1\n2028-04-07 00:00,1\n"},
            "minutes.csv:3 is over 400 days after the first row",
        ),
        ({"events": "unit,end\nbf3,2026-04-07 00:00\n"}, "events.csv:1 the column tonnes is missing"),
        ({"events": "unit,end,tonnes\nbf8,2026-04-07 00:00,1\n"}, "events.csv:2 'bf8' is not a unit of this plant"),
        ({"events": "unit,end,tonnes\nbf3,2026-04-07 00:00,ten\n"}, "events.csv:2 tonnes: 'ten' is not a number"),
    ],
)
def test_each_fault_of_a_case_is_reported_with_its_place_and_its_fix(
    read: Read, changed: dict[str, str | None], words: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(**changed)
    assert words in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_table_that_is_there_twice_is_reported(read: Read, tmp_path: Path) -> None:
    (tmp_path / "minutes.csv.gz").write_bytes(gzip.compress(MINUTES.encode()))
    with pytest.raises(ConfigurationError, match="both exist; keep one"):
        read()


@pytest.fixture(scope="module")
def simulated() -> Plant:
    return load(CASES / "plant.yaml").plant


def test_the_published_cases_are_small_and_say_where_they_come_from(simulated: Plant) -> None:
    assert sum(path.stat().st_size for path in CASES.rglob("*") if path.is_file()) < 300_000
    folders = sorted(path for path in CASES.iterdir() if path.is_dir())
    assert [path.name for path in folders] == ["conveyor_fire", "furnace_out", "oxygen_pipeline"]
    for folder in folders:
        case = read_case(folder, simulated)
        assert "re-enacted" in case.title
        assert "http" in case.source
        assert case.plant.simulated
        end_s = case.minutes.start_s + 60 * len(case.minutes)
        assert all(case.minutes.start_s <= label.start_s < end_s for label in case.labels)
        assert all(it.start_ns // NS < end_s for it in case.repairs)
