"""What a password has to be."""

import pytest

from models.access.password_rule import fault_of


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("short", "password_short"),
        ("x" * 201, "password_long"),
        ("aaaaaaaaaaaa", "password_plain"),
        ("Dispatcher1", "password_plain"),
        ("1rehctapsid", "password_plain"),
        ("домна номер три", ""),
        ("correct horse", ""),
    ],
)
def test_a_password_is_long_and_not_the_name(password: str, fault: str) -> None:
    assert fault_of(password, "dispatcher1") == fault
