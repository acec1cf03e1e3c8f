"""Evidence: one whole sentence in each language, with the readings that led to it."""

import re
from dataclasses import replace

import pytest

from models.detection.judgement import Basis
from models.detection.sentences import Evidence
from models.works.codes import Quality, UnitState
from models.works.localize import LANGUAGES
from tests.models.detection.minutes_of import (
    ALL,
    NONE,
    Face,
    Line,
    Works,
    caster,
    converter,
    furnace,
    line,
    mine,
    small_furnace,
)
from tests.models.detection.small_works import HOUR, ZONE

LINED = {"bof1": Face(activity=NONE, output=NONE)}
RELINING = {"bof1": [(0.0, 200.0)]}
BLOWN = converter(0.5)
DRIFTING = Line(tuple(range(0, 90 * HOUR, HOUR)), tuple(max(80.0, 100 - hour / 3) for hour in range(90)))


def _away_before(works: Works, hour: float) -> Works:
    works.until(hour)
    works.watch.was_away(works.watch.at_s - 600, works.watch.at_s)
    return works


SHOWN: dict[Basis, tuple[str, Works, float]] = {
    Basis.WORKS: ("bf3", Works(bf3=furnace(), bf2=small_furnace()), 2),
    Basis.ACTIVITY_STOP: ("bf3", Works(bf3=furnace(line(100, (10, 3))), bf2=small_furnace()), 11),
    Basis.NO_EVENT: ("coke1", Works(coke1=Face(piece_t=15.0, output=line(100, (4, 0)))), 5),
    Basis.OVERRUN: ("bf3", Works(bf3=furnace(line(100, (4, 0))), windows={"bf3": [(4, 6)]}), 8),
    Basis.ACTIVITY_SLOW: ("bf3", Works(bf3=furnace(line(100, (4, 80))), bf2=small_furnace()), 6),
    Basis.PACE: ("mine1", Works(mine1=mine(line(100, (12, 50)))), 20),
    Basis.REPAIR: ("bf3", Works(bf3=furnace(line(100, (4, 0))), windows={"bf3": [(4, 30)]}), 6),
    Basis.WAITING: ("cast1", Works(cast1=caster(line(100, (4, 0))), cast2=caster(line(100, (4, 0)))), 4.5),
    Basis.ALONE: (
        "bof2",
        Works(windows=RELINING, **LINED, bof2=converter(0.5, stands=[(14, 40)]), bof3=converter(1.5)),
        22,
    ),
    Basis.RAMP_UP: ("bf3", Works(bf3=furnace(line(100, (4, 0), (6, 60)), piece_t=250.0)), 8),
    Basis.SILENT: ("bf3", Works(bf3=furnace(heard=line(1, (4, 0)))), 5),
    Basis.FROZEN: ("bf3", Works(bf3=furnace(moved=line(1, (4, 0)), steady=True)), 4.5),
    Basis.BAD_QUALITY: ("bf3", Works(bf3=furnace(quality=line(Quality.GOOD, (4, Quality.BAD)))), 5),
    Basis.STUCK: ("bf3", Works(bf3=furnace(steady=True)), 5),
    Basis.UNREAD: ("bf3", Works(bf3=furnace(looked=line(1, (4, 0)))), 5),
    Basis.OTHER_ZERO: ("bf3", Works(bf3=furnace(falls=line(100, (4, 0)))), 5),
    Basis.DISAGREES: ("bf3", Works(bf3=furnace(DRIFTING, output=ALL, falls=ALL)), 80),
    Basis.ZERO_BUT_WORKS: ("bf3", Works(bf3=furnace(line(100, (4, 0)), falls=ALL, output=ALL)), 5),
    Basis.WORKS_BUT_NO_OUTPUT: ("mine1", Works(mine1=mine(output=line(100, (4, 0)))), 6),
    Basis.NEVER: ("bf3", Works(bf3=furnace(heard=NONE)), 1),
    Basis.AWAITED: ("bf3", _away_before(Works(bf3=furnace(heard=line(1, (1, 0)))), 1), 1.1),
}


def evidence(works: Works, code: str) -> dict[str, str]:
    return Evidence(works.watch, ZONE).of(code)


def test_every_basis_is_shown() -> None:
    assert set(SHOWN) == set(Basis)


@pytest.mark.parametrize("basis", Basis)
def test_every_basis_has_a_whole_sentence_in_every_language(basis: Basis) -> None:
    code, works, hour = SHOWN[basis]
    works.until(hour)
    assert works.state(code)[1] is basis
    sentences = evidence(works, code)
    assert list(sentences) == list(LANGUAGES)
    assert len(set(sentences.values())) == len(LANGUAGES)
    for language, sentence in sentences.items():
        assert sentence.startswith(works.unit(code).unit.name(language))
        assert not re.search(r"[{}]|\bnan\b|\bNone\b|  |(?<!\d) %", sentence), sentence


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_numbers_in_russian_and_kazakh_have_a_decimal_comma(basis: Basis, language: str) -> None:
    code, works, hour = SHOWN[basis]
    sentence = evidence(works.until(hour), code)[language]
    without_dates = re.sub(r"\d\d\.\d\d \d\d:\d\d", "", sentence)
    assert not re.search(r"\d\.\d", without_dates), sentence


def test_a_stop_says_what_led_to_it_what_is_due_what_siblings_do_and_what_is_read_now() -> None:
    works = Works(bf3=furnace(line(100, (10, 3), (11, 33))), bf2=small_furnace()).until(10.1)
    led_to = "BF 3 has stood since 10:00: at 10:05 blast was 10,769 of 360,000 m3/h (3 %); target 208 t/h; BF 2 works; "
    assert evidence(works, "bf3")["en"] == led_to + "at 10:06 blast is 10,825 m3/h (3 %)"
    works.until(11 + 4 / 60)
    assert works.state("bf3")[1] is Basis.ACTIVITY_STOP, "a few minutes of blast are no return to work yet"
    sentences = evidence(works, "bf3")
    assert sentences["en"] == led_to + "at 11:04 blast is 119,168 m3/h (33 %)"
    assert sentences["ru"] == (
        "ДП-3: стоит с 10:00, дутьё в 10:05: 10\u00a0769 из 360\u00a0000 м³/ч (3 %); задание 208 т/ч; в работе: ДП-2; "
        "в 11:04 дутьё: 119\u00a0168 м³/ч (33 %)"
    )
    assert sentences["kk"] == (
        "3-пеш: 10:00 бастап тұр, 10:05 үрлеу: 360\u00a0000 м³/сағ орнына 10\u00a0769 (3 %); тапсырма 208 т/сағ; "
        "жұмыста: 2-пеш; 11:04 үрлеу: 119\u00a0168 м³/сағ (33 %)"
    )


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_code_and_no_english_word_is_in_russian_and_kazakh_text(basis: Basis, language: str) -> None:
    code, works, hour = SHOWN[basis]
    assert not re.search("[A-Za-z]", evidence(works.until(hour), code)[language])


def test_a_pace_says_how_much_was_made_of_how_much_and_in_what_time() -> None:
    code, works, hour = SHOWN[Basis.PACE]
    sentence = evidence(works.until(hour), code)["en"]
    made = re.search(r"([\d,]+) t of ([\d,]+) t in ([\d.]+) h to 20:00 \((\d+) %\); target 500 t/h", sentence)
    assert made is not None
    actual, expected, _, percent = (float(part.replace(",", "")) for part in made.groups())
    assert percent == pytest.approx(100 * actual / expected, abs=0.6)
    assert "750 т из 1\u00a0500 т за 3,0 ч до 20:00 (50 %)" in evidence(works, code)["ru"]


def test_a_consequence_names_what_it_follows_from() -> None:
    cut = line(100, (8, 0))
    stands = [(10, 40)]
    works = Works(
        windows=RELINING,
        **LINED,
        bf2=small_furnace(cut),
        bf3=furnace(cut),
        bof2=converter(0.5, stands=stands),
        bof3=converter(1.5, stands=stands),
    ).until(13)
    sentences = evidence(works, "bof2")
    assert "; follows from BF 3; target 150 t/h; " in sentences["en"]
    assert "; вследствие: ДП-3; " in sentences["ru"]
    assert "; себебі: 3-пеш; " in sentences["kk"]


def test_siblings_are_told_by_what_they_do() -> None:
    works = Works(
        windows={"bof3": [(0, 30)]},
        bof1=converter(0.5),
        bof2=Face(activity=BLOWN.activity, events=BLOWN.events, heard=line(1, (10, 0))),
        bof3=LINED["bof1"],
    ).until(12)
    sentence = evidence(works, "bof2")["en"]
    assert "; BOF 1 works; BOF 3 stands" in sentence
    assert "last heard" not in sentence, "it is the time since which nothing was heard"
    assert "of BOF 2 nothing is known" in evidence(works, "bof3")["en"]


def test_a_time_of_another_day_has_its_date() -> None:
    works = Works(bf3=furnace(line(100, (20, 0)))).until(26)
    assert "since 07.04 20:00" in evidence(works, "bf3")["en"]
    assert "since 07.04 20:00: at 07.04 20:05 blast was" in evidence(works, "bf3")["en"]
    assert "; at 02:00 blast is 0.0" in evidence(works, "bf3")["en"]


def test_a_unit_without_a_name_in_a_language_has_its_english_one() -> None:
    works = Works(bf3=furnace()).until(1)
    watch = works.unit("bf3")
    status = works.watch.statuses["bf3"]
    bare = replace(watch.unit, names={"en": "BF 3"})
    works.watch.statuses["bf3"] = replace(status, unit=bare)
    assert evidence(works, "bf3")["kk"].startswith("BF 3: жұмыста")


def test_a_sibling_whose_signal_has_just_lost_its_quality_is_not_told_to_work() -> None:
    doubted = small_furnace(quality=line(Quality.GOOD, (4.05, Quality.BAD)))
    works = Works(bf3=furnace(line(100, (4, 0))), bf2=doubted).until(4.12)
    assert works.state("bf3")[0] is UnitState.STOPPED
    assert works.state("bf2")[0] is UnitState.OK
    assert "BF 2" not in evidence(works, "bf3")["en"]


def test_one_sibling_stands_and_several_stand_in_russian() -> None:
    works = Works(bf3=furnace(line(100, (4, 0))), bf2=furnace(line(100, (4, 0)))).until(4.5)
    assert "; стоит: " in evidence(works, "bf3")["ru"]


def test_a_signal_without_a_dimension_is_told_without_one() -> None:
    works = Works(bf3=furnace(line(100, (10, 3))), bf2=small_furnace())
    works.until(11)
    status = works.watch.statuses["bf3"]
    assert status.unit.activity is not None
    bare = replace(status.unit, activity=replace(status.unit.activity, unit="1"))
    works.watch.statuses["bf3"] = replace(status, unit=bare)
    told = evidence(works, "bf3")
    assert re.search(r"was [\d,]+ of [\d,]+ \(\d+ %\)", told["en"]), told["en"]
    assert re.search(r"из [\d\s]+ \(\d+ %\)", told["ru"]), told["ru"]
    assert re.search(r": [\d\s]+ орнына [\d\s]+ \(\d+ %\)", told["kk"]), told["kk"]
