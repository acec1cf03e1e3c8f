"""A desk that shows more than a works will have at once, with long names, many units, and much that is wrong."""

import time
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from collector.storage.ledger import moment as ledger_moment
from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.tables.desk_data import SourceStatus
from models.tables.row_fields import DAY_TABLE, HOUR_TABLE, MONTH_TABLE
from models.works.calendar import HOUR_NS, day_bounds, production_day, stamp_ns
from models.works.codes import UnitState
from models.works.localize import LANGUAGES, Language
from models.works.month import shifted
from models.works.place import ALL
from models.works.table import FieldValue, Row, RowKey
from tests.dashboards.web.conftest import Desk, done
from tests.dashboards.web.findings import finding_of
from tests.support.ledger_calls import publish

UNITS = 25
LONG: dict[Language, str] = {
    "en": "No. {} named after the fiftieth anniversary of metallurgy",
    "ru": "№ {} имени пятидесятилетия металлургической промышленности",
    "kk": "№ {} металлургия өнеркәсібінің елу жылдығы атындағы",
}
SENTENCE: dict[Language, str] = {
    "en": "blast is 32,385 m3/h, 9 % of the nominal 355,000, since 05:41; last cast was weighed at 04:58",
    "ru": "расход дутья 32 385 м³/ч, 9 % от номинала 355 000, с 05:41; последний выпуск взвешен в 04:58",
    "kk": "үрлеу шығыны 32 385 м³/сағ, номинал 355 000 мәнінің 9 %-ы, 05:41 бастап; соңғы шығару 04:58 өлшенген",
}
ERROR = (
    "opc.tcp://plc-blast-furnace-shop-2.works.example:4840: BadSecureChannelClosed(The secure channel has been closed.)"
)

BEGUN_S = int(time.time()) - 90_000
"""When every drop began: yesterday, so that the date stands with it."""


def with_long_names(config: dict[str, Any]) -> None:
    """25 units, each with a long name; a long name of the works, too."""
    number = 0
    for shop in config["shops"]:
        for unit in shop["units"]:
            number += 1
            unit["names"] = {lang: f"{unit['names'][lang]} {LONG[lang].format(number)}" for lang in LANGUAGES}
    for further in range(number, UNITS):
        names = {"en": f"Mill {further}", "ru": f"Прокатный стан {further}", "kk": f"{further}-илемдеу орнағы"}
        config["shops"][-1]["units"].append({"code": f"mill{further}", "kind": "rolling_mill", "names": names})


def full_desk(folder: Path) -> Desk:
    """The desk with all of it in its ledger; not waited for."""
    desk = Desk(folder, edit=with_long_names)
    assert len(desk.plant.units) == UNITS
    publish_full(desk)
    keep_full(desk)
    return desk


def keep_full(desk: Desk) -> None:
    """Say again what holds now: after a while without news the page says that it knows nothing."""
    now_ns = time.time_ns()
    sources = [
        SourceStatus(f"blast_furnace_shop_{number}_plc", now_ns, number % 2 == 0, 0.5, 123_456_789, 98_765, ERROR)
        for number in range(1, 5)
    ]
    assert desk.ledger is not None
    done(desk.ledger.write(partial(ledger_moment.put, sources=sources, activity=())))
    units = list(desk.plant.units)
    drops = [_drop(unit, 1 + number % 3, "" if number == 0 else units[0]) for number, unit in enumerate(units[:5])]
    ahead_t = {"steel_liquid": 12_410.0, "slab": 12_300.0, "rolled": 11_100.0}
    findings = [finding_of(drop, 12_345.0, ahead_t, SENTENCE) for drop in drops]
    states = {unit: list(UnitState)[number % len(UnitState)] for number, unit in enumerate(units)}
    desk.judge(states, drops, cause_unit=units[0], findings=findings)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """It, waited for."""
    desk = full_desk(tmp_path_factory.mktemp("full"))
    try:
        desk.wait()
        yield desk
    finally:
        desk.end()


def _drop(unit: str, severity: int, cause: str) -> OutputDrop:
    return OutputDrop(
        unit=unit,
        product="pig_iron",
        kind=FindingKind.STOP,
        severity=severity,
        start_s=BEGUN_S,
        end_s=None,
        cause_unit=cause,
        evidence=SENTENCE,
    )


def publish_full(desk: Desk) -> None:
    """Figures of two years of months, and of the day that runs."""
    assert desk.ledger is not None
    plant, now_ns = desk.plant, time.time_ns()
    calendar = next(iter(plant.shops.values())).calendar
    today = production_day(calendar, now_ns)
    start_ns, end_ns = day_bounds(calendar, today)
    month = today.replace(day=1).toordinal()
    rows = []
    for number, reported in enumerate(plant.reported):
        tags = {"site": plant.site, "shop": ALL, "unit": ALL, "product": reported.product, "level": "site"}
        # From far below the target to above it, so that each colour of a verdict is there; in millions of tonnes.
        share = (0.5, 0.96, 1.1, 1.0)[number % 4]
        day = _fields(2_345_678.912 * share, 2_345_678.912, (start_ns, end_ns))
        rows.append(Row(RowKey.of(DAY_TABLE, stamp_ns(plant.zone, today), tags), day))
        for hour_ns in range(start_ns, now_ns, HOUR_NS):
            hour = _fields(97_736.621 * share, 97_736.621, (hour_ns, hour_ns + HOUR_NS))
            rows.append(Row(RowKey.of(HOUR_TABLE, hour_ns, tags), hour))
        for back in range(26):
            day_of = date.fromordinal(shifted(month, -back))
            rows.append(Row(RowKey.of(MONTH_TABLE, stamp_ns(plant.zone, day_of), tags), _month(back, share)))
    done(publish(desk.ledger, rows, to_outbox=False))


def _fields(actual_t: float, target_t: float, span: tuple[int, int]) -> Mapping[str, FieldValue]:
    return {
        "actual_t": actual_t,
        "target_t": target_t,
        "completeness_pct": 98.0,
        "status": 0,
        "start_ms": span[0] // 10**6,
        "end_ms": span[1] // 10**6,
    }


def _month(back: int, share: float) -> Mapping[str, FieldValue]:
    grown = {"mom_pct": -12.3, "yoy_pct": 112.4, "ytd_pct": 1234.5, "attainment_pct": 96.8, "mom_per_day_pct": -3.2}
    restated = {"restated_mom_pct": -11.1, "restated_yoy_pct": 101.1, "restated_ytd_pct": 1111.1}
    running = {"in_progress_days": 27} if back == 0 else {}
    figures = {"actual_t": 70_370_367.36 * share, "target_t": 70_370_367.36, **grown, **restated}
    return {"period": "x", "status": 0 if back == 0 else 2, **figures, **running}
