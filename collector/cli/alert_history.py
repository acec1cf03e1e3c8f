"""`tundish alert list --xlsx`: the history of alerts as the desk hands it out."""

from collections.abc import Sequence
from pathlib import Path

from collector.cli.say import say
from collector.errors import CollectorError
from dashboards.web.alert_history import history_tables
from dashboards.web.api.table_forms import to_csv, to_xlsx
from models.alerts.incident_record import ListedIncident
from models.works.localize import Language
from models.works.plant import Plant


def write_history(
    found: Sequence[ListedIncident], plant: Plant, language: Language, *, xlsx: Path | None, csv: Path | None
) -> None:
    """Write it to the files that are named. Raises CollectorError for one that cannot be written."""
    tables = history_tables(found, plant, language)
    if xlsx is not None:
        _write(xlsx, to_xlsx(*tables))
    if csv is not None:
        _write(csv, to_csv(tables[0]))


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise CollectorError(f"{file} cannot be written: {error.strerror}; name another file") from error
    say(f"written to {file}")
