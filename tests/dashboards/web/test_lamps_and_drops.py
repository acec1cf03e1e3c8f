"""What the page says of units and their drops, from a snapshot alone, with a clock that the test holds."""

from datetime import UTC, datetime

import pytest

from collector.config.load import load
from collector.simulation.plant_config import plant_yaml
from dashboards.panels.texts import Language
from dashboards.web.drops import drop_views, no_drops_text
from dashboards.web.lamps import STATES_SILENT_AFTER_S, LampView, shop_views, unit_counts
from dashboards.web.numbers import NO_BREAK_SPACE, duration
from dashboards.web.snapshot import Snapshot
from models.codes import UnitState
from models.detection.finding import FindingKind
from models.detection.standstill import OutputDrop
from models.detection.state_row import UnitNow
from models.plant import Plant

NOW_S = int(datetime(2026, 11, 24, 1, 30, tzinfo=UTC).timestamp())
"""06:30 of 24 November in Almaty, UTC+5."""
HOUR_S = 3600


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    file = tmp_path_factory.mktemp("plant") / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    return load(file).plant


def now(
    unit: str, state: UnitState, *, at_s: int = NOW_S, since_s: int = NOW_S - HOUR_S, cause_unit: str = ""
) -> UnitNow:
    return UnitNow(
        unit=unit,
        shop="",
        product="",
        at_s=at_s,
        since_s=since_s,
        state=state,
        severity=0,
        expected_t_per_h=None,
        actual_t_per_h=None,
        drop_pct=None,
        cause_unit=cause_unit,
        evidence={language: f"{unit} {language}" for language in ("en", "ru", "kk")},
    )


def drop(
    unit: str,
    start_s: int,
    end_s: int | None = None,
    *,
    severity: int = 2,
    kind: FindingKind = FindingKind.SLOW,
    cause_unit: str = "",
) -> OutputDrop:
    return OutputDrop(
        unit=unit,
        product="pig_iron",
        kind=kind,
        severity=severity,
        start_s=start_s,
        end_s=end_s,
        cause_unit=cause_unit,
        evidence={"en": f"{unit} en", "ru": f"{unit} ru"},
    )


def looked_at(plant: Plant, *states: UnitNow, drops: tuple[OutputDrop, ...] = ()) -> Snapshot:
    now_ns = NOW_S * 10**9
    return Snapshot(plant, now_ns, now_ns, states=states, drops=drops)


def lamps(snapshot: Snapshot, language: Language = "en") -> dict[str, LampView]:
    return {lamp.unit: lamp for shop in shop_views(snapshot, language) for lamp in shop.lamps}


@pytest.mark.parametrize(
    ("state", "english", "russian", "kazakh"),
    [
        (UnitState.OK, "normal", "в норме", "қалыпты"),
        (UnitState.SLOW, "slow since 05:30", "снижен темп с 05:30", "05:30 бастап қарқыны төмен"),
        (UnitState.STOPPED, "stopped since 05:30", "остановлен с 05:30", "05:30 бастап тоқтап тұр"),
        (UnitState.PLANNED, "planned stop since 05:30", "стоит по плану с 05:30", "05:30 бастап жоспар бойынша тұр"),
        (UnitState.RAMP_UP, "ramp-up since 05:30", "выход на режим с 05:30", "05:30 бастап режимге шығу"),
        (UnitState.STALE, "no connection since 05:30", "нет связи с 05:30", "05:30 бастап байланыс жоқ"),
        (UnitState.BAD, "bad data since 05:30", "недостоверно с 05:30", "05:30 бастап сенімсіз"),
        (UnitState.MISSING, "no data since 05:30", "нет данных с 05:30", "05:30 бастап дерек жоқ"),
    ],
)
def test_a_lamp_tells_the_state_since_when_and_its_evidence_in_the_language_of_the_page(
    plant: Plant, state: UnitState, english: str, russian: str, kazakh: str
) -> None:
    told: tuple[tuple[Language, str], ...] = (("en", english), ("ru", russian), ("kk", kazakh))
    for language, expected in told:
        lamp = lamps(looked_at(plant, now("bf3", state)), language)["bf3"]
        assert (lamp.state, lamp.state_text) == (state.name.lower(), expected)
        assert lamp.detail == f"bf3 {language}"


def test_a_state_of_yesterday_is_told_with_its_date(plant: Plant) -> None:
    lamp = lamps(looked_at(plant, now("bf3", UnitState.STOPPED, since_s=NOW_S - 8 * HOUR_S)), "ru")["bf3"]
    assert lamp.state_text == "остановлен с 23.11 22:30"


def test_a_lamp_names_what_its_state_follows_from(plant: Plant) -> None:
    shown = lamps(looked_at(plant, now("cast1", UnitState.STOPPED, cause_unit="bf3")), "ru")
    assert shown["cast1"].cause == "вследствие: Доменная печь 3"
    assert lamps(looked_at(plant, now("cast1", UnitState.STOPPED)), "ru")["cast1"].cause == ""


def test_a_state_that_nobody_told_lately_is_not_shown_as_one_of_now(plant: Plant) -> None:
    old = now("bf3", UnitState.OK, at_s=NOW_S - STATES_SILENT_AFTER_S - 1)
    lamp = lamps(looked_at(plant, old))["bf3"]
    assert (lamp.state, lamp.state_text) == ("silent", "no news since 06:27")
    assert lamp.detail == "No news of its state since 06:27. The last was: bf3 en"
    fresh = now("bf3", UnitState.OK, at_s=NOW_S - STATES_SILENT_AFTER_S)
    assert lamps(looked_at(plant, fresh))["bf3"].state == "ok"


def test_a_unit_of_which_nothing_was_told_has_no_data(plant: Plant) -> None:
    shown = lamps(looked_at(plant, now("bf3", UnitState.OK)))
    assert (shown["bf2"].state, shown["bf2"].state_text) == ("missing", "no data")
    assert "has not said" in shown["bf2"].detail


def test_units_are_counted_by_state(plant: Plant) -> None:
    snapshot = looked_at(plant, now("bf2", UnitState.OK), now("bf3", UnitState.STOPPED), now("bf4", UnitState.OK))
    shops = shop_views(snapshot, "en")
    told = [count.told for count in unit_counts(shops, "en")]
    assert told == ["normal: 2", "stopped: 1", f"no data: {len(lamps(snapshot)) - 3}"]


def test_drops_that_last_come_first_by_severity_and_ended_ones_newest_first(plant: Plant) -> None:
    drops = (
        drop("hsm", NOW_S - 9 * HOUR_S, NOW_S - 8 * HOUR_S),
        drop("coke1", NOW_S - 5 * HOUR_S, NOW_S - 4 * HOUR_S),
        drop("cast1", NOW_S - 2 * HOUR_S, severity=2, cause_unit="bf3"),
        drop("bf3", NOW_S - HOUR_S, severity=1, kind=FindingKind.STOP),
    )
    views = drop_views(looked_at(plant, now("bf3", UnitState.STOPPED), drops=drops), "ru")
    assert [view.unit for view in views] == ["bf3", "cast1", "coke1", "hsm"]
    first, second, third, last = views
    assert (first.severity, first.lasts, first.what, first.when) == ("P1", True, "остановка", "с 05:30")
    assert first.lasted == f"1{NO_BREAK_SPACE}ч 0{NO_BREAK_SPACE}мин"
    assert (first.cause, second.cause) == ("", "Доменная печь 3")
    assert first.evidence == "bf3 ru"
    assert (third.lasts, third.when) == (False, "01:30 - 02:30")
    assert last.when == "23.11 21:30 - 22:30"


def test_a_drop_is_not_said_to_last_longer_than_anybody_looked(plant: Plant) -> None:
    silent = now("bf3", UnitState.STOPPED, at_s=NOW_S - HOUR_S)
    (view,) = drop_views(looked_at(plant, silent, drops=(drop("bf3", NOW_S - 2 * HOUR_S),)), "en")
    assert view.lasted == f"1{NO_BREAK_SPACE}h 0{NO_BREAK_SPACE}min"


def test_no_drops_are_claimed_only_while_the_collector_looks(plant: Plant) -> None:
    assert no_drops_text(looked_at(plant, now("bf3", UnitState.OK)), "en").startswith("None now")
    silent = now("bf3", UnitState.OK, at_s=NOW_S - HOUR_S)
    for snapshot in (looked_at(plant), looked_at(plant, silent)):
        assert no_drops_text(snapshot, "en").startswith("Not known")


def test_a_span_is_told_to_the_minute_and_from_two_days_on_to_the_hour() -> None:
    told = [duration(seconds, "en").replace(NO_BREAK_SPACE, " ") for seconds in (59, 3599, 13_200, 273_600)]
    assert told == ["0 min", "59 min", "3 h 40 min", "3 d 4 h"]
