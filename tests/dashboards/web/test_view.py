"""What the page says, from a snapshot alone: no browser, no ledger, a clock that the test holds."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from collector.config.load import load
from collector.simulation.plant_config import plant_yaml
from dashboards.web.cards import ProductCard
from dashboards.web.chart import axis_top, chart_options
from dashboards.web.numbers import age, number
from dashboards.web.snapshot import Snapshot
from dashboards.web.texts import TEXTS, chosen_language
from dashboards.web.view import DeskView, desk_view
from models.tables.desk_data import OutputPoint, SourceStatus
from models.works.localize import LANGUAGES, NO_BREAK_SPACE, Language
from models.works.plant import Plant

S = 10**9
HOUR = 3600 * S
DAY_START = int(datetime(2026, 11, 23, 19, tzinfo=UTC).timestamp()) * S
"""Midnight of 24 November in Almaty, UTC+5."""
NOW = DAY_START + 6 * HOUR + 30 * 60 * S


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    file = tmp_path_factory.mktemp("plant") / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    return load(file).plant


def site_row(product: str, start_ns: int, span_ns: int, tonnes: float | None, level: str = "site") -> OutputPoint:
    return OutputPoint("all", "all", product, level, start_ns, start_ns, start_ns + span_ns, tonnes, 97.25, 0)


def health(time_ns: int = NOW, *, up: bool = True) -> SourceStatus:
    return SourceStatus("plc", time_ns, up, 0.5, 1_234_567, 3, "" if up else "refused")


@pytest.fixture
def seen(plant: Plant) -> Callable[..., DeskView]:
    def look(
        language: Language = "en",
        *,
        days: Sequence[OutputPoint] = (),
        hours: Sequence[OutputPoint] = (),
        sources: Sequence[SourceStatus] = (health(),),
        read_ns: int | None = NOW,
        error: str = "",
    ) -> DeskView:
        return desk_view(Snapshot(plant, NOW, read_ns, days, hours, sources, error=error), language)

    return look


Seen = Callable[..., DeskView]


def test_a_figure_is_the_published_row_of_the_site_and_of_today_and_no_other(seen: Seen) -> None:
    day = 24 * HOUR
    rows = [
        site_row("pig_iron", DAY_START - day, day, 9999.0),
        site_row("pig_iron", DAY_START, day, 1111.0, level="shop"),
        site_row("pig_iron", DAY_START, day, 2345.678),
        site_row("coal_raw", DAY_START, day, 12.5),
    ]
    cards = {card.product: card for card in seen(days=rows).cards}
    assert (cards["pig_iron"].actual, cards["pig_iron"].exact_t) == ("2,346", "2345.678")
    assert (cards["coal_raw"].actual, cards["coal_raw"].exact_t) == ("13", "12.500")


def hour_rows(product: str, hours: Sequence[tuple[float | None, float | None]]) -> list[OutputPoint]:
    """(actual, target) of each hour from the start of the day; None, None: no row."""
    return [
        replace(site_row(product, DAY_START + number * HOUR, HOUR, actual), target_t=target)
        for number, (actual, target) in enumerate(hours)
        if (actual, target) != (None, None)
    ]


def card_of(view: DeskView, product: str = "pig_iron") -> ProductCard:
    (card,) = (each for each in view.cards if each.product == product)
    return card


def test_target_so_far_attainment_and_completeness_follow_from_published_rows_and_the_clock(seen: Seen) -> None:
    day = replace(site_row("pig_iron", DAY_START, 24 * HOUR, 1170.0), target_t=4800.0)
    card = card_of(seen("ru", days=[day], hours=hour_rows("pig_iron", [(180.0, 200.0)] * 6 + [(90.0, 200.0)])))
    assert card.target == f"4{NO_BREAK_SPACE}800{NO_BREAK_SPACE}т"
    assert card.target_so_far == f"1{NO_BREAK_SPACE}300{NO_BREAK_SPACE}т"
    assert card.attainment == f"90,0{NO_BREAK_SPACE}%"
    assert card.completeness == f"97,3{NO_BREAK_SPACE}%"
    assert card.level == "behind"
    assert card.mark_pct == pytest.approx(27.1)


def test_a_furnace_in_repair_until_noon_is_due_nothing_before(seen: Seen) -> None:
    day = replace(site_row("pig_iron", DAY_START, 24 * HOUR, 0.0), target_t=2500.0)
    card = card_of(seen(days=[day], hours=hour_rows("pig_iron", [(0.0, 0.0)] * 7)))
    assert (card.target_so_far, card.attainment, card.level) == ("0\u00a0t", "no data", "unknown")


def test_an_hour_that_nobody_watched_is_held_against_nobody(seen: Seen) -> None:
    hours = hour_rows("pig_iron", [(None, None)] * 4 + [(200.0, 200.0), (200.0, 200.0), (100.0, 200.0)])
    card = card_of(seen(days=[site_row("pig_iron", DAY_START, 24 * HOUR, 500.0)], hours=hours))
    assert (card.target_so_far, card.attainment, card.level) == ("500\u00a0t", "100.0\u00a0%", "ok")


def test_an_hour_that_was_hardly_watched_is_not_judged(seen: Seen) -> None:
    hours = hour_rows("pig_iron", [(None, None)] * 3 + [(9.0, 200.0), (200.0, 200.0), (200.0, 200.0), (100.0, 200.0)])
    hours[0] = replace(hours[0], completeness_pct=5.0)
    card = card_of(seen(days=[site_row("pig_iron", DAY_START, 24 * HOUR, 509.0)], hours=hours))
    assert (card.target_so_far, card.attainment, card.level) == ("500\u00a0t", "100.0\u00a0%", "ok")


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_two_hours_were_watched_it_is_too_early_for_a_verdict_and_the_card_says_so(
    seen: Seen, language: Language
) -> None:
    hours = hour_rows("pig_iron", [(None, None)] * 5 + [(7.0, 200.0), (1.0, 200.0)])
    card = card_of(seen(language, days=[site_row("pig_iron", DAY_START, 24 * HOUR, 8.0)], hours=hours))
    assert (card.attainment, card.level) == (TEXTS["too_little_watched"][language], "unknown")


def test_in_the_first_minute_of_a_day_it_is_too_early_and_not_unknown(seen: Seen) -> None:
    hours = [replace(hour_rows("pig_iron", [(0.0, 200.0)] * 7)[-1], completeness_pct=0.0)]
    card = card_of(seen(days=[site_row("pig_iron", DAY_START, 24 * HOUR, 0.0)], hours=hours))
    assert (card.attainment, card.level) == (TEXTS["too_little_watched"]["en"], "unknown")


def test_without_published_targets_there_is_no_verdict(seen: Seen) -> None:
    hours = hour_rows("pig_iron", [(200.0, None)] * 7)
    card = card_of(seen(days=[site_row("pig_iron", DAY_START, 24 * HOUR, 1400.0)], hours=hours))
    assert (card.target, card.target_so_far, card.attainment) == ("no data", "no data", "no data")
    assert (card.level, card.chart.target_text) == ("unknown", "")
    assert {bar.target for bar in card.chart.bars} == {None}


def test_zero_is_a_figure_and_missing_is_not(seen: Seen) -> None:
    day = 24 * HOUR
    view = seen(
        days=[site_row("pig_iron", DAY_START, day, 0.0), site_row("coal_raw", DAY_START, day, None)],
        hours=hour_rows("pig_iron", [(0.0, 200.0)] * 7),
    )
    cards = {card.product: card for card in view.cards}
    assert (cards["pig_iron"].actual, cards["pig_iron"].exact_t, cards["pig_iron"].level) == ("0", "0.000", "low")
    for product in ("coal_raw", "rolled"):
        card = cards[product]
        assert (card.actual, card.exact_t, card.attainment, card.level) == ("no data", None, "no data", "unknown")


def test_hours_tell_known_running_missing_and_future_apart(seen: Seen) -> None:
    hours = [site_row("pig_iron", DAY_START + hour * HOUR, HOUR, 100.0 + hour) for hour in (0, 1, 2, 4, 6)]
    (card,) = (each for each in seen(hours=hours).cards if each.product == "pig_iron")
    bars = card.chart.bars
    assert len(bars) == 24
    assert [bar.actual for bar in bars[:8]] == [100, 101, 102, None, 104, None, 106, None]
    assert [number for number, bar in enumerate(bars) if bar.missing] == [3, 5]
    assert [number for number, bar in enumerate(bars) if bar.running] == [6]
    assert bars[3].tip[:2] == ("03:00 - 04:00", "Actual: no data")
    assert not any("Actual" in line for line in bars[7].tip)


def test_a_chart_that_knows_nothing_says_so_and_one_that_knows_paints_nothing_over_its_bars(seen: Seen) -> None:
    (card,) = (each for each in seen("kk").cards if each.product == "pig_iron")
    empty = chart_options(card.chart, "kk")
    assert empty["graphic"][0]["style"]["text"] == TEXTS["no_data"]["kk"]
    assert {bar["value"] for bar in empty["series"][0]["data"]} == {None}
    hours = [site_row("pig_iron", DAY_START, HOUR, 5.0)]
    (card,) = (each for each in seen("kk", hours=hours).cards if each.product == "pig_iron")
    words, _ = chart_options(card.chart, "kk")["graphic"]
    assert words["invisible"] is True
    assert (words["style"]["text"], words["style"][":backgroundColor"]) == ("", "'transparent'")


@pytest.mark.parametrize("highest", [0.0007, 0.3, 1, 7, 99, 371, 398, 436, 500, 1000, 1413, 12_000])
def test_an_axis_holds_its_bars_in_three_to_five_round_steps(highest: float) -> None:
    top, step = axis_top(highest)
    assert top >= highest * (1 - 1e-9)
    assert round(top / step) in (3, 4, 5)
    assert top == pytest.approx(round(top / step) * step)
    assert f"{step:.0e}"[0] in "125"


def test_a_kilotonne_product_is_rounded_from_its_grams(plant: Plant) -> None:
    products = {**plant.products, "pig_iron": replace(plant.products["pig_iron"], display_unit="kt")}
    plant = replace(plant, products=products)
    rows = [site_row("pig_iron", DAY_START, 24 * HOUR, 1005.0)]
    view = desk_view(Snapshot(plant, NOW, NOW, rows, (), (health(),)), "kk")
    (card,) = (each for each in view.cards if each.product == "pig_iron")
    assert (card.actual, card.unit, card.exact_t) == ("1,01", "мың т", "1005.000")


def test_the_warning_tells_waiting_silence_and_an_unreadable_ledger_apart(seen: Seen) -> None:
    assert seen().warning == ""
    waiting = seen(sources=())
    assert waiting.waiting
    assert waiting.warning.startswith("Waiting for the collector")
    silent = seen(sources=(health(NOW - 31 * S),))
    assert not silent.waiting
    assert "silent since 06:29." in silent.warning
    assert "since 23.11 06:30" in seen(sources=(health(NOW - 24 * HOUR),)).warning
    broken = seen(read_ns=NOW - 60 * S, error="ledger.db is of a newer version")
    assert "as of 06:29:00" in broken.warning
    assert broken.reason == "ledger.db is of a newer version"
    never = seen(read_ns=None, sources=(), error="locked")
    assert (never.waiting, never.reason) == (False, "locked")
    assert "cannot be read" in never.warning


def test_a_source_grows_older_while_nobody_reports(seen: Seen) -> None:
    (source,) = seen(sources=(health(NOW - 20 * S, up=False),)).sources
    assert (source.state, source.age, source.last_error) == ("down", f"20{NO_BREAK_SPACE}s", "refused")
    assert seen(sources=(health(NOW - 31 * S),)).sources[0].state == "silent"


@pytest.mark.parametrize(
    ("value", "decimals", "english", "russian"),
    [
        (1234567.5, 0, "1,234,568", "1 234 568"),
        (Decimal("0.05"), 1, "0.1", "0,1"),
        (-1234.25, 1, "-1,234.3", "-1 234,3"),
        (0.0, 0, "0", "0"),
        (None, 0, "no data", "нет данных"),
    ],
)
def test_numbers_are_written_as_each_language_does(
    value: float | Decimal | None, decimals: int, english: str, russian: str
) -> None:
    assert number(value, "en", decimals) == english
    expected = russian if value is None else russian.replace(" ", NO_BREAK_SPACE)
    assert number(value, "ru", decimals) == expected


def test_ages_are_shown_in_their_largest_unit() -> None:
    told = [age(seconds, "en") for seconds in (0.4, 119, 120, 7200, 172_800, None)]
    assert [each.replace(NO_BREAK_SPACE, " ") for each in told] == ["0 s", "119 s", "2 min", "2 h", "2 d", "no data"]


def test_every_text_is_there_in_every_language_with_the_same_blanks() -> None:
    for key, texts in TEXTS.items():
        assert set(texts) == set(LANGUAGES), key
        assert all(texts.values()), key
        assert len({each.count("{since}") for each in texts.values()}) == 1, key


def test_the_browsers_wish_is_followed_where_we_speak_it() -> None:
    assert chosen_language("de-DE,kk;q=0.8,en;q=0.5") == "kk"
    assert chosen_language("ru-KZ") == "ru"
    assert chosen_language("de") == "en"
    assert chosen_language(None) == "en"


def test_the_glossarys_words_are_used() -> None:
    """Terms that the works agreed on; a synonym on the page would be read as another figure."""
    assert TEXTS["target"]["ru"].lower() in "суточное задание"
    assert TEXTS["day_target"] == {
        "en": "Day target",
        "ru": "Суточное задание",
        "kk": "Тәуліктік тапсырма",
    }
    assert TEXTS["attainment"]["ru"] == "Выполнение"
    assert TEXTS["no_data"]["kk"] == "дерек жоқ"


def test_the_stylesheet_and_the_texts_load_nothing_from_elsewhere() -> None:
    style = (Path(__file__).parents[3] / "dashboards" / "web" / "style.css").read_text(encoding="utf-8")
    assert "http" not in style
    assert "@import" not in style
    assert not any("http" in told for texts in TEXTS.values() for told in texts.values())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Not known now: BF 3 (blast), Mine 1 (belt) and 1 more"),
        ("ru", "Сейчас неизвестно: Доменная печь 3 (дутьё)"),
    ],
)
def test_a_signal_that_is_not_known_now_is_named_in_the_language_and_is_no_error(
    seen: Seen, language: Language, words: str
) -> None:
    stale = replace(health(), stale=("bf3.blast", "mine1.belt", "a_tag.that_went"))
    (source,) = seen(language, sources=(stale,)).sources
    assert source.last_error == ""
    assert source.not_fresh.replace(", and", " and").startswith(words)
    (silent,) = seen(language, sources=(replace(stale, time_ns=NOW - 31 * S),)).sources
    assert silent.not_fresh == "", "what a silent collector said of then is not of now"
