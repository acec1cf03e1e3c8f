"""What an HTTP source of plant.yaml may not say."""

import pytest

from collector.sources.http import SOURCE


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
