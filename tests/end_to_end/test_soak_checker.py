"""The checker of the soak: each of its questions lets the truth pass and catches a false word."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from collector.config.load import load
from collector.simulation.book import FaultEntry
from collector.simulation.plant_config import plant_yaml
from dashboards.web.cards import product_card
from dashboards.web.drops import DropView
from dashboards.web.snapshot import Snapshot
from models.alerts.incident import Incident
from models.detection.finding import Episode, Finding, FindingKind
from models.tables.desk_data import OutputPoint
from models.works.plant import Plant
from tests.support.soak import causes, figures, incidents, published
from tests.support.soak.book import NS, MadeBy, SoakBook
from tests.support.soak.causes import Said
from tests.support.soak.languages import false_language

MIDNIGHT_S = 1_793_473_200
"""1 November 2026, 00:00 in Almaty."""
HOUR = 3600
NOW_S = MIDNIGHT_S + 10 * HOUR
COAL_T_PER_S = {"mine1": 0.2, "mine2": 0.1}


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    file = tmp_path_factory.mktemp("plant") / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    return load(file).plant


def book_of(plant: Plant, *faults: FaultEntry, down: Sequence[tuple[int, int | None]] = ()) -> SoakBook:
    """Belts that run evenly all day."""
    at_s = list(range(MIDNIGHT_S, MIDNIGHT_S + 86_400, 10))
    made = {
        f"{unit}.coal_total": MadeBy(False, at_s, [round((s - MIDNIGHT_S) * rate * 1e6) for s in at_s])
        for unit, rate in COAL_T_PER_S.items()
    }
    return SoakBook(plant, made, faults, down)


def fault(name: str, since_s: int, until_s: int | None = None) -> FaultEntry:
    return FaultEntry(name, since_s * NS, None if until_s is None else until_s * NS)


def states(book: SoakBook, now_s: int = NOW_S, **said: str) -> list[str]:
    return list(causes.false_states([Said(unit, state) for unit, state in said.items()], book, now_s))


def test_a_unit_that_works_may_be_called_nothing_else(plant: Plant) -> None:
    book = book_of(plant)
    assert states(book, bf3="ok", mine2="ok", cast1="planned") == []
    for false in ("slow", "stopped", "ramp_up", "stale", "bad", "missing", "silent", "planned"):
        assert len(states(book, bf3=false)) == 1, false


def test_a_planned_repair_is_planned_and_nothing_else(plant: Plant) -> None:
    book = book_of(plant)
    assert states(book, mine1="planned", bof1="planned") == []
    assert len(states(book, mine1="stopped")) == 2, "it has no cause, and the plan is not told"
    assert len(states(book, mine1="ok")) == 1


def test_a_stop_has_to_be_told_in_time_and_over_when_it_is_over(plant: Plant) -> None:
    def at(minutes: int, state: str, until_min: int | None = None) -> list[str]:
        until_s = None if until_min is None else NOW_S + until_min * 60
        return states(book_of(plant, fault("bf3-stop", NOW_S, until_s)), NOW_S + minutes * 60, bf3=state)

    assert at(3, "ok") == at(9, "stopped") == at(60, "stopped") == []
    assert at(9, "ok") != [], "it is not told"
    assert at(9, "stale") != [], "lost data are no stop"
    assert at(100 * 60, "stopped", until_min=30) != [], "it is long over"


def test_what_follows_from_a_stop_is_allowed_and_what_does_not_is_no_excuse(plant: Plant) -> None:
    book = book_of(plant, fault("bf3-stop", NOW_S))
    assert states(book, NOW_S + 4 * HOUR, bof2="slow", hsm="stopped") == []
    assert len(states(book, NOW_S + 4 * HOUR, mine2="stopped")) == 1


def test_a_unit_with_a_fault_of_its_own_follows_from_none_that_was_over_long_before(plant: Plant) -> None:
    book = book_of(plant, fault("bf3-stop", NOW_S - 8 * HOUR, NOW_S - 7 * HOUR), fault("hsm-stop", NOW_S - HOUR))
    assert list(causes.false_states([Said("hsm", "stopped")], book, NOW_S)) == []
    assert len(list(causes.false_states([Said("hsm", "stopped", "follows from BF 3")], book, NOW_S))) == 1


@pytest.mark.parametrize("down", [False, True])
def test_what_nobody_heard_must_not_be_called_known(plant: Plant, down: bool) -> None:
    book = book_of(plant, down=[(NOW_S - 600, None)]) if down else book_of(plant, fault("opcua-cut", NOW_S - 600))
    assert states(book, bf3="silent", mine2="stale", mine1="planned") == []
    assert len(states(book, bf3="ok")) == 1
    assert len(states(book, bf3="stopped")) == 2


def card_words(plant: Plant, book: SoakBook, shown_t: Sequence[float], target_t: float = 1111.0) -> list[str]:
    """What the checker says of a card whose hours are `shown_t`."""
    rows = [
        OutputPoint(
            *("all", "all", "coal_raw", "site"),
            time_ns=start_s * NS,
            start_ns=start_s * NS,
            end_ns=(start_s + HOUR) * NS,
            actual_t=tonnes,
            completeness_pct=100.0,
            status=0,
            target_t=target_t,
        )
        for number, tonnes in enumerate(shown_t)
        for start_s in (MIDNIGHT_S + number * HOUR,)
    ]
    day = replace(rows[0], end_ns=(MIDNIGHT_S + 86_400) * NS, actual_t=sum(shown_t), target_t=20_000.0)
    reported = next(each for each in plant.reported if each.product == "coal_raw")
    card = product_card(Snapshot(plant, NOW_S * NS, NOW_S * NS, [day], rows), reported, "en")
    return list(figures.false_card(plant, reported, card, rows, book, NOW_S))


def test_a_card_that_shows_what_was_made_is_true_and_one_that_does_not_is_caught(plant: Plant) -> None:
    book, true = book_of(plant), [1080.0] * 10
    assert card_words(plant, book, true) == []
    assert any("the hour 03" in said for said in card_words(plant, book, [*true[:3], 900.0, 1260.0, *true[5:]]))
    assert any("today is" in said for said in card_words(plant, book, [*true[:9], 1200.0]))
    assert any("attainment" in said for said in card_words(plant, book, [*true[:9], 600.0]))


def drop_of(unit: str) -> DropView:
    return DropView(unit, unit, "P1", True, "stopped", "since 10:00", "5 min", "", "", ())


def test_a_drop_without_a_cause_is_caught(plant: Plant) -> None:
    assert list(incidents.false_drops([drop_of("bf3")], book_of(plant, fault("bf3-stop", NOW_S - 600)), NOW_S)) == []
    assert len(list(incidents.false_drops([drop_of("bf2")], book_of(plant), NOW_S))) == 1


def incident_of(kind: FindingKind, unit: str, opened_s: int, *, source: str = "") -> Incident:
    found = Finding(
        kind=kind, shop="", unit=unit, product="", severity=4, since_s=opened_s, found_s=opened_s, source=source
    )
    return Incident(id=1, key=found.key, root=Episode(found, None), weight=8, opened_s=opened_s)


def test_an_incident_without_a_cause_and_a_fault_without_an_incident_are_caught(plant: Plant) -> None:
    cut = book_of(plant, fault("opcua-cut", NOW_S - 1200))
    told = incident_of(FindingKind.STALE, "bf3", NOW_S - 1100, source="simulated_plc")
    assert list(incidents.false_incidents([told], cut, NOW_S)) == []
    assert list(incidents.untold([told], cut, NOW_S)) == []
    assert len(list(incidents.false_incidents([told], book_of(plant), NOW_S))) == 1
    assert len(list(incidents.untold([], cut, NOW_S))) == 1


def test_a_fault_of_a_mine_that_stands_by_plan_need_not_be_told(plant: Plant) -> None:
    afternoon_s = MIDNIGHT_S + 16 * 3600
    hung = {unit: book_of(plant, fault(f"{unit}-freeze", afternoon_s)) for unit in ("mine1", "mine2")}
    said = {unit: list(incidents.untold([], book, afternoon_s + 3600)) for unit, book in hung.items()}
    assert said["mine2"] == [], "its repair shift lasts until eight in the evening"
    assert len(said["mine1"]) == 1


def test_an_incident_that_outlasts_its_fault_is_caught(plant: Plant) -> None:
    over = book_of(plant, fault("opcua-cut", NOW_S - 9000, NOW_S - 8400))
    told = incident_of(FindingKind.STALE, "bf3", NOW_S - 8900, source="simulated_plc")
    assert any("outlasts" in said for said in incidents.untold([told], over, NOW_S))


def test_a_code_and_an_english_word_in_a_russian_text_are_caught() -> None:
    true = ("Доменная печь 3 остановлена", "SIMULATED: ТРЕВОГА P1", "12 345 т")
    assert list(false_language(true, "ru")) == []
    assert len(list(false_language(["bf3 остановлена"], "ru"))) == 1
    assert len(list(false_language(["no open incidents"], "kk"))) == 1
    assert len(list(false_language(["3-домна пеші тұр"], "ru"))) == 1


def test_reports_that_differ_from_the_book_or_from_each_other_are_caught(plant: Plant) -> None:
    reported = next(each for each in plant.reported if each.product == "coal_raw")
    wanted = figures.expected(book_of(plant), reported, (MIDNIGHT_S, MIDNIGHT_S + 86_400), NOW_S)
    units = [
        {"level": "unit", "unit": unit, "product": "coal_raw", "actual_t": 36_000 * rate}
        for unit, rate in COAL_T_PER_S.items()
    ]
    site = {"level": "site", "product": "coal_raw", "actual_t": 10_800.0, "month_to_date_t": 10_800.0}
    assert list(published.false_day([*units, site], reported, wanted, "today")) == []
    for false in ({**site, "actual_t": 10_000.0}, {**site, "actual_t": 10_801.0}):
        assert list(published.false_day([*units, false], reported, wanted, "today")) != []
    months = {"month": [site], "growth": [{**site, "actual_t": 10_700.0}]}
    assert len(list(published.false_month([site], months, reported, 5))) == 1
    node = {"node": "coke", "residual_t": 9.0, "sigma_t": 10.0, "period": "2026-11-01"}
    assert list(published.false_balance([node])) == []
    assert len(list(published.false_balance([{**node, "residual_t": -90.0}]))) == 1
