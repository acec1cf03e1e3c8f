"""A rehearsal as words, page and picture: three languages, one lane for units that share work, nothing unescaped."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dashboards.report.rehearsal_html import rehearsal_page
from dashboards.report.rehearsal_json import rehearsal_data
from dashboards.report.rehearsal_plot import lanes, plot_svg, write_plot
from dashboards.report.rehearsal_texts import TEXTS
from dashboards.report.rehearsal_view import rehearsal_view
from models.detection.expected.expected import SteadyExpected
from models.detection.minutes.observed import WorksMinutes
from models.rehearsal.labels import CaseRecord, Label
from models.rehearsal.rehearsal import Rehearsal, Yardstick, rehearsed
from models.works.localize import LANGUAGES, Language
from tests.models.detection.expected.test_planned import PLANT
from tests.models.rehearsal.works import HOUR, START_S, episode, minutes_of

CONVERTERS = ("bof1", "bof2", "bof3")


@pytest.fixture(scope="module")
def rehearsal() -> Rehearsal:
    """A day: bf3 lacks a target, mine1 was silent for three hours; one alert is kept, twenty are gained."""
    mine = minutes_of(1440, counted=8.0)
    mine.heard[60:240] = False
    heats = [(minute, 300.0) for minute in range(0, 1440, 50)]
    units = {"mine1": mine, "bf3": minutes_of(1440), **{code: minutes_of(1440, events=heats) for code in CONVERTERS}}
    kept = episode("mine1", 5.0, 6.0, 8.0)
    more = [episode("bof1", hour, hour + 0.5, hour + 0.9, severity=1) for hour in range(2, 22)]
    expected = SteadyExpected({"mine1": 500.0, **dict.fromkeys(CONVERTERS, 130.0)})
    return rehearsed(Yardstick(plant=PLANT, expected=expected), WorksMinutes(START_S, units), ([kept], [kept, *more]))


def test_every_text_is_there_in_the_three_languages() -> None:
    assert [key for key, words in TEXTS.items() if set(words) != set(LANGUAGES) or not all(words.values())] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_view_says_what_was_gained_and_how_many_it_leaves_out(rehearsal: Rehearsal, language: Language) -> None:
    view = rehearsal_view(rehearsal, "p.yaml", language, most=12)
    summary, by_unit, gained = view.tables
    assert [row[1:] for row in summary.rows][:3] == [("1", "21"), ("0", "0"), ("1", "21")]
    assert {row[0]: row[1:5] for row in by_unit.rows} == {
        "bof1": ("0", "0", "0", "20"),
        "mine1": ("1", "1", "0", "0"),
    }
    assert len(gained.rows) == 12
    assert "8" in gained.more
    assert gained.rows[0][0] == "2026-04-07 02:30"
    assert len(rehearsal_view(rehearsal, "p.yaml", language).tables[2].rows) == 20
    unheard = dict(view.header)[TEXTS["no_data"][language]]
    assert unheard == f"mine1: {'3.0' if language == 'en' else '3,0'} {TEXTS['h'][language]}"


def test_numbers_are_written_as_people_of_the_language_do(rehearsal: Rehearsal) -> None:
    rows = dict(row[::2] for row in rehearsal_view(rehearsal, "p.yaml", "ru").tables[0].rows)
    assert rows[TEXTS["false_a_month"]["ru"]] == "639,2"


def test_a_page_stands_alone_and_escapes_what_people_wrote(rehearsal: Rehearsal) -> None:
    label = Label(units=("mine1",), start_s=START_S, end_s=START_S + HOUR, what="<b>fire</b>")
    works = WorksMinutes(START_S, {"mine1": minutes_of(120, counted=1.0)})
    record = CaseRecord("<script>", "a & b", [label])
    yardstick = Yardstick(plant=PLANT, expected=SteadyExpected({"mine1": 60.0}), case=record)
    case = rehearsed(yardstick, works, ([], []))
    page = rehearsal_page(
        [(rehearsal_view(shown, "<p>.yaml", "en"), "<svg></svg>") for shown in (rehearsal, case)], "en"
    )
    assert "<script" not in page
    assert "&lt;b&gt;fire&lt;/b&gt;" in page
    assert "a &amp; b" in page
    assert page.count("<svg>") == 2
    assert "http" not in page


def test_units_that_are_judged_together_have_one_lane_and_no_data_is_no_zero(rehearsal: Rehearsal) -> None:
    found = {tuple(lane.units): lane for lane in lanes(rehearsal)}
    assert set(found) == {("mine1",), ("bf3",), CONVERTERS}
    assert np.isnan(found["mine1",].made[1:4]).all()
    assert found["mine1",].made[5] == pytest.approx(480.0)
    assert found[CONVERTERS].due[3] == pytest.approx(390.0)
    assert found[CONVERTERS].measure == "t_per_h"


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_is_drawn_the_same_each_time_in_every_language(
    rehearsal: Rehearsal, tmp_path: Path, language: Language
) -> None:
    assert plot_svg(rehearsal, language) == plot_svg(rehearsal, language)
    write_plot(rehearsal, tmp_path / "a.png", language)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_is_drawn_where_there_is_nothing_to_show() -> None:
    empty = rehearsed(
        Yardstick(plant=PLANT, expected=SteadyExpected({})), WorksMinutes(START_S, {"bf3": minutes_of(30)}), ([], [])
    )
    assert "<svg" in plot_svg(empty, "en")
    assert "<svg" in plot_svg(replace(empty, curves={}), "en")


def test_plain_data_is_the_same_for_every_reader(rehearsal: Rehearsal) -> None:
    data = rehearsal_data(rehearsal, "p.yaml")
    assert (data["kept"], data["lost"], data["gained"]) == (1, 0, 20)
    assert data["proposed"]["not_borne_out"] == 21
    assert data["proposed"]["false_p1_a_month"] == pytest.approx(20 * 365.25 / 12)
    assert "happened" not in data
