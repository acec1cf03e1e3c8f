"""What a configuration of Kafka may say."""

import pytest

from collector.sources.kafka import SOURCE

GIVEN = {"name": "line", "type": "kafka", "servers": ["broker.works.example:9092"]}


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"tls": False, "user": "me"}, "a password is not sent over a line in the clear"),
        ({"cert_file": "own.pem"}, "give cert_file and key_file together"),
        ({"servers": []}, "at least 1 item"),
        ({"servers": ["broker.works.example"]}, "should match pattern"),
        ({"servers": ["a:1,b:2"]}, "should match pattern"),
        ({"mechanism": "gssapi"}, "scram-sha-512"),
    ],
)
def test_what_cannot_be_meant_is_refused(keys: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        SOURCE.config.model_validate(GIVEN | keys)


def test_a_password_may_go_to_this_host_in_the_clear() -> None:
    SOURCE.config.model_validate(GIVEN | {"servers": ["127.0.0.1:9092", "[::1]:9092"], "tls": False, "user": "me"})


def test_a_record_has_the_time_of_its_own() -> None:
    assert SOURCE.address(topic="belts").model_dump(include={"time", "value"}) == {
        "time": "$received",
        "value": "value",
    }
