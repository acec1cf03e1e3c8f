"""Boilers and turbines over days: by what their loads say, with the repairs that were stated."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from models.counting.measured_hour import MeasuredHour
from models.heat.network import HeatSource
from models.heat.report import CoalStock, HeatReport
from models.heat.source_days import SourceDays, worked
from models.heat.source_sentences import source_day_sentences
from models.stated.plan import Repair, RepairKind
from models.works.calendar import NS
from models.works.localize import Language

ALMATY = ZoneInfo("Asia/Almaty")


def hour(known_s: float, above_s: float) -> MeasuredHour:
    return MeasuredHour("boiler1.load", 0, known_s, 40.0, 0.0, 60.0, (above_s,), (1,), 0.0, (1.0,))


def repair(unit: str) -> Repair:
    start, end = (int(datetime(2026, 11, day, 6, tzinfo=ALMATY).timestamp()) * NS for day in (28, 30))
    return Repair(name=unit, unit=unit, start_ns=start, end_ns=end, kind=RepairKind.CURRENT, approved_by="C.")


def source(number: int, *, worked_h: float | None, repairs: tuple[Repair, ...] = (), boiler: bool = True) -> SourceDays:
    kind = "Boiler" if boiler else "Turbine"
    return SourceDays(
        source=HeatSource(f"unit{number}", 70.0), names={"en": f"{kind} {number}", "ru": f"Котёл {number}"},
        is_boiler=boiler, readiness=None, worked_h=worked_h, known_h=24.0, repairs=repairs,
    )  # fmt: skip


def said(*sources: SourceDays, language: Language = "en", coal: CoalStock | None = None) -> list[tuple[str, bool]]:
    report = HeatReport(zone=ALMATY, until_s=0, networks=(), sources=sources, coal=coal)
    return [
        (each.words.replace("\xa0", " "), each.missing) for each in source_day_sentences(report, language)
    ]  # fmt: skip


def test_hours_at_work_are_those_above_the_threshold_and_a_gap_is_neither() -> None:
    assert worked([hour(3600, 3600), hour(1800, 900)]) == (1.25, 1.5)
    assert worked([]) == (None, 0.0), "of what nothing measures, nothing is known"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Boilers: 1 of 2 worked; in repair: Boiler 2 (28 Nov 2026 06:00 - 30 Nov 2026 06:00)."),
        ("ru", "Котлы: работали 1 из 2; в ремонте: Котёл 2 (28.11.2026 06:00 - 30.11.2026 06:00)."),
        ("kk", "Қазандар: 2 ішінен 1 жұмыс істеді; жөндеуде: Boiler 2 (28.11.2026 06:00 - 30.11.2026 06:00)."),
    ],
)
def test_a_day_says_how_many_worked_and_which_were_out(language: Language, words: str) -> None:
    found = said(source(1, worked_h=24.0), source(2, worked_h=0.0, repairs=(repair("unit2"),)), language=language)
    assert found == [(words, False)]


def test_what_nothing_measures_is_said_not_to_be_known() -> None:
    assert said(source(1, worked_h=None)) == [("Boilers: which of them worked is not known.", True)]
    (words, missing), turbines = said(
        source(1, worked_h=24.0), source(2, worked_h=None), source(3, worked_h=5.0, boiler=False)
    )
    assert (words, missing) == ("Boilers: 1 of 2 worked, of 1 that is not known.", False)
    assert turbines == ("Turbines: 1 of 1 worked.", False)


def test_the_coal_stands_behind_them() -> None:
    (coal,) = said(coal=CoalStock({"en": "Coal"}, 12.34, 7))
    assert coal == ("Coal: in stock for 12.3 d at the mean use of the last 7 d.", False)
