"""How often a password may be tried."""

from models.access.sign_in_limit import FORGOTTEN_AFTER_S, LONGEST_WAIT_S, MOST_KEPT, TRIES, SignInLimit


def test_a_name_waits_after_five_wrong_passwords_and_longer_after_each_more() -> None:
    limit = SignInLimit()
    for _ in range(TRIES - 1):
        limit.failed("dana", "10.0.0.1", 0.0)
    assert limit.wait_s("dana", "10.0.0.1", 0.0) == 0
    waits = []
    for _ in range(8):
        limit.failed("dana", "10.0.0.1", 0.0)
        waits.append(limit.wait_s("dana", "10.0.0.9", 0.0))
    assert waits[:3] == [30, 60, 120]
    assert waits[-1] == LONGEST_WAIT_S


def test_other_names_go_on_until_the_address_tried_too_many() -> None:
    limit = SignInLimit()
    for _ in range(TRIES):
        limit.failed("dana", "10.0.0.1", 0.0)
    assert limit.wait_s("ivan", "10.0.0.1", 0.0) == 0
    for number in range(30):
        limit.failed(f"name{number}", "10.0.0.1", 0.0)
    assert limit.wait_s("ivan", "10.0.0.1", 0.0) > 0
    assert limit.wait_s("ivan", "10.0.0.2", 0.0) == 0


def test_a_true_password_and_a_quarter_of_an_hour_wash_a_name() -> None:
    limit = SignInLimit()
    for _ in range(TRIES - 1):
        limit.failed("dana", "10.0.0.1", 0.0)
    limit.succeeded("dana")
    limit.failed("dana", "10.0.0.1", 1.0)
    assert limit.wait_s("dana", "10.0.0.1", 1.0) == 0
    for _ in range(TRIES - 2):
        limit.failed("dana", "10.0.0.1", 1.0)
    limit.failed("dana", "10.0.0.1", 2.0 + FORGOTTEN_AFTER_S)
    assert limit.wait_s("dana", "10.0.0.1", 2.0 + FORGOTTEN_AFTER_S) == 0


def test_names_that_nobody_has_take_bounded_memory() -> None:
    limit = SignInLimit()
    for number in range(MOST_KEPT + 100):
        limit.failed(f"name{number}", f"10.{number}", 0.0)
    assert len(limit._known) <= MOST_KEPT + 1
