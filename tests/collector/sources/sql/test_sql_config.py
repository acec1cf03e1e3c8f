"""What an SQL source of plant.yaml may not say."""

from pathlib import Path

import pytest

from collector.errors import ConfigurationError
from collector.sources.base import SourceContext
from collector.sources.sql import SOURCE

BARE = "SELECT heat_no, weight_kg, tapped_at FROM heats WHERE tapped_at >= :since"
HEATS = f"{BARE} ORDER BY tapped_at"


def test_a_driver_whose_package_is_missing_is_named(tmp_path: Path) -> None:
    config = SOURCE.config.model_validate(
        {
            "name": "mes",
            "type": "sql",
            "driver": "oracle",
            "host": "mes",
            "database": "ORCL",
            "queries": {"heats": HEATS},
        }
    )
    with pytest.raises(ConfigurationError, match="source mes: the package of the driver oracle is missing"):
        SOURCE.build(config, SourceContext([], tmp_path, {}, lambda: 10**18))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"queries": {"heats": "DELETE FROM heats"}}, "is not one SELECT"),
        ({"queries": {"heats": HEATS + "; DROP TABLE heats"}}, "is not one SELECT"),
        ({"queries": {"heats": "SELECT 1"}}, "has no :since"),
        ({"queries": {"heats": BARE}}, "has no ORDER BY"),
        ({"host": None}, "the key host is missing"),
        ({"zone": "Asia/Almata"}, "is not a time zone; write it like Asia/Almaty"),
    ],
)
def test_a_configuration_that_cannot_be_right_is_refused(changed: dict[str, object], words: str) -> None:
    given = {
        "name": "lab",
        "type": "sql",
        "driver": "postgresql",
        "host": "h",
        "database": "d",
        "queries": {"heats": HEATS},
    }
    with pytest.raises(ValueError, match=words):
        SOURCE.config.model_validate(given | changed)
