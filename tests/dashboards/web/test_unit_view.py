"""The page of a unit says what the ledger has of it: its minutes, stops, heats, corrections and days."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from collector.config.load import load
from collector.simulation.plant_config import plant_yaml
from collector.storage.ledger import detection
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.desk_reader import LedgerDesk
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.run_notes import note_run
from collector.storage.ledger.schema import LEDGER
from dashboards.web.snapshot import read_snapshot
from dashboards.web.unit_chart import day_options
from dashboards.web.unit_view import UnitView, unit_view
from models.counting.increment import EventRevision
from models.detection.finding import FindingKind
from models.detection.minutes.observed import UnitMinutes
from models.detection.output_drop import OutputDrop
from models.stated.adjustment import Adjustment
from models.stated.plan import Repair, RepairKind
from models.tables.row_fields import DAY_TABLE
from models.works.codes import Quality
from models.works.localize import LANGUAGES, Language
from models.works.plant import Plant
from models.works.table import Row, RowKey
from tests.dashboards.web.test_view import DAY_START, HOUR, NOW, S
from tests.support.ledger_calls import commit, publish, record

NOMINAL = 360_000.0
MINUTE = 60 * S


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    file = tmp_path_factory.mktemp("plant") / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    return load(file).plant


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path, clock_ns=lambda: NOW, demo=True)


Look = Callable[..., UnitView]


@pytest.fixture
def look(plant: Plant, tmp_path: Path) -> Look:
    def looked(unit: str = "bf3", language: Language = "en") -> UnitView:
        desk = LedgerDesk(plant, tmp_path / LEDGER.name)
        return unit_view(read_snapshot(desk, NOW), desk.unit_record(unit, NOW), language)

    return looked


def minutes(share: list[float], *, heard: list[bool] | None = None) -> UnitMinutes:
    """An hour of a furnace, or less: the share of its nominal blast in each minute."""
    count = len(share)
    yes = np.ones(count, np.bool_)
    return UnitMinutes(
        values={"blast": np.array([NOMINAL * part for part in share], np.float32)},
        quality={"blast": np.full(count, Quality.GOOD, np.uint8)},
        heard=yes if heard is None else np.array(heard),
        moved=yes,
        looked=yes,
        uncertain=~yes,
        counted_t=None,
        event_end_s=np.empty(0, np.int64),
        event_t=np.empty(0, np.float64),
    )


async def observe(ledger: Ledger, hours: dict[int, dict[str, UnitMinutes]]) -> None:
    """`hours`: of the day of NOW, by their number."""
    for hour, units in hours.items():
        await ledger.write(partial(detection.put_hour, start_s=(DAY_START + hour * HOUR) // S, units=units))


async def test_the_minutes_of_a_unit_and_its_siblings_are_drawn_with_what_held_meanwhile(
    ledger: Ledger, look: Look
) -> None:
    full = [1.0] * 60
    away = [True] * 20 + [False] * 40
    await observe(
        ledger,
        {
            3: {"bf3": minutes(full), "bf2": minutes(full)},
            4: {"bf3": minutes(full, heard=away)},
            6: {"bf3": minutes([1.0] * 10 + [0.0] * 20)},
        },
    )
    begin = DAY_START + 6 * HOUR + 10 * MINUTE
    drop = OutputDrop(
        unit="bf3",
        product="pig_iron",
        kind=FindingKind.STOP,
        severity=1,
        start_s=begin // S,
        end_s=None,
        evidence={"en": "blast is 0"},
    )
    await ledger.write(partial(detection.put_drops, begun=[drop], ended={}, at_s=NOW // S))
    plot = look().plot
    assert plot is not None
    assert plot.clock[0] == "03:00", "nothing was watched before"
    assert [trace.name for trace in plot.traces] == ["BF 3", "BF 2", "BF 4"]
    own = plot.traces[0].pct
    assert (own[0], own[59], own[130], own[190], own[209]) == (100.0, 100.0, None, 0.0, 0.0)
    assert plot.spans == (
        ("06:10 - 06:30", "stopped"),
        ("04:20 - 05:00", "no connection"),
        ("05:00 - 06:00", "not watched: the collector did not run"),
    )
    options = day_options(plot, "en")
    assert [series["name"] for series in options["series"]] == ["BF 3", "BF 2", "BF 4"]
    assert options["series"][0]["markLine"]["data"] == [{"yAxis": plot.limit_pct}]
    (view,) = look().drops
    assert (view.lasts, view.evidence) == (True, "blast is 0")


async def test_an_hour_that_the_collector_began_late_is_not_told_as_a_lost_connection(
    ledger: Ledger, look: Look
) -> None:
    await observe(ledger, {5: {"bf3": minutes([1.0] * 60, heard=[False] * 20 + [True] * 30 + [False] * 10)}})
    start = DAY_START + 5 * HOUR + 20 * MINUTE
    await ledger.write(partial(note_run, start_s=start // S, end_s=(start + 40 * MINUTE) // S))
    plot = look().plot
    assert plot is not None
    assert plot.clock[0] == "05:20"
    assert plot.spans == (
        ("05:50 - 06:00", "no connection"),
        ("06:00 - 06:30", "not watched: the collector did not run"),
    )


async def test_heats_repairs_and_corrections_are_listed_the_newest_first(ledger: Ledger, look: Look) -> None:
    taps = [
        EventRevision(
            tag="bf3.taps",
            unit="bf3",
            product="pig_iron",
            production_year=2026,
            key=key,
            grams=grams,
            end_ns=NOW - ago * MINUTE,
            sequence=number,
        )
        for number, (key, grams, ago) in enumerate((("71", 301_250_000, 90), ("72", 298_000_500, 5)))
    ]
    await commit(ledger, LedgerChanges(journal_seq=1, events=taps))
    day = DAY_START // (24 * HOUR) + 719_163
    corrections = [
        Adjustment(
            day=day,
            booked_month=day,
            shop="blast_furnaces",
            unit=unit,
            product="pig_iron",
            grams=grams,
            author="A. Sadykova",
            reason="ladle 12 was weighed twice",
            name=name,
        )
        for unit, grams, name in (("bf3", -120_000_000, "A1"), ("bf2", 5_000_000, "A2"), ("bf3", 1_500_000, "A3"))
    ]
    window = (NOW - 30 * 24 * HOUR + HOUR, NOW + 24 * HOUR)
    repair = Repair(
        name="R1",
        unit="bf3",
        start_ns=window[0],
        end_ns=window[1],
        kind=RepairKind.CAPITAL,
        approved_by="Chief engineer",
    )
    await record(ledger, [*corrections, repair])
    view = look()
    assert [(line[1], line[3]) for line in view.events] == [("72", "298.001"), ("71", "301.250")]
    assert [(line[2], line[4], line[5]) for line in view.corrections] == [
        ("+1.500", "ladle 12 was weighed twice", "A3"),
        ("-120.000", "ladle 12 was weighed twice", "A1"),
    ]
    assert [(kind, approved) for _, kind, approved in view.repairs] == [("overhaul", "Chief engineer")]
    assert [line[1] for line in look(language="ru").repairs] == ["капитальный ремонт"]


async def test_days_are_those_of_the_unit_and_not_of_its_shop(ledger: Ledger, look: Look, plant: Plant) -> None:
    rows = []
    for unit, level, tonnes in (("bf3", "unit", 5100.0), ("all", "shop", 9000.0), ("bf2", "unit", 1900.0)):
        tags = {"site": plant.site, "shop": "blast_furnaces", "unit": unit, "product": "pig_iron", "level": level}
        fields: dict[str, float | int | str] = {
            "actual_t": tonnes,
            "target_t": 5000.0,
            "status": 0,
            "start_ms": DAY_START // 10**6,
            "end_ms": (DAY_START + 24 * HOUR) // 10**6,
        }
        rows.append(Row(RowKey.of(DAY_TABLE, DAY_START, tags), fields))
    await publish(ledger, rows, to_outbox=False)
    view = look()
    (card,), (month,) = view.cards, view.days
    assert (card.exact_t, card.actual) == ("5100.000", "5,100")
    (bar,) = month.bars
    assert (bar.label, bar.actual, bar.running) == ("24.11", 5100.0, True)
    assert "Attainment: 102.0\u00a0%" in bar.tip


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_unit_has_a_page_before_anything_is_known_of_it(
    ledger: Ledger, look: Look, plant: Plant, language: Language
) -> None:
    for unit in plant.units:
        view = look(unit, language)
        assert view.name == plant.units[unit].name(language)
        assert view.events == view.corrections == ()
        assert view.plot is not None
        assert len(view.plot.clock) == 60, "an hour of a day that nobody watched"
