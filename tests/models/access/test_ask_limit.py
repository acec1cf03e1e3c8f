"""How often a program may ask."""

import pytest

from models.access.ask_limit import MOST_KEPT, AskLimit


def test_so_many_at_once_then_one_as_often_as_the_bucket_is_filled() -> None:
    limit = AskLimit(most=3, per_s=0.5)
    assert [limit.wait_s("excel", 100.0) for _ in range(3)] == [0.0] * 3
    assert limit.wait_s("excel", 100.0) == pytest.approx(2.0)
    assert limit.wait_s("excel", 101.0) == pytest.approx(1.0), "who asked too early does not wait longer for it"
    assert limit.wait_s("excel", 102.0) == 0.0
    assert limit.wait_s("excel", 102.0) == pytest.approx(2.0)


def test_one_asker_takes_nothing_from_another() -> None:
    limit = AskLimit(most=1, per_s=1.0)
    assert limit.wait_s("excel", 0.0) == 0.0
    assert limit.wait_s("excel", 0.0) > 0.0
    assert limit.wait_s("power-bi", 0.0) == 0.0


def test_a_bucket_never_holds_more_than_it_can() -> None:
    limit = AskLimit(most=2, per_s=1.0)
    assert limit.wait_s("excel", 0.0) == 0.0
    assert [limit.wait_s("excel", 1e6) for _ in range(2)] == [0.0, 0.0]
    assert limit.wait_s("excel", 1e6) > 0.0


def test_a_thousand_strangers_take_no_more_memory_than_is_meant() -> None:
    limit = AskLimit(most=1, per_s=1.0)
    for number in range(MOST_KEPT + 500):
        limit.wait_s(f"10.0.{number // 250}.{number % 250}", 0.0)
    assert len(limit._known) == MOST_KEPT
    assert limit.wait_s(f"10.0.{(MOST_KEPT + 499) // 250}.{(MOST_KEPT + 499) % 250}", 0.0) > 0.0, "the last is known"
