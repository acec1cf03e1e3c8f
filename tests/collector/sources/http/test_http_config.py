"""What an HTTP source of plant.yaml may not say."""

from pathlib import Path

import pytest

from collector.errors import ConfigurationError
from collector.sources.http import SOURCE
from tests.collector.sources.http.test_http import source
from tests.support.json_service import JsonService


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"url": "http://mes.works.example", "token_file": "t"}, "is not sent over a line in the clear"),
        ({"url": "https://u:p@mes.works.example"}, "holds a login"),
        ({"url": "https://mes.works.example?x=1"}, "ends in parameters"),
        ({"user": "u", "token_file": "t"}, "give user or token_file"),
        ({"requests": {"h": {"path": "/", "page": "p", "next": "n"}}}, "give one of them"),
        ({"requests": {"h": {"path": "/", "cursor": "c"}}}, "the key next is missing"),
        ({"requests": {"h": {"path": "/", "rows": "a["}}}, "is no JMESPath"),
    ],
)
def test_a_configuration_that_cannot_be_right_is_refused(changed: dict[str, object], words: str) -> None:
    given = {"name": "mes", "type": "http", "url": "https://mes.works.example", "requests": {"h": {"path": "/"}}}
    with pytest.raises(ValueError, match=words):
        SOURCE.config.model_validate(given | changed)


def test_a_tag_of_a_request_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no request 'heats'; it has other"):
        source(JsonService(port=1), tmp_path, {}, requests={"other": {"path": "/"}})
