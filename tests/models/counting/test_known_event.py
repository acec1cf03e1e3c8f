"""A known number that comes again: a correction only where it is close, and tonnes are never taken away in silence."""

from dataclasses import replace

import pytest

from models.counting.increment import EventRevision
from models.counting.known_event import place, place_by_sequence
from models.works.codes import KeyReuse
from tests.models.counting.counter_book import T0, S

DAY = 86_400
HEAT = EventRevision("bof1.heats", "bof1", "steel_crude", 2026, "4711", 300_000_000, T0, 17)


def again(minutes: float, tonnes: float, key: str = "4711") -> EventRevision:
    return replace(HEAT, end_ns=T0 + round(minutes * 60 * S), grams=round(tonnes * 1e6), key=key, sequence=18)


@pytest.mark.parametrize(("minutes", "tonnes"), [(0, 300), (0, 281.5), (10, 320), (-15, 245), (15, 374)])
def test_a_word_that_is_close_in_time_and_tonnes_is_a_correction(minutes: float, tonnes: float) -> None:
    for reuse in KeyReuse:
        placed = place(again(minutes, tonnes), [HEAT], reuse, vouched=False)
        assert (placed.old, placed.new.key, placed.refused) == (HEAT, "4711", "")


@pytest.mark.parametrize(("minutes", "tonnes"), [(20, 300), (-20, 310), (16, 20), (18 * 60, 300)])
def test_a_number_that_is_used_again_waits_for_a_person(minutes: float, tonnes: float) -> None:
    placed = place(again(minutes, tonnes), [HEAT], KeyReuse.QUARANTINE, vouched=False)
    assert placed.old is None
    assert f"4711 is known with 300 t, and comes with {tonnes:g} t that end {abs(minutes) * 60:g} s" in placed.refused
    assert "key_reuse" in placed.refused


@pytest.mark.parametrize("reuse", [KeyReuse.QUARANTINE, KeyReuse.SEPARATE])
def test_quite_other_tonnes_at_the_same_end_wait_for_a_person(reuse: KeyReuse) -> None:
    assert place(again(1, 30), [HEAT], reuse, vouched=False).refused
    replayed = place(again(1, 30), [HEAT], reuse, vouched=True)
    assert (replayed.old, replayed.refused) == (HEAT, "")


def test_an_ovens_number_makes_an_event_of_each_push() -> None:
    known = [HEAT]
    for push in range(1, 5):
        placed = place(again(push * 18 * 60, 299), known, KeyReuse.SEPARATE, vouched=False)
        assert (placed.old, placed.new.key) == (None, f"4711 ({push + 1})")
        known.append(placed.new)
    corrected = place(again(2 * 18 * 60 + 1, 301), known, KeyReuse.SEPARATE, vouched=False)
    assert corrected.old == known[2]
    assert corrected.new.key == "4711 (3)"


def test_a_replayed_event_counts_beside_the_known_one() -> None:
    placed = place(again(20, 310), [HEAT], KeyReuse.QUARANTINE, vouched=True)
    assert (placed.old, placed.new.key, placed.refused) == (None, "4711 (2)", "")


def test_who_wants_every_later_word_to_correct_gets_it() -> None:
    placed = place(again(20 * DAY / 60, 30), [HEAT], KeyReuse.REVISE, vouched=False)
    assert placed.old == HEAT


def test_the_same_number_a_year_later_is_another_event_and_keeps_its_number() -> None:
    later = replace(again(364 * DAY / 60, 300), production_year=2027)
    placed = place(later, [HEAT], KeyReuse.QUARANTINE, vouched=False)
    assert (placed.old, placed.new, placed.refused) == (None, later, "")
    same_year = place(again(40 * DAY / 60, 300), [HEAT], KeyReuse.QUARANTINE, vouched=False)
    assert (same_year.old, same_year.new.key) == (None, "4711 (2)")


def test_a_source_that_tells_its_events_apart_corrects_under_one_number_and_adds_under_another() -> None:
    smaller = replace(HEAT, grams=40_000_000)
    corrected = place_by_sequence(smaller, [HEAT])
    assert (corrected.old, corrected.new.key, corrected.new.grams) == (HEAT, "4711", 40_000_000)
    alike = replace(HEAT, sequence=18, end_ns=T0 + 60 * S, grams=301_000_000)
    other = place_by_sequence(alike, [HEAT])
    assert (other.old, other.new.key) == (None, "4711 (2)")
    tomorrow = replace(HEAT, end_ns=T0 + DAY * S)
    assert place_by_sequence(tomorrow, [HEAT]).old is None
    assert place_by_sequence(HEAT, []).new == HEAT
