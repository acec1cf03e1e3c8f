"""A status word of 16 bits, and a mode that is a number, as what a unit does."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.counting.reading import ReadingBatch
from models.counting.status_word import StatusWords
from models.counting.validation import TagLimits, validate
from models.works.codes import Quality, Reason, TagKind
from models.works.exact_number import held
from models.works.plant import Tag

RUNNING = Tag(
    name="mill1.running",
    signal="running",
    kind=TagKind.GAUGE,
    site="works",
    shop="mills",
    unit="mill1",
    source="plc",
    unit_of_measure="1",
    cadence_s=10,
    low=0.0,
    high=1.0,
    bit=3,
)
MODE = replace(RUNNING, name="mill1.rolling", signal="rolling", bit=None, on_when=(2, 3))
SPEED = replace(RUNNING, name="mill1.speed", signal="speed", bit=None, high=20.0)
TAGS = (RUNNING, MODE, SPEED)


def read(*rows: tuple[int, float]) -> list[float]:
    batch = ReadingBatch.of("plc", 10**18, [(tag, value, 10**18, Quality.GOOD) for tag, value in rows])
    return StatusWords.of(TAGS).read(batch).values.tolist()


def test_a_bit_is_on_while_it_is_set_and_a_mode_while_it_is_one_of_its_numbers() -> None:
    assert read((0, 0b1000), (0, 0b0111), (0, 0xFFFF), (0, 0)) == [1, 0, 1, 0]
    assert read((1, 1), (1, 2), (1, 3), (1, 4), (1, 0)) == [0, 1, 1, 0, 0]
    assert read((2, 12.5)) == [12.5]


@given(st.integers(0, 63), st.integers(-(2**63), 2**32 - 1) | st.integers(0, 2**64 - 1))
def test_each_bit_of_any_word_is_read_as_it_stands(bit: int, word: int) -> None:
    batch = ReadingBatch.of("plc", 10**18, [(0, held(word), 10**18, Quality.GOOD)])
    said = StatusWords.of([replace(RUNNING, bit=bit)]).read(batch)
    assert said.values.tolist() == [word & (1 << bit) != 0]
    assert not said.residues


@pytest.mark.parametrize("value", [2.5, float("nan"), float("inf")])
def test_what_is_no_word_is_rejected_with_its_value(value: float) -> None:
    batch = ReadingBatch.of("plc", 10**18, [(0, value, 10**18, Quality.GOOD)])
    judged = validate(StatusWords.of(TAGS).read(batch), TagLimits.of(TAGS), now_ns=10**18)
    (rejection,) = judged.rejections
    assert rejection.reason is (Reason.OUT_OF_RANGE if np.isfinite(value) else Reason.NOT_A_NUMBER)
    assert rejection.value == repr(value)


def test_a_batch_without_words_is_handed_on_as_it_is() -> None:
    batch = ReadingBatch.of("plc", 10**18, [(2, 3.0, 10**18, Quality.GOOD)])
    assert StatusWords.of(TAGS).read(batch) is batch
