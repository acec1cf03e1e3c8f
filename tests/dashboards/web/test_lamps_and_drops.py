"""What the page says of units and their drops, from a snapshot alone, with a clock that the test holds."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from collector.config.load import load
from collector.simulation.plant_config import plant_yaml
from dashboards.web.drops import DropView, drop_views
from dashboards.web.lamps import LampView, shop_views, unit_counts
from dashboards.web.numbers import duration
from dashboards.web.snapshot import Snapshot
from models.alerts.not_known import STATES_SILENT_AFTER_S
from models.detection.finding import Episode, FindingKind
from models.detection.output_drop import OutputDrop
from models.detection.state_row import UnitNow
from models.works.codes import UnitState
from models.works.localize import NO_BREAK_SPACE, Language
from models.works.plant import Plant
from tests.dashboards.web.findings import finding_of

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


def found(drop: OutputDrop, lost_t: float | None, cleared_s: int | None = None, **ahead_t: float) -> Episode:
    """What alerts know of a drop: its sentence is newer than the one that is kept."""
    evidence = {"en": f"{drop.unit} now", "ru": f"{drop.unit} теперь"}
    return Episode(finding_of(drop, lost_t, ahead_t, evidence), cleared_s)


def looked_at(
    plant: Plant, *states: UnitNow, drops: tuple[OutputDrop, ...] = (), episodes: tuple[Episode, ...] = ()
) -> Snapshot:
    now_ns = NOW_S * 10**9
    return Snapshot(plant, now_ns, now_ns, states=states, drops=drops, episodes=episodes)


def shown(snapshot: Snapshot, language: Language = "en") -> dict[str, DropView]:
    return {view.unit: view for view in drop_views(snapshot, language)}


def losses(view: DropView) -> list[str]:
    return [f"{loss.label}: {loss.amount}".replace(NO_BREAK_SPACE, " ") for loss in view.losses]


def lamps(snapshot: Snapshot, language: Language = "en") -> dict[str, LampView]:
    return {lamp.unit: lamp for shop in shop_views(snapshot, language) for lamp in shop.lamps}


@pytest.mark.parametrize(
    ("state", "english", "russian", "kazakh"),
    [
        (UnitState.OK, "normal", "в норме", "қалыпты"),
        (UnitState.SLOW, "slow since 05:30", "снижен темп с 05:30", "05:30 бастап қарқыны төмен"),
        (UnitState.STOPPED, "stopped since 05:30", "остановка с 05:30", "05:30 бастап тоқтап тұр"),
        (UnitState.PLANNED, "planned stop since 05:30", "стоит по плану с 05:30", "05:30 бастап жоспар бойынша тұр"),
        (UnitState.RAMP_UP, "ramp-up since 05:30", "выход на режим с 05:30", "05:30 бастап режимге шығу"),
        (UnitState.STALE, "no connection since 05:30", "нет связи с 05:30", "05:30 бастап байланыс жоқ"),
        (UnitState.BAD, "bad data since 05:30", "недостоверно с 05:30", "05:30 бастап сенімсіз"),
        (UnitState.MISSING, "no data since 05:30", "нет данных с 05:30", "05:30 бастап дерек жоқ"),
    ],
)
def test_a_lamp_shows_the_state_since_when_and_its_evidence_in_the_language_of_the_page(
    plant: Plant, state: UnitState, english: str, russian: str, kazakh: str
) -> None:
    told: tuple[tuple[Language, str], ...] = (("en", english), ("ru", russian), ("kk", kazakh))
    for language, expected in told:
        lamp = lamps(looked_at(plant, now("bf3", state)), language)["bf3"]
        assert (lamp.state, lamp.state_text) == (state.name.lower(), expected)
        assert lamp.detail == f"bf3 {language}"


def test_a_state_of_yesterday_is_shown_with_its_date(plant: Plant) -> None:
    lamp = lamps(looked_at(plant, now("bf3", UnitState.STOPPED, since_s=NOW_S - 8 * HOUR_S)), "ru")["bf3"]
    assert lamp.state_text == "остановка с 23.11 22:30"


def test_a_lamp_names_what_its_state_follows_from(plant: Plant) -> None:
    shown = lamps(looked_at(plant, now("cast1", UnitState.STOPPED, cause_unit="bf3")), "ru")
    assert shown["cast1"].cause == "вследствие: Доменная печь 3"
    assert lamps(looked_at(plant, now("cast1", UnitState.STOPPED)), "ru")["cast1"].cause == ""


def test_a_state_without_a_recent_report_is_not_shown_as_one_of_now(plant: Plant) -> None:
    old = now("bf3", UnitState.OK, at_s=NOW_S - STATES_SILENT_AFTER_S - 1)
    lamp = lamps(looked_at(plant, old))["bf3"]
    assert (lamp.state, lamp.state_text) == ("silent", "no update since 06:27")
    assert lamp.detail == "No update of its state since 06:27. The last was: bf3 en"
    fresh = now("bf3", UnitState.OK, at_s=NOW_S - STATES_SILENT_AFTER_S)
    assert lamps(looked_at(plant, fresh))["bf3"].state == "ok"


def test_a_unit_that_was_never_reported_has_no_data(plant: Plant) -> None:
    shown = lamps(looked_at(plant, now("bf3", UnitState.OK)))
    assert (shown["bf2"].state, shown["bf2"].state_text) == ("missing", "no data")
    assert "has not reported a state" in shown["bf2"].detail


def test_units_are_counted_by_state(plant: Plant) -> None:
    snapshot = looked_at(plant, now("bf2", UnitState.OK), now("bf3", UnitState.STOPPED), now("bf4", UnitState.OK))
    shops = shop_views(snapshot, "en")
    told = [count.text for count in unit_counts(shops, "en")]
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


def test_a_drop_that_lasts_is_described_by_what_holds_now_and_one_that_is_over_by_what_is_kept(plant: Plant) -> None:
    lasts, over = drop("bf3", NOW_S - HOUR_S), drop("hsm", NOW_S - 4 * HOUR_S, NOW_S - 2 * HOUR_S)
    episodes = (found(lasts, 90.0), found(over, 700.0, NOW_S - 2 * HOUR_S))
    views = shown(looked_at(plant, drops=(lasts, over), episodes=episodes), "ru")
    assert (views["bf3"].evidence, views["hsm"].evidence) == ("bf3 теперь", "hsm ru")
    assert shown(looked_at(plant, drops=(lasts,)))["bf3"].evidence == "bf3 en", "nothing newer is known"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            [
                "Short so far: 208 t (Pig iron)",
                "Will be short downstream for each day of it: Steel 5,410 t; Slab 5,300 t",
            ],
        ),
        (
            "ru",
            [
                "Недодано к этому времени: 208 т (Чугун)",
                "Недовыпуск следующих переделов за каждые такие сутки: Сталь 5 410 т; Сляб 5 300 т",
            ],
        ),
        (
            "kk",
            [
                "Осы уақытқа дейін жетіспеді: 208 т (Шойын)",
                "Осындай әр тәулікте әрі қарай жетіспейді: Болат 5 410 т; Сляб 5 300 т",
            ],
        ),
    ],
)
def test_a_drop_says_what_is_short_so_far_and_what_a_day_of_it_costs_downstream(
    plant: Plant, language: Language, told: list[str]
) -> None:
    lasts = drop("bf3", NOW_S - HOUR_S)
    episodes = (found(lasts, 208.3, slab=5300.0, steel_liquid=5410.0),)
    assert losses(shown(looked_at(plant, drops=(lasts,), episodes=episodes), language)["bf3"]) == told


def test_a_drop_that_is_over_says_what_was_short_in_all_and_by_that_downstream(plant: Plant) -> None:
    over = drop("bf3", NOW_S - 4 * HOUR_S, NOW_S - 2 * HOUR_S)
    other = drop("bf3", NOW_S - 9 * HOUR_S, NOW_S - 8 * HOUR_S)
    episodes = (found(other, 50.0, NOW_S - 8 * HOUR_S), found(over, 400.0, NOW_S - 2 * HOUR_S + 120, slab=9.0))
    newest, _ = drop_views(looked_at(plant, drops=(other, over), episodes=episodes), "en")
    assert losses(newest) == [
        "Short in all: 400 t (Pig iron)",
        "Short downstream by that: Steel 428 t; Slab 416 t; Rolled products 405 t",
    ]


def test_what_is_short_downstream_is_shown_once_by_the_cause_and_by_the_consequence_where_the_cause_is_over(
    plant: Plant,
) -> None:
    cause = drop("bf3", NOW_S - 5 * HOUR_S)
    follows = drop("bof1", NOW_S - HOUR_S, cause_unit="bf3")
    episodes = (found(cause, 900.0, steel_liquid=5000.0), found(follows, 30.0, slab=700.0))
    views = shown(looked_at(plant, drops=(cause, follows), episodes=episodes))
    assert (views["bof1"].cause, losses(views["bof1"])) == ("BF 3", ["Short so far: 30 t (Pig iron)"])
    assert len(losses(views["bf3"])) == 2
    works_again = (replace(cause, end_s=NOW_S - 60), follows)
    ended = (found(cause, 900.0, NOW_S - 60), episodes[1])
    assert losses(shown(looked_at(plant, drops=works_again, episodes=ended))["bof1"])[1:] == [
        "Will be short downstream for each day of it: Slab 700 t"
    ]


def test_tonnes_of_a_slow_down_and_the_stop_that_it_became_are_shown_for_neither_alone(plant: Plant) -> None:
    turned_s, end_s = NOW_S - 3 * HOUR_S, NOW_S - 3 * HOUR_S + 200
    slow, stop = drop("bf3", NOW_S - 5 * HOUR_S, turned_s), drop("bf3", turned_s, end_s, kind=FindingKind.STOP)
    both = looked_at(plant, drops=(slow, stop), episodes=(found(slow, 300.0, end_s),))
    assert [view.losses for view in drop_views(both, "en")] == [(), ()]


def test_what_is_found_of_data_or_of_a_trend_says_nothing_of_a_drop(plant: Plant) -> None:
    lasts = drop("bf3", NOW_S - HOUR_S)
    others = [
        Episode(replace(found(lasts, 9.0).finding, kind=kind), None) for kind in (FindingKind.BAD, FindingKind.DRIFT)
    ]
    view = shown(looked_at(plant, drops=(lasts,), episodes=tuple(others)))["bf3"]
    assert (view.evidence, view.losses) == ("bf3 en", ())


def test_a_span_is_shown_to_the_minute_and_from_two_days_on_to_the_hour() -> None:
    told = [duration(seconds, "en").replace(NO_BREAK_SPACE, " ") for seconds in (59, 3599, 13_200, 273_600)]
    assert told == ["0 min", "59 min", "3 h 40 min", "3 d 4 h"]
