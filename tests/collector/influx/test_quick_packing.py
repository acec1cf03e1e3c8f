"""Text of numbers and gzip are the same to whoever reads them, with the quick libraries and without."""

import gzip
import importlib.util
import math
import random
import struct
import sys
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.influx import number_text, packing
from tests.support.budget import examples

FLOATS = st.floats(allow_nan=False, allow_infinity=False)


def reloaded(module: ModuleType, missing: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A copy of a module, made where a library is missing."""
    spec = importlib.util.find_spec(module.__name__)
    assert spec is not None
    assert spec.loader is not None
    copy = importlib.util.module_from_spec(spec)
    with monkeypatch.context() as without:
        without.setitem(sys.modules, missing, None)
        spec.loader.exec_module(copy)
    return copy


@settings(max_examples=examples(300))
@given(st.lists(FLOATS, max_size=40))
def test_each_float_reads_back_as_the_same_bits(values: list[float]) -> None:
    texts = number_text.number_texts(np.array(values, dtype=np.float64))
    assert [struct.pack("<d", float(text)) for text in texts] == [struct.pack("<d", value) for value in values]
    assert all(b"." in text or b"e" in text for text in texts), "a float stays a float to whoever reads it"


@settings(max_examples=examples(100))
@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=40))
def test_each_time_is_written_whole(times: list[int]) -> None:
    assert [int(text) for text in number_text.number_texts(np.array(times, dtype=np.int64))] == times


def test_every_other_number_of_a_column_is_written_as_any() -> None:
    column = np.arange(10, dtype=np.float64)[::2]
    assert number_text.number_texts(column) == [b"0.0", b"2.0", b"4.0", b"6.0", b"8.0"]


def test_without_orjson_the_numbers_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = reloaded(number_text, "orjson", monkeypatch)
    assert plain.orjson is None
    assert number_text.orjson is not None
    values = np.array([0.0, -0.0, 1e22, 1e-7, 5e-324, 1.7976931348623157e308, 0.1, 2500.0, math.pi])
    assert [float(text) for text in plain.number_texts(values)] == [float(t) for t in number_text.number_texts(values)]
    times = np.array([-1, 0, 2**63 - 1])
    assert plain.number_texts(times) == number_text.number_texts(times) == [b"-1", b"0", b"9223372036854775807"]
    assert plain.number_texts(values[:0]) == number_text.number_texts(values[:0]) == []


def test_without_isa_l_the_bytes_unpack_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = reloaded(packing, "isal", monkeypatch)
    assert plain.isal_zlib is None
    assert packing.isal_zlib is not None
    chance = random.Random(5)
    for size in (0, 1, 500, 70_000, 3_000_000):
        data = b"".join(
            b"telemetry,signal=s%d value=%d.5 17\n" % (n % 97, chance.getrandbits(20)) for n in range(size // 30)
        )
        for pack in (plain.gzip_member, packing.gzip_member):
            packed = pack(data)
            assert gzip.decompress(packed) == data
            assert packed == pack(data)
            assert packed[4:8] == b"\0\0\0\0", "no time stamp"
            assert gzip.decompress(packed + pack(b"next\n")) == data + b"next\n", "members may follow each other"
